package xlsx

import (
	"strings"

	"raci/matrix"
)

// partyRows lists the rows in which a party has a letter: those it answers
// for and does, answers for, does, is asked about, is told of.
type partyRows [5][]int32

// rank returns where a cell stands in partyRows.
func rank(l matrix.Letters) int {
	switch {
	case l.Has(matrix.Accountable | matrix.Responsible):
		return 0
	case l.Has(matrix.Accountable):
		return 1
	case l.Has(matrix.Responsible):
		return 2
	case l.Has(matrix.Consulted):
		return 3
	}
	return 4
}

// rowsByParty returns the rows of each party and how many there are in all.
func (b *book) rowsByParty() (map[string]*partyRows, int) {
	by, n := map[string]*partyRows{}, 0
	for _, p := range b.m.Parties {
		by[p.ID] = &partyRows{}
	}
	for i := range b.m.Rows {
		for _, role := range b.m.Rows[i].Roles {
			if list := by[role.Party]; list != nil && role.Letters != 0 {
				k := rank(role.Letters)
				list[k] = append(list[k], int32(i))
				n++
			}
		}
	}
	return by, n
}

// writeParties writes the sheet that says for each party what it has to do
// with.
func (b *book) writeParties() error {
	by, n := b.rowsByParty()
	columns := []matrixColumn{{heading: "Party", width: 24}, {heading: "Letters", width: 9}, {heading: "Entry", width: 20}, {heading: "Duty", width: 40},
		{heading: "Control", width: 20}, {heading: "Split", width: 12}, {heading: "Row", width: 30}, {heading: "In Matrix", width: 10}}
	widths, _ := b.widths(columns)
	s, err := b.newSheet(plan{name: "Parties", widths: widths, rows: 1 + len(b.m.Parties) + n, freezeCols: 2, freezeRows: 1, filter: 1,
		outline: true, paper: paperA4, tab: "2E6CA4"})
	if err != nil {
		return err
	}
	s.add(headings(columns, 0))
	for _, p := range b.m.Parties {
		b.addParty(s, &p, by[p.ID], len(columns))
	}
	return s.close()
}

// letterLooks are the looks of the five kinds of partyRows.
func letterLooks() [5]look { return [5]look{letterAR, letterA, letterR, letterC, letterI} }

// addParty writes a party and its rows.
func (b *book) addParty(s *sheet, p *matrix.Party, rows *partyRows, columns int) {
	head := make([]cell, columns)
	for i := range head {
		head[i].look = groupText
	}
	head[0] = cell{look: group, text: or(p.Name, p.ID)}
	head[1].text = b.partyFacts(p)
	s.add(line{cells: head, height: 20, about: "party " + p.ID})
	looks := letterLooks()
	cells := make([]cell, columns)
	for k, list := range rows {
		for _, i := range list {
			r := &b.m.Rows[i]
			cells[0] = cell{look: plain, text: or(p.Name, p.ID)}
			cells[1] = cell{look: looks[k], text: r.Letters(p.ID).String()}
			cells[2] = cell{look: plain, text: b.m.EntryTitle(r.Entry)}
			cells[3] = cell{look: plain, text: or(r.Title, r.Duty)}
			cells[4] = cell{look: plain, text: or(r.ControlName, r.Control)}
			cells[5] = cell{look: splitLook(r.Split), text: b.splitName(r.Split)}
			cells[6] = cell{look: small, text: r.ID}
			cells[7] = b.goTo(r.ID)
			s.add(line{cells: cells, level: 1, about: "row " + r.ID})
		}
	}
}

// partyFacts returns what a party has to do with, in one line.
func (b *book) partyFacts(p *matrix.Party) string {
	n := b.stats.letters[p.ID]
	facts := []string{"accountable for " + itoa(n.a), "responsible for " + itoa(n.r), "consulted on " + itoa(n.c), "informed of " + itoa(n.i)}
	text := strings.Join(facts, ", ")
	if n.rows == 0 {
		text = "no letter in any row"
	}
	return oneLine(kindName(p.Kind) + ": " + text + strings.TrimSuffix("; "+p.Contact, "; "))
}
