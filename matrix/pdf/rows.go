package pdf

import (
	"fmt"
	"net/url"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

const (
	awsTint      rgb = 0xFCE4CC
	customerTint rgb = 0xD6E6F5
	sharedTint   rgb = 0xE4DDF0
	operatorTint rgb = 0xDDEBDA
)

// matrix lays out the rows, group by group.
func (r *builder) matrix() {
	r.newPage()
	r.section("Responsibility matrix", 60)
	if len(r.m.Rows) == 0 {
		r.paragraph(margin, r.textWidth, "The matrix has no rows.", regular, 9, ink)
		return
	}
	f := r.form()
	t := &table{l: r.layout, x: margin, size: small, cols: f.columns()}
	entries := map[string]*matrix.Entry{}
	for i := range r.m.Entries {
		entries[r.m.Entries[i].Name] = &r.m.Entries[i]
	}
	for i := range r.m.Rows {
		row := &r.m.Rows[i]
		r.row = row.ID
		if i == 0 || r.m.Rows[i-1].Entry != row.Entry {
			t.group(r.groupBar(row.Entry, entries[row.Entry]))
		}
		target := r.rowLinks[row.ID]
		t.row(f.cells(row), func(h float64) {
			r.place(target)
			if row.Accountable() == "" {
				r.rect(margin-4, r.y, 3, h, red)
			}
		})
	}
	t.end()
}

// groupBar is the heading of an entry: name, service, variants and owner.
func (r *builder) groupBar(entry string, e *matrix.Entry) bar {
	b := bar{title: r.clean(r.m.EntryTitle(entry)), target: r.newTarget()}
	r.marks = append(r.marks, mark{1, b.title, b.target})
	if e == nil {
		return b
	}
	parts := []string{r.serviceName(e)}
	if v := r.variants(e); v != "" {
		parts = append(parts, v)
	}
	if e.Owner == "" {
		parts = append(parts, "no owner")
	} else {
		parts = append(parts, "owner: "+r.party(e.Owner))
	}
	b.detail = join("  \u00b7  ", parts...)
	return b
}

func (r *builder) serviceName(e *matrix.Entry) string {
	if e.ServiceName != "" {
		return r.clean(e.ServiceName)
	}
	return r.clean(e.Service)
}

// variants names the variants of an entry, and says which were assumed.
func (r *builder) variants(e *matrix.Entry) string {
	var names []string
	for i, id := range e.Variants {
		name := id
		if i < len(e.VariantNames) && e.VariantNames[i] != "" {
			name = e.VariantNames[i]
		}
		for _, a := range e.Assumed {
			if a == id {
				name += " (assumed)"
			}
		}
		names = append(names, r.clean(name))
	}
	return strings.Join(names, ", ")
}

// flags are the words that tell a row apart, besides its colour.
func (r *builder) flags(row *matrix.Row) []line {
	var out []line
	add := func(s string, c rgb, target int) {
		out = append(out, line{text: s, face: bold, color: c, target: target})
	}
	if row.Accountable() == "" {
		add("gap: no one accountable", red, 0)
	}
	if row.Unassigned {
		add("unassigned", red, 0)
	}
	if i := row.Exception; i >= 0 && i < len(r.exceptNo) {
		add(fmt.Sprintf("exception %d", i+1), linkBlue, r.exceptNo[i])
	}
	return out
}

// splitName is a row's split as it is printed.
func (r *builder) splitName(split string) string {
	switch split {
	case catalog.AWS:
		return "AWS"
	case catalog.Customer:
		return "Customer"
	case catalog.Shared:
		return "Shared"
	case catalog.NoSplit:
		return "None"
	}
	return r.party(split)
}

func splitTint(split string) rgb {
	switch split {
	case catalog.AWS:
		return awsTint
	case catalog.Customer:
		return customerTint
	case catalog.Shared:
		return sharedTint
	case catalog.NoSplit, "":
		return 0
	}
	return operatorTint
}

// letterTint is the ground of a cell of letters.
func letterTint(l matrix.Letters) rgb {
	switch {
	case l.Has(matrix.Accountable):
		return 0xF3D9DC
	case l.Has(matrix.Responsible):
		return 0xDDE9F3
	case l.Has(matrix.Consulted):
		return 0xF2ECD8
	case l.Has(matrix.Informed):
		return 0xECEDEF
	}
	return 0
}

// letterLine is the text of a cell of letters.
func letterLine(l matrix.Letters) line {
	if l.Has(matrix.Accountable) {
		return line{text: l.String(), face: bold, color: navy}
	}
	return line{text: l.String(), face: regular, color: ink}
}

// basisLines are the basis of a row and its sources, with their months.
func (f *form) basisLines(row *matrix.Row, width float64) []line {
	out := f.wrapped(f.basisName(row), regular, ink, width)
	for _, s := range row.Sources {
		n := f.sourceNo[s]
		text := join("\u00a0", fmt.Sprintf("[%d]", n+1), f.clean(s.Checked))
		for _, ln := range f.wrapped(text, regular, linkBlue, width) {
			ln.target = f.builder.sources[n].target
			out = append(out, ln)
		}
	}
	return out
}

// basisName is the basis of a row; below the evidence it needs its name.
func (f *form) basisName(row *matrix.Row) string {
	if f.narrow && row.Basis != "" {
		return "Basis:\u00a0" + f.clean(string(row.Basis))
	}
	return f.clean(string(row.Basis))
}

// wrapped wraps a cleaned text into lines of a cell.
func (r *builder) wrapped(s string, f face, c rgb, width float64) []line {
	var out []line
	for _, t := range r.wrap(s, f, small, width-2*pad) {
		out = append(out, line{text: t, face: f, color: c})
	}
	return out
}

// join joins the parts that are not empty.
func join(sep string, parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, sep)
}

// webAddress returns an address that may be put behind a link, or "".
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(s) > 2000 {
		return ""
	}
	s = u.String()
	for _, c := range []byte(s) {
		if c <= ' ' || c > '~' {
			return ""
		}
	}
	return s
}

// revision is how the revision is printed, or "".
func (r *builder) revision() string {
	if r.m.Revision == "" {
		return ""
	}
	return "revision " + r.clean(r.m.Revision)
}
