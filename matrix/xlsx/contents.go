package xlsx

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf16"

	"raci/matrix/view"
)

// summarySheet is the name of the first sheet, which no section has.
const summarySheet = view.SummaryTitle

// content is a sheet and what writes it.
type content struct {
	section string // id; empty where the sheet is not one of the sections
	name    string
	about   string
	write   func(b *book, name string) error
}

// contents returns the sheets of a report, in their order.
func contents(r *view.Report) []content {
	var front []*view.Section
	list := []content{{name: summarySheet}}
	for _, s := range r.Sections() {
		if s.Front {
			front = append(front, s)
			continue
		}
		list = append(list, content{section: s.ID, name: sheetName(cmp.Or(s.Short, s.Title), list), about: s.About, write: writerOf(s)})
	}
	list[0].write = func(b *book, _ string) error { return b.writeSummary(front) }
	return list
}

// writerOf returns what writes the sheet of a section: for those that only a
// workbook can show so, a function of its own.
func writerOf(s *view.Section) func(b *book, name string) error {
	write := (*book).writeTable
	switch {
	case s.ID == view.MatrixSection:
		write = (*book).writeMatrix
	case s.ID == view.SplitGrid:
		write = (*book).writeSplit
	case s.ID == view.Parties:
		write = (*book).writeParties
	case len(s.Tables) == 0 || len(s.Tables) > 1 && !s.List:
		write = (*book).writeStack
	}
	return func(b *book, name string) error { return write(b, s, name) }
}

// nameLimit is the most UTF-16 units that the name of a sheet holds.
const nameLimit = 31

// sheetName returns a title as the name of a sheet that others do not have. Excel
// refuses some characters, and the name History.
func sheetName(title string, others []content) string {
	title = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return '-'
		}
		return r
	}, oneLine(title)), "' ")
	name := shortened(cmp.Or(title, "Sheet"), nameLimit)
	for n := 2; isTaken(name, others); n++ {
		suffix := fmt.Sprint(" ", n)
		name = shortened(title, nameLimit-len(suffix)) + suffix
	}
	return name
}

func isTaken(name string, others []content) bool {
	taken := strings.EqualFold(name, "History")
	for _, c := range others {
		taken = taken || strings.EqualFold(name, c.name)
	}
	return taken
}

// shortened returns the beginning of s, of so many UTF-16 units at most.
func shortened(s string, most int) string {
	n := 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n > most {
			return strings.TrimRight(s[:i], "' ")
		}
	}
	return s
}

// sheetOf returns the name of the sheet that shows a section, or "".
func (b *book) sheetOf(section string) string {
	for _, c := range b.contents {
		if c.section == section {
			return c.name
		}
	}
	return ""
}

// matrixSheet returns the name of the sheet of the matrix as formulas and links
// need it.
func (b *book) matrixSheet() string { return quoted(b.sheetOf(view.MatrixSection)) }
