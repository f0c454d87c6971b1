package report

import (
	"bytes"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/matrix/view"
)

// hostile is a matrix of texts that formulas, tables and markup are made of.
func hostile() *matrix.Matrix {
	roles := []matrix.Role{{Party: "platform", Letters: matrix.Responsible}, {Party: "ciso", Letters: matrix.Accountable}}
	return &matrix.Matrix{Document: matrix.Document{Organization: "North|wind", System: "Check`out`", Date: "2026-11-21", Accountability: matrix.CustomerAccountable},
		Parties: []matrix.Party{{ID: "aws", Name: "Amazon Web Services", Kind: matrix.Provider}, {ID: "platform", Name: "<b>Platform</b>", Kind: matrix.Team},
			{ID: "ciso", Name: "CISO", Kind: matrix.Team}, {ID: "msp", Name: "Har|bour", Kind: matrix.Operator}},
		Entries: []matrix.Entry{{Name: "db", Service: "rds", ServiceName: "Amazon RDS", VariantNames: []string{"RDS Custom"}, Owner: "platform"}},
		Rows: []matrix.Row{
			{ID: "provider/a", Entry: matrix.ProviderEntry, Duty: "a", Title: "=1+1", Split: "aws", Exception: -1, Sides: []catalog.Side{{Who: "aws", Text: "\t-2, \"quoted\"\r\nsecond line"}}},
			{ID: "db/b", Entry: "db", Service: "rds", Variants: []string{"x", "y"}, Duty: "b", Title: "a|b [c](javascript:d) *e*", Split: "shared", Exception: 0,
				Sides:     []catalog.Side{{Who: "aws", Text: "+A"}, {Who: "customer", Text: "@B"}, {Who: "msp", Text: "C\n\nD"}},
				Process:   []matrix.Process{{Text: "=Run [b]|ook", URL: "https://w.example/a|b"}, {Text: "Ask *them*."}},
				Frequency: "half-yearly", Evidence: []string{"one", "two"}, Roles: roles, Unassigned: true, Basis: catalog.BasisService, Note: "\\",
				Sources: []catalog.Source{{URL: "https://x.example/a|b(c)", Checked: "2026-11"}, {URL: "https://y.example", Checked: "2026-10"}}},
		},
		Exceptions: []matrix.Exception{{Rows: []string{"db/b"}, Sides: []catalog.Side{{Who: "msp", Text: "C\n\nD"}}, Reason: "Out|sourced.", Expires: "2027-01-01"}},
	}
}

func written(t *testing.T, id string, m *matrix.Matrix) string {
	t.Helper()
	for _, f := range Formats {
		if f.ID == id {
			var first, second bytes.Buffer
			for _, b := range []*bytes.Buffer{&first, &second} {
				if warnings, err := f.Write(b, view.New(m, matrix.Findings{})); err != nil || len(warnings) > 0 {
					t.Fatal(warnings, err)
				}
			}
			if !bytes.Equal(first.Bytes(), second.Bytes()) {
				t.Error("two runs gave different bytes")
			}
			return first.String()
		}
	}
	t.Fatalf("no format %s", id)
	return ""
}

func TestMarkdown(t *testing.T) {
	text := written(t, "md", hostile())
	for _, want := range []string{
		"# RACI matrix Check\\`out\\`\n",
		"| Organization | North\\|wind |\n",
		"| \\<b\\>Platform\\</b\\> | platform | Team or role |  | responsible for 1 row |\n",
		"\n### db · Amazon RDS; owner: \\<b\\>Platform\\</b\\>\n",
		"| Duty | Control | Split | What AWS does | What the customer does | What Har\\|bour does | Amazon Web Services | \\<b\\>Platform\\</b\\> | CISO | Har\\|bour | Process | Evidence | Frequency |\n",
		"| =1+1<br>**gap** |  | AWS | \\-2, \"quoted\" second line |  |  |  |  |  |  |  |  |  |\n",
		"| [a\\|b \\[c\\](javascript:d) \\*e\\* (x.example)](<https://x.example/a%7Cb(c)>)<br>**exception 1**<br>**unassigned** |  | Shared | \\+A | @B | C D |  | R | A |  | [=Run \\[b\\]\\|ook (w.example)](<https://w.example/a%7Cb>)<br>Ask \\*them\\*. | one<br>two | Half-yearly |\n",
		"| 1 | db/b | a\\|b \\[c\\](javascript:d) \\*e\\* | Har\\|bour: C D | the duty does not apply | Out\\|sourced. | 2027-01-01 | in force |  |\n",
		"\n## Findings\n\nNo finding is open.\n",
		"\n## Legend\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("not in the report: %q", want)
		}
	}
	checkTables(t, text)
	if t.Failed() {
		t.Log(text)
	}
}

// TestMarkdownAccepted: what the manifest accepts is shown with its reason and
// end.
func TestMarkdownAccepted(t *testing.T) {
	var b bytes.Buffer
	waived := []matrix.Accepted{{Diagnostic: source.Diagnostic{Rule: "no-accountable", Severity: source.Error, Row: "db/b", Message: "nobody answers|acts",
		At: source.Pos{File: "m.yaml", Line: 3, Col: 5}}, Reason: "*Undecided*.", Expires: "2027-01-01"}}
	if _, err := writeMarkdown(&b, view.New(hostile(), matrix.Findings{Accepted: waived})); err != nil {
		t.Fatal(err)
	}
	want := "\n## Accepted findings\n\nThe manifest accepts these findings, each for a reason and until a day. After that day they are open again.\n\n| Severity | Rule | Row | Finding | Accepted because | Accepted until | Where |\n| --- | --- | --- | --- | --- | --- | --- |\n" +
		"| error | no-accountable | db/b | nobody answers\\|acts | \\*Undecided\\*. | 2027-01-01 | m.yaml:3:5 |\n"
	if !strings.Contains(b.String(), want) {
		t.Errorf("not in the report: %q\n%s", want, b.String())
	}
	checkTables(t, b.String())
	if text := written(t, "md", hostile()); strings.Contains(text, "Accepted") {
		t.Error("nothing is accepted, and the report says so")
	}
}

// checkTables checks that all rows of a table have as many cells as its head.
func checkTables(t *testing.T, text string) {
	t.Helper()
	cells := 0
	for _, l := range strings.Split(text, "\n") {
		if !strings.HasPrefix(l, "|") {
			cells = 0
			continue
		}
		n := strings.Count(strings.ReplaceAll(l, `\|`, ""), "|")
		if cells == 0 {
			cells = n
		}
		if n != cells {
			t.Errorf("%d cells, not %d: %s", n-1, cells-1, l)
		}
	}
}

// TestFormats: ids and names of files are all different.
func TestFormats(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range Formats {
		if seen[f.ID] || seen[f.Extension] || f.Description == "" {
			t.Errorf("%s (%s) is not distinct", f.ID, f.Extension)
		}
		seen[f.ID], seen[f.Extension] = true, true
	}
}
