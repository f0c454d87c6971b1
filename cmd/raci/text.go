package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"raci/matrix/source"
)

// sink remembers the first error of a writer, so that no command has to look
// at each line that it prints.
type sink struct {
	w   io.Writer
	err error
}

func (s *sink) Write(data []byte) (n int, err error) {
	if s.err == nil {
		n, s.err = s.w.Write(data)
	}
	return n, s.err
}

// textWriter prints text for people. Nothing in it moves the cursor, turns the
// direction of a line or is a command to the program that reads the log of a build.
type textWriter struct{ w io.Writer }

func (t textWriter) Write(data []byte) (int, error) {
	lines := strings.SplitAfter(string(data), "\n")
	for i, line := range lines {
		body, hasEnd := strings.CutSuffix(line, "\n")
		lines[i] = source.Disarmed(strings.Map(source.Printable, body))
		if hasEnd {
			lines[i] += "\n"
		}
	}
	_, err := io.WriteString(t.w, strings.Join(lines, ""))
	return len(data), err
}

// forPeople is the program where it prints text for people, not data.
func (p *program) forPeople() *program {
	q := *p
	q.out = textWriter{p.out}
	return &q
}

// say prints a message as one line of standard error, whatever stands in it.
func (p *program) say(format string, args ...any) { p.prompt(format+"\n", args...) }

// prompt prints a question, behind which the answer is written.
func (p *program) prompt(format string, args ...any) {
	fmt.Fprint(p.err, message(format, args...))
}

// sayLine prints a message as one line.
func (p *program) sayLine(text string) { p.say("raci: %s", text) }

// sayWrapped prints a message in lines of their width, behind a label.
func (p *program) sayWrapped(label, indent, text string) {
	printWrapped(textWriter{p.err}, label, indent, text)
}

// message is a text as one line, whatever stands in it; it has a line break at its
// end where the format has.
func message(format string, args ...any) string {
	body, hasEnd := strings.CutSuffix(fmt.Sprintf(format, args...), "\n")
	if body = source.OneLine(body); hasEnd {
		body += "\n"
	}
	return body
}

const lineWidth = 100 // characters of a line of text output

// onOneLine returns a text without its line breaks: no part of it is to begin
// like a line of raci's own.
func onOneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// printWrapped prints text behind a label, its further lines behind an
// indent; it prints nothing for an empty text.
func printWrapped(w io.Writer, label, indent, text string) {
	if text == "" {
		return
	}
	for i, line := range wrap(text, lineWidth-utf8.RuneCountInString(indent)) {
		if i == 0 {
			fmt.Fprintln(w, label+line)
		} else {
			fmt.Fprintln(w, indent+line)
		}
	}
}

const (
	widestCell = 30 // characters of a cell between the first and the last of its line
	leastLast  = 17 // characters that the last column has at least
)

// printTable prints rows under headings in lines of at most lineWidth
// characters, if the first columns allow it. Ids, in the first one, are never
// cut; long cells in the middle are, and the last column is wrapped.
func printTable(w io.Writer, headings []string, rows [][]string) {
	widths := make([]int, len(headings))
	all := append([][]string{headings}, rows...)
	for _, row := range all {
		for i, cell := range row {
			n := utf8.RuneCountInString(cell)
			if i > 0 {
				n = min(n, widestCell)
			}
			widths[i] = max(widths[i], n)
		}
	}
	indent := 0
	for _, width := range widths[:len(widths)-1] {
		indent += width + 2
	}
	last := max(lineWidth-indent, leastLast)
	for _, row := range all {
		var line strings.Builder
		for i, cell := range row[:len(row)-1] {
			fmt.Fprintf(&line, "%-*s  ", widths[i], cut(cell, widths[i]))
		}
		parts := wrap(row[len(row)-1], last)
		fmt.Fprintln(w, strings.TrimRight(line.String()+parts[0], " "))
		for _, part := range parts[1:] {
			fmt.Fprintln(w, strings.Repeat(" ", indent)+part)
		}
	}
}

func cut(text string, width int) string {
	if runes := []rune(text); len(runes) > width {
		return string(runes[:width-1]) + "…"
	}
	return text
}

// wrap breaks text at spaces into lines of the width, and returns at least
// one.
func wrap(text string, width int) []string {
	lines := []string{""}
	for _, word := range strings.Fields(text) {
		line := &lines[len(lines)-1]
		switch {
		case *line == "":
			*line = word
		case utf8.RuneCountInString(*line)+1+utf8.RuneCountInString(word) > width:
			lines = append(lines, word)
		default:
			*line += " " + word
		}
	}
	return lines
}

// splitAll splits each value at its commas.
func splitAll(values []string) []string {
	var all []string
	for _, v := range values {
		for part := range strings.SplitSeq(v, ",") {
			all = append(all, strings.TrimSpace(part))
		}
	}
	return all
}
