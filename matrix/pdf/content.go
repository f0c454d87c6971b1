package pdf

import (
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

// writer turns the operations of a page into the language of PDF. The library
// could do that too, but takes several times as long.
type writer struct {
	*builder
	buf        []byte
	used       [][]bool // characters by font: first the report's own faces, then those of the manifest
	order      []int    // fonts in the order of their first use: /F0, /F1 and so on
	font       int
	size       float32
	fill, line rgb
	text       bool    // within a text object
	x, y       float32 // where its last text began
}

func newWriter(r *builder) *writer {
	return &writer{builder: r, used: make([][]bool, int(faceCount)+len(r.extra))}
}

// page returns the content of a page, until it is called again.
func (w *writer) page(pg *page, footer []op) []byte {
	w.buf = append(w.buf[:0], "0.4 w\n"...)
	w.font, w.size, w.fill, w.line = -1, 0, 0, 0
	// Areas first, then rules, then texts: the fewest changes of colour.
	for _, kinds := range [][2]opKind{{rectOp, rectOp}, {lineOp, lineOp}, {imageOp, numberOp}} {
		for _, ops := range [][]op{pg.ops, footer} {
			for i := range ops {
				if o := &ops[i]; o.kind >= kinds[0] && o.kind <= kinds[1] {
					w.op(o)
				}
			}
		}
		if kinds[0] == lineOp && w.line != 0 {
			w.buf = append(w.buf, "S\n"...)
		}
	}
	w.endText()
	return w.buf
}

func (w *writer) op(o *op) {
	switch o.kind {
	case rectOp:
		w.setFill(o.color)
		w.numbers(o.x, w.up(o.y), o.w, -o.h)
		w.buf = append(w.buf, "re f\n"...)
	case lineOp:
		if w.line != o.color {
			if w.line != 0 {
				w.buf = append(w.buf, "S\n"...)
			}
			w.line = o.color
			w.color(o.color, "RG\n")
		}
		w.numbers(o.x, w.up(o.y))
		w.buf = append(w.buf, "m "...)
		w.numbers(o.x+o.w, w.up(o.y+o.h))
		w.buf = append(w.buf, "l\n"...)
	case textOp, turnedOp:
		w.string(o, o.x, o.text)
	case numberOp:
		if t := w.targets[o.target]; t.page != nil {
			s := strconv.Itoa(t.page.number)
			w.string(o, o.x-float32(w.width(s, o.face, float64(o.size))), s)
		}
	case imageOp:
		w.endText()
		w.buf = append(w.buf, "q "...)
		w.numbers(o.w, 0, 0, o.h, o.x, w.up(o.y+o.h))
		w.buf = append(w.buf, "cm /I0 Do Q\n"...)
	}
}

// string draws a text, each piece with the font that has it.
func (w *writer) string(o *op, x float32, s string) {
	if !w.mixed(s) {
		w.piece(o, x, s, int(o.face))
		return
	}
	y, along := o.y, float32(0)
	for _, run := range w.runs(s) {
		font := int(o.face)
		if run.from > builtinFont {
			font = int(faceCount) + int(run.from) - builtinFont - 1
		}
		p := *o
		if o.kind == turnedOp {
			p.y = y - along
			w.piece(&p, x, run.text, font)
		} else {
			w.piece(&p, x+along, run.text, font)
		}
		along += float32(w.width(run.text, o.face, float64(o.size)))
	}
}

// piece draws a text of one font.
func (w *writer) piece(o *op, x float32, s string, font int) {
	w.setFill(o.color)
	if !w.text {
		w.text, w.x, w.y = true, 0, 0
		w.buf = append(w.buf, "BT\n"...)
	}
	if w.font != font || w.size != o.size {
		w.font, w.size = font, o.size
		w.buf = append(append(strconv.AppendInt(append(w.buf, "/F"...), int64(w.fontNumber(font)), 10), ' '), trimmed(o.size)...)
		w.buf = append(w.buf, " Tf\n"...)
	}
	if y := w.up(o.y); o.kind == turnedOp {
		w.buf = append(w.buf, "0 1 -1 0 "...)
		w.numbers(x, y)
		w.buf = append(w.buf, "Tm "...)
		w.show(s, font)
		w.endText()
	} else {
		x, y := hundredths(x), hundredths(y)
		w.numbers(x-w.x, y-w.y)
		w.x, w.y = x, y
		w.buf = append(w.buf, "Td "...)
		w.show(s, font)
	}
}

// show writes a text in the encoding of the fonts, which is UTF-16.
func (w *writer) show(s string, font int) {
	used := w.used[font]
	w.buf = append(w.buf, '(')
	for _, r := range s {
		used[r] = true
		w.escaped(byte(r >> 8))
		w.escaped(byte(r))
	}
	w.buf = append(w.buf, ") Tj\n"...)
}

func (w *writer) escaped(c byte) {
	switch c {
	case '\\', '(', ')':
		w.buf = append(w.buf, '\\', c)
	case '\r':
		w.buf = append(w.buf, '\\', 'r')
	default:
		w.buf = append(w.buf, c)
	}
}

func (w *writer) endText() {
	if w.text {
		w.text = false
		w.buf = append(w.buf, "ET\n"...)
	}
}

// fontNumber gives fonts their numbers as they come.
func (w *writer) fontNumber(font int) int {
	if w.used[font] == nil {
		w.used[font] = make([]bool, utf8.MaxRune>>4)
		w.order = append(w.order, font)
	}
	return slices.Index(w.order, font)
}

func (w *writer) setFill(c rgb) {
	if w.fill != c {
		w.fill = c
		w.color(c, "rg\n")
	}
}

func (w *writer) color(c rgb, operator string) {
	for shift := 16; shift >= 0; shift -= 8 {
		w.buf = strconv.AppendFloat(w.buf, float64(int(float64(c>>shift&0xff)/255*1000+0.5))/1000, 'f', -1, 64)
		w.buf = append(w.buf, ' ')
	}
	w.buf = append(w.buf, operator...)
}

// up turns a height from the top of the page into one from its foot.
func (w *writer) up(y float32) float32 { return float32(w.pageHeight) - y }

// numbers writes lengths in hundredths of a point.
func (w *writer) numbers(list ...float32) {
	for _, v := range list {
		w.buf = append(appendHundredths(w.buf, v), ' ')
	}
}

func hundredths(v float32) float32 {
	if v < 0 {
		return float32(int(v*100-0.5)) / 100
	}
	return float32(int(v*100+0.5)) / 100
}

func appendHundredths(buf []byte, v float32) []byte {
	n := int(v*100 + 0.5)
	if v < 0 {
		n = int(v*100 - 0.5)
	}
	if n < 0 {
		buf, n = append(buf, '-'), -n
	}
	buf = strconv.AppendInt(buf, int64(n/100), 10)
	if n %= 100; n == 0 {
		return buf
	}
	buf = append(buf, '.', byte('0'+n/10))
	if n%10 != 0 {
		buf = append(buf, byte('0'+n%10))
	}
	return buf
}

func trimmed(v float32) string { return fmt.Sprint(v) }
