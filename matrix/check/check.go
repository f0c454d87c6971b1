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
	find          func(m *matrix.Matrix, report report)
}

// report takes a breach: where it can be mended, the row it is about or "",
// and what is wrong.
type report func(at matrix.Pos, row, message string)

// Run returns the findings of all rules, sorted by place, row and rule. Those
// that the manifest waives, for a reason and until a day, come apart.
func Run(m *matrix.Matrix) (findings []matrix.Finding, waived []WaivedFinding) {
	for _, rule := range Rules {
		rule.find(m, func(at matrix.Pos, row, message string) {
			findings = append(findings, rule.finding(at, row, message))
		})
	}
	findings, waived = waive(m, findings)
	sortFindings(findings)
	slices.SortStableFunc(waived, func(a, b WaivedFinding) int { return compareFindings(a.Finding, b.Finding) })
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
// nothing; it and one that accepts nothing are findings themselves.
func waive(m *matrix.Matrix, findings []matrix.Finding) (left []matrix.Finding, waived []WaivedFinding) {
	bad := Find("bad-waiver")
	left = findings
	for i := range m.Manifest.Check.Waivers {
		w := &m.Manifest.Check.Waivers[i]
		if Find(w.Rule.ID) == nil {
			left = append(left, bad.finding(w.Rule.At, "", fmt.Sprintf("there is no rule %q; %s", w.Rule.ID, hint(w.Rule.ID))))
			continue
		}
		if m.Date != "" && w.Expires < m.Date {
			left = append(left, bad.finding(w.At, "", fmt.Sprintf("the waiver of %s ended on %s", w.Rule.ID, w.Expires)))
			continue
		}
		before := len(left)
		var kept []matrix.Finding
		for _, f := range left {
			if f.Rule == w.Rule.ID && covers(m, w, f.Row) {
				waived = append(waived, WaivedFinding{f, w.Reason})
			} else {
				kept = append(kept, f)
			}
		}
		if left = kept; len(left) == before {
			left = append(left, bad.finding(w.At, "", fmt.Sprintf("the waiver of %s waives nothing", w.Rule.ID)))
		}
	}
	return left, waived
}

func hint(id string) string {
	if n := matrix.Nearest(id, IDs()); n != "" {
		return fmt.Sprintf("did you mean %q?", n)
	}
	return "see raci check --list"
}

// covers reports whether the waiver selects the row. A finding that is about
// no row is covered by a waiver that selects everything.
func covers(m *matrix.Matrix, w *matrix.Waiver, row string) bool {
	if i := slices.IndexFunc(m.Rows, func(r matrix.Row) bool { return r.ID == row }); i >= 0 {
		return w.Matches(&m.Rows[i], m.Entry(m.Rows[i].Entry))
	}
	return w.Matches(&matrix.Row{}, nil)
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
