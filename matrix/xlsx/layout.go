package xlsx

import "raci/matrix"

// layout says where the sheet Matrix holds what, for the formulas and links
// of the other sheets.
type layout struct {
	groups       []rowGroup
	at           []int          // the sheet's row of each row of the matrix
	byID         map[string]int // the sheet's row of a row id
	last         int            // the last row of the sheet
	operators    []matrix.Party
	firstParty   int // column
	lastParty    int
	check, marks int // columns
}

// rowGroup is a run of rows of one entry.
type rowGroup struct {
	entry       string
	first, next int // rows of the matrix
	at          int // row of the heading in the sheet
}

// Columns of the sheet Matrix that stand before those of the operators.
const fixedColumns = 10

func newLayout(m *matrix.Matrix) layout {
	l := layout{operators: m.Operators(), at: make([]int, len(m.Rows)), byID: make(map[string]int, len(m.Rows))}
	row := 1 // headings
	for i := range m.Rows {
		if i == 0 || m.Rows[i].Entry != m.Rows[i-1].Entry {
			row++
			l.groups = append(l.groups, rowGroup{entry: m.Rows[i].Entry, first: i, at: row})
		}
		row++
		l.at[i] = row
		l.byID[m.Rows[i].ID] = row
		l.groups[len(l.groups)-1].next = i + 1
	}
	l.last = row
	l.firstParty = fixedColumns + len(l.operators) + 1
	l.lastParty = l.firstParty + len(m.Parties) - 1
	l.check = l.lastParty + 1
	l.marks = l.check + 1
	return l
}

// checkRange returns the check column of all rows.
func (l *layout) checkRange() string {
	c := column(l.check)
	return "Matrix!$" + ref(l.check, 2) + ":$" + c + "$" + itoa(max(l.last, 2))
}
