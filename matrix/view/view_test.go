package view_test

import (
	"slices"
	"testing"

	"raci/matrix"
	"raci/matrix/source"
	"raci/matrix/view"
)

// TestCounts: the count of each table is the number of its rows, each with a cell
// for every column, and a second look at them is equal to the first.
func TestCounts(t *testing.T) {
	for _, s := range loaded(t, "../../examples/checkout/manifest.yaml").Sections() {
		for _, table := range s.Tables {
			for range 2 {
				n := 0
				for row := range table.Rows {
					if n++; len(row.Cells) != len(table.Columns) {
						t.Fatalf("%s: row %d has %d cells, and the table %d columns", table.ID, n, len(row.Cells), len(table.Columns))
					}
				}
				if n != table.Count {
					t.Errorf("%s: %d rows, and the count is %d", table.ID, n, table.Count)
				}
			}
		}
	}
}

// TestTitled: another title changes nothing else.
func TestTitled(t *testing.T) {
	r := loaded(t, "../../examples/checkout/manifest.yaml")
	titled := r.Titled("A part of it")
	if titled.Title() != "A part of it" || r.Title() == titled.Title() || titled.Digest() != r.Digest() {
		t.Errorf("titles %q and %q, digests %s and %s", r.Title(), titled.Title(), r.Digest(), titled.Digest())
	}
}

// TestWhy: each reason with its place, what it won over after it.
func TestWhy(t *testing.T) {
	at := func(line int) source.Pos { return source.Pos{File: "m.yaml", Line: line, Col: 5} }
	m := &matrix.Matrix{Parties: []matrix.Party{{ID: "a", Name: "Team\nA"}}}
	row := matrix.Row{
		Roles: []matrix.Role{{Party: "a", Letters: matrix.Responsible, Reasons: []matrix.Reason{
			{At: at(3), Letters: matrix.Informed, Text: "defaults", LostTo: at(9)}, {At: at(9), Letters: matrix.Responsible, Text: "owner"}}}},
		Overruled: []matrix.Role{{Party: "b", Reasons: []matrix.Reason{{Text: "a rule"}}}},
		Withheld:  []matrix.Withheld{{At: at(7), Letters: matrix.Accountable, Parties: []string{"b"}, Text: "in tests"}},
	}
	const want = "Team A R: owner (m.yaml:9:5); overruled: I by defaults (m.yaml:3:5), by m.yaml:9:5  |  b (no letter): a rule" +
		"  |  does not act, as the entry lies only partly inside: A to b: in tests (m.yaml:7:5)"
	r := view.New(m, matrix.Findings{})
	for range 2 { // the second one finds a buffer
		if got := r.Why(&row); got != want {
			t.Errorf("why: %q, want %q", got, want)
		}
	}
	row.Roles[0].Reasons[1].Text = string(make([]byte, 4000))
	row.Withheld[0].Text = row.Roles[0].Reasons[1].Text
	if got, want := r.Why(&row), "b (no letter): a rule  |  2 more: raci explain"; got != want {
		t.Errorf("why: %q, want %q", got, want)
	}
}

// TestFindingConcerns: of many findings of one rule the first stands for itself,
// and the others are counted under the rule.
func TestFindingConcerns(t *testing.T) {
	found := func(severity source.Severity, rule, message string) source.Diagnostic {
		return source.Diagnostic{Severity: severity, Rule: rule, Message: message}
	}
	r := view.New(&matrix.Matrix{}, matrix.Findings{Open: []source.Diagnostic{
		found(source.Error, "partly", "the rule does not act on db"), found(source.Warning, "unused", "the rule changes nothing"), found(source.Error, "partly", "the override does not act on web"),
		found(source.Error, "partly", "the waiver does not act on db"), found(source.Warning, "alone", "nobody"), found(source.Warning, "unused", "the answer changes nothing")}})
	var got []string
	for _, s := range r.Sections() {
		if s.ID == view.Attention {
			for row := range s.Tables[0].Rows {
				got = append(got, row.Cells[0].Lines[0].Text+": "+row.Cells[1].Lines[0].Text)
			}
		}
	}
	want := []string{"error: the rule does not act on db, and 2 others of partly", "warning: the rule changes nothing, and 1 other of unused", "warning: nobody"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
