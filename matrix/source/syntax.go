package source

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// syntaxHint is what to do about an error of the YAML library.
type syntaxHint struct {
	part string         // of the library's message
	at   *regexp.Regexp // what is wrong in the line, in its last group; nil is the whole line
	hint string
}

// syntaxHints are looked at in this order.
var syntaxHints = []syntaxHint{
	{"cannot start any token", regexp.MustCompile(`-(\t)`), "indent with spaces, not tabs"},
	{"cannot start any token", regexp.MustCompile("(?:^|[\\s\\[{,:-])[ \\t]*([@`%])"), "put quotes around text that begins with @, ` or %"},
	{"unknown anchor", regexp.MustCompile(`(?:^|[\s\[{,:])(\*)`), "put quotes around text that begins with *"},
	{"did not find expected alphabetic", regexp.MustCompile(`(?:^|[\s\[{,])([*&])(?:[^0-9A-Za-z_-]|$)`), "put quotes around text that begins with & or *"},
	{"block sequence entries", regexp.MustCompile(`:[ \t]+(-)(?:[ \t]|$)`), "put quotes around text that begins with -, or begin the list on the next line"},
	{"mapping keys are not allowed", regexp.MustCompile(`(?:^|[\s\[{,])(\?)(?:[ \t]|$)`), "put quotes around text that begins with ?"},
	{"<document start>", nil, "keep one document per file"},
	{"expected '-' indicator", nil, "begin each item of a list in the same column as the items before it"},
	{"expected key", nil, "begin each key of a map in the same column as the keys before it, and close every quote"},
	{"expected ',' or '}'", nil, "close the { with }, and put a comma between its parts"},
	{"expected ',' or ']'", nil, "close the [ with ], and put a comma between its parts"},
	{"expected node content", regexp.MustCompile(`[:-][ \t]+([,\]}])`), "give it a value; put quotes around text that begins with a special character of YAML, such as - , : or ]"},
	{"mapping values are not allowed", regexp.MustCompile(`:[ \t].*?(:)(?:[ \t]|$)`), "put quotes around text that contains a colon and a space, or fix the indentation"},
	{"could not find expected ':'", nil, "write a colon and a space after the key, and close every quote"},
	{"unexpected end of stream", regexp.MustCompile(`(?:^|[\s\[{,:])(["'])`), "close the quote"},
	{"unexpected document indicator", nil, "close the quote"},
	{"tab character", nil, "indent with spaces, not tabs"},
	{"exceeded max depth", nil, "nest less deeply"},
	{"did not find expected whitespace", regexp.MustCompile(`(?:^|[\s\[{,])(!)`), "put quotes around text that begins with !"},
	{"undefined tag handle", regexp.MustCompile(`(?:^|[\s\[{,])(!)`), "put quotes around text that begins with !"},
	{"tag URI", regexp.MustCompile(`(?:^|[\s\[{,])(!)`), "put quotes around text that begins with !"},
	{"expected comment or line break", regexp.MustCompile(`(?:^|[\s:-])([|>])`), "put quotes around text that begins with | or >"},
	{"incompatible YAML document", nil, "keep one document per file"},
	{"unknown directive name", nil, "keep one document per file"},
	{"expected digit", nil, "write a % at the beginning of a line between quotes"},
}

var (
	syntaxError   = regexp.MustCompile(`^yaml: (?:line (\d+): )?(?s:(.*))$`)
	unknownAnchor = regexp.MustCompile(`^unknown anchor '(.*)'`)
	indentation   = regexp.MustCompile(`^[ \t]*(?:- *)*`)
	valueStart    = regexp.MustCompile(`^[ \t]*(?:- *)*(?:[^\s"'#:][^"'#:]*:[ \t]+)?["']`)
	blockText     = regexp.MustCompile(`[:-][ \t]+[|>][-+0-9]*[ \t]*(?:#.*)?[\r\n]+$`)
	hashInFlow    = regexp.MustCompile(`[\[{][^"'#]*[ \t](#)[^ \t\r\n]`)
	twoColons     = regexp.MustCompile(`: +[^,{}\[\]"']*?(:) `)
	afterBracket  = regexp.MustCompile(`^[ \t]*(?:- *)*(?:[^\s"'#:][^"'#:]*:[ \t]+)?([\[{])[^\[\]{}"']*[\]}][ \t]+[^\s#,\]}]`)
	noBlank       = regexp.MustCompile(`^[ \t]*(?:- +)*["']?[A-Za-z][A-Za-z0-9_-]*["']?(:)[^\s/]`)
)

