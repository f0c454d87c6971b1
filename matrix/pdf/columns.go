package pdf

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

const (
	// listParties is the number of parties beyond which the letters are
	// listed in one column, by name, since columns would leave no room for texts.
	listParties = 26
	// foldParties is the number beyond which the control stands below the
	// duty, to save a column.
	foldParties = 9
	// narrowParties is the number beyond which basis and sources stand below
	// the evidence, to save another.
	narrowParties = 15
	// ownOperators is the number of operators that get a column each.
	ownOperators = 2
	// seldom is the part of the rows below which an operator gets no column:
	// its side stands with the customer's, under its name.
	seldom = 0.08
)

// field is a column of text of the matrix.
type field struct {
	title    string
	face     face
	minWidth float64
	text     func(*matrix.Row) []string // its paragraphs, for measuring
	cell     func(row *matrix.Row, width float64) cell
}

// form is the shape of the matrix: its columns, and how a row fills them.
type form struct {
	*builder
	before, after  []field // the texts before and after the letters
	widths         []float64
	parties        []column
	operators      []matrix.Party // that have columns
	minorOperators []matrix.Party // operators that stand with the customer
	folded         bool           // the control stands below the duty
	narrow         bool           // basis and sources stand below the evidence
}

// form chooses the columns for this matrix.
func (r *builder) form() *form {
	f := &form{builder: r, operators: r.m.Operators()}
	n := len(r.m.Parties)
	f.folded = n > foldParties
	if n <= listParties {
		f.letterColumns(n)
	}
	f.before = append(f.before, f.dutyField())
	if !f.folded {
		f.before = append(f.before, f.field("Control", 48, controlName))
	}
	f.before = append(f.before, f.splitField(),
		f.field("What AWS does", 62, func(row *matrix.Row) string { return row.Side(catalog.AWS) }),
		f.customerField())
	f.operatorFields()
	if n > listParties {
		f.before = append(f.before, f.listField())
	}
	f.narrow = n > narrowParties && n <= listParties
	f.after = append(f.after, f.evidenceField())
	if !f.narrow {
		f.after = append(f.after, f.basisField())
	}
	f.shareWidths()
	return f
}

// field is a column of plain text.
func (f *form) field(title string, least float64, text func(*matrix.Row) string) field {
	paragraph := func(row *matrix.Row) []string { return []string{text(row)} }
	return field{title: title, minWidth: least, text: paragraph, cell: func(row *matrix.Row, w float64) cell {
		return cell{lines: f.wrapped(f.clean(text(row)), regular, ink, w)}
	}}
}

func controlName(row *matrix.Row) string {
	if row.ControlName != "" {
		return row.ControlName
	}
	return row.Control
}

func (f *form) dutyField() field {
	return field{title: "Duty", face: bold, minWidth: 62,
		text: func(row *matrix.Row) []string {
			if f.folded {
				return []string{row.Title, controlName(row)}
			}
			return []string{row.Title}
		},
		cell: func(row *matrix.Row, w float64) cell {
			title := row.Title
			if title == "" {
				title = row.Duty
			}
			c := cell{lines: f.wrapped(f.clean(title), bold, ink, w)}
			if f.folded {
				c.lines = append(c.lines, f.wrapped(f.clean(controlName(row)), regular, grey, w)...)
			}
			for _, m := range f.flags(row) {
				for _, ln := range f.wrapped(m.text, m.face, m.color, w) {
					ln.target = m.target
					c.lines = append(c.lines, ln)
				}
			}
			if row.Accountable() == "" {
				c.fill = pink
			}
			return c
		}}
}

func (f *form) splitField() field {
	return field{title: "Split", minWidth: 41,
		text: func(row *matrix.Row) []string { return []string{f.splitName(row.Split)} },
		cell: func(row *matrix.Row, w float64) cell {
			return cell{lines: f.wrapped(f.splitName(row.Split), regular, ink, w), fill: splitTint(row.Split)}
		}}
}

// customerField is what the customer does, and what the operators do that
// have no column.
func (f *form) customerField() field {
	var columns []matrix.Party
	for _, op := range f.operators {
		n := 0
		for i := range f.m.Rows {
			if f.m.Rows[i].Side(op.ID) != "" {
				n++
			}
		}
		if float64(n) > seldom*float64(len(f.m.Rows)) {
			columns = append(columns, op)
		} else {
			f.minorOperators = append(f.minorOperators, op)
		}
	}
	f.operators = columns
	fd := f.field("What the customer does", 62, func(row *matrix.Row) string { return row.Side(catalog.Customer) })
	if len(f.minorOperators) == 0 {
		return fd
	}
	fd.title = "What the customer or another operator does"
	fd.cell = func(row *matrix.Row, w float64) cell {
		c := cell{lines: f.wrapped(f.clean(row.Side(catalog.Customer)), regular, ink, w)}
		for _, op := range f.minorOperators {
			if s := f.clean(row.Side(op.ID)); s != "" {
				c.lines = append(c.lines, f.wrapped(f.party(op.ID)+":", bold, ink, w)...)
				c.lines = append(c.lines, f.wrapped(s, regular, ink, w)...)
			}
		}
		return c
	}
	return fd
}

