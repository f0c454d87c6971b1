package pdf

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	// box stands for a character that none of the report's fonts has.
	box = '\u25a1'
	// maxText bounds one text. A cell of more characters would fill pages.
	maxText = 10_000
	// maxMissing bounds the warnings that name one character each.
	maxMissing = 40
)

// sanitizer is the one door through which text enters the document. The library
// panics on characters above U+FFFF and draws nothing for those that the font
// does not have, so no text may go around it.
type sanitizer struct {
	has     func(rune) bool
	forms   *forms // of Arabic letters; nil where no font has any
	missing map[rune]bool
	broken  bool     // some text was not UTF-8
	cut     []string // the beginnings of texts that were cut
}

func newSanitizer(fs *fonts) *sanitizer {
	g := &sanitizer{has: fs.has, missing: map[rune]bool{}}
	if len(fs.extra) > 0 {
		g.forms = newForms()
	}
	return g
}

// clean returns s as it can be printed, on one line: every character of the
// result is in the font, white space is single spaces, and there are no
// control, bidi or joining characters. Arabic letters have the forms in which
// they join. It notes what it replaced.
func (g *sanitizer) clean(s string) string {
	if plain(s) {
		return s
	}
	if !utf8.ValidString(s) {
		g.broken = true
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	s, wasCut := cutText(s)
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFC.String(s) {
		r = g.printable(r)
		if r == ' ' {
			space = b.Len() > 0
			continue
		}
		if r < 0 {
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if wasCut {
		g.cut = append(g.cut, b.String()[:min(b.Len(), firstRunes(b.String(), 30))])
		b.WriteString(" \u2026 (cut)")
	}
	if g.forms != nil && strings.ContainsFunc(b.String(), isArabic) {
		return string(g.forms.shape([]rune(b.String()), g.has))
	}
	return strings.ReplaceAll(b.String(), nonJoiner, "")
}

// printable returns what stands for r in print: ' ' for white space, -1 for
// what is left out.
func (g *sanitizer) printable(r rune) rune {
	switch {
	case r > ' ' && r <= '~': // most of all
		return r
	case r == '\u00a0' || r == '\u2007' || r == '\u202f':
		return '\u00a0'
	case unicode.IsSpace(r):
		return ' '
	case string(r) == nonJoiner && g.forms != nil:
		return r // taken out when the letters around it have their forms
	case r == '\u2010' || r == '\u2011':
		return '-'
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector):
		return -1
	case r > 0xffff || unicode.Is(unicode.Co, r) || !g.has(r):
		g.missing[r] = true
		return box
	}
	return r
}

// plain reports whether s is printable ASCII with single spaces inside.
func plain(s string) bool {
	if len(s) > maxText {
		return false
	}
	last := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return last != ' ' || s == ""
}

// cutText returns at most maxText characters of s.
func cutText(s string) (string, bool) {
	if len(s) <= maxText || utf8.RuneCountInString(s) <= maxText {
		return s, false
	}
	return s[:firstRunes(s, maxText)], true
}

// firstRunes returns the number of bytes of the first n characters of s.
func firstRunes(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// warnings says what clean replaced or left out, each kind once, sorted.
func (g *sanitizer) warnings() []string {
	var out []string
	runes := make([]rune, 0, len(g.missing))
	for r := range g.missing {
		runes = append(runes, r)
	}
	slices.Sort(runes)
	for i, r := range runes {
		if i == maxMissing {
			out = append(out, fmt.Sprintf("%d more characters are not in the report's font; replaced by %q: %q", len(runes)-i, box, string(runes[i:])))
			break
		}
		out = append(out, fmt.Sprintf("character %U %q is not in the report's font; replaced by %q", r, string(r), string(box)))
	}
	if g.broken {
		out = append(out, `a text is not valid UTF-8; its broken bytes are printed as "`+"\ufffd"+`"`)
	}
	slices.Sort(g.cut)
	for _, c := range slices.Compact(g.cut) {
		out = append(out, fmt.Sprintf("a text of more than %d characters is cut in the PDF: it begins %q", maxText, c))
	}
	return out
}
