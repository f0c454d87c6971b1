package xlsx

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

// writeMatrix writes the sheet with the rows.
func (b *book) writeMatrix() error {
	columns := b.matrixColumns()
	widths, top := b.widths(columns)
	s, err := b.newSheet(plan{
		name: "Matrix", widths: widths, rows: b.layout.last, freezeCols: b.layout.frozen, freezeRows: 1, filter: 1,
		outline: true, paper: paperA3, printCols: b.layout.printed, tab: b.palette.head,
	})
	if err != nil {
		return err
	}
	if err := b.letterTools(); err != nil {
		return fmt.Errorf("sheet Matrix: %w", err)
	}
	s.add(headings(columns, top))
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
	return s.close()
}

// headings returns the heading row of columns.
func headings(columns []matrixColumn, height float64) line {
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
func (b *book) widths(columns []matrixColumn) (widths []float64, top float64) {
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
	cells := make([]cell, columns)
	for i := range cells {
		cells[i].look = groupText
	}
	name, facts := b.m.EntryTitle(g.entry), b.entryFacts(g.entry)
	cells[0] = cell{look: groupOpen, text: name}
	switch {
	case facts == "":
	case b.layout.entry == 1 && columns > 1:
		cells[0].look, cells[1].text = group, facts
	default:
		cells[0].text += "  ·  " + facts
	}
	return line{cells: cells, height: 20, begins: true, about: "entry " + g.entry}
}

// entryFacts returns service, variants and owner of an entry in one line.
func (b *book) entryFacts(name string) string {
	e := b.entries[name]
	if e == nil {
		return ""
	}
	facts := []string{or(e.ServiceName, e.Service)}
	for i, v := range e.Variants {
		text := v
		if i < len(e.VariantNames) {
			text = or(e.VariantNames[i], v)
		}
		if slices.Contains(e.Assumed, v) {
			text += " (assumed)"
		}
		facts = append(facts, text)
	}
	owner := "no owner"
	if e.Owner != "" {
		owner = "owner: " + b.name(e.Owner)
	}
	return oneLine(strings.Join(facts, ", ") + "; " + owner)
}
