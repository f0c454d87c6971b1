package pdf

import (
	"fmt"

	"raci/matrix"
)

// cover is the first page: what this document is, and who approves it.
func (r *builder) cover() {
	r.newPage()
	r.mark(0, "Cover")
	r.coverTitle()
	top, half := r.y, (r.textWidth-24)/2
	r.documentControl(margin, half)
	r.page, r.y = r.pages[0], top
	r.approvers(margin+half+24, half)
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
	size := 28.0
	lines := r.wrap(r.title(), bold, size, room)
	for len(lines) > 2 && size > 16 {
		size -= 2
		lines = r.wrap(r.title(), bold, size, room)
	}
	lines = r.wrapAtMost(3, r.title(), bold, size, room)
	y := 34 + size*0.8
	for _, s := range lines {
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

// heading is a small heading within a page.
func (r *builder) heading(x float64, s string) {
	r.text(x, r.y+11, s, bold, 11, r.accent)
	r.y += 18
}

// documentControl prints what identifies the document.
func (r *builder) documentControl(x, w float64) {
	r.heading(x, "Document control")
	const key = 110
	t := &table{l: r.layout, x: x, size: 8.5, cols: []column{{title: "Item", width: key}, {title: "Value", width: w - key}}}
	facts := [][2]string{
		{"Organization", r.m.Organization},
		{"System", r.m.System},
		{"Revision", r.m.Revision},
		{"Date", r.m.Date},
		{"Classification", r.m.Appearance.Classification},
		{"Scope", r.scope()},
		{"Accountability", r.convention()},
		{"Catalog", join(", ", r.m.Catalog.Version, r.m.Catalog.Digest)},
		{"Matrix digest", r.report.Digest()},
	}
	if origin := r.report.Origin(); origin != "" {
		facts = append(facts, [2]string{"Origin", origin})
	}
	for _, kv := range facts {
		value := r.clean(kv[1])
		c := cell{}
		if value == "" {
			c.lines = []line{{text: "not stated", face: italic, color: grey}}
		}
		for _, s := range r.wrapAtMost(4, value, regular, t.size, w-key-2*pad) {
			c.lines = append(c.lines, line{text: s, color: ink})
		}
		t.row([]cell{{lines: []line{{text: kv[0], face: bold, color: ink}}}, c}, nil)
	}
	t.end()
	r.y += 8
	for _, s := range r.wrap("The digest is computed over all that this document says but for places and findings: documents with the same digest agree in it.", italic, 8, w) {
		r.text(x, r.y+8, s, italic, 8, grey)
		r.y += 10.5
	}
}

func (r *builder) scope() string {
	return join(", ", count(len(r.m.Rows), "row", "rows"), count(len(r.m.Entries), "entry", "entries"), count(len(r.m.Parties), "party", "parties"))
}

func (r *builder) convention() string {
	if r.m.Accountability == matrix.ProviderAccountable {
		return "provider-accountable"
	}
	return "customer-accountable"
}

// approvers prints a line for each signature.
func (r *builder) approvers(x, w float64) {
	r.heading(x, "Approval")
	t := &table{l: r.layout, x: x, size: 8.5, minimum: 38, cols: []column{
		{title: "Approver", width: w * 0.42}, {title: "Signature", width: w * 0.38}, {title: "Date", width: w * 0.2}}}
	name := func(id string) cell {
		var c cell
		for _, s := range r.wrapAtMost(3, r.party(id), bold, t.size, t.cols[0].width-2*pad) {
			c.lines = append(c.lines, line{text: s, face: bold, color: ink})
		}
		if p := r.m.Party(id); p != nil && p.Contact != "" {
			for _, s := range r.wrapAtMost(2, r.clean(p.Contact), regular, t.size, t.cols[0].width-2*pad) {
				c.lines = append(c.lines, line{text: s, color: grey})
			}
		}
		return c
	}
	for _, id := range r.m.Appearance.Approvers {
		t.row([]cell{name(id), {}, {}}, nil)
	}
	if len(r.m.Appearance.Approvers) == 0 {
		t.row([]cell{{lines: []line{{text: "No approver is named.", face: italic, color: grey}}}, {}, {}}, nil)
		t.row([]cell{{}, {}, {}}, nil)
	}
	t.end()
}

// count returns "1 row" or "2 rows".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
