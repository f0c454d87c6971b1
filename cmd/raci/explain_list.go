package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/report"
)

// rowFilter picks rows from the list of them.
type rowFilter struct{ party, control, service, split, requirement string }

// check refuses words that nothing in the matrix has: an empty list would
// hide a slip.
func (f *rowFilter) check(m *matrix.Matrix) error {
	var parties, controls, services []string
	splits := []string{matrix.AWS, matrix.Customer, matrix.Shared}
	for _, p := range m.Parties {
		parties = append(parties, p.ID)
		if p.Kind == matrix.Operator {
			splits = append(splits, p.ID)
		}
	}
	for i := range m.Rows {
		controls = append(controls, m.Rows[i].Control)
		services = append(services, m.Rows[i].Service)
	}
	for _, word := range []struct {
		kind, value string
		known       []string
	}{{"party", f.party, parties}, {"control", f.control, controls}, {"service", f.service, services}, {"split", f.split, splits}} {
		if word.value != "" && !slices.Contains(word.known, word.value) {
			return unknownWord(word.kind, word.value, word.known)
		}
	}
	return nil
}

// unknownWord names the nearest of the known words, or all of them.
func unknownWord(kind, value string, known []string) error {
	known = slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(known))), func(s string) bool { return s == "" })
	return fmt.Errorf("unknown %s %q; %s", kind, value, orElse(matrix.Nearest(value, known), "it is one of "+strings.Join(known, ", ")))
}

func (f *rowFilter) matches(r *matrix.Row) bool {
	return (f.party == "" || r.Letters(f.party) != 0) && (f.control == "" || r.Control == f.control) &&
		(f.service == "" || r.Service == f.service) && (f.split == "" || r.Split == f.split)
}

// listRows lists the rows that the filter lets through, behind the answers to
// the requirement that it names.
func (p *program) listRows(m *matrix.Matrix, filter *rowFilter, format string) error {
	if err := filter.check(m); err != nil {
		return err
	}
	from := m.Rows
	if filter.requirement != "" {
		answers, err := findAnswers(m, filter.requirement)
		if err != nil {
			return err
		}
		if format == "text" {
			for i := range answers {
				p.printRequirement(m, &answers[i])
			}
		}
		from = rowsOf(m, answers)
	}
	rows := []*matrix.Row{}
	for i := range from {
		if filter.matches(&from[i]) {
			rows = append(rows, &from[i])
		}
	}
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
	printTable(p.out, []string{"ROW", "SPLIT", "LETTERS"}, cells)
	fmt.Fprintf(p.err, "%s of %d\n", count(len(rows), "row"), len(m.Rows))
	return nil
}

// answered is the answer to a requirement, or to one of its statements, with
// the selection that asks for it.
type answered struct {
	selection *matrix.Selection
	matrix.Answer
	title string
}

// findAnswers returns the answers to what the user calls a requirement:
// FRAMEWORK/ID, or ID alone, which several frameworks may have. Capitals do
// not matter.
func findAnswers(m *matrix.Matrix, name string) ([]answered, error) {
	if len(m.Frameworks) == 0 {
		return nil, errors.New("the manifest selects no framework; name one under frameworks:, see raci catalog list frameworks")
	}
	var found []answered
	var ids []string
	for i := range m.Frameworks {
		s := &m.Frameworks[i]
		add := func(a matrix.Answer, title string) {
			full := s.Framework.ID + "/" + a.Requirement.ID
			if ids = append(ids, a.Requirement.ID, full); strings.EqualFold(name, a.Requirement.ID) || strings.EqualFold(name, full) {
				found = append(found, answered{s, a, title})
			}
		}
		for _, a := range m.Answers(s) {
			add(a, a.Requirement.Title)
			for _, part := range a.Statements {
				add(part, a.Requirement.Title)
			}
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no selected framework asks for %q; %s", name, notAsked(m, name, ids))
	}
	return found, nil
}

// notAsked says why no selection asks for a requirement, or what else may be
// meant.
func notAsked(m *matrix.Matrix, name string, ids []string) string {
	for i := range m.Frameworks {
		for _, q := range m.Frameworks[i].Framework.Requirements {
			switch f := m.Frameworks[i].Framework.ID; {
			case !strings.EqualFold(name, q.ID) && !strings.EqualFold(name, f+"/"+q.ID):
			case q.Group:
				return q.ID + " is a heading of " + f + "; name one of its parts"
			case q.Withdrawn:
				return q.ID + " has been withdrawn from " + f
			default:
				return m.Frameworks[i].Name + " leaves it out; take it in with include: under frameworks:"
			}
		}
	}
	return orElse(matrix.Nearest(name, ids), "list the requirements with raci catalog show "+m.Frameworks[0].Framework.ID)
}

// rowsOf returns the rows of these answers, each once, in the order of the
// matrix.
func rowsOf(m *matrix.Matrix, answers []answered) []matrix.Row {
	wanted := map[string]bool{}
	for _, a := range answers {
		for _, r := range a.Rows {
			wanted[r.ID] = true
		}
	}
	var rows []matrix.Row
	for _, r := range m.Rows {
		if wanted[r.ID] {
			rows = append(rows, r)
		}
	}
	return rows
}

// printRequirement tells who answers a requirement, and how.
func (p *program) printRequirement(m *matrix.Matrix, a *answered) {
	fmt.Fprintf(p.out, "%s %s: %s\n", a.Requirement.ID, a.title, a.Ownership)
	line := func(label string, texts ...string) {
		for _, text := range texts {
			printWrapped(p.out, fmt.Sprintf("  %-12s ", label), "               ", text)
			label = ""
		}
	}
	line("framework", a.selection.Framework.Name+" ("+a.selection.Name+")")
	line("left out", a.Excluded)
	line("AWS", a.AWS...)
	line("customer", slices.Concat(a.Own, a.Customer)...)
	line("responsible", names(m, a.Responsible))
	line("accountable", names(m, a.Accountable))
	line("evidence", a.Evidence...)
	for _, s := range a.Statements {
		line(s.Requirement.ID, s.Ownership)
	}
	fmt.Fprintln(p.out)
}

func names(m *matrix.Matrix, ids []string) string {
	var list []string
	for _, id := range ids {
		list = append(list, m.Party(id).Name)
	}
	return strings.Join(list, ", ")
}
