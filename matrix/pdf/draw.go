package pdf

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/jung-kurt/gofpdf"
)

const family = "go"

// pen draws operations with as few changes of state as it can.
type pen struct {
	*gofpdf.Fpdf
	links           []int // the library's link by target, or 0
	fonts           *fonts
	added           []bool // fonts of the manifest that the library has
	face            face
	from            uint8
	size            float32
	ink, fill, line rgb
}

// draw turns the pages into a document.
func (r *report) draw(files []Attachment) ([]byte, error) {
	p := &pen{Fpdf: gofpdf.New("L", "pt", r.paper, ""), fonts: r.fonts, added: make([]bool, len(r.extra)), face: faceCount}
	p.SetMargins(0, 0, 0)
	p.SetAutoPageBreak(false, 0)
	p.SetCatalogSort(true)
	p.SetCompression(false) // finish compresses
	for f := range faceCount {
		// The library writes into the bytes, so each document has its own.
		p.AddUTF8FontFromBytes(family, f.style(), slices.Clone(f.ttf()))
	}
	r.properties(p)
	p.links = make([]int, len(r.targets))
	for id, t := range r.targets {
		if t.page != nil {
			p.links[id] = p.AddLink()
			p.SetLink(p.links[id], t.y, t.page.number)
		}
	}
	class, middle := r.footerTexts()
	for _, pg := range r.pages {
		p.AddPage()
		p.face, p.ink, p.fill, p.line = faceCount, 0, 0, 0
		// Areas first, then rules, then texts: the fewest changes of colour.
		for _, kinds := range [][2]opKind{{rectOp, rectOp}, {lineOp, lineOp}, {imageOp, numberOp}} {
			for i := range pg.ops {
				if o := &pg.ops[i]; o.kind >= kinds[0] && o.kind <= kinds[1] {
					r.op(p, o)
				}
			}
		}
		r.footer(p, pg.number, class, middle)
		r.bookmarks(p, pg)
		if p.Error() != nil {
			break
		}
	}
	var buf bytes.Buffer
	if err := p.Output(&buf); err != nil {
		return nil, fmt.Errorf("the PDF cannot be made: %w", err)
	}
	return finish(buf.Bytes(), files)
}

