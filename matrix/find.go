package matrix

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// FindRow returns the row with this id, in capitals or not. The diagnostics of
// an id that no row has name the rows of the entry or of the duty that is called
// so, the override that took the row out, the manifest that leaves its duty out, or
// the nearest id.
func (m *Matrix) FindRow(id string) (*Row, source.Diagnostics) {
	id = oneOf(id, func(yield func(string) bool) {
		for i := range m.Rows {
			if !yield(m.Rows[i].ID) {
				return
			}
		}
	})
	var ids, ofEntry, ofDuty []string
	for i := range m.Rows {
		r := &m.Rows[i]
		switch id {
		case r.ID:
			return r, nil
		case norm.NFC.String(r.Entry):
			ofEntry = append(ofEntry, r.ID)
		case r.Duty:
			ofDuty = append(ofDuty, r.ID)
		}
		ids = append(ids, r.ID)
	}
	var problems source.Diagnostics
	e, removed := m.removal(id)
	switch {
	case removed != nil:
		problems.Add(e.At, "the catalog says: "+sideTexts(removed.Sides), "an override takes %q out of the matrix, because %q", id, cmp.Or(e.Reason, "no reason is stated"))
	case len(ofEntry) > 0:
		problems.Add(source.Pos{}, "name one of its rows: "+firstFive(ofEntry), "%q is an entry", id)
	case len(ofDuty) > 0:
		problems.Add(source.Pos{}, "name one of its rows: "+firstFive(ofDuty), "%q is a duty", id)
	case m.leavesOut(id):
		problems.Add(m.Place(PlaceDuties), "duties: "+string(AskedDuties)+" leaves out what no chosen framework asks for; write duties: "+string(AllDuties)+" to have it", "%q is left out of the matrix", id)
	default:
		problems.Add(source.Pos{}, source.DidYouMean(id, ids, "leave ROW out to list the rows"), "unknown row %q", id)
	}
	return nil, problems
}

// leavesOut reports whether the manifest leaves out the duty of this row, which may
// be called by the duty alone.
func (m *Matrix) leavesOut(row string) bool {
	duty := strings.TrimPrefix(row, OrganizationEntry+"/")
	return slices.ContainsFunc(m.LeftOut, func(l LeftOut) bool { return strings.EqualFold(l.Duty, duty) })
}

// removal returns the exception that took this row out of the matrix, and what it
// took, or nil.
func (m *Matrix) removal(row string) (*Exception, *Removed) {
	for i := range m.Exceptions {
		e := &m.Exceptions[i]
		if k := slices.IndexFunc(e.Removed, func(r Removed) bool { return norm.NFC.String(r.ID) == row }); k >= 0 {
			return e, &e.Removed[k]
		}
	}
	return nil, nil
}

func sideTexts(sides []catalog.Side) string {
	var texts []string
	for _, s := range sides {
		texts = append(texts, s.Who+": "+s.Text)
	}
	return strings.Join(texts, " ")
}

func firstFive(ids []string) string {
	const most = 5
	text := strings.Join(ids[:min(len(ids), most)], ", ")
	if rest := len(ids) - most; rest > 0 {
		text += fmt.Sprintf(" and %d more", rest)
	}
	return text
}

// oneOf returns the word as it is among the known ones: itself, or else the one
// that it equals but for capitals and the form of its characters. Where there is none, or are several, the word
// stays as it is.
func oneOf(word string, known iter.Seq[string]) string {
	typed := word
	word = norm.NFC.String(word) // as the names of a manifest are; those of a matrix that was edited may be others
	same, folded, n := "", "", 0
	for name := range known {
		switch composed := norm.NFC.String(name); {
		case name == typed:
			return name
		case composed == word && (same == "" || name == word):
			same = name
		case strings.EqualFold(composed, word):
			folded, n = name, n+1
		}
	}
	switch {
	case same != "":
		return same
	case n == 1:
		return folded
	}
	return word
}

