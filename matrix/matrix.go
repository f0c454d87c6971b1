// Package matrix holds the words of a RACI matrix and the merge that makes
// one: a manifest (who uses which services, and who owns them) and a catalog
// (who does what, AWS or the customer, per service and variant) become rows
// with a letter for each party.
//
// Data flows one way:
//
//	manifest.yaml ── ParseManifest ─┐           ┌─ check.Run ── Findings ─┐
//	                                ├─ Build ── *Matrix ──────────────────┴─ view.New ── reports
//	templates/ ───── catalog.Open ──┘
//
// The Matrix is complete: nothing behind Build reads the manifest or the catalog
// again, so that report.ReadJSON can stand in its place. A report is written by
// one of report.Formats from a view, which says what it holds without a format.
//
// # Where additions go
//
//   - A service, variant, model, control or duty, and a framework: files of YAML in
//     templates, whose README says how they are written. No code knows a service by
//     name; frameworks only the layouts of auditors do.
//   - A key of the manifest: manifest_read.go, then matrix/schema, which a test keeps
//     equal to the parser, and the manual there.
//   - A rule: a value of check.Rules, its function, and a script in check/testdata.
//   - A format: a function and a line in report.Formats.
//   - A section of the reports: a function and a line in the list of sections in view.
//   - What a report prints: Matrix, and report, which writes it as JSON and reads it back.
//
// # What is guaranteed
//
// The same manifest and catalog give the same Matrix, in the same order,
// wherever and whenever it is built: nothing here reads a clock, the
// environment or the file system, but for the fs.FS it is handed.
//
// A row never has two accountable parties. A row without one is kept, and
// shown as a gap, never filled by a guess.
//
// All problems of an input come back together, sorted, as [source.Diagnostics], each
// with file, line and column. Opinions on a manifest that can be read are not
// problems but findings: see the package check.
package matrix

