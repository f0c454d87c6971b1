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
	ID           string   `json:"id"`
	Title        string   `json:"title"`
	AnsweredBy   string   `json:"answered_by"` // duties or organization
	Duties       []string `json:"duties"`
	Organization string   `json:"organization"`
}

// showFramework shows the requirements that ask for something: neither
// headings nor what the publisher has withdrawn.
func (p *program) showFramework(f *matrix.Framework, format string) error {
	out := shownFramework{Framework: f.ID, Name: f.Name, Requirements: []shownRequirement{}}
	for _, q := range f.Requirements {
		if q.Group || q.Withdrawn {
			continue
		}
		by := "duties"
		if len(q.Duties) == 0 {
			by = "organization"
		}
		out.Requirements = append(out.Requirements, shownRequirement{q.ID, q.Title, by, append([]string{}, q.Duties...), q.Organization})
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

func (p *program) printFramework(f *matrix.Framework, requirements []shownRequirement) {
	fmt.Fprintf(p.out, "%s (%s), %s\n", f.Name, f.ID, count(len(requirements), "requirement"))
	if len(f.Baselines) > 0 {
		fmt.Fprintf(p.out, "Baselines: %s\n", strings.Join(f.Baselines, ", "))
	}
	printWrapped(p.out, "Note: ", "", f.Note)
	for _, q := range requirements {
		printWrapped(p.out, "\n"+q.ID+"  ", "  ", q.Title)
		printWrapped(p.out, "  duties        ", "                ", strings.Join(q.Duties, ", "))
		printWrapped(p.out, "  organization  ", "                ", q.Organization)
	}
}
