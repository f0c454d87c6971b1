package check

import (
	"bufio"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"raci/matrix/source"
)

// Workflow commands of GitHub Actions: a line "::error file=...::message".
// The runner undoes exactly these escapes, %25 last, and would read any other
// "," or ":" in a property as its end, and a line break as a new command.
var (
	gitHubMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	gitHubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// writeGitHub writes one annotation for each error and for each group of
// findings. GitHub shows ten annotations of a kind for a step and drops the
// others, so sixty rows with one cause must not take the place of five other
// causes, and errors come first.
func writeGitHub(w io.Writer, r Result) error {
	r = r.inRepository()
	out := bufio.NewWriter(w)
	for _, x := range r.AllErrors() {
		annotate(out, &group{Diagnostic: badInput(x), all: []source.Diagnostic{x}})
	}
	for i := range r.Files {
		for _, g := range r.Files[i].groups() {
			annotate(out, &g)
		}
	}
	return out.Flush()
}

func annotate(w io.Writer, g *group) {
	lines := append([]string{g.headline()}, oneLiners(append(g.details(), g.help()...))...)
	for i, line := range lines {
		lines[i] = visible(line)
	}
	fmt.Fprintf(w, "::%s %s::%s\n", gitHubLevel(g.Severity), gitHubProperties(g.Diagnostic), gitHubMessage.Replace(strings.Join(lines, "\n")))
}

func gitHubLevel(s source.Severity) string {
	switch s {
	case source.Error:
		return "error"
	case source.Note:
		return "notice"
	}
	return "warning"
}

// visible returns a text that moves no cursor in the log and holds no command to
// another program. Its line breaks are to be escaped.
func visible(text string) string {
	const within = "x" // no text begins the line
	return strings.TrimPrefix(source.Disarmed(within+strings.Map(func(c rune) rune {
		switch c {
		case '\n', '\r':
			return c
		case '\t':
			return ' '
		}
		return source.Printable(c)
	}, text)), within)
}

// gitHubProperties leaves out what is not known: a line 0 is an error there.
func gitHubProperties(x source.Diagnostic) string {
	var properties []string
	if x.At.File != "" {
		properties = append(properties, "file="+gitHubProperty.Replace(visible(filepath.ToSlash(filepath.Clean(x.At.File)))))
	}
	if x.At.Line > 0 {
		properties = append(properties, fmt.Sprintf("line=%d", x.At.Line))
		if x.At.Col > 0 {
			properties = append(properties, fmt.Sprintf("col=%d", x.At.Col))
		}
	}
	return strings.Join(append(properties, "title="+gitHubProperty.Replace("raci "+visible(x.Rule))), ",")
}
