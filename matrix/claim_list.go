package matrix

import (
	"cmp"
	"slices"

	"raci/matrix/source"
)

// claimed merges what the rules that select the row claim about something into
// the claims that others make, the weakest first. It leaves out those that lose
// and of which MostStatements are stronger, and counts them.
func (a *assigner) claimed(about about, others []claim, ruled func(rule int) claim) []claim {
	sortClaims(others)
	rules, set := a.known.order(a.spoken, about), len(others)
	a.below, a.left, a.marked = nil, 0, &a.spoken.marked[about]
	list, losing := a.claims[:0], 0
	for i := len(rules); i > 0 || set > 0; {
		if losing == MostStatements && i > 0 {
			a.below, a.left = rules[:i], i+set
			break
		}
		var c claim
		if i > 0 && (set == 0 || a.known.weights[rules[i-1]] >= others[set-1].weight) { // of equal ones the rule is stronger
			i--
			c = ruled(int(rules[i]))
		} else {
			set--
			c = others[set]
		}
		if losing > 0 || len(list) > 0 && !list[len(list)-1].adds {
			losing++
		}
		a.granted += 1 + len(c.parties) + len(c.items)
		list = append(list, c)
	}
	slices.Reverse(list)
	a.claims = list
	return list
}

// recordOutcomes notes for each rule that made a claim whether it counts, or
// which one overruled it.
func (a *assigner) recordOutcomes(claims []claim) {
	first := base(claims)
	for i := range claims {
		if c := &claims[i]; c.rule >= 0 {
			if i >= first {
				a.outcomes[c.rule].won = true
			} else {
				a.outcomes[c.rule].lose(claims[first].at)
			}
		}
	}
	if n := *a.marked; n < len(a.below) { // of one set of rules the same ones lose again and again
		for _, rule := range a.below[n:] {
			a.outcomes[rule].lose(claims[first].at)
		}
		*a.marked = len(a.below)
	}
}

// lose notes what won over a rule first.
func (o *outcome) lose(to source.Pos) {
	if o.overruledBy == (source.Pos{}) {
		o.overruledBy = to
	}
}

// about is what a claim speaks of: a letter, or a detail.
type about int

// The things that a rule can speak of.
const (
	aboutResponsible about = iota
	aboutAccountable
	aboutConsulted
	aboutInformed
	aboutProcess
	aboutEvidence
	aboutFrequency
	abouts // how many there are
)

// speaksOf reports whether the rule says something of it.
func (r *Rule) speaksOf(a about) bool {
	return [abouts]bool{r.Responsible.Set, r.Accountable.Set, r.Consulted.Set, r.Informed.Set, r.Process.Set, r.Evidence.Set, r.Frequency.Set}[a]
}

// spoken is a set of rules that select rows. Many rows have the same.
type spoken struct {
	rules    []int
	order    [abouts][]int32 // those that speak of it, the weakest first
	ordered  [abouts]bool
	details  map[detailsKey]*decidedDetails
	marked   [abouts]int // how many of the weakest are known to lose
	rows     int         // that have the set
	customer bool        // has a side in one of them
}

// spokenSets are the sets of rules of the rows so far.
type spokenSets struct {
	rules   []Rule
	weights []int // of the rules
	sets    map[uint64][]*spoken
	last    *spoken
	size    int // of all sets
}

// mostKnown is the size of all sets that are kept, so that rows which all have
// different ones take no more memory.
const mostKnown = 1 << 20

// of returns the set that has these rules.
func (s *spokenSets) of(rules []int, outcomes []outcome) *spoken {
	if s.last != nil && slices.Equal(s.last.rules, rules) {
		return s.last
	}
	sum := uint64(14695981039346656037)
	for _, i := range rules {
		sum = (sum ^ uint64(i)) * 1099511628211
	}
	for _, known := range s.sets[sum] {
		if slices.Equal(known.rules, rules) {
			s.last = known
			return known
		}
	}
	if s.size += len(rules) + 1; s.size > mostKnown || s.sets == nil {
		s.flush(outcomes)
		s.sets, s.size = map[uint64][]*spoken{}, len(rules)+1
	}
	s.last = &spoken{rules: slices.Clone(rules)}
	s.sets[sum] = append(s.sets[sum], s.last)
	return s.last
}

// order returns the rules of a set that speak of something, the weakest first.
func (s *spokenSets) order(set *spoken, a about) []int32 {
	if set.ordered[a] {
		return set.order[a]
	}
	var list []int32
	for _, i := range set.rules {
		if s.rules[i].speaksOf(a) {
			list = append(list, int32(i))
		}
	}
	slices.SortStableFunc(list, func(x, y int32) int { return cmp.Compare(s.weights[x], s.weights[y]) })
	set.order[a], set.ordered[a] = list, true
	return list
}

// flush adds up in how many rows each rule spoke.
func (s *spokenSets) flush(outcomes []outcome) {
	for _, sets := range s.sets {
		for _, set := range sets {
			for _, i := range set.rules {
				outcomes[i].rows += set.rows
				outcomes[i].customer = outcomes[i].customer || set.customer
			}
		}
	}
	s.sets, s.last, s.size = nil, nil, 0
}

// lastReasons keeps the last MostStatements reasons of a cell, and counts the others.
type lastReasons struct {
	list []Reason
	more int
}

func (l *lastReasons) add(r Reason) {
	if len(l.list) == 2*MostStatements {
		l.list = append(l.list[:0], l.list[MostStatements:]...)
		l.more += MostStatements
	}
	l.list = append(l.list, r)
}

func (l *lastReasons) last() Reason { return l.list[len(l.list)-1] }

// kept returns the last ones.
func (l *lastReasons) kept() []Reason {
	if n := len(l.list) - MostStatements; n > 0 {
		l.list, l.more = append(l.list[:0], l.list[n:]...), l.more+n
	}
	return l.list
}

func (l *lastReasons) clear() { l.list, l.more = l.list[:0], 0 }
