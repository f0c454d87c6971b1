package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/view"
)

var realistic = sample{entries: 8, parties: 6, duties: 25, operators: 1}

// write returns the workbook of m.
func write(t testing.TB, m *matrix.Matrix) []byte {
	t.Helper()
	var buf bytes.Buffer
	warnings, err := Write(&buf, view.New(m, matrix.Findings{Open: findings(m)}))
	if err != nil {
		t.Fatal(err)
	}
	if len(warnings) > 0 {
		t.Log(warnings)
	}
	return buf.Bytes()
}

// layoutOf says where the sheet of the matrix holds what.
func layoutOf(m *matrix.Matrix) layout { return newLayout(view.New(m, matrix.Findings{})) }

// open reads a workbook back.
func open(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// table returns the rows of a sheet by the headings in its first row.
func table(t testing.TB, f *excelize.File, sheet string) []map[string]string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, r := range rows[1:] {
		line := map[string]string{}
		for i, v := range r {
			line[rows[0][i]] = v
		}
		list = append(list, line)
	}
	return list
}

func TestMatrixReadsBack(t *testing.T) {
	m := realistic.make()
	f := open(t, write(t, m))
	byID := map[string]map[string]string{}
	for _, l := range table(t, f, "Matrix") {
		if id := l["Row"]; id != "" {
			byID[id] = l
		}
	}
	if len(byID) != len(m.Rows) {
		t.Fatalf("%d rows read back, want %d", len(byID), len(m.Rows))
	}
	for i := range m.Rows {
		r := &m.Rows[i]
		l := byID[r.ID]
		want := map[string]string{"Duty": r.Title, "Entry": m.EntryTitle(r.Entry), "What AWS does": r.Side(catalog.AWS), "What the customer does": r.Side(catalog.Customer),
			"Category": string(r.Category), "Control": r.ControlName, "Basis": string(r.Basis), "Note": r.Note, "Checked": r.Sources[0].Checked}
		for _, p := range m.Parties {
			want[p.Name] = r.Letters(p.ID).String()
		}
		want["Check"], want["Marks"] = "ok", ""
		if r.Exception >= 0 {
			want["Marks"] = "exception 1"
		}
		if r.Unassigned {
			want["Marks"] = "unassigned"
		}
		if r.Accountable() == "" {
			want["Check"], want["Marks"] = "no A", "gap"
		}
		for heading, value := range want {
			if l[heading] != value {
				t.Errorf("%s, %s: %q, want %q", r.ID, heading, l[heading], value)
			}
		}
	}
}

func TestSheetOrder(t *testing.T) {
	m := realistic.make()
	want := []string{"Summary", "Matrix", "Split", "Entries", "Parties", "Exceptions", "Findings", "Sources", "Legend", "Method"}
	if got := open(t, write(t, m)).GetSheetList(); !slices.Equal(got, want) {
		t.Errorf("sheets %v, want %v", got, want)
	}
	m.Exceptions = nil
	m.Rows[15].Exception = -1
	if got := open(t, write(t, m)).GetSheetList(); slices.Contains(got, "Exceptions") {
		t.Errorf("sheets %v without exceptions", got)
	}
}

