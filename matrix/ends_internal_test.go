package matrix

import (
	"fmt"
	"strings"
	"testing"

	"raci/matrix/source"
)

// TestConflictsHaveAnEnd: of a great many pairs of statements the first ones are
// told of, and the last of these says that there are more.
func TestConflictsHaveAnEnd(t *testing.T) {
	left := 5
	c := conflicts{room: &left}
	for i := range mostConflicts + 3 {
		c.add(conflict{winner: source.Pos{File: "m.yaml", Line: i + 1}, loser: source.Pos{File: "m.yaml", Line: i + 2}, later: i}, "n/a")
		c.add(conflict{winner: source.Pos{File: "m.yaml", Line: i + 1}, loser: source.Pos{File: "m.yaml", Line: i + 2}, later: i}, "n/b")
	}
	list := c.remarks()
	if len(list) != mostConflicts {
		t.Fatalf("%d remarks", len(list))
	}
	const more = "; there are more pairs than the first 10000, which are not listed"
	if last := list[len(list)-1].Message; !strings.HasSuffix(last, more) || strings.HasSuffix(list[len(list)-2].Message, more) {
		t.Errorf("the last remark says %s", last)
	}
}

// TestRemarksNameSoManyRows: where remarks name a great many rows, each names its
// first ones and counts the others, and says so in its message.
func TestRemarksNameSoManyRows(t *testing.T) {
	left := 10
	var lists [3]rowList
	for k := range lists {
		for i := range mostNamed + 8 {
			lists[k].add(fmt.Sprintf("n%d/d", i), &left)
		}
	}
	for k, want := range []struct{ listed, unlisted int }{{mostNamed + 8, 0}, {mostNamed, 8}, {mostNamed, 8}} {
		if l := &lists[k]; len(l.listed()) != want.listed || l.unlisted() != want.unlisted || l.String() != fmt.Sprintf("n0/d and %d more", mostNamed+7) {
			t.Errorf("list %d: %d listed, %d not, %s", k, len(l.listed()), l.unlisted(), l)
		}
	}
}

// TestHintsHaveAnEnd: the search for what a selector may have meant looks at so many
// rows in all, and the selectors after that have no hint.
func TestHintsHaveAnEnd(t *testing.T) {
	b := &builder{m: &Matrix{Rows: []Row{{Entry: "n", Duty: "a"}, {Entry: "m", Duty: "b"}}}}
	look := func(looked int) (string, int) {
		n := &nearRows{b: b, entries: map[string]*Entry{}, entriesOf: map[string]string{}, dutiesOf: map[string]string{}, looked: looked}
		hint, _ := n.hint(&Selector{Entries: []source.Ref{{ID: "m"}}, Duties: []source.Ref{{ID: "a"}}})
		return hint, n.looked
	}
	if hint, looked := look(0); hint != "entries that have such rows: n" || looked == 0 {
		t.Errorf("%q after %d rows", hint, looked)
	}
	if hint, _ := look(mostLooked); hint != "" {
		t.Errorf("%q after the end", hint)
	}
}
