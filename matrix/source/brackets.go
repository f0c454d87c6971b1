package source

import (
	"regexp"
	"strings"
)

// fault is what is wrong between brackets, and what to do.
type fault struct {
	from, at int // offsets of the outermost bracket around it, and of its place
	until    int // offset of where it shows at the latest
	hint     string
}

// flowStart is a bracket that a value of block style begins with, in its last group.
var flowStart = regexp.MustCompile(`^([ \t]*)(?:[-?] +)*(?:(?:[^\s"'#:\[\]{},][^"'#:]*|"[^"]*"|'[^']*'):[ \t]+)?(?:[&!]\S*[ \t]+)*([\[{])`)

// bracketFaults returns the first fault in each value between brackets: the library
// knows what it expected, and not where. The lines are those of the file.
func bracketFaults(text string, lines []string) (faults []fault) {
	if isJSON(text) {
		s := flowScan{text: text, from: len(beforeJSON.FindString(text)), indent: -1}
		if !s.scan() {
			s.checkEnd()
		}
		return s.found
	}
	offset, next, block := 0, 0, -1
	for _, line := range lines {
		start := offset
		offset += len(line)
		indent := len(line) - len(trimBlanks(line))
		switch m := flowStart.FindStringSubmatchIndex(line); {
		case start < next || trimBlanks(line) == "" || block >= 0 && indent > block:
			continue
		case blockText.MatchString(line):
			block = indent
			continue
		case m != nil:
			s := flowScan{text: text, from: start + m[4], indent: m[3]}
			if !s.scan() {
				s.checkClosed()
			}
			next = s.at
			faults = append(faults, s.found...)
		}
		block = -1
	}
	return faults
}

// flowScan reads one value between brackets as the YAML library does, and stops at
// the first fault.
type flowScan struct {
	text    string
	from    int // offset of the bracket that begins it
	indent  int // of the line in which it begins, -1 in JSON
	at      int // offset of what is read next
	open    []openBracket
	leftAt  int // offset of the bracket that was open where a line was indented no more than the first, or -1
	comment int // offset of the first comment that may be a text, or 0
	found   []fault
}

// openBracket is a bracket and what has been read behind it.
type openBracket struct {
	at     int
	state  flowState
	begin  int  // offset of the last value
	last   int  // offset behind it
	quoted byte // the quote around the last value, or 0
}

// flowState is what of a part between commas has been read.
type flowState int

const (
	nothingRead flowState = iota
	keyRead               // or an item of a list
	colonRead
	valueRead
)

var closing = map[byte]byte{'{': '}', '[': ']'}

// scan reports whether it found a fault.
func (s *flowScan) scan() bool {
	s.leftAt = -1
	for s.at = s.from; s.at < len(s.text); {
		i := s.at
		switch c := s.text[i]; {
		case c == ' ' || c == '\t':
			s.at++
		case c == '\n' || c == '\r':
			s.at++
			s.noteLine(s.at)
		case c == '#' && isBlank(s.text[i-1]):
			s.skipComment()
		case c == '{' || c == '[':
			if len(s.open) > 0 && s.beginValue(i, i+1) {
				return true
			}
			s.open = append(s.open, openBracket{at: i})
			s.at++
		case c == '}' || c == ']':
			if s.close(c) {
				return true
			}
			if len(s.open) == 0 {
				return false
			}
		case c == ',':
			if s.top().state == nothingRead {
				return s.add(i, "write what belongs before this comma, or remove it")
			}
			s.top().state, s.at = nothingRead, i+1
		case c == ':':
			switch top := s.top(); {
			case top.state == nothingRead:
				return s.add(i, "write a key before this colon, or remove it")
			case s.indent < 0 && s.text[top.at] == '[' && top.quoted != 0:
				return s.add(i, s.closeIt(top.at)+" before the key of this colon")
			case top.state >= colonRead:
				return s.add(i, "put a comma before a new key, or quotes around text that contains a colon and a space")
			}
			s.top().state, s.at = colonRead, i+1
		case (c == '?' || c == '-') && isBlankAt(s.text, i+1):
			if c == '-' {
				return s.add(i, "remove the -: between [ and ] commas separate the items; put quotes around text that begins with -")
			}
			s.at++
		case (c == '*' || c == '&') && s.endOfWord(i) == i+1:
			return s.add(i, "put quotes around text that begins with & or *")
		case c == '&' || c == '!':
			s.at = s.endOfWord(i)
		default:
			if s.scalar(i) {
				return true
			}
		}
	}
	return s.addOpen(s.top().at, s.closeIt(s.top().at))
}

