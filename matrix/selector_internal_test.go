package matrix

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// randomSelector selects by some kinds of names, each of them one of a few.
func randomSelector(r *rand.Rand) *Selector {
	s := &Selector{}
	for _, list := range []*[]source.Ref{&s.Services, &s.Entries, &s.Controls, &s.Duties, &s.Categories, &s.Splits, &s.Tags, &s.Environments, &s.Accounts, &s.Requirements} {
		if r.IntN(4) > 0 {
			continue
		}
		for range 1 + r.IntN(3) {
			*list = append(*list, source.Ref{ID: randomName(r)})
		}
		if r.IntN(4) == 0 {
			for range r.IntN(40) {
				*list = append(*list, source.Ref{ID: fmt.Sprint(r.IntN(20))})
			}
		}
		if r.IntN(10) == 0 {
			*list = append(*list, source.Ref{ID: "*"})
		}
	}
	return s
}

func randomName(r *rand.Rand) string { return []string{"a", "b", "c", "f/a"}[r.IntN(4)] }

func randomNames(r *rand.Rand) []string {
	names := make([]string, r.IntN(3))
	for i := range names {
		names[i] = randomName(r)
	}
	if r.IntN(4) == 0 { // more than are compared one by one
		for range 30 {
			names = append(names, fmt.Sprint(r.IntN(20)))
		}
	}
	return names
}

// randomRow returns a row and its entry, which some rows do not have.
func randomRow(r *rand.Rand) (*Row, *Entry) {
	row := &Row{Entry: randomName(r), Service: randomName(r), Control: randomName(r), Duty: randomName(r), Category: catalog.Category(randomName(r)), Split: randomName(r)}
	if r.IntN(2) == 0 {
		row.Requirements = []RowRequirements{{"f", randomNames(r)}}
	}
	if r.IntN(5) == 0 {
		return row, nil
	}
	return row, &Entry{Tags: randomNames(r), Environments: randomNames(r), Accounts: randomNames(r)}
}

// reachPlainly says what a selector means, kind by kind.
func reachPlainly(s *Selector, r *Row, e *Entry) Reach {
	if e == nil {
		e = &Entry{}
	}
	reach := Inside
	for _, c := range []struct {
		refs  []source.Ref
		names []string
		place bool
	}{
		{s.Services, []string{r.Service}, false}, {s.Entries, []string{r.Entry}, false}, {s.Controls, []string{r.Control}, false},
		{s.Duties, []string{r.Duty}, false}, {s.Categories, []string{string(r.Category)}, false}, {s.Splits, []string{r.Split}, false},
		{s.Tags, e.Tags, false}, {s.Environments, e.Environments, true}, {s.Accounts, e.Accounts, true}, {s.Requirements, r.requirementNames(), false},
	} {
		ids, listed := source.IDs(c.refs), 0
		if len(ids) == 0 || slices.Contains(ids, "*") {
			continue
		}
		for _, n := range c.names {
			if slices.Contains(ids, n) {
				listed++
			}
		}
		switch {
		case listed == 0:
			return Outside
		case c.place && listed < len(c.names):
			reach = Partly
		}
	}
	return reach
}

// TestSelectorIndex finds the selectors of a row that one would find by asking
// each of them, in their order.
func TestSelectorIndex(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	selected, missed := 0, 0
	for range 50 {
		var index SelectorIndex
		selectors := make([]*Selector, 1+r.IntN(30))
		for i := range selectors {
			selectors[i] = randomSelector(r)
			index.Add(selectors[i].Matcher())
		}
		for range 50 {
			row, entry := randomRow(r)
			want := map[Reach][]int{}
			for i, s := range selectors {
				reach := reachPlainly(s, row, entry)
				want[reach] = append(want[reach], i)
			}
			if got, partly := index.Of(row, entry); !slices.Equal(got, want[Inside]) || !slices.Equal(partly, want[Partly]) {
				t.Fatalf("the row %+v of %+v is selected by %v and partly by %v, want %v", row, entry, got, partly, want)
			}
			selected += len(want[Inside])
			missed += len(want[Partly])
		}
	}
	if selected < 1000 || missed < 100 {
		t.Errorf("only %d selectors select something, and %d would", selected, missed)
	}
}

// TestSelectorKey is the same for the same names, and no other.
func TestSelectorKey(t *testing.T) {
	at := func(line int) source.Pos { return source.Pos{Line: line} }
	same := []*Selector{{Duties: []source.Ref{{ID: "a", At: at(1)}}}, {Duties: []source.Ref{{ID: "a", At: at(2)}}}}
	if same[0].key() != same[1].key() {
		t.Errorf("%s is not %s", same[0].key(), same[1].key())
	}
	seen := map[string]string{}
	for _, s := range []*Selector{{}, {Duties: []source.Ref{{ID: "a"}}}, {Entries: []source.Ref{{ID: "a"}}}, {Duties: []source.Ref{{ID: "a"}, {ID: "b"}}}, {Duties: []source.Ref{{ID: `a" "b`}}}} {
		if other, ok := seen[s.key()]; ok {
			t.Errorf("%+v has the key of %s", s, other)
		}
		seen[s.key()] = fmt.Sprintf("%+v", s)
	}
}
