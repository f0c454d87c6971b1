// Package check looks for what is dubious in a matrix that could be built.
//
// A rule is a value of the list Rules: its id, how bad a breach is, what it
// means, how to mend it, an example, and the function that finds breaches. To
// add a rule, write the function, add a line, and a script in testdata with
// its id.
package check

import (
	"cmp"
	"fmt"
	"slices"

	"raci/matrix"
)

// Rule is one thing that can be wrong with a matrix.
type Rule struct {
	ID       string
	Severity matrix.Severity
	Title    string // what a breach is, in a few words
	Meaning  string // why it matters
	Fix      string // how to mend it
	// Before breaks the rule, After does not: parts of a manifest.
	Before, After string
	always        string // why a breach cannot be waived, or ""
	find          func(m *matrix.Matrix, report report)
}

// report takes a breach: where it can be mended, what it is about, and what is
// wrong.
type report func(at matrix.Pos, about subject, message string)

// breach is a finding with what it is about.
type breach struct {
	matrix.Finding
	about subject
}

// Run returns the findings of all rules, sorted by place, row and rule. Those
// that the manifest waives, for a reason and until a day, come apart.
func Run(m *matrix.Matrix) (findings []matrix.Finding, waived []matrix.Waived) {
	var breaches []breach
	for _, rule := range Rules {
		rule.find(m, func(at matrix.Pos, about subject, message string) {
			breaches = append(breaches, breach{rule.finding(at, about.row, message), about})
		})
	}
	findings, waived = waive(m, breaches)
	sortFindings(findings)
	slices.SortStableFunc(waived, func(a, b matrix.Waived) int { return compareFindings(a.Finding, b.Finding) })
	return findings, waived
}

func (r *Rule) finding(at matrix.Pos, row, message string) matrix.Finding {
	return matrix.Finding{Rule: r.ID, Severity: r.Severity, At: at, Row: row, Message: message, Fix: r.Fix}
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

// waive takes out what the manifest accepts. A waiver that has ended accepts
// nothing; it and one that accepts nothing are findings themselves, which no
// waiver takes out.
func waive(m *matrix.Matrix, breaches []breach) (left []matrix.Finding, waived []matrix.Waived) {
	for i := range m.Manifest.Check.Waivers {
		w := &m.Manifest.Check.Waivers[i]
		at, message := refused(m, w)
		if message == "" {
			before := len(breaches)
			breaches = slices.DeleteFunc(breaches, func(b breach) bool {
				covered := b.Rule == w.Rule.ID && b.about.coveredBy(&w.Selector)
				if covered {
					waived = append(waived, matrix.Waived{Finding: b.Finding, Reason: w.Reason, Expires: w.Expires})
				}
				return covered
			})
			if len(breaches) < before {
				continue
			}
			at, message = w.At, fmt.Sprintf("the waiver of %s waives nothing", w.Rule.ID)
		}
		left = append(left, Find("bad-waiver").finding(at, "", message))
	}
	for _, b := range breaches {
		left = append(left, b.Finding)
	}
	return left, waived
}

// refused returns what is wrong with a waiver whatever there is to waive, and
// where, or "".
func refused(m *matrix.Matrix, w *matrix.Waiver) (at matrix.Pos, message string) {
	rule := Find(w.Rule.ID)
	switch {
	case rule == nil:
		return w.Rule.At, fmt.Sprintf("there is no rule %q; %s", w.Rule.ID, hint(w.Rule.ID))
	case rule.always != "":
		return w.Rule.At, fmt.Sprintf("%s cannot be waived: %s", rule.ID, rule.always)
	case m.Date != "" && w.Expires < m.Date:
		return w.At, fmt.Sprintf("the waiver of %s ended on %s", w.Rule.ID, w.Expires)
	}
	return matrix.Pos{}, ""
}

func hint(id string) string {
	if n := matrix.Nearest(id, IDs()); n != "" {
		return fmt.Sprintf("did you mean %q?", n)
	}
	return "see raci check --list"
}

func sortFindings(findings []matrix.Finding) { slices.SortStableFunc(findings, compareFindings) }

func compareFindings(a, b matrix.Finding) int {
	return cmp.Or(
		cmp.Compare(a.At.File, b.At.File), cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Col, b.At.Col),
		cmp.Compare(a.Row, b.Row), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
}

// AtLeast counts the findings of this severity or a worse one.
func AtLeast(findings []matrix.Finding, severity matrix.Severity) int {
	n := 0
	for _, f := range findings {
		if rank(f.Severity) <= rank(severity) {
			n++
		}
	}
	return n
}

func rank(s matrix.Severity) int {
	return slices.Index([]matrix.Severity{matrix.Error, matrix.Warning, matrix.Note}, s)
}
