package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"raci/matrix/draft"
)

// question is one that init asks. Put puts the answer in its place.
type question struct {
	text, usual string
	put         func(d *draft.Draft, answer string)
}

// startersTeams is the usual answer to who the teams are.
const startersTeams = "the starter's"

func (p *program) questions() []question {
	starters := draft.Starters(p.catalog)
	return []question{
		{"System", folderName(), func(d *draft.Draft, answer string) { d.System = answer }},
		{"Teams, as ID=NAME or NAME, separated by commas", startersTeams, func(d *draft.Draft, answer string) {
			if answer != startersTeams {
				d.Teams = splitCommas(answer)
			}
		}},
		{"Services, as SERVICE or SERVICE/VARIANT, separated by commas,\n  or a starter: " + strings.Join(starters, ", "), draft.DefaultStarter,
			func(d *draft.Draft, answer string) {
				if slices.Contains(starters, answer) {
					d.Starter = answer
				} else {
					d.Services = splitCommas(answer)
				}
			}},
		{"Frameworks, separated by commas, or none", "soc2-tsc-2017", func(d *draft.Draft, answer string) { d.Frameworks = splitCommas(answer) }},
	}
}

// folderName is the name of the current folder, or that of a system where it
// has none.
func folderName() string {
	if dir, err := os.Getwd(); err == nil && dir != filepath.Dir(dir) {
		return filepath.Base(dir)
	}
	return "System"
}

// splitCommas returns the texts between the commas.
func splitCommas(s string) []string {
	parts := strings.Split(s, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// askDraft asks for what a draft is filled in with. Where the input ends, the
// usual answers are taken.
func (p *program) askDraft(d draft.Draft) (draft.Draft, error) {
	in := bufio.NewReader(p.in)
	p.say("Enter takes the answer in brackets.")
	var err error
	for _, q := range p.questions() {
		if d, err = p.askOne(in, q, d); err != nil {
			return d, err
		}
	}
	return d, nil
}

// askOne asks until the answer makes a manifest.
func (p *program) askOne(in *bufio.Reader, q question, d draft.Draft) (draft.Draft, error) {
	for {
		p.prompt("%s [%s]: ", q.text, q.usual)
		answer, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return d, fmt.Errorf("cannot read the answer: %w", err)
		}
		if answer = strings.TrimSpace(answer); answer == "" {
			answer = q.usual
		}
		filled := d
		q.put(&filled, answer)
		_, _, wrong := p.tryDraft(&filled)
		if wrong == nil || err != nil {
			return filled, wrong
		}
		for _, line := range strings.Split(wrong.Error(), "\n") {
			p.say("%s", line)
		}
	}
}
