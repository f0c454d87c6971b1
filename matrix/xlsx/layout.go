package xlsx

import "raci/matrix/view"

// layout says where the sheet of the matrix holds what, for the formulas and links
// of the other sheets. A column that the manifest leaves out is column 0.
type layout struct {
	groups       []rowGroup
	at           []int          // the sheet's row of each row of the matrix
	byID         map[string]int // the sheet's row of a row id
	last         int            // the last row of the sheet
	columns      []view.MatrixColumn
	printed      int // how many of them a print shows
	entry, duty  int // columns
	firstParty   int
	lastParty    int
	check, marks int
	frozen       int // columns that stay in sight
}

// rowGroup is a run of rows of one entry.
type rowGroup struct {
	entry       string
	first, next int // rows of the matrix
}

func newLayout(r *view.Report) layout {
	m := r.Matrix
	l := layout{columns: chosenColumns(r), at: make([]int, len(m.Rows)), byID: make(map[string]int, len(m.Rows))}
	row := 1 // headings
	for i := range m.Rows {
		if i == 0 || m.Rows[i].Entry != m.Rows[i-1].Entry {
			row++
			l.groups = append(l.groups, rowGroup{entry: m.Rows[i].Entry, first: i})
		}
		row++
		l.at[i] = row
		l.byID[m.Rows[i].ID] = row
		l.groups[len(l.groups)-1].next = i + 1
	}
	l.last = row
	l.findColumns()
	return l
}

// findColumns finds the columns.
func (l *layout) findColumns() {
	for i, c := range l.columns {
		at := i + 1
		switch c.ID {
		case "entry":
			l.entry = at
		case "duty":
			l.duty = at
		case "check":
			l.check = at
		case "marks":
			l.marks = at
		case "parties":
			l.lastParty = at
			if l.firstParty == 0 {
				l.firstParty = at
			}
		}
		if !styleOf(c.ID).unprinted || l.printed == 0 {
			l.printed = at
		}
	}
	l.frozen = 1
	if l.duty > 0 && l.duty <= 3 {
		l.frozen = l.duty
	}
	l.frozen = min(l.frozen, max(len(l.columns)-1, 0))
}

// target returns the cell of a row that links lead to.
func (l *layout) target(row int) string { return ref(max(l.duty, 1), row) }

// columnRange returns a column of all rows, for formulas.
func (l *layout) columnRange(col int) string {
	c := "$" + column(col) + "$"
	return c + "2:" + c + itoa(max(l.last, 2))
}
