package xlsx

import (
	"cmp"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"raci/matrix/view"
)

// tabs are the colours of the tabs of sections, by id.
var tabs = map[string]string{
	view.SplitGrid:    "7A5EA8",
	view.Parties:      "2E6CA4",
	view.Requirements: "00796B",
	view.Exceptions:   "B8860B",
	view.Findings:     alarm,
	view.Accepted:     "B8860B",
	view.Sources:      "5B8C5A",
}

func tabOf(section string) string { return cmp.Or(tabs[section], quiet) }

// tableSheet is a section that is one table, which can be filtered.
type tableSheet struct {
	b       *book
	section *view.Section
	columns []tableColumn
	lines   int    // that the rows need
	cells   []cell // of one line after another
}

// tableColumn is a column of a table, and what its cells hold.
type tableColumn struct {
	view.Column
	several bool // lines in a cell
	address int  // width of the longest that is linked, in thousandths of the size
}

// hasRowLinks reports whether a column with links to rows of the matrix follows.
func (c *tableColumn) hasRowLinks() bool { return c.Kind == view.Rows || c.Kind == view.RowID }

// Widths of columns, in digits.
const (
	countWidth      = 7
	rowLinkWidth    = 10
	addressWidth    = 60 // at least
	addressMaxWidth = 130
	largeWidth      = 230 // of a sheet that needs large paper
	frozenWidth     = 55  // of the columns that stay in sight on such a sheet
)

// writeTable writes a section as one table with its headings in the first row.
// What else it says stands below.
func (b *book) writeTable(s *view.Section, name string) error {
	t := &tableSheet{b: b, section: s}
	t.survey()
	columns := t.sheetColumns()
	below := t.below(len(columns))
	widths, _ := b.widths(columns)
	p := plan{name: name, widths: widths, rows: 1 + max(t.lines, 1) + len(below), freezeRows: 1, paper: paperA4, tab: tabOf(s.ID), tableRows: t.lines}
	if sum(widths) > largeWidth {
		p.paper, p.freezeCols = paperA3, columnsWithin(widths, frozenWidth)
	}
	sheet, err := b.newSheet(p)
	if err != nil {
		return err
	}
	for _, c := range columns {
		sheet.heads = append(sheet.heads, c.heading)
	}
	sheet.add(headings(columns, 0))
	t.add(sheet)
	for _, l := range below {
		sheet.add(l)
	}
	return sheet.close()
}

// columnsWithin returns how many columns from the left are not wider than limit.
func columnsWithin(widths []float64, limit float64) int {
	for i := range widths {
		if sum(widths[:i+1]) > limit {
			return i
		}
	}
	return len(widths)
}

// survey looks at all rows: the form of a sheet must be known before the first
// one is written.
func (t *tableSheet) survey() {
	for _, c := range t.section.Tables[0].Columns {
		t.columns = append(t.columns, tableColumn{Column: c})
	}
	for _, table := range t.section.Tables {
		for row := range table.Rows {
			t.lines += t.height(&row)
			if row.Group != "" {
				t.lines++
			}
			for i := range min(len(row.Cells), len(t.columns)) {
				t.columns[i].measure(&row.Cells[i], t.b)
			}
		}
	}
}

// height returns how many lines of the sheet the fields of a row need.
func (t *tableSheet) height(row *view.Row) int {
	n := 1
	for i := range min(len(row.Cells), len(t.columns)) {
		if t.columns[i].Spread {
			n = max(n, len(row.Cells[i].Lines))
		}
	}
	return n
}

func (c *tableColumn) measure(field *view.Cell, b *book) {
	c.several = c.several || len(field.Lines) > 1
	for _, l := range field.Lines {
		if l.Link.Kind == view.ToPage && l.Link.To == l.Text {
			c.address = max(c.address, textWidth(l.Text, &b.arial.regular))
		}
	}
}

// sheetColumns returns the columns of the sheet.
func (t *tableSheet) sheetColumns() []sheetColumn {
	var list []sheetColumn
	for i := range t.columns {
		list = append(list, sheetColumn{heading: t.columns[i].Title, width: t.columns[i].width()})
		if t.columns[i].hasRowLinks() {
			list = append(list, sheetColumn{heading: "In " + t.b.sheetOf(view.MatrixSection), width: rowLinkWidth})
		}
	}
	distinguish(list)
	return list
}

