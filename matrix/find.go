package matrix

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// FindRow returns the row with this id. The diagnostics of an id that no row
// has name the rows of the entry or of the duty that is called so, the override
// that took the row out, or the nearest id.
func (m *Matrix) FindRow(id string) (*Row, source.Diagnostics) {
	var ids, ofEntry, ofDuty []string
	for i := range m.Rows {
		r := &m.Rows[i]
		switch id {
		case r.ID:
			return r, nil
		case r.Entry:
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
	default:
		problems.Add(source.Pos{}, source.DidYouMean(id, ids, "leave ROW out to list the rows"), "unknown row %q", id)
	}
	return nil, problems
}

// removal returns the exception that took this row out of the matrix, and what it
// took, or nil.
func (m *Matrix) removal(row string) (*Exception, *Removed) {
	for i := range m.Exceptions {
		e := &m.Exceptions[i]
		if k := slices.IndexFunc(e.Removed, func(r Removed) bool { return r.ID == row }); k >= 0 {
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

// FindParty returns the party with this id. The diagnostics of an id that no
// party has name the nearest one, or all.
func (m *Matrix) FindParty(id string) (*Party, source.Diagnostics) {
	if p := m.Party(id); p != nil {
		return p, nil
	}
	var ids []string
	for _, p := range m.Parties {
		ids = append(ids, p.ID)
	}
	return nil, source.Diagnostics{unknownWord("party", id, ids)}
}

// RowFilter picks rows. What is "" picks all.
type RowFilter struct {
	Party   string // that holds a letter
	Control string
	Service string
	Split   string
}

// Matches reports whether the filter picks the row.
func (f *RowFilter) Matches(r *Row) bool {
	return (f.Party == "" || r.Letters(f.Party) != 0) && (f.Control == "" || r.Control == f.Control) &&
		(f.Service == "" || r.Service == f.Service) && (f.Split == "" || r.Split == f.Split)
}

// Check refuses a word that nothing in the matrix has: an empty list would hide
// a slip. The catalog, if there is one, knows the words of other systems.
func (f *RowFilter) Check(m *Matrix, cat *catalog.Catalog) source.Diagnostics {
	if f.Party != "" {
		if _, problems := m.FindParty(f.Party); problems != nil {
			return problems
		}
	}
	controls, services := m.rowWords()
	splits, performers := []string{catalog.AWS, catalog.Customer, catalog.Shared}, m.Operators()
	for _, p := range m.Parties {
		if p.Kind == Operator || slices.Contains(performers, p) {
			splits = append(splits, p.ID)
		}
	}
	for _, word := range []struct {
		kind, value string
		known       []string
		elsewhere   bool // the catalog has it, this system does not
	}{
		{"control", f.Control, controls, cat != nil && cat.Control(f.Control) != nil},
		{"service", f.Service, services, cat != nil && slices.Contains(cat.ServiceIDs(), f.Service)},
		{"split", f.Split, splits, false},
	} {
		switch {
		case word.value == "" || slices.Contains(word.known, word.value):
		case word.elsewhere:
			return source.Diagnostics{{Message: fmt.Sprintf("no row of this system has the %s %q", word.kind, word.value),
				Hint: "rows have " + strings.Join(word.known, ", ")}}
		default:
			return source.Diagnostics{unknownWord(word.kind, word.value, word.known)}
		}
	}
	return nil
}

// rowWords returns the controls and the services of the rows, sorted.
func (m *Matrix) rowWords() (controls, services []string) {
	for i := range m.Rows {
		controls = append(controls, m.Rows[i].Control)
		if s := m.Rows[i].Service; s != "" {
			services = append(services, s)
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
