package source

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// commands begin an order to a program that reads the log of a build: to GitHub's
// runner, and those of Azure Pipelines and TeamCity. These work wherever they
// stand; "::" works where a line begins.
var commands = []string{"##[", "##vso[", "##teamcity["}

// Quoted returns a path as it can stand in a line of output: as it is, or between
// double quotes with escapes of Go where it holds what cannot be seen, moves
// the cursor, is not UTF-8 or could pass for something else than a path.
func Quoted(path string) string {
	if !needsQuotes(path) {
		return path
	}
	quoted := strconv.Quote(path)
	if strings.ContainsFunc(quoted, IsInvisible) { // letters, to Go
		quoted = strconv.QuoteToASCII(path)
	}
	return strings.ReplaceAll(quoted, "##", `#\x23`)
}

func needsQuotes(path string) bool {
	if isPlain(path) {
		return false
	}
	if !utf8.ValidString(path) || strings.HasPrefix(path, "::") || strings.HasPrefix(path, `"`) || strings.Trim(path, " ") != path {
		return true
	}
	for _, command := range commands {
		if strings.Contains(path, command) {
			return true
		}
	}
	return strings.ContainsFunc(path, func(c rune) bool { return !unicode.IsPrint(c) || IsInvisible(c) })
}

// isPlain reports a path of visible characters of ASCII, of which none has a meaning
// of its own where it stands: most paths, in each of a hundred thousand rows.
func isPlain(path string) bool {
	for i := range len(path) {
		if c := path[i]; c <= ' ' || c > '~' || c == '#' || c == '"' {
			return false
		}
	}
	return !strings.HasPrefix(path, "::")
}

// unquoted takes back what Quoted does to the path at the beginning of a text, and
// returns what stands behind it. It returns false where no path is quoted there.
func unquoted(text string) (path, rest string, ok bool) {
	quoted, err := strconv.QuotedPrefix(text)
	if err != nil || text[0] != '"' {
		return "", "", false
	}
	path, err = strconv.Unquote(quoted)
	return path, text[len(quoted):], err == nil
}

// Printable returns what to print for a character: a replacement for one that
// moves the cursor, ends a line, changes the order of what is shown, or cannot
// be seen at all. Tabs stay, and so do the marks that prose may hold.
func Printable(c rune) rune {
	if h := findHidden(c); c != '\t' && unicode.IsControl(c) || h != nil && h.inTexts {
		return utf8.RuneError
	}
	return c
}

// OneLine returns a text as it can stand in a line of output: white space as
// blanks, what is not Printable replaced, and no command to a program that reads
// the log of a build, even where the line begins with the text.
func OneLine(text string) string {
	text = strings.Map(func(c rune) rune {
		if c == '\n' || c == '\r' || c == '\t' {
			return ' '
		}
		return Printable(c)
	}, text)
	return Disarmed(text)
}

// Disarmed returns a line of output in which nothing is a command to a program
// that reads it: a \ stands within what would be one.
func Disarmed(line string) string {
	if strings.Contains(line, "##") {
		for _, command := range commands {
			line = strings.ReplaceAll(line, command, `#\`+command[1:])
		}
	}
	if trimmed := strings.TrimLeftFunc(line, unicode.IsSpace); strings.HasPrefix(trimmed, "::") {
		line = line[:len(line)-len(trimmed)] + `\` + trimmed
	}
	return line
}

// InertJSON escapes, in the strings of JSON, what an encoder leaves as it is and a
// program that reads the log of a build takes for a command, or a terminal for
// more than a character. It means the same.
func InertJSON(text []byte) []byte {
	if !bytes.Contains(text, []byte("##")) && !bytes.ContainsFunc(text, func(r rune) bool { return r >= 0x7F }) {
		return text // as nearly all of it
	}
	return []byte(escapeJSON().Replace(string(text)))
}

var escapeJSON = sync.OnceValue(func() *strings.Replacer {
	pairs := []string{"##", `#\u0023`}
	for r := rune(0x7F); r <= 0xFFFF; r++ {
		if Printable(r) != r {
			pairs = append(pairs, string(r), fmt.Sprintf(`\u%04x`, r))
		}
	}
	return strings.NewReplacer(pairs...)
})