// addSyntax turns an error of the YAML library into a problem at the place where
// it shows. The library names no line, or that of what surrounds it, and no column.
func (d *Reader) addSyntax(err error) {
	number, message := syntaxParts(err)
	lines := linesOf(d.text)
	pos := Pos{d.File, firstBadLine(lines, number, message), 1}
	if pos.Line > 1 && lines[pos.Line-1] == "" { // behind the last line
		pos.Line--
	}
	line := lines[pos.Line-1]
	bare := withoutQuoted(line)
	pos.Col += utf8.RuneCountInString(line[:len(line)-len(strings.TrimLeft(line, " \t"))])
	hint := ""
	for _, h := range syntaxHints {
		if !strings.Contains(message, h.part) {
			continue
		}
		if hint == "" {
			hint = h.hint
		}
		if h.at == nil {
			break
		}
		if m := h.at.FindStringSubmatchIndex(bare); m != nil {
			pos.Col, hint = columnOf(line, m[len(m)-2]), h.hint
			break
		}
	}
	if m := unknownAnchor.FindStringSubmatch(message); m != nil {
		if i := strings.Index(bare, "*"+m[1]); i >= 0 {
			pos.Col = columnOf(line, i)
		}
	}
	if at, better, ok := d.likelyCause(lines, pos.Line, message); ok {
		pos, hint = at, better
	}
	d.Problems.Add(pos, hint, "not valid YAML: %s", message)
}

// likelyCause looks for what people do that the library's message does not say.
func (d *Reader) likelyCause(lines []string, number int, message string) (at Pos, hint string, ok bool) {
	if at, hint, ok := d.flowCause(lines, number, message); ok {
		return at, hint, true
	}
	for _, f := range bracketFaults(d.text, lines) {
		if d.posAt(f.from).Line <= number && number <= d.posAt(f.until).Line && !hasError(d.text[:f.from], message) {
			return d.posAt(f.at), f.hint, true
		}
	}
	if strings.Contains(message, "incompatible YAML document") {
		for n := number; n >= 1; n-- {
			if strings.HasPrefix(lines[n-1], "%") {
				return Pos{d.File, n, 1}, "keep one document per file", true
			}
		}
	}
	if number > 1 && blockText.MatchString(lines[number-2]) && strings.Contains(message, "expected ':'") {
		return Pos{d.File, number, 1}, "indent the text that belongs to the | or > above", true
	}
	for n := number; n >= 1; n-- {
		line := lines[n-1]
		if n >= number-1 {
			if i, hint := lineCause(line, message, n == number); hint != "" {
				return Pos{d.File, n, columnOf(line, i)}, hint, true
			}
		}
		if !isAboutQuotes(message) {
			if n < number {
				return Pos{}, "", false
			}
			continue
		}
		switch quote, rest := quotedValue(line); {
		case rest < 0:
			return Pos{d.File, n, columnOf(line, quote)}, "close the quote", true
		case rest > 0 && n == number:
			return Pos{d.File, n, columnOf(line, rest)}, "the text before this one ends here: " + insideQuotes[line[quote]], true
		}
	}
	return Pos{}, "", false
}

