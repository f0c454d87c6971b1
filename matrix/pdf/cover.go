package pdf

import "raci/matrix/view"

// mostRevisions is how many revisions the cover has room for beside the lines of
// three or four approvers.
const mostRevisions = 5

// onCover reports whether a section stands on the cover. A longer history has
// pages of its own.
func onCover(s *view.Section) bool {
	switch s.ID {
	case view.DocumentControl, view.Approval:
		return true
	case view.History:
		return s.Tables[0].Count <= mostRevisions
	}
	return false
}

// cover is the first page: what this document is, who approves it, and what
// changed.
func (r *builder) cover() {
	r.newPage()
	r.mark(mark{text: "Cover"})
	r.coverTitle()
	half := (r.textWidth - 24) / 2
	r.beside(
		func() { r.coverPart(r.sectionByID(view.DocumentControl), margin, half) },
		func() {
			r.coverPart(r.sectionByID(view.Approval), margin+half+24, half)
			if s := r.sectionByID(view.History); len(s.Tables) > 0 && onCover(s) {
				r.coverPart(s, margin+half+24, half)
			}
		})
}

// coverPart prints a section within a part of the page.
func (r *builder) coverPart(s *view.Section, x, w float64) {
	r.place(r.target(view.ToSection, s.ID))
	r.heading(x, w, r.clean(s.Title))
	for _, text := range s.Intro {
		r.paragraph(x, w, r.clean(text), regular, bodySize, ink)
	}
	for _, t := range s.Tables {
		l := r.newListing(t, x, w, bodySize)
		l.in = s
		l.print()
	}
	r.y += 12
}

// coverTitle fills the band at the top of the cover.
func (r *builder) coverTitle() {
	const height = 190
	r.rect(0, 0, r.pageWidth, height, r.accent)
	room, class := r.textWidth, r.clean(r.m.Appearance.Classification)
	if class != "" {
		class = r.shorten(class, bold, 10, 200)
		w := r.width(class, bold, 10) + 16
		r.rect(margin+r.textWidth-w, 34, w, 20, white)
		r.text(margin+r.textWidth-w+8, 47.5, class, bold, 10, r.accent)
		room -= w + 20
	}
	title, size := r.clean(r.report.Title()), 28.0
	for size > 16 && len(r.wrap(title, bold, size, room)) > 2 {
		size -= 2
	}
	y := 34 + size*0.8
	for _, s := range r.wrapAtMost(3, title, bold, size, room) {
		r.text(margin, y, s, bold, size, white)
		y += size * 1.15
	}
	y, room = 134, r.textWidth-r.coverLogo(height-20)
	for i, s := range []string{r.m.Organization, r.m.System} {
		f := [...]face{regular, bold}[i]
		r.text(margin, y, r.shorten(r.clean(s), f, 15, room), f, 15, white)
		y += 22
	}
	r.text(margin, y, r.shorten(join("  \u00b7  ", r.revision(), r.clean(r.m.Date)), regular, 10.5, room), regular, 10.5, white)
	r.y = height + 24
}

// coverLogo puts the logo on a white plate that ends at y, at the right, and
// returns the width that it takes.
func (r *builder) coverLogo(y float64) float64 {
	const edge = 8
	if r.logo == nil {
		return 0
	}
	x := margin + r.textWidth - r.logo.width - edge
	y -= r.logo.height + edge
	r.rect(x-edge, y-edge, r.logo.width+2*edge, r.logo.height+2*edge, white)
	r.add(op{kind: imageOp, x: float32(x), y: float32(y), w: float32(r.logo.width), h: float32(r.logo.height)})
	return r.logo.width + 2*edge + 12
}
