package xlsx

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Limits of a sheet.
const (
	rowLimit    = 1_048_576
	columnLimit = 16_384
	heightLimit = 409 // points
	linkLimit   = 65_530
	urlLimit    = 2_079
)

// plan is what must be known of a sheet before its first row.
type plan struct {
	name       string
	widths     []float64 // of the columns, in digits
	rows       int
	freezeCols int
	freezeRows int // also repeated on each page
	filter     int // row of headings that get a filter, or 0
	tableRows  int // so many rows are a table with the headings above them, if any
	outline    bool
	paper      int // paperA4 or paperA3
	portrait   bool
	whole      bool // a block begins a page rather than break
	printCols  int  // columns that are printed; 0 for all
	tab        string
}

// cell is one cell of a line.
type cell struct {
	look    look
	text    string // always text, even if it looks like a formula
	number  int
	isNum   bool
	formula string // text or number is its value
	link    string // a URL, or "#" and a place in the workbook
	span    int    // columns that the cell is merged over, if more than one
}

// line is one row of a sheet.
type line struct {
	cells  []cell
	level  int     // of the outline
	height float64 // at least
	begins bool    // a block of lines that is kept on a page, if it fits
	about  string  // what the row is about, for errors
}

// sheet is written from top to bottom. The rows are compressed as they come;
// excelize writes what stands before and after them.
type sheet struct {
	book  *book
	plan  plan
	out   *excelize.StreamWriter
	body  *body
	xml   []byte   // rows that are not compressed yet
	names []string // of the columns
	heads []any    // headings of a table
	next  int      // row
	links linkList
	pages pageBreaks
	err   error // the first one; nothing is written after it
	cut   string
	cuts  int

	shortened int    // cells whose texts were cut
	shortAt   string // what the first of them is about
}

// newSheet adds a sheet to the workbook, after those that are there.
func (b *book) newSheet(p plan) (*sheet, error) {
	if p.rows > rowLimit {
		return nil, fmt.Errorf("sheet %s needs %d rows, and Excel has %d: split the manifest into several systems", p.name, p.rows, rowLimit)
	}
	if len(p.widths) > columnLimit {
		return nil, fmt.Errorf("sheet %s needs %d columns, and Excel has %d: split the manifest into several systems", p.name, len(p.widths), columnLimit)
	}
	if err := b.addSheet(p.name); err != nil {
		return nil, err
	}
	s := &sheet{book: b, plan: p, next: 1, body: newBody(), xml: b.rows[:0], pages: newPageBreaks(&p)}
	for i := range p.widths {
		s.names = append(s.names, column(i+1))
	}
	if err := s.setUp(); err != nil {
		return nil, fmt.Errorf("sheet %s: %w", p.name, err)
	}
	b.bodies["xl/worksheets/"+s.partName()] = s.body
	b.pack.begin(s.body.rows)
	return s, nil
}

// addSheet names the sheet that a new file has, or adds another.
func (b *book) addSheet(name string) error {
	b.sheets++
	if b.sheets == 1 {
		return b.file.SetSheetName("Sheet1", name)
	}
	_, err := b.file.NewSheet(name)
	return err
}

// add writes the next row. It is at least as high as its wrapped text needs.
func (s *sheet) add(l line) {
	if s.err != nil {
		return
	}
	row := itoa(s.next)
	for i := range l.cells {
		l.cells[i].text = clean(l.cells[i].text)
	}
	height := max(l.height, s.height(&l))
	if height > heightLimit {
		height = heightLimit
		if s.cuts++; s.cuts == 1 {
			s.cut = cmp.Or(l.about, "row "+row)
		}
	}
	s.pages.add(s.next, height, l.begins)
	s.xml = appendRow(s.xml, row, height, l.level)
	for i := range l.cells {
		style, err := s.prepare(i+1, &l.cells[i])
		if err != nil {
			s.fail(l.about, err)
			return
		}
		s.xml = appendCell(s.xml, s.names[i], row, style, &l.cells[i])
	}
	if s.shortened > 0 && s.shortAt == "" {
		s.shortAt = cmp.Or(l.about, "row "+row)
	}
	s.xml = append(s.xml, "</row>"...)
	if len(s.xml) > 64<<10 {
		s.pack()
	}
	s.next++
}

// pack compresses the rows that wait for it.
func (s *sheet) pack() {
	if _, err := s.book.pack.Write(s.xml); err != nil && s.err == nil {
		s.err = err
	}
	s.xml = s.xml[:0]
}

