package xlsx

import (
	"iter"
	"slices"
	"strings"

	"raci/matrix/source"
)

// list writes a sheet that is one table of n lines. Where there are none it
// says so.
func (b *book) list(p plan, columns []matrixColumn, n int, lines iter.Seq[line], none string) error {
	widths, _ := b.widths(columns)
	p.widths, p.rows, p.freezeRows = widths, 1+max(n, 1), 1
	if p.paper == 0 {
		p.paper = paperA4
	}
	p.table = n > 0
	s, err := b.newSheet(p)
	if err != nil {
		return err
	}
	for _, c := range columns {
		s.heads = append(s.heads, c.heading)
	}
	s.add(headings(columns, 0))
	for l := range lines {
		s.add(l)
	}
	if n == 0 {
		s.add(line{cells: []cell{{look: bare, text: none}}})
	}
	return s.close()
}

// writeFindings writes what the checks have to say, and what of it was
// accepted.
func (b *book) writeFindings() error {
	columns := []matrixColumn{{heading: "Severity", width: 11}, {heading: "Rule", width: 20}, {heading: "Row", width: 26}, {heading: "In Matrix", width: 10},
		{heading: "What is wrong", width: 46}, {heading: "What to do", width: 46}, {heading: "Where", width: 26}}
	if len(b.report.Findings.Accepted) > 0 { // narrower, so that the sheet still prints on one page across
		columns[4].width, columns[5].width, columns[6].width = 38, 34, 22
		columns = append(columns, matrixColumn{heading: "Accepted until", width: 14}, matrixColumn{heading: "Accepted because", width: 34})
	}
	return b.list(plan{name: "Findings", tab: alarm}, columns, len(b.report.Findings.Open)+len(b.report.Findings.Accepted), func(yield func(line) bool) {
		for i := range b.report.Findings.Open {
			l := b.findingLine(&b.report.Findings.Open[i], severityLook(b.report.Findings.Open[i].Severity))
			if len(b.report.Findings.Accepted) > 0 {
				l.cells = append(l.cells, cell{look: centred, text: "open"}, cell{look: plain})
			}
			if !yield(l) {
				return
			}
		}
		for i := range b.report.Findings.Accepted {
			w := &b.report.Findings.Accepted[i]
			l := b.findingLine(&w.Diagnostic, centred)
			l.cells = append(l.cells, cell{look: centred, text: w.Expires}, cell{look: plain, text: w.Reason})
			if !yield(l) {
				return
			}
		}
	}, "No findings.")
}

func (b *book) findingLine(f *source.Diagnostic, severity look) line {
	return line{about: "finding " + f.Rule + " on " + or(f.Row, f.At.String()), cells: []cell{
		{look: severity, text: string(f.Severity)}, {look: plain, text: f.Rule}, {look: small, text: f.Row}, b.goTo(f.Row),
		{look: plain, text: f.Message}, {look: plain, text: f.Hint}, {look: small, text: f.At.String()}}}
}

func severityLook(s source.Severity) look {
	switch s {
	case source.Error:
		return gapMark
	case source.Warning:
		return letterC
	}
	return letterI
}

// writeExceptions writes the deviations from the catalog, with a line for
// each row that they change.
func (b *book) writeExceptions() error {
	columns := []matrixColumn{{heading: "Exception", width: 11}, {heading: "Row", width: 30}, {heading: "In Matrix", width: 10}, {heading: "Duty", width: 32},
		{heading: "Reason", width: 46}, {heading: "Ends", width: 12}, {heading: "State", width: 16}, {heading: "Where", width: 24}}
	n := 0
	for i := range b.m.Exceptions {
		n += max(1, len(b.m.Exceptions[i].Rows))
	}
	titles := map[string]string{}
	for i := range b.m.Rows {
		if r := &b.m.Rows[i]; r.Exception >= 0 {
			titles[r.ID] = or(r.Title, r.Duty)
		}
	}
	return b.list(plan{name: "Exceptions", tab: "B8860B"}, columns, n, func(yield func(line) bool) {
		for i := range b.m.Exceptions {
			e := &b.m.Exceptions[i]
			rows := e.Rows
			if len(rows) == 0 {
				rows = []string{""}
			}
			for _, id := range rows {
				l := line{about: "exception " + itoa(i+1) + ", row " + id, cells: []cell{
					{look: centred, text: itoa(i + 1)}, {look: small, text: or(id, "no row")}, b.goTo(id), {look: plain, text: titles[id]},
					{look: plain, text: e.Reason}, {look: centred, text: or(e.Expires, "no end")}, {look: plain, text: exceptionState(e)}, {look: small, text: e.At.String()}}}
				if !yield(l) {
					return
				}
			}
		}
	}, "")
}

// sourceUse is a page and the rows that rest on it.
type sourceUse struct {
	url, oldest, newest string
	rows                int
	services            []string // names, in the order of the rows
}

// sources returns the pages by URL.
func (b *book) sources() []*sourceUse {
	by := map[string]*sourceUse{}
	name := b.serviceName()
	for i := range b.m.Rows {
		r := &b.m.Rows[i]
		for _, s := range r.Sources {
			u := by[s.URL]
			if u == nil {
				u = &sourceUse{url: s.URL, oldest: s.Checked, newest: s.Checked}
				by[s.URL] = u
			}
			u.rows++
			u.oldest, u.newest = min(u.oldest, s.Checked), max(u.newest, s.Checked)
			if service := or(name(r), b.m.EntryTitle(r.Entry)); len(u.services) <= mostServices && !slices.Contains(u.services, service) {
				u.services = append(u.services, service)
			}
		}
	}
	list := make([]*sourceUse, 0, len(by))
	for _, u := range by {
		list = append(list, u)
	}
	slices.SortFunc(list, func(x, y *sourceUse) int { return strings.Compare(x.url, y.url) })
	return list
}

// mostServices is how many services the line of a page names.
const mostServices = 12

// writeSources writes the pages that the rows rest on.
func (b *book) writeSources() error {
	list := b.sources()
	longest := 0
	for _, u := range list {
		longest = max(longest, textWidth(u.url, &b.arial.regular))
	}
	// Links stay in one line, so the column is as wide as the longest.
	width := min(max(60, float64(longest)*bodySize*4/3/1000/0.95/8+2), 130)
	columns := []matrixColumn{{heading: "Page", width: width}, {heading: "Checked", width: 10}, {heading: "Rows", width: 8}, {heading: "For", width: 44}}
	return b.list(plan{name: "Sources", tab: "5B8C5A"}, columns, len(list), func(yield func(line) bool) {
		for _, u := range list {
			checked := u.oldest
			if u.newest != u.oldest {
				checked = strings.TrimPrefix(u.oldest+" to "+u.newest, " to ")
			}
			services := strings.Join(u.services[:min(mostServices, len(u.services))], ", ")
			if len(u.services) > mostServices {
				services += " and more"
			}
			text := u.url
			if b.lines(text, link, width) > 1 {
				text = b.shortAddress(text, link, width)
			}
			l := line{about: "source " + head(u.url, 80), cells: []cell{
				{look: link, text: text, link: u.url}, {look: centred, text: checked}, {look: number, isNum: true, number: u.rows}, {look: plain, text: services}}}
			if !yield(l) {
				return
			}
		}
	}, "No row names a source.")
}
