package source

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// syntaxHints are what to do about errors of the YAML library, by a part of
// its message.
var syntaxHints = []struct{ part, hint string }{
	{"expected '-' indicator", "begin each item of a list in the same column as the items before it"},
	{"expected key", "begin each key of a map in the same column as the keys before it, and close every quote"},
	{"expected ',' or '}'", "close the { with }, and put a comma between its parts"},
	{"expected ',' or ']'", "close the [ with ], and put a comma between its parts"},
	{"expected node content", "give it a value; put quotes around text that begins with a special character of YAML, such as - , : or ]"},
	{"mapping values are not allowed", "put quotes around text that contains a colon and a space, or fix the indentation"},
	{"cannot start any token", "put quotes around text that begins with @, ` or %, and indent with spaces, not tabs"},
	{"could not find expected ':'", "write a colon and a space after the key, and close every quote"},
	{"unexpected end of stream", "close the quote"},
	{"unexpected document indicator", "close the quote"},
	{"unknown anchor", "put quotes around text that begins with *"},
	{"did not find expected alphabetic", "put quotes around text that begins with & or *"},
	{"tab character", "indent with spaces, not tabs"},
	{"exceeded max depth", "nest less deeply"},
	{"unknown escape character", "use ' around text with a \\, or write \\\\"},
}

var syntaxError = regexp.MustCompile(`^yaml: (?:line (\d+): )?(?s:(.*))$`)

// addSyntax turns an error of the YAML library into a problem at the line
// where it shows. The library names no line, or that of what surrounds it.
func (d *Reader) addSyntax(data []byte, err error) {
	line, message := syntaxParts(err)
	hint := ""
	for _, h := range syntaxHints {
		if strings.Contains(message, h.part) {
			hint = h.hint
			break
		}
	}
	lines := strings.SplitAfter(string(data), "\n")
	pos := Pos{d.File, firstBadLine(lines, line, message), 1}
	text := lines[pos.Line-1]
	pos.Col += utf8.RuneCountInString(text[:len(text)-len(strings.TrimLeft(text, " \t"))])
	d.Problems.Add(pos, hint, "not valid YAML: %s", message)
}

func syntaxParts(err error) (line int, message string) {
	m := syntaxError.FindStringSubmatch(err.Error())
	if m == nil {
		return 1, err.Error()
	}
	line, _ = strconv.Atoi(m[1]) // none is 0
	return line, m[2]
}

// firstBadLine returns the number of the line with which the error appears, at or
// after the given one: the last line of the shortest beginning of the file that
// has it. Halving finds it, because what is wrong stays wrong.
func firstBadLine(lines []string, from int, message string) int {
	low, high := min(max(from, 1), len(lines)), len(lines)
	for low < high {
		middle := (low + high) / 2
		var n yaml.Node
		err := yaml.Unmarshal([]byte(strings.Join(lines[:middle], "")), &n)
		if err == nil {
			low = middle + 1
		} else if _, m := syntaxParts(err); m != message {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}
