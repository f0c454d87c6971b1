package check

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CI servers read the log of a job for commands: GitHub a line that begins with
// "::", whatever blanks stand before, and "##[" anywhere in a line; Azure
// "##vso[" and TeamCity "##teamcity[" likewise. A name or a text of a manifest
// must not become one.

// logCommand is what a CI server takes for a command inside a line.
var logCommand = regexp.MustCompile(`##([A-Za-z]*)\[`)

// inert returns a line that no CI server takes for a command, and no terminal
// for more than text. It is as wide as the line was.
func inert(line string) string {
	line = noCommand(oneLine(line))
	if text := strings.TrimLeftFunc(line, unicode.IsSpace); strings.HasPrefix(text, "::") {
		line = line[:len(line)-len(text)] + "\uFFFD" + text[1:]
	}
	return line
}

// noCommand replaces what is a command inside a line.
func noCommand(s string) string {
	if !strings.Contains(s, "##") {
		return s
	}
	return logCommand.ReplaceAllString(s, "#\uFFFD$1[")
}

// oneLine replaces what would break a line, or the terminal.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return printable(r)
	}, s)
}

// printable replaces a character that a manifest could use to write elsewhere
// on the screen, or to show its text in another order than it has.
func printable(r rune) rune {
	switch {
	case r == '\t':
		return r
	case unicode.IsControl(r), r >= 0x2028 && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return utf8.RuneError
	}
	return r
}
