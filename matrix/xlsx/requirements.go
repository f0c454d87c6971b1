package xlsx

import (
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

// answered returns the answers to the requirements of each framework.
func (b *book) answered() [][]matrix.Answer {
	var list [][]matrix.Answer
	for i := range b.m.Frameworks {
		list = append(list, b.report.Answers(&b.m.Frameworks[i]))
	}
	return list
}

// frameworkName returns the name of a framework, with the baseline that the
// manifest selects.
func frameworkName(s *catalog.Selection) string {
	name := or(s.Framework.Name, s.Framework.ID)
	if _, baseline, ok := strings.Cut(s.Name, "/"); ok {
		name += ", " + baseline
	}
	return name
}

// ownershipLook returns how an ownership prints.
func ownershipLook(ownership matrix.Ownership) look {
	switch ownership {
	case matrix.Inherited:
		return onAWS
	case matrix.OwnedByBoth:
		return onShared
	case matrix.OwnedByCustomer:
		return onCustomer
	}
	return onNone
}

// ownershipName returns what an ownership is called in print.
func ownershipName(ownership matrix.Ownership) string {
	return strings.ReplaceAll(string(ownership), "-", " ")
}

// writeRequirements writes how the system answers each requirement.
func (b *book) writeRequirements() error {
	columns := []matrixColumn{{heading: "Framework", width: 13}, {heading: "Requirement", width: 12}, {heading: "Title", width: 26}, {heading: "Ownership", width: 11},
		{heading: "What AWS does", width: 62}, {heading: "What the customer does", width: 62}, {heading: "Responsible", width: 18}, {heading: "Accountable", width: 18},
		{heading: "Rows", width: 7}, {heading: "In Matrix", width: 9}, {heading: "Evidence", width: 36}, {heading: "Why excluded", width: 16}}
	n := 0
	for _, list := range b.answered() {
		n += len(list)
	}
	return b.list(plan{name: "Requirements", tab: "00796B", freezeCols: 3, paper: paperA3}, columns, n, func(yield func(line) bool) {
		for i, list := range b.answered() {
			name := frameworkName(&b.m.Frameworks[i])
			for j := range list {
				l := b.requirement(name, &list[j])
				l.begins = true
				if !yield(l) {
					return
				}
			}
		}
	}, "The frameworks have no requirements.")
}

// requirement returns the line of an answer.
func (b *book) requirement(framework string, a *matrix.Answer) line {
	first := cell{look: centred}
	if len(a.Rows) > 0 {
		first = b.goTo(a.Rows[0].ID)
	}
	return line{about: framework + " " + a.Requirement.ID, cells: []cell{
		{look: small, text: framework}, {look: strong, text: a.Requirement.ID}, {look: plain, text: a.Requirement.Title},
		{look: ownershipLook(a.Ownership), text: ownershipName(a.Ownership)},
		{look: dense, text: several(a.AWS, sideLimit, "services")}, {look: dense, text: customerText(a)},
		{look: plain, text: b.partyNames(a.Responsible)}, {look: plain, text: b.partyNames(a.Accountable)},
		{look: number, isNum: true, number: len(a.Rows)}, first,
		{look: dense, text: several(a.Evidence, evidenceLimit, "items")}, {look: plain, text: a.Excluded},
	}}
}

// customerText is what the customer does: all of its own, and of the rows as
// much as has room.
func customerText(a *matrix.Answer) string {
	own := strings.Join(a.Organization, "\n")
	if len(a.Customer) == 0 {
		return own
	}
	return strings.TrimPrefix(own+"\n"+several(a.Customer, sideLimit-len(own), "services"), "\n")
}

// Limits on the text of a cell, in bytes, so that a row does not get higher
// than a page. The rest stands in the sheet Matrix.
const (
	sideLimit     = 800
	evidenceLimit = 250
)

// several returns the lines, as many as have room, and how many are left out.
// The first one is never left out.
func several(lines []string, limit int, what string) string {
	length := 0
	for i, l := range lines {
		if length += len(l); length > limit && i > 0 {
			return strings.Join(lines[:i], "\n") + "\n… and " + itoa(len(lines)-i) + " more " + what + ": see the sheet Matrix"
		}
	}
	return strings.Join(lines, "\n")
}

// partyNames names parties, one to a line.
func (b *book) partyNames(ids []string) string {
	var names []string
	for _, id := range ids {
		names = append(names, oneLine(b.name(id)))
	}
	return strings.Join(names, "\n")
}

// coverage adds how many requirements of each framework are whose.
func (p *summary) coverage() {
	b := p.b
	if len(b.m.Frameworks) == 0 {
		return
	}
	p.section("Requirements")
	head := []cell{{look: heading, text: "Framework"}, {look: heading, text: "Selected as"}}
	kinds := matrix.Ownerships
	for _, k := range kinds {
		head = append(head, cell{look: heading, text: strings.ToUpper(string(k[:1])) + ownershipName(k)[1:]})
	}
	p.add(append(head, cell{look: heading, text: "Total"})...)
	for i, list := range b.answered() {
		n := map[matrix.Ownership]int{}
		for j := range list {
			n[list[j].Ownership]++
		}
		s := &b.m.Frameworks[i]
		cells := []cell{{look: label, text: or(s.Framework.Name, s.Framework.ID)}, {look: plain, text: s.Name}}
		for _, k := range kinds {
			cells = append(cells, cell{look: number, isNum: true, number: n[k]})
		}
		p.add(append(cells, cell{look: number, isNum: true, number: len(list)})...)
	}
}