// operatorFields adds a column for each further operator, or one for all of
// them where there are many.
func (f *form) operatorFields() {
	if len(f.operators) <= ownOperators {
		for _, op := range f.operators {
			f.before = append(f.before, f.field("What "+f.party(op.ID)+" does", 56, func(row *matrix.Row) string { return row.Side(op.ID) }))
		}
		return
	}
	f.before = append(f.before, f.field("What other operators do", 62, func(row *matrix.Row) string {
		var parts []string
		for _, op := range f.operators {
			if s := row.Side(op.ID); s != "" {
				parts = append(parts, f.party(op.ID)+": "+s)
			}
		}
		return strings.Join(parts, " ")
	}))
}

// listField lists the letters by party, for more parties than columns.
func (f *form) listField() field {
	return field{title: "Letters", minWidth: 80,
		text: f.roleTexts,
		cell: func(row *matrix.Row, w float64) cell {
			var c cell
			for _, role := range row.Roles {
				ln := letterLine(role.Letters)
				c.lines = append(c.lines, f.wrapped(ln.text+"\u00a0\u00a0"+f.party(role.Party), ln.face, ln.color, w)...)
			}
			return c
		}}
}

func (f *form) roleTexts(row *matrix.Row) []string {
	var out []string
	for _, role := range row.Roles {
		out = append(out, role.Letters.String()+"\u00a0\u00a0"+f.party(role.Party))
	}
	return out
}

func (f *form) evidenceField() field {
	title := "Evidence"
	if slices.ContainsFunc(f.m.Rows, func(row matrix.Row) bool { return row.Note != "" }) {
		title = "Evidence and notes"
	}
	if f.narrow {
		title += "; basis, sources"
	}
	return field{title: title, minWidth: 52,
		text: func(row *matrix.Row) []string {
			return append(slices.Clone(row.Evidence), "Note: "+row.Note)
		},
		cell: func(row *matrix.Row, w float64) cell {
			var c cell
			for _, e := range row.Evidence {
				c.lines = append(c.lines, f.wrapped("\u2022\u00a0"+f.clean(e), regular, ink, w)...)
			}
			if row.Note != "" {
				c.lines = append(c.lines, f.wrapped("Note: "+f.clean(row.Note), italic, ink, w)...)
			}
			if f.narrow {
				c.lines = append(c.lines, f.basisLines(row, w)...)
			}
			return c
		}}
}

func (f *form) basisField() field {
	longest := fmt.Sprintf("[%d] 2026-11", len(f.builder.sources))
	return field{title: "Basis, sources", minWidth: max(46, f.width(longest, regular, small)+2*pad+0.1),
		text: func(*matrix.Row) []string { return nil },
		cell: func(row *matrix.Row, w float64) cell { return cell{lines: f.basisLines(row, w)} }}
}

// letterColumns lays out a column for each party: with titles across where
// there are few, turned where there are many.
func (f *form) letterColumns(n int) {
	width, turned := min(max(f.textWidth*0.3/float64(max(n, 1)), 15), 21), true
	if n <= 4 {
		width, turned = 50, false
	}
	for _, p := range f.m.Parties {
		f.parties = append(f.parties, column{title: f.party(p.ID), width: width, center: true, turned: turned})
	}
}

// columns returns the columns of the table, left to right.
func (f *form) columns() []column {
	var cols []column
	for i, fd := range f.before {
		cols = append(cols, column{title: fd.title, width: f.widths[i]})
	}
	cols = append(cols, f.parties...)
	for i, fd := range f.after {
		cols = append(cols, column{title: fd.title, width: f.widths[len(f.before)+i]})
	}
	return cols
}

// cells fills the columns for a row.
func (f *form) cells(row *matrix.Row) []cell {
	cells := make([]cell, 0, len(f.before)+len(f.parties)+len(f.after))
	for i, fd := range f.before {
		cells = append(cells, fd.cell(row, f.widths[i]))
	}
	if len(f.parties) > 0 {
		for _, p := range f.m.Parties {
			l := row.Letters(p.ID)
			c := cell{fill: letterTint(l)}
			if l != 0 {
				c.lines = []line{letterLine(l)}
			}
			cells = append(cells, c)
		}
	}
	for i, fd := range f.after {
		cells = append(cells, fd.cell(row, f.widths[len(f.before)+i]))
	}
	return cells
}
