package xlsx

import (
	"strings"

	"raci/matrix/view"
)

// manyEntries is how many columns a grid has that needs large paper, and
// portraitEntries how many fit on an upright page.
const (
	manyEntries     = 25
	portraitEntries = 14
)

// writeSplit writes the sheet that shows all entries at a glance: the table of the
// section, below a line that explains its signs.
func (b *book) writeSplit(s *view.Section, name string) error {
	t := s.Tables[0]
	columns := make([]sheetColumn, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = sheetColumn{heading: c.Title, width: float64(c.Chars), turned: i > 0 && len(t.Columns) > 1+manyColumns}
	}
	widths, top := b.widths(columns)
	p := plan{name: name, widths: widths, rows: 2 + t.Count + b.countControls(), freezeCols: 1, freezeRows: 2,
		paper: paperA4, portrait: len(columns) <= portraitEntries, tab: tabOf(s.ID)}
	if len(columns) > manyEntries {
		p.paper = paperA3
	}
	sheet, err := b.newSheet(p)
	if err != nil {
		return err
	}
	sheet.add(band(cell{look: prose, text: strings.Join(s.Intro, " ")}, len(columns)))
	sheet.add(headings(columns, top))
	for row := range t.Rows {
		b.addDuty(sheet, t, &row)
	}
	return sheet.close()
}

// countControls returns how many controls the rows have. Those of one stand
// together in each entry.
func (b *book) countControls() int {
	seen := map[string]bool{}
	for i := range b.m.Rows {
		if name := view.ControlName(&b.m.Rows[i]); i == 0 || name != view.ControlName(&b.m.Rows[i-1]) {
			seen[name] = true
		}
	}
	delete(seen, "") // has no heading
	return len(seen)
}

// addDuty writes a line of the grid, below the heading of its control where that
// begins. Its fields lead nowhere: a large grid has more of them than Excel allows
// links.
func (b *book) addDuty(s *sheet, t *view.Table, row *view.Row) {
	if row.Group != "" {
		s.add(groupHeading(row.Group, len(t.Columns)))
	}
	l := line{cells: make([]cell, len(row.Cells))}
	for i := range row.Cells {
		c := &row.Cells[i]
		l.cells[i] = cell{look: toneLook(c.Tone), text: c.Text()}
	}
	l.about = l.cells[0].text
	s.add(l)
}
