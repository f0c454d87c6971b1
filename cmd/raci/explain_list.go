package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/load"
	"raci/matrix/report"
	"raci/matrix/view"
)

// rowFilter picks rows from the list of them.
type rowFilter struct {
	matrix.RowFilter
	requirement string
}

// listRows lists the rows that the filter lets through, behind the answers to
// the requirement that it names.
func (p *program) listRows(l *load.Input, filter *rowFilter, format string) error {
	if problems := filter.Check(l.Matrix, l.Catalog); problems != nil {
		return problems.Err()
	}
	if filter.requirement == "" {
		return p.printRows(l.Matrix, pickRows(l.Matrix.Rows, filter.Matches), format)
	}
	answers, err := findAnswers(l, filter.requirement)
	if err != nil {
		return err
	}
	for i := range answers {
		answers[i].Rows = slices.DeleteFunc(slices.Clone(answers[i].Rows), func(r *matrix.Row) bool { return !filter.Matches(r) })
	}
	if format == "json" {
		list := []any{}
		for _, a := range answers {
			list = append(list, report.ExplainAnswer(a))
		}
		return p.printJSON(list)
	}
	for i := range answers {
		p.forPeople().printRequirement(l, &answers[i])
	}
	return p.printRows(l.Matrix, pickRows(l.Matrix.Rows, inAnswers(answers)), format)
}

func pickRows(rows []matrix.Row, wanted func(*matrix.Row) bool) []*matrix.Row {
	var list []*matrix.Row
	for i := range rows {
		if wanted(&rows[i]) {
			list = append(list, &rows[i])
		}
	}
	return list
}

func (p *program) printRows(m *matrix.Matrix, rows []*matrix.Row, format string) error {
	if format == "json" {
		list := []any{}
		for _, r := range rows {
			list = append(list, report.ExplainRow(r))
		}
		return p.printJSON(list)
	}
	var cells [][]string
	for _, r := range rows {
		var letters []string
		for _, role := range r.Roles {
			letters = append(letters, role.Party+"="+role.Letters.String())
		}
		cells = append(cells, []string{r.ID, r.Split, strings.Join(letters, " ")})
	}
	printTable(p.forPeople().out, []string{"ROW", "SPLIT", "LETTERS"}, cells)
	p.say("%s of %d", view.Count(len(rows), "row"), len(m.Rows))
	return nil
}

// findAnswers says also which command lists the requirements to choose from.
func findAnswers(l *load.Input, name string) ([]matrix.FoundAnswer, error) {
	if len(l.Matrix.Frameworks) == 0 {
		return nil, errors.New("the manifest selects no framework; name one under frameworks:, see raci catalog list frameworks" + catalogFlags(l))
	}
	answers, problems := l.Matrix.FindAnswers(l.Catalog, name)
	for i := range problems {
		if problems[i].Hint == "" {
			problems[i].Hint = "list the requirements with raci catalog show " + l.Matrix.Frameworks[0].Framework.ID + catalogFlags(l)
		}
	}
	return answers, problems.Err()
}

// catalogFlags are the flags with which raci catalog reads what the manifest
// does.
func catalogFlags(l *load.Input) string {
	var b strings.Builder
	for _, o := range l.Overlays {
		b.WriteString(" --catalog " + shellWord(o.Folder))
	}
	return b.String()
}

func inAnswers(answers []matrix.FoundAnswer) func(*matrix.Row) bool {
	wanted := map[*matrix.Row]bool{}
	for _, a := range answers {
		for _, r := range a.Rows {
			wanted[r] = true
		}
	}
	return func(r *matrix.Row) bool { return wanted[r] }
}

// printRequirement shows who answers a requirement, and how.
func (p *program) printRequirement(l *load.Input, a *matrix.FoundAnswer) {
	m := l.Matrix
	fmt.Fprintf(p.out, "%s %s: %s\n", a.Requirement.ID, onOneLine(a.Title), a.Ownership)
	line := func(label string, texts ...string) {
		for _, text := range texts {
			printWrapped(p.out, fmt.Sprintf("  %-12s ", label), "               ", text)
			label = ""
		}
	}
	line("framework", a.Selection.Framework.Name+" ("+a.Selection.Name+")")
	line("left out", leftOut(l, &a.Answer))
	line("inheritance", string(a.Inheritance))
	line("AWS", a.AWS...)
	line("customer", slices.Concat(a.Organization, a.Customer)...)
	line("AWS offers", a.Offers...)
	line("responsible", names(m, a.Responsible))
	if a.Accountable != "" {
		line("accountable", names(m, []string{a.Accountable})+": "+reasonLine(l, a.Why))
	} else if a.Ownership != matrix.NotApplicable {
		line("accountable", "nobody: its rows do not share one A, and the defaults name none")
	}
	line("for rows", names(m, a.RowAccountable))
	line("process", view.ProcessTexts(a.Process)...)
	line("evidence", a.Evidence...)
	for _, s := range a.Statements {
		note := string(s.Ownership) + inheritanceNote(s.Inheritance)
		if s.Accountable != "" && s.Accountable != a.Accountable {
			note += ", accountable " + names(m, []string{s.Accountable})
		}
		if s.Excluded != "" && a.Excluded == "" {
			note += ". " + leftOut(l, &s)
		}
		line(s.Requirement.ID, note)
	}
	fmt.Fprintln(p.out)
}

// reasonLine says why a party answers for a requirement, and where that stands.
func reasonLine(l *load.Input, why matrix.Reason) string {
	if why.At.Line == 0 {
		return why.Text
	}
	return why.Text + " (" + l.Locate(why.At).String() + ")"
}

// leftOut says why a requirement is left out, with the place that the user can open.
func leftOut(l *load.Input, a *matrix.Answer) string {
	if a.OmittedAt.Line == 0 {
		return view.WhyNotApplicable(a)
	}
	return catalog.Omission(l.Locate(a.OmittedAt))
}

// inheritanceNote is what a line adds to an ownership.
func inheritanceNote(i catalog.Inheritance) string {
	if i == "" {
		return ""
	}
	return ", inheritance " + string(i)
}

func names(m *matrix.Matrix, ids []string) string {
	var list []string
	for _, id := range ids {
		list = append(list, m.Party(id).Name)
	}
	return strings.Join(list, ", ")
}
