package view

import (
	"cmp"
	"fmt"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// Titles of what renderers add to the sections, each in its own layout.
const (
	SummaryTitle  = "Summary"
	ContentsTitle = "Contents"
	PartyTitle    = "Party"
	LettersTitle  = "Letters"
	DutiesTitle   = "Duties"
	RowsTitle     = "Rows"
	EntriesTitle  = "Entries"
)

// Title returns the title of the report.
func (r *Report) Title() string {
	return cmp.Or(r.title, r.Matrix.Appearance.Title, strings.TrimSpace("RACI matrix "+r.Matrix.System))
}

// PartyName returns the name of a party, or its id where it has none.
func (r *Report) PartyName(id string) string { return cmp.Or(r.names[id], id) }

// PartyNames returns the names of parties.
func (r *Report) PartyNames(ids []string) []string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = r.PartyName(id)
	}
	return names
}

// SplitName returns what a split is called.
func (r *Report) SplitName(split string) string {
	switch split {
	case catalog.AWS:
		return "AWS"
	case catalog.Customer:
		return "Customer"
	case catalog.Shared:
		return "Shared"
	case catalog.NoSplit, "":
		return "None"
	}
	return r.PartyName(split)
}

// SplitTone returns the tone of a split.
func SplitTone(split string) Tone {
	switch split {
	case catalog.AWS:
		return PerformsAWS
	case catalog.Customer:
		return PerformsCustomer
	case catalog.Shared:
		return PerformsShared
	case catalog.NoSplit, "":
		return PerformsNobody
	}
	return PerformsOperator
}

// KindName returns what a kind of party is called.
func KindName(k matrix.Kind) string {
	switch k {
	case matrix.Provider:
		return "Provider"
	case matrix.Team:
		return "Team or role"
	case matrix.Operator:
		return "Other operator"
	}
	return string(k)
}

// OwnershipName returns what an ownership is called.
func OwnershipName(o matrix.Ownership) string {
	switch o {
	case matrix.Inherited:
		return "Inherited"
	case matrix.OwnedByBoth:
		return "Shared"
	case matrix.OwnedByCustomer:
		return "Customer"
	}
	return "Not applicable"
}

// InheritanceName returns what an inheritance is called, or "".
func InheritanceName(i catalog.Inheritance) string {
	switch i {
	case catalog.FullInheritance:
		return "Full"
	case catalog.PartialInheritance:
		return "Partial"
	case catalog.NoInheritance:
		return "None"
	}
	return ""
}

// OwnershipTone returns the tone of an ownership.
func OwnershipTone(o matrix.Ownership) Tone {
	switch o {
	case matrix.Inherited:
		return PerformsAWS
	case matrix.OwnedByBoth:
		return PerformsShared
	case matrix.OwnedByCustomer:
		return PerformsCustomer
	}
	return PerformsNobody
}

// LettersTone returns the tone of the letters of a cell.
func LettersTone(l matrix.Letters) Tone {
	switch {
	case l.Has(matrix.Accountable | matrix.Responsible):
		return HoldsAR
	case l.Has(matrix.Accountable):
		return HoldsA
	case l.Has(matrix.Responsible):
		return HoldsR
	case l.Has(matrix.Consulted):
		return HoldsC
	case l.Has(matrix.Informed):
		return HoldsI
	}
	return Plain
}

// SeverityTone returns the tone of a severity.
func SeverityTone(s source.Severity) Tone {
	switch s {
	case source.Error:
		return Bad
	case source.Warning:
		return Doubt
	}
	return Remark
}

// ConventionName names a convention of accountability.
func ConventionName(a matrix.Accountability) string {
	if a == matrix.ProviderAccountable {
		return "Provider"
	}
	return "Customer"
}

// Convention says what a convention of accountability means.
func Convention(a matrix.Accountability) string {
	if a == matrix.ProviderAccountable {
		return "AWS or another operator holds A/R for the duties it performs alone; the customer's accountable party is informed."
	}
	return "The customer stays accountable for every duty, also for what AWS performs: accountability cannot be handed to a provider."
}

// ExceptionState says whether an exception holds.
func ExceptionState(e *matrix.Exception) string {
	switch {
	case e.Expired:
		return "ended: the catalog applies again"
	case e.Expires == "":
		return "in force, without an end"
	}
	return "in force"
}

// ServiceName returns the name of the service of a row, or "" where it has none.
func (r *Report) ServiceName(row *matrix.Row) string {
	return cmp.Or(r.services[row.Service], row.Service)
}

// ControlName returns the name of a row's control.
func ControlName(row *matrix.Row) string { return cmp.Or(row.ControlName, row.Control) }

// DutyTitle returns what the duty of a row is called.
func DutyTitle(row *matrix.Row) string { return cmp.Or(row.Title, row.Duty) }

// VariantNames returns the names of an entry's variants, each with a word where
// the manifest did not name it.
func VariantNames(e *matrix.Entry) []string {
	var names []string
	for i, id := range e.Variants {
		name := id
		if i < len(e.VariantNames) {
			name = cmp.Or(e.VariantNames[i], id)
		}
		for _, a := range e.Assumed {
			if a == id {
				name += " (assumed)"
			}
		}
		names = append(names, name)
	}
	return names
}

// EntryFacts returns service, variants and owner of an entry in one line, or ""
// for the duties of the provider and the organization.
func (r *Report) EntryFacts(entry string) string {
	e := r.Entry(entry)
	if e == nil {
		return ""
	}
	facts := append([]string{cmp.Or(e.ServiceName, e.Service)}, VariantNames(e)...)
	owner := "no owner"
	if e.Owner != "" {
		owner = "owner: " + r.PartyName(e.Owner)
	}
	return strings.Join(facts, ", ") + "; " + owner
}

// FrameworkName returns the name of a framework, with the baselines that are
// selected.
func FrameworkName(s *catalog.Selection) string {
	name := cmp.Or(s.Framework.Name, s.Framework.ID, s.Name)
	if b := s.Baselines(); len(b) > 0 {
		name += ", " + strings.Join(b, " + ")
	}
	return name
}

// Count returns "1 row" or "2 rows".
func Count(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "y"):
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(noun, "y"))
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// some joins the first n of the names, and says how many more there are.
func some(names []string, n int) string {
	if len(names) <= n {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:n], ", "), len(names)-n)
}
