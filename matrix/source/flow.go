package source

import (
	"bytes"
	"iter"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

const (
	jsonCommentHint = "JSON has no comments: remove it, or begin a comment with #"
	maxKey          = 1024 // characters of a key, its quotes included, that the YAML library looks for a colon behind
)

// isJSON reports a file that is one value between brackets, as JSON is. What JSON
// takes for comments may stand before it.
func isJSON(text string) bool {
	text = text[len(beforeJSON.FindString(text)):]
	return strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")
}

var beforeJSON = regexp.MustCompile(`^(?:\s+|#[^\r\n]*|//[^\r\n]*|/\*(?s:.*?)\*/|---)*`)

// outsideQuotes goes through the offsets of what is neither between quotes nor in a
// comment. A quote within a word, as in Bob's, opens nothing.
func outsideQuotes(text string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < len(text); i++ {
			starts := i == 0 || strings.IndexByte(" \t\r\n,[{:", text[i-1]) >= 0
			switch c := text[i]; {
			case (c == '"' || c == '\'') && starts:
				i = closingQuote(text, i)
				continue
			case c == '#' && (i == 0 || strings.IndexByte(" \t\r\n", text[i-1]) >= 0):
				end := strings.IndexAny(text[i:], "\r\n")
				if end < 0 {
					return
				}
				i += end
			}
			if !yield(i) {
				return
			}
		}
	}
}

// closingQuote returns the offset of the quote that closes the one at i, or the end.
func closingQuote(text string, i int) int {
	quote := text[i]
	for i++; i < len(text) && text[i] != quote; i++ {
		if quote == '"' && text[i] == '\\' {
			i++
		}
	}
	return i
}

// withoutQuoted returns a text of the same length in which nothing stands between
// quotes or in a comment.
func withoutQuoted(text string) string {
	bare := bytes.Repeat([]byte{'x'}, len(text))
	for i := range outsideQuotes(text) {
		bare[i] = text[i]
	}
	for i := range bare {
		if text[i] == '"' || text[i] == '\'' {
			bare[i] = text[i]
		}
	}
	return string(bare)
}

// findJSONComment returns the offset of the first // or /* that stands where a value
// or a key could begin, or -1.
func findJSONComment(text string) int {
	for i := range outsideQuotes(text) {
		if text[i] != '/' || !strings.HasPrefix(text[i:], "//") && !strings.HasPrefix(text[i:], "/*") {
			continue
		}
		if i > 0 && strings.IndexByte(" \t\r\n,[]{}\"'", text[i-1]) < 0 {
			continue
		}
		if before := strings.TrimRight(text[:i], " \t"); text[i+1] == '/' && strings.HasSuffix(before, ":") {
			continue // an address without https:
		}
		return i
	}
	return -1
}

// keyFault returns the offset of the first key that the YAML library finds no colon
// behind although there is one, or -1, and what to do.
func keyFault(text string) (offset int, hint string) {
	start := 0
	for i := range outsideQuotes(text) {
		switch c := text[i]; {
		case c == ':' && (i+1 == len(text) || strings.IndexByte(" \t\r\n\"'[{", text[i+1]) >= 0 || text[i-min(i, 1)] == '"'):
			key := strings.TrimLeft(text[start:i], " \t")
			if strings.Trim(key, "\r\n") == "" && strings.Trim(text[:i], " \t\r\n") != "" {
				return i, "a key and its colon stand on one line: write the colon on the line of the key"
			}
			if utf8.RuneCountInString(key) > maxKey {
				return i - len(key), "a key has at most 1,024 characters, its quotes included: shorten it"
			}
			start = i + 1
		case strings.IndexByte(",[]{}\r\n", c) >= 0:
			start = i + 1
		}
	}
	return -1, ""
}

// inValue is what a comment makes of a value of JSON that stands without quotes.
var inValue = regexp.MustCompile(`(?s)^(?:(?:-?[0-9]\S*|true|false|null)\s+)?(?://\s|/\*.*\*/)|^(?:-?[0-9]\S*|true|false|null)\s+//`)

// textInValue is what a missing comma makes of a number and the key behind it.
var textInValue = regexp.MustCompile(`^(?:-?[0-9][0-9.eE+-]*|true|false|null)\s*"`)

// checkJSON reports what is a comment or a new key to people and a text to YAML, in a
// file that is written as JSON, and removes a comment that stands alone.
func (t *tree) checkJSON(n *yaml.Node) {
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	for i := 0; i+step <= len(n.Content); {
		first, last := n.Content[i], n.Content[i+step-1]
		switch {
		case t.isPlain(first) && (strings.HasPrefix(first.Value, "//") || strings.HasPrefix(first.Value, "/*")):
			t.addJSONComment(first)
			n.Content = slices.Delete(n.Content, i, i+step)
			continue
		case t.isPlain(last) && strings.Contains(last.Value, "/") && inValue.MatchString(last.Value):
			t.addJSONComment(last)
			t.bad[last] = true
		case t.isPlain(last) && strings.Contains(last.Value, `"`) && textInValue.MatchString(last.Value):
			at := t.offset(last.Line, last.Column)
			at += max(strings.IndexByte(t.text[at:], '"'), 0)
			t.Problems.Add(t.posAt(at), "put a comma before it, or quotes around the whole text", "a text begins within another value")
			t.bad[last], t.broken = true, true
		}
		if t.quoted {
			t.addOpening(first)
			t.addOpening(last)
		}
		i += step
	}
}

// quotedKey begins a file in which all texts stand between quotes, keys among them.
var quotedKey = regexp.MustCompile(`^\{\s*"`)

// addOpening reports a text of which only the closing quote was written, and reads it as
// if both were.
func (t *tree) addOpening(n *yaml.Node) {
	if text, ok := strings.CutSuffix(n.Value, `"`); ok && t.isPlain(n) {
		t.Add(n, `write " before it`, `a " closes a text here that none opens`)
		n.Value, n.Style = text, yaml.DoubleQuotedStyle
		t.broken = t.broken || strings.Contains(text, `"`) // a":"b is no text, to whoever wrote it
	}
}

func (t *tree) isPlain(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style == 0 && !t.bad[n]
}

func (t *tree) addJSONComment(n *yaml.Node) {
	at := t.offset(n.Line, n.Column)
	at += max(strings.IndexByte(t.text[at:], '/'), 0)
	t.Problems.Add(t.posAt(at), jsonCommentHint+"; put quotes around a text", "what looks like a comment is text here")
}
