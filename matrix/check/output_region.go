package check

import (
	"strings"
	"unicode/utf8"
)

const (
	// wordReach is how many bytes before and behind a place are looked at.
	wordReach = 1000
	// longLine is how many bytes a line has in which no word is looked for: a line
	// may be a whole file, and have thousands of places.
	longLine = 100_000
)

// wordEnd returns how many bytes the key or the value takes that begins at the
// offset of a line of YAML: a text in quotes with both of them, a list or a map
// in brackets with these, a plain text without the comment behind it. What does
// not end in this line, or within reach, is known by its first character or by
// what of it is within reach.
func wordEnd(line string, offset int) int {
	before, text := line[max(0, offset-wordReach):offset], firstBytes(line[offset:], wordReach)
	text = strings.TrimRight(text, " \t")
	switch {
	case text == "":
		return 0
	case text[0] == '"' || text[0] == '\'':
		return quotedEnd(text)
	case text[0] == '[' || text[0] == '{':
		if end, closed := bracketsEnd(text); closed {
			return end
		}
		return 1
	case text[0] == '&' || text[0] == '*' || text[0] == '!':
		return plainEnd(text, " \t,]}")
	case openBrackets(before):
		return plainEnd(text, ",[]{}")
	}
	return plainEnd(text, "")
}

// firstBytes returns at most n bytes of a text, and no part of a character.
func firstBytes(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// quotedEnd returns where the quote that begins the text is closed.
func quotedEnd(text string) int {
	for i := 1; i < len(text); i++ {
		switch {
		case text[0] == '"' && text[i] == '\\':
			i++
		case text[i] != text[0]:
		case text[0] == '\'' && strings.HasPrefix(text[i+1:], "'"): // '' is a quote in the text
			i++
		default:
			return i + 1
		}
	}
	return len(text)
}

// bracketsEnd returns where the bracket that begins the text is closed, if it is.
func bracketsEnd(text string) (end int, closed bool) {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case (c == '"' || c == '\'') && strings.IndexByte(" \t,:[{", text[i-1]) >= 0: // the first is a bracket
			i += quotedEnd(text[i:]) - 1
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return i + 1, true
			}
		}
	}
	return len(text), false
}

// plainEnd returns where a text without quotes ends: at one of these characters,
// or where a key or a comment makes an end.
func plainEnd(text, ends string) int {
	for i := range len(text) {
		behind := text[i+1:]
		switch c := text[i]; {
		case i > 0 && strings.IndexByte(ends, c) >= 0,
			i > 0 && c == ':' && (behind == "" || strings.IndexByte(" \t,]}", behind[0]) >= 0),
			c == ' ' && strings.HasPrefix(behind, "#"):
			return len(strings.TrimRight(text[:i], " \t"))
		case i == 0 && (c == '-' || c == '?') && strings.HasPrefix(behind, " "): // of an item
			return 1
		}
	}
	return len(text)
}

// openBrackets reports whether a list or a map in brackets goes on behind the text.
func openBrackets(text string) bool {
	for {
		i := strings.IndexAny(text, "[{")
		if i < 0 {
			return false
		}
		end, closed := bracketsEnd(text[i:])
		if !closed {
			return true
		}
		text = text[i+end:]
	}
}

// endColumn returns the column behind the word at a place, or behind its first
// character where the text is not known.
func (q *quoter) endColumn(line, col int) int {
	if line < 1 || line > len(q.lines) || len(q.lines[line-1]) > longLine {
		return col + 1
	}
	offset, inside := q.find(line, col)
	if !inside {
		return col + 1
	}
	text := q.lines[line-1]
	return col + utf8.RuneCountInString(text[offset:offset+wordEnd(text, offset)])
}
