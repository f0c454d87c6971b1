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
	differ         disagreement = iota // each replaces what the other says
	replacesAdded                      // the later one replaces, and the one before it adds
	addsToReplaced                     // the later one adds to the one before it
)

// conflicts collects the rows in which two statements disagree: overrides in
// their order, and pairs of rules in the order in which they first meet.
type conflicts struct {
	order []conflict
	rows  map[conflict][]string
}

func (c *conflicts) add(pair conflict, row string) {
	if c.rows == nil {
		c.rows = map[conflict][]string{}
	}
	if c.rows[pair] == nil {
		c.order = append(c.order, pair)
	}
	c.rows[pair] = append(c.rows[pair], row)
}

func (c *conflicts) remarks() []Remark {
	var list []Remark
	slices.SortStableFunc(c.order, func(x, y conflict) int { return cmp.Compare(x.later, y.later) })
	for _, pair := range c.order {
		rows := c.rows[pair]
		message, related := pair.message(SomeRows(rows))
		list = append(list, Remark{Rows: rows, Diagnostic: source.Diagnostic{
			Rule: RemarkConflict, At: pair.winner, Message: message, Related: []source.Related{{At: pair.loser, Message: related}},
		}})
	}
	return list
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