import (
	"slices"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// Names that stand in Row.Entry for duties that are done once, not per entry.
const (
	ProviderEntry     = "provider"
	OrganizationEntry = "organization"
)

// Accountability is the convention that says who holds the A of a duty that
// AWS or another operator performs alone.
type Accountability string

const (
	// CustomerAccountable keeps the A in the customer's organization, because
	// accountability cannot be handed to a provider. It is the default.
	CustomerAccountable Accountability = "customer"
	// ProviderAccountable gives A/R to the operator that performs a duty alone.
	ProviderAccountable Accountability = "provider"
)

// DutySelection says which duties of the organization a matrix has. Those of AWS
// and of entries are always there.
type DutySelection string

const (
	// AllDuties are all that the catalog has. It is the default.
	AllDuties DutySelection = "all"
	// AskedDuties are those that some requirement of the chosen frameworks names.
	AskedDuties DutySelection = "asked-only"
)

// Document is what a matrix says about itself: what it describes, and which issue
// this is.
type Document struct {
	Organization   string         `json:"organization" lines:"one"`
	System         string         `json:"system" lines:"one"`
	Revision       string         `json:"revision" lines:"one"`
	Date           string         `json:"date"` // as 2006-01-02, or "" where none is known
	Accountability Accountability `json:"accountability"`
	Duties         DutySelection  `json:"duties"`
	Scope          string         `json:"scope"`                   // what belongs to the system, and what does not
	PreparedBy     string         `json:"prepared_by" lines:"one"` // party id, or a name
	ReviewedBy     string         `json:"reviewed_by" lines:"one"` // likewise
	NextReview     string         `json:"next_review"`             // as 2006-01-02, or ""
	History        []Revision     `json:"history"`                 // as in the manifest
}

// Revision is an issue of the document.
type Revision struct {
	Revision string `json:"revision" lines:"one"`
	Date     string `json:"date"`           // as 2006-01-02
	By       string `json:"by" lines:"one"` // party id, or a name
	Change   string `json:"change"`         // what is new in it
}

// Day is a day of the document, or "", with its key in the JSON.
type Day struct{ Key, Text string }

// Days returns the days of the document, for readers that have them from elsewhere
// than a manifest.
func (d *Document) Days() []Day {
	days := []Day{{"date", d.Date}, {"next_review", d.NextReview}}
	for _, v := range d.History {
		days = append(days, Day{"history.date", v.Date})
	}
	return days
}

// Matrix is a RACI matrix, complete: all that any report prints, and all that
// check looks at. It does not need the manifest and the catalog that it was
// made from.
type Matrix struct {
	Document
	File             string // of the manifest, as positions name it
	Appearance       Appearance
	Catalog          catalog.Info
	Parties          []Party             // AWS first, then as in the manifest, then operators that the catalog adds
	Environments     []source.Ref        // that entries must cover, if any
	Accounts         []Account           // likewise
	Entries          []Entry             // as in the manifest
	Programs         []catalog.Program   // of audits of AWS: all that the catalog has
	Rows             []Row               // provider duties, organization duties, then entry by entry, in the catalog's order
	Frameworks       []catalog.Selection // as in the manifest
	OrganizationRows []Row               // what the organization does itself for requirements that no row answers; no rows of the matrix
	LeftOut          []LeftOut           // duties that are no rows, because Document.Duties is AskedDuties
	AnswerRules      []AnswerRule        // who answers for requirements, whatever their rows say
	// DefaultAccountable answers for requirements whose rows do not agree; zero
	// where the defaults name nobody.
	DefaultAccountable source.Ref
	Exceptions         []Exception
	Remarks            []Remark
	Check              CheckSettings
	Places             map[string]source.Pos // where the manifest says what belongs to no row, by the PlaceXxx
}

// Keys of Places, as the manifest spells them. A revision has its number, from
// 0 on, behind PlaceHistory.
const (
	PlaceOrganization = "organization"
	PlaceSystem       = "system"
	PlacePreparedBy   = "prepared-by"
	PlaceReviewedBy   = "reviewed-by"
	PlaceNextReview   = "next-review"
	PlaceHistory      = "history."
	PlaceDuties       = "duties"
	PlaceDefaults     = "defaults"
	PlaceInformed     = "defaults.informed"
)

// Place returns where the manifest says something, or its start.
func (m *Matrix) Place(key string) source.Pos {
	if at := m.Places[key]; at.Line > 0 {
		return at
	}
	return source.Pos{File: m.File, Line: 1, Col: 1}
}

// LeftOut is a duty of the organization that no requirement of the chosen
// frameworks names, and that the manifest therefore leaves out.
type LeftOut struct {
	Duty, Title          string
	Control, ControlName string
}

// Remark is what the merge has to say about a rule or an override: that it changes
// nothing, that another one disagrees, or that it does not act on some entries.
type Remark struct {
	source.Diagnostic           // Rule is one of the RemarkXxx
	Rows              []string  // ids of the rows in which two statements meet, or on which one does not act
	MoreRows          int       // of them that are counted and not named, because remarks name a great many
	Selector          *Selector // of the statement, where the remark is about one alone
}

// The rules of remarks, which check knows by the same ids.
const (
	RemarkUnused   = "unused-rule"
	RemarkConflict = "rules-in-conflict"
	RemarkPartly   = "entry-partly-inside"
)

// Appearance is what the manifest says about the reports themselves.
type Appearance struct {
	Title          string
	Classification string
	Approvers      []string // party ids
	Logo           File     // PNG or JPEG
	Color          string   // of headings, as #1F3A5F, or ""
	Paper          string   // of the PDF: PaperA4 (also if empty) or PaperLetter
	Fonts          []File   // TrueType faces of the PDF, for scripts that its own font does not cover; the first that has a character wins
	Protect        bool     // lock the workbook but for letters, dates and signatures
	Columns        []Column // of the sheet Matrix, in their order; empty for all
}

// File is a file that the manifest names, relative to itself. Whoever reads
// the manifest fills in Data.
type File struct {
	source.Ref
	Data []byte
}

// Column is a column of the sheet Matrix.
type Column struct {
	ID    string // one of ColumnIDs
	Title string // heading, or "" for the usual one
	At    source.Pos
}

// ColumnIDs are the columns of the sheet Matrix. "parties" stands for one
// column for each party, "operators" for one for each further operator,
// "requirements" for one for each framework.
var ColumnIDs = []string{"entry", "duty", "row", "service", "variant", "control", "category", "split", "aws", "customer", "offers", "operators",
	"parties", "check", "marks", "requirements", "process", "evidence", "frequency", "source", "checked", "further-sources", "basis", "note", "reasons"}

// Kind says what a party is.
type Kind string

// The kinds of parties.
const (
	Provider Kind = "provider" // AWS
	Team     Kind = "team"     // a team or role of the customer
	Operator Kind = "operator" // another company that performs duties: an MSP, VMware
)

// Party can hold letters.
type Party struct {
	ID      string
	Name    string
	Contact string
	Kind    Kind
	At      source.Pos // where the manifest declares it; zero for AWS and operators of the catalog
}

// Entry is one use of a service.
type Entry struct {
	Name         string
	Service      string // service id
	ServiceName  string
	Variants     []string // variant ids, in the order they were applied
	VariantNames []string
	Assumed      []string // those of Variants that the manifest did not name
	Owner        string   // party id, or ""
	Tags         []string
	Environments []string
	Accounts     []string
	Lifecycle    catalog.Lifecycle // of the service
	Level        catalog.Level     // of the service in its variants
	// Coverage says which of Matrix.Programs have the service in scope, by the lists
	// of AWS at hand. Of others nothing is known.
	Coverage []catalog.Coverage
	At       source.Pos
}

// ProgramsOf returns the ids of the programs that end in a report of AWS, and that
// count for a selection of a framework.
func (m *Matrix) ProgramsOf(report string, s *catalog.Selection) []string {
	var ids []string
	for i := range m.Programs {
		if p := &m.Programs[i]; p.Names(report) && p.CountsFor(s.Baselines()) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// ProgramNames returns the names of the programs, by id.
func (m *Matrix) ProgramNames() map[string]string {
	names := map[string]string{}
	for _, p := range m.Programs {
		names[p.ID] = p.Name
	}
	return names
}

// Gaps counts the rows without an accountable party.
func (m *Matrix) Gaps() int {
	n := 0
	for i := range m.Rows {
		if m.Rows[i].Accountable() == "" {
			n++
		}
	}
	return n
}

func (m *Matrix) servicesInUse() map[string]bool {
	inUse := map[string]bool{}
	for i := range m.Entries {
		inUse[m.Entries[i].Service] = true
	}
	return inUse
}

// Party returns the party with this id, or nil.
func (m *Matrix) Party(id string) *Party {
	if i := slices.IndexFunc(m.Parties, func(p Party) bool { return p.ID == id }); i >= 0 {
		return &m.Parties[i]
	}
	return nil
}

// EntryTitle returns the heading of a row group: the name of the entry, of
// AWS or of the organization.
func (m *Matrix) EntryTitle(entry string) string {
	switch entry {
	case ProviderEntry:
		return "Amazon Web Services, for all services"
	case OrganizationEntry:
		return m.Organization + ", for all services"
	}
	return entry
}

// Entry returns the entry with this name, or nil for the duties of the
// provider and the organization.
func (m *Matrix) Entry(name string) *Entry {
	if i := slices.IndexFunc(m.Entries, func(e Entry) bool { return e.Name == name }); i >= 0 {
		return &m.Entries[i]
	}
	return nil
}

// EntriesByName returns the entries by their names, for a loop over rows: Entry
// searches all entries each time. The map knows nothing of later changes.
func (m *Matrix) EntriesByName() map[string]*Entry {
	entries := make(map[string]*Entry, len(m.Entries))
	for i := len(m.Entries) - 1; i >= 0; i-- { // of two entries with one name the first stays
		entries[m.Entries[i].Name] = &m.Entries[i]
	}
	return entries
}

// PartiesByID returns the parties by their ids, as EntriesByName returns the
// entries.
func (m *Matrix) PartiesByID() map[string]*Party {
	parties := make(map[string]*Party, len(m.Parties))
	for i := len(m.Parties) - 1; i >= 0; i-- {
		parties[m.Parties[i].ID] = &m.Parties[i]
	}
	return parties
}

// Operators returns the parties beside AWS that have a side in some row, in the
// order of Parties. One may be a team, by mistake: check says so.
func (m *Matrix) Operators() []Party {
	performs := map[string]bool{}
	for i := range m.Rows {
		for _, s := range m.Rows[i].Sides {
			performs[s.Who] = performs[s.Who] || s.Text != ""
		}
	}
	var ops []Party
	for _, p := range m.Parties {
		if p.Kind != Provider && performs[p.ID] {
			ops = append(ops, p)
		}
	}
	return ops
}

// Findings are what check has to say about a matrix.
type Findings struct {
	Open     []source.Diagnostic
	Accepted []Accepted // by the manifest; they are not among the others
}

// Accepted is a finding that the manifest accepts, for a reason and until a day.
type Accepted struct {
	source.Diagnostic
	Reason  string
	Expires string // 2006-01-02
}
