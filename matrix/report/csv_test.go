package report

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/quick"

	"raci/matrix"
	"raci/matrix/view"
)

func TestCSV(t *testing.T) {
	text := written(t, "csv", hostile())
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"row", "entry", "service", "variants", "control", "category", "duty", "title", "split", "letters:aws", "letters:platform", "letters:ciso", "letters:msp",
			"side:aws", "side:customer", "side:others", "offers", "process", "evidence", "frequency", "source", "basis", "facts", "unknown-facts", "note"},
		{"provider/a", "provider", "", "", "", "", "a", "'=1+1", "aws", "", "", "", "", `'-2, "quoted" second line`, "", "", "", "", "", "", "", "", "", "", ""},
		{"db/b", "db", "rds", "x; y", "", "", "b", "a|b [c](javascript:d) *e*", "shared", "", "R", "A", "", "'+A", "'@B", "msp: C D",
			"", "'=Run [b]|ook (https://w.example/a|b); Ask *them*.", "one; two", "half-yearly", "https://x.example/a|b(c) (2026-11); https://y.example (2026-10)", "service", "", "", `\`},
	}
	if len(rows) != len(want) {
		t.Fatalf("%d rows, want %d", len(rows), len(want))
	}
	for i := range want {
		if strings.Join(rows[i], "\x00") != strings.Join(want[i], "\x00") {
			t.Errorf("row %d\nis   %q\nwant %q", i, rows[i], want[i])
		}
	}
	if n := strings.Count(text, "\r\n"); n != len(want) || strings.Count(text, "\n") != n {
		t.Errorf("%d lines end with CR LF, want %d", n, len(want))
	}
}

// TestExcelCSV: the same columns and values as the plain table, with a byte
// order mark, semicolons, and lists joined by line breaks, which are LF alone.
func TestExcelCSV(t *testing.T) {
	text := written(t, "csv-excel", hostile())
	text, marked := strings.CutPrefix(text, "\uFEFF")
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma = ';'
	rows, err := reader.ReadAll()
	if err != nil || !marked {
		t.Fatal(marked, err)
	}
	plain, _ := csv.NewReader(strings.NewReader(written(t, "csv", hostile()))).ReadAll()
	lists := map[string]string{"x; y": "x\ny", "one; two": "one\ntwo",
		"'=Run [b]|ook (https://w.example/a|b); Ask *them*.":              "'=Run [b]|ook (https://w.example/a|b)\nAsk *them*.",
		"https://x.example/a|b(c) (2026-11); https://y.example (2026-10)": "https://x.example/a|b(c) (2026-11)\nhttps://y.example (2026-10)"}
	for i := range plain {
		for j, want := range plain[i] {
			if list, ok := lists[want]; ok {
				want = list
			}
			if got := rows[i][j]; got != want {
				t.Errorf("row %d, %s: %q, want %q", i, plain[0][j], got, want)
			}
		}
	}
	if n := strings.Count(text, "\r\n"); n != len(plain) || strings.Count(text, "\r") != n || strings.Count(text, "\n") != n+len(lists) {
		t.Errorf("%d lines end with CR LF, want %d: %q", n, len(plain), text)
	}
}

// TestOtherSeparator reads both tables as someone does whose settings have
// another separator, and for whom our quotes are text: no cell is a formula.
func TestOtherSeparator(t *testing.T) {
	for _, text := range []string{"x;=1+1;y", "x, =1+1, y", `x,"=1+1",y`, "x\t＝1+1", "=1", "@x", "a;'=2;b", "“a”;-- b", "a,\n+1"} {
		m := hostile()
		m.Rows[0].Note, m.Rows[1].Evidence = text, []string{"a", text, text}
		for _, id := range []string{"csv", "csv-excel"} {
			for _, line := range strings.Split(written(t, id, m), "\n") {
				for _, cell := range strings.FieldsFunc(line, endsCell) {
					if bare := strings.TrimLeft(cell, "\" \uFEFF"); bare != "" && strings.ContainsRune(formulaSigns, []rune(bare)[0]) {
						t.Errorf("%s: %q gives the cell %q", id, text, cell)
					}
				}
			}
		}
	}
}

// TestWithoutFormula: a program can take off what was put before signs, and
// then has the text.
func TestWithoutFormula(t *testing.T) {
	for text, want := range map[string]string{"=1": "'=1", "+1": "'+1", "-1": "'-1", "@A": "'@A", "＝1": "'＝1", "a=1": "a=1", "a-b, c": "a-b, c", "": "",
		"a; -b": "a; '-b", "'=1": "''=1", `"=1"`: `"'=1"`, "a\n=1": "a\n'=1", "a,b=c;d": "a,b=c;d", "\u200b=1": "\u200b'=1"} {
		if got := withoutFormula(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	pieces := []string{"=", "-", "＠", "'", `"`, ",", ";", "\n", " ", "a", "ü"}
	law := func(choice []byte) bool {
		var b strings.Builder
		for _, c := range choice {
			b.WriteString(pieces[int(c)%len(pieces)])
		}
		text := b.String()
		return withFormula(withoutFormula(text)) == text
	}
	if err := quick.Check(law, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
}

// withFormula undoes withoutFormula, as its comment says.
func withFormula(s string) string {
	runes, begins := []rune(s), true
	var out []rune
	for i, r := range runes {
		if r != '\'' || !begins || i+1 == len(runes) || !strings.ContainsRune(formulaSigns, runes[i+1]) {
			out = append(out, r)
		}
		begins = endsCell(r) || begins && isPassedOver(r)
	}
	return string(out)
}

// TestAsText: what Excel would change is marked, what it leaves is not.
func TestAsText(t *testing.T) {
	for _, text := range strings.Split("0012|1E5|1.5e-3|123456789012|2026-11-21|11/12|1.2|6.3.3|3-4|10:30|3:15 PM|5 a|MAR1|1-Mar|2 Mai 2026|Sept 2|mars 26|dez-1|TRUE|wahr|50%|€ 5|(5)|１２", "|") {
		if got := asText(text); got != "'"+text {
			t.Errorf("%q is written %q", text, got)
		}
	}
	for _, text := range []string{"", "s3", "db-1", "a1", "p2", "e5", "Marketing 2026", "v1.2", "0x12", "quarterly", "R", "A/R", "1\n2", "rds-2 (old)", "decision 5", "truth", "1 of 2"} {
		if got := asText(text); got != text {
			t.Errorf("%q is written %q", text, got)
		}
	}
	if got := asText("-5"); got != "'-5" {
		t.Errorf("-5 is written %q: one mark is enough", got)
	}
}

// TestExcelCellLimit: Excel would put the rest of a longer cell elsewhere.
func TestExcelCellLimit(t *testing.T) {
	m := hostile()
	m.Rows[1].Evidence = []string{strings.Repeat("ä", 20000), strings.Repeat("𝄞", 6383)}
	written(t, "csv-excel", m)
	m.Rows[1].Evidence[0] += "ä"
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.ID == "csv-excel" })
	_, err := Formats[i].Write(io.Discard, view.New(m, matrix.Findings{}))
	if want := "the cell evidence of the row db/b has 32768 UTF-16 units, and Excel takes at most 32767; shorten its text"; err == nil || err.Error() != want {
		t.Errorf("the error is %v, want %s", err, want)
	}
	var b bytes.Buffer
	if err := plainCSV.write(&b, m); err != nil {
		t.Error(err)
	}
}
