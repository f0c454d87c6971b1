package matrix

import "slices"

// Manifest is what the user declares: the system, its parties, the services
// in use with their owners, rules and overrides. ParseManifest reads it.
type Manifest struct {
	File           string // as it appears in positions
	Organization   string
	System         string
	Revision       string
	Date           string // 2006-01-02 or ""
	Accountability Accountability
	Frameworks     []Ref
	Parties        []Party
	Defaults       Rule // applies to every row; its selector is empty
	Uses           []Use
	Rules          []Rule
	Overrides      []Override
	Report         Report
	Overlays       []Ref // folders with catalogs of the user's, relative to the manifest
	approvers      []Ref
}

// Ref is an id and the place where the manifest names it.
type Ref struct {
	ID string
	At Pos
}

// Use is one line of services: a service in use, with its owner.
type Use struct {
	Service  Ref
	Name     string // tells two entries of one service apart; the service's name in the manifest unless given
	Variants []Ref
	Owner    Ref // zero if nobody owns it
	At       Pos
}

// Selector says which rows a rule or an override is about. Empty lists select
// everything.
type Selector struct {
	Services, Entries, Controls, Duties, Categories, Splits []Ref
}

// Holders are the parties to which a rule gives a letter.
type Holders struct {
	Set     bool // the rule speaks of this letter
	Parties []Ref
	At      Pos
}

// Rule assigns letters to the rows it selects.
type Rule struct {
	Selector
	Responsible, Accountable, Consulted, Informed Holders
	Reason                                        string
	At                                            Pos
}

// Override replaces what the catalog says of the rows it selects.
type Override struct {
	Selector
	Sides   []Side // replaces all sides
	None    bool   // the duty does not apply
	Reason  string
	Expires string // 2006-01-02 or ""
	At      Pos
}

// weight orders selectors by how specific they are. What is selected counts
// first (a duty beats a control, a control beats a category or a split), then
// where (an entry beats a service), then how many other selectors there are.
// So: entry+duty > service+duty > duty > entry+control > service+control >
// control > category or split > entry > service > everything. A selector
// that holds "*" selects everything and counts for nothing.
func (s *Selector) weight() int {
	var what, where, more int
	for _, c := range []struct {
		refs        []Ref
		what, where int
	}{
		{s.Duties, 3, 0}, {s.Controls, 2, 0}, {s.Categories, 1, 0}, {s.Splits, 1, 0},
		{s.Entries, 0, 2}, {s.Services, 0, 1},
	} {
		if !narrows(c.refs) {
			continue
		}
		what, where, more = max(what, c.what), max(where, c.where), more+1
	}
	return what*100 + where*10 + more
}

func narrows(refs []Ref) bool {
	return len(refs) > 0 && !slices.ContainsFunc(refs, func(r Ref) bool { return r.ID == "*" })
}

func selects(refs []Ref, id string) bool {
	return !narrows(refs) || slices.ContainsFunc(refs, func(r Ref) bool { return r.ID == id })
}

// matches reports whether the row is selected.
func (s *Selector) matches(r *Row) bool {
	return selects(s.Duties, r.Duty) && selects(s.Controls, r.Control) && selects(s.Entries, r.Entry) &&
		selects(s.Services, r.Service) && selects(s.Categories, r.Category) && selects(s.Splits, r.Split)
}
