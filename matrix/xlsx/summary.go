package xlsx

import (
	"strings"

	"raci/matrix/source"
)

// summary lays the sheet Summary out: tables at the left, charts and the
// list of sheets at the right.
type summary struct {
	b       *book
	lines   []line
	columns int // of the left part
	charts  []summaryChart
	counter int // row of the live counter
}

// Columns of the right part of the summary, and their width.
const (
	rightColumns = 7
	rightWidth   = 10
)

// writeSummary writes the first sheet.
func (b *book) writeSummary() error {
	p := &summary{b: b, columns: 2 + max(len(b.stats.splits)+1, 5)}
	p.control()
	p.bySplit(p.state())
	p.coverage()
	p.exceptions()
	p.approval()
	p.byControl()
	p.byParty()
	s, err := b.newSheet(plan{name: "Summary", widths: p.widths(), rows: len(p.lines), paper: paperA4, whole: true, tab: p.b.palette.head})
	if err != nil {
		return err
	}
	for _, l := range p.lines {
		s.add(l)
	}
	if s.err == nil {
		s.err = p.draw(s)
	}
	return s.close()
}

// widths returns the widths of the columns.
func (p *summary) widths() []float64 {
	w := []float64{30, 22}
	for len(w) < p.columns {
		w = append(w, 10)
	}
	w = append(w, 3)
	for range rightColumns {
		w = append(w, rightWidth)
	}
	return w
}

// row returns the number that the next line gets.
func (p *summary) row() int { return len(p.lines) + 1 }

func (p *summary) add(cells ...cell) { p.lines = append(p.lines, line{cells: cells}) }

// section leaves a line empty and begins a part.
func (p *summary) section(name string) {
	p.lines = append(p.lines, line{height: 10, begins: true}, line{cells: []cell{{look: section, text: name}}, height: 20})
}

// wide returns a cell that is merged over n columns.
func wide(c cell, n int) []cell {
	c.span = n
	cells := []cell{c}
	for len(cells) < n {
		cells = append(cells, cell{look: c.look})
	}
	return cells
}

// fact adds a label with a value over the rest of the left part.
func (p *summary) fact(name, text string) {
	p.add(append([]cell{{look: label, text: name}}, wide(cell{look: value, text: text}, p.columns-1)...)...)
}

// control adds the title and the document control, with the list of sheets
// at the right.
func (p *summary) control() {
	m := p.b.m
	p.lines = append(p.lines,
		line{cells: []cell{{look: title, text: oneLine(p.b.title())}}, height: 30},
		line{cells: []cell{{look: subtitle, text: oneLine(strings.Trim(m.Organization+" · "+m.System, " ·"))}}, height: 18})
	p.section("Document control")
	first := len(p.lines)
	p.fact("Organization", m.Organization)
	p.fact("System", m.System)
	p.fact("Title", p.b.title())
	p.fact("Revision", or(m.Revision, "not stated"))
	p.fact("Date", or(m.Date, "not stated"))
	p.fact("Classification", or(m.Appearance.Classification, "not stated"))
	p.fact("Accountability", conventionName(m.Accountability)+": "+convention(m.Accountability))
	p.fact("Catalog", strings.TrimSpace(or(m.Catalog.Version, "not stated")+"\n"+m.Catalog.Digest))
	p.fact("Digest of this matrix", p.b.report.Digest())
	if origin := p.b.report.Origin(); origin != "" {
		p.fact("Origin", origin)
	}
	p.sheetList(first)
}

// sheetList puts links to the sheets at the right of the lines from first on.
func (p *summary) sheetList(first int) {
	p.right(first-1, cell{look: section, text: "Sheets"})
	for i, c := range p.b.contents() {
		cells := append(wide(cell{look: valueLink, text: c.name, link: "#" + c.name + "!A1"}, 2),
			wide(cell{look: value, text: c.about}, rightColumns-2)...)
		p.right(first+i, cells...)
	}
}

// right puts cells into the right part of a line.
func (p *summary) right(i int, cells ...cell) {
	for len(p.lines) <= i {
		p.lines = append(p.lines, line{})
	}
	l := &p.lines[i]
	for len(l.cells) <= p.columns {
		l.cells = append(l.cells, cell{look: bare})
	}
	l.cells = append(l.cells, cells...)
}

// state adds what needs somebody's eye, and returns its first line.
func (p *summary) state() int {
	b := p.b
	p.section("State")
	first := len(p.lines)
	p.counter = p.row()
	count, about := cell{look: counter, isNum: true, number: b.m.Gaps()}, "Counted when the workbook was made."
	if b.layout.live() {
		count.formula = `COUNTIF(` + b.layout.checkRange() + `,"no A")+COUNTIF(` + b.layout.checkRange() + `,"two As")`
		about = "Counted live over the sheet Matrix: it follows every edit there."
	}
	p.add(append([]cell{{look: label, text: "Rows without exactly one A"}, count}, wide(cell{look: value, text: about}, p.columns-2)...)...)
	unassigned, excepted := 0, 0
	for i := range b.m.Rows {
		if b.m.Rows[i].Unassigned {
			unassigned++
		}
		if b.m.Rows[i].Exception >= 0 {
			excepted++
		}
	}
	p.numberFact("Rows", len(b.m.Rows), itoa(len(b.m.Entries))+" entries, "+itoa(len(b.m.Parties))+" parties")
	p.numberFact("Unassigned rows", unassigned, "No rule and no owner names who does the customer's part; the accountable party holds A/R.")
	p.numberFact("Rows under an exception", excepted, "Deviations from the catalog: see the exceptions below.")
	n := map[source.Severity]int{}
	for _, f := range b.report.Findings.Open {
		n[f.Severity]++
	}
	p.numberFact("Open findings: errors", n[source.Error], "")
	p.numberFact("Open findings: warnings", n[source.Warning], "")
	p.numberFact("Open findings: notes", n[source.Note], "")
	if len(b.report.Findings.Accepted) > 0 {
		p.numberFact("Accepted findings", len(b.report.Findings.Accepted), "Waived in the manifest, each for a reason and until a day: see the sheet Findings.")
	}
	return first
}

