package pdf

// All lengths are points, from the top left.
const (
	margin     = 32.0
	top        = 32.0
	lineFactor = 1.22 // height of a line, in type sizes
)

// rgb is a colour as 0xRRGGBB; the zero value is no colour at all.
type rgb uint32

const (
	ink      rgb = 0x1A1A1A
	grey     rgb = 0x555B63
	navy     rgb = 0x1F3A5F
	white    rgb = 0xFFFFFF
	groupBar rgb = 0xDCE6F0
	rule     rgb = 0xC3CCD6
	headRule rgb = 0x4D678C
	red      rgb = 0xA80F1E
	pink     rgb = 0xFBE6E7
	linkBlue rgb = 0x1B4F91
)

type opKind uint8

const (
	rectOp   opKind = iota // filled
	lineOp                 // from x, y to x+w, y+h
	imageOp                // the logo
	textOp                 // text with its baseline at x, y
	turnedOp               // the same, reading upwards
	linkOp                 // an area that leads to a target
	urlOp                  // an area that leads to the address in text
	numberOp               // the page number of a target, ending at x
)

// op is one thing on a page. Pages are laid out completely before any is
// drawn, so that page totals and the table of contents are known.
type op struct {
	kind       opKind
	face       face
	color      rgb
	size       float32
	x, y, w, h float32
	target     int32
	text       string
}

type page struct {
	ops    []op
	marks  []mark // that are on it, once all pages are there
	number int
}

// target is a place that links lead to.
type target struct {
	page *page
	y    float64
}

// mark is a line of the outline and of the table of contents.
type mark struct {
	level  int
	text   string
	target int
}

// layout collects pages from top to bottom.
type layout struct {
	*fonts
	*sanitizer
	look
	pages   []*page
	page    *page
	y       float64
	targets []target // by id; id 0 is no target
	marks   []mark
}

func newLayout(fs *fonts, k look) *layout {
	return &layout{fonts: fs, sanitizer: newSanitizer(fs), look: k, targets: make([]target, 1)}
}

func (l *layout) newPage() {
	l.page = &page{}
	l.pages = append(l.pages, l.page)
	l.y = top
}

// room makes sure that h points are left on the page.
func (l *layout) room(h float64) {
	if l.y+h > l.bottom {
		l.newPage()
	}
}

func (l *layout) add(o op) { l.page.ops = append(l.page.ops, o) }

// text draws a cleaned text with its baseline at y.
func (l *layout) text(x, y float64, s string, f face, size float64, c rgb) {
	if s != "" {
		l.add(op{kind: textOp, face: f, color: c, size: float32(size), x: float32(x), y: float32(y), text: s})
	}
}

// textRight draws a cleaned text that ends at x.
func (l *layout) textRight(x, y float64, s string, f face, size float64, c rgb) {
	l.text(x-l.width(s, f, size), y, s, f, size, c)
}

func (l *layout) rect(x, y, w, h float64, c rgb) {
	if c != 0 {
		l.add(op{kind: rectOp, color: c, x: float32(x), y: float32(y), w: float32(w), h: float32(h)})
	}
}

func (l *layout) line(x1, y1, x2, y2 float64, c rgb) {
	l.add(op{kind: lineOp, color: c, x: float32(x1), y: float32(y1), w: float32(x2 - x1), h: float32(y2 - y1)})
}

func (l *layout) link(x, y, w, h float64, target int) {
	if target > 0 {
		l.add(op{kind: linkOp, x: float32(x), y: float32(y), w: float32(w), h: float32(h), target: int32(target)})
	}
}

// newTarget returns the id of a place to be named later by place.
func (l *layout) newTarget() int {
	l.targets = append(l.targets, target{})
	return len(l.targets) - 1
}

// place says that a target is here.
func (l *layout) place(target int) {
	if target > 0 {
		l.targets[target].page, l.targets[target].y = l.page, l.y
	}
}

// mark adds this place to the outline and the table of contents.
func (l *layout) mark(level int, text string) {
	t := l.newTarget()
	l.place(t)
	l.marks = append(l.marks, mark{level, text, t})
}

// section begins a section, on this page if it has room for its heading and
// some of what follows.
func (l *layout) section(title string, room float64) {
	if l.y > top {
		l.y += 18
	}
	l.room(room + 34)
	l.mark(0, title)
	l.text(margin, l.y+16, title, bold, 16, l.accent)
	l.rect(margin, l.y+23, l.textWidth, 1.2, l.accent)
	l.y += 34
}

// paragraph draws a cleaned text across w from x, page by page.
func (l *layout) paragraph(x, w float64, s string, f face, size float64, c rgb) {
	h := size * (lineFactor + 0.08)
	for _, s := range l.wrap(s, f, size, w) {
		l.room(h)
		l.text(x, l.y+size, s, f, size, c)
		l.y += h
	}
}
