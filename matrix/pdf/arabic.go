package pdf

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Arabic letters change their shape with their neighbours. The fonts hold the
// shapes as characters of their own, the presentation forms: for each letter
// the isolated and the final one, then, if it joins to the next letter, the
// initial and the medial one. What this leaves out are ligatures but lam-alef,
// and the placing of vowel signs by the font's own rules.

// formRanges hold the presentation forms in that order.
var formRanges = [...][2]rune{{0xfb50, 0xfbb1}, {0xfbd3, 0xfbe7}, {0xfbfc, 0xfbff}, {0xfe80, 0xfef4}}

const (
	lam       = '\u0644'
	tatweel   = '\u0640' // joins on both sides
	lamAlef   = '\ufef5' // with each kind of alef, isolated and final
	lamAlefTo = '\ufefc'
)

// forms finds the shapes of a letter.
type forms struct {
	first map[rune]rune // its isolated form
	count map[rune]int  // how many it has
}

func newForms() *forms {
	f := &forms{map[rune]rune{}, map[rune]int{}}
	for _, span := range formRanges {
		for r := span[0]; r <= span[1]; r++ {
			letter := []rune(plainLetter(r))
			if len(letter) != 1 || letter[0] == r {
				continue
			}
			if f.count[letter[0]] == 0 {
				f.first[letter[0]] = r
			}
			f.count[letter[0]]++
		}
	}
	return f
}

// plainLetter returns the letters that a presentation form stands for, or r itself.
func plainLetter(r rune) string {
	if r >= 0xfb50 && r <= 0xfbff || r >= 0xfe80 && r <= lamAlefTo {
		return norm.NFKC.String(string(r))
	}
	return string(r)
}

// plainText returns a cleaned text as it was before its letters got forms.
func plainText(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if r != leftToRight && r != rightToLeft {
			b.WriteString(plainLetter(r))
		}
	}
	return b.String()
}

func (f *forms) joinsNext(r rune) bool     { return f.count[r] == 4 || r == tatweel }
func (f *forms) joinsPrevious(r rune) bool { return f.count[r] >= 2 || r == tatweel }

// nonJoiner stands between letters that would join but must not.
const nonJoiner = "\u200c"

func isArabic(r rune) bool { return r >= 0x600 && r <= 0x6ff }

// shape replaces letters by the forms that has knows. The isolated form is
// the letter itself.
func (f *forms) shape(rs []rune, has func(rune) bool) []rune {
	out := make([]rune, 0, len(rs))
	joined := false // the letter before reaches out to this one
	for i := 0; i < len(rs); i++ {
		r := rs[i]
		if unicode.Is(unicode.Mn, r) {
			out = append(out, r)
			continue
		}
		if string(r) == nonJoiner {
			joined = false
			continue
		}
		final := joined && f.joinsPrevious(r)
		if r == lam && i+1 < len(rs) {
			if form := alefForm(rs[i+1], final); form != 0 && has(form) {
				out = append(out, form)
				joined = false
				i++
				continue
			}
		}
		initial := f.joinsNext(r) && f.joinsPrevious(f.next(rs[i+1:]))
		out = append(out, f.form(r, final, initial, has))
		joined = initial
	}
	return out
}

// next returns the first letter that is not a mark above or below another.
func (f *forms) next(rs []rune) rune {
	for _, r := range rs {
		if !unicode.Is(unicode.Mn, r) {
			return r
		}
	}
	return 0
}

func (f *forms) form(r rune, final, initial bool, has func(rune) bool) rune {
	shape := f.first[r]
	switch {
	case shape == 0 || !final && !initial:
		return r
	case final && initial:
		shape += 3
	case initial:
		shape += 2
	default:
		shape++
	}
	if !has(shape) {
		return r
	}
	return shape
}

// alefForm returns the ligature of lam with an alef, or 0.
func alefForm(alef rune, final bool) rune {
	for i, a := range [...]rune{'\u0622', '\u0623', '\u0625', '\u0627'} {
		if a == alef {
			form := lamAlef + rune(2*i)
			if final {
				form++
			}
			return form
		}
	}
	return 0
}
