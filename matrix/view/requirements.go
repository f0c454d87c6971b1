package view

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

// requirements lists, framework by framework, who answers each requirement.
func requirements(r *Report) *Section {
	if len(r.Matrix.Frameworks) == 0 {
		return nil
	}
	s := &Section{ID: Requirements, Title: "Requirements", About: "How each requirement of the frameworks is answered", List: true, Intro: []string{
		"Ownership says who acts. Inherited: AWS alone does all that the requirement asks of the system. Customer: AWS has no part in it. Shared: any other. " +
			"Not applicable: no duty of the system answers it, or it is left out for the reason given.",
		"Inheritance says whether the customer can lean on AWS's work. Full: on all of it. Partial: AWS does a part in the customer's stead. " +
			"None: AWS does nothing of it, or does it for its own organization alone."}}
	for i := range r.Matrix.Frameworks {
		s.Tables = append(s.Tables, r.framework(&r.Matrix.Frameworks[i]))
	}
	return s
}

func (r *Report) framework(s *catalog.Selection) *Table {
	answers := r.Answers(s)
	counts := []string{Count(len(answers), "requirement")}
	for k, n := range r.CountOwnership(s) {
		counts = append(counts, fmt.Sprintf("%s: %d", OwnershipName(matrix.Ownerships[k]), n))
	}
	name, says := FrameworkName(s), r.saysProcess()
	t := &Table{ID: s.Name, Title: name, Intro: strings.Join(counts, " · "), Count: len(answers), Empty: "The framework has no requirements.",
		Columns: []Column{
			{Title: "Framework", Chars: 13, Wide: true}, {Title: "Requirement", Chars: 12}, {Title: "Title", Chars: 26, Fold: true}, {Title: "Ownership", Chars: 11}, {Title: "Inheritance", Chars: 11, Fold: true},
			{Title: "What AWS does", Chars: 62, Kind: Long}, {Title: "What the customer does", Chars: 62, Kind: Long}, {Title: "AWS offers", Chars: 36, Kind: Long, Wide: true}, {Title: "Left out because", Chars: 16, Fold: true, Label: "Left out"},
			{Title: "Accountable", Chars: 18, Label: "A"}, {Title: "Responsible", Chars: 18, Fold: true, Label: "R"}, {Title: "Rows", Chars: 26, Kind: Rows}, {Title: "Evidence", Chars: 36, Kind: Long, Fold: true, Label: "Evidence"},
		},
		Rows: func(yield func(Row) bool) {
			for i := range answers {
				if !yield(r.requirement(name, &answers[i], says)) {
					return
				}
			}
		}}
	if says {
		t.Columns = slices.Insert(t.Columns, processColumn, Column{Title: ProcessTitle, Chars: 28, Fold: true, Label: ProcessTitle})
	}
	return t
}

// processColumn is where the process stands in the answers, below what the
// customer does. There is no such column where the manifest says of none.
const processColumn = 7

func (r *Report) saysProcess() bool {
	has := func(row matrix.Row) bool { return len(row.Process) > 0 }
	return slices.ContainsFunc(r.Matrix.Rows, has) || slices.ContainsFunc(r.Matrix.OrganizationRows, has)
}

// mostRows is how many rows of a requirement a report lists. Each requirement of
// each framework may have all rows of the matrix, and each row names the
// requirements that it answers.
const mostRows = 500

// ListedRows returns the rows that a report lists for a requirement or a part of
// it, the first ones of all, and how many more there are.
func ListedRows(a *matrix.Answer) (rows []*matrix.Row, more int) {
	n := min(len(a.Rows), mostRows)
	return a.Rows[:n], len(a.Rows) - n
}

func (r *Report) requirement(framework string, a *matrix.Answer, saysProcess bool) Row {
	listed, more := ListedRows(a)
	ids := make([]string, len(listed))
	for i, row := range listed {
		ids[i] = row.ID
	}
	rows := rowRefs(ids)
	rows.More = more
	row := Row{ID: a.Requirement.ID, Cells: []Cell{
		toned(framework, Quiet), toned(a.Requirement.ID, Strong), text(a.Requirement.Title), field(OwnershipName(a.Ownership), OwnershipTone(a.Ownership)), text(InheritanceName(a.Inheritance)),
		list(a.AWS), customerPart(a), list(a.Offers), leftOut(a),
		r.accountableCell(a), list(r.PartyNames(a.Responsible)), rows, list(a.Evidence),
	}}
	if saysProcess {
		row.Cells = slices.Insert(row.Cells, processColumn, Cell{Lines: ProcessLines(a.Process)})
	}
	return row
}

// leftOut is why the requirement is left out, or some of its statements.
func leftOut(a *matrix.Answer) Cell {
	if why := WhyNotApplicable(a); why != "" {
		return text(why)
	}
	var statements []string
	for _, s := range a.Statements {
		if s.Excluded != "" {
			statements = append(statements, s.Requirement.ID+": "+s.Excluded)
		}
	}
	return list(statements)
}

// WhyNotApplicable says why a requirement is left out, or asks for nothing in
// this system; or it returns "".
func WhyNotApplicable(a *matrix.Answer) string {
	if a.Excluded == "" && a.Ownership == matrix.NotApplicable && len(a.Requirement.Services) > 0 {
		return "Is about " + strings.Join(a.Requirement.Services, ", ") + ", of which the system uses none."
	}
	return a.Excluded
}

// accountableCell names the one that answers for the requirement, and below it
// those that answer for statements, and for rows alone.
func (r *Report) accountableCell(a *matrix.Answer) Cell {
	var c Cell
	if a.Accountable != "" {
		c = list([]string{r.PartyName(a.Accountable)})
	}
	for _, s := range a.Statements {
		if s.Accountable != a.Accountable && s.Accountable != "" {
			c.Lines = append(c.Lines, Line{Text: s.Requirement.ID + ": " + r.PartyName(s.Accountable), Tone: Quiet})
		}
	}
	if len(a.RowAccountable) > 0 {
		c.Lines = append(c.Lines, Line{Text: "for their rows: " + strings.Join(r.PartyNames(a.RowAccountable), ", "), Tone: Quiet})
	}
	return c
}

// customerPart is what the customer does: first what the organization does
// itself, which no row says.
func customerPart(a *matrix.Answer) Cell {
	c := list(a.Organization)
	for i := range c.Lines {
		c.Lines[i].Whole = true
	}
	c.Lines = append(c.Lines, list(a.Customer).Lines...)
	return c
}
