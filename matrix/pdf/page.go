package pdf

// All lengths are points, from the top left.
const (
	margin     = 32.0
	top        = 32.0
	lineFactor = 1.22 // height of a line, in type sizes
)

// rgb is a colour as 0xRRGGBB; the zero value is no colour.
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

// op is one element of a page. Pages are laid out completely before any is
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
	about  string // what is there, for the table of contents
	target int
}

// layout collects pages from top to bottom.
type layout struct {
	*fonts
	*sanitizer
	look
	pages   []*page
	at      int   // index of the page
	page    *page // that is being filled
	y       float64
	targets []target // by id; id 0 is not a target
	marks   []mark
}

func newLayout(fs *fonts, k look) *layout {
	return &layout{fonts: fs, sanitizer: newSanitizer(fs), look: k, targets: make([]target, 1), at: -1}
}

// newPage goes on at the top of the next page, which is a new one unless the
// part beside this one has begun it.
func (l *layout) newPage() {
	if l.at++; l.at == len(l.pages) {
		next := &page{}
		if l.page != nil { // there is about as much on it as on this one
			next.ops = make([]op, 0, len(l.page.ops))
		}
		l.pages = append(l.pages, next)
	}
	l.page, l.y = l.pages[l.at], top
}

// endPage leaves the rest of a page empty that has anything on it.
func (l *layout) endPage() {
	if l.y > top {
		l.y = l.bottom
	}
}

// beside lays out two parts next to each other, and goes on below the longer.
func (l *layout) beside(left, right func()) {
	at, y := l.at, l.y
	left()
	leftAt, leftY := l.at, l.y
	l.at, l.page, l.y = at, l.pages[at], y
	right()
	if leftAt > l.at || leftAt == l.at && leftY > l.y {
		l.at, l.page, l.y = leftAt, l.pages[leftAt], leftY
	}
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
func (l *layout) mark(m mark) {
	if m.target == 0 {
		m.target = l.newTarget()
	}
	l.place(m.target)
	l.marks = append(l.marks, m)
}

// title begins a part of the report, on this page if it has room for the title
// and so much of what follows. The target, if not 0, leads to it.
func (l *layout) title(text, about string, target int, room float64) {
	if l.y > top {
		l.y += 18
	}
	l.room(min(room, 400) + 34)
	l.mark(mark{text: text, about: about, target: target})
	l.text(margin, l.y+16, l.shorten(text, bold, 16, l.textWidth), bold, 16, l.accent)
	l.rect(margin, l.y+23, l.textWidth, 1.2, l.accent)
	l.y += 34
}

// subtitle begins a part of a section in the same way.
func (l *layout) subtitle(text string, target int, room float64) {
	l.room(room + 20)
	l.mark(mark{level: 1, text: text, target: target})
	l.text(margin, l.y+13, l.shorten(text, bold, 13, l.textWidth), bold, 13, l.accent)
	l.y += 20
}

// heading is a small heading within a page.
func (l *layout) heading(x, w float64, text string) {
	l.text(x, l.y+11, l.shorten(text, bold, 11, w), bold, 11, l.accent)
	l.y += 18
}

// loose is the height of a line of a paragraph, in type sizes.
const loose = lineFactor + 0.08

// paragraph draws a cleaned text across w from x, page by page.
func (l *layout) paragraph(x, w float64, s string, f face, size float64, c rgb) {
	h := size * loose
	for _, s := range l.wrap(s, f, size, w) {
		l.room(h)
		l.text(x, l.y+size, s, f, size, c)
		l.y += h
	}
}
