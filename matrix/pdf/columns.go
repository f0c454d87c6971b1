package pdf

import (
	"fmt"
	"strings"

	"raci/matrix"
	"raci/matrix/view"
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
	title    string // its lines
	minWidth float64
	text     func(*matrix.Row) []paragraph
	fill     func(*matrix.Row) rgb // or nil
}

// form is the shape of the matrix: its columns, and how a row fills them.
type form struct {
	*builder
	before, after  []field // the texts before and after the letters
	widths         []float64
	parties        []column
	operators      []view.MatrixColumn // that have columns
	minorOperators []view.MatrixColumn // operators that stand with the customer
	folded         bool                // the control stands below the duty
	narrow         bool                // basis and sources stand below the evidence
}

// form chooses the columns for this matrix.
func (r *builder) form() *form {
	f := &form{builder: r}
	n := len(r.m.Parties)
	f.folded = n > foldParties
	f.narrow = n > narrowParties && n <= listParties
	f.sortOperators()
	if n <= listParties {
		f.letterColumns()
	}
	f.before = append(f.before, f.dutyField())
	if !f.folded {
		f.before = append(f.before, f.field(f.column("control"), 48))
	}
	f.before = append(f.before, f.splitField(), f.field(f.column("aws"), 62), f.sideField(f.column("customer"), f.minorOperators))
	f.before = append(f.before, f.operatorFields()...)
	if n > listParties {
		f.before = append(f.before, f.listField())
	}
	f.after = append(f.after, f.evidenceField())
	if !f.narrow {
		f.after = append(f.after, f.basisField())
	}
	f.shareWidths()
	return f
}

// column is a column of the view of which there is one.
func (r *builder) column(id string) view.MatrixColumn { return r.report.Columns(id)[0] }

// sortOperators separates the operators that have columns from those that have a
// side in few rows.
func (f *form) sortOperators() {
	for _, op := range f.report.Columns("operators") {
		n := 0
		for i := range f.m.Rows {
			if op.Text(&f.m.Rows[i]) != "" {
				n++
			}
		}
		if float64(n) > seldom*float64(len(f.m.Rows)) {
			f.operators = append(f.operators, op)
		} else {
			f.minorOperators = append(f.minorOperators, op)
		}
	}
}

// field is a column of plain text.
func (f *form) field(c view.MatrixColumn, least float64) field {
	return field{title: f.clean(c.Title), minWidth: least, text: func(row *matrix.Row) []paragraph { return f.plainTexts(c.Text(row)) }}
}

func (f *form) dutyField() field {
	duty, control := f.column("duty"), f.column("control")
	title := duty.Title
	if f.folded {
		title = stacked(title, control.Title)
	}
	return field{title: title, minWidth: 62,
		text: func(row *matrix.Row) []paragraph {
			texts := []paragraph{{text: f.clean(duty.Text(row)), face: bold, color: ink}}
			if f.folded {
				texts = append(texts, paragraph{text: f.clean(control.Text(row)), color: grey})
			}
			return append(texts, f.markTexts(row)...)
		},
		fill: func(row *matrix.Row) rgb {
			if view.CheckWord(row) == view.CheckNoA {
				return styles[view.Bad].fill
			}
			return 0
		}}
}

func (f *form) splitField() field {
	fd := f.field(f.column("split"), 41)
	fd.fill = func(row *matrix.Row) rgb { return styles[view.SplitTone(row.Split)].fill }
	return fd
}

// sideField is what one side does, and below it, under their names, what the
// operators do that have no column.
func (f *form) sideField(c view.MatrixColumn, operators []view.MatrixColumn) field {
	fd := f.field(c, 62)
	if c.ID == "customer" {
		fd.text = f.withOffers(c)
	}
	if len(operators) > 0 {
		own := fd.text
		fd.title = stacked(fd.title, f.titles(operators))
		fd.text = func(row *matrix.Row) []paragraph {
			return append(own(row), f.operatorTexts(operators, row)...)
		}
	}
	return fd
}

// withOffers is what the customer does, and below it what AWS offers for that.
func (f *form) withOffers(c view.MatrixColumn) func(row *matrix.Row) []paragraph {
	offers := f.column("offers")
	return func(row *matrix.Row) []paragraph {
		texts := f.plainTexts(c.Text(row))
		if s := f.clean(offers.Text(row)); s != "" {
			texts = append(texts, paragraph{text: offers.Title + ": " + s, face: italic, color: ink})
		}
		return texts
	}
}

