package pdf

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/view"
)

// tableOf is a table of the view.
func tableOf(columns []view.Column, rows ...view.Row) *view.Table {
	return &view.Table{ID: "t", Columns: columns, Count: len(rows), Rows: slices.Values(rows), Empty: "Nothing here.", Note: "A note below."}
}

func cellOf(texts ...string) view.Cell {
	var c view.Cell
	for _, s := range texts {
		c.Lines = append(c.Lines, view.Line{Text: s})
	}
	return c
}

// withSections lays out a report that has these sections besides the usual ones.
func withSections(t *testing.T, paper string, sections ...*view.Section) *builder {
	t.Helper()
	m := sample(shapes["real"])
	m.Appearance.Paper = paper
	r := newBuilder(testFonts(t), view.New(m, matrix.Findings{}))
	r.sections = append(r.sections, sections...)
	r.number()
	r.layOut()
	checkInside(t, "with sections", r)
	return r
}

// pageTexts are the texts of the page of an outline entry, one a line.
func pageTexts(t *testing.T, r *builder, title string) string {
	t.Helper()
	i := slices.IndexFunc(r.marks, func(m mark) bool { return m.text == title })
	if i < 0 {
		t.Fatalf("no outline entry %q", title)
	}
	var b strings.Builder
	for _, o := range r.targets[r.marks[i].target].page.ops {
		b.WriteString(o.text + "\n")
	}
	return b.String()
}

// A section that the PDF does not know is printed, with all that it says.
func TestUnknownSection(t *testing.T) {
	s := &view.Section{ID: "new", Title: "Something new", About: "What is new", Intro: []string{"First words."}, Tables: []*view.Table{
		tableOf([]view.Column{{Title: "Name", Chars: 20}, {Title: "Contact", Chars: 20, Fold: true}, {Title: "Count", Chars: 8, Kind: view.Number},
			{Title: "Everything", Chars: 90, Wide: true}, {Title: "Lead", Chars: 18, Label: "L"}, {Title: "Deputy", Chars: 18, Fold: true, Label: "D"}, {Title: "Alone", Chars: 8, Label: "X"}},
			view.Row{Group: "A group \u00b7 and what it is", Cells: []view.Cell{cellOf("Anna"), cellOf("anna@example.com"), {Number: 17, IsNumber: true}, cellOf("wide"), cellOf("Bo", "Cy"), cellOf("Di"), cellOf("nobody")}},
			view.Row{Cells: []view.Cell{cellOf("Short")}})}}
	text := "\n" + pageTexts(t, withSections(t, "", s), "Something new")
	for _, want := range []string{"Something new", "First words.", "Name", "Contact", "Count", "A group", "and what it is", "Anna", "anna@example.com", "17",
		"L: Bo, Cy", "D: Di", "nobody", "Short", "A note below."} {
		if !strings.Contains(text, "\n"+want+"\n") {
			t.Errorf("%q is not on the page:\n%s", want, text)
		}
	}
	for _, not := range []string{"wide", "Everything", "Nothing here."} {
		if strings.Contains(text, not) {
			t.Errorf("%q is on the page", not)
		}
	}
	if !strings.Contains(texts(withSections(t, "", s)), "What is new") {
		t.Error("the contents do not say what the section holds")
	}
}

// First sections that have no place on the cover or the summary stand between
// the contents and the summary, together where they fit.
func TestFrontSections(t *testing.T) {
	columns := []view.Column{{Title: "Revision", Chars: 12}, {Title: "Signature", Chars: 30, Kind: view.Sign}}
	a := &view.Section{ID: "changes", Title: "Changes", Front: true, Tables: []*view.Table{tableOf(columns, view.Row{Cells: []view.Cell{cellOf("2026.1"), {}}})}}
	b := &view.Section{ID: "scope", Title: "Scope", Front: true, Intro: []string{"Card payments."}}
	r := withSections(t, "", a, b)
	page := map[string]int{}
	for _, m := range r.marks {
		page[m.text] = r.targets[m.target].page.number
	}
	if page["Contents"] != 2 || page["Changes"] != 3 || page["Scope"] != 3 || page["Summary"] != 4 {
		t.Errorf("pages: %v", page)
	}
}

// A short history stands on the cover, its dates unbroken; a long one has a page
// of its own behind the contents.
func TestHistory(t *testing.T) {
	columns := []view.Column{{Title: "Date", Chars: 12, Kind: view.Date}, {Title: "By", Chars: 26}, {Title: "Change", Chars: 60, Kind: view.Long}}
	row := view.Row{Cells: []view.Cell{cellOf("2026-05-04"), cellOf("Governance, Risk and Compliance"), cellOf(strings.Repeat("All is new. ", 9))}}
	for rows, page := range map[int]string{mostRevisions: "Cover", mostRevisions + 1: "Revision history"} {
		table := tableOf(columns, slices.Repeat([]view.Row{row}, rows)...)
		text := "\n" + pageTexts(t, withSections(t, "", &view.Section{ID: view.History, Title: "Revision history", Front: true, Tables: []*view.Table{table}}), page)
		if got := strings.Count(text, "\n2026-05-04\n"); got != rows {
			t.Errorf("%d of %d dates stand unbroken on the page %q:\n%s", got, rows, page, text)
		}
	}
}

