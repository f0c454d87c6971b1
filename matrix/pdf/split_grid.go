package pdf

import (
	"cmp"
	"fmt"
	"slices"

	"raci/matrix"
	"raci/matrix/catalog"
)

// Colours of the split picture. They differ in lightness too, so that the
// picture can be read in grey.
var gridColors = [4]struct{ fill, text rgb }{{0xFCE4CC, ink}, {0x2F6DA3, white}, {0xC9BCE6, ink}, {0x7DB579, ink}}

// gridMark is one mark of the split picture.
type gridMark struct {
	letter, means string
	fill, text    rgb
}

// splitGrid shows who performs each duty of each entry, page by page.
func (r *builder) splitGrid() {
	const title, least, widest = 178.0, 15.0, 30.0
	duties := r.gridDuties()
	if len(duties) == 0 {
		return
	}
	r.newPage()
	r.section("Who performs what: duties by entries", 200)
	marks := r.gridMarks()
	r.gridKey(marks)
	most := int((r.textWidth - title) / least)
	bands := (len(r.m.Entries) + most - 1) / most
	each := (len(r.m.Entries) + bands - 1) / bands
	for first := 0; first < len(r.m.Entries); first += each {
		entries := r.m.Entries[first:min(first+each, len(r.m.Entries))]
		if first > 0 {
			r.newPage()
		}
		width := min((r.textWidth-title)/float64(each), widest)
		rest := r.textWidth - title - width*float64(each)
		t := &table{l: r.layout, x: margin, size: small, cols: []column{{title: r.bandTitle(first, len(entries)), width: title + min(rest, 120)}}}
		for i := range entries {
			t.cols = append(t.cols, column{title: r.clean(entries[i].Name), width: width, center: true, turned: true})
		}
		r.gridTable(t, ofEntries(duties, entries), entries, marks)
	}
}

func (r *builder) bandTitle(first, n int) string {
	if n == len(r.m.Entries) {
		return "Duty"
	}
	return fmt.Sprintf("Duty (entries %d to %d of %d)", first+1, first+n, len(r.m.Entries))
}

// gridDuty is a line of the picture: a duty and its rows by entry.
type gridDuty struct {
	control, title string
	rows           map[string]*matrix.Row
}

// gridDuties collects the duties of the entries by control, both in the
// order in which they first come.
func (r *builder) gridDuties() []*gridDuty {
	var list []*gridDuty
	index := map[string]*gridDuty{}
	controls := map[string]int{}
	for i := range r.m.Rows {
		row := &r.m.Rows[i]
		if row.Entry == matrix.ProviderEntry || row.Entry == matrix.OrganizationEntry {
			continue
		}
		d := index[row.Duty]
		if d == nil {
			d = &gridDuty{r.clean(controlName(row)), r.clean(cmp.Or(row.Title, row.Duty)), map[string]*matrix.Row{}}
			index[row.Duty] = d
			list = append(list, d)
			if _, ok := controls[d.control]; !ok {
				controls[d.control] = len(controls)
			}
		}
		d.rows[row.Entry] = row
	}
	slices.SortStableFunc(list, func(a, b *gridDuty) int { return cmp.Compare(controls[a.control], controls[b.control]) })
	return list
}

// gridMarks returns the mark of each split. Operators have the letter O,
// and a number where there are several.
func (r *builder) gridMarks() map[string]gridMark {
	c := gridColors
	marks := map[string]gridMark{
		catalog.AWS:      {"A", "AWS", c[0].fill, c[0].text},
		catalog.Customer: {"C", "the customer", c[1].fill, c[1].text},
		catalog.Shared:   {"S", "shared", c[2].fill, c[2].text},
		catalog.NoSplit:  {"\u2013", "no one: it does not apply", 0, grey},
	}
	alone := map[string]bool{}
	for i := range r.m.Rows {
		alone[r.m.Rows[i].Split] = true
	}
	var operators []matrix.Party
	for _, p := range r.m.Parties {
		if _, ok := marks[p.ID]; !ok && alone[p.ID] {
			operators = append(operators, p)
		}
	}
	for i, p := range operators {
		letter := "O"
		if len(operators) > 1 {
			letter = fmt.Sprint("O", i+1)
		}
		marks[p.ID] = gridMark{letter, r.party(p.ID), c[3].fill, c[3].text}
	}
	return marks
}

// gridKey explains the marks in one line or more.
func (r *builder) gridKey(marks map[string]gridMark) {
	const high, box, size = 15.0, 17.0, 8.0
	x := margin
	put := func(m gridMark) {
		w := box + 5 + r.width(m.means, regular, size) + 18
		if x > margin && x+w > margin+r.textWidth {
			x, r.y = margin, r.y+high
		}
		r.rect(x, r.y, box, 11, m.fill)
		r.text(x+(box-r.width(m.letter, bold, small))/2, r.y+8.4, m.letter, bold, small, m.text)
		r.text(x+box+5, r.y+8.4, r.shorten(m.means, regular, size, r.textWidth-box-5), regular, size, ink)
		x += w
	}
	order := []string{catalog.AWS, catalog.Shared, catalog.Customer}
	for _, p := range r.m.Parties {
		if p.ID != catalog.AWS {
			order = append(order, p.ID)
		}
	}
	for _, id := range append(order, catalog.NoSplit) {
		if m, ok := marks[id]; ok {
			put(m)
		}
	}
	if len(r.m.Exceptions) > 0 {
		put(gridMark{"*", "an exception of the manifest", 0, ink})
	}
	r.y += high + 1
	r.paragraph(margin, r.textWidth, "A letter says who performs the duty, not who is accountable. An empty field: the service has no such duty. Each letter leads to its row. "+
		"Duties that are done once for all services stand in the matrix only.", regular, 8, grey)
	r.y += 5
}

// ofEntries returns the duties that some of the entries have.
func ofEntries(duties []*gridDuty, entries []matrix.Entry) []*gridDuty {
	var out []*gridDuty
	for _, d := range duties {
		if slices.ContainsFunc(entries, func(e matrix.Entry) bool { return d.rows[e.Name] != nil }) {
			out = append(out, d)
		}
	}
	return out
}

func (r *builder) gridTable(t *table, duties []*gridDuty, entries []matrix.Entry, marks map[string]gridMark) {
	for i, d := range duties {
		if i == 0 || duties[i-1].control != d.control {
			t.group(bar{title: d.control})
		}
		cells := []cell{{lines: r.wrapped(d.title, regular, ink, t.cols[0].width)}}
		for _, e := range entries {
			var c cell
			if row := d.rows[e.Name]; row != nil {
				m, ok := marks[row.Split]
				if !ok {
					m = gridMark{letter: "?", text: ink}
				}
				if row.Exception >= 0 {
					m.letter += "*"
				}
				c.fill, c.lines = m.fill, []line{{text: m.letter, face: bold, color: m.text, target: r.rowLinks[row.ID]}}
			}
			cells = append(cells, c)
		}
		t.row(cells, nil)
	}
	t.end()
}
