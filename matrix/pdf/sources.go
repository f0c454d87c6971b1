package pdf

import (
	"fmt"

	"raci/matrix"
	"raci/matrix/catalog"
)

// numberedSource is an entry of the list of sources.
type numberedSource struct {
	catalog.Source
	rows   int // that rest on it
	target int
}

// numberSources collects the sources in the order in which rows name them.
func numberSources(m *matrix.Matrix) ([]numberedSource, map[catalog.Source]int) {
	var list []numberedSource
	numbers := map[catalog.Source]int{}
	for i := range m.Rows {
		for _, s := range m.Rows[i].Sources {
			n, ok := numbers[s]
			if !ok {
				n = len(list)
				numbers[s] = n
				list = append(list, numberedSource{Source: s})
			}
			list[n].rows++
		}
	}
	return list, numbers
}

// sourceList prints the sources that the rows refer to by number.
func (r *builder) sourceList() {
	r.section("Sources", 80)
	if len(r.sources) == 0 {
		r.paragraph(margin, r.textWidth, "No row names a source of its own.", regular, 9, ink)
		return
	}
	r.paragraph(margin, r.textWidth, "The matrix refers to these pages by number. The month is when the page was last read against the row.", regular, 8.5, ink)
	r.y += 4
	t := &table{l: r.layout, x: margin, size: small, cols: []column{
		{title: "No.", width: 34}, {title: "Address", width: r.textWidth - 34 - 60 - 40},
		{title: "Checked", width: 60}, {title: "Rows", width: 40}}}
	for i := range r.sources {
		s := &r.sources[i]
		address := r.wrapped(r.clean(s.URL), regular, ink, t.cols[1].width)
		if u := webAddress(s.URL); u != "" {
			for j := range address {
				address[j].url, address[j].color = u, linkBlue
			}
		}
		t.row([]cell{
			{lines: []line{{text: fmt.Sprintf("[%d]", i+1), face: bold, color: ink}}},
			{lines: address},
			{lines: r.wrapped(r.clean(s.Checked), regular, ink, t.cols[2].width)},
			{lines: []line{{text: fmt.Sprint(s.rows), color: ink}}},
		}, func(float64) { r.place(s.target) })
	}
	t.end()
}
