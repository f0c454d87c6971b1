package catalog

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// NamedRequirement is a requirement, or one of its statements.
type NamedRequirement struct {
	*Requirement
	Within string // the id of the requirement that a statement belongs to, or ""
}

// RequirementNames finds requirements and their statements by what they are
// called.
type RequirementNames struct {
	all              []NamedRequirement
	byID, bySpelling map[string][]NamedRequirement
}

// NamesOf returns the names of the requirements and of their statements.
func NamesOf(requirements []*Requirement) *RequirementNames {
	n := &RequirementNames{byID: map[string][]NamedRequirement{}, bySpelling: map[string][]NamedRequirement{}}
	for _, q := range requirements {
		n.add(NamedRequirement{q, ""})
		for i := range q.Statements {
			n.add(NamedRequirement{&q.Statements[i], q.ID})
		}
	}
	return n
}

func (n *RequirementNames) add(q NamedRequirement) {
	n.all = append(n.all, q)
	n.byID[q.ID] = append(n.byID[q.ID], q)
	for _, name := range append([]string{q.ID}, q.Aliases...) {
		s := spelling(name)
		if !slices.Contains(n.bySpelling[s], q) {
			n.bySpelling[s] = append(n.bySpelling[s], q)
		}
	}
}

// Find returns what is called so: the one with this id, or else all of which
// this is a way to write the id or an alias. Capitals and spaces do not matter,
// nor does "Req." or "Control" before an id. AC-2(1) may be written AC-02 (01),
// AC-2 (1) or ac-2.1, and its statement (a) AC-2(1)(a), AC-02 (01) (a) or
// ac-2.1_smt.a.
func (n *RequirementNames) Find(name string) []NamedRequirement {
	if found := n.byID[name]; len(found) > 0 {
		return found
	}
	return n.bySpelling[spelling(name)]
}

// Below returns the requirements whose ids go on from what is called so, such as
// 164.308(a)(1)(i) from 164.308(a)(1): what is a heading to a reader need be none of
// the framework.
func (n *RequirementNames) Below(name string) (below []*Requirement) {
	// In one spelling 164.308(b) is 164.308b, as AC-2(b) is AC-2b.
	plain := func(id string) string { return strings.ToLower(strings.Join(strings.Fields(id), "")) }
	for _, q := range n.all {
		if q.Within == "" && !q.Group && (goesOn(plain(name), plain(q.ID)) || goesOn(spelling(name), spelling(q.ID))) {
			below = append(below, q.Requirement)
		}
	}
	return below
}

// goesOn reports whether an id begins with the front and has a part behind it.
func goesOn(front, id string) bool {
	rest, ok := strings.CutPrefix(id, front)
	return ok && front != "" && rest != "" && strings.ContainsRune("(.-", rune(rest[0]))
}

// Above returns the requirement or statement from whose id a name goes on, such as
// AC-1a from AC-1(a)(1), or nil.
func (n *RequirementNames) Above(name string) *Requirement {
	for i := strings.LastIndexAny(name, "(."); i > 0; i = strings.LastIndexAny(name, "(.") {
		name = name[:i]
		if found := n.Find(name); len(found) == 1 && !found[0].Group {
			return found[0].Requirement
		}
	}
	return nil
}

// Named returns the requirements and statements of the framework that are called so.
func (f *Framework) Named(name string) []NamedRequirement {
	if f.names == nil {
		f.names = f.newNames()
	}
	return f.names.Find(name)
}

// newNames returns the names of what the framework has as it stands, for use until
// a requirement or a statement is added.
func (f *Framework) newNames() *RequirementNames {
	all := make([]*Requirement, len(f.Requirements))
	for i := range f.Requirements {
		all[i] = &f.Requirements[i]
	}
	return NamesOf(all)
}

func idsOf(found []NamedRequirement) []string {
	ids := make([]string, len(found))
	for i, q := range found {
		ids[i] = q.ID
	}
	return ids
}

// CutName cuts the id, an alias or the name of the framework off what begins
// with it, such as pci-dss-4.0.1/6.3.3 or PCI 6.3.3.
func (f *FrameworkInfo) CutName(name string) (id string, ok bool) {
	folded := foldName(name)
	for _, front := range append([]string{f.ID, f.Name}, f.Aliases...) {
		if front == "" || !strings.HasPrefix(folded, foldName(front)) {
			continue
		}
		behind := name[len(front):]
		rest := strings.TrimLeft(behind, "/-: ")
		if rest != "" && rest != behind && (!ok || len(rest) < len(id)) {
			id, ok = rest, true
		}
	}
	return id, ok
}

// foldName writes a name of a framework or a baseline in one way: in small
// letters, with hyphens between the words. It keeps the length.
func foldName(name string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == ' ' || c == '_':
			return '-'
		case c >= 'A' && c <= 'Z':
			return c + 'a' - 'A'
		}
		return c
	}, name)
}

// respellings write the id of a requirement in one way, in small letters and
// without spaces.
var respellings = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`^((requirement|req|control|clause|section|annex|criterion|45cfr)[.:]?|§)+`), ""},
	{regexp.MustCompile(`[.:;]+$`), ""},
	{regexp.MustCompile(`([-(.])0+(\d)`), "$1$2"},            // AC-02 is AC-2
	{regexp.MustCompile(`^([a-z]{2}-\d+)\.(\d+)`), "$1($2)"}, // ac-2.1 is AC-2(1)
	{regexp.MustCompile(`_smt`), ""},                         // ac-2_smt.a is AC-2a
	{regexp.MustCompile(`([a-z])\.(\d)`), "$1$2"},            // A.8.34 is A8.34
	{regexp.MustCompile(`(\d)[.(]([a-z])\)?$`), "$1$2"},      // AC-2(a) is AC-2a
	{regexp.MustCompile(`\)[.(]?([a-z])\)?$`), ")($1)"},      // AC-2(3)a is AC-2(3)(a)
}

// spelling writes an id in the one way in which all ways to write it agree.
func spelling(id string) string {
	s := strings.ToLower(strings.Map(func(c rune) rune {
		switch {
		case unicode.IsSpace(c):
			return -1
		case c >= '\u2010' && c <= '\u2015': // hyphens and dashes
			return '-'
		}
		return c
	}, id))
	for _, r := range respellings {
		if short := r.pattern.ReplaceAllString(s, r.with); short != "" {
			s = short
		}
	}
	return s
}
