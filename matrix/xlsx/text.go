package xlsx

import (
	"strings"
	"unicode/utf8"
)

// cellLimit is the most UTF-16 units that a cell holds. excelize cuts longer
// text without a word.
const cellLimit = 32767

// clean returns s as XML can carry it: line ends become "\n"; control
// characters, noncharacters and bytes that are no UTF-8 (lone surrogates
// among them) become U+FFFD, so that a reader sees that something was there.
func clean(s string) string {
	if isClean(s) {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\n' || r == '\t':
			return r
		case r < 0x20, r >= 0x7F && r < 0xA0, r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF:
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// isClean reports whether clean would change nothing; it may say no to text
// that is clean, but is quick for the usual ASCII.
func isClean(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x20 && c != '\n' || c >= 0x7F {
			return false
		}
	}
	return true
}

// units counts the UTF-16 units of s.
func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x10000 {
			n++
		}
	}
	return n
}

// cutMark ends a text that does not fit into a cell.
const cutMark = " … [cut: longer than a cell]"

// fitted returns as much of a text as fits into a cell, and reports whether that
// is not all.
func fitted(s string) (text string, tooLong bool) {
	if len(s) <= cellLimit || units(s) <= cellLimit {
		return s, false
	}
	n := units(cutMark)
	for i, r := range s {
		if n += units(string(r)); n > cellLimit {
			return s[:i] + cutMark, true
		}
	}
	return s, false
}

// head returns at most n characters of s.
func head(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i] + "…"
		}
		n--
	}
	return s
}

// looksLikeFormula reports whether a spreadsheet would read s as a formula
// if someone typed it.
func looksLikeFormula(s string) bool {
	return s != "" && strings.IndexByte("=+-@\t\n", s[0]) >= 0
}

// oneLine joins the lines of s for places that have only one.
func oneLine(s string) string {
	if isClean(s) && strings.IndexByte(s, '\n') < 0 && !strings.Contains(s, "  ") && strings.Trim(s, " ") == s {
		return s
	}
	return strings.Join(strings.Fields(clean(s)), " ")
}
