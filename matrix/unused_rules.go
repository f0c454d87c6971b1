package matrix

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// unusedRules finds rules and overrides that select no row, rules that only
// speak of a customer's side where none is, and rules that win nowhere.
func (b *builder) unusedRules(entries map[string]*Entry, outcomes []outcome) {
	for i := range b.man.Rules {
		rule := &b.man.Rules[i]
		rows := b.selected(&rule.Selector, entries)
		switch {
		case len(rows) == 0:
			b.selectsNothing("rule", rule.At, &rule.Selector, entries)
		case rule.Responsible.Set && !rule.Accountable.Set && !rule.Consulted.Set && !rule.Informed.Set &&
			!slices.ContainsFunc(rows, func(r *Row) bool { return r.Side(catalog.Customer) != "" }):
			b.addUnused("rule", rule.Responsible.At, &rule.Selector,
				fmt.Sprintf("it names who is responsible, and the customer has no side in the %d rows it selects", len(rows)),
				"name accountable, consulted or informed, or override the sides")
		case !outcomes[i].won && outcomes[i].beaten.Line > 0:
			b.addUnused("rule", rule.At, &rule.Selector,
				fmt.Sprintf("in all %d rows it selects something more specific or later wins, such as line %d", len(rows), outcomes[i].beaten.Line),
				"select by entry or by duty to win over an owner")
		}
	}
	for i := range b.man.Overrides {
		o := &b.man.Overrides[i]
		switch {
		case b.m.Exceptions[i].Expired || len(b.m.Exceptions[i].Rows) > 0:
		case b.reached[i]:
			b.addUnused("override", o.At, &o.Selector, "more specific or later overrides win in every row it selects", "remove it")
		default:
			b.selectsNothing("override", o.At, &o.Selector, entries)
		}
	}
}

func (b *builder) selected(s *Selector, entries map[string]*Entry) []*Row {
	var rows []*Row
	for _, list := range [][]Row{b.m.Rows, b.m.OrganizationRows} {
		for i := range list {
			if r := &list[i]; s.Matches(r, entries[r.Entry]) {
				rows = append(rows, r)
			}
		}
	}
	return rows
}

// selectsNothing names the nearest likely target: the entries that have the duties, or
// else the duties that the entries have.
func (b *builder) selectsNothing(what string, at source.Pos, s *Selector, entries map[string]*Entry) {
	anywhere := *s
	anywhere.Entries, anywhere.Services, anywhere.Tags, anywhere.Environments, anywhere.Accounts = nil, nil, nil, nil, nil
	anything := *s
	anything.Duties, anything.Controls, anything.Categories, anything.Splits, anything.Requirements = nil, nil, nil, nil, nil
	hint := ""
	if names := distinct(b.selected(&anywhere, entries), func(r *Row) string { return r.Entry }); len(names) > 0 {
		hint = "entries that have such rows: " + shortList(names)
	} else if names := distinct(b.selected(&anything, entries), func(r *Row) string { return r.Duty }); len(names) > 0 {
		hint = "duties that are there: " + shortList(names)
	}
	b.addUnused(what, at, s, "no row has all that it selects by", hint)
}

// addUnused adds the remark that a rule or an override changes nothing.
func (b *builder) addUnused(what string, at source.Pos, s *Selector, why, hint string) {
	message := "the " + what + " changes nothing: " + why
	if hint != "" {
		message += "; " + hint
	}
	b.m.Remarks = append(b.m.Remarks, Remark{Diagnostic: source.Diagnostic{Rule: RemarkUnused, At: at, Message: message}, Selector: s})
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
