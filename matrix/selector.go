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
	names  [nameKinds]nameSet
}

// Matcher returns a matcher for what the selector selects now.
func (s *Selector) Matcher() *Matcher {
	m := &Matcher{}
	for k, refs := range s.refs() {
		if selectsByName(refs) {
			m.narrow, m.names[k] = append(m.narrow, nameKind(k)), newNameSet(source.IDs(refs))
		}
	}
	return m
}

// nameSet is names, each once. A map is quicker only where there are many.
type nameSet struct {
	list []string
	has  map[string]bool // where there are many
}

// someNames is up to how many names are compared one by one.
const someNames = 8

func newNameSet(names []string) nameSet {
	if len(names) <= someNames {
		var list []string
		for _, name := range names {
			if !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
		return nameSet{list: list}
	}
	s := nameSet{has: make(map[string]bool, len(names))}
	for _, name := range names {
		if !s.has[name] {
			s.has[name] = true
			s.list = append(s.list, name)
		}
	}
	return s
}

func (s *nameSet) contains(name string) bool {
	if s.has == nil {
		return slices.Contains(s.list, name)
	}
	return s.has[name]
}

// meets reports whether a name is in both.
func (s *nameSet) meets(other *nameSet) bool {
	if len(other.list) > len(s.list) {
		s, other = other, s
	}
	return slices.ContainsFunc(other.list, s.contains)
}

// holds reports whether all names of the other are in it.
func (s *nameSet) holds(other *nameSet) bool {
	return len(other.list) <= len(s.list) && !slices.ContainsFunc(other.list, func(name string) bool { return !s.contains(name) })
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
func (m *Matcher) Reach(r *Row, e *Entry) Reach { return m.reach(&rowNames{row: r, entry: e}) }

func (m *Matcher) reach(n *rowNames) Reach {
	reach := Inside
	for _, k := range m.narrow {
		wanted := &m.names[k]
		if name, alone := n.one(k); alone {
			if !wanted.contains(name) {
				return Outside
			}
			continue
		}
		has := n.several(k)
		if !wanted.meets(has) {
			return Outside
		}
		if k.isPlace() && !wanted.holds(has) {
			reach = Partly
		}
	}
	return reach
}

// Matches reports whether the row is selected: one whose entry lies only partly
// inside the selector's places is not.
func (m *Matcher) Matches(r *Row, e *Entry) bool { return m.Reach(r, e) == Inside }

// Names reports whether the matcher names all that a selector names: each kind of
// name by which it selects is one by which the selector selects as well, and it has
// all of these names.
func (m *Matcher) Names(s *Selector) bool {
	refs := s.refs()
	refs[variantName], refs[serviceName] = s.Services, s.Services
	for _, k := range m.narrow {
		if !selectsByName(refs[k]) || slices.ContainsFunc(refs[k], func(r source.Ref) bool { return !m.names[k].contains(r.ID) }) {
			return false
		}
	}
	return true
}
