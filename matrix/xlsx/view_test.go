package xlsx

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"raci/matrix"
	"raci/matrix/source"
	"raci/matrix/view"
)

// eventful returns a report that has all sections.
func eventful(t testing.TB) *view.Report {
	m := framed()
	m.Exceptions = append(m.Exceptions, matrix.Exception{Reason: "Ended long ago.", Expires: "2025-01-01", Expired: true},
		matrix.Exception{Rows: []string{m.Rows[30].ID, m.Rows[31].ID}, Reason: "Without an end."})
	waived := source.Diagnostic{Rule: "unused-party", Severity: source.Note, Row: m.Rows[3].ID, Message: "Nobody calls them.", At: source.Pos{File: "manifest.yaml", Line: 3, Col: 1}}
	return view.New(m, matrix.Findings{Open: findings(m), Accepted: []matrix.Accepted{{Diagnostic: waived, Reason: "Known.", Expires: "2027-01-01"}}})
}

// written writes a workbook of sheets and reads it back.
func written(t testing.TB, r *view.Report, sheets []content) (*excelize.File, []byte) {
	t.Helper()
	var buf bytes.Buffer
	if _, err := writeBook(&buf, r, sheets); err != nil {
		t.Fatal(err)
	}
	return open(t, buf.Bytes()), buf.Bytes()
}

// textOf returns all texts of a sheet.
func textOf(t testing.TB, f *excelize.File, sheet string) string {
	t.Helper()
	var b strings.Builder
	for _, row := range mustRows(t, f, sheet) {
		fmt.Fprintln(&b, strings.Join(row, "\n"))
	}
	return b.String()
}

// TestSaysWhatTheViewSays looks for every text of every section in its sheet. The
// matrix and the parties, which have sheets of their own kind, have tests of their
// own; rows that answer a requirement are counted, and long texts may be cut.
func TestSaysWhatTheViewSays(t *testing.T) {
	r := eventful(t)
	f, _ := written(t, r, contents(r))
	var all []string
	for _, s := range r.Sections() {
		all = append(all, s.ID)
		if s.ID == view.MatrixSection || s.ID == view.Parties {
			continue
		}
		sheet := summarySheet
		if !s.Front {
			sheet = sheetName(nonEmpty(s.Short, s.Title), nil)
		}
		text := textOf(t, f, sheet)
		for _, want := range textsOf(s) {
			if !strings.Contains(text, want) {
				t.Errorf("the sheet %s does not say %q of the section %s", sheet, want, s.ID)
			}
		}
	}
	for _, id := range []string{view.Accepted, view.Exceptions, view.Requirements, view.Method} {
		if !slices.Contains(all, id) {
			t.Errorf("the report has no section %s to look at", id)
		}
	}
}

