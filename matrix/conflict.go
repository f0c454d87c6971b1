package matrix

import (
	"cmp"
	"fmt"
	"slices"

	"raci/matrix/source"
)

// conflict is a pair of equally specific rules that give one letter to
// different parties, or of overrides that disagree. The later one won.
type conflict struct {
	letter        Letters // 0 for overrides
	winner, loser source.Pos
	later         int // which override won; 0 for rules
}

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
		message := fmt.Sprintf("two equally specific rules give the %s of %s to different parties", pair.letter, SomeRows(rows))
		if pair.letter == 0 {
			message = "two equally specific overrides disagree on " + SomeRows(rows)
		}
		list = append(list, Remark{Rows: rows, Diagnostic: source.Diagnostic{
			Rule: RemarkConflict, At: pair.winner, Message: fmt.Sprintf("%s; this one won over the one at line %d", message, pair.loser.Line),
			Related: []source.Related{{At: pair.loser, Message: "it won over this one"}},
		}})
	}
	return list
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
