package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"raci/matrix/source"
)

// quoteWidth is how many cells of a terminal a quoted line takes. A longer
// line is cut around the caret.
const quoteWidth = 100

// quoter quotes the lines of a manifest.
type quoter struct {
	lines []string
	// The place that was found last. Findings come sorted, so that in a
	// manifest of a single long line (JSON is YAML) each search goes on from
	// there, and ten thousand of them do not read the line as often.
	line, col, offset int
}

// lineBreaks are what the YAML parser counts as the end of a line.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// newQuoter takes the bytes of a manifest, of which the positions count
// neither a byte order mark nor the breaks.
func newQuoter(data []byte) *quoter {
	if len(data) == 0 {
		return &quoter{}
	}
	return &quoter{lines: strings.Split(lineBreaks.Replace(strings.TrimPrefix(string(data), "\uFEFF")), "\n")}
}

// quote returns a line, or the part of it around the column, and below it a
// caret under the column. There is no caret where the line has no such
// column, and ok is false where there is no such line.
func (q *quoter) quote(line, col int) (code, caret string, ok bool) {
	if line < 1 || line > len(q.lines) {
		return "", "", false
	}
	text := q.lines[line-1]
	offset, inside := q.find(line, col)
	before, after := text[:offset], text[offset:]
	right := firstCells(after, quoteWidth)
	left := lastCells(before, max(quoteWidth/2, quoteWidth-cells(right)))
	right = firstCells(after, quoteWidth-cells(left))
	code = strings.Map(source.Printable, left+right)
	pad := padding(left)
	if len(left) < len(before) {
		code, pad = "…"+code, " "+pad
	}
	if len(right) < len(after) {
		code += "…"
	}
	if inside {
		caret = pad + "^"
	}
	return code, caret, true
}

// find returns where in the line the column begins. The column behind the
// last character is still inside: something may be missing there.
func (q *quoter) find(line, col int) (offset int, inside bool) {
	text, c := q.lines[line-1], 1
	if line == q.line && col >= q.col {
		c, offset = q.col, q.offset
	}
	for ; c < col; c++ {
		if offset == len(text) {
			return 0, false
		}
		_, size := utf8.DecodeRuneInString(text[offset:])
		offset += size
	}
	if col < 1 {
		return 0, false
	}
	q.line, q.col, q.offset = line, col, offset
	return offset, true
}

// padding returns the blanks that are as wide as text. Tabs stay tabs, as
// only the terminal knows how wide they are.
func padding(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r == '\t' {
			b.WriteByte('\t')
			continue
		}
		b.WriteString("  "[:width(source.Printable(r))])
	}
	return b.String()
}

// firstCells returns the beginning of text that fits.
func firstCells(text string, n int) string {
	for i, r := range text {
		if n -= cost(r); n < 0 {
			return text[:i]
		}
	}
	return text
}

// lastCells returns the end of text that fits.
func lastCells(text string, n int) string {
	i := len(text)
	for i > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		if n -= cost(r); n < 0 {
			break
		}
		i -= size
	}
	return text[i:]
}

// cells returns how much of quoteWidth text takes.
func cells(text string) int {
	n := 0
	for _, r := range text {
		n += cost(r)
	}
	return n
}

// cost is the width of a character, but at least 1, so that no line of
// combining marks is quoted at full length.
func cost(r rune) int {
	if r == '\t' {
		return 8
	}
	return max(1, width(source.Printable(r)))
}

// wide are the characters that take two cells in most terminals: those of
// East Asian scripts, and emoji.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x1100, 0x115F, 1}, {0x231A, 0x231B, 1}, {0x23E9, 0x23EC, 1}, {0x2705, 0x2705, 1}, {0x274C, 0x274C, 1},
		{0x2E80, 0x303E, 1}, {0x3041, 0xA4CF, 1}, {0xA960, 0xA97C, 1}, {0xAC00, 0xD7A3, 1}, {0xF900, 0xFAFF, 1},
		{0xFE30, 0xFE6F, 1}, {0xFF01, 0xFF60, 1}, {0xFFE0, 0xFFE6, 1},
	},
	R32: []unicode.Range32{
		{0x16FE0, 0x18DFF, 1}, {0x1AFF0, 0x1B2FF, 1}, {0x1F1E6, 0x1F1FF, 1}, {0x1F300, 0x1F64F, 1}, {0x1F680, 0x1F6FF, 1},
		{0x1F7E0, 0x1F7EB, 1}, {0x1F90C, 0x1F9FF, 1}, {0x1FA70, 0x1FAFF, 1}, {0x20000, 0x3FFFD, 1},
	},
}

// width returns how many cells a character takes: 0, 1 or 2.
func width(r rune) int {
	switch {
	case r < 0x300: // most of all manifests
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.Is(wide, r):
		return 2
	}
	return 1
}
