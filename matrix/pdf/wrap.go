package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// wrap breaks a cleaned text into lines no wider than width. A word that is
// wider is broken after punctuation where it has any, else between
// characters; a line holds at least one character, however narrow it is.
func (fs *fonts) wrap(s string, f face, size, width float64) []string {
	if s == "" {
		return nil
	}
	limit := lineLimit(size, width)
	space := fs.widthOfSpace(f)
	var lines []string
	start, used := 0, 0 // the line so far is s[start:end of the last word]
	end := 0
	for at := 0; at < len(s); {
		stop := fs.unit(s, at)
		w, gap := fs.word(s[at:stop], f), 0
		if at > 0 && s[at-1] == ' ' {
			gap = space
		}
		switch {
		case end > start && used+gap+w <= limit:
			used += gap + w
		case w <= limit:
			if end > start {
				lines = append(lines, s[start:end])
			}
			start, used = at, w
		default:
			if end > start {
				lines = append(lines, s[start:end])
			}
			pieces := fs.breakWord(s[at:stop], f, limit)
			lines = append(lines, pieces[:len(pieces)-1]...)
			last := pieces[len(pieces)-1]
			start, used = stop-len(last), fs.word(last, f)
		}
		end, at = stop, stop
		if at < len(s) && s[at] == ' ' {
			at++
		}
	}
	return fs.directed(s, append(lines, s[start:end]))
}

// lineLimit is the width of a line in the thousandths of the size that words are
// measured in.
func lineLimit(size, width float64) int { return int(width * 1000 / size) }

func (fs *fonts) widthOfSpace(f face) int { return int(fs.widths[f][' ']) }

// spacedWord is the width of a word, and whether a space stands before it.
type spacedWord struct {
	width  int
	spaced bool
}

// spacedWords returns the words of a text as wrap takes them.
func (fs *fonts) spacedWords(s string, f face) []spacedWord {
	var list []spacedWord
	for at := 0; at < len(s); {
		stop := fs.unit(s, at)
		list = append(list, spacedWord{fs.word(s[at:stop], f), at > 0 && s[at-1] == ' '})
		if at = stop; at < len(s) && s[at] == ' ' {
			at++
		}
	}
	return list
}

// countLines returns how many lines wrap makes of words none of which is wider than
// the limit.
func countLines(words []spacedWord, space, limit int) int {
	if len(words) == 0 {
		return 0
	}
	lines, used := 1, 0
	for i, w := range words {
		need := w.width
		if w.spaced {
			need += space
		}
		if i == 0 || used+need > limit {
			if i > 0 {
				lines++
			}
			used = w.width
		} else {
			used += need
		}
	}
	return lines
}

// unit returns where the word at a place ends. Chinese and Japanese have no
// spaces: a line may end after each of their characters.
func (fs *fonts) unit(s string, at int) int {
	stop := at + strings.IndexByte(s[at:], ' ')
	if stop < at {
		stop = len(s)
	}
	if !fs.mixed(s[at:stop]) {
		return stop
	}
	last := rune(0)
	for i, r := range s[at:stop] {
		if last != 0 && (isWide(last) || isWide(r)) && !strings.ContainsRune(notFirst, r) && !strings.ContainsRune(notLast, last) {
			return at + i
		}
		last = r
	}
	return stop
}

// widest returns the width of the widest word of a text.
func (fs *fonts) widest(s string, f face, size float64) float64 {
	most := 0
	for at := 0; at < len(s); {
		stop := fs.unit(s, at)
		most = max(most, fs.word(s[at:stop], f))
		if at = stop; at < len(s) && s[at] == ' ' {
			at++
		}
	}
	return float64(most) * size / 1000
}

// Marks that may not begin or end a line of Chinese or Japanese.
const (
	notFirst = ")]},.:;!?%\u2019\u201d\u2026\u3001\u3002\u3005\u3009\u300b\u300d\u300f\u3011\u3015\u30fb\u30fc\uff01\uff05\uff09\uff0c\uff0e\uff1a\uff1b\uff1f" +
		"\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7"
	notLast = "([{\u2018\u201c\u3008\u300a\u300c\u300e\u3010\u3014\uff08"
)

func isWide(r rune) bool {
	return r >= 0x2e80 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff60)
}

// directed marks the lines that by themselves would read in another direction
// than the text that they come from.
func (fs *fonts) directed(s string, lines []string) []string {
	if !fs.mixed(s) || !strings.ContainsFunc(s, isRightToLeft) {
		return lines
	}
	base := direction(s)
	for i, ln := range lines {
		if base != direction(ln) {
			lines[i] = string(base) + ln
		}
	}
	return lines
}

// breakWord cuts a word that is wider than limit. The last piece is always
// the word's end, as it stands.
func (fs *fonts) breakWord(word string, f face, limit int) []string {
	natural := strings.IndexFunc(word, func(r rune) bool { return r >= 0x590 || !unicode.IsLetter(r) && !unicode.Is(unicode.Po, r) }) < 0 &&
		!strings.ContainsAny(word, "/.:@&")
	hyphen := 0
	if natural {
		hyphen = int(fs.widths[f]['-'])
	}
	var pieces []string
	start, soft, used := 0, 0, 0 // a piece begins at start, and may end at soft
	for i, r := range word {
		w := int(fs.widths[f][r])
		for i > start && used+w+hyphen > limit && used+fs.restWidth(word[i:], f, limit-used) > limit {
			end, dash := i, natural && i > start+1
			if soft > start && soft-start >= (i-start)/3 {
				end, dash = soft, false
			}
			piece := word[start:end]
			if dash {
				piece += "-"
			}
			pieces = append(pieces, piece)
			start, used = end, 0
			for _, c := range word[end:i] {
				used += int(fs.widths[f][c])
			}
		}
		used += w
		if breaksAfter(r) {
			soft = i + utf8.RuneLen(r)
		}
	}
	return append(pieces, word[start:])
}

// restWidth measures s, but stops once it is wider than limit.
func (fs *fonts) restWidth(s string, f face, limit int) int {
	n := 0
	for _, r := range s {
		if n += int(fs.widths[f][r]); n > limit {
			break
		}
	}
	return n
}

// breaksAfter reports whether a long word may be broken after r.
func breaksAfter(r rune) bool {
	return strings.ContainsRune("/-_.,;:?&=#@)]}|+\u2013\u2014", r)
}

// shorten cuts a text to width and shows the cut by an ellipsis.
func (fs *fonts) shorten(s string, f face, size, width float64) string {
	if fs.width(s, f, size) <= width {
		return s
	}
	limit := int(width*1000/size) - int(fs.widths[f]['\u2026'])
	n := 0
	for i, r := range s {
		limit -= int(fs.widths[f][r])
		if limit < 0 {
			break
		}
		n = i + utf8.RuneLen(r)
	}
	return strings.TrimRight(s[:n], " ") + "\u2026"
}

// wrapAtMost wraps, and ends the text with an ellipsis after n lines.
func (fs *fonts) wrapAtMost(n int, s string, f face, size, width float64) []string {
	lines := fs.wrap(s, f, size, width)
	if len(lines) <= n {
		return lines
	}
	last := fs.shorten(strings.Join(lines[n-1:], " "), f, size, width)
	return append(lines[:n-1:n-1], last)
}
