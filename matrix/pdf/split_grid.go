package pdf

import (
	"cmp"
	"fmt"
	"slices"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/view"
)

const (
	gridTitle               = 178.0      // width of the duties
	gridLeast, gridWidest   = 15.0, 30.0 // width of an entry
	exceptionSign           = "*"        // behind the mark of a row that deviates from the catalog
	exceptionMeans          = "an exception of the manifest"
	gridNote                = "Each letter leads to its row. Duties that are done once for all services stand in the matrix only."
	gridKeyHigh, gridKeyBox = 15.0, 17.0 // of a mark that is explained
)

// splitGrid shows who performs each duty of each entry, page by page: the duties
// that entries have, and as many entries as a page has room for.
func (r *builder) splitGrid(s *view.Section) {
	duties := ofEntries(r.report.GridDuties(), r.m.Entries)
	if len(duties) == 0 {
		return
	}
	r.newPage()
	r.title(r.clean(s.Title), r.clean(s.About), r.target(view.ToSection, s.ID), 200)
	r.gridKey()
	marks := r.report.GridMarks()
	most := int((r.textWidth - gridTitle) / gridLeast)
	bands := (len(r.m.Entries) + most - 1) / most
	each := (len(r.m.Entries) + bands - 1) / bands
	for first := 0; first < len(r.m.Entries); first += each {
		entries := r.m.Entries[first:min(first+each, len(r.m.Entries))]
		if first > 0 {
			r.newPage()
		}
		r.gridTable(r.gridColumns(s, first, each), ofEntries(duties, entries), entries, marks)
	}
	r.endPage()
}

// gridColumns returns the table of a band of entries.
func (r *builder) gridColumns(s *view.Section, first, each int) *table {
	width := min((r.textWidth-gridTitle)/float64(each), gridWidest)
	rest := r.textWidth - gridTitle - width*float64(each)
	entries := r.m.Entries[first:min(first+each, len(r.m.Entries))]
	title := r.clean(s.Tables[0].Columns[0].Title)
	if len(entries) < len(r.m.Entries) {
		title += fmt.Sprintf(" (entries %d to %d of %d)", first+1, first+len(entries), len(r.m.Entries))
	}
	t := &table{l: r.layout, x: margin, size: small, cols: []column{{title: title, width: gridTitle + min(rest, 120)}}}
	for i := range entries {
		t.cols = append(t.cols, column{title: r.clean(r.m.EntryTitle(entries[i].Name)), width: width, center: true, turned: true})
	}
	return t
}

// gridKey explains the marks in one line or more.
func (r *builder) gridKey() {
	x := margin
	put := func(sign, means string, st style) {
		w := gridKeyBox + 5 + r.width(means, regular, 8) + 18
		if x > margin && x+w > margin+r.textWidth {
			x, r.y = margin, r.y+gridKeyHigh
		}
		r.rect(x, r.y, gridKeyBox, 11, st.fill)
		r.text(x+(gridKeyBox-r.width(sign, bold, small))/2, r.y+8.4, sign, bold, small, st.color)
		r.text(x+gridKeyBox+5, r.y+8.4, r.shorten(means, regular, 8, r.textWidth-gridKeyBox-5), regular, 8, ink)
		x += w
	}
	for _, m := range r.report.GridKey() {
		put(r.clean(m.Sign), r.clean(m.Means), gridStyles[m.Tone])
	}
	if len(r.m.Exceptions) > 0 {
		put(exceptionSign, exceptionMeans, style{color: ink})
	}
	r.y += gridKeyHigh + 1
	r.paragraph(margin, r.textWidth, join(" ", view.GridLetters, view.GridEmpty, gridNote), regular, 8, grey)
	r.y += 5
}

// ofEntries returns the duties that some of the entries have.
func ofEntries(duties []*view.GridDuty, entries []matrix.Entry) []*view.GridDuty {
	var out []*view.GridDuty
	for _, d := range duties {
		if slices.ContainsFunc(entries, func(e matrix.Entry) bool { return d.Rows[e.Name] != nil }) {
			out = append(out, d)
		}
	}
	return out
}

func (r *builder) gridTable(t *table, duties []*view.GridDuty, entries []matrix.Entry, marks map[string]view.GridMark) {
	for i, d := range duties {
		if i == 0 || duties[i-1].Control != d.Control {
			t.group(bar{title: r.clean(d.Control)})
		}
		cells := []cell{{lines: r.wrapped(t.cols[0].width, r.plainTexts(d.Title)...)}}
		for i := range entries {
			var c cell
			if row := d.Rows[entries[i].Name]; row != nil {
				c = r.gridCell(row, marks[cmp.Or(row.Split, catalog.NoSplit)])
			}
			cells = append(cells, c)
		}
		t.row(cells, nil)
	}
	t.end()
}

// gridCell is the mark of a row, which leads to it.
func (r *builder) gridCell(row *matrix.Row, m view.GridMark) cell {
	st, sign := gridStyles[m.Tone], r.clean(m.Sign)
	if row.Exception >= 0 {
		sign += exceptionSign
	}
	return cell{fill: st.fill, lines: []line{{text: sign, face: bold, color: st.color, target: r.target(view.ToRow, row.ID)}}}
}
