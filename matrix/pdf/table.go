package pdf

const (
	pad   = 2.5 // between the border of a cell and its text
	small = 7.5 // the smallest type of the report
)

// column is one column of a table.
type column struct {
	title  string // its lines
	width  float64
	center bool
	right  bool
	turned bool // the title reads upwards
}

// line is one printed line of a cell.
type line struct {
	text   string
	face   face
	color  rgb
	target int
	url    string
}

// cell is one field of a row.
type cell struct {
	lines []line
	fill  rgb
}

// bar is the heading of a group of rows.
type bar struct {
	title, detail string
	target        int
	beside        bool     // the detail fits beside the title
	lines         []string // of the detail
}

// table draws rows from page to page: the headings are repeated on each page,
// and the bar of the group with them. A row stands on one page unless it is
// taller than a page; a heading never stands without a row below it.
type table struct {
	l       *layout
	x       float64
	cols    []column
	size    float64
	minimum float64 // height of a row, at least
	started bool
	top     float64 // height of the titles, once known
	bar     *bar
	pending bool // the bar is not drawn yet
	runTop  float64
}

func (t *table) lineHeight() float64 { return t.size * lineFactor }

func (t *table) width() float64 {
	w := 0.0
	for _, c := range t.cols {
		w += c.width
	}
	return w
}

// group begins a group of rows; its bar is drawn with the first row.
func (t *table) group(b bar) {
	t.closeRun()
	t.bar, t.pending = &b, true
	b.beside, b.lines = t.barLines(b)
}

// row draws one row. It calls placed, if not nil, where the row begins, with
// its height on this page.
func (t *table) row(cells []cell, placed func(h float64)) {
	n := longest(cells)
	whole := t.height(n)
	if !t.started {
		t.l.room(t.headHeight() + t.barHeight() + min(whole, 60))
		t.head()
	} else if t.l.y+t.pendingHeight()+whole > t.l.bottom {
		t.breakPage()
	}
	t.drawBar("")
	if placed != nil {
		placed(min(whole, t.l.bottom-t.l.y))
	}
	for first := 0; ; {
		fits := int((t.l.bottom - t.l.y - 2*pad) / t.lineHeight())
		if n-first <= fits {
			t.part(cells, first, n, whole)
			return
		}
		fits = max(fits, 1)
		t.part(cells, first, first+fits, t.height(fits))
		first += fits
		t.breakPage()
		t.drawBar("")
	}
}

// longest returns the number of lines of the cell that has the most.
func longest(cells []cell) int {
	n := 0
	for _, c := range cells {
		n = max(n, len(c.lines))
	}
	return n
}

func (t *table) height(lines int) float64 {
	return max(float64(lines)*t.lineHeight()+2*pad, t.minimum)
}

func (t *table) pendingHeight() float64 {
	if t.pending {
		return t.barHeight()
	}
	return 0
}

// breakPage goes on at the top of a new page.
func (t *table) breakPage() {
	t.closeRun()
	t.l.newPage()
	t.head()
	if t.bar != nil && !t.pending {
		t.pending = true
		t.drawBar(" (continued)")
	}
}

// part draws the lines from first to last of a row.
func (t *table) part(cells []cell, first, last int, h float64) {
	if first > 0 {
		h = t.height(last - first)
	}
	if t.runTop == 0 {
		t.runTop = t.l.y
	}
	x := t.x
	for i, c := range cells {
		col := t.cols[i]
		t.l.rect(x, t.l.y, col.width, h, c.fill)
		for j := first; j < min(last, len(c.lines)); j++ {
			t.cellLine(c.lines[j], x, t.l.y+pad+float64(j-first)*t.lineHeight(), col)
		}
		x += col.width
	}
	t.l.y += h
	t.l.line(t.x, t.l.y, x, t.l.y, rule)
}

func (t *table) cellLine(ln line, x, y float64, col column) {
	at := x + pad
	w := t.l.width(ln.text, ln.face, t.size)
	if col.center {
		at = x + (col.width-w)/2
	} else if col.right {
		at = x + col.width - 2*pad - w
	} else if t.l.mixed(ln.text) && direction(ln.text) == rightToLeft {
		at = x + col.width - pad - w
	}
	t.l.text(at, y+t.size*0.93, ln.text, ln.face, t.size, ln.color)
	t.l.link(at, y, w, t.lineHeight(), ln.target)
	if ln.url != "" {
		t.l.add(op{kind: urlOp, x: float32(at), y: float32(y), w: float32(w), h: float32(t.lineHeight()), text: ln.url})
	}
}

// closeRun draws the vertical rules of the rows since the last heading.
func (t *table) closeRun() {
	if t.runTop == 0 {
		return
	}
	x := t.x
	t.l.line(x, t.runTop, x, t.l.y, rule)
	for _, c := range t.cols {
		x += c.width
		t.l.line(x, t.runTop, x, t.l.y, rule)
	}
	t.runTop = 0
}

// end closes the table.
func (t *table) end() { t.closeRun() }