func (s *sheet) fail(about string, err error) {
	if about == "" {
		about = fmt.Sprintf("row %d", s.next)
	}
	s.err = fmt.Errorf("sheet %s, %s: %w", s.plan.name, about, err)
}

// prepare keeps what a cell needs beside its XML, and returns its style.
func (s *sheet) prepare(col int, c *cell) (style int, err error) {
	b := s.book
	style = b.ids[c.look]
	if c.isNum {
		return style, nil
	}
	if c.span > 1 {
		if err := s.out.MergeCell(ref(col, s.next), ref(col+c.span-1, s.next)); err != nil {
			return 0, err
		}
	}
	if c.text == "" {
		return style, nil
	}
	if c.link != "" && !s.addLink(col, c) && c.link[0] != '#' {
		c.look, c.text = small, clean(c.link) // the whole address, as there is no link to follow
		style = b.ids[c.look]
	}
	if cut, tooLong := fitted(c.text); tooLong {
		c.text = cut
		s.shortened++
	}
	if c.formula == "" && looksLikeFormula(c.text) {
		style = b.guarded[c.look]
	}
	return style, nil
}

// height returns the points that the text of a line needs.
func (s *sheet) height(l *line) float64 {
	h := 0.0
	for i := range l.cells {
		c := &l.cells[i]
		f := &s.book.faces[c.look]
		if f.turned {
			continue // the plan sees to these
		}
		n := 1
		if f.wrap && i < len(s.plan.widths) && c.text != "" {
			n = s.book.lines(c.text, c.look, s.width(i, c.span))
		}
		h = max(h, float64(n)*lineHeight(f.size)+4)
	}
	return math.Ceil(h)
}

// width returns the width of a cell that begins in column i, from 0.
func (s *sheet) width(i, span int) float64 {
	w := 0.0
	for j := i; j < min(i+max(span, 1), len(s.plan.widths)); j++ {
		w += s.plan.widths[j]
	}
	return w
}

// lines returns how many lines text needs in a column of width digits.
func (b *book) lines(text string, l look, width float64) int {
	key := measured{text, l, width}
	if n, ok := b.measured[key]; ok {
		return n
	}
	f := &b.faces[l]
	widths := &b.arial.regular
	if f.bold {
		widths = &b.arial.bold
	}
	n := lineCount(text, inner(width), f.size*4/3, widths)
	if len(b.measured) < mostMeasured {
		b.measured[key] = n
	}
	return n
}

// measured is a text in a column: most rows repeat what others say.
type measured struct {
	text  string
	look  look
	width float64
}

const mostMeasured = 20_000 // so that texts do not outlive their rows in great numbers

// inner returns the pixels that text has in a column of width digits: eight
// a digit, less what programs keep free and a reserve for their rounding.
func inner(width float64) float64 { return (width*8 - 7) * 0.95 }

// lineHeight returns the points from line to line in Excel, which is more
// generous than LibreOffice.
func lineHeight(size float64) float64 { return math.Ceil(size * 1.3) }

// close ends the sheet.
func (s *sheet) close() error {
	s.pack()
	if s.err != nil {
		return s.err
	}
	if err := s.book.pack.flush(); err != nil {
		return err
	}
	s.book.rows, s.xml = s.xml, nil
	if s.cuts > 0 {
		s.book.warn("sheet %s: the text of %d rows is higher than Excel allows and shows only in the formula bar; the first is %.80s", s.plan.name, s.cuts, s.cut)
	}
	if s.shortened > 0 {
		s.book.warn("sheet %s: the texts of %d cells are longer than Excel allows, end there in %q and are whole in --format json; the first is of %.80s", s.plan.name, s.shortened, cutMark, s.shortAt)
	}
	if err := s.setBreaks(); err != nil {
		return fmt.Errorf("sheet %s: page breaks: %w", s.plan.name, err)
	}
	if s.plan.tableRows > 0 {
		if err := s.setTable(); err != nil {
			return fmt.Errorf("sheet %s: table: %w", s.plan.name, err)
		}
	}
	return s.out.Flush()
}

func itoa(n int) string { return strconv.Itoa(n) }

// column returns the letters of a column that counts from 1.
func column(n int) string {
	name := ""
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// ref returns the name of a cell.
func ref(col, row int) string { return column(col) + strconv.Itoa(row) }

// absolute returns the name of a cell with signs that fix it.
func absolute(ref string) string {
	i := strings.IndexAny(ref, "0123456789")
	return "$" + ref[:i] + "$" + ref[i:]
}

// area returns the name of a range.
func area(col1, row1, col2, row2 int) string { return ref(col1, row1) + ":" + ref(col2, row2) }
