package pdf

import (
	"slices"
	"strings"

	"raci/matrix/view"
)

const (
	// signHeight is the least height of a row that somebody signs.
	signHeight = 38
	// mostRows is how many ids of rows a cell names.
	mostRows = 6
	// shortLines and shortText bound a cell of long texts, and each of them.
	shortLines, shortText = 8, 4
)

// listing is a table of the view on its way to the page.
type listing struct {
	*builder
	of      *view.Table
	in      *view.Section
	rows    []view.Row
	short   bool     // long texts are shortened
	groups  [][]int  // columns of the view that share one of the page
	labels  []string // before the texts of a column that shares one
	letters []int    // columns of the view that hold letters
	table   *table
}

// newListing prepares a table that is w wide from x, in a type size.
func (r *builder) newListing(t *view.Table, x, w, size float64) *listing {
	l := &listing{builder: r, of: t, in: &view.Section{}, rows: slices.Collect(t.Rows), table: &table{l: r.layout, x: x, size: size}}
	l.groupColumns()
	for _, group := range l.groups {
		l.table.cols = append(l.table.cols, l.head(group))
		if l.signed(group) {
			l.table.minimum = signHeight
		}
	}
	l.setWidths(w)
	return l
}

// groupColumns leaves out columns that are too wide for a page, and puts those
// that fold with the one before them. Letters of more parties than a page has
// room for share one column.
func (l *listing) groupColumns() {
	for i, c := range l.of.Columns {
		if c.Kind == view.Letters {
			l.letters = append(l.letters, i)
		}
	}
	for i, c := range l.of.Columns {
		switch n := len(l.groups); {
		case c.Wide:
		case n > 0 && (c.Fold || l.listed(i) && i > l.letters[0]):
			l.groups[n-1] = append(l.groups[n-1], i)
		default:
			l.groups = append(l.groups, []int{i})
		}
	}
	l.labels = make([]string, len(l.of.Columns))
	for _, group := range l.groups {
		for _, i := range group {
			if len(group) > 1 {
				l.labels[i] = l.of.Columns[i].Label
			}
		}
	}
}

// listed reports whether a column holds letters that are listed by name.
func (l *listing) listed(i int) bool {
	return l.of.Columns[i].Kind == view.Letters && len(l.letters) > listParties
}

// head is a column of the page. The titles of its columns stand below each
// other, as their texts do.
func (l *listing) head(group []int) column {
	if l.listed(group[0]) {
		return column{title: view.LettersTitle}
	}
	titles := make([]string, len(group))
	for k, i := range group {
		titles[k] = l.clean(l.of.Columns[i].Title)
	}
	kind := l.of.Columns[group[0]].Kind
	return column{title: strings.Join(titles, "\n"), center: kind == view.Letters, right: kind == view.Number}
}

func (l *listing) signed(group []int) bool {
	kind := l.of.Columns[group[0]].Kind
	return kind == view.Sign || kind == view.SignOn
}

// print prints the table, or what is to say where it has no rows, and its note.
func (l *listing) print() {
	kind := linkedRows[l.in.ID]
	for _, row := range l.rows {
		l.row = join(" of ", row.ID, l.in.Title)
		if row.Group != "" {
			l.table.group(l.bar(row.Group))
		}
		target := l.anchors[view.Link{Kind: kind, To: row.ID}]
		l.table.row(l.cells(row.Cells), func(float64) { l.place(target) })
	}
	l.row = ""
	if len(l.rows) == 0 {
		l.empty()
	}
	l.table.end()
	if note := l.clean(l.of.Note); note != "" {
		l.y += 4
		l.paragraph(l.table.x, l.table.width(), note, italic, max(l.table.size-0.5, small), grey)
	}
}

// empty says that there are no rows. A table for signatures can be signed even so.
func (l *listing) empty() {
	if l.of.Empty != "" {
		l.paragraph(l.table.x, l.table.width(), l.clean(l.of.Empty), regular, bodySize, ink)
		l.y += 3
	}
	if l.table.minimum > 0 {
		blank := make([]cell, len(l.groups))
		l.table.row(blank, nil)
		l.table.row(blank, nil)
	}
}

// bar is the heading of a group of rows: its name, then what it is.
func (l *listing) bar(group string) bar {
	title, detail, _ := strings.Cut(group, " \u00b7 ")
	return bar{title: l.clean(title), detail: l.clean(detail)}
}

