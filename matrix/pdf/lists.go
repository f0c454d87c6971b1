package pdf

import (
	"cmp"
	"fmt"
	"slices"

	"raci/matrix"
	"raci/matrix/source"
)

// exceptions lists the deviations from the catalog, with reasons and ends.
func (r *builder) exceptions() {
	if len(r.m.Exceptions) == 0 {
		return
	}
	r.section("Exceptions", 80)
	r.paragraph(margin, r.textWidth, "Each exception is an override of the manifest that deviates from the catalog. After its end the catalog applies again.", regular, 8.5, ink)
	r.y += 4
	widths := []float64{28, 190, 0, 66, 110, 110}
	t := r.listTable(widths, "No.", "Rows", "Reason", "Ends", "State", "Declared at")
	for i := range r.m.Exceptions {
		e := &r.m.Exceptions[i]
		state, c := "no end stated", ink
		switch {
		case e.Expired:
			state, c = "ended: the catalog applies", red
		case e.Expires != "":
			state = "in force"
		}
		var rows []line
		for _, id := range e.Rows {
			rows = append(rows, r.rowLines(id, t.cols[1].width)...)
		}
		if len(rows) == 0 {
			rows = []line{{text: "none", face: italic, color: grey}}
		}
		t.row([]cell{
			{lines: []line{{text: fmt.Sprint(i + 1), face: bold, color: ink}}},
			{lines: rows},
			{lines: r.wrapped(r.clean(e.Reason), regular, ink, t.cols[2].width)},
			{lines: r.wrapped(r.clean(e.Expires), regular, ink, t.cols[3].width)},
			{lines: r.wrapped(state, regular, c, t.cols[4].width)},
			{lines: r.wrapped(r.clean(e.At.String()), regular, grey, t.cols[5].width)},
		}, func(float64) { r.place(r.exceptNo[i]) })
	}
	t.end()
}

// problems lists the findings, the open ones before those that were accepted.
func (r *builder) problems() {
	if len(r.report.Findings.Open) == 0 && len(r.report.Findings.Accepted) == 0 {
		return
	}
	r.section("Findings", 80)
	if len(r.report.Findings.Open) == 0 {
		r.paragraph(margin, r.textWidth, "No finding is open.", regular, 8.5, ink)
	} else {
		r.openFindings()
	}
	if len(r.report.Findings.Accepted) > 0 {
		r.acceptedFindings()
	}
}

var severityOrder = map[source.Severity]int{source.Error: 0, source.Warning: 1, source.Note: 2}

// openFindings lists what is to be mended, the worst first.
func (r *builder) openFindings() {
	r.place(r.found)
	list := slices.Clone(r.report.Findings.Open)
	slices.SortStableFunc(list, func(a, b source.Diagnostic) int {
		return cmp.Compare(severityOrder[a.Severity], severityOrder[b.Severity])
	})
	t := r.listTable([]float64{46, 92, 130, 0, 190, 100}, "Severity", "Rule", "Row", "Finding", "What to do", "Where")
	for i := range list {
		f := &list[i]
		color, fill := ink, rgb(0)
		switch f.Severity {
		case source.Error:
			color, fill = red, pink
		case source.Warning:
			fill = 0xFDF3DC
		}
		t.row([]cell{
			{lines: r.wrapped(r.clean(string(f.Severity)), bold, color, t.cols[0].width), fill: fill},
			{lines: r.wrapped(r.clean(f.Rule), regular, ink, t.cols[1].width)},
			{lines: r.rowLines(f.Row, t.cols[2].width)},
			{lines: r.wrapped(r.clean(f.Message), regular, ink, t.cols[3].width)},
			{lines: r.wrapped(r.clean(f.Hint), regular, ink, t.cols[4].width)},
			{lines: r.wrapped(r.clean(f.At.String()), regular, grey, t.cols[5].width)},
		}, nil)
	}
	t.end()
}

// acceptedFindings lists what the manifest accepts, with reasons and ends.
func (r *builder) acceptedFindings() {
	r.y += 8
	r.room(80)
	r.place(r.accepted)
	r.heading(margin, "Accepted findings")
	r.paragraph(margin, r.textWidth, "The manifest accepts these findings, each for a reason and until a day. After that day they are open again.", regular, 8.5, ink)
	r.y += 4
	list := slices.Clone(r.report.Findings.Accepted)
	slices.SortStableFunc(list, func(a, b matrix.Accepted) int {
		return cmp.Compare(severityOrder[a.Severity], severityOrder[b.Severity])
	})
	t := r.listTable([]float64{46, 92, 130, 0, 190, 54, 100}, "Severity", "Rule", "Row", "Finding", "Accepted because", "Until", "Where")
	for i := range list {
		f := &list[i]
		t.row([]cell{
			{lines: r.wrapped(r.clean(string(f.Severity)), regular, ink, t.cols[0].width)},
			{lines: r.wrapped(r.clean(f.Rule), regular, ink, t.cols[1].width)},
			{lines: r.rowLines(f.Row, t.cols[2].width)},
			{lines: r.wrapped(r.clean(f.Message), regular, ink, t.cols[3].width)},
			{lines: r.wrapped(r.clean(f.Reason), regular, ink, t.cols[4].width)},
			{lines: r.wrapped(r.clean(f.Expires), regular, ink, t.cols[5].width)},
			{lines: r.wrapped(r.clean(f.At.String()), regular, grey, t.cols[6].width)},
		}, nil)
	}
	t.end()
}

// rowLines is a row's id, with a link to the row.
func (r *builder) rowLines(id string, width float64) []line {
	c := ink
	if r.rowLinks[id] > 0 {
		c = linkBlue
	}
	lines := r.wrapped(r.clean(id), regular, c, width)
	for i := range lines {
		lines[i].target = r.rowLinks[id]
	}
	return lines
}

// listTable is a table across the page; the column of width 0 takes the rest.
func (r *builder) listTable(widths []float64, titles ...string) *table {
	t := &table{l: r.layout, x: margin, size: small}
	rest := r.textWidth
	for _, w := range widths {
		rest -= w
	}
	for i, w := range widths {
		if w == 0 {
			w = rest
		}
		t.cols = append(t.cols, column{title: titles[i], width: w})
	}
	return t
}

// parties lists who holds letters, with full names.
func (r *builder) parties() {
	r.newPage()
	r.section("Responsibilities by party", 80)
	r.paragraph(margin, r.textWidth, "Each party that holds a letter has pages of its own below. They say what it answers for and does, and with whom.", regular, 8.5, ink)
	r.y += 4
	t := r.listTable([]float64{0, 150, 100, 300}, "Name", "Id in the manifest", "Kind", "Contact")
	for i := range r.m.Parties {
		p := &r.m.Parties[i]
		t.row([]cell{
			{lines: r.partyLines(i, t.cols[0].width)},
			{lines: r.wrapped(r.clean(p.ID), regular, ink, t.cols[1].width)},
			{lines: r.wrapped(r.clean(partyKind(p)), regular, ink, t.cols[2].width)},
			{lines: r.wrapped(r.clean(p.Contact), regular, ink, t.cols[3].width)},
		}, nil)
	}
	t.end()
}

// partyLines is the name of a party, which leads to its section, if it has one.
func (r *builder) partyLines(i int, width float64) []line {
	c, target := ink, 0
	if r.holders[r.m.Parties[i].ID] {
		c, target = linkBlue, r.partyLinks[i]
	}
	lines := r.wrapped(r.party(r.m.Parties[i].ID), bold, c, width)
	for j := range lines {
		lines[j].target = target
	}
	return lines
}
