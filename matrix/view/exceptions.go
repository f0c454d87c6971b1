package view

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

// exceptions lists the deviations from the catalog: who does what instead and what
// the catalog says, with reasons and ends.
func exceptions(r *Report) *Section {
	if len(r.Matrix.Exceptions) == 0 {
		return nil
	}
	known := map[string]*matrix.Row{}
	for i := range r.Matrix.Rows {
		if row := &r.Matrix.Rows[i]; row.Exception >= 0 {
			known[row.ID] = row
		}
	}
	var rows []Row
	for i := range r.Matrix.Exceptions {
		rows = append(rows, r.exception(i, known)...)
	}
	return &Section{ID: Exceptions, Title: "Exceptions", About: "Deviations from the catalog, with who does what instead, reason and end",
		Intro: []string{"Each exception is an override of the manifest that deviates from the catalog. After its end the catalog applies again."},
		Tables: []*Table{fixed(&Table{ID: Exceptions,
			Columns: []Column{{Title: "Exception", Chars: 11}, {Title: "Row", Chars: 30, Kind: RowID, Spread: true}, {Title: "Duty", Chars: 32, Spread: true, Wide: true},
				{Title: "Who does what instead", Chars: 46, Kind: Long}, {Title: "What the catalog says", Chars: 46, Kind: Long},
				{Title: "Reason", Chars: 34, Kind: Long}, {Title: "Ends", Chars: 12, Kind: Date}, {Title: "State", Chars: 16, Fold: true}, {Title: "Declared at", Chars: 24, Fold: true}}},
			rows)}}
}

// changed are rows for which the catalog says the same.
type changed struct {
	ids, titles []string
	catalog     []catalog.Side
	evidence    []string
}

// exception returns a line for each thing that the catalog says of the rows that
// the exception changes.
func (r *Report) exception(i int, known map[string]*matrix.Row) []Row {
	e, n := &r.Matrix.Exceptions[i], fmt.Sprint(i+1)
	state := text(ExceptionState(e))
	if e.Expired {
		state.Lines[0].Tone = Bad
	}
	line := func(rows, duties, replaced Cell) Row {
		return cells(toned(n, Strong), rows, duties, r.sides(e.Sides, e.Evidence), replaced, text(e.Reason), statedOr(e.Expires, "no end"), state, toned(e.At.String(), Quiet))
	}
	var lines []Row
	for _, c := range changedBy(e, known) {
		lines = append(lines, line(rowRefs(c.ids), list(c.titles), r.sides(c.catalog, c.evidence)))
	}
	if len(lines) == 0 {
		lines = append(lines, line(toned("no row", Missing), Cell{}, Cell{}))
	}
	lines[0].ID = n
	return lines
}

// changedBy puts together the rows of which the catalog says the same.
func changedBy(e *matrix.Exception, known map[string]*matrix.Row) []*changed {
	removed := map[string]*matrix.Removed{}
	for i := range e.Removed {
		removed[e.Removed[i].ID] = &e.Removed[i]
	}
	var list []*changed
	for _, id := range e.Rows {
		var title string
		var sides []catalog.Side
		var evidence []string
		if row := known[id]; row != nil {
			title, sides, evidence = DutyTitle(row), row.Replaced, row.ReplacedEvidence
		} else if row := removed[id]; row != nil {
			title, sides, evidence = row.Title, row.Sides, row.Evidence
		}
		k := slices.IndexFunc(list, func(c *changed) bool {
			return slices.EqualFunc(c.catalog, sides, sameSide) && slices.Equal(c.evidence, evidence)
		})
		if k < 0 {
			k, list = len(list), append(list, &changed{catalog: sides, evidence: evidence})
		}
		list[k].ids, list[k].titles = append(list[k].ids, id), append(list[k].titles, title)
	}
	return list
}

func sameSide(a, b catalog.Side) bool { return a.Who == b.Who && a.Text == b.Text }

// sides says what each side does, a line for each, and what shows it.
func (r *Report) sides(sides []catalog.Side, evidence []string) Cell {
	c := Cell{}
	if len(sides) == 0 {
		c = toned("the duty does not apply", Missing)
	}
	for _, s := range sides {
		c.Lines = append(c.Lines, Line{Text: r.SplitName(s.Who) + ": " + s.Text, Whole: true})
	}
	if len(evidence) > 0 {
		c.Lines = append(c.Lines, Line{Text: "Evidence: " + strings.Join(evidence, "; "), Whole: true})
	}
	return c
}
