package xlsx

import (
	"errors"
	"strings"

	"github.com/xuri/excelize/v2"

	"raci/matrix/catalog"
)

// summaryChart is a chart and the row beside which it stands.
type summaryChart struct {
	row   int
	chart *excelize.Chart
}

// series is one colour of a stacked chart.
type series struct{ column, fill, text string }

// chart keeps a chart, unless there is nothing to draw.
func (p *summary) chart(c *summaryChart) {
	if c == nil {
		return
	}
	p.charts = append(p.charts, *c)
	// Keep the next chart off this one: a row is at least 16 points high.
	if free := float64(c.chart.Dimension.Height)*0.75 - float64(16*(p.row()-c.row)); free > 0 {
		p.lines = append(p.lines, line{height: free})
	}
}

// splitChart draws the splits of each control, which stand in the rows from
// first to last.
func (p *summary) splitChart(first, last int) *summaryChart {
	var list []series
	var said []string
	for i, s := range p.b.stats.splits {
		fill, text := barColours(s)
		list = append(list, series{column(3 + i), fill, text})
		said = append(said, p.b.splitName(s)+" "+itoa(p.b.stats.bySplit[s]))
	}
	most := 0
	for _, c := range p.b.stats.controls {
		most = max(most, c.rows)
	}
	return p.stacked("Duties per control, by split", "Stacked bars of the number of duties per control by split; in total "+
		strings.Join(said, ", ")+". The table at the left holds the numbers.", first, last, most, list)
}

// letterChart draws the letters of each party.
func (p *summary) letterChart(first, last int) *summaryChart {
	most := 0
	for _, n := range p.b.stats.letters {
		most = max(most, n.a+n.r+n.c+n.i)
	}
	return p.stacked("Letters per party", "Stacked bars of the number of rows in which each party is accountable (A), responsible (R), consulted (C) and informed (I). "+
		"The table at the left holds the numbers.", first, last, most, []series{
		{"C", navy, white}, {"D", "8FBF88", ink}, {"E", "FFE08A", ink}, {"F", "D3D9E1", ink}})
}

// barColours returns the colours of a bar, which differ in lightness, too,
// and of the numbers on it.
func barColours(split string) (fill, text string) {
	switch split {
	case catalog.AWS:
		return "F0B27A", ink
	case catalog.Customer:
		return "2E6CA4", white
	case catalog.Shared:
		return "CFC4EA", ink
	}
	return "9CC796", ink
}

// stacked returns a chart of stacked bars over rows of the summary. The
// headings stand in the row above the first; most is the length of the longest
// bar, of which parts under a thirtieth have no room for their number.
func (p *summary) stacked(name, alternative string, first, last, most int, list []series) *summaryChart {
	if last < first {
		return nil
	}
	bar := min(max(420/(last-first+1), 13), 20) // pixels; a chart fits a page as long as it can
	cells := func(c string, from, to int) string {
		return "Summary!$" + c + "$" + itoa(from) + ":$" + c + "$" + itoa(to)
	}
	// Two pixels less than the columns: what touches the next one is printed with it.
	const width = rightColumns*rightWidth*8 - 2
	c := &excelize.Chart{
		Type:      excelize.BarStacked,
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: name, Font: &excelize.Font{Family: "Arial", Size: 11, Bold: true, Color: p.b.palette.text}}}},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &excelize.Font{Family: "Arial", Size: 9, Color: ink}},
		Dimension: excelize.ChartDimension{Width: width, Height: uint(110 + bar*(last-first+1))},
		Format:    excelize.GraphicOptions{Name: name, AltText: alternative},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: excelize.Font{Family: "Arial", Size: 9, Color: ink}},
		YAxis:     excelize.ChartAxis{Font: excelize.Font{Family: "Arial", Size: 9, Color: quiet}, MajorGridLines: true},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "[>=" + itoa(max(1, most/30)) + `]0;""`}},
		GapWidth:  ptr(uint(40)),
		Overlap:   ptr(100),
		Border:    excelize.LineOptions{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{lineGrey}}},
	}
	for _, s := range list {
		c.Series = append(c.Series, excelize.ChartSeries{
			Name:       "Summary!$" + s.column + "$" + itoa(first-1),
			Categories: cells("A", first, last),
			Values:     cells(s.column, first, last),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{s.fill}},
			DataLabel:  excelize.ChartDataLabel{Font: excelize.Font{Family: "Arial", Size: 8, Color: s.text}},
		})
	}
	return &summaryChart{row: first - 1, chart: c}
}

// draw adds the charts, the logo and the colour of the counter. excelize finds
// the cell in which a chart ends by the heights of the rows that it knows of,
// so it is told those first. It takes 3.4 points for 4 pixels, and 3 are.
func (p *summary) draw(s *sheet) error {
	f := p.b.file
	for i, l := range p.lines {
		if err := f.SetRowHeight("Summary", i+1, min(max(l.height, s.height(&l), 1)*3.4/3, heightLimit)); err != nil {
			return err
		}
	}
	for _, c := range p.charts {
		if err := f.AddChart("Summary", ref(p.columns+2, c.row), c.chart); err != nil {
			return err
		}
	}
	if err := p.logo(); err != nil {
		return err
	}
	bad, err := p.b.conditional(gapMark)
	if err != nil {
		return err
	}
	at := ref(2, p.counter)
	return errors.Join(f.SetConditionalFormat("Summary", at, []excelize.ConditionalFormatOptions{
		{Type: "cell", Criteria: ">", Value: "0", Format: &bad}}))
}
