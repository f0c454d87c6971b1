package matrix

import (
	"fmt"
	"slices"
	"strings"
)

// idleRules finds rules and overrides that select no row, rules that only
// speak of a customer's side where none is, and rules that win nowhere.
func (b *builder) idleRules(entries map[string]*Entry, fates []fate) {
	for i := range b.man.Rules {
		rule := &b.man.Rules[i]
		rows := b.selected(&rule.Selector, entries)
		switch {
		case len(rows) == 0:
			b.idle("rule", rule.At, &rule.Selector, entries)
		case rule.Responsible.Set && !rule.Accountable.Set && !rule.Consulted.Set && !rule.Informed.Set &&
			!slices.ContainsFunc(rows, func(r *Row) bool { return r.Side(Customer) != "" }):
			b.m.Idle = append(b.m.Idle, Idle{"rule", rule.Responsible.At,
				fmt.Sprintf("it names who is responsible, and the customer has no side in the %d rows it selects", len(rows)),
				"name accountable, consulted or informed, or override the sides"})
		case !fates[i].won && fates[i].beaten.Line > 0:
			b.m.Idle = append(b.m.Idle, Idle{"rule", rule.At,
				fmt.Sprintf("in all %d rows it selects something more specific or later wins, such as line %d", len(rows), fates[i].beaten.Line),
				"select by entry or by duty to win over an owner"})
		}
	}
	for i := range b.man.Overrides {
		o := &b.man.Overrides[i]
		switch {
		case b.m.Exceptions[i].Expired || len(b.m.Exceptions[i].Rows) > 0:
		case b.reached[i]:
			b.m.Idle = append(b.m.Idle, Idle{"override", o.At, "more specific or later overrides win in every row it selects", "remove it"})
		default:
			b.idle("override", o.At, &o.Selector, entries)
		}
	}
}

func (b *builder) selected(s *Selector, entries map[string]*Entry) []*Row {
	var rows []*Row
	for _, list := range [][]Row{b.m.Rows, b.m.Own} {
		for i := range list {
			if r := &list[i]; s.Matches(r, entries[r.Entry]) {
				rows = append(rows, r)
			}
		}
	}
	return rows
}

// idle names the nearest likely target: the entries that have the duties, or
// else the duties that the entries have.
func (b *builder) idle(what string, at Pos, s *Selector, entries map[string]*Entry) {
	anywhere := *s
	anywhere.Entries, anywhere.Services, anywhere.Tags, anywhere.Environments, anywhere.Accounts = nil, nil, nil, nil, nil
	anything := *s
	anything.Duties, anything.Controls, anything.Categories, anything.Splits, anything.Requirements = nil, nil, nil, nil, nil
	why := "no row has all that it selects by"
	hint := ""
	if names := distinct(b.selected(&anywhere, entries), func(r *Row) string { return r.Entry }); len(names) > 0 {
		hint = "entries that have such rows: " + shortList(names)
	} else if names := distinct(b.selected(&anything, entries), func(r *Row) string { return r.Duty }); len(names) > 0 {
		hint = "duties that are there: " + shortList(names)
	}
	b.m.Idle = append(b.m.Idle, Idle{what, at, why, hint})
}

func distinct(rows []*Row, name func(*Row) string) []string {
	var names []string
	for _, r := range rows {
		if n := name(r); !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names
}

func shortList(names []string) string {
	const most = 5
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}
