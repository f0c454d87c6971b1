package view

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Dump writes what the report says as plain text: each section with its tables,
// a line for each row. It is what a reviewer reads to see that words changed.
func Dump(w io.Writer, r *Report) error {
	d := dump{bufio.NewWriter(w)}
	for _, s := range r.Sections() {
		d.section(s)
	}
	return d.Flush()
}

type dump struct{ *bufio.Writer }

func (d dump) section(s *Section) {
	front := ""
	if s.Front {
		front = ", front"
	}
	fmt.Fprintf(d, "\n== %s (%s%s): %s\n", s.Title, s.ID, front, s.About)
	for _, text := range s.Intro {
		fmt.Fprintln(d, text)
	}
	for _, t := range s.Tables {
		d.table(t)
	}
}

func (d dump) table(t *Table) {
	if t.Title != "" {
		fmt.Fprintf(d, "\n-- %s\n", t.Title)
	}
	if t.Intro != "" {
		fmt.Fprintln(d, t.Intro)
	}
	titles := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = c.Title
	}
	fmt.Fprintf(d, "[%s] %d rows\n", strings.Join(titles, " | "), t.Count)
	n := 0
	for row := range t.Rows {
		if n++; row.Group != "" {
			fmt.Fprintf(d, "# %s\n", row.Group)
		}
		d.row(&row)
	}
	if n == 0 && t.Empty != "" {
		fmt.Fprintln(d, t.Empty)
	}
	if t.Note != "" {
		fmt.Fprintln(d, t.Note)
	}
}

func (d dump) row(row *Row) {
	texts := make([]string, len(row.Cells))
	for i := range row.Cells {
		texts[i] = strings.ReplaceAll(row.Cells[i].Text(), "\n", " / ")
	}
	fmt.Fprintln(d, strings.TrimRight(strings.Join(texts, " | "), " |"))
}
