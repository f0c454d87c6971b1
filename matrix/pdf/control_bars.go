package pdf

import (
	"fmt"
	"slices"

	"raci/matrix"
	"raci/matrix/view"
)

const (
	barsName   = 158.0 // width of the names
	barsNumber = 47.0  // width of a column of numbers
	mostBars   = 16    // controls that have a bar each
	barsNote   = "Bars of controls share one scale; the bar below them fills its width."
)

// tally counts rows by who performs them.
type tally struct {
	name  string
	total int
	parts []int // by the columns of the bars
}

// controlBars are bars of the controls with their numbers beside them.
type controlBars struct {
	*builder
	x, w    float64
	height  float64 // of a bar with its gap
	columns []barColumn
}

// barColumn is a part of each bar: a split, or all those of other operators.
type barColumn struct {
	title  string
	tone   view.Tone
	splits []string
}

// controlBars draws a bar for each control, and one for all of them.
func (r *builder) controlBars(x, w, room float64) {
	s := r.sectionByID(view.Controls)
	r.heading(x, w, r.clean(s.Title))
	b := &controlBars{builder: r, x: x, w: w, columns: r.barColumns()}
	all, controls := b.tallies()
	b.height = min(max(12, (room-65)/float64(len(controls)+2)), 17)
	b.head(s)
	scale := 0
	for _, c := range controls {
		scale = max(scale, c.total)
	}
	for _, c := range controls {
		b.bar(c, regular, scale)
	}
	b.bar(all, bold, all.total)
	b.shares(all)
	r.line(x, r.y, x+w, r.y, rule)
	r.y += 4
	r.text(x, r.y+8, r.shorten(barsNote, italic, small, w), italic, small, grey)
	r.y += 10
}

// barColumns has a column for each split, but one for all other operators.
func (r *builder) barColumns() []barColumn {
	var columns []barColumn
	for _, split := range r.report.SplitOrder() {
		tone := view.SplitTone(split)
		i := slices.IndexFunc(columns, func(c barColumn) bool { return c.tone == tone })
		if i < 0 {
			columns = append(columns, barColumn{r.clean(r.report.SplitName(split)), tone, []string{split}})
			continue
		}
		columns[i].splits = append(columns[i].splits, split)
		if tone == view.PerformsOperator {
			columns[i].title = r.clean(view.KindName(matrix.Operator))
		}
	}
	return columns
}

// tallies counts the rows, all of them and control by control, the largest where
// there are many.
func (b *controlBars) tallies() (all tally, controls []tally) {
	all = tally{name: b.clean(b.sectionByID(view.Splits).Title), parts: make([]int, len(b.columns))}
	for _, c := range b.report.CountControls() {
		t := tally{name: b.clean(c.Name), parts: make([]int, len(b.columns))}
		for i, column := range b.columns {
			for _, split := range column.splits {
				t.parts[i] += c.BySplit[split]
			}
		}
		t.total = c.Total
		all.add(t)
		controls = append(controls, t)
	}
	if len(controls) <= mostBars+1 {
		return all, controls
	}
	slices.SortStableFunc(controls, func(a, b tally) int { return b.total - a.total })
	rest := tally{name: view.Count(len(controls)-mostBars, "other control"), parts: make([]int, len(b.columns))}
	for _, c := range controls[mostBars:] {
		rest.add(c)
	}
	return all, append(controls[:mostBars:mostBars], rest)
}

func (t *tally) add(other tally) {
	t.total += other.total
	for i, n := range other.parts {
		t.parts[i] += n
	}
}

// barWidth is what names and numbers leave.
func (b *controlBars) barWidth() float64 {
	return b.w - barsName - float64(len(b.columns)+1)*barsNumber - 8
}

// number is where the numbers of a column end.
func (b *controlBars) number(i int) float64 {
	return b.x + barsName + b.barWidth() + 8 + float64(i+1)*barsNumber
}

// head prints the names of the columns, each with its colour.
func (b *controlBars) head(s *view.Section) {
	const line, box = 9.0, 8.0
	titles := make([][]string, len(b.columns))
	most := 1
	for i, c := range b.columns {
		titles[i] = b.wrapAtMost(3, c.title, bold, small, barsNumber-box)
		most = max(most, len(titles[i]))
	}
	b.y += float64(most-1) * line
	for i, lines := range titles {
		y := b.y - float64(len(lines)-1)*line
		for k, text := range lines {
			b.textRight(b.number(i), y+8+float64(k)*line, text, bold, small, ink)
			if k == 0 {
				b.rect(b.number(i)-b.width(text, bold, small)-box, y+2.2, 6, 6, bars[b.columns[i].tone])
			}
		}
	}
	for _, t := range s.Tables {
		b.textRight(b.number(len(b.columns)), b.y+8, b.clean(t.Columns[len(t.Columns)-1].Title), bold, small, ink)
	}
	b.y += 13
}

func (b *controlBars) bar(t tally, f face, scale int) {
	base := b.height/2 + 2.8
	b.line(b.x, b.y, b.x+b.w, b.y, rule)
	b.text(b.x, b.y+base, b.shorten(t.name, f, 8, barsName-6), f, 8, ink)
	left := b.x + barsName
	for i, n := range t.parts {
		length := b.barWidth() * float64(n) / float64(max(scale, 1))
		if n > 0 {
			b.rect(left, b.y+2.5, length, b.height-5, bars[b.columns[i].tone])
		}
		left += length
		b.textRight(b.number(i), b.y+base, fmt.Sprint(n), f, 8, ink)
	}
	b.textRight(b.number(len(t.parts)), b.y+base, fmt.Sprint(t.total), f, 8, ink)
	b.y += b.height
}

// shares prints what part of all rows each column has.
func (b *controlBars) shares(all tally) {
	base := b.height/2 + 2.8
	for _, t := range b.sectionByID(view.Splits).Tables {
		b.text(b.x, b.y+base, b.clean(t.Columns[len(t.Columns)-1].Title), regular, 8, grey)
	}
	for i, n := range all.parts {
		b.textRight(b.number(i), b.y+base, view.Share(n, all.total), regular, 8, grey)
	}
	b.y += b.height
}