func nonEmpty(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// textsOf returns what a section says, but for what TestSaysWhatTheViewSays leaves
// out.
func textsOf(s *view.Section) []string {
	list := slices.Clone(s.Intro)
	for _, t := range s.Tables {
		list = append(list, t.Title, t.Intro, t.Note)
		if t.Count == 0 {
			list = append(list, t.Empty)
		}
		for _, c := range t.Columns {
			if !t.Facts && t.Count > 0 {
				list = append(list, c.Title)
			}
		}
		for row := range t.Rows {
			list = append(list, row.Group)
			for i := range row.Cells {
				list = append(list, fieldTexts(&row.Cells[i], t.Columns[i].Kind)...)
			}
		}
	}
	return list
}

func fieldTexts(c *view.Cell, kind view.Kind) []string {
	switch {
	case c.IsNumber:
		return []string{c.Text()}
	case kind == view.Rows:
		return []string{itoa(len(c.Lines))}
	}
	var list []string
	for i, l := range c.Lines {
		if kind != view.Long || i == 0 || l.Whole {
			list = append(list, l.Text)
		}
	}
	return list
}

// oneTable returns a section of one table with these columns and rows.
func oneTable(id string, columns []view.Column, rows ...view.Row) *view.Section {
	return &view.Section{ID: id, Title: "A " + id, Tables: []*view.Table{{ID: id, Columns: columns, Count: len(rows), Rows: slices.Values(rows), Empty: "None."}}}
}

func lines(texts ...string) view.Cell {
	var c view.Cell
	for _, s := range texts {
		c.Lines = append(c.Lines, view.Line{Text: s})
	}
	return c
}

func rowLinks(ids ...string) view.Cell {
	c := lines(ids...)
	for i := range c.Lines {
		c.Lines[i].Link = view.Link{Kind: view.ToRow, To: ids[i]}
	}
	return c
}

// unknownSections are sections that no report has yet: with columns of each kind,
// groups, texts around, nothing in it, and a tone that is not known.
func unknownSections(m *matrix.Matrix) []*view.Section {
	id := m.Rows[4].ID
	spread := oneTable("spread", []view.Column{{Title: "What", Chars: 20}, {Title: "Of", Chars: 20, Kind: view.RowID, Spread: true}, {Title: "Due", Chars: 12, Kind: view.Date}, {Title: "what", Chars: 9, Kind: view.Number}},
		view.Row{Group: "First", Cells: []view.Cell{lines("one"), rowLinks(id, "nowhere"), lines("2027-01-01"), {Number: 7, IsNumber: true}}},
		view.Row{Cells: []view.Cell{{Lines: []view.Line{{Text: "two", Tone: 99}}}, {}, lines("no end")}})
	spread.Intro, spread.Tables[0].Note = []string{"Said before."}, "Said behind."
	several := oneTable("several", []view.Column{{Title: "Sign", Chars: 10}, {Title: "Meaning", Chars: 40}}, view.Row{Group: "Group", Cells: []view.Cell{lines("x"), lines("y")}})
	several.Tables = append(several.Tables, oneTable("other", []view.Column{{Title: "A", Chars: 5}, {Title: "B", Chars: 5}, {Title: "C", Chars: 5, Kind: view.Sign}}).Tables...)
	list := oneTable("list", []view.Column{{Title: "Name", Chars: 10}}, view.Row{Cells: []view.Cell{lines("a")}})
	list.List = true
	list.Tables = append(list.Tables, oneTable("more", []view.Column{{Title: "Name", Chars: 10}}, view.Row{Cells: []view.Cell{lines("b")}}).Tables...)
	empty := oneTable("empty", []view.Column{{Title: "Nothing", Chars: 10}})
	return []*view.Section{spread, several, list, empty, {ID: "text", Title: "History", Intro: []string{"Text alone."}}, {ID: "odd", Title: "It's [an] odd: name/that goes on and on"},
		{ID: "odd2", Title: "It's [an] odd: name/that goes on further"}}
}

// unknownContents are the sheets of a report that has unknown sections, too.
func unknownContents(r *view.Report) []content {
	list := contents(r)
	for _, s := range unknownSections(r.Matrix) {
		list = append(list, content{section: s.ID, name: sheetName(s.Title, list), write: writerOf(s)})
	}
	return list
}

// TestUnknownSections: a section that is new to the workbook becomes a sheet.
func TestUnknownSections(t *testing.T) {
	r := view.New(realistic.make(), matrix.Findings{})
	f, _ := written(t, r, unknownContents(r))
	row := "row " + itoa(layoutOf(r.Matrix).at[4])
	for sheet, want := range map[string][][]string{
		"A spread": {{"What", "Of", "In Matrix", "Due", "what 2"}, {"First"}, {"one", r.Matrix.Rows[4].ID, row, "2027-01-01", "7"}, {"one", "nowhere", "", "2027-01-01", "7"},
			{"two", "", "", "no end"}, nil, {"Said before."}, {"Said behind."}},
		"A several":                       {{"A several"}, {"Sign", "Meaning"}, {"Group"}, {"x", "y"}, {"None."}},
		"A list":                          {{"Name"}, {"a"}, {"b"}},
		"A empty":                         {{"Nothing"}, {"None."}},
		"History 2":                       {{"History"}, {"Text alone."}},
		"It's -an- odd- name-that goes o": {{"It's [an] odd: name/that goes on and on"}},
		"It's -an- odd- name-that goes 2": {{"It's [an] odd: name/that goes on further"}},
	} {
		if got := mustRows(t, f, sheet); !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("the sheet %q is %q, want %q", sheet, got, want)
		}
	}
	if tables, err := f.GetTables("A spread"); err != nil || len(tables) != 1 || tables[0].Range != "A1:E5" || tables[0].Name != "AspreadTable" {
		t.Errorf("tables %+v, %v", tables, err)
	}
}

