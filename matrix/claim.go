package matrix

import (
	"cmp"
	"slices"
)

// sortClaims puts the weakest claims first. Of equal ones the later is stronger.
func sortClaims(claims []claim) {
	slices.SortStableFunc(claims, func(x, y claim) int { return cmp.Compare(x.weight, y.weight) })
}

// base returns the index of the strongest claim that does not add. It and those
// after it count, and it overrules those before it.
func base(claims []claim) int {
	for i := len(claims) - 1; i > 0; i-- {
		if !claims[i].adds {
			return i
		}
	}
	return 0
}

// says returns the names of what a claim says.
func (c *claim) says() (names []string) {
	for _, p := range c.parties {
		names = append(names, p.ID)
	}
	for _, p := range c.items {
		names = append(names, p.String())
	}
	return names
}

// conflict notes the rules of one weight that would say something else in another
// order: the base and one that it overruled, and those that add to it. about is
// what they speak of: a letter, or a detail.
func (a *assigner) conflict(r *Row, about string, claims []claim) {
	first := base(claims)
	b := &claims[first]
	if first > 0 && claims[first-1].weight == b.weight && claims[first-1].rule >= 0 {
		before := &claims[first-1]
		switch {
		case before.adds && !subset(before.says(), b.says()):
			a.conflicts.add(conflict{about: about, how: replacesAdded, winner: b.at, loser: before.at}, r.ID)
		case !before.adds && !(subset(before.says(), b.says()) && subset(b.says(), before.says())):
			a.conflicts.add(conflict{about: about, how: differ, winner: b.at, loser: before.at}, r.ID)
		}
	}
	for i := first + 1; i < len(claims) && claims[i].weight == b.weight && b.rule >= 0 && !b.adds; i++ {
		if c := &claims[i]; !subset(c.says(), b.says()) {
			a.conflicts.add(conflict{about: about, how: addsToReplaced, winner: c.at, loser: b.at}, r.ID)
		}
	}
}

// subset reports whether all names of a are in b.
func subset(a, b []string) bool {
	return !slices.ContainsFunc(a, func(name string) bool { return !slices.Contains(b, name) })
}
