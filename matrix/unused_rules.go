package matrix

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix/source"
)

// unusedRules finds rules and overrides that select no row, rules that only
// speak of a customer's side where none is, and rules that win nowhere. What one
// does that does not act on some entries shows when they have been split.
func (b *builder) unusedRules(entries map[string]*Entry, outcomes []outcome) {
	near := nearRows{b: b, entries: entries, entriesOf: map[string]string{}, dutiesOf: map[string]string{}}
	for i := range b.man.Rules {
		rule, became := &b.man.Rules[i], &outcomes[i]
		switch {
		case became.partly.n > 0:
		case became.rows == 0:
			hint, related := near.hint(&rule.Selector)
			b.addUnused("rule", rule.At, &rule.Selector, selectsNothing, hint, related...)
		case rule.saysOnly("responsible") && !became.customer:
			b.addUnused("rule", rule.Responsible.At, &rule.Selector,
				fmt.Sprintf("it names who is responsible, and the customer has no side in %s", selectedRows(became.rows)),
				"name accountable, consulted or informed, or override the sides")
		case rule.saysOnly("responsible", ProcessDetail, FrequencyDetail) && !became.won && became.overruledBy.Line == 0:
			b.addUnused("rule", rule.At, &rule.Selector,
				fmt.Sprintf("it says how a duty is done, and AWS alone performs %s", selectedRows(became.rows)),
				"select the rows in which the customer has a part, or give evidence")
		case !became.won && became.overruledBy.Line > 0:
			b.addUnused("rule", rule.At, &rule.Selector,
				fmt.Sprintf("in %s something more specific or later wins, such as line %d", selectedRows(became.rows), became.overruledBy.Line),
				"select by entry or by duty to win over an owner")
		}
	}
	for i := range b.man.Overrides {
		o := &b.man.Overrides[i]
		switch {
		case b.m.Exceptions[i].Expired || len(b.m.Exceptions[i].Rows) > 0 || b.partly[i].n > 0:
		case b.reached[i]:
			b.addUnused("override", o.At, &o.Selector, "more specific or later overrides win in every row it selects", "remove it")
		default:
			hint, related := near.hint(&o.Selector)
			b.addUnused("override", o.At, &o.Selector, selectsNothing, hint, related...)
		}
	}
}

// saysOnly reports whether the rule has none but these keys.
func (r *Rule) saysOnly(keys ...string) bool {
	return !slices.ContainsFunc(r.keys(), func(key string) bool { return !slices.Contains(keys, key) })
}

const selectsNothing = "no row has all that it selects by"

// nearRows looks for what a selector that selects nothing may have meant. What
// it found for one it keeps for those that select by the same names.
type nearRows struct {
	b                   *builder
	entries             map[string]*Entry
	entriesOf, dutiesOf map[string]string // by the names of a selector
	looked              int               // at how many rows
}

// mostLooked is at how many rows the search for hints looks in all.
const mostLooked = 10_000_000

// hint names the nearest likely target: the entries that have the duties, or
// else the duties that the entries have. Before that it says what is left out of
// the matrix, and where.
func (n *nearRows) hint(s *Selector) (hint string, related []source.Related) {
	if why, related := n.notAnswered(s); why != "" {
		return why, related
	}
	if names := n.leftOut(s); names != "" {
		return "duties: " + string(AskedDuties) + " leaves out what no framework asks for, here " + names, nil
	}
	anywhere, anything := *s, *s
	anywhere.Entries, anywhere.Services, anywhere.Tags, anywhere.Environments, anywhere.Accounts = nil, nil, nil, nil, nil
	anything.Duties, anything.Controls, anything.Categories, anything.Splits, anything.Requirements = nil, nil, nil, nil, nil
	if names := n.list(n.entriesOf, &anywhere, func(r *Row) string { return r.Entry }); names != "" {
		return "entries that have such rows: " + names, nil
	}
	if names := n.list(n.dutiesOf, &anything, func(r *Row) string { return r.Duty }); names != "" {
		return "duties that are there: " + names, nil
	}
	return "", nil
}

// notAnswered says why the requirements that are selected have no rows, where that
// holds for all of them.
func (n *nearRows) notAnswered(s *Selector) (why string, related []source.Related) {
	var all []string
	for _, q := range s.Requirements {
		selection, within, found := n.b.m.asked(q.ID)
		if found == nil {
			return "", nil
		}
		reason := whyNotAnswered(selection, within, found)
		if reason.why == "" {
			return "", nil
		}
		all, related = append(all, reason.why), append(related, reason.related...)
		if reason.hint != "" {
			all = append(all, reason.hint)
		}
	}
	return strings.Join(all, "; "), related
}

// leftOut names the duties among those that are left out that are selected.
func (n *nearRows) leftOut(s *Selector) string {
	var rows []*Row
	m := s.Matcher()
	for i := range n.b.leftOut {
		if r := &n.b.leftOut[i]; m.Matches(r, nil) {
			rows = append(rows, r)
		}
	}
	return shortList(distinct(rows, func(r *Row) string { return r.Duty }))
}

// list names what the selected rows have, or returns "" where there are none.
func (n *nearRows) list(known map[string]string, s *Selector, name func(*Row) string) string {
	key := s.key()
	list, ok := known[key]
	if !ok {
		list = shortList(distinct(n.selected(s), name))
		known[key] = list
	}
	return list
}

func (n *nearRows) selected(s *Selector) []*Row {
	var rows []*Row
	m := s.Matcher()
	if n.looked += len(n.b.m.Rows); n.looked > mostLooked {
		return nil
	}
	for _, list := range [][]Row{n.b.m.Rows, n.b.m.OrganizationRows} {
		for i := range list {
			if r := &list[i]; m.Matches(r, n.entries[r.Entry]) {
				rows = append(rows, r)
			}
		}
	}
	return rows
}

// addUnused adds the remark that a rule or an override changes nothing.
func (b *builder) addUnused(what string, at source.Pos, s *Selector, why, hint string, related ...source.Related) {
	message := "the " + what + " changes nothing: " + why
	if hint != "" {
		message += "; " + hint
	}
	b.m.Remarks = append(b.m.Remarks, Remark{Selector: s,
		Diagnostic: source.Diagnostic{Rule: RemarkUnused, At: at, Message: message, Related: related}})
}

func distinct(rows []*Row, name func(*Row) string) []string {
	var names []string
	seen := map[string]bool{}
	for _, r := range rows {
		if n := name(r); !seen[n] {
			seen[n] = true
			names = append(names, n)
		}
	}
	return names
}

func shortList(names []string) string { return listOf(names, 5) }

// listOf names the first of them, and counts the others.
func listOf(names []string, most int) string {
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}

// selectedRows speaks of the rows that a rule selects.
func selectedRows(n int) string {
	if n == 1 {
		return "the row it selects"
	}
	return fmt.Sprintf("all %d rows it selects", n)
}
