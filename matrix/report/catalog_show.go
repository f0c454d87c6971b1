package report

import (
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

type shownService struct {
	Service  string         `json:"service"`
	Variants []string       `json:"variants"`
	Name     string         `json:"name"`
	Model    string         `json:"model"`
	Level    catalog.Level  `json:"level"`
	Coverage []jsonCoverage `json:"coverage"`
	Facts    []shownFact    `json:"facts"`
	Duties   []shownDuty    `json:"duties"`
}

type shownFact struct {
	Fact    string       `json:"fact"`
	Is      string       `json:"is"`
	Sources []jsonSource `json:"sources"`
}

type shownDuty struct {
	Duty    string            `json:"duty"`
	Control string            `json:"control"`
	Scope   string            `json:"scope"`
	Split   string            `json:"split"`
	Sides   map[string]string `json:"sides"`
	Offers  string            `json:"offers,omitempty"`
	Note    string            `json:"note,omitempty"`
	Basis   string            `json:"basis"`
	Facts   map[string]string `json:"facts,omitempty"`         // on which the model's words rest
	Unknown []string          `json:"unknown_facts,omitempty"` // that might have chosen other words
	Sources []jsonSource      `json:"sources"`
}

// ShowService returns who does what for a service, to be written as JSON: all
// duties, also those that do not apply to it.
func ShowService(cat *catalog.Catalog, r *catalog.Resolved) any {
	s := shownService{Service: r.Service.ID, Variants: []string{}, Name: r.Title(), Model: r.Service.Model, Level: r.Level, Coverage: each(r.Coverage, coverageJSON), Facts: []shownFact{}}
	for _, f := range cat.FactsOf(r) {
		s.Facts = append(s.Facts, shownFact{f.ID, f.Is, shownSources(f.Sources)})
	}
	for _, v := range r.Variants {
		s.Variants = append(s.Variants, v.ID)
	}
	for i := range r.Splits {
		s.Duties = append(s.Duties, showDuty(&r.Splits[i]))
	}
	return s
}

func showDuty(f *catalog.DutySplit) shownDuty {
	d := shownDuty{Duty: f.Duty.ID, Control: f.Duty.Control.ID, Scope: string(f.Scope), Split: f.Split(),
		Sides: map[string]string{}, Offers: f.Offers, Note: f.Note, Basis: string(f.Basis), Unknown: f.Unknown, Sources: shownSources(f.Sources)}
	for _, side := range f.Sides {
		d.Sides[side.Who] = side.Text
	}
	for _, known := range f.Facts {
		if d.Facts == nil {
			d.Facts = map[string]string{}
		}
		d.Facts[known.ID] = known.Is
	}
	return d
}

func shownSources(sources []catalog.Source) []jsonSource {
	list := []jsonSource{}
	for _, s := range sources {
		list = append(list, jsonSource(s))
	}
	return list
}

type shownFramework struct {
	Framework    string             `json:"framework"`
	Baseline     string             `json:"baseline,omitempty"`
	Name         string             `json:"name"`
	Requirements []shownRequirement `json:"requirements"`
	Omitted      []shownOmission    `json:"omitted,omitempty"` // what overlays leave out
}

type shownOmission struct {
	ID string `json:"id"`
	At place  `json:"at"`
}

type shownRequirement struct {
	ID           string           `json:"id"`
	Title        string           `json:"title"`
	AnsweredBy   string           `json:"answered_by"` // duties or organization
	Duties       []string         `json:"duties"`
	Organization string           `json:"organization"`
	Outside      string           `json:"outside,omitempty"`
	AWSPart      []string         `json:"aws_part"`
	Inheritance  string           `json:"inheritance,omitempty"` // the most that it can be
	Statements   []shownStatement `json:"statements,omitempty"`
}

type shownStatement struct {
	ID           string   `json:"id"`
	AnsweredBy   string   `json:"answered_by"`
	Duties       []string `json:"duties"`
	Organization string   `json:"organization"`
	Outside      string   `json:"outside,omitempty"`
	AWSPart      []string `json:"aws_part"`
	Inheritance  string   `json:"inheritance,omitempty"`
}

// ShowFramework returns what answers the requirements of a framework, or of some
// of its baselines, to be written as JSON.
func ShowFramework(f *catalog.Framework, baselines []string) any {
	out := shownFramework{Framework: f.ID, Baseline: strings.Join(baselines, "+"), Name: f.Name, Requirements: []shownRequirement{}}
	for _, q := range f.Asked(baselines...) {
		shown := shownRequirement{q.ID, q.Title, answeredBy(&q), append([]string{}, q.Duties...), q.Organization, q.Outside, append([]string{}, q.AWSPart...), string(q.Inheritance), nil}
		for _, s := range q.Statements {
			if s.Omitted {
				continue
			}
			shown.Statements = append(shown.Statements, shownStatement{s.ID, answeredBy(&s), append([]string{}, s.Duties...), s.Organization, s.Outside, append([]string{}, s.AWSPart...), string(s.Inheritance)})
		}
		out.Requirements = append(out.Requirements, shown)
	}
	for _, q := range f.Omitted(baselines...) {
		out.Omitted = append(out.Omitted, shownOmission{q.ID, place(q.At)})
	}
	return out
}

func answeredBy(q *catalog.Requirement) string {
	if len(q.Duties) == 0 {
		return "organization"
	}
	return "duties"
}

type lintFinding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	Col      int    `json:"col"`
	Message  string `json:"message"`
	Fix      string `json:"fix"`
}

// ShowLint returns what is wrong with the words of a catalog, to be written as
// JSON.
func ShowLint(findings source.Diagnostics) any {
	list := []lintFinding{}
	for _, f := range findings {
		list = append(list, lintFinding{f.Rule, string(f.Severity), f.At.File, f.At.Line, f.At.Col, f.Message, f.Hint})
	}
	return list
}
