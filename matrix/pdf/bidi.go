package pdf

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// Marks that say in which direction a line reads on the whole, where its own
// first letter says otherwise. They are not printed.
const (
	leftToRight = '\u200e'
	rightToLeft = '\u200f'
)

// run is a piece of a line that one font prints.
type run struct {
	text string
	from uint8
}

// runs cuts a line into pieces by font, from left to right. Text that reads
// from right to left is turned round.
func (fs *fonts) runs(s string) []run {
	if !fs.mixed(s) {
		return []run{{s, builtinFont}}
	}
	rs := []rune(s)
	if slices.ContainsFunc(rs, isRightToLeft) {
		rs = visual(rs)
	}
	var out []run
	start := 0
	flush := func(end int) {
		if end > start {
			out = append(out, run{string(rs[start:end]), max(fs.from[rs[start]], builtinFont)})
		}
	}
	for i, r := range rs {
		if fs.from[r] != fs.from[rs[start]] {
			flush(i)
			start = i
		}
	}
	flush(len(rs))
	return out
}

// mixed reports whether a line may need more than the report's own fonts.
func (fs *fonts) mixed(s string) bool { return len(fs.extra) > 0 && !isASCII(s) }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] > '~' {
			return false
		}
	}
	return true
}

func isRightToLeft(r rune) bool {
	if r < 0x590 {
		return false
	}
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.R || p.Class() == bidi.AL
}

// direction returns the mark of the direction in which a text reads: that of
// its first letter or mark, or 0 where there is none.
func direction(s string) rune {
	for _, r := range s {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.L:
			return leftToRight
		case bidi.R, bidi.AL:
			return rightToLeft
		}
	}
	return 0
}

// leftward makes a line that joins several texts read from left to right,
// whatever the first of them is.
func (fs *fonts) leftward(s string) string {
	if direction(s) == rightToLeft {
		return string(leftToRight) + s
	}
	return s
}

// visual returns a line in the order in which it is printed from left to
// right, without its marks, by the Unicode bidirectional algorithm.
func visual(rs []rune) []rune {
	levels := levelsOf(rs)
	rs = slices.Clone(rs)
	for i, r := range rs {
		if levels[i]%2 == 1 {
			rs[i] = mirrored(r)
		}
	}
	for level := uint8(2); level > 0; level-- {
		for i := 0; i < len(rs); i++ {
			start := i
			for i < len(rs) && levels[i] >= level {
				i++
			}
			slices.Reverse(rs[start:i])
			slices.Reverse(levels[start:i])
		}
	}
	return slices.DeleteFunc(rs, func(r rune) bool { return r == leftToRight || r == rightToLeft })
}

// levelsOf returns how deep each character is nested: odd levels read from
// right to left. The library reports the directions only; within text that
// reads to the left, a number stands on the second level.
func levelsOf(rs []rune) []uint8 {
	base := direction(string(rs))
	levels := make([]uint8, len(rs))
	var p bidi.Paragraph
	if _, err := p.SetString(string(rs)); err != nil {
		return levels
	}
	order, err := p.Order()
	if err != nil {
		return levels
	}
	at, afterRight := 0, false
	for i := range order.NumRuns() {
		r := order.Run(i)
		text := []rune(r.String())
		for j := range text {
			switch {
			case at+j >= len(levels): // never: the text is one paragraph
			case r.Direction() == bidi.RightToLeft:
				levels[at+j] = 1
			case base == rightToLeft || afterRight && j < leadingNumber(text):
				levels[at+j] = 2
			}
		}
		at += len(text)
		afterRight = r.Direction() == bidi.RightToLeft
	}
	return levels
}

// leadingNumber returns the length of what comes before any letter, up to
// the last digit.
func leadingNumber(rs []rune) int {
	n := 0
	for i, r := range rs {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.L:
			return n
		case bidi.EN, bidi.AN:
			n = i + 1
		}
	}
	return n
}

// mirrored returns the bracket that stands for r where text is turned round.
func mirrored(r rune) rune {
	const pairs = "()[]{}<>\u00ab\u00bb\u2039\u203a\u2264\u2265"
	if i := strings.IndexRune(pairs, r); i >= 0 {
		rs := []rune(pairs)
		return rs[slices.Index(rs, r)^1]
	}
	return r
}
