package matrix

import (
	"math/bits"
	"slices"
)

// SelectorIndex finds which of many selectors select a row without asking each.
// Its zero value has none.
type SelectorIndex struct {
	matchers []*Matcher
	byName   [nameKinds]map[string][]int // by one kind of name of each selector
	wide     []int                       // those that select by no name
	names    rowNames                    // of the row that was asked for last
	found    []int
	partly   []int
	marks    []uint64
	effort   int // of all questions so far
}

// What it costs to find a selector that selects everything, and to ask another
// one, in units of some ten nanoseconds.
const (
	findEffort = 1
	askEffort  = 4
)

// Add adds a selector.
func (x *SelectorIndex) Add(m *Matcher) {
	i := len(x.matchers)
	x.matchers = append(x.matchers, m)
	if len(x.marks) < len(x.matchers)/64+1 {
		x.marks = append(x.marks, 0)
	}
	if len(m.narrow) == 0 {
		x.wide = append(x.wide, i)
		return
	}
	k := m.narrow[0]
	if x.byName[k] == nil {
		x.byName[k] = map[string][]int{}
	}
	for _, name := range m.names[k].list {
		x.byName[k][name] = append(x.byName[k][name], i)
	}
}

// Of returns the selectors that select the row, as numbers from 0 in the order
// in which they were added, and those that would but for the places in which
// its entry runs as well. The next call overwrites the lists. e is the row's
// entry, nil for the duties of the provider and the organization.
func (x *SelectorIndex) Of(r *Row, e *Entry) (selects, partly []int) {
	x.names.become(r, e)
	x.found, x.partly = append(x.found[:0], x.wide...), x.partly[:0]
	x.effort += findEffort * len(x.wide)
	for k, byName := range x.byName {
		if byName == nil {
			continue
		}
		if name, alone := x.names.one(nameKind(k)); alone {
			x.ask(byName[name])
			continue
		}
		for _, name := range x.names.several(nameKind(k)).list {
			x.ask(byName[name])
		}
	}
	x.found, x.partly = inOrder(x.found, x.marks), inOrder(x.partly, x.marks)
	return x.found, x.partly
}

// ask asks selectors about the row.
func (x *SelectorIndex) ask(selectors []int) {
	x.effort += askEffort * len(selectors)
	for _, i := range selectors {
		switch x.matchers[i].reach(&x.names) {
		case Inside:
			x.found = append(x.found, i)
		case Partly:
			x.partly = append(x.partly, i)
		}
	}
}

// Reach reports how one of the selectors meets the row.
func (x *SelectorIndex) Reach(selector int, r *Row, e *Entry) Reach {
	x.names.become(r, e)
	return x.matchers[selector].reach(&x.names)
}

// rowNames are the names of a row by which selectors select, made where someone
// asks for them.
type rowNames struct {
	row   *Row
	entry *Entry
	sets  [nameKinds]nameSet
	made  [nameKinds]bool
}

// become takes another row, and keeps what is known of the entry where that is the same.
func (n *rowNames) become(r *Row, e *Entry) {
	if e != n.entry {
		n.made[tagName], n.made[accountName], n.made[environmentName] = false, false, false
	}
	n.row, n.entry = r, e
	n.made[requirementName], n.made[variantName] = false, false
}

// one returns the name of a kind of which each row has one.
func (n *rowNames) one(k nameKind) (name string, alone bool) {
	switch k {
	case entryName:
		return n.row.Entry, true
	case dutyName:
		return n.row.Duty, true
	case controlName:
		return n.row.Control, true
	case serviceName:
		return n.row.Service, true
	case splitName:
		return n.row.Split, true
	case categoryName:
		return string(n.row.Category), true
	}
	return "", false
}

// several returns the names of a kind of which a row may have several.
func (n *rowNames) several(k nameKind) *nameSet {
	if !n.made[k] {
		n.made[k] = true
		var names []string
		switch {
		case k == requirementName:
			names = n.row.requirementNames()
		case k == variantName:
			names = n.row.serviceNames()
		case n.entry != nil:
			names = k.ofEntry(n.entry)
		}
		n.sets[k] = newNameSet(names)
	}
	return &n.sets[k]
}

// inOrder sorts numbers below n and drops those that are there already. marks are
// for its use.
func inOrder(numbers []int, marks []uint64) []int {
	if slices.IsSorted(numbers) {
		return slices.Compact(numbers)
	}
	if len(numbers) < len(marks) {
		slices.Sort(numbers)
		return slices.Compact(numbers)
	}
	for _, i := range numbers {
		marks[i/64] |= 1 << (i % 64)
	}
	numbers = numbers[:0]
	for k, set := range marks {
		for ; set != 0; set &= set - 1 {
			numbers = append(numbers, 64*k+bits.TrailingZeros64(set))
		}
		marks[k] = 0
	}
	return numbers
}
