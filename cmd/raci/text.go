package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
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