// Each row that somebody signs is high enough, also where nobody is named.
func TestRowsToSign(t *testing.T) {
	columns := []view.Column{{Title: "Approver", Chars: 30}, {Title: "Signed on", Chars: 12, Kind: view.SignOn}, {Title: "Signature", Chars: 30, Kind: view.Sign}}
	for rows, named := range [][]view.Row{{}, {{Cells: []view.Cell{cellOf("Anna"), {}, {}}}}} {
		r := withSections(t, "", &view.Section{ID: "sign", Title: "To sign", Tables: []*view.Table{tableOf(columns, named...)}})
		l := r.newListing(tableOf(columns, named...), margin, r.textWidth, small)
		r.newPage()
		l.print()
		if least := []float64{2 * signHeight, signHeight}[rows]; r.y-top < least {
			t.Errorf("%d rows are %v high", rows, r.y-top)
		}
		if text := pageTexts(t, r, "To sign"); strings.Contains(text, "Nothing here.") != (rows == 0) {
			t.Errorf("%d rows: %s", rows, text)
		}
	}
}

// Tables with any number of columns of letters fit the page.
func TestColumnsOfLetters(t *testing.T) {
	for _, parties := range []int{1, 4, 5, 26, 27, 90} {
		columns := []view.Column{{Title: "Duty", Chars: 26}}
		row := view.Row{Cells: []view.Cell{cellOf("Patch the guest operating system")}}
		for i := range parties {
			columns = append(columns, view.Column{Title: fmt.Sprintf("Party number %d", i), Chars: 6, Kind: view.Letters})
			row.Cells = append(row.Cells, view.Cell{Lines: []view.Line{{Text: "A"}}, Tone: view.HoldsA})
		}
		columns = append(columns, view.Column{Title: "What the customer does", Chars: 36, Kind: view.Long})
		row.Cells = append(row.Cells, cellOf("Rolls out new images in the window that was agreed."))
		s := &view.Section{ID: "letters-of-all", Title: "The glance", Tables: []*view.Table{tableOf(columns, row)}}
		for _, paper := range []string{matrix.PaperA4, matrix.PaperLetter} {
			text := strings.Join(strings.Fields(texts(withSections(t, paper, s))), " ")
			if n := strings.Count(text, "Party number"); n != parties {
				t.Errorf("%d of %d parties are named", n, parties)
			}
		}
	}
}

// The texts of every table of every section fit their columns, and the columns
// the page.
func TestListingsHoldTheirText(t *testing.T) {
	for name, s := range shapes {
		for _, paper := range []string{matrix.PaperA4, matrix.PaperLetter} {
			m := withFramework(sample(s))
			m.Appearance.Paper = paper
			r := newBuilder(testFonts(t), view.New(m, matrix.Findings{Open: sampleFindings(m)}))
			for _, s := range r.sections {
				for _, table := range s.Tables {
					checkListing(t, name+" "+s.ID, r.newListing(table, margin, r.textWidth, small), r.textWidth)
				}
			}
		}
	}
}

func checkListing(t *testing.T, name string, l *listing, width float64) {
	t.Helper()
	if w := l.table.width(); w > width+0.1 || w < width-0.1 && slices.ContainsFunc(l.table.cols, func(c column) bool { return !c.center }) {
		t.Errorf("%s: the columns fill %v of %v", name, w, width)
	}
	for row := range l.of.Rows {
		for c, cl := range l.cells(row.Cells) {
			for _, ln := range cl.lines {
				if w := l.width(ln.text, ln.face, l.table.size); w > l.table.cols[c].width {
					t.Fatalf("%s: %q is wider than column %q: %v > %v", name, ln.text, l.table.cols[c].title, w, l.table.cols[c].width)
				}
			}
		}
	}
}

// Columns get all of the room, and what they need as long as there is enough.
func TestShareOut(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		parts := make([]part, 1+random.IntN(9))
		need := 0.0
		for i := range parts {
			p := part{least: 5 + 100*random.Float64(), weight: float64(1 + random.IntN(60))}
			p.most = p.least + 400*random.Float64()
			if random.IntN(5) == 0 {
				p.most = math.Inf(1)
			}
			parts[i] = p
			need += p.least
		}
		shareOut(700, parts)
		sum := 0.0
		for _, p := range parts {
			if sum += p.width; p.width <= 0 || need <= 700 && p.width < p.least-0.001 {
				t.Fatalf("%+v of %+v", p, parts)
			}
		}
		if math.Abs(sum-700) > 0.001 {
			t.Fatalf("%v of 700: %+v", sum, parts)
		}
	}
}