// TestFormulasFollowEdits computes the formulas after the letters changed.
func TestFormulasFollowEdits(t *testing.T) {
	m := realistic.make()
	f := open(t, write(t, m))
	l := layoutOf(m)
	at := l.at[20]
	counter := findCounter(t, f)
	calc := func(sheet, cell string) string {
		v, err := f.CalcCellValue(sheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if got := calc("Summary", counter); got != "1" {
		t.Errorf("counter %s, want 1", got)
	}
	for c := l.firstParty; c <= l.lastParty; c++ {
		f.SetCellValue("Matrix", ref(c, at), "")
	}
	if got := calc("Matrix", ref(l.check, at)); got != "no A" {
		t.Errorf("check says %q without an A", got)
	}
	if got := calc("Matrix", ref(l.marks, at)); got != "gap" {
		t.Errorf("marks say %q without an A", got)
	}
	if got := calc("Summary", counter); got != "2" {
		t.Errorf("counter %s, want 2", got)
	}
	f.SetCellValue("Matrix", ref(l.firstParty, at), "A/R")
	if got := calc("Matrix", ref(l.check, at)); got != "ok" {
		t.Errorf("check says %q with one A", got)
	}
	f.SetCellValue("Matrix", ref(l.firstParty+1, at), "A")
	if got := calc("Matrix", ref(l.check, at)); got != "two As" {
		t.Errorf("check says %q with two As", got)
	}
}

// findCounter returns the cell of the live counter.
func findCounter(t *testing.T, f *excelize.File) string {
	t.Helper()
	found, err := f.SearchSheet("Summary", "Rows without exactly one A")
	if err != nil || len(found) != 1 {
		t.Fatalf("no counter: %v %v", found, err)
	}
	return "B" + found[0][1:]
}

func TestLinks(t *testing.T) {
	m := realistic.make()
	f := open(t, write(t, m))
	l := layoutOf(m)
	col := slices.Index(mustRow(t, f, "Matrix", 1), "Source") + 1
	for i := range m.Rows {
		ok, target, err := f.GetCellHyperLink("Matrix", ref(col, l.at[i]))
		if err != nil || !ok || target != m.Rows[i].Sources[0].URL {
			t.Fatalf("row %d links to %q: %v", l.at[i], target, err)
		}
	}
	ok, target, _ := f.GetCellHyperLink("Parties", "F3")
	if !ok || !strings.HasPrefix(target, "Matrix!") {
		t.Errorf("sheet Parties links to %q", target)
	}
}

func mustRow(t *testing.T, f *excelize.File, sheet string, n int) []string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows[n-1]
}

func TestSameBytes(t *testing.T) {
	first := write(t, realistic.make())
	for range 5 {
		if !bytes.Equal(first, write(t, realistic.make())) {
			t.Fatal("two workbooks of one matrix differ")
		}
	}
}

// TestArchive checks what readers of the zip rely on.
func TestArchive(t *testing.T) {
	m := realistic.make()
	for date, want := range map[string]string{"2026-11-21": "2026-11-21", "": "1980-01-01", "1492-10-12": "1980-01-01"} {
		m.Date = date
		data := write(t, m)
		zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range zr.File {
			names = append(names, f.Name)
			if got := f.Modified.Format("2006-01-02"); got != want {
				t.Fatalf("%s is dated %s, want %s", f.Name, got, want)
			}
			checkXML(t, f)
		}
		if names[0] != "[Content_Types].xml" || !slices.IsSorted(names[1:]) {
			t.Errorf("parts in the order %v", names)
		}
	}
}

// checkXML reads a part to its end.
func checkXML(t *testing.T, f *zip.File) {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	dec := xml.NewDecoder(r)
	for {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
	}
}

func TestSmallMatrices(t *testing.T) {
	for name, m := range map[string]*matrix.Matrix{
		"empty":      {},
		"one party":  sample{entries: 1, parties: 1, duties: 1}.make(),
		"no sources": {Rows: []matrix.Row{{ID: "a/b", Entry: "a", Exception: -1}}, Parties: []matrix.Party{{ID: "x"}}},
		"no parties": {Rows: []matrix.Row{{ID: "a/b", Entry: "a", Exception: -1, Split: "msp"}}},
	} {
		t.Run(name, func(t *testing.T) { open(t, write(t, m)) })
	}
}

// TestLongTextNamesTheRow: a text of a whole cell is there, and a longer one is cut
// visibly, with a warning.
func TestLongTextNamesTheRow(t *testing.T) {
	m := realistic.make()
	note := func() (string, []string) {
		var buf bytes.Buffer
		warnings, err := Write(&buf, view.New(m, matrix.Findings{}))
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range table(t, open(t, buf.Bytes()), "Matrix") {
			if strings.HasPrefix(l["Note"], m.Rows[30].Note[:8]) {
				return l["Note"], warnings
			}
		}
		t.Fatal("the note is not in the workbook")
		return "", nil
	}
	m.Rows[30].Note = strings.Repeat("x", cellLimit)
	if text, warnings := note(); text != m.Rows[30].Note || strings.Contains(strings.Join(warnings, ""), "longer than Excel allows") {
		t.Errorf("a note of %d letters became one of %d: %q", cellLimit, len(text), warnings)
	}
	m.Rows[30].Note = strings.Repeat("\U0001F600", cellLimit/2+1) // two units each
	text, warnings := note()
	if !strings.HasSuffix(text, cutMark) || units(text) > cellLimit || units(text) < cellLimit-1 {
		t.Errorf("a note of %d units became one of %d that ends in %q", units(m.Rows[30].Note), units(text), text[len(text)-20:])
	}
	if !strings.Contains(strings.Join(warnings, "\n"), "longer than Excel allows, end there in \" … [cut: longer than a cell]\" and are whole in --format json; the first is of row "+m.Rows[30].ID) {
		t.Errorf("no warning names the row %s: %q", m.Rows[30].ID, warnings)
	}
}

func TestTooManyLinksBecomeText(t *testing.T) {
	m := sample{entries: 1, parties: 1, duties: 1}.make()
	b, err := newBook(view.New(m, matrix.Findings{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer b.file.Close()
	s, err := b.newSheet(plan{name: "Links", widths: []float64{20}, rows: linkLimit + 9, paper: paperA4})
	if err != nil {
		t.Fatal(err)
	}
	for i := range linkLimit + 9 {
		s.add(line{cells: []cell{{look: link, text: "x", link: fmt.Sprintf("https://example.com/%d", i)}}})
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	if s.links.count != linkLimit || len(b.warnings) != 1 {
		t.Errorf("%d links, warnings %v", s.links.count, b.warnings)
	}
}

func TestSheetLimits(t *testing.T) {
	b, err := newBook(view.New(&matrix.Matrix{}, matrix.Findings{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer b.file.Close()
	for _, p := range []plan{{name: "X", rows: rowLimit + 1}, {name: "X", widths: make([]float64, columnLimit+1)}} {
		if _, err := b.newSheet(p); err == nil || !strings.Contains(err.Error(), "Excel has") {
			t.Errorf("error %v", err)
		}
	}
}

func TestUnsafeAddressesAreNoLinks(t *testing.T) {
	for _, s := range []string{"javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", `\\\\server\share`, "https://", "https:///x", "", "HTTPS://x.example/", "http://x.example/", "mailto:a@x.example",
		"https://user@x.example/", "https://a b", `https://host\@evil.example/`, "https://x.example/\x01", "not a url", "https://x.example/" + strings.Repeat("y", urlLimit)} {
		if got := webAddress(s); got != "" {
			t.Errorf("%.40q is linked as %q", s, got)
		}
	}
	if got := webAddress("https://x.example/ä#c"); got != "https://x.example/%C3%A4#c" {
		t.Errorf("got %q", got)
	}
}
