package matrix

import (
	"cmp"
	"fmt"
	"slices"

	"raci/matrix/source"
)

// conflict is a pair of equally specific rules that disagree on a letter or a
// detail, or of overrides that disagree. The later one won.
type conflict struct {
	about         string // the letter or the detail; "" for overrides
	how           disagreement
	winner, loser source.Pos
	later         int // which override won; 0 for rules
}

// disagreement says how two rules disagree.
type disagreement int

const (
	agree          disagreement = iota
	differ                      // each replaces what the other says
	replacesAdded               // the later one replaces, and the one before it adds
	addsToReplaced              // the later one adds to the one before it
)

// conflicts collects the rows in which two statements disagree: overrides in
// their order, and pairs of rules in the order in which they first meet.
type conflicts struct {
	order    []conflict
	rows     map[conflict]*rowList
	known    map[claimPair]disagreement // of claims that met before
	room     *int                       // for names of rows
	unlisted bool                       // more than mostConflicts
}

// claimPair is what two claims speak of, and where they stand.
type claimPair struct {
	about         string
	winner, loser source.Pos
}

// mostConflicts is how many pairs of statements are told of. Who has solved these
// sees the others.
const mostConflicts = 10_000

func (c *conflicts) add(pair conflict, row string) {
	if c.rows == nil {
		c.rows = map[conflict]*rowList{}
	}
	list := c.rows[pair]
	switch {
	case list == nil && len(c.order) == mostConflicts:
		c.unlisted = true
		return
	case list == nil:
		list = &rowList{}
		c.order, c.rows[pair] = append(c.order, pair), list
	}
	list.add(row, c.room)
}

func (c *conflicts) remarks() []Remark {
	var list []Remark
	slices.SortStableFunc(c.order, func(x, y conflict) int { return cmp.Compare(x.later, y.later) })
	for _, pair := range c.order {
		rows := c.rows[pair]
		message, related := pair.message(rows.String())
		list = append(list, Remark{Rows: rows.listed(), MoreRows: rows.unlisted(), Diagnostic: source.Diagnostic{
			Rule: RemarkConflict, At: pair.winner, Message: message, Related: []source.Related{{At: pair.loser, Message: related}},
		}})
	}
	if c.unlisted {
		list[len(list)-1].Message += "; there are more pairs than the first " + fmt.Sprint(mostConflicts) + ", which are not listed"
	}
	return list
}

// rowList is the rows that a remark is about. Where remarks name very many rows,
// it names the first ones and counts the others.
type rowList struct {
	rows []string
	n    int
}

// mostNamed is how many rows or entries a list names that also counts others.
const mostNamed = 20

// room is how many names of rows all remarks of a matrix have room for, beside
// mostNamed for each.
const room = 1_000_000

func (l *rowList) add(row string, room *int) {
	l.n++
	switch {
	case len(l.rows) < min(mostNamed, l.n):
	case *room > 0 && len(l.rows) == l.n-1:
		*room--
	default:
		return
	}
	l.rows = append(l.rows, row)
}

// listed returns all rows, or the first of more.
func (l *rowList) listed() []string {
	if len(l.rows) < l.n {
		return l.rows[:mostNamed]
	}
	return l.rows
}

func (l *rowList) unlisted() int { return l.n - len(l.listed()) }

// String is what SomeRows says of all rows.
func (l *rowList) String() string {
	if l.n > 2 {
		return fmt.Sprintf("%s and %d more", l.rows[0], l.n-1)
	}
	return SomeRows(l.rows)
}

// message says how the two disagree, and what the other one has to do with it.
func (c *conflict) message(rows string) (message, related string) {
	won := fmt.Sprintf("; this one won over the one at line %d", c.loser.Line)
	switch {
	case c.about == "":
		return "two equally specific overrides disagree on " + rows + won, "it won over this one"
	case c.how == replacesAdded:
		return fmt.Sprintf("of two equally specific rules this one replaces the %s of %s, so the one at line %d adds nothing", c.about, rows, c.loser.Line), "it won over this one"
	case c.how == addsToReplaced:
		return fmt.Sprintf("of two equally specific rules this one adds to the %s of %s, which the one at line %d replaces; in the other order it would add nothing", c.about, rows, c.loser.Line), "it adds to this one"
	case slices.Contains(Details, c.about):
		return fmt.Sprintf("two equally specific rules disagree on the %s of %s", c.about, rows) + won, "it won over this one"
	}
	return fmt.Sprintf("two equally specific rules give the %s of %s to different parties", c.about, rows) + won, "it won over this one"
}

// SomeRows names one or two rows, and counts more of them.
func SomeRows(ids []string) string {
	switch len(ids) {
	case 1:
		return ids[0]
	case 2:
		return ids[0] + " and " + ids[1]
	}
	return fmt.Sprintf("%s and %d more", ids[0], len(ids)-1)
}
