package main

import (
	"fmt"
	"strings"

	"raci/matrix"
)

type shownFramework struct {
	Framework    string             `json:"framework"`
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

// showFramework shows the requirements that ask for something: neither
// headings nor what the publisher has withdrawn.
func (p *program) showFramework(f *matrix.Framework, format string) error {
	out := shownFramework{Framework: f.ID, Name: f.Name, Requirements: []shownRequirement{}}
	for _, q := range f.Requirements {
		if q.Group || q.Withdrawn {
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
		p.printFramework(f, out.Requirements)
		return nil
	}
	return unknownFormat(format)
}

func answeredBy(q *matrix.Requirement) string {
	if len(q.Duties) == 0 {
		return "organization"
	}
	return "duties"
}

func (p *program) printFramework(f *matrix.Framework, requirements []shownRequirement) {
	fmt.Fprintf(p.out, "%s (%s), %s\n", f.Name, f.ID, count(len(requirements), "requirement"))
	if len(f.Baselines) > 0 {
		fmt.Fprintf(p.out, "Baselines: %s\n", strings.Join(f.Baselines, ", "))
	}
	printWrapped(p.out, "Note: ", "", f.Note)
	for _, q := range requirements {
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
