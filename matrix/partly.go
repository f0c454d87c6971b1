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
	rowList
	entries []*Entry // the first mostNamed
	more    int      // entries
	last    *Entry
}

// add adds a row; those of one entry come one after another.
func (m *meeting) add(r *Row, e *Entry, room *int) {
	m.rowList.add(r.ID, room)
	if e == m.last {
		return
	}
	m.last = e
	if len(m.entries) < mostNamed {
		m.entries = append(m.entries, e)
	} else {
		m.more++
	}
}

// withhold notes what the rules would say that do not act on the row.
func (a *assigner) withhold(r *Row, customer bool, rules []int) {
	for _, i := range rules {
		a.outcomes[i].partly.add(r, a.entries[r.Entry], &a.b.room)
	}
	if w := &a.withheld; len(rules) > 0 {
		if alone := r.Split == catalog.AWS; customer != w.customer || alone != w.alone || !slices.Equal(rules, w.rules) {
			*w = withheldBy{customer: customer, alone: alone, rules: slices.Clone(rules)}
			w.collect(a.b.man.Rules)
		}
		if r.Unlisted.Withheld += w.more; r.Withheld == nil {
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
	more     int // that the list leaves out
}

func (w *withheldBy) collect(rules []Rule) {
	for _, i := range w.rules {
		rule := &rules[i]
		for _, letter := range []Letters{Responsible, Accountable, Consulted, Informed} {
			if h := rule.holders(letter); h.Set && (w.customer || letter != Responsible) && w.hasRoom() {
				w.list = append(w.list, Withheld{At: h.At, Letters: letter, Parties: source.IDs(h.Parties), Text: rule.text(h.Adds)})
			}
		}
		for _, k := range detailKinds {
			if s := k.said(rule); s.Set && k.speaksOf(w.alone) && w.hasRoom() {
				w.list = append(w.list, Withheld{At: s.At, About: k.about, Says: (&claim{items: s.Items}).says(), Text: rule.text(s.Adds)})
			}
		}
	}
	w.list = slices.Clip(w.list)
}

// hasRoom reports whether the list takes one more, and else counts it.
func (w *withheldBy) hasRoom() bool {
	if len(w.list) < MostStatements {
		return true
	}
	w.more++
	return false
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
	if where.n == 0 {
		return
	}
	d := s.partlyInside(what, at, where.entries, where.more, elsewhere)
	d.Rule = RemarkPartly
	b.m.Remarks = append(b.m.Remarks, Remark{Diagnostic: d, Rows: where.listed(), MoreRows: where.unlisted(), Selector: s})
}

// PartlyInside says of a statement at a place that it does not act on entries,
// because they lie only partly inside what its selector lists, and whether it
// acts elsewhere.
func (s *Selector) PartlyInside(what string, at source.Pos, entries []*Entry, elsewhere bool) source.Diagnostic {
	n := min(len(entries), mostNamed)
	return s.partlyInside(what, at, entries[:n], len(entries)-n, elsewhere)
}

// partlyInside names the entries, and counts more of them.
func (s *Selector) partlyInside(what string, at source.Pos, entries []*Entry, more int, elsewhere bool) source.Diagnostic {
	d := source.Diagnostic{At: at}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name)
		d.Related = append(d.Related, source.Related{At: e.At, Message: e.Name + " runs in " + s.placesOf(e)})
	}
	lies, acts := "it lies", strings.Join(names, ", ")
	if len(names) > 1 {
		lies = "they lie"
	}
	if more > 0 {
		acts += fmt.Sprintf(" and %d more", more)
	}
	d.Message = fmt.Sprintf("the %s does not act on %s: %s only partly inside %s", what, acts, lies, s.placeNames())
	if !elsewhere {
		d.Message += "; it acts on nothing else"
	}
	return d
}

// mostPlaces is how many environments or accounts a message names; it counts the
// others.
const mostPlaces = 20

// placesOf says where an entry runs, by the kinds of places that the selector lists.
func (s *Selector) placesOf(e *Entry) string {
	var places []string
	n := 0
	for _, k := range []nameKind{environmentName, accountName} {
		if selectsByName(s.refs()[k]) {
			names := k.ofEntry(e)
			n += len(names)
			places = append(places, names[:min(len(names), mostPlaces)]...)
		}
	}
	if n > mostPlaces {
		return strings.Join(places[:mostPlaces], ", ") + fmt.Sprintf(" and %d more", n-mostPlaces)
	}
	return strings.Join(places, ", ")
}

// placeNames names the places that the selector lists.
func (s *Selector) placeNames() string {
	var names []string
	for _, c := range []struct {
		word string
		refs []source.Ref
	}{{"environment", s.Environments}, {"account", s.Accounts}} {
		if selectsByName(c.refs) {
			names = append(names, c.word+" "+listOf(source.IDs(c.refs), mostPlaces))
		}
	}
	return strings.Join(names, " and ")
}
