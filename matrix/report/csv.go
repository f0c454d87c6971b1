package report

import (
	"encoding/csv"
	"io"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/view"
)

// writeCSV writes one line for each row after a line of headings, as RFC 4180
// has it: commas, lines that end with CR LF, quotes where needed, UTF-8
// without a byte order mark.
//
// The columns of parties are headed "letters:" and the party's id, so that
// they cannot be mistaken for others. Several values of a cell are separated
// by "; ", and what other operators do begins with their ids. Line ends and
// other runs of white space within a text become one space.
//
// A text that begins with =, +, - or @ would be run as a formula by a
// spreadsheet: it gets a ' before it, which a program takes off again.
func writeCSV(w io.Writer, r *view.Report) ([]string, error) {
	m := r.Matrix
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(csvHeadings(m)); err != nil {
		return nil, err
	}
	for i := range m.Rows {
		cells := csvCells(m, &m.Rows[i])
		for j, c := range cells {
			cells[j] = withoutFormula(c)
		}
		if err := out.Write(cells); err != nil {
			return nil, err
		}
	}
	out.Flush()
	return nil, out.Error()
}

func csvHeadings(m *matrix.Matrix) []string {
	list := []string{"row", "entry", "service", "variants", "control", "category", "duty", "title", "split"}
	for _, p := range m.Parties {
		list = append(list, "letters:"+p.ID)
	}
	return append(list, "side:aws", "side:customer", "side:others", "offers", "process", "evidence", "frequency", "source", "basis", "note")
}

func csvCells(m *matrix.Matrix, r *matrix.Row) []string {
	list := []string{r.ID, r.Entry, r.Service, strings.Join(r.Variants, "; "), r.Control, string(r.Category), r.Duty, r.Title, r.Split}
	for _, l := range m.LettersOf(r) {
		list = append(list, l.String())
	}
	var sources []string
	for _, s := range r.Sources {
		sources = append(sources, view.SourceText(s))
	}
	return append(list, r.Side(catalog.AWS), r.Side(catalog.Customer), strings.Join(otherSides(r), "; "), r.Offers, strings.Join(view.ProcessTexts(r.Process), "; "),
		strings.Join(r.Evidence, "; "), string(r.Frequency), strings.Join(sources, "; "), string(r.Basis), r.Note)
}

// otherSides returns what operators other than AWS and the customer do.
func otherSides(r *matrix.Row) []string {
	var list []string
	for _, s := range r.Sides {
		if s.Who != catalog.AWS && s.Who != catalog.Customer {
			list = append(list, s.Who+": "+s.Text)
		}
	}
	return list
}

// withoutFormula returns s in one line that no spreadsheet takes for a formula. A
// tab at its beginning, which would do as well, is white space and goes.
func withoutFormula(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	if s != "" && strings.IndexByte("=+-@", s[0]) >= 0 {
		return "'" + s
	}
	return s
}