func (p *summary) numberFact(name string, n int, text string) {
	p.add(append([]cell{{look: label, text: name}, {look: number, isNum: true, number: n}},
		wide(cell{look: value, text: text}, p.columns-2)...)...)
}

// bySplit puts the counts of rows by split at the right of the lines from
// first on.
func (p *summary) bySplit(first int) {
	st := p.b.stats
	p.right(first-1, cell{look: section, text: "Duties by split"})
	p.right(first, append(wide(cell{look: heading, text: "Split"}, rightColumns-2), cell{look: heading, text: "Rows"}, cell{look: heading, text: "Share"})...)
	for i, s := range st.splits {
		p.right(first+1+i, append(wide(cell{look: splitLook(s), text: p.b.splitName(s)}, rightColumns-2),
			cell{look: number, isNum: true, number: st.bySplit[s]}, cell{look: centred, text: share(st.bySplit[s], len(p.b.m.Rows))})...)
	}
}

// share returns n of all in percent.
func share(n, all int) string {
	switch percent := (n*100 + all/2) / max(all, 1); {
	case n == 0:
		return "–"
	case percent == 0:
		return "< 1 %"
	default:
		return itoa(percent) + " %"
	}
}

// byControl adds the counts of rows by control and split.
func (p *summary) byControl() {
	b := p.b
	p.section("Duties per control")
	head := []cell{{look: heading, text: "Control"}, {look: heading, text: "Category"}}
	for _, s := range b.stats.splits {
		head = append(head, cell{look: heading, text: b.splitName(s)})
	}
	p.add(append(head, cell{look: heading, text: "Total"})...)
	first := p.row()
	for _, c := range b.stats.controls {
		cells := []cell{{look: plain, text: c.name}, {look: plain, text: c.category}}
		for _, s := range b.stats.splits {
			cells = append(cells, cell{look: number, isNum: true, number: c.bySplit[s]})
		}
		p.add(append(cells, cell{look: number, isNum: true, number: c.rows})...)
	}
	p.chart(p.splitChart(first, p.row()-1))
}

// byParty adds the counts of letters by party, which follow edits.
func (p *summary) byParty() {
	b := p.b
	p.section("Letters per party")
	var head []cell
	for _, name := range []string{"Party", "Kind", "A", "R", "C", "I"} {
		head = append(head, cell{look: heading, text: name})
	}
	p.add(head...)
	first := p.row()
	for i, party := range b.m.Parties {
		n := b.stats.letters[party.ID]
		live := func(letter string, count int) cell {
			n := cell{look: number, isNum: true, number: count}
			if b.layout.firstParty > 0 {
				c := column(b.layout.firstParty + i)
				n.formula = `COUNTIF(Matrix!$` + c + `$2:$` + c + `$` + itoa(max(b.layout.last, 2)) + `,"*` + letter + `*")`
			}
			return n
		}
		p.add(cell{look: plain, text: or(party.Name, party.ID)}, cell{look: plain, text: kindName(party.Kind)},
			live("A", n.a), live("R", n.r), live("C", n.c), live("I", n.i))
	}
	p.chart(p.letterChart(first, p.row()-1))
}

// exceptions adds the deviations from the catalog and their ends.
func (p *summary) exceptions() {
	const most = 15
	list := p.b.m.Exceptions
	p.section("Exceptions")
	if len(list) == 0 {
		p.add(cell{look: bare, text: "None: every row is as the catalog has it."})
		return
	}
	p.add(append([]cell{{look: heading, text: "Exception"}, {look: heading, text: "Ends"}},
		wide(cell{look: heading, text: "Reason"}, p.columns-2)...)...)
	for i := range list[:min(most, len(list))] {
		e := &list[i]
		p.add(append([]cell{{look: plain, text: itoa(i+1) + " (" + plural(len(e.Rows), "row") + ")"}, {look: plain, text: exceptionEnd(e)}},
			wide(cell{look: value, text: e.Reason}, p.columns-2)...)...)
	}
	if len(list) > most {
		p.add(cell{look: bare, text: "and " + itoa(len(list)-most) + " more: see the sheet Exceptions."})
	}
}

// approval adds the cells to sign.
func (p *summary) approval() {
	p.section("Approval")
	if len(p.b.m.Appearance.Approvers) == 0 {
		p.add(cell{look: bare, text: "The manifest names no approvers."})
		return
	}
	rest := p.columns - 3
	p.add(append([]cell{{look: heading, text: "Approver"}, {look: heading, text: "Contact"}, {look: heading, text: "Date"}},
		wide(cell{look: heading, text: "Signature"}, rest)...)...)
	for _, id := range p.b.m.Appearance.Approvers {
		contact := ""
		if party := p.b.m.Party(id); party != nil {
			contact = party.Contact
		}
		p.lines = append(p.lines, line{height: 34, cells: append([]cell{{look: plain, text: p.b.name(id)}, {look: plain, text: contact}, {look: dateBox}},
			wide(cell{look: signBox}, rest)...)})
	}
}

// plural returns "1 row" or "2 rows".
func plural(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return itoa(n) + " " + what
}
