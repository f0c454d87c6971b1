package xlsx

import "raci/matrix"

// layout says where the sheet Matrix holds what, for the formulas and links
// of the other sheets. A column that the manifest leaves out is column 0.
type layout struct {
	groups       []rowGroup
	at           []int          // the sheet's row of each row of the matrix
	byID         map[string]int // the sheet's row of a row id
	last         int            // the last row of the sheet
	operators    []matrix.Party
	columns      int // how many
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
	at          int // row of the heading in the sheet
}

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
	l.place(m)
	return l
}

// place finds the columns.
func (l *layout) place(m *matrix.Matrix) {
	for _, c := range chosenColumns(m) {
		next := l.columns + 1
		switch c.ID {
		case "operators":
			l.columns += len(l.operators)
		case "requirements":
			l.columns += len(m.Frameworks)
		case "parties":
			l.columns += len(m.Parties)
			if len(m.Parties) > 0 {
				l.firstParty, l.lastParty = next, l.columns
			}
		default:
			l.columns = next
		}
		switch c.ID {
		case "entry":
			l.entry = next
		case "duty":
			l.duty = next
		case "check":
			l.check = next
		case "marks":
			l.marks = next
		}
		if !isUnprinted(c.ID) || l.printed == 0 {
			l.printed = l.columns
		}
	}
	l.frozen = 1
	if l.duty > 0 && l.duty <= 3 {
		l.frozen = l.duty
	}
	l.frozen = min(l.frozen, max(l.columns-1, 0))
}

// live reports whether the check of a row can follow edits.
func (l *layout) live() bool { return l.firstParty > 0 && l.check > 0 }

// target returns the cell of a row that links lead to.
func (l *layout) target(row int) string { return ref(max(l.duty, 1), row) }

// checkRange returns the check column of all rows.
func (l *layout) checkRange() string {
	c := column(l.check)
	return "Matrix!$" + ref(l.check, 2) + ":$" + c + "$" + itoa(max(l.last, 2))
}
