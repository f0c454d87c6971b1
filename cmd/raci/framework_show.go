package main

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

type shownFramework struct {
	Framework    string             `json:"framework"`
	Baseline     string             `json:"baseline,omitempty"`
	Name         string             `json:"name"`
	Requirements []shownRequirement `json:"requirements"`
}

type shownRequirement struct {
	ID           string           `json:"id"`
	Title        string           `json:"title"`
	AnsweredBy   string           `json:"answered_by"` // duties or organization
	Duties       []string         `json:"duties"`
	Organization string           `json:"organization"`
	Outside      string           `json:"outside,omitempty"`
	Statements   []shownStatement `json:"statements,omitempty"`
}

type shownStatement struct {
	ID           string   `json:"id"`
	AnsweredBy   string   `json:"answered_by"`
	Duties       []string `json:"duties"`
	Organization string   `json:"organization"`
	Outside      string   `json:"outside,omitempty"`
}

// showFramework shows the requirements that ask for something, of a baseline
// or of all: neither headings nor what the publisher has withdrawn.
func (p *program) showFramework(f *catalog.Framework, baseline, format string) error {
	baseline = strings.ToLower(baseline)
	if baseline != "" && !slices.Contains(f.Baselines, baseline) {
		return fmt.Errorf("unknown baseline %q of %s; %s", baseline, f.ID, orElse(source.Nearest(baseline, f.Baselines), baselines(f)))
	}
	out := shownFramework{Framework: f.ID, Baseline: baseline, Name: f.Name, Requirements: []shownRequirement{}}
	for _, q := range f.Requirements {
		if q.Group || q.Withdrawn || baseline != "" && !slices.Contains(q.Baselines, baseline) {
			continue
		}
		shown := shownRequirement{q.ID, q.Title, answeredBy(&q), append([]string{}, q.Duties...), q.Organization, q.Outside, nil}
		for _, s := range q.Statements {
			shown.Statements = append(shown.Statements, shownStatement{s.ID, answeredBy(&s), append([]string{}, s.Duties...), s.Organization, s.Outside})
		}
		out.Requirements = append(out.Requirements, shown)
	}
	switch format {
	case "json":
		return p.printJSON(out)
	case "text":
		p.printFramework(f, out)
		return nil
	}
	return unknownFormat(format)
}

func baselines(f *catalog.Framework) string {
	if len(f.Baselines) == 0 {
		return "it has none"
	}
	return "its baselines are " + strings.Join(f.Baselines, ", ")
}

func answeredBy(q *catalog.Requirement) string {
	if len(q.Duties) == 0 {
		return "organization"
	}
	return "duties"
}

func (p *program) printFramework(f *catalog.Framework, shown shownFramework) {
	fmt.Fprintf(p.out, "%s (%s), %s\n", f.Name, path.Join(f.ID, shown.Baseline), count(len(shown.Requirements), "requirement"))
	if len(f.Baselines) > 0 && shown.Baseline == "" {
		fmt.Fprintf(p.out, "Baselines: %s\n", strings.Join(f.Baselines, ", "))
	}
	printWrapped(p.out, "Note: ", "", f.Note)
	for _, q := range shown.Requirements {
		printWrapped(p.out, "\n"+q.ID+"  ", "  ", q.Title)
		if len(q.Statements) == 0 {
			p.printAnswer("  ", q.Duties, q.Organization, q.Outside)
		}
		for _, s := range q.Statements {
			fmt.Fprintf(p.out, "  %s\n", s.ID)
			p.printAnswer("    ", s.Duties, s.Organization, s.Outside)
		}
	}
}

func (p *program) printAnswer(indent string, duties []string, organization, outside string) {
	under := indent + strings.Repeat(" ", len("organization  "))
	printWrapped(p.out, indent+"duties        ", under, strings.Join(duties, ", "))
	printWrapped(p.out, indent+"organization  ", under, organization)
	printWrapped(p.out, indent+"outside       ", under, outside)
}
