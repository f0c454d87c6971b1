package report

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"raci/matrix/source"
	"raci/matrix/view"
)

// notInMarkdown are the sections that Markdown leaves out: a table with a column
// for each entry is wider than any page.
var notInMarkdown = []string{view.SplitGrid}

// writeMarkdown writes a report to read, in the Markdown of GitHub: every section
// of the view as a heading and its tables. The user's text is never read as
// markup.
func writeMarkdown(w io.Writer, r *view.Report) ([]string, error) {
	d := &markdown{bufio.NewWriter(w)}
	fmt.Fprintf(d, "# %s\n", escapeMarkdown(r.Title()))
	for _, s := range r.Sections() {
		if !slices.Contains(notInMarkdown, s.ID) {
			d.section(s)
		}
	}
	return nil, d.Flush()
}

// markdown is a report in the making. The writer keeps the first error.
type markdown struct{ *bufio.Writer }

func (d *markdown) section(s *view.Section) {
	fmt.Fprintf(d, "\n## %s\n", escapeMarkdown(s.Title))
	for _, text := range s.Intro {
		d.paragraph(text)
	}
	for _, t := range s.Tables {
		d.table(t)
	}
}

func (d *markdown) paragraph(text string) {
	if text != "" {
		fmt.Fprintf(d, "\n%s\n", escapeMarkdown(text))
	}
}

// table writes a table, with its headings anew for each group of rows.
func (d *markdown) table(t *view.Table) {
	if t.Title != "" {
		fmt.Fprintf(d, "\n### %s\n", escapeMarkdown(t.Title))
	}
	d.paragraph(t.Intro)
	begun := false
	for row := range t.Rows {
		if row.Group != "" {
			fmt.Fprintf(d, "\n### %s\n", escapeMarkdown(row.Group))
		}
		if row.Group != "" || !begun {
			d.head(t.Columns)
		}
		begun = true
		texts := make([]string, len(row.Cells))
		for i := range row.Cells {
			texts[i] = markdownCell(&row.Cells[i])
		}
		d.row(texts)
	}
	if !begun {
		d.paragraph(t.Empty)
	}
	d.paragraph(t.Note)
}

// head begins a table.
func (d *markdown) head(columns []view.Column) {
	titles, rules := make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		titles[i], rules[i] = escapeMarkdown(c.Title), "---"
		if c.Kind == view.Number {
			rules[i] = "--:"
		}
	}
	fmt.Fprintln(d)
	d.row(titles)
	d.row(rules)
}

// row writes cells that are Markdown already.
func (d *markdown) row(cells []string) { fmt.Fprintf(d, "| %s |\n", strings.Join(cells, " | ")) }

func markdownCell(c *view.Cell) string {
	if c.IsNumber {
		return c.Text()
	}
	texts := make([]string, len(c.Lines))
	for i, l := range c.Lines {
		texts[i] = markdownLine(l)
	}
	if c.More > 0 {
		texts = append(texts, view.AndMore(c.More))
	}
	return strings.Join(texts, "<br>")
}

// markdownLine writes what stands out in bold. Pages are links; a table has no
// anchors that other links could lead to.
func markdownLine(l view.Line) string {
	s := escapeMarkdown(l.WithHost())
	if l.Link.Kind == view.ToPage && s != "" && source.IsPage(l.Link.To) {
		s = "[" + s + "](" + address(l.Link.To) + ")"
	}
	if (l.Tone == view.Bad || l.Tone == view.Mark) && s != "" {
		s = "**" + s + "**"
	}
	return s
}

// noLinks breaks what GitHub makes a link of and is no page under https. A mail address
// stays one.
var noLinks = regexp.MustCompile(`(?i)\b(http:|ftp:|www)(//|\.)`)

// escapeMarkdown returns text for one line or cell, with nothing in it that is
// markup but pages under https and mail addresses, which GitHub makes links.
func escapeMarkdown(s string) string {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) || strings.Contains(" "+s+" ", "  ") {
		s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	}
	first := ""
	if s != "" && strings.IndexByte("#+-", s[0]) >= 0 {
		first, s = `\`+s[:1], s[1:]
	}
	s = first + markup.Replace(s)
	if strings.Contains(s, "://") || strings.Contains(s, "www.") {
		s = noLinks.ReplaceAllString(s, `$1\$2`)
	}
	return s
}

// markup are the characters that mean something in Markdown.
var markup = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "|", `\|`, "~", `\~`, "&", `\&`)

// address returns a URL as the target of a link in a cell.
func address(url string) string {
	return "<" + strings.NewReplacer("|", "%7C", "<", "%3C", ">", "%3E", " ", "%20", "\n", "%0A", "\r", "%0D", "\\", "%5C").Replace(entity.ReplaceAllString(url, "&amp;$1")) + ">"
}

// entity is what Markdown takes for another character, also in an address.
var entity = regexp.MustCompile(`&(#?[0-9A-Za-z]+;)`)
