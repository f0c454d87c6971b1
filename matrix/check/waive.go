package check

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// accept takes out what the manifest accepts: of several waivers that cover a
// breach the first one does. A waiver that has ended accepts nothing; it, one
// that accepts nothing, and one whose places take in only part of an entry are
// findings themselves, which no waiver takes out. The breaches are by rule.
func accept(m *input, breaches map[string][]breach) (open []source.Diagnostic, accepted []matrix.Accepted) {
	byRule, valid := map[string]*waivers{}, []int(nil)
	taken := make([][]matrix.Accepted, len(m.Check.Waivers))
	partly := make([]map[*matrix.Entry]bool, len(m.Check.Waivers))
	asked := 0
	bad := func(at source.Pos, message string) { open = append(open, Find("bad-waiver").finding(at, "", message)) }
	for i := range m.Check.Waivers {
		w := &m.Check.Waivers[i]
		if at, message := waiverProblem(m.Matrix, w); message != "" {
			bad(at, message)
			continue
		}
		byRule[w.Rule.ID], valid = byRule[w.Rule.ID].with(i, &w.Selector, &asked), append(valid, i)
	}
	for _, rule := range Rules {
		for _, b := range breaches[rule.ID] {
			if i := byRule[rule.ID].covering(&b.about, partly); i >= 0 {
				w := &m.Check.Waivers[i]
				taken[i] = append(taken[i], matrix.Accepted{Diagnostic: b.Diagnostic, Reason: w.Reason, Expires: w.Expires})
			} else {
				open = append(open, b.Diagnostic)
			}
		}
	}
	if asked > mostAsked {
		bad(m.Check.Waivers[valid[0]].At, "the waivers are too many for the rows that findings are about, and not all were looked at; join them, or let each select less")
	}
	for _, i := range valid {
		switch w := &m.Check.Waivers[i]; {
		case len(partly[i]) > 0:
			d := w.PartlyInside("waiver of "+w.Rule.ID, w.At, m.only(partly[i]), len(taken[i]) > 0)
			open = append(open, Find(matrix.RemarkPartly).finding(d.At, "", d.Message, d.Related...))
		case len(taken[i]) == 0 && !m.passesOver(Find(w.Rule.ID)):
			bad(w.At, fmt.Sprintf("the waiver of %s matches no finding", w.Rule.ID))
		}
	}
	return open, slices.Concat(taken...)
}

// waivers are those of one rule. Nil are none.
type waivers struct {
	numbers   []int // in the manifest
	selectors []*matrix.Selector
	matchers  []*matrix.Matcher
	index     matrix.SelectorIndex
	asked     *int // how often waivers were compared with rows
}

// mostAsked is how often waivers are compared with the rows that findings are about.
const mostAsked = 20_000_000

func (w *waivers) with(number int, s *matrix.Selector, asked *int) *waivers {
	if w == nil {
		w = &waivers{asked: asked}
	}
	m := s.Matcher()
	w.numbers, w.selectors, w.matchers = append(w.numbers, number), append(w.selectors, s), append(w.matchers, m)
	w.index.Add(m)
	return w
}

// covering returns the number of the first waiver that selects all that a
// finding is about, or names all that its rule or override names. It is -1 if
// there is none. For each waiver before it that would cover the finding but for
// its places, partly takes in the entries that lie only partly inside them.
func (w *waivers) covering(about *subject, partly []map[*matrix.Entry]bool) int {
	if w == nil {
		return -1
	}
	targets := about.allTargets()
	candidates := slices.Concat(w.index.Of(targets[0].row, targets[0].entry))
	if about.selector != nil {
		named := firstNames(about.selector)
		candidates = slices.Concat(candidates, slices.Concat(w.index.Of(named.row, named.entry)))
	}
	slices.Sort(candidates)
	for _, i := range slices.Compact(candidates) {
		n := w.numbers[i]
		if about.selector != nil && w.matchers[i].Names(about.selector) {
			return n
		}
		if *w.asked > mostAsked {
			break
		}
		missed, all := w.missed(i, targets)
		if all && len(missed) == 0 {
			return n
		}
		for _, e := range missed {
			if partly[n] == nil {
				partly[n] = map[*matrix.Entry]bool{}
			}
			partly[n][e] = true
		}
	}
	return -1
}

// missed returns the entries that lie only partly inside the places of a waiver
// that selects or would select all targets, and whether it does.
func (w *waivers) missed(waiver int, targets []target) (entries []*matrix.Entry, all bool) {
	for _, t := range targets {
		*w.asked++
		switch w.index.Reach(waiver, t.row, t.entry) {
		case matrix.Outside:
			return nil, false
		case matrix.Partly:
			entries = append(entries, t.entry)
		}
	}
	return entries, true
}

// firstNames returns what would have the first name of each kind that a
// selector names. Whoever names all of them selects it.
func firstNames(s *matrix.Selector) target {
	first := func(refs []source.Ref) string {
		if len(refs) == 0 {
			return ""
		}
		return refs[0].ID
	}
	framework, id, _ := strings.Cut(first(s.Requirements), "/")
	return target{
		&matrix.Row{Entry: first(s.Entries), Service: first(s.Services), Control: first(s.Controls), Duty: first(s.Duties),
			Category: catalog.Category(first(s.Categories)), Split: first(s.Splits), Requirements: []matrix.RowRequirements{{Framework: framework, IDs: []string{id}}}},
		&matrix.Entry{Tags: []string{first(s.Tags)}, Environments: []string{first(s.Environments)}, Accounts: []string{first(s.Accounts)}},
	}
}
