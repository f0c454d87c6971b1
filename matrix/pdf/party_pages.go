package pdf

import (
	"cmp"
	"fmt"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

// partyPages has a section for each party, on pages of its own, so that a team
// can be handed its part.
func (r *builder) partyPages() {
	rows := map[string][]*matrix.Row{}
	for i := range r.m.Rows {
		for _, role := range r.m.Rows[i].Roles {
			rows[role.Party] = append(rows[role.Party], &r.m.Rows[i])
		}
	}
	for i := range r.m.Parties {
		if p := &r.m.Parties[i]; len(rows[p.ID]) > 0 {
			r.partyPage(p, r.partyLinks[i], rows[p.ID])
		}
	}
}

func (r *builder) partyPage(p *matrix.Party, target int, rows []*matrix.Row) {
	r.newPage()
	r.place(target)
	r.marks = append(r.marks, mark{1, r.party(p.ID), target})
	r.text(margin, r.y+13, r.shorten(r.party(p.ID), bold, 13, r.textWidth), bold, 13, r.accent)
	r.y += 20
	r.paragraph(margin, r.textWidth, join("  \u00b7  ", r.clean(partyKind(p)), r.clean(p.Contact), r.partyCounts(p, rows)), regular, 8.5, ink)
	r.y += 5
	if p.Kind == matrix.Provider {
		r.partyGroups(p, rows, "Does the work: the matrix says row by row what it does", "With", func(l matrix.Letters) bool { return l.Has(matrix.Responsible) })
	} else {
		r.partyRows(p, rows)
	}
	r.partyGroups(p, rows, "Answers for the work of others", "Done by", func(l matrix.Letters) bool { return l.Has(matrix.Accountable) && !l.Has(matrix.Responsible) })
	r.partyGroups(p, rows, "Consulted or informed only", "Accountable", func(l matrix.Letters) bool { return !l.Has(matrix.Accountable) && !l.Has(matrix.Responsible) })
}

func partyKind(p *matrix.Party) string {
	switch p.Kind {
	case matrix.Provider:
		return "provider"
	case matrix.Team:
		return "team or role"
	case matrix.Operator:
		return "other operator"
	}
	return string(p.Kind)
}

var letterWords = [...]struct {
	letter matrix.Letters
	word   string
}{{matrix.Accountable, "accountable"}, {matrix.Responsible, "responsible"}, {matrix.Consulted, "consulted"}, {matrix.Informed, "informed"}}

func (r *builder) partyCounts(p *matrix.Party, rows []*matrix.Row) string {
	var parts []string
	for _, w := range letterWords {
		n := 0
		for _, row := range rows {
			if row.Letters(p.ID).Has(w.letter) {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%s in %s", w.word, count(n, "row", "rows")))
		}
	}
	return strings.Join(parts, ", ")
}

// partyRows lists what the party does, row by row.
func (r *builder) partyRows(p *matrix.Party, rows []*matrix.Row) {
	t := r.listTable([]float64{36, 140, 0, 150, 150}, "Letters", "Duty", "What "+r.party(p.ID)+" does", "With", "Evidence")
	entry := ""
	for _, row := range rows {
		letters := row.Letters(p.ID)
		if !letters.Has(matrix.Responsible) {
			continue
		}
		r.row = row.ID
		if !t.started || row.Entry != entry {
			entry = row.Entry
			t.group(bar{title: r.clean(r.m.EntryTitle(entry))})
		}
		t.row([]cell{
			{lines: []line{letterLine(letters)}, fill: letterTint(letters)},
			r.dutyCell(row, t.cols[1].width),
			{lines: r.wrapped(r.clean(partyText(row, p)), regular, ink, t.cols[2].width)},
			{lines: r.othersLines(r.others(row, p, "A/R", "A", "R", "C", "I"), t.cols[3].width)},
			{lines: r.wrapped(r.clean(strings.Join(row.Evidence, "; ")), regular, ink, t.cols[4].width)},
		}, nil)
	}
	t.end()
	if t.started {
		r.y += 10
	}
}

// dutyCell is the title of a row, which leads to it, and its marks.
func (r *builder) dutyCell(row *matrix.Row, width float64) cell {
	c := cell{lines: r.wrapped(r.clean(cmp.Or(row.Title, row.Duty)), regular, linkBlue, width)}
	for i := range c.lines {
		c.lines[i].target = r.rowLinks[row.ID]
	}
	for _, m := range r.flags(row) {
		for _, ln := range r.wrapped(m.text, m.face, m.color, width) {
			ln.target = m.target
			c.lines = append(c.lines, ln)
		}
	}
	return c
}

// partyText is what the party does in a row.
func partyText(row *matrix.Row, p *matrix.Party) string {
	if p.Kind == matrix.Team {
		return row.Side(catalog.Customer)
	}
	return row.Side(p.ID)
}

// others are the other parties of a row with these letters.
func (r *builder) others(row *matrix.Row, p *matrix.Party, letters ...string) []string {
	var parts []string
	for _, w := range letters {
		var names []string
		for _, role := range row.Roles {
			if role.Party != p.ID && role.Letters.String() == w {
				names = append(names, r.party(role.Party))
			}
		}
		if len(names) > 0 {
			parts = append(parts, w+": "+strings.Join(names, ", "))
		}
	}
	return parts
}

func (r *builder) othersLines(parts []string, width float64) []line {
	var lines []line
	for _, s := range parts {
		lines = append(lines, r.wrapped(s, regular, ink, width)...)
	}
	return lines
}

// partyGroups lists some of the rows in short: by entry, letters and the
// others that matter here.
func (r *builder) partyGroups(p *matrix.Party, rows []*matrix.Row, title, other string, wanted func(matrix.Letters) bool) {
	type key struct {
		letters       matrix.Letters
		entry, others string
	}
	var order []key
	duties := map[key][]string{}
	for _, row := range rows {
		l := row.Letters(p.ID)
		if !wanted(l) {
			continue
		}
		k := key{l, row.Entry, ""}
		switch {
		case l.Has(matrix.Responsible):
			k.others = strings.Join(r.others(row, p, "A/R", "A", "R"), "\n")
		case l.Has(matrix.Accountable):
			k.others = strings.Join(r.others(row, p, "R"), "\n")
		default:
			k.others = strings.Join(r.others(row, p, "A/R", "A"), "\n")
		}
		if duties[k] == nil {
			order = append(order, k)
		}
		duties[k] = append(duties[k], r.clean(cmp.Or(row.Title, row.Duty)))
	}
	if len(order) == 0 {
		return
	}
	r.room(60)
	r.heading(margin, title)
	t := r.listTable([]float64{36, 120, 150, 0}, "Letters", "Entry", other, "Duties")
	for _, k := range order {
		t.row([]cell{
			{lines: []line{letterLine(k.letters)}, fill: letterTint(k.letters)},
			{lines: r.wrapped(r.clean(r.m.EntryTitle(k.entry)), bold, ink, t.cols[1].width)},
			{lines: r.othersLines(strings.Split(k.others, "\n"), t.cols[2].width)},
			{lines: r.wrapped(strings.Join(duties[k], "; "), regular, ink, t.cols[3].width)},
		}, nil)
	}
	t.end()
	r.y += 10
}