// Long texts are shortened under the requirements only, and those never that
// stand nowhere else.
func TestInShort(t *testing.T) {
	long := strings.Repeat("many words of a statement ", 60)
	var own []string
	for i := range 20 {
		own = append(own, fmt.Sprintf("SERVICE%d: %s END%d", i, long, i))
	}
	c := cellOf(append([]string{"WHOLE " + long + "END"}, own...)...)
	c.Lines[0].Whole = true
	table := tableOf([]view.Column{{Title: "What the customer does", Chars: 60, Kind: view.Long}, {Title: "Rows", Chars: 60, Kind: view.Rows}}, view.Row{Cells: []view.Cell{c, cellOf(own...)}})
	r := newBuilder(testFonts(t), view.New(sample(shapes["one"]), matrix.Findings{}))
	l := r.newListing(table, margin, r.textWidth, small)
	for _, l.short = range []bool{true, false} {
		for row := range table.Rows {
			cells := l.cells(row.Cells)
			text, ids := textOf(cells[0]), textOf(cells[1])
			if !strings.Contains(text, "WHOLE") || !strings.Contains(text, "END ") || !strings.Contains(text, "SERVICE0") {
				t.Errorf("short %v: the beginning is missing: %s", l.short, text)
			}
			if l.short != strings.HasSuffix(text, "and for 18 more services") || l.short == strings.Contains(text, "END19") {
				t.Errorf("short %v: %s", l.short, text)
			}
			if !strings.HasSuffix(ids, "and 14 more") || !strings.Contains(ids, "END5") || strings.Contains(ids, "END6") {
				t.Errorf("rows: %s", ids)
			}
		}
	}
}

func textOf(c cell) string {
	var texts []string
	for _, ln := range c.lines {
		texts = append(texts, ln.text)
	}
	return strings.Join(texts, " ")
}

// A text is a link where it leads somewhere, and never to what is not a page.
func TestLinks(t *testing.T) {
	r := newBuilder(testFonts(t), view.New(withFramework(sample(shapes["real"])), matrix.Findings{}))
	l := r.newListing(tableOf([]view.Column{{Title: "Link", Chars: 60}}), margin, r.textWidth, small)
	for _, c := range []struct {
		kind view.LinkKind
		to   string
		ok   bool
	}{
		{view.ToRow, r.m.Rows[3].ID, true}, {view.ToRow, "no-such-row", false}, {view.ToSection, view.Findings, true}, {view.ToSection, view.Accepted, false},
		{view.ToParty, "p1", true}, {view.ToParty, "nobody", false}, {view.ToException, "2", true}, {view.ToException, "3", false},
		{view.ToFramework, "std/low", true}, {view.ToFramework, "std/high", false}, {view.NoLink, "", false},
		{view.ToPage, "https://docs.aws.amazon.com/a?b=c", true}, {view.ToPage, "http://example.com", false}, {view.ToPage, "https://user@example.com", false}, {view.ToPage, "javascript:alert(1)", false},
		{view.ToPage, "file:///etc/passwd", false}, {view.ToPage, "https://", false}, {view.ToPage, "see the wiki", false}, {view.ToPage, "https://example.com/" + strings.Repeat("x", 3000), false},
	} {
		ln := l.wrapLine(view.Line{Text: "text", Link: view.Link{Kind: c.kind, To: c.to}}, 200)[0]
		if leads := ln.target > 0 || ln.url != ""; leads != c.ok || leads != (ln.color == linkBlue) {
			t.Errorf("%d %q: target %d, address %q, colour %06x", c.kind, c.to, ln.target, ln.url, ln.color)
		}
	}
}

// Two parts side by side share the pages that they go on to.
func TestBeside(t *testing.T) {
	l := newLayout(testFonts(t), newLook(matrix.Appearance{}))
	l.newPage()
	fill := func(lines int) func() {
		return func() { l.paragraph(margin, 100, strings.Repeat("x ", lines*22), regular, 10, ink) }
	}
	l.beside(fill(100), fill(130))
	low, pages := l.y, len(l.pages)
	if l.page != l.pages[pages-1] {
		t.Error("the page is not the last")
	}
	m := newLayout(testFonts(t), newLook(matrix.Appearance{}))
	m.newPage()
	m.paragraph(margin, 100, strings.Repeat("x ", 130*22), regular, 10, ink)
	if len(m.pages) != pages || m.y != low {
		t.Errorf("%d pages to %v; the longer part alone has %d to %v", pages, low, len(m.pages), m.y)
	}
}
