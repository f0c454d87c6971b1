package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

const lineWidth = 100 // characters of a line of text output

// printWrapped prints text behind a label, its further lines behind an
// indent; it prints nothing where there is no text.
func printWrapped(w io.Writer, label, indent, text string) {
	if text == "" {
		return
	}
	line := label
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
			line += word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > lineWidth:
			fmt.Fprintln(w, line)
			line = indent + word
		default:
			line += " " + word
		}
	}
	fmt.Fprintln(w, line)
}