// properties are what a viewer shows of the document.
func (r *report) properties(p *pen) {
	day, err := time.Parse(time.DateOnly, r.m.Date)
	if err != nil {
		day = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	p.SetCreationDate(day)
	p.SetModificationDate(day)
	system := r.clean(r.m.System)
	title := r.title()
	if !strings.Contains(title, system) {
		title += ": " + system
	}
	p.SetTitle(plainText(title), true)
	p.SetAuthor(plainText(r.clean(r.m.Organization)), true)
	p.SetSubject(plainText(join(", ", "Who is responsible and accountable for each duty of "+system, r.revision())), true)
	p.SetKeywords("RACI, shared responsibility, AWS, "+r.digest, true)
	p.SetCreator("raci", true)
}

// op draws one operation.
func (r *report) op(p *pen, o *op) {
	x, y, w, h := float64(o.x), float64(o.y), float64(o.w), float64(o.h)
	switch o.kind {
	case textOp:
		p.text(o)
	case turnedOp:
		p.prepareFirst(o) // outside, since the end of the transformation takes it back
		p.TransformBegin()
		p.TransformRotate(90, x, y)
		p.text(o)
		p.TransformEnd()
	case rectOp:
		if p.fill != o.color {
			p.fill = o.color
			p.SetFillColor(o.color.parts())
		}
		p.Rect(x, y, w, h, "F")
	case lineOp:
		if p.line != o.color {
			p.line = o.color
			p.SetDrawColor(o.color.parts())
			p.SetLineWidth(0.4)
		}
		p.Line(x, y, x+w, y+h)
	case imageOp:
		p.image(r.logo, o)
	case linkOp:
		if id := p.links[o.target]; id > 0 {
			p.Link(x, y, w, h, id)
		}
	case urlOp:
		p.LinkString(x, y, w, h, o.text)
	case numberOp:
		if t := r.targets[o.target]; t.page != nil {
			n := *o
			n.text = fmt.Sprint(t.page.number)
			n.x -= float32(r.width(n.text, o.face, float64(o.size)))
			p.text(&n)
		}
	}
}

func (p *pen) text(o *op) {
	x := float64(o.x)
	if !p.fonts.mixed(o.text) {
		p.prepare(o, own)
		p.Text(x, float64(o.y), o.text)
		return
	}
	for _, run := range p.fonts.runs(o.text) {
		p.prepare(o, run.from)
		p.Text(x, float64(o.y), run.text)
		x += p.fonts.width(run.text, o.face, float64(o.size))
	}
}

// prepare selects the font and the colour of a text.
func (p *pen) prepare(o *op, from uint8) {
	if p.face != o.face || p.size != o.size || p.from != from {
		p.face, p.size, p.from = o.face, o.size, from
		if from > own {
			p.SetFont(p.extraFamily(int(from)-own-1), "", float64(o.size))
		} else {
			p.SetFont(family, o.face.style(), float64(o.size))
		}
	}
	if p.ink != o.color {
		p.ink = o.color
		p.SetTextColor(o.color.parts())
	}
	if p.fill != o.color { // else the library would set the colour for each text
		p.fill = o.color
		p.SetFillColor(o.color.parts())
	}
}

// prepareFirst selects what the first piece of a text needs.
func (p *pen) prepareFirst(o *op) {
	if runs := p.fonts.runs(o.text); len(runs) > 0 {
		p.prepare(o, runs[0].from)
	}
}

// extraFamily names a font of the manifest, and hands it to the library when
// it is first needed.
func (p *pen) extraFamily(i int) string {
	name := fmt.Sprint("extra", i)
	if !p.added[i] {
		p.added[i] = true
		p.AddUTF8FontFromBytes(name, "", quiet(p.fonts.extra[i].Data))
	}
	return name
}

func (c rgb) parts() (r, g, b int) { return int(c >> 16), int(c >> 8 & 0xff), int(c & 0xff) }

// footerTexts are the classification, and what tells this document apart.
func (r *report) footerTexts() (class, middle string) {
	third := r.textWidth / 3
	class = r.shorten(r.clean(r.m.Report.Classification), bold, small, third-10)
	middle = r.leftward(join("  \u00b7  ", r.shorten(r.clean(r.m.System), regular, small, third*0.5), r.shorten(r.revision(), regular, small, third*0.4), r.shortDigest()))
	return class, middle
}

// footer stands on every page.
func (r *report) footer(p *pen, number int, class, middle string) {
	y := r.pageHeight - 22.0
	draw := func(x float64, s string, f face) {
		p.text(&op{face: f, color: grey, size: small, x: float32(x), y: float32(y), text: s})
	}
	p.SetDrawColor(rule.parts())
	p.SetLineWidth(0.4)
	p.line = rule
	p.Line(margin, y-10, margin+r.textWidth, y-10)
	draw(margin, class, bold)
	draw(margin+(r.textWidth-r.width(middle, regular, small))/2, middle, regular)
	pages := fmt.Sprintf("Page %d of %d", number, len(r.pages))
	draw(margin+r.textWidth-r.width(pages, regular, small), pages, regular)
}

// shortDigest is enough of the digest to tell revisions apart by eye.
func (r *report) shortDigest() string { return r.digest[:min(len(r.digest), len("sha256:")+12)] }

// bookmarks adds the outline entries of a page, in the order of the marks.
func (r *report) bookmarks(p *pen, pg *page) {
	p.SetFont(family, regular.style(), small) // titles are encoded as the current font is
	p.face = faceCount
	for _, m := range r.marks {
		if t := r.targets[m.target]; t.page == pg {
			p.Bookmark(plainText(m.text), m.level, math.Max(t.y-4, 0))
		}
	}
}
