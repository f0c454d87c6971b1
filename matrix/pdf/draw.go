package pdf

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/jung-kurt/gofpdf"

	"raci/matrix/source"
)

// draw turns the pages into a document. The library makes all but the content
// of the pages: fonts, links, outline and properties. One press does the attachments,
// the pages and the rest, one after another.
func (r *builder) draw(press *press, attached func() ([]attachment, error), document func() (*gofpdf.Fpdf, error)) ([]byte, error) {
	w := newWriter(r)
	r.writer = w
	drawn := r.drawPages(w, press, attached)
	p, err := document()
	if err != nil {
		return nil, err
	}
	r.properties(p)
	r.links(p)
	for i, pg := range r.pages {
		p.AddPage()
		if i == 0 {
			r.resources(p, w)
		}
		r.annotations(p, pg)
		r.bookmarks(p, pg)
		if p.Error() != nil {
			break
		}
	}
	var buf bytes.Buffer
	if err := p.Output(&buf); err != nil {
		return nil, fmt.Errorf("the PDF cannot be made: %w", err)
	}
	contents, err := drawn()
	if err != nil {
		return nil, err
	}
	files, err := attached()
	if err != nil {
		return nil, err
	}
	return rewrite(buf.Bytes(), press, contents, files)
}

// inEvery are the faces that every report uses.
var inEvery = []face{regular, bold}

// newDocument returns a document of the library's without pages. It reads the fonts
// that it is going to need, which takes long and can be done beside other work.
func newDocument(paper string) *gofpdf.Fpdf {
	p := gofpdf.New("L", "pt", paper, "")
	p.SetMargins(0, 0, 0)
	p.SetAutoPageBreak(false, 0)
	p.SetCatalogSort(true)
	p.SetCompression(false) // rewrite compresses
	for _, f := range inEvery {
		addFont(p, int(f), f.ttf())
	}
	return p
}

// drawPages draws the pages, and compresses their contents meanwhile, as soon as the
// press is done with the attachments. The function that it returns waits for that.
func (r *builder) drawPages(w *writer, press *press, attached func() ([]attachment, error)) func() ([][]byte, error) {
	drawn := make(chan []byte, 128) // pages of a usual report do not wait for the press
	defer close(drawn)              // also where a page cannot be drawn
	contents := later(func() ([][]byte, error) {
		defer func() {
			for range drawn { // nobody is to wait for a failure
			}
		}()
		if _, err := attached(); err != nil {
			return nil, err
		}
		var list [][]byte
		for page := range drawn {
			data, err := press.squeeze(bytes.NewReader(page))
			if err != nil {
				return nil, err
			}
			list = append(list, bytes.Clone(data))
		}
		return list, nil
	})
	class, middle := r.footerTexts()
	for _, pg := range r.pages {
		drawn <- bytes.Clone(w.page(pg, r.footer(pg.number, class, middle)))
		pg.ops = annotated(pg.ops) // all that is asked for from here on
	}
	return contents
}

// resources makes the library embed the fonts, with the characters that were
// used, and the logo. What it draws for that is not part of the document.
func (r *builder) resources(p *gofpdf.Fpdf, w *writer) {
	for _, font := range w.order {
		if font >= int(faceCount) || !slices.Contains(inEvery, face(font)) {
			addFont(p, font, r.data(font))
		}
		embed(p, font, w.used[font])
	}
	if r.logo != nil {
		options := gofpdf.ImageOptions{ImageType: r.logo.kind}
		p.RegisterImageOptionsReader("logo", options, bytes.NewReader(r.logo.data))
		p.ImageOptions("logo", 0, 0, 10, 10, false, options, 0, "")
	}
}

// data is the file of a font by its number.
func (r *builder) data(font int) []byte {
	if font < int(faceCount) {
		return face(font).ttf()
	}
	return r.extra[font-int(faceCount)].Data
}

// addFont has the library read a font.
func addFont(p *gofpdf.Fpdf, font int, data []byte) {
	p.AddUTF8FontFromBytes(fontName(font), "", quiet(data))
}

// fontName is the library's name of a font.
func fontName(font int) string { return fmt.Sprint("font", font) }

// embed makes the library embed the characters of a font that are used.
func embed(p *gofpdf.Fpdf, font int, used []bool) {
	p.SetFont(fontName(font), "", small)
	var text strings.Builder
	for c, is := range used {
		if is {
			text.WriteRune(rune(c))
		}
	}
	p.Text(0, 0, text.String())
}

