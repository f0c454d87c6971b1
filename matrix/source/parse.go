package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// emptyHint says what to do about a file of blanks and comments.
const emptyHint = "write keys with values into it: key: value"

// Parse returns the root of the file, or nil where there is none to walk: with
// its merge keys resolved, and without its top-level keys that begin with x-,
// which are places for anchors.
func (d *Reader) Parse(data []byte) *yaml.Node {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !d.isText(data) {
		return nil
	}
	d.text = withStandIns(data)
	if !d.readDirectives() {
		return nil
	}
	dec := yaml.NewDecoder(strings.NewReader(d.text))
	var root, second yaml.Node
	if err := dec.Decode(&root); errors.Is(err, io.EOF) {
		d.Problems.Add(Pos{d.File, 1, 1}, emptyHint, "the file is empty")
		return nil
	} else if err != nil {
		d.addSyntax(err)
		return nil
	}
	if err := dec.Decode(&second); err == nil {
		d.Problems.Add(d.Pos(&second), "keep one document per file", "a second document begins here")
		return nil
	} else if !errors.Is(err, io.EOF) {
		d.addSyntax(err)
		return nil
	}
	if len(root.Content) == 0 {
		d.Problems.Add(Pos{d.File, 1, 1}, emptyHint, "the file is empty")
		return nil
	}
	top := root.Content[0]
	if isNull(top) {
		d.Problems.Add(d.Pos(top), emptyHint, "the file is empty")
		return nil
	}
	d.bad = map[*yaml.Node]bool{}
	t := tree{Reader: d, weights: map[*yaml.Node]int{}, used: map[*yaml.Node]bool{}, bangs: strings.Contains(d.text, "!") && lonelyBang.MatchString(d.text), json: isJSON(d.text), quoted: quotedKey.MatchString(d.text[len(beforeJSON.FindString(d.text)):])}
	if !t.settle(top) {
		return nil
	}
	return top
}

// TopKeys returns the keys of the map that a file is, each with its value where that is
// a word or a number, and else with "". It returns false where the file
// cannot be parsed, and no key where it is no map.
func TopKeys(data []byte) (keys map[string]string, ok bool) {
	var d Reader
	top := d.Parse(data)
	if top == nil {
		return nil, false
	}
	keys = map[string]string{}
	if top.Kind != yaml.MappingNode {
		return keys, true
	}
	for i := 0; i+1 < len(top.Content); i += 2 {
		value := Deref(top.Content[i+1])
		if keys[KeyOf(top.Content[i])] = ""; value.Kind == yaml.ScalarNode {
			keys[KeyOf(top.Content[i])] = value.Value
		}
	}
	return keys, true
}

// isText reports a file that is too large, binary or not UTF-8, or that holds a
// character that no text file should.
func (d *Reader) isText(data []byte) bool {
	if len(data) > MaxFileSize {
		d.Problems.Add(Pos{File: d.File}, "split it", "the file is larger than %d MiB", MaxFileSize>>20)
		return false
	}
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		d.Problems.Add(Pos{d.File, 1, 1}, "save the file as UTF-8 text", "the file is UTF-16 text")
		return false
	}
	line, col := 1, 1
	for i := 0; i < len(data); {
		if c := data[i]; c >= ' ' && c < 0x7F { // most of all
			i, col = i+1, col+1
			continue
		}
		c, size := utf8.DecodeRune(data[i:])
		if hint, what := badInFile(c, size, data[i]); what != "" {
			d.Problems.Add(Pos{d.File, line, col}, hint, "%s", what)
			return false
		}
		i += size
		switch col++; {
		case c == '\n', c == '\r' && (i == len(data) || data[i] != '\n'):
			line, col = line+1, 1
		}
	}
	return true
}

// badInFile says what is wrong with a character, and what to do. The YAML library
// takes some for the end of a line, which editors do not, and refuses others
// without their place.
func badInFile(c rune, size int, first byte) (hint, what string) {
	const replace = "replace it by a blank or a line break"
	switch {
	case c < 0x7F && c >= ' ' || c == '\t' || c == '\n' || c == '\r':
		return "", ""
	case c == utf8.RuneError && size == 1:
		return "save the file as UTF-8 text", fmt.Sprintf("the byte 0x%02X is not UTF-8 text", first)
	case c == 0x85:
		return replace, fmt.Sprintf("the control character U+%04X, which some programs take for a line break", c)
	case c == 0x2028, c == 0x2029:
		return replace, fmt.Sprintf("the character U+%04X, %s, which some programs take for a line break", c, findHidden(c).name)
	case unicode.IsControl(c):
		return "this looks like a binary file; a YAML text file is needed", fmt.Sprintf("the control character U+%04X", c)
	case c == 0xFEFF:
		return "remove it: it may stand at the beginning of the file alone", "the character U+FEFF, a byte order mark, stands within the file"
	case isNoncharacter(c):
		return "remove it", fmt.Sprintf("U+%04X is not a character", c)
	}
	return "", ""
}

// isNoncharacter reports code points that Unicode will never give a meaning.
func isNoncharacter(c rune) bool { return c >= 0xFDD0 && c <= 0xFDEF || c&0xFFFE == 0xFFFE }
