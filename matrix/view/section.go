package view

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"raci/matrix/source"
)

// Section is a part of the report with a heading of its own.
type Section struct {
	ID     string // lasting name, for links
	Title  string
	Short  string // the title where there is room for a word or two; Title where it is empty
	About  string // what it holds, in one line, for lists of contents
	Front  bool   // belongs to the first pages: what the document is, and the state of the system
	List   bool   // the tables are one list under the same headings, which a sheet shows as one
	Intro  []string
	Tables []*Table
}

// Table is rows under headings.
type Table struct {
	ID      string
	Title   string // where the section has several tables; else ""
	Intro   string
	Columns []Column
	Count   int // of the rows
	Rows    iter.Seq[Row]
	Facts   bool   // each row says what it is about: a format may leave the headings out
	Empty   string // what to say where there are no rows
	Note    string // stands below
}

// Column is a column of a table.
type Column struct {
	Title string
	Chars int // about how many characters wide its text likes to be
	Kind  Kind
	// Fold lets a format whose pages are narrow put the text below that of the
	// column before it.
	Fold bool
	// Label stands before the text where columns are put together that way.
	Label string
	// Spread lets a format with rows to spare give each line of the cell a row of
	// its own. Columns of one table that spread have as many lines each.
	Spread bool
	// Wide leaves the column to formats that are not bound by the width of a page.
	Wide bool
}

// Kind says what a column holds.
type Kind int

// The kinds of columns.
const (
	Text    Kind = iota
	Long         // a text that may be longer than a page has room for
	Number       // a count, in Cell.Number
	Letters      // of a RACI matrix
	Date         // as 2006-01-02, or a word where none is known
	Rows         // the ids of rows, a line each: a format may count them instead
	Sign         // empty, for a signature
	SignOn       // empty, for the day of a signature
	RowID        // the id of a row
)

// Row is a row of a table.
type Row struct {
	ID    string // lasting name within the table, for links; may be empty
	Group string // heading of the rows that begin here; "" goes on with the last one
	Cells []Cell
}

// Cell is one field of a row.
type Cell struct {
	Lines    []Line
	More     int // lines that are counted and not listed, because there are very many
	Number   int
	IsNumber bool
	Tone     Tone // of the field as a whole
}

// Line is one line of a cell, which a format may wrap.
type Line struct {
	Text string
	Tone Tone
	Link Link
	// Whole says that the text stands nowhere else in the report, so a format
	// that shortens long texts leaves it as it is.
	Whole bool
}

// Text returns the lines of a cell as one text.
func (c *Cell) Text() string {
	if c.IsNumber {
		return strconv.Itoa(c.Number)
	}
	if len(c.Lines) == 1 && c.More == 0 {
		return c.Lines[0].Text
	}
	texts := make([]string, len(c.Lines))
	for i, l := range c.Lines {
		texts[i] = l.Text
	}
	if c.More > 0 {
		texts = append(texts, AndMore(c.More))
	}
	return strings.Join(texts, "\n")
}

// AndMore is what stands for n lines that are not listed.
func AndMore(n int) string { return fmt.Sprintf("and %d more", n) }

// Link leads to another place. The zero Link leads nowhere.
type Link struct {
	Kind LinkKind
	To   string
}

// WithHost returns the text of a line and, where it leads to a page and does not say
// so, the host of that page: a reader sees where a link leads.
func (l *Line) WithHost() string {
	if l.Link.Kind != ToPage || l.Text == "" {
		return l.Text
	}
	if host := source.PageHost(l.Link.To); host != "" && !strings.Contains(l.Text, host) {
		return l.Text + " (" + host + ")"
	}
	return l.Text
}

// LinkKind says what a link leads to.
type LinkKind int

// The kinds of links.
const (
	NoLink      LinkKind = iota
	ToPage               // an address on the web
	ToRow                // a row of the matrix, by id
	ToSection            // by id
	ToParty              // by id
	ToException          // by its number, from 1
	ToFramework          // by the name of the selection
)

// Tone says what a text or a field is about. Each format has a look for it.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Strong
	Quiet       // a place, an id: for who looks closer
	Missing     // says that something is not stated
	PerformsAWS // who performs a duty, or owns a requirement
	PerformsCustomer
	PerformsShared
	PerformsOperator
	PerformsNobody
	HoldsA
	HoldsAR
	HoldsR
	HoldsC
	HoldsI
	Bad    // a gap, an error
	Doubt  // a warning
	Remark // a note
	Mark   // what is special about a row
)

// text is a cell of plain text.
func text(s string) Cell { return toned(s, Plain) }

// toned is a cell of text in a tone.
func toned(s string, tone Tone) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{Lines: []Line{{Text: s, Tone: tone}}}
}

// field is a cell that has the tone as a whole.
func field(s string, tone Tone) Cell { return Cell{Lines: []Line{{Text: s}}, Tone: tone} }

// linked is a cell of text that leads somewhere.
func linked(s string, kind LinkKind, to string) Cell {
	return Cell{Lines: []Line{{Text: s, Link: Link{kind, to}}}}
}

func number(n int) Cell { return Cell{Number: n, IsNumber: true} }

// list is a cell with a line for each text.
func list(texts []string) Cell {
	c := Cell{Lines: make([]Line, len(texts))}
	for i, s := range texts {
		c.Lines[i].Text = s
	}
	return c
}

// rowRefs is a cell with a line for each row.
func rowRefs(ids []string) Cell {
	c := Cell{Lines: make([]Line, len(ids))}
	for i, id := range ids {
		c.Lines[i] = Line{Text: id, Link: Link{ToRow, id}}
	}
	return c
}

// stated is a text, or says that there is none.
func stated(s string) Cell {
	if s == "" {
		return toned("not stated", Missing)
	}
	return text(s)
}

// fixed makes a table of rows that are few.
func fixed(t *Table, rows []Row) *Table {
	t.Count, t.Rows = len(rows), slices.Values(rows)
	return t
}

func cells(c ...Cell) Row { return Row{Cells: c} }
