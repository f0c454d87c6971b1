package pdf

import (
	"math"
	"strings"

	"raci/matrix/view"
)

const (
	// fewLetters is the number of columns of letters whose titles read across.
	fewLetters = 4
	// letterShare is the part of a table that columns of letters take.
	letterShare = 0.3
	// measuredRows and measuredLines are how many rows, and lines of their cells,
	// are looked at to share out the widths.
	measuredRows, measuredLines = 60, 8
	// widestID is the widest id of a row that a column makes room for, unbroken.
	widestID = 112.0
)

// letterColumn returns the width of each of n columns of letters, and whether
// their titles read upwards.
func letterColumn(n int, room float64) (width float64, turned bool) {
	if n <= fewLetters {
		return 50, false
	}
	return min(max(room*letterShare/float64(n), 15), 21), true
}

// part is what a column may take of the width of its table. A part without
// weight takes what it needs and no more.
type part struct {
	least, most float64
	weight      float64
	width       float64
	settled     bool
}

// setWidths shares out the width by what the columns like to have. A column has
// room for its longest ordinary word, and takes no more than its texts fill as
// long as another can use it.
func (l *listing) setWidths(room float64) {
	parts := make([]part, len(l.groups))
	for g := range l.groups {
		parts[g] = l.part(g, room)
	}
	l.measure(parts)
	for g := range parts {
		if l.table.cols[g].right {
			parts[g].least, parts[g].most = parts[g].least+pad, parts[g].most+pad
		}
	}
	shareOut(room, parts)
	for i := range parts {
		l.table.cols[i].width = parts[i].width
	}
}

// part is what the head of a column needs.
func (l *listing) part(g int, room float64) part {
	var p part
	col := &l.table.cols[g]
	if col.center {
		p.least, col.turned = letterColumn(len(l.letters), room)
		p.most = p.least
		return p
	}
	for _, i := range l.groups[g] {
		p.weight += float64(max(l.of.Columns[i].Chars, 1))
	}
	for title := range strings.SplitSeq(col.title, "\n") {
		l.widen(&p, title, bold)
	}
	if len(l.rows) == 0 || l.signed(l.groups[g]) { // to be filled in by hand
		p.most = math.Inf(1)
	}
	return p
}

// measure looks at the texts of some of the rows.
func (l *listing) measure(parts []part) {
	for _, n := range someRows(len(l.rows), measuredRows) {
		for g := range l.groups {
			l.measureCell(&parts[g], l.groups[g], l.rows[n].Cells)
		}
	}
}

func (l *listing) measureCell(p *part, group []int, cells []view.Cell) {
	for _, i := range group {
		if i >= len(cells) || p.weight == 0 {
			continue
		}
		lines := l.lines(i, &cells[i])
		for _, ln := range lines[:min(len(lines), measuredLines)] {
			l.widen(p, l.clean(ln.Text), styles[ln.Tone].face)
		}
		if k := l.of.Columns[i].Kind; k == view.Rows || k == view.Date { // unbroken
			p.least = max(p.least, min(p.most, widestID))
		}
	}
}

// widen makes a part wide enough for a cleaned text.
func (l *listing) widen(p *part, text string, f face) {
	const edge = 2*pad + 0.1
	p.least = max(p.least, l.longestWord(text, f, l.table.size)+edge)
	if p.most < l.textWidth { // more is of no use
		p.most = max(p.most, l.width(text, f, l.table.size)+edge)
	}
}

// longestWord returns the width of the longest ordinary word that is not very
// long.
func (fs *fonts) longestWord(text string, f face, size float64) float64 {
	longest := 0.0
	for word := range strings.FieldsSeq(text) {
		if w := fs.width(word, f, size); w > longest && w <= widestWord && ordinary(word) {
			longest = w
		}
	}
	return longest
}

// shareOut shares the room by the weights of the parts, and keeps each between
// what it needs and what it can use. What is left over goes to all, and so does
// what is wanting.
func shareOut(room float64, parts []part) {
	for settle(room, parts) {
	}
	rest, weights, widths := room, 0.0, 0.0
	for i := range parts {
		rest -= parts[i].width
		if weights += parts[i].weight; parts[i].weight > 0 {
			widths += parts[i].width
		}
	}
	for i := range parts {
		switch p := &parts[i]; {
		case p.weight == 0:
		case rest > 0:
			p.width += rest * p.weight / weights
		default:
			p.width += rest * p.width / widths
		}
	}
}

// settle shares what is left of the room among the parts that are not settled.
// Then it settles those that cannot have their share: those that need more where
// these need more in sum than others leave, else those that cannot use it. It
// reports whether there were any to settle.
func settle(room float64, parts []part) bool {
	weights := 0.0
	for i := range parts {
		if parts[i].settled {
			room -= parts[i].width
		} else {
			weights += parts[i].weight
		}
	}
	wanted := make([]float64, len(parts))
	sum, open := 0.0, false
	for i := range parts {
		if p := &parts[i]; !p.settled {
			if p.weight > 0 {
				wanted[i] = room * p.weight / weights
			}
			p.width = max(min(wanted[i], p.most), p.least)
			sum += p.width - wanted[i]
			open = true
		}
	}
	for i := range parts {
		p := &parts[i]
		p.settled = p.settled || sum == 0 || sum > 0 && p.width > wanted[i] || sum < 0 && p.width < wanted[i]
	}
	return open
}
