package pdf

import "strings"

// turnedMax is the greatest height of a title that reads upwards.
const turnedMax = 124

// head draws the titles of the columns.
func (t *table) head() {
	t.started = true
	h := t.headHeight()
	t.l.rect(t.x, t.l.y, t.width(), h, t.l.accent)
	x := t.x
	for _, c := range t.cols {
		if c.turned {
			t.l.line(x, t.l.y, x, t.l.y+h, t.l.accentRule)
			t.turnedTitle(c, x, h)
		} else {
			lines := t.titleLines(c)
			y := t.l.y + h - pad - float64(len(lines))*t.lineHeight()
			for i, s := range lines {
				t.cellLine(line{text: s, face: bold, color: white}, x, y+float64(i)*t.lineHeight(), c)
			}
		}
		x += c.width
	}
	t.l.y += h
}

// titleMost bounds the lines of the title of a column.
const titleMost = 6

// titleLines wraps a title that reads across.
func (t *table) titleLines(c column) []string {
	var lines []string
	for title := range strings.SplitSeq(c.title, "\n") {
		lines = append(lines, t.l.wrapAtMost(titleMost, title, bold, t.size, c.width-2*pad)...)
	}
	if len(lines) > titleMost {
		lines = append(lines[:titleMost-1], "\u2026")
	}
	return lines
}

func (t *table) turnedTitle(c column, x, h float64) {
	lines := t.turnedLines(c, h-2*pad)
	left := x + (c.width-float64(len(lines))*t.lineHeight())/2
	for i, s := range lines {
		t.l.add(op{kind: turnedOp, face: bold, color: white, size: float32(t.size), text: s,
			x: float32(left + float64(i)*t.lineHeight() + t.size*0.93), y: float32(t.l.y + h - pad)})
	}
}

// turnedLines wraps a turned title into as many lines as the column is wide.
func (t *table) turnedLines(c column, h float64) []string {
	return t.l.wrapAtMost(max(int((c.width-1)/t.lineHeight()), 1), c.title, bold, t.size, h)
}

// headHeight returns the least height in which all titles can be read.
func (t *table) headHeight() float64 {
	if t.top == 0 {
		t.top = t.measureHead()
	}
	return t.top
}

func (t *table) measureHead() float64 {
	h := t.lineHeight()
	for _, c := range t.cols {
		if !c.turned {
			h = max(h, float64(len(t.titleLines(c)))*t.lineHeight())
			continue
		}
		need := 30.0
		for need < turnedMax && !t.turnedFits(c, need) {
			need += 5
		}
		h = max(h, min(need, turnedMax))
	}
	return h + 2*pad
}

// turnedFits reports whether a turned title needs neither a cut nor a broken
// word at this height.
func (t *table) turnedFits(c column, h float64) bool {
	lines := t.l.wrap(c.title, bold, t.size, h)
	return len(lines) <= max(int((c.width-1)/t.lineHeight()), 1) && t.l.widest(c.title, bold, t.size) <= h
}

// barLines lays out the bar: its title, then what fits of the detail.
func (t *table) barLines(b bar) (beside bool, lines []string) {
	room := t.width() - 4*pad
	if b.detail == "" {
		return true, nil
	}
	used := t.l.width(b.title+" (continued)   ", bold, t.size+1)
	if used+t.l.width(b.detail, regular, t.size) <= room {
		return true, []string{b.detail}
	}
	return false, t.l.wrapAtMost(3, b.detail, regular, t.size, room)
}

func (t *table) barHeight() float64 {
	if t.bar == nil {
		return 0
	}
	h := t.lineHeight() + 3*pad
	if !t.bar.beside {
		h += float64(len(t.bar.lines)) * t.lineHeight()
	}
	return h
}

// drawBar draws the bar of the group if it is due.
func (t *table) drawBar(suffix string) {
	if !t.pending {
		return
	}
	t.pending = false
	h := t.barHeight()
	if suffix == "" {
		t.l.place(t.bar.target)
	}
	t.l.rect(t.x, t.l.y, t.width(), h, t.l.accentTint)
	y := t.l.y + pad + t.size + 1
	room := t.width() - 4*pad
	title := t.l.shorten(t.bar.title, bold, t.size+1, room-t.l.width(suffix, bold, t.size+1))
	t.l.text(t.x+2*pad, y, title+suffix, bold, t.size+1, t.l.accent)
	for i, s := range t.bar.lines {
		if t.bar.beside {
			t.l.textRight(t.x+t.width()-2*pad, y, s, regular, t.size, ink)
			break
		}
		t.l.text(t.x+2*pad, y+float64(i+1)*t.lineHeight(), s, regular, t.size, ink)
	}
	t.l.y += h
	t.l.line(t.x, t.l.y, t.x+t.width(), t.l.y, rule)
}
