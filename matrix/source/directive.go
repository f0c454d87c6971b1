package source

import (
	"regexp"
	"strings"
)

var (
	yamlDirective = regexp.MustCompile(`^%YAML[ \t]+([0-9]+\.[0-9]+)[ \t]*([ \t]#.*)?$`)
	nextLine      = regexp.MustCompile(`\r\n|\r|\n`)
)

// readDirectives reads the lines that may stand before the document, and makes
// comments of them: the YAML library refuses %YAML 1.2, of which it reads all
// that a file of ours can hold. It reports whether there was nothing wrong.
func (d *Reader) readDirectives() bool {
	if !strings.HasPrefix(d.text, "%") && !strings.Contains(d.text, "\n%") && !strings.Contains(d.text, "\r%") {
		return true
	}
	before := len(d.Problems)
	text := []byte(d.text)
	first := 0
	for line, from := 1, 0; from < len(text); line++ {
		end, next := len(text), len(text)
		if loc := nextLine.FindStringIndex(d.text[from:]); loc != nil {
			end, next = from+loc[0], from+loc[1]
		}
		l := d.text[from:end]
		switch {
		case strings.HasPrefix(l, "%"):
			d.readDirective(line, l, first)
			if first == 0 {
				first = line
			}
			text[from] = '#'
		case strings.Trim(l, " \t") == "" || strings.HasPrefix(strings.TrimLeft(l, " \t"), "#"):
		default:
			if !strings.HasPrefix(l, "---") && first > 0 {
				d.Problems.Add(Pos{d.File, line, 1}, "write --- on a line of its own before this one", "no --- ends the directives that begin at line %d", first)
			}
			next = len(text)
		}
		from = next
	}
	d.text = string(text)
	return len(d.Problems) == before
}

// readDirective reads one of them. first is the line of the first one, or 0.
func (d *Reader) readDirective(line int, text string, first int) {
	at := Pos{d.File, line, 1}
	switch m := yamlDirective.FindStringSubmatch(text); {
	case strings.HasPrefix(text, "%TAG"):
		d.Problems.Add(at, "remove the line; write the values themselves, without tags", "the directive %%TAG declares tags, and a file of raci has none")
	case !strings.HasPrefix(text, "%YAML"):
		d.Problems.Add(at, "remove the line, or put quotes around a text that begins with %", "%q is not a directive of YAML", OneLine(text))
	case m == nil:
		d.Problems.Add(at, "write %YAML 1.2, or remove the line", "%q names no version of YAML", OneLine(text))
	case m[1] != "1.1" && m[1] != "1.2":
		d.Problems.Add(at, "write %YAML 1.2, or remove the line", "version %s of YAML is not known", m[1])
	case first > 0:
		d.Problems.Add(at, "remove one of the two", "a second directive; the first is at line %d", first)
	}
}