// TestUnknownFront: a new section of the first pages stands on the summary.
func TestUnknownFront(t *testing.T) {
	b, err := newBook(view.New(realistic.make(), matrix.Findings{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer b.file.Close()
	p := &summary{stack: stack{b: b, grid: leftWidths}}
	s := oneTable("history", []view.Column{{Title: "Revision", Chars: 14}, {Title: "Date", Chars: 12, Kind: view.Date}, {Title: "By", Chars: 26}, {Title: "Change", Chars: 60, Kind: view.Long}},
		view.Row{Cells: []view.Cell{lines("1"), lines("2027-01-01"), lines("GRC"), lines("First issue.")}})
	s.Intro, s.Tables[0].Note = []string{"Said before."}, "Said behind."
	p.front(s)
	var got []string
	for _, l := range p.lines {
		var texts []string
		for _, c := range l.cells {
			texts = append(texts, c.text)
		}
		got = append(got, strings.Join(texts, "|"))
	}
	want := []string{"", "A history", "Said before.||||||", "Revision|Date|By||Change||", "1|2027-01-01|GRC||First issue.||", "Said behind.||||||"}
	if !slices.Equal(got, want) {
		t.Errorf("lines %q, want %q", got, want)
	}
}

func TestGridSpans(t *testing.T) {
	columns := func(chars ...int) (list []view.Column) {
		for _, n := range chars {
			list = append(list, view.Column{Chars: n})
		}
		return list
	}
	for _, c := range []struct {
		columns []view.Column
		want    []int
	}{
		{columns(22, 60), []int{1, 6}},                                   // facts: the last gets the rest
		{columns(26, 8, 60), []int{1, 1, 5}},                             // figures
		{columns(20, 8, 8), []int{1, 1, 1}},                              // none is cramped
		{columns(14, 12, 26, 60), []int{1, 1, 2, 3}},                     // history
		{columns(30, 22, 12, 30), []int{1, 1, 1, 4}},                     // signatures
		{columns(34, 26, 11, 11, 11, 11, 8), []int{1, 1, 1, 1, 1, 1, 1}}, // as many as the grid has
		{columns(), []int{}},
	} {
		if got := gridSpans(c.columns, leftWidths); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.columns, got, c.want)
		}
	}
}

func TestSummedUp(t *testing.T) {
	r := view.New(realistic.make(), matrix.Findings{})
	b, err := newBook(r, contents(r))
	if err != nil {
		t.Fatal(err)
	}
	defer b.file.Close()
	long, short := strings.Repeat("x", 300), "short"
	for _, c := range []struct {
		texts []string
		whole int // so many of them stand nowhere else
		chars int
		want  string
	}{
		{nil, 0, 62, ""},
		{[]string{short, short}, 0, 62, "short\nshort"},
		{[]string{long, short, short}, 0, 36, long + "\n… and 2 more: see the sheet Matrix"}, // the first one always has room
		{[]string{long, long, short, long, short}, 0, 62, long + "\n" + long + "\nshort\n… and 2 more: see the sheet Matrix"},
		{[]string{long, long, long, short}, 2, 36, long + "\n" + long + "\n" + long + "\n… and 1 more: see the sheet Matrix"},
		{[]string{long, long}, 2, 36, long + "\n" + long},
	} {
		field := lines(c.texts...)
		for i := range c.whole {
			field.Lines[i].Whole = true
		}
		if got := b.summedUp(field.Lines, &view.Column{Chars: c.chars}); got != c.want {
			t.Errorf("%q in %d: %q", c.texts, c.chars, got)
		}
	}
}

// TestLinksOfTheView follows links of each kind.
func TestLinksOfTheView(t *testing.T) {
	r := eventful(t)
	f, _ := written(t, r, contents(r))
	party := r.Matrix.Parties[2]
	for text, want := range map[string]string{
		party.Name:              "Parties!A",
		"ISO/IEC 27001:2022":    "Requirements!A1",
		"exception 1 ends on":   "Exceptions!A1",
		"1 finding is accepted": "'Accepted findings'!A1",
		"Findings":              "Findings!A1",
	} {
		at := ""
		for i, row := range mustRows(t, f, summarySheet) {
			for c, s := range row {
				if strings.HasPrefix(s, text) {
					at = ref(c+1, i+1)
				}
			}
		}
		ok, target, err := f.GetCellHyperLink(summarySheet, at)
		if err != nil || !ok || !strings.HasPrefix(target, want) {
			t.Errorf("%q at %s leads to %q, want %q: %v", text, at, target, want, err)
		}
		if text != party.Name {
			continue
		}
		if v, err := f.GetCellValue("Parties", strings.TrimPrefix(target, "Parties!")); err != nil || v != party.Name {
			t.Errorf("%q leads to %q: %v", text, v, err)
		}
	}
}

// TestGuideSaysWhatTheDocumentIs: the auditors' workbooks have the document control
// of every report, under their own title, and nothing on the state of the system.
func TestGuideSaysWhatTheDocumentIs(t *testing.T) {
	m := built(t, "frameworks: [ccm, fedramp-rev5/low]\n")
	_, questionnaire := caiqOf(t, m)
	for title, data := range map[string][]byte{"CIS/CRM workbook of Checkout": fedrampOf(t, m), "CAIQ of Checkout": questionnaire} {
		f := open(t, data)
		text := textOf(t, f, sheetInstructions)
		for _, want := range []string{"Document control", title, "2026.2", m.Digest()} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the instructions do not say %q", title, want)
			}
		}
		for _, s := range view.New(m, matrix.Findings{}).Sections() {
			if slices.Contains(notInGuide, s.ID) && strings.Contains(text, "\n"+s.Title+"\n") && s.ID != view.State {
				t.Errorf("%s: the instructions have the section %s", title, s.ID)
			}
		}
		if strings.Contains(text, "Rows without exactly one A") {
			t.Errorf("%s: the instructions have the state of the system", title)
		}
		props, err := f.GetDocProps()
		if err != nil || props.Title != title || props.Identifier != m.Digest() {
			t.Errorf("properties %+v, %v", props, err)
		}
	}
}
