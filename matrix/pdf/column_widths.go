package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

const (
	// shareRows is how many rows are looked at to share out the widths.
	shareRows = 150
	// widestWord is the widest word that a column makes room for, unbroken.
	widestWord = 84.0
)

// shareWidths gives the text columns the room that the letters leave, so that the
// rows are as low as can be: it starts from what the columns need and moves
// a little width from one to another as long as that helps.
func (f *form) shareWidths() {
	rest := f.textWidth
	for _, c := range f.parties {
		rest -= c.width
	}
	fields := slices.Concat(f.before, f.after)
	f.widths = make([]float64, len(fields))
	least := f.minWidths(fields)
	for i := range fields {
		rest -= least[i]
	}
	g := f.gauge(fields)
	if rest < 0 { // more words than room: all give way alike
		for i := range least {
			least[i] += rest / float64(len(fields))
		}
		rest = 0
	}
	needs, total := g.needs(least)
	for i := range fields {
		f.widths[i] = least[i] + rest*needs[i]/total
	}
	best := g.cost(f.widths)
	for _, step := range []float64{20, 8, 3} {
		for range 200 {
			from, to, cost := g.move(least, step)
			if cost >= best {
				break
			}
			f.widths[from] -= step
			f.widths[to] += step
			best = cost
		}
	}
}

// gauge wraps some of the rows, evenly chosen, at many widths of columns.
type gauge struct {
	*form
	texts [][][]measured // by field and row
	lines map[gaugeKey][]int
	tops  []int // of each row, the lines of its highest cell; made once for all costs
}

// measured is a paragraph with the widths of its words, so that to wrap it once more
// is to add numbers.
type measured struct {
	paragraph
	words  []spacedWord
	widest int
}

func (f *form) gauge(fields []field) *gauge {
	some := someRows(len(f.m.Rows), shareRows)
	g := &gauge{form: f, lines: map[gaugeKey][]int{}, tops: make([]int, len(some))}
	for i := range fields {
		texts := make([][]measured, len(some))
		for k, n := range some {
			for _, p := range fields[i].text(&f.m.Rows[n]) {
				m := measured{paragraph: p, words: f.spacedWords(p.text, p.face)}
				for _, w := range m.words {
					m.widest = max(m.widest, w.width)
				}
				texts[k] = append(texts[k], m)
			}
		}
		g.texts = append(g.texts, texts)
	}
	return g
}

type gaugeKey struct {
	field int
	width float64
}

// needs says how many lines each column has too many at its least width.
func (g *gauge) needs(least []float64) (needs []float64, total float64) {
	for i, w := range least {
		n := 0.01
		for _, lines := range g.measure(i, w) {
			n += float64(max(lines-1, 0))
		}
		needs = append(needs, n)
		total += n
	}
	return needs, total
}

// move finds the move of width that lowers the rows the most.
func (g *gauge) move(least []float64, step float64) (from, to int, best float64) {
	best = math.Inf(1)
	widths := slices.Clone(g.widths)
	for i := range widths {
		if widths[i]-step < least[i] {
			continue
		}
		for j := range widths {
			if j == i {
				continue
			}
			widths[i], widths[j] = g.widths[i]-step, g.widths[j]+step
			if c := g.cost(widths); c < best {
				from, to, best = i, j, c
			}
			widths[j] = g.widths[j]
		}
		widths[i] = g.widths[i]
	}
	return from, to, best
}

// cost is the height of the rows in lines. The lines of all cells count a
// little too: else no small move would help where two columns are as high.
func (g *gauge) cost(widths []float64) float64 {
	clear(g.tops)
	sum := 0.0
	for i, w := range widths {
		for k, n := range g.measure(i, w) {
			g.tops[k] = max(g.tops[k], n)
			sum += 0.03 * float64(n)
		}
	}
	for _, n := range g.tops {
		sum += float64(n)
	}
	return sum
}

func (g *gauge) measure(field int, width float64) []int {
	key := gaugeKey{field, math.Round(width*16) / 16}
	if lines, ok := g.lines[key]; ok {
		return lines
	}
	lines := make([]int, len(g.texts[field]))
	for i, texts := range g.texts[field] {
		for k := range texts {
			lines[i] += g.count(&texts[k], key.width-2*pad)
		}
	}
	g.lines[key] = lines
	return lines
}

// count returns how many lines the paragraph takes.
func (g *gauge) count(m *measured, width float64) int {
	limit := lineLimit(small, width)
	if m.widest > limit {
		return len(g.wrap(m.text, m.face, small, width)) // breaks words
	}
	return countLines(m.words, g.widthOfSpace(m.face), limit)
}

// someRows returns about n of the indices below total. Duties repeat from entry
// to entry, so the distances vary: equal ones might always meet the same duty.
func someRows(total, n int) []int {
	step := max(total/n, 1)
	var out []int
	for k := 0; k*step < total; k++ {
		out = append(out, min(k*step+k*k*7%step, total-1))
	}
	return out
}

// minWidths returns the least width of each field: wide enough for its longest
// ordinary word, if that is not very long.
func (f *form) minWidths(fields []field) []float64 {
	out := make([]float64, len(fields))
	for i, fd := range fields {
		longest := 0.0
		for _, k := range someRows(len(f.m.Rows), 4*shareRows) {
			for _, p := range fd.text(&f.m.Rows[k]) {
				longest = max(longest, f.longestWord(p.text, p.face, small))
			}
		}
		out[i] = max(fd.minWidth, longest+2*pad+0.1)
	}
	return out
}

// ordinary reports whether a word is one that should not be broken.
func ordinary(word string) bool {
	return strings.IndexFunc(strings.TrimRight(word, ".,;:)"), func(r rune) bool { return !unicode.IsLetter(r) && r != '(' }) < 0
}
