package view

import (
	"cmp"
	"fmt"
	"slices"

	"raci/matrix"
	"raci/matrix/catalog"
)

// GridMark is a mark of the grid of splits.
type GridMark struct {
	Sign  string
	Means string
	Tone  Tone
}

// GridMarks returns the mark of each split that is drawn in the grid, by split.
// Operators have the letter O, and a number where there are several.
func (r *Report) GridMarks() map[string]GridMark {
	marks := map[string]GridMark{
		catalog.AWS:      {"A", "AWS alone", PerformsAWS},
		catalog.Customer: {"C", "the customer alone", PerformsCustomer},
		catalog.Shared:   {"S", "shared", PerformsShared},
		catalog.NoSplit:  {"–", "no one: it does not apply", PerformsNobody},
	}
	others := r.SplitOrder()[3:]
	others = slices.DeleteFunc(others, func(s string) bool { return SplitTone(s) != PerformsOperator })
	for i, s := range others {
		sign := "O"
		if len(others) > 1 {
			sign = fmt.Sprint("O", i+1)
		}
		marks[s] = GridMark{sign, r.SplitName(s) + " alone", PerformsOperator}
	}
	return marks
}

// GridKey returns the marks in the order in which they are explained.
func (r *Report) GridKey() []GridMark {
	marks := r.GridMarks()
	var key []GridMark
	for _, s := range r.SplitOrder() {
		if m, ok := marks[s]; ok && s != catalog.NoSplit {
			key = append(key, m)
		}
	}
	if slices.Contains(r.SplitOrder(), catalog.NoSplit) {
		key = append(key, marks[catalog.NoSplit])
	}
	return key
}

// What explains the grid besides its marks.
const (
	GridLetters = "A letter says who performs the duty, not who is accountable."
	GridEmpty   = "An empty field: the service has no such duty."
)

// GridDuty is a line of the grid: a duty and its rows by entry.
type GridDuty struct {
	Control, Title string
	Rows           map[string]*matrix.Row
}

// duty identifies a line of the grid.
type duty struct{ control, id string }

// countDuties returns how many lines the grid has.
func (r *Report) countDuties() int {
	seen := map[duty]bool{}
	for i := range r.Matrix.Rows {
		seen[duty{r.Matrix.Rows[i].Control, r.Matrix.Rows[i].Duty}] = true
	}
	return len(seen)
}

// GridDuties returns the duties by control, both in the order in which they
// first come.
func (r *Report) GridDuties() []*GridDuty { return r.duties() }

func (r *Report) collectDuties() []*GridDuty {
	var list []*GridDuty
	index, controls := map[duty]*GridDuty{}, map[string]int{}
	for i := range r.Matrix.Rows {
		row := &r.Matrix.Rows[i]
		k := duty{row.Control, row.Duty}
		d := index[k]
		if d == nil {
			d = &GridDuty{ControlName(row), DutyTitle(row), map[string]*matrix.Row{}}
			index[k] = d
			list = append(list, d)
			if _, known := controls[d.Control]; !known {
				controls[d.Control] = len(controls)
			}
		}
		d.Rows[row.Entry] = row
	}
	slices.SortStableFunc(list, func(a, b *GridDuty) int { return cmp.Compare(controls[a.Control], controls[b.Control]) })
	return list
}

// Groups returns the entries that have rows, in the order of the rows, the
// provider and the organization among them.
func (r *Report) Groups() []string {
	var list []string
	for i := range r.Matrix.Rows {
		if i == 0 || r.Matrix.Rows[i].Entry != r.Matrix.Rows[i-1].Entry {
			list = append(list, r.Matrix.Rows[i].Entry)
		}
	}
	return list
}

// splitGrid shows who performs each duty of each entry. Its cells are made as they
// are asked for: a large matrix has many.
func splitGrid(r *Report) *Section {
	groups := r.Groups()
	t := &Table{ID: SplitGrid, Columns: []Column{{Title: "Duty", Chars: 52}}, Count: r.countDuties()}
	for _, g := range groups {
		t.Columns = append(t.Columns, Column{Title: r.Matrix.EntryTitle(g), Chars: 14, Kind: Letters})
	}
	t.Rows = func(yield func(Row) bool) {
		marks, control := r.GridMarks(), ""
		for _, d := range r.GridDuties() {
			row := gridRow(d, groups, marks)
			if d.Control != control {
				control, row.Group = d.Control, d.Control
			}
			if !yield(row) {
				return
			}
		}
	}
	var key []string
	for _, m := range r.GridKey() {
		key = append(key, m.Sign+": "+m.Means+".")
	}
	return &Section{ID: SplitGrid, Title: "Who performs what", Short: "Split", About: "Who performs what, all entries at a glance",
		Intro: []string{GridLetters, joined(key), GridEmpty}, Tables: []*Table{t}}
}

// gridRow has a cell for each group, which is empty where it has no such duty.
func gridRow(d *GridDuty, groups []string, marks map[string]GridMark) Row {
	row := Row{Cells: make([]Cell, 1+len(groups))}
	row.Cells[0] = text(d.Title)
	lines := make([]Line, len(groups)) // at once, and not one by one
	for i, g := range groups {
		if of := d.Rows[g]; of != nil {
			m := marks[nonEmpty(of.Split, catalog.NoSplit)]
			lines[i] = Line{Text: m.Sign, Link: Link{ToRow, of.ID}}
			row.Cells[1+i] = Cell{Lines: lines[i : i+1 : i+1], Tone: m.Tone}
		}
	}
	return row
}
