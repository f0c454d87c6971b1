package xlsx

import (
	"slices"

	"raci/matrix"
	"raci/matrix/view"
)

// columnStyle says how the columns of an id look in the sheet of the matrix.
type columnStyle struct {
	id    string
	width float64
	look  look
	// unprinted columns are left out of a print, if none that it keeps stands right
	// of them: a page has room for so many.
	unprinted bool
}

// sourceWidth is the width of the column with the link to a source.
const sourceWidth = 24

// columnStyles are all columns, in their order where the manifest names none. What
// an entry's heading or a duty's title says already stands last.
var columnStyles = []columnStyle{
	{"entry", 15, dense, false},
	{"duty", 26, strong, false},
	{"control", 14, plain, false},
	{"split", 10, plain, false},
	{"aws", 36, plain, false},
	{"customer", 36, plain, false},
	{"offers", 24, dense, false},
	{"operators", 18, plain, false},
	{"parties", 11, letter, false},
	{"check", 7.5, mark, false},
	{"marks", 11, mark, false},
	{"requirements", 16, small, false},
	{"process", 26, dense, false},
	{"evidence", 28, dense, false},
	{"frequency", 11, plain, false},
	{"source", sourceWidth, smallLink, false},
	{"note", 30, dense, false},
	{"checked", 9, centred, true},
	{"row", 26, small, true},
	{"service", 14, plain, true},
	{"variant", 16, plain, true},
	{"category", 12, plain, true},
	{"basis", 9, centred, true},
	{"further-sources", 46, small, true},
	{"reasons", 60, small, true},
}

// styleOf returns how the columns of an id look.
func styleOf(id string) columnStyle {
	i := slices.IndexFunc(columnStyles, func(s columnStyle) bool { return s.id == id })
	if i < 0 {
		return columnStyle{id: id, width: 14, look: plain}
	}
	return columnStyles[i]
}

// isRepeated reports whether a column was named before.
func isRepeated(list []matrix.Column, i int) bool {
	return slices.ContainsFunc(list[:i], func(o matrix.Column) bool { return o.ID == list[i].ID })
}

// chosenColumns returns the columns of the sheet of the matrix, each id once.
func chosenColumns(r *view.Report) []view.MatrixColumn {
	var chosen []matrix.Column
	for i, c := range r.Matrix.Appearance.Columns {
		if !isRepeated(r.Matrix.Appearance.Columns, i) {
			chosen = append(chosen, c)
		}
	}
	if len(chosen) == 0 {
		for _, s := range columnStyles {
			if r.IsEmptyColumn(s.id) {
				continue
			}
			chosen = append(chosen, matrix.Column{ID: s.id})
		}
	}
	return r.MatrixColumns(chosen...)
}

// sheetColumn is a column of a sheet, under a heading that may be turned.
type sheetColumn struct {
	heading string
	width   float64
	turned  bool
}

// matrixColumn is a column of the sheet of the matrix.
type matrixColumn struct {
	sheetColumn
	cell func(i int, r *matrix.Row) cell // of the ith row
}

// manyColumns is how many columns of a kind have level headings.
const manyColumns = 6

// matrixColumns returns the columns of the sheet of the matrix.
func (b *book) matrixColumns() []matrixColumn {
	var columns []matrixColumn
	chosen := b.layout.columns
	for i := range chosen {
		c, style := &chosen[i], styleOf(chosen[i].ID)
		if c.ID == "reasons" && i == len(chosen)-1 {
			style.look = trail
		}
		head := sheetColumn{heading: c.Title, width: style.width, turned: c.ID == "parties" && len(b.m.Parties) > manyColumns}
		columns = append(columns, matrixColumn{head, b.matrixCell(c, style.look)})
	}
	return columns
}

// matrixCell returns what makes the cells of a column: text, if not more.
func (b *book) matrixCell(c *view.MatrixColumn, l look) func(i int, r *matrix.Row) cell {
	switch c.ID {
	case "split":
		return func(_ int, r *matrix.Row) cell { return cell{look: toneLook(view.SplitTone(r.Split)), text: c.Text(r)} }
	case "source":
		return b.sourceCell
	case "process":
		return b.processCell
	case "check":
		return b.checkCell
	case "marks":
		return b.marksCell
	}
	return func(_ int, r *matrix.Row) cell { return cell{look: l, text: c.Text(r)} }
}

// processCell leads to the page of a process. A cell has one link, so of several
// pages those after the first have their addresses in the text.
func (b *book) processCell(_ int, r *matrix.Row) cell {
	field := view.Cell{Lines: view.ProcessLines(r.Process)}
	out := b.field(&field, view.Text)
	if out.look == plain {
		out.look = dense
	}
	return out
}

// sourceCell leads to the page that states a row.
func (b *book) sourceCell(_ int, r *matrix.Row) cell {
	if len(r.Sources) == 0 {
		return cell{look: small}
	}
	url := r.Sources[0].URL
	return cell{look: smallLink, text: b.linkTo(url).short, link: url}
}
