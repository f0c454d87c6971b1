package xlsx

import (
	"cmp"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/view"
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
// consulted, is informed.
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

// partyDuties returns the duties of each party, by rank, then in the order of the
// rows. They are collected once.
func (b *book) partyDuties() map[string][]*partyDuty {
	if b.duties == nil {
		b.duties = b.dutiesByParty()
	}
	return b.duties
}

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
func (b *book) writeParties(section *view.Section, name string) error {
	lists := b.partyDuties()
	n := 1 + len(b.m.Parties)
	for _, p := range b.m.Parties {
		n += len(lists[p.ID])
	}
	of := b.report.Columns("duty", "split", "control")
	columns := []sheetColumn{{heading: view.PartyTitle, width: 26}, {heading: view.LettersTitle, width: 8}, {heading: of[0].Title, width: 48}, {heading: of[1].Title, width: 11},
		{heading: view.RowsTitle, width: 6}, {heading: "In " + b.sheetOf(view.MatrixSection), width: 9}, {heading: view.EntriesTitle, width: 66}, {heading: of[2].Title, width: 28}}
	widths, _ := b.widths(columns)
	s, err := b.newSheet(plan{name: name, widths: widths, rows: n, freezeCols: 2, freezeRows: 1, filter: 1, outline: true, paper: paperA4,
		printCols: len(columns) - 1, tab: tabOf(section.ID)})
	if err != nil {
		return err
	}
	s.add(headings(columns, 0))
	counts := b.report.CountLetters()
	for i := range b.m.Parties {
		p := &b.m.Parties[i]
		head := groupCells(len(columns))
		head[0] = cell{look: group, text: b.report.PartyName(p.ID)}
		head[1].text = oneLine(b.report.PartyFacts(p, counts[p.ID]))
		s.add(line{cells: head, height: 20, begins: true, about: "party " + p.ID})
		b.addDuties(s, p.ID, lists[p.ID], of)
	}
	return s.close()
}

// partyTarget returns where the duties of a party begin.
func (b *book) partyTarget(id string) string {
	name := b.sheetOf(view.Parties)
	if name == "" {
		return ""
	}
	if b.partyRows == nil {
		b.partyRows = map[string]int{}
		row, duties := 2, b.partyDuties() // the first row has the headings
		for i := range b.m.Parties {
			b.partyRows[b.m.Parties[i].ID] = row
			row += 1 + len(duties[b.m.Parties[i].ID])
		}
	}
	if row, ok := b.partyRows[id]; ok {
		return "#" + quoted(name) + "!" + ref(1, row)
	}
	return ""
}

// addDuties writes the duties of a party. of are the columns for duty, split and
// control.
func (b *book) addDuties(s *sheet, party string, list []*partyDuty, of []view.MatrixColumn) {
	for _, d := range list {
		r := &b.m.Rows[d.row]
		s.add(line{level: 1, about: "row " + r.ID, cells: []cell{
			{look: small, text: b.report.PartyName(party)}, {look: toneLook(view.LettersTone(d.letters)), text: d.letters.String()},
			{look: plain, text: of[0].Text(r)}, {look: toneLook(view.SplitTone(r.Split)), text: of[1].Text(r)},
			{look: number, isNum: true, number: d.rows}, b.rowLink(r.ID), {look: small, text: b.entryNames(d)}, {look: plain, text: of[2].Text(r)}}})
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
