package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"raci/matrix/view"
)

// summaryChart is a chart and the row beside which it stands.
type summaryChart struct {
	row   int
	chart *excelize.Chart
}

// series is one colour of a stacked chart: a column of the table.
type series struct {
	column     int
	fill, text string
}

// chart keeps a chart beside its table, unless there is nothing to draw.
func (p *summary) chart(t *placedTable, c *excelize.Chart) {
	if c == nil {
		return
	}
	p.charts = append(p.charts, summaryChart{t.headings(), c})
	// Keep the next chart off this one: a row is at least 16 points high.
	if free := float64(c.Dimension.Height)*0.75 - float64(16*(p.next()-t.headings())); free > 0 {
		p.add(line{height: free})
	}
}

// splitChart draws the splits of each control.
func (p *summary) splitChart(s *view.Section, t *placedTable) *excelize.Chart {
	var list []series
	numbers := numberColumns(t.Table)
	for i, split := range p.b.report.SplitOrder() {
		fill, text := barColours(split)
		list = append(list, series{numbers[i], fill, text})
	}
	return p.stacked(s, t, list)
}

// letterChart draws the letters of each party.
func (p *summary) letterChart(s *view.Section, t *placedTable) *excelize.Chart {
	colours := [len(view.LetterKinds)][2]string{{navy, white}, {"8FBF88", ink}, {"FFE08A", ink}, {"D3D9E1", ink}}
	var list []series
	for k, at := range numberColumns(t.Table) {
		list = append(list, series{at, colours[k][0], colours[k][1]})
	}
	return p.stacked(s, t, list)
}

// longest returns the length of the longest bar.
func (p *summary) longest(t *placedTable, list []series) int {
	most := 0
	for row := range t.ids {
		n := 0
		for _, s := range list {
			n += p.cell(t, row, s.column).number
		}
		most = max(most, n)
	}
	return most
}

// barColours returns the colours of a bar, which differ in lightness, too,
// and of the numbers on it.
func barColours(split string) (fill, text string) {
	switch view.SplitTone(split) {
	case view.PerformsAWS:
		return "F0B27A", ink
	case view.PerformsCustomer:
		return "2E6CA4", white
	case view.PerformsShared:
		return "CFC4EA", ink
	}
	return "9CC796", ink
}

// stacked returns a chart of stacked bars over the rows of a table. Parts under a
// thirtieth of the longest have no room for their number.
func (p *summary) stacked(s *view.Section, t *placedTable, list []series) *excelize.Chart {
	rows := len(t.ids)
	if rows == 0 {
		return nil
	}
	bar := min(max(420/rows, 13), 20) // pixels; a chart fits a page as long as it can
	// Two pixels less than the columns: what touches the next one is printed with it.
	const width = rightColumns*rightWidth*8 - 2
	c := &excelize.Chart{
		Type:      excelize.BarStacked,
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: s.Title, Font: &excelize.Font{Family: "Arial", Size: 11, Bold: true, Color: p.b.palette.text}}}},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &excelize.Font{Family: "Arial", Size: 9, Color: ink}},
		Dimension: excelize.ChartDimension{Width: width, Height: uint(110 + bar*rows)},
		Format:    excelize.GraphicOptions{Name: s.Title, AltText: s.About + ", as stacked bars. The table at the left holds the numbers."},
		XAxis:     excelize.ChartAxis{ReverseOrder: true, Font: excelize.Font{Family: "Arial", Size: 9, Color: ink}},
		YAxis:     excelize.ChartAxis{Font: excelize.Font{Family: "Arial", Size: 9, Color: quiet}, MajorGridLines: true},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "[>=" + itoa(max(1, p.longest(t, list)/30)) + `]0;""`}},
		GapWidth:  ptr(uint(40)),
		Overlap:   ptr(100),
		Border:    excelize.LineOptions{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{lineGrey}}},
	}
	cells := func(column string, from, to int) string {
		return fmt.Sprintf("%s!$%s$%d:$%[2]s$%[4]d", summarySheet, column, from, to)
	}
	for _, colour := range list {
		name := column(t.columns[colour.column])
		c.Series = append(c.Series, excelize.ChartSeries{
			Name:       fmt.Sprintf("%s!$%s$%d", summarySheet, name, t.headings()),
			Categories: cells("A", t.first, t.last()),
			Values:     cells(name, t.first, t.last()),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour.fill}},
			DataLabel:  excelize.ChartDataLabel{Font: excelize.Font{Family: "Arial", Size: 8, Color: colour.text}},
		})
	}
	return c
}
