package report

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/matrix/view"
)

// JSONSchema names the shape of the JSON format and its version. A change
// that an existing reader would notice needs a new version.
const JSONSchema = "raci/matrix/v1"

type jsonMatrix struct {
	Schema         string          `json:"schema"`
	Organization   string          `json:"organization"`
	System         string          `json:"system"`
	Revision       string          `json:"revision"`
	Date           string          `json:"date"`
	Accountability string          `json:"accountability"`
	Digest         string          `json:"digest"`
	Catalog        jsonCatalog     `json:"catalog"`
	Parties        []jsonParty     `json:"parties"`
	Rows           []jsonRow       `json:"rows"`
	Frameworks     []jsonFramework `json:"frameworks"`
}

type jsonFramework struct {
	ID           string            `json:"id"`
	Selection    string            `json:"selection"`
	Requirements []jsonRequirement `json:"requirements"`
}

type jsonRequirement struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Ownership   string   `json:"ownership"`
	Rows        []string `json:"rows"`
	Responsible []string `json:"responsible"`
	Accountable string   `json:"accountable"` // several are separated by ", "
	AWS         string   `json:"aws"`
	Customer    string   `json:"customer"`
	Evidence    []string `json:"evidence"`
	Excluded    string   `json:"excluded,omitempty"`
}

type jsonCatalog struct {
	Version string `json:"version"`
	Digest  string `json:"digest"`
}

type jsonParty struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"`
}

type jsonRow struct {
	ID           string                  `json:"id"`
	Entry        string                  `json:"entry"`
	Service      string                  `json:"service"`
	Variants     []string                `json:"variants"`
	Control      string                  `json:"control"`
	Category     string                  `json:"category"`
	Duty         string                  `json:"duty"`
	Scope        string                  `json:"scope"`
	Title        string                  `json:"title"`
	Split        string                  `json:"split"`
	Sides        map[string]string       `json:"sides"`
	Roles        map[string]string       `json:"roles"`
	Reasons      map[string][]jsonReason `json:"reasons"`
	Requirements map[string][]string     `json:"requirements"`
	Evidence     []string                `json:"evidence"`
	Basis        string                  `json:"basis"`
	Sources      []jsonSource            `json:"sources"`
}

type jsonReason struct {
	At      string `json:"at"`
	Letters string `json:"letters"`
	Text    string `json:"text"`
	BeatBy  string `json:"beaten_by,omitempty"`
}

type jsonSource struct {
	URL     string `json:"url"`
	Checked string `json:"checked"`
}

func writeJSON(w io.Writer, r *view.Report) ([]string, error) {
	return nil, encodeJSON(w, r, "  ")
}

func encodeJSON(w io.Writer, r *view.Report, indent string) error {
	m := r.Matrix
	out := jsonMatrix{
		Schema: JSONSchema, Organization: m.Organization, System: m.System, Revision: m.Revision, Date: m.Date,
		Accountability: string(m.Accountability), Digest: r.Digest(),
		Catalog: jsonCatalog{m.Catalog.Version, m.Catalog.Digest}, Rows: []jsonRow{}, Frameworks: []jsonFramework{},
	}
	for _, p := range m.Parties {
		out.Parties = append(out.Parties, jsonParty{p.ID, p.Name, string(p.Kind)})
	}
	for i := range m.Rows {
		out.Rows = append(out.Rows, rowJSON(&m.Rows[i]))
	}
	for i := range m.Frameworks {
		out.Frameworks = append(out.Frameworks, frameworkJSON(r, &m.Frameworks[i]))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	return enc.Encode(out)
}

func frameworkJSON(r *view.Report, s *catalog.Selection) jsonFramework {
	out := jsonFramework{ID: s.Framework.ID, Selection: s.Name, Requirements: []jsonRequirement{}}
	for _, a := range r.Answers(s) {
		out.Requirements = append(out.Requirements, answerJSON(a))
	}
	return out
}

func answerJSON(a matrix.Answer) jsonRequirement {
	q := jsonRequirement{
		ID: a.Requirement.ID, Title: a.Requirement.Title, Ownership: string(a.Ownership), Rows: []string{},
		Responsible: append([]string{}, a.Responsible...), Accountable: strings.Join(a.Accountable, ", "),
		AWS: strings.Join(a.AWS, "\n"), Customer: strings.Join(slices.Concat(a.Organization, a.Customer), "\n"),
		Evidence: append([]string{}, a.Evidence...), Excluded: a.Excluded,
	}
	for _, r := range a.Rows {
		q.Rows = append(q.Rows, r.ID)
	}
	return q
}

// jsonAnswer is the answer to a requirement with where it is asked for.
type jsonAnswer struct {
	Framework string `json:"framework"`
	Selection string `json:"selection"`
	jsonRequirement
	Statements []jsonStatement `json:"statements"`
}

type jsonStatement struct {
	ID        string `json:"id"`
	Ownership string `json:"ownership"`
}

// ExplainAnswer returns the answer to a requirement as the JSON format writes
// it, and beside it what asks for it and who owns its lettered statements. The
// title is that of the requirement also where the answer is to a statement.
func ExplainAnswer(a matrix.FoundAnswer) any {
	out := jsonAnswer{a.Selection.Framework.ID, a.Selection.Name, answerJSON(a.Answer), []jsonStatement{}}
	out.Title = a.Title
	for _, part := range a.Statements {
		out.Statements = append(out.Statements, jsonStatement{part.Requirement.ID, string(part.Ownership)})
	}
	return out
}

// rowJSON writes empty lists as [], never as null.
func rowJSON(r *matrix.Row) jsonRow {
	out := jsonRow{
		ID: r.ID, Entry: r.Entry, Service: r.Service, Variants: append([]string{}, r.Variants...),
		Control: r.Control, Category: string(r.Category), Duty: r.Duty, Scope: string(r.Scope), Title: r.Title, Split: r.Split,
		Sides: map[string]string{}, Roles: map[string]string{}, Reasons: map[string][]jsonReason{},
		Requirements: map[string][]string{}, Evidence: append([]string{}, r.Evidence...), Basis: string(r.Basis),
		Sources: []jsonSource{},
	}
	for _, s := range r.Sides {
		out.Sides[s.Who] = s.Text
	}
	for _, role := range r.Roles {
		out.Roles[role.Party] = role.Letters.String()
		for _, reason := range role.Reasons {
			out.Reasons[role.Party] = append(out.Reasons[role.Party], reasonJSON(reason))
		}
	}
	for _, f := range r.Requirements {
		out.Requirements[f.Framework] = f.IDs
	}
	for _, s := range r.Sources {
		out.Sources = append(out.Sources, jsonSource(s))
	}
	return out
}

func reasonJSON(r matrix.Reason) jsonReason {
	out := jsonReason{At: r.At.String(), Letters: r.Letters.String(), Text: r.Text}
	if r.LostTo != (source.Pos{}) {
		out.BeatBy = r.LostTo.String()
	}
	return out
}

// jsonExplained is a row with what was said of parties that hold no letter.
type jsonExplained struct {
	jsonRow
	Silent map[string][]jsonReason `json:"silent"`
}

// ExplainRow returns the row as the JSON format writes it, and beside it, as
// "silent", the reasons of parties whose claims were all beaten.
func ExplainRow(r *matrix.Row) any {
	out := jsonExplained{rowJSON(r), map[string][]jsonReason{}}
	for _, role := range r.Overruled {
		for _, reason := range role.Reasons {
			out.Silent[role.Party] = append(out.Silent[role.Party], reasonJSON(reason))
		}
	}
	return out
}
