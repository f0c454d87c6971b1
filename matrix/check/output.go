package check

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/source"
)

// Output is one way to write findings.
type Output struct {
	ID          string
	Description string
	// Write writes the whole report or fails. The bytes depend on the report
	// alone, and files and findings keep its order.
	Write func(w io.Writer, r Result) error
}

// Outputs are all outputs. To add one, write a function and add a line.
var Outputs = []Output{
	{"text", "for people, with the line of the manifest", writeText},
	{"json", "for programs, schema " + FindingsSchema, writeJSON},
	{"sarif", "SARIF 2.1.0, for code scanning and editors", writeSARIF},
	{"junit", "JUnit XML, for the test reports of CI servers", writeJUnit},
	{"github", "annotations of a pull request, for GitHub Actions", writeGitHub},
}

// Result is what check found in one run.
type Result struct {
	Version string         // of raci; may be empty
	Color   bool           // whether the text may be coloured; no other output ever is
	Files   []FileFindings // in the order in which the user named the manifests
}

// FileFindings is what check found in one manifest. Each finding names the file
// as the user can open it, and the manifest as Path does.
type FileFindings struct {
	Path     string // as the user wrote it; "-" is standard input
	Source   []byte // what the manifest holds, for the text to quote; may be nil
	Rows     int
	Gaps     int                 // the rows without an accountable party
	Findings []source.Diagnostic // in the order in which Run returns them
	Accepted []matrix.Accepted   // those that the user accepted; they are no longer findings
}

// file names the manifest in positions.
func (f *FileFindings) file() string {
	if f.Path == "-" {
		return "stdin"
	}
	return f.Path
}

// shownRows is how many findings of a group are shown one by one.
const shownRows = 5

// note is a remark below a headline.
type note struct {
	label string // "row:", "help:" or ""
	row   string // its id, or ""
	text  string
}

// String returns the note in one line.
func (n note) String() string { return strings.Join(n.words(), " ") }

// words returns the pieces between which a line may end. An id stays whole.
func (n note) words() []string {
	var words []string
	for _, w := range []string{n.label, n.row} {
		if w != "" {
			words = append(words, w)
		}
	}
	if n.row != "" && n.text != "" {
		words[len(words)-1] += ":"
	}
	return append(words, strings.Fields(n.text)...)
}

func oneLiners(notes []note) []string {
	lines := make([]string, len(notes))
	for i, n := range notes {
		lines[i] = n.String()
	}
	return lines
}

// group is what one rule has to say about one place. One missing line under
// defaults leaves every row without an A: that is one defect to fix, and a
// reader who has to scroll past sixty copies of it misses the rest.
type group struct {
	source.Diagnostic // the first one
	all               []source.Diagnostic
}

// groups returns the findings grouped by rule, severity and place, each group
// where its first finding stood.
func (f *FileFindings) groups() []group {
	type key struct {
		rule     string
		severity source.Severity
		at       source.Pos
	}
	index := map[key]int{}
	var groups []group
	for _, x := range f.Findings {
		k := key{x.Rule, x.Severity, x.At}
		i, seen := index[k]
		if !seen {
			i = len(groups)
			index[k] = i
			groups = append(groups, group{Diagnostic: x})
		}
		groups[i].all = append(groups[i].all, x)
	}
	return groups
}

// headline says what is wrong: the message, or what the messages share.
func (g *group) headline() string {
	n := len(g.all)
	switch {
	case n == 1:
		return g.Message
	case g.oneMessage():
		return fmt.Sprintf("%s, %s", g.Message, g.times(n))
	}
	return fmt.Sprintf("%s, %s", ruleOf(g.Diagnostic).Title, g.times(n))
}

func (g *group) oneMessage() bool {
	return !slices.ContainsFunc(g.all, func(x source.Diagnostic) bool { return x.Message != g.Message })
}

func (g *group) aboutRows() bool {
	return !slices.ContainsFunc(g.all, func(x source.Diagnostic) bool { return x.Row == "" })
}

func (g *group) times(n int) string {
	if g.aboutRows() {
		return "in " + counted(n, "row")
	}
	return counted(n, "time")
}

// details names the rows of the group, at most shownRows of them, with what
// the headline does not say yet.
func (g *group) details() []note {
	var notes []note
	one := g.oneMessage()
	for _, x := range g.all[:min(len(g.all), shownRows)] {
		switch {
		case x.Row != "" && one:
			notes = append(notes, note{"row:", x.Row, ""})
		case x.Row != "":
			notes = append(notes, note{"row:", x.Row, x.Message})
		case !one:
			notes = append(notes, note{"", "", x.Message})
		}
	}
	if rest := len(g.all) - shownRows; rest > 0 && len(notes) > 0 {
		noun := "finding"
		if g.aboutRows() {
			noun = "row"
		}
		notes = append(notes, note{"", "", "... and " + counted(rest, "more "+noun)})
	}
	return notes
}

// help returns the ways out of the findings that are shown, each once, behind
// the other places that they name.
func (g *group) help() []note {
	shown := g.all[:min(len(g.all), shownRows)]
	return append(related(shown), hints(shown)...)
}

// related names the other places that have to do with findings, each once.
func related(findings []source.Diagnostic) []note {
	var notes []note
	seen := map[source.Related]bool{}
	for _, x := range findings {
		for _, r := range x.Related {
			if !seen[r] {
				seen[r] = true
				notes = append(notes, note{"see:", "", position(r.At) + ": " + r.Message})
			}
		}
	}
	return notes
}

func hints(findings []source.Diagnostic) []note {
	var notes []note
	seen := map[string]bool{"": true}
	for _, x := range findings {
		if !seen[x.Hint] {
			seen[x.Hint] = true
			notes = append(notes, note{"help:", "", x.Hint})
		}
	}
	return notes
}

// ruleOf returns the rule of a finding. One that is not in Rules, such as a
// rule of LintCatalog, is known by its finding alone.
func ruleOf(x source.Diagnostic) Rule {
	if r := Find(x.Rule); r != nil {
		return *r
	}
	return Rule{ID: x.Rule, Severity: x.Severity, Title: "findings of the rule " + x.Rule, Fix: x.Hint}
}

// reportedRules returns Rules, and behind them the other rules that have a
// finding, in the order of these.
func reportedRules(r Result) []Rule {
	rules := slices.Clone(Rules)
	known := map[string]bool{}
	for _, rule := range rules {
		known[rule.ID] = true
	}
	add := func(x source.Diagnostic) {
		if !known[x.Rule] {
			known[x.Rule] = true
			rules = append(rules, ruleOf(x))
		}
	}
	for _, f := range r.Files {
		for _, x := range f.Findings {
			add(x)
		}
		for _, x := range f.Accepted {
			add(x.Diagnostic)
		}
	}
	return rules
}

// withRow returns the message and the row that it is about, for outputs whose
// readers have no place of their own for the row.
func withRow(x source.Diagnostic) string {
	if x.Row == "" {
		return x.Message
	}
	return x.Message + " (row " + x.Row + ")"
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
