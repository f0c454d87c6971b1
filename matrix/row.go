package matrix

import (
	"slices"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// Row is one duty of one entry, or of AWS or the organization as a whole.
type Row struct {
	ID          string // entry/duty; stays the same as long as both names do
	Entry       string // Entry.Name, ProviderEntry or OrganizationEntry
	Service     string // "" for the two groups that have no service
	Variants    []string
	Control     string
	ControlName string
	Category    catalog.Category // of the control
	Duty        string
	Title       string
	Scope       catalog.Scope
	Split       string         // AWS, Customer, Shared or an operator's id
	Sides       []catalog.Side // AWS first, the customer second, operators by id
	Offers      string         // what AWS offers that the customer may use for its part; no side
	Roles       []Role         // the parties with a letter, in the order of Matrix.Parties
	Process     []Process      // how the duty is done, as the manifest has it
	Evidence    []string       // what an auditor can be shown
	Details     []Detail       // where these three come from if the manifest speaks of them; for each the weakest first
	Basis       catalog.Basis
	// Facts are those of the service on which the words of its model rest, and
	// UnknownFacts those that might have chosen other words, both in the order of
	// their ids.
	Facts        []RowFact
	UnknownFacts []string
	Sources      []catalog.Source
	Note         string
	Frequency    catalog.Frequency // how often it is done, or ""
	// Requirements that this row answers, of the frameworks in use, in the
	// order of the manifest.
	Requirements    []RowRequirements
	Exception       int            // index into Matrix.Exceptions, or -1
	LosingOverrides []int          // other overrides of this row, as indexes into Matrix.Exceptions
	Replaced        []catalog.Side // what the catalog says, where an override says otherwise
	// ReplacedEvidence is the catalog's evidence that an override replaces, or that
	// goes with those who no longer perform the duty.
	ReplacedEvidence []string
	// Unassigned is set where a customer side has no party that a rule or an
	// owner made responsible. The accountable party then holds A/R.
	Unassigned bool
	// Overruled lists what was said about parties that ended without a letter.
	Overruled []Role
	// Cleared are the statements that take a letter from everybody.
	Cleared []Reason
	// Withheld are statements that do not act on the row, because its entry lies
	// only partly inside the places that they list.
	Withheld []Withheld
	// Unlisted counts what these lists leave out.
	Unlisted Unlisted
}

// RowFact is what is so of a row's service.
type RowFact struct{ ID, Is string }

// MostStatements is how many statements that overrule each other, that add to each
// other or that do not act a matrix lists for a cell or a row: the strongest ones.
// It counts the others.
const MostStatements = 20

// Unlisted counts the statements of a row that its lists leave out, because more
// than MostStatements speak of it.
type Unlisted struct {
	Reasons         int `json:"reasons"` // of letters, those that lost and those that added
	Details         int `json:"details"`
	LosingOverrides int `json:"losing_overrides"`
	Withheld        int `json:"withheld"`
}

// RowRequirements are the requirements of one framework that a row answers.
type RowRequirements struct {
	Framework string
	IDs       []string
}

// requirementNames returns the requirements as FRAMEWORK/ID.
func (r *Row) requirementNames() []string {
	var names []string
	for _, f := range r.Requirements {
		for _, id := range f.IDs {
			names = append(names, f.Framework+"/"+id)
		}
	}
	return names
}

// serviceNames returns what selects the row by its service: SERVICE, and
// SERVICE/VARIANT/... with any of its variants, in their order. A row without a
// service has none.
func (r *Row) serviceNames() []string {
	if r.Service == "" {
		return nil
	}
	names := []string{r.Service}
	for _, v := range r.Variants {
		for _, name := range names {
			names = append(names, name+"/"+v)
		}
	}
	return names
}

// Role is a party's cell in a row.
type Role struct {
	Party   string
	Letters Letters
	Reasons []Reason // oldest first; the last one decided. Cells may share a list: replace it, do not change it
}

// Reason says which statement gave a cell its letters.
type Reason struct {
	At      source.Pos
	Letters Letters // what this statement gives
	Text    string
	LostTo  source.Pos // the statement that won over this one; zero if none did
}

// Exception is an override of the manifest: a deviation from the catalog.
type Exception struct {
	Rows     []string       // row ids it changed
	Removed  []Removed      // those of them that it took out of the matrix
	Sides    []catalog.Side // who does what instead; none where the duty does not apply
	Evidence []string       // of that; none where the override gives none
	Reason   string
	Expires  string // 2006-01-02 or ""
	Expired  bool   // ended before the manifest's date, so the catalog applies again
	// Selector says which rows the override is about, changed or not.
	Selector Selector
	At       source.Pos
}

// Removed is what an exception took out of the matrix.
type Removed struct {
	ID    string // of the row
	Title string
	Sides []catalog.Side // what the catalog says
	// Evidence is that of the catalog.
	Evidence []string
}

// add adds a row that the override has changed.
func (e *Exception) add(r *Row) {
	e.Rows = append(e.Rows, r.ID)
	if r.Split == catalog.NoSplit {
		e.Removed = append(e.Removed, Removed{r.ID, r.Title, r.Replaced, r.ReplacedEvidence})
	}
}

// Side returns what the operator does in this row, or "".
func (r *Row) Side(who string) string {
	for _, s := range r.Sides {
		if s.Who == who {
			return s.Text
		}
	}
	return ""
}

// OwnEvidence returns the evidence that the manifest names, the most specific
// first; the rest is the catalog's.
func (r *Row) OwnEvidence() []string {
	var list []string
	for _, d := range slices.Backward(r.Details) {
		if d.About != EvidenceDetail || d.LostTo != (source.Pos{}) || d.At == (source.Pos{}) {
			continue
		}
		for _, e := range d.Says {
			if !slices.Contains(list, e) {
				list = append(list, e)
			}
		}
	}
	return list
}

// Letters returns the party's letters in this row.
func (r *Row) Letters(party string) Letters {
	for _, role := range r.Roles {
		if role.Party == party {
			return role.Letters
		}
	}
	return 0
}

// LettersOf returns the letters of all parties in a row, in their order: a loop
// over Row.Letters would search all roles for each of them.
func (m *Matrix) LettersOf(r *Row) []Letters {
	letters, i := make([]Letters, len(m.Parties)), 0
	for k := range m.Parties {
		if i < len(r.Roles) && r.Roles[i].Party == m.Parties[k].ID {
			letters[k] = r.Roles[i].Letters
			i++
		}
	}
	if i < len(r.Roles) { // an edited matrix may have them in another order
		for k := range m.Parties {
			letters[k] = r.Letters(m.Parties[k].ID)
		}
	}
	return letters
}

// Accountable returns the party that holds the A, or "".
func (r *Row) Accountable() string {
	for _, role := range r.Roles {
		if role.Letters.Has(Accountable) {
			return role.Party
		}
	}
	return ""
}
