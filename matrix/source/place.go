package source

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// textOffset finds places in a text: for each line and each 1024 characters of a
// long one it knows the offset, so that a manifest of a single line (JSON is
// YAML) takes no longer than one of many.
type textOffset []knownOffset

type knownOffset struct{ line, col, offset int }

const betweenOffsets = 1024

func newTextOffset(text string) textOffset {
	known := textOffset{{1, 1, 0}}
	at := knownOffset{1, 1, 0}
	for at.offset < len(text) {
		c, size := utf8.DecodeRuneInString(text[at.offset:])
		at.offset += size
		switch at.col++; {
		case c == '\n', c == '\r' && !strings.HasPrefix(text[at.offset:], "\n"):
			at.line, at.col = at.line+1, 1
			known = append(known, at)
		case at.col%betweenOffsets == 0:
			known = append(known, at)
		}
	}
	return known
}

// offset returns where in the text a place is: its end, where the line or column is
// none of its.
func (d *Reader) offset(line, col int) int {
	if d.offsets == nil {
		d.offsets = newTextOffset(d.text)
	}
	i, found := slices.BinarySearchFunc(d.offsets, knownOffset{line, col, 0}, func(a, b knownOffset) int {
		return ComparePos(Pos{"", a.line, a.col}, Pos{"", b.line, b.col})
	})
	if !found {
		i--
	}
	if i < 0 {
		return len(d.text)
	}
	at := d.offsets[i]
	for ; at.col < col && at.offset < len(d.text); at.col++ {
		_, size := utf8.DecodeRuneInString(d.text[at.offset:])
		at.offset += size
	}
	return at.offset
}

// posAt returns the place of an offset.
func (d *Reader) posAt(offset int) Pos {
	if d.offsets == nil {
		d.offsets = newTextOffset(d.text)
	}
	i, found := slices.BinarySearchFunc(d.offsets, offset, func(a knownOffset, b int) int { return a.offset - b })
	if !found {
		i--
	}
	at := d.offsets[i]
	return Pos{d.File, at.line, at.col + utf8.RuneCountInString(d.text[at.offset:offset])}
}

// inside returns a place, or the end of its line or of the file where it is behind
// that.
func (d *Reader) inside(line, col int) Pos {
	at := d.posAt(d.offset(line, col))
	if at.Line <= line {
		return at
	}
	end := d.offset(line+1, 1)
	end -= len(d.text[:end]) - len(strings.TrimSuffix(strings.TrimSuffix(d.text[:end], "\n"), "\r"))
	return d.posAt(end)
}

// placeOf returns where the nth character of this kind of a scalar stands, as it is
// or as an escape. Where it is not to be found, it is the place of the scalar.
func (d *Reader) placeOf(n *yaml.Node, c rune, nth int) Pos {
	from := d.offset(n.Line, n.Column)
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		from += max(strings.IndexByte(d.text[from:], '"'), 0) + 1 // behind an anchor or a tag
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		from += max(strings.IndexAny(d.text[from:], "\r\n"), 0) // behind a comment
	}
	for from < len(d.text) {
		found, size := utf8.DecodeRuneInString(d.text[from:])
		if n.Style&yaml.DoubleQuotedStyle != 0 && found == '\\' {
			found, size = escaped(d.text[from:])
		} else if n.Style&yaml.DoubleQuotedStyle != 0 && found == '"' {
			break
		}
		if found == c {
			if nth--; nth == 0 {
				return d.posAt(from)
			}
		}
		from += size
	}
	return d.Pos(n)
}

// escapes are those that are not the character itself.
var escapes = map[byte]rune{'0': 0, 'a': 7, 'b': 8, 't': '\t', 'n': '\n', 'v': '\v', 'f': '\f', 'r': '\r', 'e': 0x1B, 'N': 0x85, '_': 0xA0, 'L': 0x2028, 'P': 0x2029}

// escaped returns the character that an escape at the beginning of a text means,
// and how many bytes it takes.
func escaped(text string) (rune, int) {
	if len(text) < 2 {
		return 0, len(text)
	}
	if digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[text[1]]; digits > 0 && len(text) >= 2+digits {
		c, _ := strconv.ParseUint(text[2:2+digits], 16, 32)
		return rune(c), 2 + digits
	}
	if c, ok := escapes[text[1]]; ok {
		return c, 2
	}
	c, size := utf8.DecodeRuneInString(text[1:])
	return c, 1 + size
}