// FindParty returns the party with this id, in capitals or not. The diagnostics
// of an id that no party has name the nearest one, or all.
func (m *Matrix) FindParty(id string) (*Party, source.Diagnostics) {
	var ids []string
	for _, p := range m.Parties {
		ids = append(ids, p.ID)
	}
	if p := m.Party(oneOf(id, slices.Values(ids))); p != nil {
		return p, nil
	}
	return nil, source.Diagnostics{unknownWord("party", id, ids)}
}

// RowFilter picks rows. What is "" picks all.
type RowFilter struct {
	Party   string // that holds a letter
	Control string
	Service string // or SERVICE/VARIANT
	Split   string
}

// Matches reports whether the filter picks the row.
func (f *RowFilter) Matches(r *Row) bool {
	inService := f.Service == "" || r.Service == f.Service || strings.Contains(f.Service, "/") && slices.Contains(r.serviceNames(), f.Service)
	return (f.Party == "" || r.Letters(f.Party) != 0) && (f.Control == "" || r.Control == f.Control) &&
		inService && (f.Split == "" || r.Split == f.Split)
}

// Check puts ids in the place of other words for them, and refuses a word that
// nothing in the matrix has: an empty list would hide a slip. The catalog, if
// there is one, knows the names of services, and the words of other systems.
func (f *RowFilter) Check(m *Matrix, cat *catalog.Catalog) source.Diagnostics {
	if f.Party != "" {
		p, problems := m.FindParty(f.Party)
		if problems != nil {
			return problems
		}
		f.Party = p.ID
	}
	controls, services := m.rowWords()
	splits, performers := []string{catalog.AWS, catalog.Customer, catalog.Shared}, m.Operators()
	for _, p := range m.Parties {
		if p.Kind == Operator || slices.Contains(performers, p) {
			splits = append(splits, p.ID)
		}
	}
	inCatalog, problems := f.lookupService(cat, services)
	if problems != nil {
		return problems
	}
	for _, word := range []struct {
		kind      string
		value     *string
		known     []string
		elsewhere bool // the catalog has it, this system does not
	}{
		{"control", &f.Control, controls, cat != nil && cat.Control(f.Control) != nil},
		{"service", &f.Service, services, inCatalog},
		{"split", &f.Split, splits, false},
	} {
		*word.value = oneOf(*word.value, slices.Values(word.known))
		switch value := *word.value; {
		case value == "" || slices.Contains(word.known, value):
		case word.elsewhere:
			return source.Diagnostics{{Message: fmt.Sprintf("no row of this system has the %s %q", word.kind, value),
				Hint: "rows have " + strings.Join(word.known, ", ")}}
		default:
			return source.Diagnostics{unknownWord(word.kind, value, word.known)}
		}
	}
	return nil
}

// lookupService puts the id in the place of another name of the service, and
// reports whether the catalog has it. A name that fits several is refused.
func (f *RowFilter) lookupService(cat *catalog.Catalog, known []string) (inCatalog bool, problems source.Diagnostics) {
	if f.Service == "" || cat == nil || slices.Contains(known, f.Service) {
		return false, nil
	}
	n, problems := cat.Lookup(source.Ref{ID: f.Service})
	switch {
	case problems == nil:
		f.Service = n.ID()
		return true, nil
	case len(cat.Meanings(f.Service)) > 1:
		return false, problems
	}
	return false, nil
}

// rowWords returns the controls and the services of the rows, sorted, and the
// services in their variants.
func (m *Matrix) rowWords() (controls, services []string) {
	entry := ""
	for i := range m.Rows {
		r := &m.Rows[i]
		controls = append(controls, r.Control)
		if r.Entry != entry { // its other rows have the same
			entry, services = r.Entry, append(services, r.serviceNames()...)
		}
	}
	slices.Sort(controls)
	slices.Sort(services)
	return slices.Compact(controls), slices.Compact(services)
}

// unknownWord names the nearest of the known words, or all of them.
func unknownWord(kind, value string, known []string) source.Diagnostic {
	return source.Diagnostic{Message: fmt.Sprintf("unknown %s %q", kind, value),
		Hint: source.DidYouMean(value, known, "use one of "+strings.Join(known, ", "))}
}
