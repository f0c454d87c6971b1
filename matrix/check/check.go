// Package check looks for what is dubious in a matrix that could be built.
//
// A rule is a value of the list Rules: its id, how bad a breach is, what it
// means, how to mend it, and the function that finds breaches. To add a rule,
// write the function, add a line, and a script in testdata with its id.
package check

import (
	"cmp"
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
	find     func(m *matrix.Matrix, report func(at matrix.Pos, row, message string))
}

// Run returns the findings of all rules, sorted by place, row and rule.
func Run(m *matrix.Matrix) []matrix.Finding {
	var findings []matrix.Finding
	for _, rule := range Rules {
		rule.find(m, func(at matrix.Pos, row, message string) {
			findings = append(findings, matrix.Finding{
				Rule: rule.ID, Severity: rule.Severity, At: at, Row: row, Message: message, Fix: rule.Fix,
			})
		})
	}
	sortFindings(findings)
	return findings
}

func sortFindings(findings []matrix.Finding) {
	slices.SortStableFunc(findings, func(a, b matrix.Finding) int {
		return cmp.Or(
			cmp.Compare(a.At.File, b.At.File), cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Col, b.At.Col),
			cmp.Compare(a.Row, b.Row), cmp.Compare(a.Rule, b.Rule))
	})
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
