package pdf

import (
	"strings"

	"raci/matrix"
	"raci/matrix/view"
)

// parties lists who can hold letters. A section for each party that holds any
// follows, on pages of its own, so that a team can be handed its part.
func (r *builder) parties(s *view.Section) {
	r.endPage()
	r.section(s)
	counts := r.report.CountLetters()
	for i := range r.m.Parties {
		if p := &r.m.Parties[i]; len(r.held[p.ID]) > 0 {
			r.partyPage(p, r.report.PartyFacts(p, counts[p.ID]))
		}
	}
	r.endPage()
}

func (r *builder) partyPage(p *matrix.Party, facts string) {
	rows := r.held[p.ID]
	r.newPage()
	r.subtitle(r.party(p.ID), r.target(view.ToParty, p.ID), 0)
	r.paragraph(margin, r.textWidth, r.clean(facts), regular, bodySize, ink)
	r.y += 5
	if p.Kind == matrix.Provider {
		r.partyGroups(p, rows, view.ProvidedPart)
	} else {
		r.partyRows(p, rows)
	}
	for _, part := range view.PartyParts {
		r.partyGroups(p, rows, part)
	}
}

// partyRows lists what the party does, row by row.
func (r *builder) partyRows(p *matrix.Party, rows []*matrix.Row) {
	duty, does, evidence := r.column("duty"), r.doneBy(p), r.column("evidence")
	t := r.listTable([]float64{36, 140, 0, 150, 150}, view.LettersTitle, duty.Title, r.clean(does.Title), view.ProvidedPart.Others, stacked(r.howTitles()...))
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
			letterCell(letters),
			r.dutyCell(row, duty.Text(row), t.cols[1].width),
			{lines: r.wrapped(t.cols[2].width, r.plainTexts(does.Text(row))...)},
			{lines: r.wrapped(t.cols[3].width, lineTexts(r.others(row, p, "A/R", "A", "R", "C", "I"))...)},
			{lines: r.wrapped(t.cols[4].width, r.howTexts(row, r.itemTexts(evidence.Text(row)))...)},
		}, nil)
	}
	t.end()
	if t.started {
		r.y += 10
	}
}

// doneBy is the column that says what a party does.
func (r *builder) doneBy(p *matrix.Party) view.MatrixColumn {
	for _, c := range r.report.Columns("operators") {
		if c.Of == p.ID {
			return c
		}
	}
	return r.column("customer")
}

// dutyCell is the title of a row, which leads to it, and its marks.
func (r *builder) dutyCell(row *matrix.Row, title string, width float64) cell {
	duty := paragraph{text: r.clean(title), color: linkBlue, target: r.target(view.ToRow, row.ID)}
	return cell{lines: r.wrapped(width, append([]paragraph{duty}, r.markTexts(row)...)...)}
}

// others say which other parties of a row hold these letters, a line each.
func (r *builder) others(row *matrix.Row, p *matrix.Party, letters ...string) string {
	var lines []string
	for _, w := range letters {
		var names []string
		for _, role := range row.Roles {
			if role.Party != p.ID && role.Letters.String() == w {
				names = append(names, r.party(role.Party))
			}
		}
		if len(names) > 0 {
			lines = append(lines, w+": "+strings.Join(names, ", "))
		}
	}
	return strings.Join(lines, "\n")
}

// partyGroup is rows of one entry in which a party and the others that matter
// hold the same letters.
type partyGroup struct {
	letters       matrix.Letters
	entry, others string
}

// partyGroups lists the rows of a part in short: by entry, letters and the
// others that matter here.
func (r *builder) partyGroups(p *matrix.Party, rows []*matrix.Row, part view.PartyPart) {
	var groups []partyGroup
	duties := map[partyGroup][]string{}
	for _, row := range rows {
		l := row.Letters(p.ID)
		if !part.Holds(l) {
			continue
		}
		g := partyGroup{l, row.Entry, r.others(row, p, mattering(l)...)}
		if duties[g] == nil {
			groups = append(groups, g)
		}
		duties[g] = append(duties[g], r.clean(view.DutyTitle(row)))
	}
	if len(groups) == 0 {
		return
	}
	r.room(60)
	r.heading(margin, r.textWidth, part.Title)
	t := r.listTable([]float64{36, 120, 150, 0}, view.LettersTitle, r.column("entry").Title, part.Others, view.DutiesTitle)
	for _, g := range groups {
		t.row([]cell{
			letterCell(g.letters),
			{lines: r.wrapped(t.cols[1].width, paragraph{text: r.clean(r.m.EntryTitle(g.entry)), face: bold, color: ink})},
			{lines: r.wrapped(t.cols[2].width, lineTexts(g.others)...)},
			{lines: r.wrapped(t.cols[3].width, paragraph{text: strings.Join(duties[g], "; "), color: ink})},
		}, nil)
	}
	t.end()
	r.y += 10
}

// mattering are the letters of others that matter to a party with these: who
// answers for its work, who does what it answers for.
func mattering(l matrix.Letters) []string {
	switch {
	case l.Has(matrix.Responsible):
		return []string{"A/R", "A", "R"}
	case l.Has(matrix.Accountable):
		return []string{"R"}
	}
	return []string{"A/R", "A"}
}

// listTable is a table across the page; the column of width 0 takes the rest.
func (r *builder) listTable(widths []float64, titles ...string) *table {
	t := &table{l: r.layout, x: margin, size: small}
	rest := r.textWidth
	for _, w := range widths {
		rest -= w
	}
	for i, w := range widths {
		if w == 0 {
			w = rest
		}
		t.cols = append(t.cols, column{title: titles[i], width: w})
	}
	return t
}
