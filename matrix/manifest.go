package matrix

import (
	"slices"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// Manifest is what the user declares: the system, its parties, the services
// in use with their owners, rules and overrides. ParseManifest reads it.
type Manifest struct {
	Document
	File         string                // as it appears in positions
	Places       map[string]source.Pos // of what stands in Document, by the PlaceXxx
	Frameworks   []catalog.FrameworkUse
	Environments []source.Ref // those that entries must cover, if any
	Accounts     []Account    // likewise
	Parties      []Party
	Defaults     Rule // applies to every row; its selector is empty
	Uses         []Use
	Rules        []Rule
	AnswerRules  []AnswerRule
	Overrides    []Override
	Appearance   Appearance
	Overlays     []source.Ref // folders with the user's own catalogs, relative to the manifest
	Check        CheckSettings
	approvers    []source.Ref
	related      map[source.Pos]source.Related // see source.Reader

	servicesAt, rulesAt, overridesAt source.Pos // of these lists
}

// Account is an AWS account in which entries run.
type Account struct {
	ID   string
	Name string
	At   source.Pos
}

// CheckSettings are the thresholds of check, and the findings that are waived.
type CheckSettings struct {
	MaxAccountableShare int          // percent of all As that one party may hold
	MaxConsulted        int          // consulted parties of a row
	WarnBeforeEnd       int          // days before an override or a waiver ends
	MaxSourceAge        int          // months since a source was checked
	Rules               []source.Ref // that are off unless someone chooses them
	Waivers             []Waiver
}

// DefaultCheck are the thresholds of a manifest that names none.
var DefaultCheck = CheckSettings{MaxAccountableShare: 80, MaxConsulted: 3, WarnBeforeEnd: 30, MaxSourceAge: 24}

// Waiver accepts the findings of a rule about the rows, entries and places it
// selects, for a reason and until a day.
type Waiver struct {
	Selector
	Rule    source.Ref
	Reason  string
	Expires string // 2006-01-02
	At      source.Pos
}

// Use is one line of services: a service in use, with its owner.
type Use struct {
	Service  source.Ref
	Name     string // distinguishes two entries of one service; unless given, the service's name in the manifest, with "-" for "/"
	Variants []source.Ref
	Owner    source.Ref // zero if nobody owns it
	Tags     []string
	// Where the entry runs; empty where the manifest does not say.
	Environments, Accounts []source.Ref
	At                     source.Pos
}

// Selector says which rows a rule or an override is about. Empty lists select
// everything.
type Selector struct {
	Services, Entries, Controls, Duties, Categories, Splits []source.Ref
	Tags, Environments, Accounts                            []source.Ref // of the entry
	Requirements                                            []source.Ref // FRAMEWORK/ID, answered by the row
}

// Holders are the parties to which a rule gives a letter.
type Holders struct {
	Set     bool // the rule speaks of this letter
	Adds    bool // to those whom the next wider statement names; else these take their place
	Parties []source.Ref
	At      source.Pos
}

// Rule gives letters to the rows it selects, and says how their duties are done.
type Rule struct {
	Selector
	Responsible, Accountable, Consulted, Informed Holders
	Process, Evidence, Frequency                  Saying
	Reason                                        string
	At                                            source.Pos
}

// Saying is what a rule says of how duties are done. Evidence and frequencies
// have no address.
type Saying struct {
	Set   bool // the rule speaks of it
	Adds  bool // to what the next wider statement says, and at last the catalog; else it takes their place
	Items []Process
	At    source.Pos
}

// Process is how a duty is done: words, or the title and the address of a page.
type Process struct {
	Text string
	URL  string // that a report can link, see source.IsPage; "" for words
}

// Override replaces what the catalog says of the rows it selects.
type Override struct {
	Selector
	Sides    []catalog.Side // replaces all sides
	None     bool           // the duty does not apply
	Evidence []string       // of what the sides do, in the place of the catalog's
	Reason   string
	Expires  string // 2006-01-02 or ""
	At       source.Pos
}

// weight orders selectors by how specific they are. What is selected counts
// first (a duty outranks a control, which outranks a requirement, a category or
// a split), then where (an entry outranks a tag, an environment or an account,
// which outrank a service), then how many other selectors there are, among them
// the variant of a service. So:
// entry+duty > service+duty > duty > entry+control > service+control >
// control > category or split > entry > service > everything. A selector that
// contains "*" selects everything and counts for nothing.
func (s *Selector) weight() int {
	var what, where, more int
	for _, c := range []struct {
		refs        []source.Ref
		what, where int
	}{
		{s.Duties, 3, 0}, {s.Controls, 2, 0}, {s.Requirements, 1, 0}, {s.Categories, 1, 0}, {s.Splits, 1, 0},
		{s.Entries, 0, 3}, {s.Tags, 0, 2}, {s.Environments, 0, 2}, {s.Accounts, 0, 2}, {s.Services, 0, 1},
	} {
		if !selectsByName(c.refs) {
			continue
		}
		what, where, more = max(what, c.what), max(where, c.where), more+1
	}
	if selectsByName(s.Services) && !slices.ContainsFunc(s.Services, func(r source.Ref) bool { return !strings.Contains(r.ID, "/") }) {
		more++ // each service in a variant
	}
	return what*1000 + where*100 + more
}

func selectsByName(refs []source.Ref) bool {
	return len(refs) > 0 && !slices.ContainsFunc(refs, func(r source.Ref) bool { return r.ID == "*" })
}
