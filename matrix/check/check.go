// Package check looks for what is dubious in a matrix that could be built.
//
// A rule is a value of the list Rules: its id, how bad a breach is, what it
// means, how to mend it, an example, and the function that finds breaches. To
// add a rule, write the function, add a line, and a script in testdata with
// its id.
package check

import (
	"fmt"
	"slices"

	"raci/matrix"
	"raci/matrix/source"
)

// Rule is one thing that can be wrong with a matrix.
type Rule struct {
	ID       string
	Severity source.Severity
	Title    string // what a breach is, in a few words
	Meaning  string // why it matters
	Fix      string // how to mend it
	// Before breaks the rule, After does not: parts of a manifest.
	Before, After string
	always        string // why a breach cannot be waived, or ""
	find          func(m *matrix.Matrix, report reporter)
}

// reporter takes a breach: where it can be corrected, what it is about, what is
// wrong, and other places that have to do with it.
type reporter func(at source.Pos, about subject, message string, related ...source.Related)

// breach is a finding with what it is about.
type breach struct {
	source.Diagnostic
	about subject
}

// Run returns the findings of all rules, sorted by place, row and rule. Those
// that the manifest accepts, for a reason and until a day, come apart. It takes
// any matrix, also one that was edited by hand.
func Run(m *matrix.Matrix) matrix.Findings {
	var breaches []breach
	for _, rule := range Rules {
		rule.find(m, func(at source.Pos, about subject, message string, related ...source.Related) {
			breaches = append(breaches, breach{rule.finding(at, about.row, message, related...), about})
		})
	}
	open, accepted := accept(m, breaches)
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

// accept takes out what the manifest accepts. A waiver that has ended accepts
// nothing; it and one that accepts nothing are findings themselves, which no
// waiver takes out.
func accept(m *matrix.Matrix, breaches []breach) (open []source.Diagnostic, accepted []matrix.Accepted) {
	for i := range m.Check.Waivers {
		w := &m.Check.Waivers[i]
		at, message := refused(m, w)
		if message == "" {
			before := len(breaches)
			breaches = slices.DeleteFunc(breaches, func(b breach) bool {
				covered := b.Rule == w.Rule.ID && b.about.coveredBy(&w.Selector)
				if covered {
					accepted = append(accepted, matrix.Accepted{Diagnostic: b.Diagnostic, Reason: w.Reason, Expires: w.Expires})
				}
				return covered
			})
			if len(breaches) < before {
				continue
			}
			at, message = w.At, fmt.Sprintf("the waiver of %s waives nothing", w.Rule.ID)
		}
		open = append(open, Find("bad-waiver").finding(at, "", message))
	}
	for _, b := range breaches {
		open = append(open, b.Diagnostic)
	}
	return open, accepted
}

// refused returns what is wrong with a waiver whatever there is to waive, and
// where, or "".
func refused(m *matrix.Matrix, w *matrix.Waiver) (at source.Pos, message string) {
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

func rank(s source.Severity) int {
	return slices.Index([]source.Severity{source.Error, source.Warning, source.Note}, s)
}
