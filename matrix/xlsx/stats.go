package xlsx

import (
	"slices"

	"raci/matrix"
	"raci/matrix/catalog"
)

// stats counts what the summary prints.
type stats struct {
	splits   []string       // in the order of print
	others   map[string]int // those of operators that perform duties alone, numbered from 1
	bySplit  map[string]int
	controls []*controlCount // in the order of the rows
	letters  map[string]*letterCount
	used     [16]bool // the sets of letters that occur
}

type controlCount struct {
	id, name, category string
	rows               int
	bySplit            map[string]int
}

// letterCount counts the rows in which a party has a letter; A/R counts as
// both.
type letterCount struct{ a, r, c, i, rows int }

func count(m *matrix.Matrix) *stats {
	s := &stats{bySplit: map[string]int{}, letters: map[string]*letterCount{}}
	for _, p := range m.Parties {
		s.letters[p.ID] = &letterCount{}
	}
	controls := map[string]*controlCount{}
	for i := range m.Rows {
		r := &m.Rows[i]
		c := controls[r.Control]
		if c == nil {
			c = &controlCount{id: r.Control, name: or(r.ControlName, r.Control), category: string(r.Category), bySplit: map[string]int{}}
			controls[r.Control] = c
			s.controls = append(s.controls, c)
		}
		c.rows++
		c.bySplit[r.Split]++
		s.bySplit[r.Split]++
		for _, role := range r.Roles {
			s.letters[role.Party] = s.letters[role.Party].add(role.Letters)
			s.used[role.Letters&15] = true
		}
	}
	s.splits, s.others = splitOrder(m, s.bySplit), map[string]int{}
	for _, split := range s.splits {
		if splitLook(split) == onOperator {
			s.others[split] = len(s.others) + 1
		}
	}
	return s
}

func (n *letterCount) add(l matrix.Letters) *letterCount {
	if n == nil {
		n = &letterCount{}
	}
	for _, one := range []struct {
		letter matrix.Letters
		count  *int
	}{{matrix.Accountable, &n.a}, {matrix.Responsible, &n.r}, {matrix.Consulted, &n.c}, {matrix.Informed, &n.i}} {
		if l.Has(one.letter) {
			*one.count++
		}
	}
	if l != 0 {
		n.rows++
	}
	return n
}

// splitOrder returns AWS, Customer and Shared, then the other splits that
// occur: parties in their order, the rest by name.
func splitOrder(m *matrix.Matrix, seen map[string]int) []string {
	order := []string{catalog.AWS, catalog.Customer, catalog.Shared}
	for _, p := range m.Parties {
		if seen[p.ID] > 0 && !slices.Contains(order, p.ID) {
			order = append(order, p.ID)
		}
	}
	var rest []string
	for s := range seen {
		if !slices.Contains(order, s) {
			rest = append(rest, s)
		}
	}
	slices.Sort(rest)
	return append(order, rest...)
}

// or returns s, or other where s is empty.
func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
