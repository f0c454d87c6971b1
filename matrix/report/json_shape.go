package report

import (
	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// JSONSchema names the shape of the JSON format and its version. A change
// that an existing reader would notice needs a new version, and so does a change
// of the digest: without one every older file would pass for edited.
const JSONSchema = "raci/matrix/v2"

// The shapes of the JSON format. A key that is written must be there when it is
// read, unless its tag says omitempty or omitzero. What is marked read:"no"
// follows from the rest; it is written for programs, and computed again after
// reading. What is marked lines:"one" is one line, as in a manifest. Rows, requirements and answers are written by jsonWriter, key by key,
// and read by the shapes here.
//
// Keys of objects that are data, such as the parties in roles, have no order.
// Reading puts them into the order that a matrix has.

// jsonHead is what stands before the rows.
type jsonHead struct {
	where
	Schema string `json:"schema"`
	matrix.Document
	File         string           `json:"file" lines:"one"`
	Digest       string           `json:"digest"`
	Edited       bool             `json:"edited,omitempty"`
	Catalog      jsonCatalog      `json:"catalog"`
	Parties      []jsonParty      `json:"parties"`
	Environments []jsonRef        `json:"environments"`
	Accounts     []jsonAccount    `json:"accounts"`
	Entries      []jsonEntry      `json:"entries"`
	Programs     []jsonProgram    `json:"programs"`
	LeftOut      []jsonLeftOut    `json:"left_out"`
	Default      jsonRef          `json:"default_accountable"`
	Answers      []jsonAnswerRule `json:"answers"`
	Exceptions   []jsonException  `json:"exceptions"`
	Report       jsonAppearance   `json:"report"`
	Check        jsonCheck        `json:"check"`
	Places       map[string]place `json:"places"`
}

// jsonTail is what stands behind the frameworks.
type jsonTail struct {
	Remarks  []jsonRemark   `json:"remarks"`
	Findings []jsonFinding  `json:"findings" read:"no"`
	Accepted []jsonAccepted `json:"accepted_findings" read:"no"`
}

type jsonCatalog struct {
	Version string `json:"version" lines:"one"`
	Digest  string `json:"digest"`
}

type jsonLeftOut struct {
	Duty        string `json:"duty" lines:"one"`
	Title       string `json:"title"`
	Control     string `json:"control" lines:"one"`
	ControlName string `json:"control_name" lines:"one"`
}

type jsonParty struct {
	where
	ID      string      `json:"id" lines:"one"`
	Name    string      `json:"name" lines:"one"`
	Kind    matrix.Kind `json:"kind"`
	Contact string      `json:"contact" lines:"one"`
	At      place       `json:"at"`
}

// jsonRef is a name, and where the manifest says it.
type jsonRef struct {
	ID string `json:"id" lines:"one"`
	At place  `json:"at"`
}

type jsonAccount struct {
	ID   string `json:"id" lines:"one"`
	Name string `json:"name" lines:"one"`
	At   place  `json:"at"`
}

type jsonEntry struct {
	where
	Name         string            `json:"name" lines:"one"`
	Service      string            `json:"service" lines:"one"`
	ServiceName  string            `json:"service_name" lines:"one"`
	Variants     []string          `json:"variants"`
	VariantNames []string          `json:"variant_names"`
	Assumed      []string          `json:"assumed"`
	Owner        string            `json:"owner" lines:"one"`
	Environments []string          `json:"environments"`
	Accounts     []string          `json:"accounts"`
	Tags         []string          `json:"tags"`
	Lifecycle    catalog.Lifecycle `json:"lifecycle"`
	Level        catalog.Level     `json:"level"`
	Coverage     []jsonCoverage    `json:"coverage"`
	At           place             `json:"at"`
}

type jsonException struct {
	where
	Rows     []string          `json:"rows"`
	Removed  []jsonRemoved     `json:"removed"`
	Sides    map[string]string `json:"sides"`
	SidesAt  map[string]place  `json:"sides_at"`
	Evidence []string          `json:"evidence"`
	Reason   string            `json:"reason"`
	Expires  string            `json:"expires"`
	Expired  bool              `json:"expired"`
	Selector jsonSelector      `json:"selector"`
	At       place             `json:"at"`
}

type jsonRemoved struct {
	where
	ID       string            `json:"id" lines:"one"`
	Title    string            `json:"title"`
	Sides    map[string]string `json:"sides"`
	SidesAt  map[string]place  `json:"sides_at"`
	Evidence []string          `json:"evidence,omitempty"`
}

// jsonAnswerRule is an answer of the manifest. Its accountable party may be "".
type jsonAnswerRule struct {
	where
	Requirements []jsonRef `json:"requirements"`
	Accountable  jsonRef   `json:"accountable"`
	Responsible  []jsonRef `json:"responsible"`
	Reason       string    `json:"reason"`
	At           place     `json:"at"`
}

// jsonSelector names what narrows a selection; what does not is left out.
type jsonSelector struct {
	Services     []jsonRef `json:"services,omitempty"`
	Entries      []jsonRef `json:"entries,omitempty"`
	Controls     []jsonRef `json:"controls,omitempty"`
	Duties       []jsonRef `json:"duties,omitempty"`
	Categories   []jsonRef `json:"categories,omitempty"`
	Splits       []jsonRef `json:"splits,omitempty"`
	Tags         []jsonRef `json:"tags,omitempty"`
	Environments []jsonRef `json:"environments,omitempty"`
	Accounts     []jsonRef `json:"accounts,omitempty"`
	Requirements []jsonRef `json:"requirements,omitempty"`
}

type jsonAppearance struct {
	where
	Title          string       `json:"title" lines:"one"`
	Classification string       `json:"classification" lines:"one"`
	Approvers      []string     `json:"approvers"`
	Logo           *jsonFile    `json:"logo"`
	Fonts          []jsonFile   `json:"fonts"`
	Color          string       `json:"color"`
	Paper          string       `json:"paper"`
	Protect        bool         `json:"protect"`
	Columns        []jsonColumn `json:"columns"`
}

type jsonFile struct {
	where
	Path   string `json:"path" lines:"one"`
	SHA256 string `json:"sha256"`
	At     place  `json:"at"`
}

type jsonColumn struct {
	where
	ID    string `json:"id"`
	Title string `json:"title" lines:"one"`
	At    place  `json:"at"`
}

type jsonCheck struct {
	MaxAccountableShare int          `json:"max_accountable_share"`
	MaxConsulted        int          `json:"max_consulted"`
	WarnBeforeEnd       int          `json:"warn_before_end"`
	MaxSourceAge        int          `json:"max_source_age"`
	Rules               []jsonRef    `json:"rules"`
	Waivers             []jsonWaiver `json:"waivers"`
}

type jsonWaiver struct {
	where
	Rule     string       `json:"rule" lines:"one"`
	RuleAt   place        `json:"rule_at"`
	Reason   string       `json:"reason"`
	Expires  string       `json:"expires"`
	Selector jsonSelector `json:"selector"`
	At       place        `json:"at"`
}

type jsonRow struct {
	where
	ID               string                  `json:"id" lines:"one"`
	Entry            string                  `json:"entry" lines:"one"`
	Service          string                  `json:"service" lines:"one"`
	Variants         []string                `json:"variants"`
	Control          string                  `json:"control" lines:"one"`
	ControlName      string                  `json:"control_name" lines:"one"`
	Category         catalog.Category        `json:"category"`
	Duty             string                  `json:"duty" lines:"one"`
	Scope            catalog.Scope           `json:"scope"`
	Title            string                  `json:"title"`
	Split            string                  `json:"split"`
	Sides            map[string]string       `json:"sides"`
	SidesAt          map[string]place        `json:"sides_at"`
	Offers           string                  `json:"offers"`
	Roles            map[string]letters      `json:"roles"`
	Reasons          map[string][]jsonReason `json:"reasons"`
	Requirements     map[string][]string     `json:"requirements"`
	Process          []jsonProcess           `json:"process"`
	Evidence         []string                `json:"evidence"`
	Details          []jsonDetail            `json:"details"`
	Basis            catalog.Basis           `json:"basis"`
	Facts            map[string]string       `json:"facts,omitempty"`
	UnknownFacts     []string                `json:"unknown_facts,omitempty"`
	Sources          []jsonSource            `json:"sources"`
	Note             string                  `json:"note"`
	Frequency        catalog.Frequency       `json:"frequency"`
	Exception        *int                    `json:"exception"` // index, from 0
	LosingOverrides  []int                   `json:"losing_overrides"`
	Replaced         map[string]string       `json:"replaced"`
	ReplacedAt       map[string]place        `json:"replaced_at"`
	ReplacedEvidence []string                `json:"replaced_evidence,omitempty"`
	Unassigned       bool                    `json:"unassigned"`
	Overruled        map[string][]jsonReason `json:"overruled"`
	Cleared          []jsonReason            `json:"cleared"`
	Withheld         []jsonWithheld          `json:"withheld,omitempty"`
	Unlisted         matrix.Unlisted         `json:"unlisted,omitzero"`
}

type jsonProcess struct {
	Text string `json:"text"`
	URL  string `json:"url" lines:"one"`
}

type jsonDetail struct {
	About  string   `json:"about"`
	Says   []string `json:"says"`
	At     place    `json:"at"`
	Text   string   `json:"text"`
	LostTo place    `json:"lost_to,omitzero"`
}

type jsonReason struct {
	At      place   `json:"at"`
	Letters letters `json:"letters"`
	Text    string  `json:"text"`
	LostTo  place   `json:"lost_to,omitzero"`
}

type jsonWithheld struct {
	At      place    `json:"at"`
	Letters letters  `json:"letters"`
	Parties []string `json:"parties"`
	About   string   `json:"about"`
	Says    []string `json:"says"`
	Text    string   `json:"text"`
}

type jsonSource struct {
	URL     string `json:"url" lines:"one"`
	Checked string `json:"checked"`
}

// jsonFramework is a framework without its requirements, which follow it.
type jsonFramework struct {
	where
	ID        string            `json:"id" lines:"one"`
	Selection string            `json:"selection" lines:"one"`
	Name      string            `json:"name" lines:"one"`
	Publisher string            `json:"publisher" lines:"one"`
	Note      string            `json:"note"`
	Aliases   []string          `json:"aliases"`
	Source    jsonSource        `json:"source"`
	Baselines []string          `json:"baselines"`
	Reports   []string          `json:"reports"`
	Included  []string          `json:"included"`
	Excluded  map[string]string `json:"excluded"`
	At        place             `json:"at"`
}

// jsonRequirement is a requirement with its answer.
type jsonRequirement struct {
	where
	jsonAnswer
	Group        bool                `json:"group,omitempty"`   // a heading, which has no answer
	Omitted      bool                `json:"omitted,omitempty"` // left out by an overlay
	Aliases      []string            `json:"aliases,omitempty"` // other ids
	Baselines    []string            `json:"baselines"`
	Duties       []string            `json:"duties"`
	AWSPart      []string            `json:"aws_part"`
	AWSApart     []string            `json:"aws_apart"`
	Limit        catalog.Inheritance `json:"inheritance_limit"`
	Services     []string            `json:"services"`
	Organization string              `json:"organization"`
	Outside      string              `json:"outside"`
	OwnEvidence  []string            `json:"own_evidence"`
	Statements   []jsonRequirement   `json:"statements"`
	At           place               `json:"at"`
}

// jsonAnswer is how the system answers a requirement.
type jsonAnswer struct {
	ID             string              `json:"id" lines:"one"`
	Title          string              `json:"title"`
	Ownership      matrix.Ownership    `json:"ownership" read:"no"`
	Inheritance    catalog.Inheritance `json:"inheritance" read:"no"`
	Rows           []string            `json:"rows" read:"no"`
	MoreRows       int                 `json:"more_rows,omitempty" read:"no"`
	Responsible    []string            `json:"responsible" read:"no"`
	Accountable    string              `json:"accountable" read:"no"`
	RowAccountable []string            `json:"row_accountable" read:"no"`
	AWS            string              `json:"aws" read:"no"`
	Customer       string              `json:"customer" read:"no"`
	Offers         string              `json:"offers" read:"no"`
	Process        []jsonProcess       `json:"process" read:"no"`
	Evidence       []string            `json:"evidence" read:"no"`
	Excluded       string              `json:"excluded,omitempty" read:"no"`
}

// jsonFinding is a diagnostic.
type jsonFinding struct {
	Rule     string          `json:"rule" lines:"one"`
	Severity source.Severity `json:"severity"`
	At       place           `json:"at"`
	Row      string          `json:"row" lines:"one"`
	Message  string          `json:"message"`
	Hint     string          `json:"hint"`
	Related  []jsonRelated   `json:"related"`
}

type jsonRelated struct {
	At      place  `json:"at"`
	Message string `json:"message"`
}

type jsonAccepted struct {
	jsonFinding
	Reason  string `json:"reason"`
	Expires string `json:"expires"`
}

type jsonRemark struct {
	where
	jsonFinding
	Rows     []string      `json:"rows"`
	MoreRows int           `json:"more_rows,omitempty"`
	Selector *jsonSelector `json:"selector"`
}

// place is a position as text: file:line:col.
type place source.Pos

// MarshalText writes the position.
func (p place) MarshalText() ([]byte, error) { return []byte(source.Pos(p).String()), nil }

// UnmarshalText reads what MarshalText writes.
func (p *place) UnmarshalText(text []byte) error {
	*p = place(source.ParsePos(string(text)))
	return nil
}

// letters is what a cell holds, as text: A/R.
type letters matrix.Letters

// UnmarshalText reads the letters.
func (l *letters) UnmarshalText(text []byte) error {
	parsed, err := matrix.ParseLetters(string(text))
	*l = letters(parsed)
	return err
}

// list returns the items, and an empty list where there are none: JSON has no
// null in the place of a list.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// each converts a list, and returns an empty one where there is none.
func each[A, B any](items []A, convert func(*A) B) []B {
	converted := make([]B, len(items))
	for i := range items {
		converted[i] = convert(&items[i])
	}
	return converted
}
