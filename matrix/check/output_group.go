package check

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix/source"
)

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
	recorded          string // where a stored matrix has it from, or ""
}

// groups returns the findings of the input in groups.
func (f *FileFindings) groups() []group { return f.placed(grouped(f.Findings)) }

// placed places groups of a stored matrix at the input.
func (f *FileFindings) placed(groups []group) []group {
	for i := range groups {
		if f.Stored {
			groups[i].placeAt(f.file())
		}
	}
	return groups
}

// placeAt moves the group to a file that is here, and keeps the recorded place in
// words.
func (g *group) placeAt(file string) {
	place := func(at source.Pos) (source.Pos, string) {
		if at.File == "" || at == (source.Pos{File: file}) {
			return source.Pos{File: file}, ""
		}
		return source.Pos{File: file}, position(at)
	}
	g.At, g.recorded = place(g.At)
	g.all = slices.Clone(g.all)
	for i := range g.all {
		x := &g.all[i]
		x.At = g.At
		x.Related = slices.Clone(x.Related)
		for j := range x.Related {
			r := &x.Related[j]
			var recorded string
			r.At, recorded = place(r.At)
			r.Message = withPlace(r.Message, recorded)
		}
	}
	g.Related = g.all[0].Related
}

func withPlace(message, recorded string) string {
	if recorded == "" {
		return message
	}
	return message + " (at " + recorded + ")"
}

// groupKey is what the findings of a group share.
type groupKey struct {
	rule     string
	severity source.Severity
	at       source.Pos
}

func keyOf(x source.Diagnostic) groupKey { return groupKey{x.Rule, x.Severity, x.At} }

// grouped returns findings grouped by rule, severity and place, each group
// where its first finding stood.
func grouped(findings []source.Diagnostic) []group {
	index := map[groupKey]int{}
	var groups []group
	for _, x := range findings {
		k := keyOf(x)
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

// headline says what is wrong: the message, or what the messages share, and the
// place that a stored matrix has it from.
func (g *group) headline() string { return withPlace(g.shared(), g.recorded) }

func (g *group) shared() string {
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
