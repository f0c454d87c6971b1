package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/view"
)

// writeMarkdown writes a report to read, in the Markdown of GitHub: document
// control, parties, a table for each entry, coverage of frameworks, findings
// and a legend. Text of the user's is never read as markup.
func writeMarkdown(w io.Writer, r *view.Report) ([]string, error) {
	m := r.Matrix
	d := &markdown{Writer: bufio.NewWriter(w), report: r, m: m, operators: m.Operators(), entryOf: m.EntriesByName(), partyOf: m.PartiesByID()}
	d.control()
	d.parties()
	for first := 0; first < len(m.Rows); {
		next := first + 1
		for next < len(m.Rows) && m.Rows[next].Entry == m.Rows[first].Entry {
			next++
		}
		d.group(m.Rows[first:next])
		first = next
	}
	d.exceptions()
	d.coverage()
	d.findings(r.Findings.Open)
	d.waived(r.Findings.Accepted)
	d.legend()
	return nil, d.Flush()
}

// markdown is a report in the making. The writer keeps the first error.
type markdown struct {
	*bufio.Writer
	report    *view.Report
	m         *matrix.Matrix
	operators []matrix.Party
	entryOf   map[string]*matrix.Entry // by name
	partyOf   map[string]*matrix.Party // by id
}

func (d *markdown) heading(text string) { fmt.Fprintf(d, "\n## %s\n\n", literal(text)) }

// head begins a table.
func (d *markdown) head(names ...string) {
	d.row(names...)
	fmt.Fprintf(d, "|%s\n", strings.Repeat(" --- |", len(names)))
}

// row writes cells that are Markdown already.
func (d *markdown) row(cells ...string) { fmt.Fprintf(d, "| %s |\n", strings.Join(cells, " | ")) }

func (d *markdown) control() {
	m := d.m
	fmt.Fprintf(d, "# %s\n\n", literal(cmp.Or(m.Appearance.Title, strings.TrimSpace("RACI matrix "+m.System))))
	d.head("Document control", "")
	for _, f := range [][2]string{
		{"Organization", m.Organization}, {"System", m.System}, {"Revision", m.Revision}, {"Date", m.Date},
		{"Classification", m.Appearance.Classification}, {"Accountability", string(m.Accountability)},
		{"Catalog", strings.TrimSpace(m.Catalog.Version + " " + m.Catalog.Digest)}, {"Digest of this matrix", d.report.Digest()},
		{"Rows", fmt.Sprint(len(m.Rows))}, {"Rows without an accountable party", fmt.Sprint(m.Gaps())},
	} {
		d.row(f[0], literal(cmp.Or(f[1], "not stated")))
	}
}

func (d *markdown) parties() {
	d.heading("Parties")
	d.head("Id", "Name", "Kind", "Contact")
	for _, p := range d.m.Parties {
		d.row(literal(p.ID), literal(p.Name), literal(string(p.Kind)), literal(p.Contact))
	}
}

// group writes the rows of one entry.
func (d *markdown) group(rows []matrix.Row) {
	d.heading(d.m.EntryTitle(rows[0].Entry))
	if e := d.entryOf[rows[0].Entry]; e != nil {
		about := strings.Join(append([]string{e.ServiceName}, e.VariantNames...), ", ")
		if p := d.partyOf[e.Owner]; p != nil {
			about += "; owner: " + cmp.Or(p.Name, p.ID)
		}
		fmt.Fprintf(d, "%s\n\n", literal(about))
	}
	names := []string{"Duty", "Control", "Split", "What AWS does", "What the customer does"}
	for _, p := range d.operators {
		names = append(names, "What "+literal(cmp.Or(p.Name, p.ID))+" does")
	}
	for _, p := range d.m.Parties {
		names = append(names, literal(p.ID))
	}
	d.head(names...)
	for i := range rows {
		d.duty(&rows[i])
	}
}

func (d *markdown) duty(r *matrix.Row) {
	title := literal(cmp.Or(r.Title, r.Duty))
	if len(r.Sources) > 0 {
		title = "[" + title + "](" + address(r.Sources[0].URL) + ")"
	}
	cells := []string{title + d.marks(r), literal(cmp.Or(r.ControlName, r.Control)), literal(d.splitName(r.Split)),
		literal(r.Side(catalog.AWS)), literal(r.Side(catalog.Customer))}
	for _, p := range d.operators {
		cells = append(cells, literal(r.Side(p.ID)))
	}
	for _, p := range d.m.Parties {
		cells = append(cells, r.Letters(p.ID).String())
	}
	d.row(cells...)
}

// marks says what is special about a row.
func (d *markdown) marks(r *matrix.Row) string {
	var list []string
	if r.Accountable() == "" {
		list = append(list, "gap")
	}
	if r.Exception >= 0 {
		list = append(list, fmt.Sprintf("exception %d", r.Exception+1))
	}
	if r.Unassigned {
		list = append(list, "unassigned")
	}
	if len(list) == 0 {
		return ""
	}
	return " **" + strings.Join(list, ", ") + "**"
}

func (d *markdown) splitName(split string) string {
	switch split {
	case catalog.AWS:
		return "AWS"
	case catalog.Customer, catalog.Shared, catalog.NoSplit:
		return split
	}
	if p := d.partyOf[split]; p != nil {
		return cmp.Or(p.Name, p.ID)
	}
	return split
}

// literal returns text for one line or cell, with nothing in it that is
// markup but addresses, which GitHub makes links.
func literal(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	var b strings.Builder
	for i, r := range s {
		opens := i == 0 && strings.ContainsRune("#+-", r)
		if opens || strings.ContainsRune("\\`*_[]<>|~&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// address returns a URL as the target of a link in a cell.
func address(url string) string {
	return "<" + strings.NewReplacer("|", "%7C", "<", "%3C", ">", "%3E", " ", "%20", "\n", "%0A", "\r", "%0D", "\\", "%5C").Replace(url) + ">"
}
