package report

import (
	"cmp"
	"fmt"
	"strings"

	"raci/matrix"
	"raci/matrix/source"
)

func (d *markdown) exceptions() {
	if len(d.m.Exceptions) == 0 {
		return
	}
	d.heading("Exceptions")
	d.head("No.", "Rows", "Reason", "Ends")
	for i, e := range d.m.Exceptions {
		end := cmp.Or(e.Expires, "no end")
		if e.Expired {
			end = "ended " + e.Expires + ": the catalog applies again"
		}
		d.row(fmt.Sprint(i+1), literal(strings.Join(e.Rows, ", ")), literal(e.Reason), literal(end))
	}
}

// coverage counts, for each framework, the requirements by who answers them.
func (d *markdown) coverage() {
	if len(d.m.Frameworks) == 0 {
		return
	}
	d.heading("Frameworks")
	d.head("Framework", "Requirements", "Inherited", "Shared", "Customer", "Not applicable")
	for i := range d.m.Frameworks {
		s := &d.m.Frameworks[i]
		answers := d.report.Answers(s)
		n := map[matrix.Ownership]int{}
		for _, a := range answers {
			n[a.Ownership]++
		}
		d.row(literal(s.Framework.Name+" ("+s.Name+")"), fmt.Sprint(len(answers)), fmt.Sprint(n[matrix.Inherited]),
			fmt.Sprint(n[matrix.OwnedByBoth]), fmt.Sprint(n[matrix.OwnedByCustomer]), fmt.Sprint(n[matrix.NotApplicable]))
	}
}

func (d *markdown) findings(list []source.Diagnostic) {
	d.heading("Findings")
	if len(list) == 0 {
		fmt.Fprintln(d, "None.")
		return
	}
	d.head("Severity", "Where", "Row", "Finding", "What to do", "Rule")
	for _, f := range list {
		d.row(string(f.Severity), literal(f.At.String()), literal(f.Row), literal(f.Message), literal(f.Hint), literal(f.Rule))
	}
}

func (d *markdown) waived(list []matrix.Accepted) {
	if len(list) == 0 {
		return
	}
	d.heading("Accepted findings")
	d.head("Severity", "Where", "Row", "Finding", "Accepted because", "Until", "Rule")
	for _, f := range list {
		d.row(string(f.Severity), literal(f.At.String()), literal(f.Row), literal(f.Message), literal(f.Reason), literal(f.Expires), literal(f.Rule))
	}
}

func (d *markdown) legend() {
	d.heading("Legend")
	d.head("Word", "Means")
	convention := "the customer stays accountable for every duty, also for what AWS performs"
	if d.m.Accountability == matrix.ProviderAccountable {
		convention = "AWS or another operator holds A/R for the duties it performs alone"
	}
	for _, l := range [][2]string{
		{"R", "responsible: does the work"},
		{"A", "accountable: answers for it; exactly one party of each row"},
		{"C", "consulted: is asked before"},
		{"I", "informed: is told after"},
		{"AWS, customer", "the split of a duty that one side performs alone"},
		{"shared", "the split of a duty of which two or more sides perform a part"},
		{"gap", "no party is accountable"},
		{"unassigned", "no rule and no owner says who does the customer's part, so the accountable party holds A/R"},
		{"exception", "deviates from the catalog, for the reason in the table of exceptions"},
		{"Accountability", convention},
	} {
		d.row(l[0], l[1])
	}
}