// operatorTexts say under their names what operators do.
func (f *form) operatorTexts(operators []view.MatrixColumn, row *matrix.Row) []paragraph {
	var texts []paragraph
	for _, op := range operators {
		if s := op.Text(row); s != "" {
			texts = append(append(texts, paragraph{text: f.party(op.Of) + ":", face: bold, color: ink}), f.plainTexts(s)...)
		}
	}
	return texts
}

// operatorFields are a column for each operator that is not seldom, or one for
// all of them where there are many.
func (f *form) operatorFields() []field {
	if operators := f.operators; len(operators) > ownOperators {
		return []field{{title: f.titles(operators), minWidth: 62,
			text: func(row *matrix.Row) []paragraph { return f.operatorTexts(operators, row) }}}
	}
	var fields []field
	for _, op := range f.operators {
		fields = append(fields, f.field(op, 56))
	}
	return fields
}

// titles are the titles of several columns that share one.
func (f *form) titles(columns []view.MatrixColumn) string {
	var titles []string
	for _, c := range columns {
		titles = append(titles, f.clean(c.Title))
	}
	return stacked(titles...)
}

// stacked puts the titles of columns that share one below each other.
func stacked(titles ...string) string { return strings.Join(titles, "\n") }

// listField lists the letters by party, for more parties than columns.
func (f *form) listField() field {
	return field{title: view.LettersTitle, minWidth: 80,
		text: func(row *matrix.Row) []paragraph {
			var texts []paragraph
			for _, role := range row.Roles {
				st := styles[view.LettersTone(role.Letters)]
				texts = append(texts, paragraph{text: role.Letters.String() + "\u00a0\u00a0" + f.party(role.Party), face: st.face, color: st.color})
			}
			return texts
		}}
}

func (f *form) evidenceField() field {
	evidence, note, basis := f.column("evidence"), f.column("note"), f.column("basis")
	titles := f.howTitles()
	if f.report.HasText(note) {
		titles = append(titles, note.Title)
	}
	if f.narrow {
		titles = append(titles, basis.Title, f.column("source").Title)
	}
	return field{title: stacked(titles...), minWidth: 52,
		text: func(row *matrix.Row) []paragraph {
			texts := f.howTexts(row, f.itemTexts(evidence.Text(row)))
			if s := f.clean(note.Text(row)); s != "" {
				texts = append(texts, paragraph{text: note.Title + ": " + s, face: italic, color: ink})
			}
			if !f.narrow {
				return texts
			}
			if s := f.clean(basis.Text(row)); s != "" {
				texts = append(texts, paragraph{text: basis.Title + ":\u00a0" + s, color: ink})
			}
			return append(texts, f.sourceTexts(row)...)
		}}
}

// howTitles are the titles of what howTexts say, in this report.
func (r *builder) howTitles() []string {
	var titles []string
	for _, id := range []string{matrix.ProcessDetail, matrix.FrequencyDetail, matrix.EvidenceDetail} {
		if !r.report.IsEmptyColumn(id) {
			titles = append(titles, r.column(id).Title)
		}
	}
	return titles
}

func (f *form) basisField() field {
	basis := f.column("basis")
	longest := fmt.Sprintf("[%d] 2026-11", len(f.report.Sources()))
	return field{title: stacked(basis.Title, f.column("source").Title), minWidth: max(46, f.width(longest, regular, small)+2*pad+0.1),
		text: func(row *matrix.Row) []paragraph { return append(f.plainTexts(basis.Text(row)), f.sourceTexts(row)...) }}
}

// letterColumns lays out a column for each party: with titles across where
// there are few, turned where there are many.
func (f *form) letterColumns() {
	width, turned := letterColumn(len(f.m.Parties), f.textWidth)
	for _, c := range f.report.Columns("parties") {
		f.parties = append(f.parties, column{title: f.clean(c.Title), width: width, center: true, turned: turned})
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
	for i := range f.before {
		cells = append(cells, f.cell(&f.before[i], row, f.widths[i]))
	}
	if len(f.parties) > 0 {
		for _, l := range f.m.LettersOf(row) {
			cells = append(cells, letterCell(l))
		}
	}
	for i := range f.after {
		cells = append(cells, f.cell(&f.after[i], row, f.widths[len(f.before)+i]))
	}
	return cells
}

func (f *form) cell(fd *field, row *matrix.Row, width float64) cell {
	c := cell{lines: f.wrapped(width, fd.text(row)...)}
	if fd.fill != nil {
		c.fill = fd.fill(row)
	}
	return c
}
