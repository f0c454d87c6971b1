package pdf

import "raci/matrix/view"

// matrix lays out the rows, group by group, with all that a page has room for.
func (r *builder) matrix(s *view.Section) {
	r.newPage()
	r.sectionTitle(s, 60)
	if len(r.m.Rows) == 0 {
		for _, t := range s.Tables {
			r.paragraph(margin, r.textWidth, r.clean(t.Empty), regular, bodySize, ink)
		}
		return
	}
	f := r.form()
	t := &table{l: r.layout, x: margin, size: small, cols: f.columns()}
	for i := range r.m.Rows {
		row := &r.m.Rows[i]
		r.row = row.ID
		if i == 0 || r.m.Rows[i-1].Entry != row.Entry {
			t.group(r.groupBar(row.Entry))
		}
		t.row(f.cells(row), func(h float64) {
			r.place(r.target(view.ToRow, row.ID))
			if view.CheckWord(row) == view.CheckNoA {
				r.rect(margin-4, r.y, 3, h, red)
			}
		})
	}
	t.end()
	r.endPage()
}

// groupBar is the heading of an entry: name, service, variants and owner.
func (r *builder) groupBar(entry string) bar {
	b := bar{title: r.clean(r.m.EntryTitle(entry)), detail: r.clean(r.report.EntryFacts(entry)), target: r.newTarget()}
	r.marks = append(r.marks, mark{level: 1, text: b.title, target: b.target})
	return b
}