func (s *flowScan) top() *openBracket { return &s.open[len(s.open)-1] }

// add reports a fault. Where lines that belong to no bracket have been read as if they
// did, the fault is that a bracket before them is not closed.
func (s *flowScan) add(at int, hint string) bool {
	if s.leftAt >= 0 {
		s.found = append(s.found, fault{s.from, s.leftAt, at, s.closeIt(s.leftAt)})
	} else {
		s.found = append(s.found, fault{s.from, at, at, hint})
	}
	return true
}

func (s *flowScan) closeIt(open int) string {
	c := s.text[open]
	return "close the " + string(c) + " with " + string(closing[c])
}

// addOpen reports the bracket or the quote that nothing closes, or what hides its end.
func (s *flowScan) addOpen(at int, hint string) bool {
	switch {
	case s.comment > 0:
		at, hint = s.comment, "put quotes around text that contains a #: it begins a comment"
	case s.leftAt >= 0:
		at, hint = s.leftAt, s.closeIt(s.leftAt)
	}
	s.found = append(s.found, fault{s.from, at, len(s.text), hint})
	return true
}

// close reads a closing bracket.
func (s *flowScan) close(c byte) bool {
	if open := s.text[s.top().at]; closing[open] != c {
		for _, o := range s.open {
			if closing[s.text[o.at]] == c {
				return s.add(s.at, s.closeIt(s.top().at)+" before this "+string(c))
			}
		}
		if s.endsAsIfClosed() {
			return s.add(s.at, "write "+string(closing[s.text[s.top().at]])+" in place of this "+string(c))
		}
		return s.add(s.at, "remove this "+string(c)+": no bracket before it is open for it")
	}
	s.open = s.open[:len(s.open)-1]
	s.at++
	if len(s.open) > 0 {
		s.top().last, s.top().quoted = s.at, 0
	}
	return false
}

// farthestEnd is how far behind a wrong bracket the end of the value is looked for.
const farthestEnd = 1 << 16

// endsAsIfClosed reports whether all brackets are closed at the end of the value, and no
// more than these, if the one that is read next closes the last that is open.
func (s *flowScan) endsAsIfClosed() bool {
	open := len(s.open) - 1
	rest := s.text[s.at+1 : min(s.at+1+farthestEnd, len(s.text))]
	for i := range outsideQuotes(rest) {
		switch c := rest[i]; {
		case open == 0 && (c == '\n' || c == '\r') && s.indent >= 0:
			return true
		case open == 0 && !isBlank(c):
			return false
		case c == '{' || c == '[':
			open++
		case c == '}' || c == ']':
			open--
		}
	}
	return open == 0
}

// scalar reads a text, a number or an alias.
func (s *flowScan) scalar(i int) bool {
	hint := ""
	switch c := s.text[i]; c {
	case '@', '`', '%':
		hint = "put quotes around text that begins with @, ` or %"
	case '|', '>':
		hint = "put quotes around text that begins with | or >"
	case '"', '\'':
		end := closingQuote(s.text, i)
		for c == '\'' && strings.HasPrefix(s.text[min(end, len(s.text)):], "''") {
			end = closingQuote(s.text, end+1)
		}
		if end >= len(s.text) {
			return s.addOpen(i, "close the quote")
		}
		if s.beginValue(i, end+1) {
			return true
		}
		s.top().quoted, s.at = c, end+1
		return false
	}
	if hint != "" {
		return s.add(i, hint)
	}
	end := s.endOfPlain(i)
	if s.text[i] == '*' {
		end = s.endOfWord(i)
	}
	if s.beginValue(i, end) {
		return true
	}
	s.at = end
	return false
}

