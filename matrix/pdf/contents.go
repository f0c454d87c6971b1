package pdf

import (
	"slices"

	"raci/matrix/view"
)

// contents lays out the table of contents, in two columns, or three where
// two would not fit one page. The marks of the cover stay out of it.
func (r *builder) contents() {
	const height, size, gap = 14.5, 9.0, 30.0
	listed := slices.Clone(r.marks[1:])
	r.newPage()
	r.title(view.ContentsTitle, "", 0, 0)
	r.moveMark()
	first, x, columns := r.y, margin, 2.0
	if 2*int((r.bottom-r.y)/height) < len(listed) {
		columns = 3
	}
	w := (r.textWidth - gap*(columns-1)) / columns
	for _, m := range listed {
		if columns > 2 {
			m.about = "" // no room
		}
		if r.y+height > r.bottom {
			if x+w+gap < margin+r.textWidth {
				x, r.y = x+w+gap, first
			} else {
				r.newPage()
				first, x = r.y, margin
			}
		}
		r.contentsLine(m, x, w, size)
		r.y += height
	}
}

func (r *builder) contentsLine(m mark, x, w, size float64) {
	f, indent := bold, 0.0
	if m.level > 0 {
		f, indent = regular, 14
	}
	const number, gap = 30, 6
	name := r.shorten(m.text, f, size, w-indent-number)
	r.text(x+indent, r.y+size, name, f, size, ink)
	from, to := x+indent+r.width(name, f, size)+gap, x+w-number
	if about := r.width(m.about, regular, small); m.about != "" && from+about <= to {
		r.text(from, r.y+size, m.about, regular, small, grey)
		from += about + gap
	}
	if from < to {
		r.line(from, r.y+size+0.5, to, r.y+size+0.5, rule)
	}
	r.add(op{kind: numberOp, face: f, color: ink, size: float32(size), x: float32(x + w), y: float32(r.y + size), target: int32(m.target)})
	r.link(x, r.y, w, size*1.4, m.target)
}

// moveMark puts the last mark, the table of contents, behind the cover's.
func (r *builder) moveMark() {
	last := len(r.marks) - 1
	m := r.marks[last]
	copy(r.marks[2:], r.marks[1:last])
	r.marks[1] = m
}
