package matrix

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix/source"
)

// nameKind is a kind of name by which a selector selects.
type nameKind int

// The kinds of names, those that select few rows before those that select many.
const (
	entryName nameKind = iota
	dutyName
	requirementName
	tagName
	accountName
	environmentName
	controlName
	variantName // of services, some of them in a variant
	serviceName // of services alone
	splitName
	categoryName
	nameKinds // how many there are
)

// refs returns what the selector selects by, for each kind of name.
func (s *Selector) refs() [nameKinds][]source.Ref {
	services, variants := s.Services, []source.Ref(nil)
	if slices.ContainsFunc(services, func(r source.Ref) bool { return strings.Contains(r.ID, "/") }) {
		services, variants = nil, services
	}
	return [nameKinds][]source.Ref{
		entryName: s.Entries, dutyName: s.Duties, requirementName: s.Requirements, tagName: s.Tags, accountName: s.Accounts,
		environmentName: s.Environments, controlName: s.Controls, variantName: variants, serviceName: services, splitName: s.Splits, categoryName: s.Categories,
	}
}

// key is the same for selectors that select by the same names.
func (s *Selector) key() string {
	var key strings.Builder
	for _, refs := range s.refs() {
		fmt.Fprintf(&key, "%q", source.IDs(refs))
	}
	return key.String()
}

// any reports whether one of the names of this kind that a row has is wanted. e
// is the row's entry, nil for the duties of the provider and the organization.
func (k nameKind) any(r *Row, e *Entry, wanted func(name string) bool) bool {
	switch k {
	case entryName:
		return wanted(r.Entry)
	case dutyName:
		return wanted(r.Duty)
	case requirementName:
		return slices.ContainsFunc(r.requirementNames(), wanted)
	case controlName:
		return wanted(r.Control)
	case serviceName:
		return wanted(r.Service)
	case variantName:
		return slices.ContainsFunc(r.serviceNames(), wanted)
	case splitName:
		return wanted(r.Split)
	case categoryName:
		return wanted(string(r.Category))
	}
	return e != nil && slices.ContainsFunc(k.ofEntry(e), wanted)
}

// isPlace reports whether such names say where an entry runs.
func (k nameKind) isPlace() bool { return k == accountName || k == environmentName }

func (k nameKind) ofEntry(e *Entry) []string {
	switch k {
	case tagName:
		return e.Tags
	case accountName:
		return e.Accounts
	}
	return e.Environments
}

// Matcher is a selector made ready to be asked about many rows.
type Matcher struct {
	narrow []nameKind // by which it selects
	names  [nameKinds]map[string]bool
}

// Matcher returns a matcher for what the selector selects now.
func (s *Selector) Matcher() *Matcher {
	m := &Matcher{}
	for k, refs := range s.refs() {
		if !selectsByName(refs) {
			continue
		}
		m.narrow = append(m.narrow, nameKind(k))
		m.names[k] = make(map[string]bool, len(refs))
		for _, ref := range refs {
			m.names[k][ref.ID] = true
		}
	}
	return m
}

// Reach says how a selector meets a row.
type Reach int

// The ways in which a selector meets a row. An environment or an account takes
// in an entry that runs nowhere else; a tag takes in whoever has it.
const (
	Outside Reach = iota // the row is not selected
	Partly               // it would be, but its entry also runs where the selector does not reach
	Inside               // it is selected
)

// Reach reports how the selector meets the row. e is the row's entry, nil for
// the duties of the provider and the organization.
func (m *Matcher) Reach(r *Row, e *Entry) Reach {
	reach := Inside
	for _, k := range m.narrow {
		if !k.any(r, e, func(name string) bool { return m.names[k][name] }) {
			return Outside
		}
		if k.isPlace() && k.any(r, e, func(name string) bool { return !m.names[k][name] }) {
			reach = Partly
		}
	}
	return reach
}

// Matches reports whether the row is selected: one whose entry lies only partly
// inside the selector's places is not.
func (m *Matcher) Matches(r *Row, e *Entry) bool { return m.Reach(r, e) == Inside }

// SelectorIndex finds which of many selectors select a row without asking each.
// Its zero value has none.
type SelectorIndex struct {
	matchers []*Matcher
	byName   [nameKinds]map[string][]int // by one kind of name of each selector
	wide     []int                       // those that select by no name
	found    []int
	partly   []int
}

// Add adds a selector.
func (x *SelectorIndex) Add(m *Matcher) {
	i := len(x.matchers)
	x.matchers = append(x.matchers, m)
	if len(m.narrow) == 0 {
		x.wide = append(x.wide, i)
		return
	}
	k := m.narrow[0]
	if x.byName[k] == nil {
		x.byName[k] = map[string][]int{}
	}
	for name := range m.names[k] {
		x.byName[k][name] = append(x.byName[k][name], i)
	}
}

// Of returns the selectors that select the row, as numbers from 0 in the order
// in which they were added, and those that would but for the places in which
// its entry runs as well. The next call overwrites the lists. e is the row's
// entry, nil for the duties of the provider and the organization.
func (x *SelectorIndex) Of(r *Row, e *Entry) (selects, partly []int) {
	x.found, x.partly = append(x.found[:0], x.wide...), x.partly[:0]
	for k, byName := range x.byName {
		if byName == nil {
			continue
		}
		nameKind(k).any(r, e, func(name string) bool {
			for _, i := range byName[name] {
				switch x.matchers[i].Reach(r, e) {
				case Inside:
					x.found = append(x.found, i)
				case Partly:
					x.partly = append(x.partly, i)
				}
			}
			return false // go on to the next name
		})
	}
	x.found, x.partly = inOrder(x.found), inOrder(x.partly)
	return x.found, x.partly
}

// inOrder sorts numbers and drops those that are there already.
func inOrder(numbers []int) []int {
	slices.Sort(numbers)
	return slices.Compact(numbers)
}
