package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"raci/matrix"
)

// question is one that init asks. Take puts the answer in its place, or says
// what is wrong with it.
type question struct {
	text, usual string
	take        func(answer string) error
}

// askDraft asks for what a draft is filled in with.
func (p *program) askDraft(d *draft) error {
	fmt.Fprintln(p.err, "Four questions; Enter takes what stands in brackets.")
	in := bufio.NewReader(p.in)
	for _, q := range p.questions(d) {
		if err := ask(in, p.err, q); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) questions(d *draft) []question {
	accepted := func(err error) error {
		if err == nil {
			_, err = p.tryDraft(*d)
		}
		return err
	}
	return []question{
		{"Name of the system", "that of the starter", func(answer string) error {
			d.system = answer
			return accepted(nil)
		}},
		{"Teams, as ID=NAME or NAME, separated by commas", "those of the starter", func(answer string) error {
			d.teams = words(answer)
			return accepted(nil)
		}},
		{"Services, as SERVICE or SERVICE/VARIANT, separated by commas,\n  or a starter: " + strings.Join(p.starters(), ", "), defaultStarter, func(answer string) error {
			if d.services = words(answer); len(d.services) == 1 && slices.Contains(p.starters(), answer) {
				d.starter, d.services = answer, nil
			}
			return accepted(nil)
		}},
		{"Frameworks, separated by commas, or none", "soc2-tsc-2017", func(answer string) error {
			d.frameworks = words(answer)
			return accepted(nil)
		}},
	}
}

// tryDraft reports what is wrong with the draft as far as it is known.
func (p *program) tryDraft(d draft) (*matrix.Matrix, error) {
	text, err := p.fill(d)
	if err != nil {
		return nil, err
	}
	m, _, err := p.buildDraft(text)
	return m, err
}