// cells fills the columns of the page for a row.
func (l *listing) cells(cells []view.Cell) []cell {
	out := make([]cell, len(l.groups))
	for g, group := range l.groups {
		for _, i := range group {
			if i < len(cells) {
				l.fill(&out[g], i, &cells[i], l.table.cols[g].width)
			}
		}
	}
	return out
}

// fill adds what a cell of the view says to one of the page.
func (l *listing) fill(out *cell, i int, c *view.Cell, width float64) {
	if out.fill == 0 && !l.listed(i) {
		out.fill = styles[c.Tone].fill
	}
	lines := l.lines(i, c)
	switch column := &l.of.Columns[i]; {
	case column.Kind == view.Letters && !l.listed(i):
		for _, ln := range lines { // such columns are just wide enough
			out.lines = append(out.lines, l.wrapLine(ln, width+2*pad)...)
		}
	case column.Kind == view.Rows && len(lines)+c.More > mostRows+1:
		for _, ln := range lines[:mostRows] {
			out.lines = append(out.lines, l.wrapLine(ln, width)...)
		}
		rest := view.AndMore(len(lines) + c.More - mostRows)
		out.lines = append(out.lines, l.wrapLine(view.Line{Text: rest, Tone: view.Missing}, width)...)
	case column.Kind == view.Long && l.short:
		out.lines = append(out.lines, l.inShort(lines, width)...)
	default:
		for _, ln := range lines {
			out.lines = append(out.lines, l.wrapLine(ln, width)...)
		}
	}
}

// lines are the texts of a cell, each in its own tone or that of the cell.
func (l *listing) lines(i int, c *view.Cell) []view.Line {
	lines := c.Lines
	switch {
	case c.IsNumber:
		lines = []view.Line{{Text: c.Text()}}
	case l.labels[i] != "" && len(lines) > 0:
		lines = labelled(l.labels[i], lines)
	case l.listed(i) && c.Text() != "":
		lines = []view.Line{{Text: c.Text() + "\u00a0\u00a0" + l.of.Columns[i].Title}}
	}
	if c.Tone == view.Plain {
		return lines
	}
	lines = slices.Clone(lines)
	for k := range lines {
		if lines[k].Tone == view.Plain {
			lines[k].Tone = c.Tone
		}
	}
	return lines
}

// labelled says all in one line behind a label, or in several where they lead to
// pages.
func labelled(label string, lines []view.Line) []view.Line {
	first := lines[0]
	first.Text = label + ": " + first.Text
	if slices.ContainsFunc(lines, func(ln view.Line) bool { return ln.Link.Kind == view.ToPage }) {
		return append([]view.Line{first}, lines[1:]...)
	}
	texts := []string{first.Text}
	for _, ln := range lines[1:] {
		texts = append(texts, ln.Text)
	}
	first.Text = strings.Join(texts, ", ")
	return []view.Line{first}
}

// wrapLine wraps a line of the view into lines of a cell.
func (l *listing) wrapLine(ln view.Line, width float64) []line {
	st := styles[ln.Tone]
	return l.styled(ln, l.wrap(l.clean(ln.WithHost()), st.face, l.table.size, width-2*pad))
}

// styled gives texts the look of a line of the view, and leads where it leads.
func (l *listing) styled(ln view.Line, texts []string) []line {
	st, url := styles[ln.Tone], ""
	target := l.anchors[ln.Link]
	if ln.Link.Kind == view.ToPage {
		url = webAddress(ln.Link.To)
	}
	if (target > 0 || url != "") && st.color == ink {
		st.color = linkBlue
	}
	out := make([]line, len(texts))
	for i, s := range texts {
		out[i] = line{text: s, face: st.face, color: st.color, target: target, url: url}
	}
	return out
}

// inShort prints the beginnings of the first texts, and those whole that stand
// nowhere else.
func (l *listing) inShort(lines []view.Line, width float64) []line {
	var out []line
	used := 0
	for i, ln := range lines {
		if ln.Whole {
			out = append(out, l.wrapLine(ln, width)...)
			continue
		}
		texts := l.wrapAtMost(shortText, l.clean(ln.Text), styles[ln.Tone].face, l.table.size, width-2*pad)
		if used > 0 && used+len(texts) > shortLines {
			rest := "and for " + view.Count(len(lines)-i, "more service")
			return append(out, l.wrapLine(view.Line{Text: rest, Tone: view.Missing}, width)...)
		}
		used += len(texts)
		out = append(out, l.styled(ln, texts)...)
	}
	return out
}
