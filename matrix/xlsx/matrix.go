package xlsx

import (
	"fmt"

	"raci/matrix/view"
)

// writeMatrix writes the sheet with the rows.
func (b *book) writeMatrix(s *view.Section, name string) error {
	for i, c := range b.m.Appearance.Columns {
		if isRepeated(b.m.Appearance.Columns, i) {
			b.warn("sheet %s: %s: the column %q is named twice and stands where it is named first", name, c.At, c.ID)
		}
	}
	columns := b.matrixColumns()
	heads := make([]sheetColumn, len(columns))
	for i := range columns {
		heads[i] = columns[i].sheetColumn
	}
	widths, top := b.widths(heads)
	sheet, err := b.newSheet(plan{
		name: name, widths: widths, rows: b.layout.last, freezeCols: b.layout.frozen, freezeRows: 1, filter: 1,
		outline: true, paper: paperA3, printCols: b.layout.printed, tab: b.palette.head,
	})
	if err != nil {
		return err
	}
	if err := b.editingAids(name); err != nil {
		return fmt.Errorf("sheet %s: %w", name, err)
	}
	sheet.add(headings(heads, top))
	b.addRows(sheet, columns)
	return sheet.close()
}

// addRows writes the rows of the matrix, entry by entry.
func (b *book) addRows(s *sheet, columns []matrixColumn) {
	row := line{level: 1, cells: make([]cell, len(columns))}
	for _, g := range b.layout.groups {
		s.add(b.groupLine(g, len(columns)))
		for i := g.first; i < g.next; i++ {
			r := &b.m.Rows[i]
			for c := range columns {
				row.cells[c] = columns[c].cell(i, r)
			}
			row.about = "row " + r.ID
			s.add(row)
		}
	}
}

// headings returns the heading row of columns.
func headings(columns []sheetColumn, height float64) line {
	head := line{height: height}
	for _, c := range columns {
		l := heading
		if c.turned {
			l = turned
		}
		head.cells = append(head.cells, cell{look: l, text: c.heading})
	}
	return head
}

// widths returns the widths of the columns and the height of the
// heading row that turned headings need.
func (b *book) widths(columns []sheetColumn) (widths []float64, top float64) {
	for _, c := range columns {
		widths = append(widths, c.width)
		if c.turned {
			top = max(top, float64(textWidth(c.heading, &b.arial.bold))*bodySize/1000*1.05+10)
		}
	}
	top = min(top, 110)
	for i, c := range columns {
		if c.turned {
			lines := lineCount(c.heading, (top-8)*0.85, bodySize, &b.arial.bold)
			widths[i] = max(4.5, (float64(lines)*lineHeight(bodySize)*4/3+8)/8)
		}
	}
	return widths, top
}

// groupLine returns the heading of an entry. Where the sheet begins with the
// entries, their names stand in that column, so that a filter keeps them.
func (b *book) groupLine(g rowGroup, columns int) line {
	cells := groupCells(columns)
	cells[0] = cell{look: groupOpen, text: b.report.GroupTitle(g.entry)}
	if facts := b.report.EntryFacts(g.entry); facts != "" && b.layout.entry == 1 && columns > 1 {
		cells[0] = cell{look: group, text: b.m.EntryTitle(g.entry)}
		cells[1].text = oneLine(facts)
	}
	cells[0].text = oneLine(cells[0].text)
	return line{cells: cells, height: 20, begins: true, about: "entry " + g.entry}
}

// groupHeading returns a heading of rows in one text.
func groupHeading(text string, columns int) line {
	cells := groupCells(columns)
	cells[0] = cell{look: groupOpen, text: oneLine(text)}
	return line{cells: cells, height: 18, about: text}
}

// groupCells returns the cells of a heading of rows.
func groupCells(columns int) []cell {
	cells := make([]cell, columns)
	for i := range cells {
		cells[i].look = groupText
	}
	return cells
}
