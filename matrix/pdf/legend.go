package pdf

import (
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/view"
)

// pdfTerms are terms that only a PDF has, by the table of the legend that they
// stand in.
var pdfTerms = map[string]view.Row{
	"splits": term(view.KindName(matrix.Operator), view.PerformsOperator, "One of few duties has no column: what it does stands with the customer's, under its name."),
	"basis":  term("[3] 2026-11", view.Plain, "Source number 3, and the month in which it was checked."),
	"marks":  term(string(box), view.Plain, "A character that none of the report's fonts has."),
}

func term(sign string, tone view.Tone, means string) view.Row {
	return view.Row{Cells: []view.Cell{{Lines: []view.Line{{Text: sign}}, Tone: tone}, {Lines: []view.Line{{Text: means}}}}}
}

// terms are a table of the legend, measured before it is printed.
type terms struct {
	*listing
	filled [][]cell
	height float64
}

// legend prints its tables in two columns of about the same height.
func (r *builder) legend(s *view.Section) {
	const gap = 24
	half := (r.textWidth - gap) / 2
	tables := r.terms(s, half)
	all := 0.0
	for _, t := range tables {
		all += t.height
	}
	r.sectionTitle(s, all/2+40)
	split, left := 0, 0.0
	for split < len(tables) && left+tables[split].height/2 < all/2 {
		left += tables[split].height
		split++
	}
	r.beside(func() { r.printTerms(tables[:split], margin) }, func() { r.printTerms(tables[split:], margin+half+gap) })
}

// terms fills the tables of the legend, whose signs have the same width in all.
func (r *builder) terms(s *view.Section, w float64) []*terms {
	var tables []*terms
	widest := 0.0
	for _, t := range s.Tables {
		l := r.newListing(t, 0, w, small)
		widest = max(widest, l.table.cols[0].width)
		tables = append(tables, &terms{listing: l})
	}
	for _, t := range tables {
		t.table.cols[0].width, t.table.cols[1].width = widest, w-widest
		t.fillTerms()
	}
	return tables
}

func (t *terms) fillTerms() {
	const head, below = 18, 8
	t.height = head + below
	add := func(row view.Row) {
		cells := t.cells(row.Cells)
		t.filled = append(t.filled, cells)
		t.height += t.table.height(longest(cells))
	}
	for _, row := range t.rows {
		if t.of.ID == "categories" {
			row = t.withControls(row)
		}
		add(row)
	}
	if row, more := pdfTerms[t.of.ID]; more {
		add(row)
	}
}

// withControls adds to the meaning of a category which controls here have it.
func (r *builder) withControls(row view.Row) view.Row {
	var names []string
	for _, c := range r.report.CountControls() {
		if string(c.Category) == row.Cells[0].Text() {
			names = append(names, c.Name)
		}
	}
	if len(names) > 0 {
		row.Cells = slices.Clone(row.Cells)
		row.Cells[1].Lines = append(row.Cells[1].Lines, view.Line{Text: strings.Join(names, "; ") + ".", Tone: view.Missing})
	}
	return row
}

// printTerms prints tables of the legend, which need no titles of columns.
func (r *builder) printTerms(tables []*terms, x float64) {
	for _, t := range tables {
		w := t.table.width()
		r.heading(x, w, r.clean(t.of.Title))
		t.table.x, t.table.started = x, true
		r.line(x, r.y, x+w, r.y, rule)
		for _, cells := range t.filled {
			t.table.row(cells, nil)
		}
		t.table.end()
		r.y += 8
	}
}