// beginValue notes a value, or reports one that stands right behind another.
func (s *flowScan) beginValue(i, end int) bool {
	top, c := s.top(), s.text[i]
	isKey := end > i+1 && isColonAt(s.text, end)
	isText, isQuoted := c != '{' && c != '[', c == '"' || c == '\''
	switch adjacent := top.last == i; {
	case top.state == nothingRead || top.state == colonRead:
		top.state, top.begin, top.last, top.quoted = top.state+1, i, end, 0
		return false
	case top.quoted != 0 && s.indent < 0 && endsLate(s.text[top.begin:top.last-1], adjacent && isText):
		s.found = append(s.found, fault{s.from, top.begin, i, "close the quote"})
		return true
	case top.state == keyRead && s.text[top.at] == '{' && !isKey:
		return s.add(i, "put a colon between a key and its value")
	case top.quoted != 0 && isText && (adjacent || !isQuoted) && !(isKey && (isQuoted || !adjacent)):
		return s.add(i, s.innerQuote(top.quoted))
	case adjacent && !isText:
		return s.add(i, "put a comma before it, or quotes around text that contains a bracket")
	}
	return s.add(i, "put a comma before it")
}

// endsLate reports a text of JSON that ends where the next one was to begin: it spans
// lines, or right before another text it ends in a colon.
func endsLate(text string, beforeText bool) bool {
	return strings.ContainsAny(text, "\r\n") || beforeText && strings.HasSuffix(strings.TrimRight(text, " "), ":")
}

// innerQuote says what to do about a quote that ends a text early.
func (s *flowScan) innerQuote(quote byte) string {
	const here = "the text before this one ends here: "
	if s.indent < 0 && quote == '"' {
		return here + `write \" for a " within it, and close every quote`
	}
	return here + insideQuotes[quote]
}

// endOfPlain returns the offset behind a text without quotes, and the blanks behind it.
func (s *flowScan) endOfPlain(i int) int {
	end := i + 1
	for j := end; j < len(s.text); j++ {
		switch c := s.text[j]; {
		case c == ',' || closing[c] != 0 || c == '}' || c == ']', c == ':' && isBlankAt(s.text, j+1), c == '#' && isBlank(s.text[j-1]):
			return end
		case c == '"' && isBlank(s.text[j-1]) && s.indent < 0: // JSON has no text without quotes
			return end
		case c == '\n' || c == '\r':
			s.noteLine(j + 1)
		case !isBlank(c):
			end = j + 1
		}
	}
	return end
}

func (s *flowScan) endOfWord(i int) int {
	for i++; i < len(s.text) && !isBlank(s.text[i]) && s.text[i] != ',' && s.text[i] != ']' && s.text[i] != '}'; {
		i++
	}
	return i
}

// noteLine looks at the indentation of a line that begins here. YAML wants it deeper than
// that of what is around the brackets, and the library does not.
func (s *flowScan) noteLine(at int) {
	rest := trimBlanks(s.text[at:])
	if rest == "" || s.leftAt >= 0 || strings.IndexByte("\r\n#]}", rest[0]) >= 0 {
		return
	}
	if len(s.text)-at-len(rest) <= s.indent {
		s.leftAt = s.top().at
	}
}

func (s *flowScan) skipComment() {
	if s.comment == 0 && s.at+1 < len(s.text) && !isBlank(s.text[s.at+1]) {
		s.comment = s.at
	}
	for s.at < len(s.text) && s.text[s.at] != '\n' && s.text[s.at] != '\r' {
		s.at++
	}
}

// checkClosed reports a bracket too many behind a value of block style.
func (s *flowScan) checkClosed() {
	rest := trimBlanks(s.text[s.at:])
	if strings.HasPrefix(rest, "]") || strings.HasPrefix(rest, "}") {
		s.leftAt = -1
		s.at = len(s.text) - len(rest)
		s.add(s.at, "remove this "+rest[:1]+": no bracket before it is open for it")
	}
}

// checkEnd reports what stands behind the value that a file of JSON is.
func (s *flowScan) checkEnd() {
	end := s.at
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case isBlank(c):
			s.at++
		case c == '#' && isBlank(s.text[s.at-1]):
			s.skipComment()
		default:
			if !documentMark.MatchString(s.text[s.at:]) {
				s.add(s.at, "remove it: the file ends with the "+string(s.text[end-1])+" before it")
			}
			return
		}
	}
}

var documentMark = regexp.MustCompile(`^(?:---|\.\.\.)(?:\s|$)`)

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// isBlankAt reports a blank, the end of a line or that of the text.
func isBlankAt(text string, i int) bool { return i >= len(text) || isBlank(text[i]) }

// isColonAt reports whether a colon stands there, behind blanks or right there.
func isColonAt(text string, i int) bool { return strings.HasPrefix(trimBlanks(text[i:]), ":") }

// trimBlanks removes the blanks before a text.
func trimBlanks(text string) string { return strings.TrimLeft(text, " \t") }
