package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/view"
)

// csvDialect is a way to write a table as text. Both write one line for each
// row after a line of headings, end lines with CR LF, quote where needed, and
// hold the same columns and values.
type csvDialect struct {
	begin     string // before everything
	separator rune   // of cells
	joint     string // between several values of a cell
	most      int    // UTF-16 units in a cell, or 0 for any number
	keep      func(string) string
}

var (
	// plainCSV is RFC 4180, for programs: commas, UTF-8 without a byte order
	// mark, no line break within a cell.
	plainCSV = csvDialect{"", ',', "; ", 0, withoutFormula}
	// excelCSV is what Excel opens by a double click where its settings
	// separate lists by semicolons: it takes a file without a byte order mark
	// for one in the code page of the system. A line break within a cell is LF
	// alone, as Excel writes it itself.
	excelCSV = csvDialect{"\uFEFF", ';', "\n", 32767, asText}
)

func writeCSV(w io.Writer, r *view.Report) ([]string, error) {
	return nil, plainCSV.write(w, r.Matrix)
}

func writeExcelCSV(w io.Writer, r *view.Report) ([]string, error) {
	return nil, excelCSV.write(w, r.Matrix)
}

func (d *csvDialect) write(w io.Writer, m *matrix.Matrix) error {
	if _, err := io.WriteString(w, d.begin); err != nil {
		return err
	}
	lines := newCSVLines(w, d.separator)
	headings := csvHeadings(m)
	if err := lines.write(headings); err != nil {
		return err
	}
	cells := make([]string, len(headings))
	for i := range m.Rows {
		r := &m.Rows[i]
		for j, values := range csvCells(m, r) {
			cells[j] = d.cell(values)
			if d.most > 0 && len(cells[j]) > d.most {
				if n := len(utf16.Encode([]rune(cells[j]))); n > d.most {
					return fmt.Errorf("the cell %s of the row %s has %d UTF-16 units, and Excel takes at most %d; shorten its text", headings[j], r.ID, n, d.most)
				}
			}
		}
		if err := lines.write(cells); err != nil {
			return err
		}
	}
	return nil
}

// csvLines ends each line with CR LF itself: the library would put CR LF into
// cells as well.
type csvLines struct {
	w       io.Writer
	line    bytes.Buffer
	encoder *csv.Writer
}

func newCSVLines(w io.Writer, separator rune) *csvLines {
	l := &csvLines{w: w}
	l.encoder = csv.NewWriter(&l.line)
	l.encoder.Comma = separator
	return l
}

func (l *csvLines) write(cells []string) error {
	l.line.Reset()
	if err := l.encoder.Write(cells); err != nil {
		return err
	}
	l.encoder.Flush()
	_, err := l.w.Write(append(bytes.TrimSuffix(l.line.Bytes(), []byte("\n")), "\r\n"...))
	return err
}

// cell joins values, each of them in one line.
func (d *csvDialect) cell(values []string) string {
	if len(values) == 1 {
		return d.keep(oneLine(values[0]))
	}
	lines := make([]string, len(values))
	for i, v := range values {
		lines[i] = oneLine(v)
	}
	return d.keep(strings.Join(lines, d.joint))
}

// csvHeadings are the headings of the columns. Those of parties begin with
// "letters:", so that they cannot be mistaken for others.
func csvHeadings(m *matrix.Matrix) []string {
	list := []string{"row", "entry", "service", "variants", "control", "category", "duty", "title", "split"}
	for _, p := range m.Parties {
		list = append(list, "letters:"+p.ID)
	}
	return append(list, "side:aws", "side:customer", "side:others", "offers", "process", "evidence", "frequency", "source", "basis", "facts", "unknown-facts", "note")
}

// csvCells are the values of each cell of a row, under the headings.
func csvCells(m *matrix.Matrix, r *matrix.Row) [][]string {
	list := [][]string{{r.ID}, {r.Entry}, {r.Service}, r.Variants, {r.Control}, {string(r.Category)}, {r.Duty}, {r.Title}, {r.Split}}
	for _, l := range m.LettersOf(r) {
		list = append(list, []string{l.String()})
	}
	var facts []string
	for _, f := range r.Facts {
		facts = append(facts, f.ID+": "+f.Is)
	}
	sources := make([]string, len(r.Sources))
	for i, s := range r.Sources {
		sources[i] = view.SourceText(s)
	}
	return append(list, []string{r.Side(catalog.AWS)}, []string{r.Side(catalog.Customer)}, otherSides(r), []string{r.Offers},
		view.ProcessTexts(r.Process), r.Evidence, []string{string(r.Frequency)}, sources, []string{string(r.Basis)}, facts, r.UnknownFacts, []string{r.Note})
}

// otherSides returns what operators other than AWS and the customer do, each
// after its id.
func otherSides(r *matrix.Row) []string {
	var list []string
	for _, s := range r.Sides {
		if s.Who != catalog.AWS && s.Who != catalog.Customer {
			list = append(list, s.Who+": "+s.Text)
		}
	}
	return list
}

// oneLine returns s as UTF-8, with a space for each run of white space.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
}