// brokenFonts names the fonts of the manifest that cannot be embedded, after the
// document failed: it says which one that was.
func (r *builder) brokenFonts() (problems source.Diagnostics) {
	if r.writer == nil {
		return nil
	}
	for _, font := range r.writer.order {
		if font < int(faceCount) {
			continue
		}
		if err := tryFont(r.data(font), r.writer.used[font]); err != nil {
			problems = append(problems, brokenFont(r.extra[font-int(faceCount)], err))
		}
	}
	return problems
}

// tryFont makes a document of one font.
func tryFont(data []byte, used []bool) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("it cannot be embedded: %v", p)
		}
	}()
	p := gofpdf.New("L", "pt", "A4", "")
	p.AddPage()
	addFont(p, 0, data)
	embed(p, 0, used)
	return p.Output(io.Discard)
}

// links gives the library the targets. Its links have the numbers of ours.
func (r *builder) links(p *gofpdf.Fpdf) {
	for _, t := range r.targets[1:] {
		id := p.AddLink()
		if t.page != nil {
			p.SetLink(id, t.y, t.page.number)
		}
	}
}

// annotated returns the operations that are not part of a page's content.
func annotated(ops []op) []op {
	var some []op
	for _, o := range ops {
		if o.kind == linkOp || o.kind == urlOp {
			some = append(some, o)
		}
	}
	return some
}

func (r *builder) annotations(p *gofpdf.Fpdf, pg *page) {
	for i := range pg.ops {
		o := &pg.ops[i]
		switch x, y, w, h := float64(o.x), float64(o.y), float64(o.w), float64(o.h); {
		case o.kind == linkOp && r.targets[o.target].page != nil:
			p.Link(x, y, w, h, int(o.target))
		case o.kind == urlOp:
			p.LinkString(x, y, w, h, o.text)
		}
	}
}

// properties are what a viewer shows of the document.
func (r *builder) properties(p *gofpdf.Fpdf) {
	day, err := time.Parse(time.DateOnly, r.m.Date)
	if err != nil {
		day = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	p.SetCreationDate(day)
	p.SetModificationDate(day)
	system := r.clean(r.m.System)
	title := r.clean(r.report.Title())
	if !strings.Contains(title, system) {
		title += ": " + system
	}
	p.SetTitle(plainText(title), true)
	p.SetAuthor(plainText(r.clean(r.m.Organization)), true)
	p.SetSubject(plainText(join(", ", "Who is responsible and accountable for each duty of "+system, r.revision())), true)
	p.SetKeywords("RACI, shared responsibility, AWS, "+r.report.Digest(), true)
	p.SetCreator("raci", true)
}

// footerTexts are the classification, and what identifies this document.
func (r *builder) footerTexts() (class, middle string) {
	third := r.textWidth / 3
	class = r.shorten(r.clean(r.m.Appearance.Classification), bold, small, third-10)
	middle = r.leftward(join("  \u00b7  ", r.shorten(r.clean(r.m.System), regular, small, third*0.5), r.shorten(r.revision(), regular, small, third*0.4), r.shortDigest()))
	return class, middle
}

// footer stands on every page.
func (r *builder) footer(number int, class, middle string) []op {
	y := r.pageHeight - 22.0
	put := func(x float64, s string, f face) op {
		return op{kind: textOp, face: f, color: grey, size: small, x: float32(x), y: float32(y), text: s}
	}
	pages := fmt.Sprintf("Page %d of %d", number, len(r.pages))
	ops := []op{{kind: lineOp, color: rule, x: margin, y: float32(y - 10), w: float32(r.textWidth)}}
	if class != "" {
		ops = append(ops, put(margin, class, bold))
	}
	return append(ops, put(margin+(r.textWidth-r.width(middle, regular, small))/2, middle, regular),
		put(margin+r.textWidth-r.width(pages, regular, small), pages, regular))
}

// shortDigest is enough of the digest to tell revisions apart by eye.
func (r *builder) shortDigest() string {
	return r.report.Digest()[:min(len(r.report.Digest()), len("sha256:")+12)]
}

// bookmarks adds the outline entries of a page, in the order of the marks.
func (r *builder) bookmarks(p *gofpdf.Fpdf, pg *page) {
	for _, m := range pg.marks {
		p.Bookmark(plainText(m.text), m.level, math.Max(r.targets[m.target].y-4, 0))
	}
}
