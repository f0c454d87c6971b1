package xlsx

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"raci/matrix/view"
)

// summary lays the first sheet out: the sections that come first in a report at
// the left, the list of sheets and charts at the right.
type summary struct {
	stack
	charts  []summaryChart
	counter string // cell of the live counter
}

// Columns of the sheet: those of the left part, which has more where a table
// needs them, and of the right part.
var leftWidths = []float64{30, 22, 10, 10, 10, 10, 10}

const (
	rightColumns = 7
	rightWidth   = 10
	gapWidth     = 3 // between the parts
)

// writeSummary writes the first sheet.
func (b *book) writeSummary(front []*view.Section) error {
	p := &summary{stack: stack{b: b, grid: slices.Clone(leftWidths)}}
	for _, s := range front {
		for _, t := range s.Tables {
			for len(p.grid) < len(t.Columns) {
				p.grid = append(p.grid, leftWidths[len(leftWidths)-1])
			}
		}
	}
	p.title(b.report.Title(), strings.Trim(b.m.Organization+" · "+b.m.System, " ·"))
	first := p.next() + 1 // the heading of the first section
	for _, s := range front {
		p.addSection(s)
	}
	p.sheetList(first)
	s, err := b.newSheet(plan{name: summarySheet, widths: p.widths(), rows: len(p.lines), paper: paperA4, whole: true, tab: b.palette.head})
	if err != nil {
		return err
	}
	for _, l := range p.lines {
		s.add(l)
	}
	if s.err == nil {
		s.err = p.addDrawings(s)
	}
	return s.close()
}

// widths returns the widths of the columns.
func (p *summary) widths() []float64 {
	w := append(p.grid[:len(p.grid):len(p.grid)], gapWidth)
	for range rightColumns {
		w = append(w, rightWidth)
	}
	return w
}

// addSection adds a section, with what only a workbook has: counts that follow edits,
// and charts.
func (p *summary) addSection(s *view.Section) {
	for _, t := range p.section(s) {
		switch s.ID {
		case view.State:
			p.countGaps(&t)
		case view.Controls:
			p.chart(&t, p.splitChart(s, &t))
		case view.LettersSection:
			p.countLetters(&t)
			p.chart(&t, p.letterChart(s, &t))
		}
	}
}

// countGaps makes the number of rows without exactly one A follow edits.
func (p *summary) countGaps(t *placedTable) {
	for i, id := range t.ids {
		if id != view.GapsFigure {
			continue
		}
		p.counter = ref(t.columns[1], t.first+i)
		c := p.cell(t, i, 1)
		c.look = counter
		switch l := &p.b.layout; {
		case l.firstParty == 0:
		case l.check > 0:
			checks := p.b.matrixSheet() + "!" + l.columnRange(l.check)
			c.formula = fmt.Sprintf(`COUNTIF(%[1]s,"%[2]s")+COUNTIF(%[1]s,"%[3]s")`, checks, view.CheckNoA, view.CheckTwoAs)
		default:
			c.formula = p.gapsFormula()
		}
	}
}

// formulaLimit is how long a formula can be; Excel allows 8,192 characters.
const formulaLimit = 8000

// gapsFormula counts the rows without exactly one A where no column checks them,
// without the headings of entries, which hold none. It is "" where there are too
// many parties for one formula.
func (p *summary) gapsFormula() string {
	l := &p.b.layout
	var as []string
	for c := l.firstParty; c <= l.lastParty; c++ {
		as = append(as, `ISNUMBER(SEARCH("A",`+p.b.matrixSheet()+"!"+l.columnRange(c)+`))`)
	}
	formula := fmt.Sprintf("SUMPRODUCT(--(%s<>1))-%d", strings.Join(as, "+"), len(l.groups))
	if len(formula) > formulaLimit {
		return ""
	}
	return formula
}

// countLetters makes the counts of letters follow edits.
func (p *summary) countLetters(t *placedTable) {
	l := &p.b.layout
	if l.firstParty == 0 {
		return
	}
	for i := range t.ids {
		cells := p.b.matrixSheet() + "!" + l.columnRange(l.firstParty+i)
		for k, at := range numberColumns(t.Table) {
			p.cell(t, i, at).formula = fmt.Sprintf(`COUNTIF(%s,"*%s*")`, cells, view.LetterKinds[k])
		}
	}
}

// numberColumns returns which columns of a table hold numbers.
func numberColumns(t *view.Table) []int {
	var list []int
	for i, c := range t.Columns {
		if c.Kind == view.Number {
			list = append(list, i)
		}
	}
	return list
}

// sheetList puts links to the sheets at the right of the lines from row on.
func (p *summary) sheetList(row int) {
	p.addRight(row, cell{look: section, text: "Sheets"})
	for _, c := range p.b.contents[1:] {
		row++
		p.addRight(row, append(wide(cell{look: link, text: c.name, link: "#" + quoted(c.name) + "!A1"}, 2),
			wide(cell{look: plain, text: c.about}, rightColumns-2)...)...)
	}
}

// addRight puts cells into the right part of a row.
func (p *summary) addRight(row int, cells ...cell) {
	for len(p.lines) < row {
		p.add(line{})
	}
	l := &p.lines[row-1]
	for len(l.cells) <= len(p.grid) {
		l.cells = append(l.cells, cell{look: bare})
	}
	l.cells = append(l.cells, cells...)
}

// addDrawings adds the charts, the logo and the colour of the counter. excelize finds
// the cell in which a chart ends by the heights of the rows that it knows of,
// so those are set first. It takes 3.4 points for 4 pixels, and 3 are.
func (p *summary) addDrawings(s *sheet) error {
	f := p.b.file
	for i, l := range p.lines {
		if err := f.SetRowHeight(summarySheet, i+1, min(max(l.height, s.height(&l), 1)*3.4/3, heightLimit)); err != nil {
			return err
		}
	}
	for _, c := range p.charts {
		if err := f.AddChart(summarySheet, ref(len(p.grid)+2, c.row), c.chart); err != nil {
			return err
		}
	}
	return errors.Join(p.logo(), p.colorCounter())
}

func (p *summary) colorCounter() error {
	bad, err := p.b.conditional(gapMark)
	if err != nil || p.counter == "" {
		return err
	}
	return p.b.file.SetConditionalFormat(summarySheet, p.counter, []excelize.ConditionalFormatOptions{{Type: "cell", Criteria: ">", Value: "0", Format: &bad}})
}
