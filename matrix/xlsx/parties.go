package xlsx

import (
	"cmp"
	"slices"
	"strings"

	"raci/matrix"
)

// partyDuty is a duty of a party: the rows in which it has the same letters
// and the same side performs it.
type partyDuty struct {
	row     int // the first one, in the matrix
	rows    int
	letters matrix.Letters
	entries []string // names of the first ones
	more    int      // entries that are not named
	last    string   // entry of the last row
}

// mostEntries is how many entries the line of a duty names.
const mostEntries = 40

// rank orders letters: those of who answers and does, answers, does, is
// asked, is told.
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

// dutiesByParty returns the duties of each party, by rank, then in the order
// of the rows.
func (b *book) dutiesByParty() map[string][]*partyDuty {
	type key struct {
		party, duty, split string
		letters            matrix.Letters
	}
	lists, known := map[string][]*partyDuty{}, map[key]*partyDuty{}
	for i := range b.m.Rows {
		r := &b.m.Rows[i]
		for _, role := range r.Roles {
			if role.Letters == 0 {
				continue
			}
			k := key{role.Party, r.Duty, r.Split, role.Letters}
			d := known[k]
			if d == nil {
				d = &partyDuty{row: i, letters: role.Letters}
				known[k] = d
				lists[role.Party] = append(lists[role.Party], d)
			}
			d.add(r.Entry)
		}
	}
	for _, list := range lists {
		slices.SortStableFunc(list, func(x, y *partyDuty) int { return cmp.Compare(rank(x.letters), rank(y.letters)) })
	}
	return lists
}

func (d *partyDuty) add(entry string) {
	d.rows++
	switch {
	case d.rows > 1 && d.last == entry:
	case len(d.entries) < mostEntries:
		d.entries = append(d.entries, entry)
	default:
		d.more++
	}
	d.last = entry
}

// writeParties writes the sheet that says for each party what it has to do
// with.
func (b *book) writeParties() error {
	lists := b.dutiesByParty()
	n := 1 + len(b.m.Parties)
	for _, p := range b.m.Parties {
		n += len(lists[p.ID])
	}
	columns := []matrixColumn{{heading: "Party", width: 26}, {heading: "Letters", width: 8}, {heading: "Duty", width: 48}, {heading: "Split", width: 11},
		{heading: "Rows", width: 6}, {heading: "In Matrix", width: 9}, {heading: "Entries", width: 66}, {heading: "Control", width: 28}}
	widths, _ := b.widths(columns)
	s, err := b.newSheet(plan{name: "Parties", widths: widths, rows: n, freezeCols: 2, freezeRows: 1, filter: 1, outline: true, paper: paperA4,
		printCols: len(columns) - 1, tab: "2E6CA4"})
	if err != nil {
		return err
	}
	s.add(headings(columns, 0))
	for _, p := range b.m.Parties {
		b.addParty(s, &p, lists[p.ID], len(columns))
	}
	return s.close()
}

// addParty writes a party and its duties.
func (b *book) addParty(s *sheet, p *matrix.Party, list []*partyDuty, columns int) {
	head := make([]cell, columns)
	for i := range head {
		head[i].look = groupText
	}
	head[0] = cell{look: group, text: or(p.Name, p.ID)}
	head[1].text = b.partyFacts(p)
	s.add(line{cells: head, height: 20, begins: true, about: "party " + p.ID})
	looks := [5]look{letterAR, letterA, letterR, letterC, letterI}
	for _, d := range list {
		r := &b.m.Rows[d.row]
		s.add(line{level: 1, about: "row " + r.ID, cells: []cell{
			{look: small, text: or(p.Name, p.ID)}, {look: looks[rank(d.letters)], text: b.letters[d.letters&15]},
			{look: plain, text: or(r.Title, r.Duty)}, {look: splitLook(r.Split), text: b.splitName(r.Split)},
			{look: number, isNum: true, number: d.rows}, b.goTo(r.ID), {look: small, text: b.entryNames(d)},
			{look: plain, text: or(r.ControlName, r.Control)}}})
	}
}

// entryNames names the entries of a duty.
func (b *book) entryNames(d *partyDuty) string {
	var names []string
	for _, e := range d.entries {
		names = append(names, b.m.EntryTitle(e))
	}
	text := strings.Join(names, ", ")
	if d.more > 0 {
		text += " and " + itoa(d.more) + " more"
	}
	return text
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
