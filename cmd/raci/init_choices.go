package main

import (
	"fmt"

	"raci/matrix/catalog"
	"raci/matrix/draft"
	"raci/matrix/source"
	"raci/matrix/view"
)

// What ? prints at each question. It goes where the questions do.

func nameChoices(p *program, _ *draft.Draft, _ string) error {
	p.sayWrapped("  ", "  ", "Any name of up to 200 characters on one line. It stands on the cover of the reports.")
	return nil
}

func teamChoices(p *program, d *draft.Draft, _ string) error {
	for _, line := range []string{
		"Data Platform                     the id is made of the name: data-platform",
		"data = Data Platform              an id of your own",
		"Data Platform <data@shop.example> an address to reach them",
		`"Risk, Audit and Compliance"      quotes keep a comma in a name, and so do`,
		"                                  semicolons between the teams",
	} {
		p.say("  %s", line)
	}
	p.say("  Enter takes those of the starter; %s has", d.Starter)
	var choices []draft.Choice
	for _, party := range draft.Starter(p.catalog, d.Starter).Parties {
		choices = append(choices, draft.Choice{Answer: party.ID, Name: party.Name})
	}
	p.printChoices(choices)
	return nil
}

func serviceChoices(p *program, _ *draft.Draft, words string) error {
	cat, problems := catalog.Open(p.catalog)
	if problems != nil {
		return problems.Err()
	}
	if onOneLine(words) != "" {
		return p.printLike(cat, words, draft.ServicesLike)
	}
	byCategory, problems := draft.ServicesByCategory(cat)
	for _, c := range byCategory {
		p.say("  %s", c.Name)
		p.sayWrapped("    ", "    ", c.Answer)
	}
	p.say("  or a starter, which has services, teams and rules:")
	var starters []draft.Choice
	for _, id := range draft.Starters(p.catalog) {
		starters = append(starters, draft.Choice{Answer: id, Name: draft.Title(p.catalog, id)})
	}
	p.printChoices(starters)
	p.sayWrapped("  ", "  ", `Write them as "Amazon Aurora, S3 and ECS on Fargate" or rds/aurora, s3, ecs/fargate. `+
		"? WORD shows the services and variants in which a word occurs: ? rds, ? fargate, ? database.")
	return problems.Err()
}

func frameworkChoices(p *program, _ *draft.Draft, words string) error {
	cat, problems := catalog.Open(p.catalog)
	if problems != nil {
		return problems.Err()
	}
	if err := p.printLike(cat, words, draft.FrameworksLike); err != nil || onOneLine(words) != "" {
		return err
	}
	p.sayWrapped("  ", "  ", `Write them as "SOC 2 security and availability, HIPAA" or soc2/security+availability, hipaa. `+
		"Without a baseline the whole framework is meant. none is for no framework.")
	return nil
}

const mostChoices = 40 // lines that ? WORD prints

// printLike prints the choices in which the words occur.
func (p *program) printLike(cat *catalog.Catalog, words string, find func(*catalog.Catalog, string) ([]draft.Choice, source.Diagnostics)) error {
	found, problems := find(cat, words)
	if problems != nil {
		return problems.Err()
	}
	if len(found) == 0 {
		p.say("  nothing has %q in its name", onOneLine(words))
	}
	p.printChoices(found[:min(len(found), mostChoices)])
	if more := len(found) - mostChoices; more > 0 {
		p.say("  ... and %s; write more of the name", view.Count(more, "more choice"))
	}
	return nil
}

func (p *program) printChoices(choices []draft.Choice) {
	width := 0
	for _, c := range choices {
		width = max(width, len(c.Answer))
	}
	for _, c := range choices {
		label := fmt.Sprintf("  %-*s  ", width, c.Answer)
		p.sayWrapped(label, fmt.Sprintf("%*s", len(label), ""), c.Name)
	}
}
