package pdf

import (
	"fmt"
	"slices"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// Stronger than the tints of the cells, since a bar has no text on it, and
// unlike in lightness, too.
const (
	awsBar      rgb = 0xF2B878
	customerBar rgb = 0x2F6DA3
	sharedBar   rgb = 0xA593CF
	operatorBar rgb = 0x4F8F4B
)

// tally counts rows by who performs them.
type tally struct {
	name                            string
	aws, customer, shared, operator int
}

func (t *tally) total() int { return t.aws + t.customer + t.shared + t.operator }

func (t *tally) add(split string) {
	switch split {
	case catalog.AWS:
		t.aws++
	case catalog.Customer:
		t.customer++
	case catalog.Shared:
		t.shared++
	case catalog.NoSplit:
	default:
		t.operator++
	}
}

func (t *tally) parts() [4]int { return [4]int{t.aws, t.customer, t.shared, t.operator} }

var (
	partNames  = [4]string{"AWS", "Customer", "Shared", "Operator"}
	partColors = [4]rgb{awsBar, customerBar, sharedBar, operatorBar}
)

// summary is one page: how much, who, and what needs attention.
func (r *builder) summary() {
	r.newPage()
	r.section("Summary", 400)
	r.tiles()
	first := r.y
	all, controls := r.tallies()
	left := r.textWidth*0.7 - 12
	r.controlBars(margin, left, all, controls)
	low := r.y
	r.y = first
	r.letterCounts(margin+left+24, r.textWidth-left-24)
	r.coverageBars(margin+left+24, r.textWidth-left-24)
	r.y = max(low, r.y) + 12
	r.attention()
}

// tallies counts the rows, all of them and control by control.
func (r *builder) tallies() (tally, []tally) {
	all := tally{name: "All controls"}
	var controls []tally
	index := map[string]int{}
	for i := range r.m.Rows {
		row := &r.m.Rows[i]
		name := controlName(row)
		n, ok := index[name]
		if !ok {
			n = len(controls)
			index[name] = n
			controls = append(controls, tally{name: r.clean(name)})
		}
		controls[n].add(row.Split)
		all.add(row.Split)
	}
	const most = 16
	if len(controls) > most+1 {
		slices.SortStableFunc(controls, func(a, b tally) int { return b.total() - a.total() })
		rest := tally{name: count(len(controls)-most, "other control", "other controls")}
		for _, c := range controls[most:] {
			rest.aws += c.aws
			rest.customer += c.customer
			rest.shared += c.shared
			rest.operator += c.operator
		}
		controls = append(controls[:most:most], rest)
	}
	return all, controls
}

// tiles are the figures at the top of the summary.
func (r *builder) tiles() {
	unassigned, errors := 0, 0
	for i := range r.m.Rows {
		if r.m.Rows[i].Unassigned {
			unassigned++
		}
	}
	for _, f := range r.report.Findings.Open {
		if f.Severity == source.Error {
			errors++
		}
	}
	gaps := r.m.Gaps()
	tiles := []struct {
		n     int
		label string
		bad   bool
	}{
		{len(r.m.Rows), "rows", false}, {len(r.m.Entries), "entries", false}, {len(r.m.Parties), "parties", false},
		{gaps, "gaps: no one accountable", gaps > 0}, {unassigned, "rows unassigned", unassigned > 0},
		{len(r.m.Exceptions), "exceptions", false}, {len(r.report.Findings.Open), fmt.Sprintf("findings, %s", count(errors, "error", "errors")), errors > 0},
	}
	w := (r.textWidth - float64(len(tiles)-1)*8) / float64(len(tiles))
	for i, t := range tiles {
		x, fill, c := margin+float64(i)*(w+8), r.accentTint, r.accent
		if t.bad {
			fill, c = pink, red
		}
		r.rect(x, r.y, w, 40, fill)
		r.text(x+7, r.y+20, fmt.Sprint(t.n), bold, 17, c)
		r.text(x+7, r.y+33, r.shorten(t.label, regular, 7.5, w-10), regular, 7.5, ink)
	}
	r.y += 52
}

// controlBars draws a bar for each control with its numbers beside it.
func (r *builder) controlBars(x, w float64, all tally, controls []tally) {
	const name, number = 158.0, 47.0
	height := min(max(13, 190/float64(len(controls)+1)), 17)
	r.heading(x, "Who performs the duties, by control")
	columns := 3
	if all.operator > 0 {
		columns = 4
	}
	barWidth := w - name - float64(columns+1)*number - 8
	at := func(i int) float64 { return x + name + barWidth + 8 + float64(i+1)*number }
	for i := range columns {
		label := partNames[i]
		r.textRight(at(i), r.y+8, label, bold, small, ink)
		r.rect(at(i)-r.width(label, bold, small)-8, r.y+2.2, 6, 6, partColors[i])
	}
	r.textRight(at(columns), r.y+8, "Rows", bold, small, ink)
	r.y += 13
	base, most := height/2+2.8, 0
	for _, c := range controls {
		most = max(most, c.total())
	}
	draw := func(t tally, f face, scale int) {
		r.line(x, r.y, x+w, r.y, rule)
		r.text(x, r.y+base, r.shorten(t.name, f, 8, name-6), f, 8, ink)
		left := x + name
		for i, n := range t.parts() {
			length := barWidth * float64(n) / float64(max(scale, 1))
			if n > 0 {
				r.rect(left, r.y+2.5, length, height-5, partColors[i])
			}
			left += length
			if i < columns {
				r.textRight(at(i), r.y+base, fmt.Sprint(n), f, 8, ink)
			}
		}
		r.textRight(at(columns), r.y+base, fmt.Sprint(t.total()), f, 8, ink)
		r.y += height
	}
	for _, c := range controls {
		draw(c, regular, most)
	}
	draw(all, bold, all.total())
	r.line(x, r.y, x+w, r.y, rule)
	r.y += 4
	r.text(x, r.y+8, "Bars of controls share one scale; the bar of all controls fills its width.", italic, small, grey)
	r.y += 10
}

// letterCounts is a table of the letters of each party.
func (r *builder) letterCounts(x, w float64) {
	most := 17
	if n := min(len(r.covered), 5); n > 0 {
		most = max((255-32*n)/13, 3)
	}
	r.heading(x, "Letters per party")
	counts := make([][4]int, len(r.m.Parties))
	index := map[string]int{}
	for i, p := range r.m.Parties {
		index[p.ID] = i
	}
	kinds := [4]matrix.Letters{matrix.Accountable, matrix.Responsible, matrix.Consulted, matrix.Informed}
	for i := range r.m.Rows {
		for _, role := range r.m.Rows[i].Roles {
			n, ok := index[role.Party]
			for k, letter := range kinds {
				if ok && role.Letters.Has(letter) {
					counts[n][k]++
				}
			}
		}
	}
	const number = 26.0
	y := func() float64 { return r.y + 9.3 }
	for k, letter := range kinds {
		r.textRight(x+w-float64(3-k)*number, r.y+8, letter.String(), bold, 8, ink)
	}
	r.y += 13
	height := 13.0
	for i, p := range r.m.Parties {
		r.line(x, r.y, x+w, r.y, rule)
		if i == most && len(r.m.Parties) > most+1 {
			r.text(x, y(), fmt.Sprintf("and %d more parties: see the list of parties", len(r.m.Parties)-most), italic, 8, grey)
			r.y += height
			break
		}
		r.text(x, y(), r.shorten(r.party(p.ID), regular, 8, w-4*number+8), regular, 8, ink)
		for k, n := range counts[i] {
			s, c := fmt.Sprint(n), ink
			if n == 0 {
				s, c = "\u2013", grey
			}
			r.textRight(x+w-float64(3-k)*number, y(), s, regular, 8, c)
		}
		r.y += height
	}
	r.line(x, r.y, x+w, r.y, rule)
	r.y += 4
	r.text(x, r.y+8, "A cell of A/R counts under both letters.", italic, small, grey)
	r.y += 10
}
