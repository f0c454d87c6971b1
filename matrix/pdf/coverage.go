package pdf

import (
	"fmt"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/view"
)

// mostCovered is how many frameworks have a bar each.
const mostCovered = 4

// coverageBars draws how the requirements of the frameworks are answered.
func (r *builder) coverageBars(x, w float64) {
	if len(r.m.Frameworks) == 0 {
		return
	}
	r.y += 8
	r.heading(x, w, r.clean(r.sectionByID(view.Coverage).Title))
	for i := range r.m.Frameworks {
		if i == mostCovered {
			where := more(len(r.m.Frameworks)-i, r.clean(r.sectionByID(view.Requirements).Title))
			r.text(x, r.y+8, r.shorten(where, italic, small, w), italic, small, grey)
			r.y += 10
			return
		}
		r.coverageBar(&r.m.Frameworks[i], x, w)
	}
}

// coverageHeight is the height of what coverageBars draws.
func (r *builder) coverageHeight(w float64) float64 {
	h := 0.0
	for i := range r.m.Frameworks {
		switch i {
		case 0:
			h += 26
		case mostCovered:
			return h + 10
		}
		_, lines := r.coverageLabels(&r.m.Frameworks[i], w)
		h += 12 + float64(lines+len(r.coverageTitle(&r.m.Frameworks[i], w)))*coverageLine
	}
	return h
}

func (r *builder) coverageBar(s *catalog.Selection, x, w float64) {
	total := len(r.report.Answers(s))
	r.textRight(x+w, r.y+8, fmt.Sprint(total), bold, 8, ink)
	for _, line := range r.coverageTitle(s, w) {
		r.text(x, r.y+8, line, regular, 8, linkBlue)
		r.link(x, r.y, w, 11, r.target(view.ToFramework, s.Name))
		r.y += coverageLine
	}
	r.y++
	labels, lines := r.coverageLabels(s, w)
	left := x
	for _, l := range labels {
		length := w * float64(l.n) / float64(max(total, 1))
		if l.n > 0 {
			r.rect(left, r.y, length, 7, l.color)
		}
		left += length
		y := r.y + 8 + float64(l.line)*coverageLine
		r.rect(x+l.x, y+2.6, 5, 5, l.color)
		r.text(x+l.x+7, y+8, l.text, regular, small, ink)
	}
	r.y += 11 + float64(lines)*coverageLine
}

// coverageTitle returns the name of the framework with its baselines, in up to three
// lines.
func (r *builder) coverageTitle(s *catalog.Selection, w float64) []string {
	return r.wrapAtMost(3, r.clean(view.FrameworkName(s)), regular, 8, w-30)
}

// coverageLine is the height of a line of labels.
const coverageLine = 10.0

// coverageLabel says what a part of a bar stands for.
type coverageLabel struct {
	text  string
	color rgb
	n     int
	x     float64 // from the left of the bar
	line  int
}

// coverageLabels returns the labels of a bar, in as many lines as they need.
func (r *builder) coverageLabels(s *catalog.Selection, w float64) (labels []coverageLabel, lines int) {
	const box, gap = 7, 7
	x := 0.0
	for k, n := range r.report.CountOwnership(s) {
		o := matrix.Ownerships[k]
		l := coverageLabel{text: fmt.Sprintf("%s %d", view.OwnershipName(o), n), color: bars[view.OwnershipTone(o)], n: n}
		length := box + r.width(l.text, regular, small)
		if x > 0 && x+length > w {
			x = 0
			lines++
		}
		l.x, l.line = x, lines
		labels = append(labels, l)
		x += length + gap
	}
	return labels, lines + 1
}
