// Package check looks for what is dubious in a matrix that could be built.
//
// A rule is a value of the list Rules: its id, how bad a breach is, what it
// means, how to fix it, an example, and the function that finds breaches. To
// add a rule, write the function, add a line, and a script in testdata with
// its id.
//
// Outputs writes findings down. What was waived is in text, JSON and JUnit, and not
// in SARIF: GitHub ignores suppressions, so that it would be an open alert there.
package check

import (
	"fmt"
	"slices"
	"sync"

	"raci/matrix"
	"raci/matrix/source"
)

// Rule is one defect that a matrix can have.
type Rule struct {
	ID       string
	Severity source.Severity
	Title    string // what a breach is, in a few words
	Meaning  string // why it matters
	Fix      string // how to fix it
	// Before breaks the rule, After does not: parts of a manifest.
	Before, After string
	Off           bool   // it looks only where it is chosen, in the manifest or for a run
	always        string // why a breach cannot be waived, or ""
	find          func(m *input, report reporter)
}

// Finds says what a breach is, and whether the rule must be chosen.
func (r *Rule) Finds() string {
	if r.Off {
		return r.Title + "; off unless chosen"
	}
	return r.Title
}

// input is what the rules look at: a matrix, with its entries and its rows by
// their names.
type input struct {
	*matrix.Matrix
	entries map[string]*matrix.Entry
	rows    func() map[string]*matrix.Row
	answers func() [][]matrix.Answer // in brief, by selection
	known   []string                 // ids of all rules
	chosen  []string                 // those that someone chose
}

// passesOver reports whether the rule is off and nobody chose it.
func (m *input) passesOver(r *Rule) bool { return r.Off && !slices.Contains(m.chosen, r.ID) }

func newInput(m *matrix.Matrix) *input {
	return &input{Matrix: m, known: IDs(), entries: m.EntriesByName(), answers: sync.OnceValue(func() [][]matrix.Answer {
		answers := make([][]matrix.Answer, len(m.Frameworks))
		index := m.AnswerIndex()
		for i := range m.Frameworks {
			answers[i] = index.AnswersInBrief(&m.Frameworks[i])
		}
		return answers
	}), rows: sync.OnceValue(func() map[string]*matrix.Row {
		rows := make(map[string]*matrix.Row, len(m.Rows))
		for i := len(m.Rows) - 1; i >= 0; i-- { // of two rows with one id the first stays
			rows[m.Rows[i].ID] = &m.Rows[i]
		}
		return rows
	})}
}

// only returns these entries in the order of the manifest.
func (m *input) only(entries map[*matrix.Entry]bool) []*matrix.Entry {
	var list []*matrix.Entry
	for i := range m.Entries {
		if e := &m.Entries[i]; entries[e] {
			list = append(list, e)
		}
	}
	return list
}

// reporter takes a breach: where it can be corrected, what it is about, what is
// wrong, and other places that have to do with it.
type reporter func(at source.Pos, about subject, message string, related ...source.Related)

// breach is a finding with what it is about.
type breach struct {
	source.Diagnostic
	about subject
}

// Run returns the findings of the rules, sorted by place, row and rule. Those
// that the manifest accepts, for a reason and until a day, come apart. It takes
// any matrix, also one that was edited by hand. Rules that are off look only
// where the manifest chooses them, or these ids.
func Run(m *matrix.Matrix, chosen ...string) matrix.Findings {
	in, breaches := newInput(m), map[string][]breach{}
	in.chosen = append(source.IDs(m.Check.Rules), chosen...)
	for _, rule := range Rules {
		if in.passesOver(&rule) {
			continue
		}
		rule.find(in, func(at source.Pos, about subject, message string, related ...source.Related) {
			breaches[rule.ID] = append(breaches[rule.ID], breach{rule.finding(at, about.row, message, related...), about})
		})
	}
	open, accepted := accept(in, breaches)
	slices.SortStableFunc(open, source.Compare)
	slices.SortStableFunc(accepted, func(a, b matrix.Accepted) int { return source.Compare(a.Diagnostic, b.Diagnostic) })
	return matrix.Findings{Open: open, Accepted: accepted}
}

func (r *Rule) finding(at source.Pos, row, message string, related ...source.Related) source.Diagnostic {
	return source.Diagnostic{Rule: r.ID, Severity: r.Severity, At: at, Row: row, Message: message, Hint: r.Fix, Related: related}
}

// Find returns the rule with this id, or nil.
func Find(id string) *Rule {
	if i := slices.IndexFunc(Rules, func(r Rule) bool { return r.ID == id }); i >= 0 {
		return &Rules[i]
	}
	return nil
}

// IDs returns the ids of all rules, in their order.
func IDs() []string {
	ids := make([]string, len(Rules))
	for i, r := range Rules {
		ids[i] = r.ID
	}
	return ids
}

// waiverProblem returns what is wrong with a waiver in itself, whatever it selects, and
// where, or "".
func waiverProblem(m *matrix.Matrix, w *matrix.Waiver) (at source.Pos, message string) {
	rule := Find(w.Rule.ID)
	switch {
	case rule == nil:
		return w.Rule.At, fmt.Sprintf("there is no rule %q; %s", w.Rule.ID, source.DidYouMean(w.Rule.ID, IDs(), "see raci check --list"))
	case rule.always != "":
		return w.Rule.At, fmt.Sprintf("%s cannot be waived: %s", rule.ID, rule.always)
	case m.Date != "" && w.Expires < m.Date:
		return w.At, fmt.Sprintf("the waiver of %s ended on %s", w.Rule.ID, w.Expires)
	}
	return source.Pos{}, ""
}

// AtLeast counts the findings of this severity or a worse one.
func AtLeast(findings []source.Diagnostic, severity source.Severity) int {
	n := 0
	for _, f := range findings {
		if rank(f.Severity) <= rank(severity) {
			n++
		}
	}
	return n
}

// severities are all severities, the worst first.
var severities = []source.Severity{source.Error, source.Warning, source.Note}

func rank(s source.Severity) int { return slices.Index(severities, s) }
