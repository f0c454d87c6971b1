package check

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"raci/matrix/source"
)

// The colours of a terminal, as parameters of its SGR sequence.
const (
	bold   = "1"
	dim    = "2"
	red    = "1;31"
	green  = "1;32"
	yellow = "1;33"
	cyan   = "1;36"
)

var severityColors = map[source.Severity]string{source.Error: red, source.Warning: yellow, source.Note: cyan}

// writeText writes the findings the way compilers do, so that editors and
// terminals make links of the places:
//
//	manifest.yaml:14:5: error: nobody is accountable for "Patch" [no-accountable]
//	  row: orders-db/patch-guest-os
//	   14 |   - use: rds
//	      |     ^
//	  help: name accountable under defaults
//
// Findings of one rule at one place are one group. The last line counts. Errors
// are on standard error, and where nothing could be read the text is empty.
func writeText(w io.Writer, r Result) error {
	p := textPrinter{bufio.NewWriter(w), r.Color}
	read := 0
	for i := range r.Files {
		f := &r.Files[i]
		if f.failed() {
			continue
		}
		read++
		src := newQuoter(f.Source)
		for _, g := range grouped(f.Findings) {
			if f.isAbsent(g.At.File) {
				g.placeAt(f.file())
			}
			p.group(&g)
			if g.At.File == f.file() {
				p.quote(src, g.At)
			}
			p.notes(g.help())
			fmt.Fprintln(p.w)
		}
	}
	if read > 0 {
		fmt.Fprintln(p.w, summary(r))
	}
	return p.w.Flush()
}

// textPrinter keeps the first error of its writer for Flush to return.
type textPrinter struct {
	w     *bufio.Writer
	color bool
}

func (p *textPrinter) paint(color, s string) string {
	if !p.color || color == "" || s == "" {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
}

func (p *textPrinter) group(g *group) {
	severity := p.paint(severityColors[g.Severity], string(g.Severity)+":")
	fmt.Fprintf(p.w, "%s %s %s %s\n", p.paint(bold, source.OneLine(position(g.At))+":"), severity,
		p.paint(bold, source.OneLine(g.headline())), p.paint(dim, "["+source.OneLine(g.Rule)+"]"))
	p.notes(g.details())
}

// notesWidth is how many cells of a terminal a line below a headline takes,
// unless a single word or id is longer.
const notesWidth = 100

// notes prints what belongs to a finding, with the labels in bold and further
// lines below the first word behind the label.
func (p *textPrinter) notes(notes []note) {
	for _, n := range notes {
		label, indent := p.paint(bold, n.label), "  "
		if n.label != "" {
			label, indent = label+" ", indent+strings.Repeat(" ", len(n.label)+1)
		}
		lines := wrapped(note{"", n.row, n.text}.words(), notesWidth-len(indent))
		fmt.Fprintf(p.w, "  %s%s\n", label, strings.Join(lines, "\n"+indent))
	}
}

// wrapped puts words into lines of the width.
func wrapped(words []string, width int) []string {
	var lines []string
	used := 0
	for _, w := range words {
		w = source.OneLine(w)
		if n := cells(w); len(lines) > 0 && used+1+n <= width {
			lines[len(lines)-1] += " " + w
			used += 1 + n
		} else {
			lines = append(lines, w)
			used = n
		}
	}
	for i := range lines {
		lines[i] = source.Disarmed(lines[i])
	}
	return lines
}

func (p *textPrinter) quote(src *quoter, at source.Pos) {
	code, caret, ok := src.quote(at.Line, at.Col)
	if !ok {
		return
	}
	fmt.Fprintln(p.w, strings.TrimRight(fmt.Sprintf("%s %s", p.paint(dim, fmt.Sprintf("%5d |", at.Line)), source.Disarmed(code)), " \t"))
	if caret != "" {
		fmt.Fprintf(p.w, "%s %s\n", p.paint(dim, "      |"), p.paint(green, caret))
	}
}

// position is file:line:col, without the parts that are not known.
func position(at source.Pos) string {
	switch {
	case at.Line < 1:
		return source.Quoted(at.File)
	case at.Col < 1:
		return fmt.Sprintf("%s:%d", source.Quoted(at.File), at.Line)
	}
	return at.String()
}

// summary counts the findings by severity, what was looked at, what was
// accepted, and what could not be read.
func summary(r Result) string {
	var read, rows, gaps, accepted int
	bySeverity := map[source.Severity]int{}
	for _, f := range r.Files {
		if !f.failed() {
			read++
		}
		rows, gaps, accepted = rows+f.Rows, gaps+f.Gaps, accepted+len(f.Accepted)
		for _, x := range f.Findings {
			bySeverity[x.Severity]++
		}
	}
	var counts []string
	for _, s := range severities {
		if n := bySeverity[s]; n > 0 {
			counts = append(counts, counted(n, string(s)))
		}
	}
	line := fmt.Sprintf("%s in %s: %s", cmp.Or(strings.Join(counts, ", "), "no findings"),
		counted(read, "manifest"), counted(rows, "row"))
	if gaps > 0 {
		line += ", " + counted(gaps, "gap")
	}
	if accepted > 0 {
		line += ", " + counted(accepted, "waived finding")
	}
	if n := len(r.Files) - read; n > 0 {
		line += "; " + counted(n, "input") + " could not be read"
	}
	return line
}