// distinguish makes the headings differ, as those of a table must.
func distinguish(list []sheetColumn) {
	seen := map[string]int{}
	for i := range list {
		key := strings.ToLower(list[i].heading)
		if seen[key]++; seen[key] > 1 {
			list[i].heading += " " + itoa(seen[key])
		}
	}
}

// width returns the width of the column. Links stay in one line, so theirs is as
// wide as the longest.
func (c *tableColumn) width() float64 {
	switch {
	case c.Kind == view.Rows:
		return countWidth
	case c.address > 0:
		return min(max(addressWidth, float64(c.address)*bodySize*4/3/1000/0.95/8+2), addressMaxWidth)
	}
	return float64(c.Chars)
}

// add writes all rows, or says that there are none.
func (t *tableSheet) add(s *sheet) {
	for _, table := range t.section.Tables {
		for row := range table.Rows {
			if row.Group != "" {
				s.add(groupHeading(row.Group, len(s.plan.widths)))
			}
			for i := range t.height(&row) {
				s.add(t.line(&row, i))
			}
		}
	}
	if t.lines == 0 {
		s.add(line{cells: []cell{{look: bare, text: t.section.Tables[0].Empty}}})
	}
}

// line returns the line of a row with the nth lines of those cells that spread.
func (t *tableSheet) line(row *view.Row, n int) line {
	l := line{about: row.ID, cells: t.cells[:0]}
	sumsUp := t.sumsUp(row)
	for i := range t.columns {
		c, field := &t.columns[i], view.Cell{}
		if i < len(row.Cells) {
			field = row.Cells[i]
		}
		if c.Spread && len(field.Lines) > 0 {
			field.Lines = field.Lines[min(n, len(field.Lines)-1):][:1]
		}
		l.begins = l.begins || c.Kind == view.Long && c.several
		l.cells = append(l.cells, t.field(c, &field, sumsUp))
		if c.hasRowLinks() {
			l.cells = append(l.cells, t.b.rowLink(rowOf(&field)))
		}
	}
	t.cells = l.cells
	return l
}

// sumsUp reports whether a row puts together what rows of the matrix say.
func (t *tableSheet) sumsUp(row *view.Row) bool {
	for i := range min(len(row.Cells), len(t.columns)) {
		if t.columns[i].Kind == view.Rows && len(row.Cells[i].Lines) > 0 {
			return true
		}
	}
	return false
}

// field returns a field of a column as a cell. The link to a row stands in a
// column of its own.
func (t *tableSheet) field(c *tableColumn, field *view.Cell, sumsUp bool) cell {
	out := t.b.field(field, c.Kind)
	if c.hasRowLinks() {
		out.link = ""
	}
	if c.Kind == view.Long && c.several && out.look == plain {
		out.look = dense
		if sumsUp {
			out.text = t.b.summedUp(field.Lines, &c.Column)
		}
	}
	if width := c.width(); c.address > 0 && out.link == out.text && t.b.lines(out.text, link, width) > 1 {
		out.text = t.b.shortAddress(out.text, link, width)
	}
	return out
}

// below returns what stands below the table, with an empty line between: what the
// section and its tables say beside the rows.
func (t *tableSheet) below(columns int) []line {
	var texts []string
	texts = append(texts, t.section.Intro...)
	for _, table := range t.section.Tables {
		if table.Intro != "" {
			texts = append(texts, strings.TrimPrefix(table.Title+": "+table.Intro, ": "))
		}
		if table.Note != "" {
			texts = append(texts, table.Note)
		}
	}
	if len(texts) == 0 {
		return nil
	}
	lines := []line{{}}
	for _, text := range texts {
		lines = append(lines, band(cell{look: note, text: text}, columns))
	}
	return lines
}

// setTable makes a table of the headings and the rows below them. excelize takes
// the names of its columns from the rows that it writes, so it is given the
// headings.
func (s *sheet) setTable() error {
	none := false
	return errors.Join(
		s.out.SetRow("A1", s.heads),
		s.out.AddTable(&excelize.Table{Range: area(1, 1, len(s.plan.widths), 1+s.plan.tableRows), Name: tableName(s.plan.name), ShowRowStripes: &none}))
}

// tableName returns the name of the table of a sheet, which holds letters and
// digits alone and begins with a letter.
func tableName(sheet string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, sheet) + "Table"
	if first, _ := utf8.DecodeRuneInString(name); unicode.IsDigit(first) {
		return "Sheet" + name
	}
	return name
}
