package pdf

import (
	"fmt"

	"raci/matrix/view"
)

// attentionRoom is what the summary keeps for what needs attention.
const attentionRoom = 105

// summary is one page: how much, who, and what needs attention.
func (r *builder) summary() {
	r.newPage()
	r.title(view.SummaryTitle, "", 0, 0)
	for _, id := range onSummary {
		r.place(r.target(view.ToSection, id))
	}
	r.tiles()
	left, room := r.textWidth*0.68-12, r.bottom-attentionRoom-r.y
	x, w := margin+left+24, r.textWidth-left-24
	r.beside(func() { r.controlBars(margin, left, room) }, func() {
		r.letterCounts(x, w, room-r.coverageHeight(w))
		r.coverageBars(x, w)
	})
	r.y += 10
	r.attention()
}

// rows returns the rows of a section.
func (r *builder) rows(id string) []view.Row {
	var rows []view.Row
	for _, t := range r.sectionByID(id).Tables {
		for row := range t.Rows {
			rows = append(rows, row)
		}
	}
	return rows
}

// more says in place of the rest of a list how long it is, and where it stands.
func more(n int, where ...string) string {
	return fmt.Sprintf("and %d more: see %s", n, join(", ", where...))
}

// tiles are the figures at the top of the summary: a number, what it counts,
// and what it means where that is short.
func (r *builder) tiles() {
	const gap, edge, height = 8, 7, 50
	rows := r.rows(view.State)
	w := (r.textWidth - float64(len(rows)-1)*gap) / float64(len(rows))
	for i, row := range rows {
		name, n, about := row.Cells[0].Text(), &row.Cells[1], r.clean(row.Cells[2].Text())
		x, fill, c := margin+float64(i)*(w+gap), r.accentTint, r.accent
		if n.Tone == view.Bad {
			fill, c = styles[view.Bad].fill, styles[view.Bad].color
		}
		r.rect(x, r.y, w, height, fill)
		r.text(x+edge, r.y+20, n.Text(), bold, 17, c)
		lines := r.wrapAtMost(2, r.clean(name), regular, small, w-edge-3)
		if len(lines) == 1 && r.width(about, regular, small) <= w-edge-3 {
			lines = append(lines, about)
		}
		for k, s := range lines {
			r.text(x+edge, r.y+33+float64(k)*9.5, s, regular, small, ink)
		}
	}
	r.y += height + 12
}

// letterCounts counts the letters of each party, of as many as there is room for.
func (r *builder) letterCounts(x, w, room float64) {
	const number, height = 26.0, 13.0
	s := r.sectionByID(view.LettersSection)
	most := max(int((room-58)/height), 1) // besides the heading, the titles, the note and what is said of the rest
	r.heading(x, w, r.clean(s.Title))
	at := func(k int) float64 { return x + w - float64(len(view.LetterKinds)-1-k)*number }
	for k, letter := range view.LetterKinds {
		r.textRight(at(k), r.y+8, letter.String(), bold, 8, ink)
	}
	r.y += height
	counts := r.report.CountLetters()
	for i, p := range r.m.Parties {
		r.line(x, r.y, x+w, r.y, rule)
		if i == most && len(r.m.Parties) > most+1 {
			r.text(x, r.y+9.3, r.shorten(more(len(r.m.Parties)-most, r.clean(r.sectionByID(view.Parties).Title)), italic, 8, w), italic, 8, grey)
			r.y += height
			break
		}
		r.text(x, r.y+9.3, r.shorten(r.party(p.ID), regular, 8, w-float64(len(view.LetterKinds))*number+8), regular, 8, ink)
		for k, n := range counts[p.ID] {
			r.count(at(k), r.y+9.3, n)
		}
		r.y += height
	}
	r.line(x, r.y, x+w, r.y, rule)
	r.y += 4
	for _, t := range s.Tables {
		r.text(x, r.y+8, r.shorten(r.clean(t.Note), italic, small, w), italic, small, grey)
	}
	r.y += 10
}

// count prints a number that ends at x, and 0 as a dash.
func (r *builder) count(x, y float64, n int) {
	if n == 0 {
		r.textRight(x, y, "\u2013", regular, 8, grey)
		return
	}
	r.textRight(x, y, fmt.Sprint(n), regular, 8, ink)
}

// attention lists what comes first of what needs attention.
func (r *builder) attention() {
	const most, word = 5, 76.0
	s := r.sectionByID(view.Attention)
	r.heading(margin, r.textWidth, r.clean(s.Title))
	rows := r.rows(view.Attention)
	if len(rows) == 0 {
		for _, t := range s.Tables {
			r.text(margin, r.y+9, r.shorten(r.clean(t.Empty), regular, 9, r.textWidth), regular, 9, ink)
		}
		return
	}
	for i, row := range rows {
		if i == most {
			where := more(len(rows)-most, r.clean(r.sectionByID(view.Exceptions).Title), r.clean(r.sectionByID(view.Findings).Title))
			r.text(margin, r.y+9, where, italic, 8, grey)
			break
		}
		r.concern(&row, word)
	}
}

// concern is a word, and what it is about, on one line.
func (r *builder) concern(row *view.Row, word float64) {
	for _, ln := range row.Cells[0].Lines {
		r.text(margin, r.y+9, r.shorten(r.clean(ln.Text), bold, bodySize, word-4), bold, bodySize, styles[ln.Tone].color)
	}
	for _, ln := range row.Cells[1].Lines {
		target, c := r.anchors[ln.Link], ink
		if target > 0 {
			c = linkBlue
		}
		r.text(margin+word, r.y+9, r.shorten(r.clean(ln.Text), regular, bodySize, r.textWidth-word), regular, bodySize, c)
		r.link(margin, r.y, r.textWidth, 12, target)
	}
	r.y += 12.5
}
