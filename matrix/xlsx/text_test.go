package xlsx

import (
	"cmp"
	"strings"
	"testing"
	"unicode/utf8"

	"raci/matrix"
	"raci/matrix/catalog"
)

// nasty are texts that break naive writers.
func nasty() []string {
	return []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\n=1", " =1", "=HYPERLINK(\"https://x\",\"y\")", "'quoted", "_x0041_", "_x005F_x0041_", "a_x000D_b",
		"\x00\x01\x1f", "\xed\xa0\x80", "\xff", "\ufffe\uffff", "</t></is>", "]]>&amp;", "line\r\nline\rline", "\U0001F600 \u202e العربية 中文", "é\u0301", " lead and trail ", "#REF!", "TRUE", "1e5", "2026-11-21", "&P &N", "\""}
}

// speak puts text into every field of a matrix that a user writes.
func speak(text string) *matrix.Matrix {
	m := sample{entries: 2, parties: 3, duties: 3, operators: 1}.make()
	m.Organization, m.System, m.Revision = text, text, text
	m.Appearance.Title, m.Appearance.Classification = text, text
	for i := range m.Parties {
		m.Parties[i].Name, m.Parties[i].Contact = text, text
	}
	for i := range m.Entries {
		m.Entries[i].ServiceName, m.Entries[i].VariantNames = text, []string{text}
	}
	for i := range m.Rows {
		r := &m.Rows[i]
		r.Title, r.Note, r.ControlName, r.Category, r.Evidence = text, text, text, catalog.Category(text), []string{text}
		r.Sources = []catalog.Source{{URL: text, Checked: text}}
		for j := range r.Sides {
			r.Sides[j].Text = text
		}
	}
	m.Exceptions = append(m.Exceptions, matrix.Exception{Rows: []string{m.Rows[0].ID}, Reason: text, Expires: text})
	return m
}

// checkSpoken writes a matrix that says text everywhere, and reads it back.
func checkSpoken(t *testing.T, text string) {
	t.Helper()
	m := speak(text)
	f := open(t, write(t, m))
	l := layoutOf(m)
	for i := range m.Rows {
		cell := ref(2, l.at[i])
		got, err := f.GetCellValue("Matrix", cell)
		if err != nil {
			t.Fatal(err)
		}
		if title := clean(cmp.Or(text, m.Rows[i].Duty)); got != title {
			t.Fatalf("%q is read back as %q, want %q", text, got, title)
		}
		if formula, _ := f.GetCellFormula("Matrix", cell); formula != "" {
			t.Fatalf("%q became the formula %q", text, formula)
		}
	}
}

// TestAddressWithoutLink checks that a source which cannot be linked is
// printed whole.
func TestAddressWithoutLink(t *testing.T) {
	m := sample{entries: 1, parties: 2, duties: 2}.make()
	address := "urn:docs:" + strings.Repeat("part/", 30)
	m.Rows[0].Sources[0].URL = address
	if got := table(t, open(t, write(t, m)), "Matrix")[1]["Source"]; got != address {
		t.Errorf("source %q, want %q", got, address)
	}
}

// FuzzText runs the nasty texts as a test, too.
func FuzzText(f *testing.F) {
	for _, text := range nasty() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if units(clean(text)) > 8000 { // bullets and reasons join texts
			t.Skip()
		}
		checkSpoken(t, text)
	})
}

func FuzzClean(f *testing.F) {
	for _, text := range nasty() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := clean(text)
		if !utf8.ValidString(got) || clean(got) != got {
			t.Errorf("clean(%q) = %q", text, got)
		}
		for _, r := range got {
			if r < 0x20 && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
				t.Errorf("clean(%q) holds %U", text, r)
			}
		}
		n := lineCount(got, 100, 12, &newArial().regular)
		if n < 1+strings.Count(got, "\n") {
			t.Errorf("%q in %d lines", got, n)
		}
	})
}

func TestLineCount(t *testing.T) {
	widths := &newArial().regular
	for _, c := range []struct {
		text  string
		width float64 // in "n"s of 12 pixels
		want  int
	}{
		{"", 10, 1}, {"nnn nnn", 10, 1}, {"nnn nnn", 6, 2}, {"nnn\nnnn", 99, 2}, {"nnnnnnnnnn", 5, 2}, {"nnnnnnnnnnn", 5, 3}, {"nn nnnnnnnnnn", 5, 3},
		{"nnn-nnn", 6, 2}, {"\n\n", 5, 3},
	} {
		if got := lineCount(c.text, c.width*0.556*12+0.1, 12, widths); got != c.want {
			t.Errorf("%q in %v: %d lines, want %d", c.text, c.width, got, c.want)
		}
	}
}

func TestColumnNames(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := column(n); got != want {
			t.Errorf("column %d is %s, want %s", n, got, want)
		}
	}
}
