package pdf

import (
	"fmt"
	"strings"

	"raci/matrix"
)

// coverage is a framework in use, and how its requirements are answered.
type coverage struct {
	name    string // cleaned
	target  int
	answers []matrix.Answer
}

// ownerships in the order in which they are drawn and counted.
var ownerships = [...]struct {
	id        matrix.Ownership
	name      string
	bar, tint rgb
}{
	{matrix.Inherited, "Inherited", awsBar, awsTint},
	{matrix.OwnedByBoth, "Shared", sharedBar, sharedTint},
	{matrix.OwnedByCustomer, "Customer", customerBar, customerTint},
	{matrix.NotApplicable, "n/a", 0xB9C0C8, 0},
}

func (c *coverage) counts() (n [len(ownerships)]int) {
	for i := range c.answers {
		for k, o := range ownerships {
			if o.id == c.answers[i].Ownership {
				n[k]++
			}
		}
	}
	return n
}

// coverages answers the requirements of the frameworks in use.
func (r *builder) coverages() []coverage {
	var out []coverage
	for i := range r.m.Frameworks {
		s := &r.m.Frameworks[i]
		name := s.Name
		if s.Framework.Name != "" {
			name = s.Framework.Name
			if _, baseline, ok := strings.Cut(s.Name, "/"); ok {
				name += ", " + baseline
			}
		}
		out = append(out, coverage{r.clean(name), r.newTarget(), r.report.Answers(s)})
	}
	return out
}

// requirements lists, framework by framework, who answers each requirement.
func (r *builder) requirements() {
	if len(r.covered) == 0 {
		return
	}
	r.newPage()
	r.section("Requirements by framework", 120)
	r.paragraph(margin, r.textWidth, "Inherited: AWS alone does all that the requirement asks of the system. Customer: AWS has no part in it. Shared: any other. "+
		"n/a: not applicable; no duty of the system answers it, or the manifest leaves it out for the reason given. What rows say is shortened here; what the organization does itself, which no row says, comes first and is whole.", regular, 8.5, ink)
	r.y += 4
	for i := range r.covered {
		if i > 0 {
			r.newPage()
		}
		r.framework(&r.covered[i])
	}
}

func (r *builder) framework(c *coverage) {
	r.room(120)
	r.place(c.target)
	r.marks = append(r.marks, mark{1, c.name, c.target})
	r.text(margin, r.y+13, r.shorten(c.name, bold, 13, r.textWidth), bold, 13, r.accent)
	r.y += 19
	n := c.counts()
	var parts []string
	for k, o := range ownerships {
		parts = append(parts, fmt.Sprintf("%s: %d", o.name, n[k]))
	}
	r.paragraph(margin, r.textWidth, join("  \u00b7  ", append([]string{count(len(c.answers), "requirement", "requirements")}, parts...)...), regular, 8.5, ink)
	r.y += 4
	rest := r.textWidth - 140 - 46 - 96 - 150
	t := r.listTable([]float64{140, 46, 96, rest * 0.46, 0, 150}, "Requirement", "Ownership", "Responsible and accountable", "What AWS does", "What the customer does", "Rows")
	for i := range c.answers {
		r.row = "of the requirement " + c.answers[i].Requirement.ID
		t.row(r.requirementCells(&c.answers[i], t.cols), nil)
	}
	t.end()
}

func (r *builder) requirementCells(a *matrix.Answer, cols []column) []cell {
	title := r.wrapped(r.clean(a.Requirement.ID), bold, ink, cols[0].width)
	for _, s := range r.wrapAtMost(5, r.clean(a.Requirement.Title), regular, small, cols[0].width-2*pad) {
		title = append(title, line{text: s, color: ink})
	}
	ownership := cell{}
	for _, o := range ownerships {
		if o.id == a.Ownership {
			ownership = cell{lines: r.wrapped(o.name, regular, ink, cols[1].width), fill: o.tint}
		}
	}
	var who []line
	for _, w := range []struct {
		letter  string
		parties []string
	}{{"A", a.Accountable}, {"R", a.Responsible}} {
		if len(w.parties) > 0 {
			who = append(who, r.wrapped(w.letter+": "+some(r.partyNames(w.parties), 6), regular, ink, cols[2].width)...)
		}
	}
	var customer []line
	for _, s := range a.Organization {
		customer = append(customer, r.wrapped(r.clean(s), regular, ink, cols[4].width)...)
	}
	customer = append(customer, r.inShort(a.Customer, cols[4].width)...)
	if a.Excluded != "" {
		customer = r.wrapped("Left out: "+r.clean(a.Excluded), italic, ink, cols[4].width)
	}
	return []cell{{lines: title}, ownership, {lines: who}, {lines: r.inShort(a.AWS, cols[3].width)}, {lines: customer}, {lines: r.answerRows(a, cols[5].width)}}
}

func (r *builder) partyNames(ids []string) []string {
	var names []string
	for _, id := range ids {
		names = append(names, r.party(id))
	}
	return names
}

// inShort prints the first of the texts.
func (r *builder) inShort(texts []string, width float64) []line {
	const most, each = 8, 4
	var out []line
	for i, s := range texts {
		lines := r.wrapAtMost(each, r.clean(s), regular, small, width-2*pad)
		if i > 0 && len(out)+len(lines) > most {
			return append(out, r.wrapped(fmt.Sprintf("and for %s", count(len(texts)-i, "more service", "more services")), italic, grey, width)...)
		}
		for _, ln := range lines {
			out = append(out, line{text: ln, color: ink})
		}
	}
	return out
}

// answerRows are the first rows that answer a requirement, each with a link.
func (r *builder) answerRows(a *matrix.Answer, width float64) []line {
	const most = 6
	var out []line
	for i, row := range a.Rows {
		if i == most && len(a.Rows) > most+1 {
			return append(out, r.wrapped(fmt.Sprintf("and %d more", len(a.Rows)-most), italic, grey, width)...)
		}
		out = append(out, r.rowLines(row.ID, width)...)
	}
	return out
}

// coverageBars draws the coverage of the frameworks, in the summary.
func (r *builder) coverageBars(x, w float64) {
	const most = 4
	if len(r.covered) == 0 {
		return
	}
	r.y += 8
	r.heading(x, "Coverage of frameworks")
	for i := range r.covered {
		if i == most {
			r.text(x, r.y+8, fmt.Sprintf("and %d more: see Requirements by framework", len(r.covered)-most), italic, small, grey)
			r.y += 10
			break
		}
		c := &r.covered[i]
		total := fmt.Sprint(len(c.answers))
		r.text(x, r.y+8, r.shorten(c.name, regular, 8, w-30), regular, 8, linkBlue)
		r.link(x, r.y, w, 11, c.target)
		r.textRight(x+w, r.y+8, total, bold, 8, ink)
		r.y += 11
		left := x
		for k, n := range c.counts() {
			length := w * float64(n) / float64(max(len(c.answers), 1))
			if n > 0 {
				r.rect(left, r.y, length, 7, ownerships[k].bar)
			}
			left += length
		}
		r.y += 8
		at := x
		for k, n := range c.counts() {
			label := fmt.Sprintf("%s %d", ownerships[k].name, n)
			r.rect(at, r.y+2.6, 5, 5, ownerships[k].bar)
			r.text(at+7, r.y+8, label, regular, small, ink)
			at += 7 + r.width(label, regular, small) + 7
		}
		r.y += 13
	}
}
