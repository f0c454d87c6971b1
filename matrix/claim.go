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

// conflicting returns the rules of one weight that would say something else in
// another order: the base and one that it overruled, and those that add to it, up to
// MostStatements. about is what they speak of: a letter, or a detail. The next call
// overwrites the list.
func (a *assigner) conflicting(about string, claims []claim) []conflict {
	a.pairs = a.pairs[:0]
	first := base(claims)
	b := &claims[first]
	if first > 0 && claims[first-1].weight == b.weight && claims[first-1].rule >= 0 {
		before := &claims[first-1]
		if how := a.conflicts.disagree(about, b, before); how != agree {
			a.pairs = append(a.pairs, conflict{about: about, how: how, winner: b.at, loser: before.at})
		}
	}
	for i := first + 1; i < min(len(claims), first+1+MostStatements) && claims[i].weight == b.weight && b.rule >= 0 && !b.adds; i++ {
		if how := a.conflicts.disagree(about, &claims[i], b); how != agree {
			a.pairs = append(a.pairs, conflict{about: about, how: how, winner: claims[i].at, loser: b.at})
		}
	}
	return a.pairs
}

// disagree says how two equally specific claims disagree, of which the first won.
// What claims say is compared once, as they meet in many rows.
func (c *conflicts) disagree(about string, winner, loser *claim) disagreement {
	pair := claimPair{about, winner.at, loser.at}
	how, ok := c.known[pair]
	if !ok {
		how = disagreementOf(winner, loser)
		if len(c.known) > mostConflicts || c.known == nil {
			c.known = map[claimPair]disagreement{}
		}
		c.known[pair] = how
	}
	return how
}

func disagreementOf(winner, loser *claim) disagreement {
	won, lost := winner.says(), loser.says()
	switch {
	case winner.adds && !subset(won, lost):
		return addsToReplaced
	case winner.adds:
		return agree
	case loser.adds && !subset(lost, won):
		return replacesAdded
	case !loser.adds && !(subset(lost, won) && subset(won, lost)):
		return differ
	}
	return agree
}

// subset reports whether all names of a are in b.
func subset(a, b []string) bool {
	has := make(map[string]bool, len(b))
	for _, name := range b {
		has[name] = true
	}
	return !slices.ContainsFunc(a, func(name string) bool { return !has[name] })
}