// flowCause looks for what is allowed between brackets elsewhere: comments of JSON and
// JavaScript, and keys that YAML takes for texts. The library often names the line of
// the opening bracket.
func (d *Reader) flowCause(lines []string, number int, message string) (at Pos, hint string, ok bool) {
	before := len(strings.Join(lines[:number-1], ""))
	if isJSON(d.text) {
		if i := findJSONComment(d.text); i >= 0 {
			return d.posAt(i), jsonCommentHint, true
		}
	} else if strings.Contains(message, "expected ','") {
		if i := findJSONComment(d.text[before : before+len(lines[number-1])]); i >= 0 {
			return d.posAt(before + i), "begin a comment with #", true
		}
	}
	if strings.Contains(message, "expected ','") || strings.Contains(message, "expected ':'") {
		if i, hint := keyFault(d.text[before:]); i >= 0 {
			return d.posAt(before + i), hint, true
		}
	}
	return Pos{}, "", false
}

// insideQuotes says how to write a quote within quotes.
var insideQuotes = map[byte]string{
	'"':  `put ' around the whole text, or write \" for a " within "`,
	'\'': `put " around the whole text, or write '' for a ' within '`,
}

func isAboutQuotes(message string) bool {
	return strings.Contains(message, "did not find expected") && !strings.Contains(message, "alphabetic")
}

// lineCause returns what is wrong in a line, and the offset of it. here says that
// the error shows in this very line.
func lineCause(line, message string, here bool) (offset int, hint string) {
	indent := indentation.FindString(line)
	if i := strings.IndexByte(indent, '\t'); i >= 0 && here {
		return i, "indent with spaces, not tabs"
	}
	if rest := line[len(indent):]; strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "/*") {
		return len(indent), "begin a comment with #"
	}
	if m := noBlank.FindStringSubmatchIndex(line); m != nil && !strings.Contains(line, ": ") && (strings.Contains(message, "expected ':'") || strings.Contains(message, "mapping values")) {
		return m[2], colonHint
	}
	if m := afterBracket.FindStringSubmatchIndex(line); m != nil && here && isAboutQuotes(message) {
		return m[2], "put quotes around text that begins with [ or {"
	}
	if m := hashInFlow.FindStringSubmatchIndex(line); m != nil && here && (strings.Contains(message, "expected ','") || strings.Contains(message, "node content")) {
		return m[2], "put quotes around text that contains a #: it begins a comment"
	}
	if m := twoColons.FindStringSubmatchIndex(line); m != nil && here && strings.Contains(message, "expected ','") {
		return m[2], "put a comma before a new key, or quotes around text that contains a colon and a space"
	}
	return 0, ""
}

// quotedValue looks at a value of a line that begins with a quote. rest is the offset
// of what follows it in the line, 0 where that is nothing, or -1 where nothing closes the
// quote.
func quotedValue(line string) (quote, rest int) {
	m := valueStart.FindStringIndex(line)
	if m == nil {
		return 0, 0
	}
	quote = m[1] - 1
	for i := quote + 1; i < len(line); i++ {
		switch {
		case line[i] == '\\' && line[quote] == '"':
			i++
		case line[i] != line[quote]:
		case line[quote] == '\'' && strings.HasPrefix(line[i+1:], "'"):
			i++
		default:
			after := strings.TrimLeft(line[i+1:], " \t\r\n")
			if after == "" || strings.ContainsRune("#,:]}", rune(after[0])) {
				return quote, 0
			}
			return quote, len(line) - len(after)
		}
	}
	return quote, -1
}

func columnOf(line string, offset int) int { return 1 + utf8.RuneCountInString(line[:offset]) }

// linesOf splits a text into its lines, each with what ends it.
func linesOf(text string) []string {
	var lines []string
	for from := 0; ; {
		loc := nextLine.FindStringIndex(text[from:])
		if loc == nil {
			return append(lines, text[from:])
		}
		lines = append(lines, text[from:from+loc[1]])
		from += loc[1]
	}
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
		if hasError(strings.Join(lines[:middle], ""), message) {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// hasError reports whether the YAML library refuses a text with this message.
func hasError(text, message string) bool {
	var n yaml.Node
	err := yaml.Unmarshal([]byte(text), &n)
	if err == nil {
		return false
	}
	_, m := syntaxParts(err)
	return m == message
}
