package matrix

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// Withheld is a statement that would speak of a row, but for the places that it
// lists: the row's entry runs elsewhere as well, so that the statement cannot be
// true of all of it.
type Withheld struct {
	At      source.Pos
	Letters Letters  // that a rule gives
	Parties []string // to whom; none where it takes the letters from everybody
	About   string   // one of Details where a rule says how the duty is done
	Says    []string // of that; nothing where it takes away what others say
	Text    string   // its reason
}

// Concerns reports whether the statement would speak of a party's cell, which
// holds these letters now.
func (w *Withheld) Concerns(party string, holds Letters) bool {
	return w.Letters == 0 || holds&w.Letters != 0 || slices.Contains(w.Parties, party)
}

// Gives says what the statement would do.
func (w *Withheld) Gives() string {
	switch {
	case w.About != "" && len(w.Says) == 0:
		return "no " + w.About
	case w.About != "":
		return w.About + " " + strings.Join(w.Says, "; ")
	case w.Letters == 0:
		return "override"
	case len(w.Parties) == 0:
		return w.Letters.String() + " to nobody"
	}
	return w.Letters.String() + " to " + strings.Join(w.Parties, ", ")
}

// meeting collects where one statement does not act.
type meeting struct {
	rows    []string
	entries []*Entry
}

// add adds a row; those of one entry come one after another.
func (m *meeting) add(r *Row, e *Entry) {
	m.rows = append(m.rows, r.ID)
	if n := len(m.entries); n == 0 || m.entries[n-1] != e {
		m.entries = append(m.entries, e)
	}
}

// withhold notes what the rules would say that do not act on the row.
func (a *assigner) withhold(r *Row, customer bool, rules []int) {
	for _, i := range rules {
		a.outcomes[i].partly.add(r, a.entries[r.Entry])
	}
	if w := &a.withheld; len(rules) > 0 {
		if alone := r.Split == catalog.AWS; customer != w.customer || alone != w.alone || !slices.Equal(rules, w.rules) {
			*w = withheldBy{customer: customer, alone: alone, rules: slices.Clone(rules)}
			w.collect(a.b.man.Rules)
		}
		if r.Withheld == nil {
			r.Withheld = w.list
		} else {
			r.Withheld = append(r.Withheld, w.list...)
		}
	}
}

// withheldBy is what rules would say that do not act. Most rows of an entry have
// the same, and share the list.
type withheldBy struct {
	customer bool // has a side
	alone    bool // AWS performs the duty
	rules    []int
	list     []Withheld
}

func (w *withheldBy) collect(rules []Rule) {
	for _, i := range w.rules {
		rule := &rules[i]
		for _, letter := range []Letters{Responsible, Accountable, Consulted, Informed} {
			if h := rule.holders(letter); h.Set && (w.customer || letter != Responsible) {
				w.list = append(w.list, Withheld{At: h.At, Letters: letter, Parties: source.IDs(h.Parties), Text: rule.text(h.Adds)})
			}
		}
		for _, k := range detailKinds {
			if s := k.said(rule); s.Set && k.speaksOf(w.alone) {
				w.list = append(w.list, Withheld{At: s.At, About: k.about, Says: (&claim{items: s.Items}).says(), Text: rule.text(s.Adds)})
			}
		}
	}
	w.list = slices.Clip(w.list)
}

// partlyRemarks says which statements do not act, and on which entries.
func (b *builder) partlyRemarks(outcomes []outcome) {
	for i := range outcomes {
		b.addPartly("rule", b.man.Rules[i].At, &b.man.Rules[i].Selector, &outcomes[i].partly, outcomes[i].rows > 0)
	}
	for i := range b.partly {
		b.addPartly("override", b.man.Overrides[i].At, &b.man.Overrides[i].Selector, &b.partly[i], b.reached[i])
	}
}

func (b *builder) addPartly(what string, at source.Pos, s *Selector, where *meeting, elsewhere bool) {
	if len(where.rows) == 0 {
		return
	}
	d := s.PartlyInside(what, at, where.entries, elsewhere)
	d.Rule = RemarkPartly
	b.m.Remarks = append(b.m.Remarks, Remark{Diagnostic: d, Rows: where.rows, Selector: s})
}

// mostNamed is how many entries a finding names; it counts the others.
const mostNamed = 20

// PartlyInside says of a statement at a place that it does not act on entries,
// because they lie only partly inside what its selector lists, and whether it
// acts elsewhere.
func (s *Selector) PartlyInside(what string, at source.Pos, entries []*Entry, elsewhere bool) source.Diagnostic {
	d := source.Diagnostic{At: at}
	var names []string
	for i, e := range entries {
		if names = append(names, e.Name); i < mostNamed {
			d.Related = append(d.Related, source.Related{At: e.At, Message: e.Name + " runs in " + strings.Join(slices.Concat(s.placesOf(e)...), ", ")})
		}
	}
	lies := "it lies"
	if len(names) > 1 {
		lies = "they lie"
	}
	d.Message = fmt.Sprintf("the %s does not act on %s: %s only partly inside %s", what, listOf(names, mostNamed), lies, s.placeNames())
	if !elsewhere {
		d.Message += "; it acts on nothing else"
	}
	return d
}

// placesOf returns where an entry runs, by the kinds of places that the selector
// lists.
func (s *Selector) placesOf(e *Entry) (places [][]string) {
	for _, k := range []nameKind{environmentName, accountName} {
		if selectsByName(s.refs()[k]) {
			places = append(places, k.ofEntry(e))
		}
	}
	return places
}

// placeNames names the places that the selector lists.
func (s *Selector) placeNames() string {
	var names []string
	for _, c := range []struct {
		word string
		refs []source.Ref
	}{{"environment", s.Environments}, {"account", s.Accounts}} {
		if selectsByName(c.refs) {
			names = append(names, c.word+" "+strings.Join(source.IDs(c.refs), ", "))
		}
	}
	return strings.Join(names, " and ")
}
