package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/load"
	"raci/matrix/report"
	"raci/matrix/source"
)

// rowFilter picks rows from the list of them.
type rowFilter struct{ party, control, service, split, requirement string }

// check refuses words that nothing in the matrix has: an empty list would
// hide a slip.
func (f *rowFilter) check(l *load.Input) error {
	var parties, controls, services []string
	splits := []string{catalog.AWS, catalog.Customer, catalog.Shared}
	for _, p := range l.Matrix.Parties {
		parties = append(parties, p.ID)
		if p.Kind == matrix.Operator {
			splits = append(splits, p.ID)
		}
	}
	for i := range l.Matrix.Rows {
		controls = append(controls, l.Matrix.Rows[i].Control)
		services = append(services, l.Matrix.Rows[i].Service)
	}
	for _, word := range []struct {
		kind, value string
		known       []string
		elsewhere   bool // the catalog has it, this system does not
	}{
		{"party", f.party, parties, false},
		{"control", f.control, controls, !isStored(l) && l.Catalog.Control(f.control) != nil},
		{"service", f.service, services, !isStored(l) && slices.Contains(l.Catalog.ServiceIDs(), f.service)},
		{"split", f.split, splits, false},
	} {
		switch {
		case word.value == "" || slices.Contains(word.known, word.value):
		case word.elsewhere:
			return fmt.Errorf("no row of this system has the %s %q; rows have %s", word.kind, word.value, strings.Join(distinct(word.known), ", "))
		default:
			return unknownWord(word.kind, word.value, distinct(word.known))
		}
	}
	return nil
}

func distinct(words []string) []string {
	return slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(words))), func(s string) bool { return s == "" })
}

// unknownWord names the nearest of the known words, or all of them.
func unknownWord(kind, value string, known []string) error {
	return fmt.Errorf("unknown %s %q; %s", kind, value, orElse(source.Nearest(value, known), "it is one of "+strings.Join(known, ", ")))
}

func (f *rowFilter) matches(r *matrix.Row) bool {
	return (f.party == "" || r.Letters(f.party) != 0) && (f.control == "" || r.Control == f.control) &&
		(f.service == "" || r.Service == f.service) && (f.split == "" || r.Split == f.split)
}

// listRows lists the rows that the filter lets through, behind the answers to
// the requirement that it names.
func (p *program) listRows(l *load.Input, filter *rowFilter, format string) error {
	if err := filter.check(l); err != nil {
		return err
	}
	if filter.requirement == "" {
		return p.printRows(l.Matrix, pick(l.Matrix.Rows, filter.matches), format)
	}
	answers, err := findAnswers(l, filter.requirement)
	if err != nil {
		return err
	}
	for i := range answers {
		answers[i].Rows = slices.DeleteFunc(slices.Clone(answers[i].Rows), func(r *matrix.Row) bool { return !filter.matches(r) })
	}
	if format == "json" {
		list := []any{}
		for _, a := range answers {
			list = append(list, report.ExplainAnswer(a.selection, a.Answer, a.title))
		}
		return p.printJSON(list)
	}
	for i := range answers {
		p.printRequirement(l.Matrix, &answers[i])
	}
	return p.printRows(l.Matrix, pick(l.Matrix.Rows, inAnswers(answers)), format)
}

func pick(rows []matrix.Row, wanted func(*matrix.Row) bool) []*matrix.Row {
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
	printTable(p.out, []string{"ROW", "SPLIT", "LETTERS"}, cells)
	fmt.Fprintf(p.err, "%s of %d\n", count(len(rows), "row"), len(m.Rows))
	return nil
}

// answered is the answer to a requirement, or to one of its statements, with
// the selection that asks for it.
type answered struct {
	selection *catalog.Selection
	matrix.Answer
	title string
}

// findAnswers returns the answers to what the user calls a requirement:
// FRAMEWORK/ID, or ID alone, which several frameworks may have. Capitals do
// not matter.
func findAnswers(l *load.Input, name string) ([]answered, error) {
	m := l.Matrix
	if len(m.Frameworks) == 0 {
		return nil, errors.New("the manifest selects no framework; name one under frameworks:, see raci catalog list frameworks" + catalogFlags(l))
	}
	var found []answered
	var ids []string
	for i := range m.Frameworks {
		s := &m.Frameworks[i]
		add := func(a matrix.Answer, title string) {
			full := s.Framework.ID + "/" + a.Requirement.ID
			if ids = append(ids, a.Requirement.ID, full); sameRequirement(name, a.Requirement.ID) || sameRequirement(name, full) {
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
		return nil, fmt.Errorf("no selected framework asks for %q; %s", name, notAsked(l, name, ids))
	}
	return found, nil
}

// sameRequirement reports whether two ids mean one requirement, in capitals or
// not, and also as FedRAMP's workbook writes them: AC-02 (03) (a) is
// AC-2(3)(a), and AC-02 (a) is AC-2a.
func sameRequirement(a, b string) bool {
	return strings.EqualFold(a, b) || plainID(a) == plainID(b)
}

var (
	padding = regexp.MustCompile(`([-(])0+(\d)`)
	letter  = regexp.MustCompile(`(\d)\(([a-z])\)$`)
)

func plainID(id string) string {
	id = padding.ReplaceAllString(strings.ToLower(strings.ReplaceAll(id, " ", "")), "$1$2")
	return letter.ReplaceAllString(id, "$1$2")
}

// notAsked says why no selection asks for a requirement, or what else may be
// meant.
func notAsked(l *load.Input, name string, ids []string) string {
	m := l.Matrix
	for i := range m.Frameworks {
		if isStored(l) {
			break // and says nothing of requirements that are not selected
		}
		whole, _ := l.Catalog.Framework(m.Frameworks[i].Framework.ID) // it has been read
		for _, q := range whole.Requirements {
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
	return orElse(source.Nearest(name, ids), "list the requirements with raci catalog show "+m.Frameworks[0].Framework.ID+catalogFlags(l))
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

func inAnswers(answers []answered) func(*matrix.Row) bool {
	wanted := map[*matrix.Row]bool{}
	for _, a := range answers {
		for _, r := range a.Rows {
			wanted[r] = true
		}
	}
	return func(r *matrix.Row) bool { return wanted[r] }
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
	line("customer", slices.Concat(a.Organization, a.Customer)...)
	line("responsible", names(m, a.Responsible))
	line("accountable", names(m, a.Accountable))
	line("evidence", a.Evidence...)
	for _, s := range a.Statements {
		line(s.Requirement.ID, string(s.Ownership))
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
