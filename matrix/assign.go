package matrix

import (
	"cmp"
	"slices"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// claim is one statement of the manifest or the catalog about a letter in a
// row, or about how the duty is done: what it says, and how specific it is.
type claim struct {
	parties []source.Ref // about a letter: who should hold it
	items   []Process    // else: what should stand there
	adds    bool         // to what weaker claims say, see base
	at      source.Pos
	weight  int
	text    string
	rule    int // index of the rule, or -1
}

// Weights of claims that are not rules. A rule has the weight of its
// selector; an owner is as specific as a rule by entry, and gives way to it.
const (
	catalogWeight  = -2
	defaultsWeight = -1
	ownerWeight    = 299 // a selector of one entry has 301, of one tag 201
)

// assign gives each row its letters.
func (b *builder) assign() {
	a := assigner{b: b, owners: map[string]source.Ref{}, entries: b.m.EntriesByName(), cells: map[string]*cell{}, outcomes: make([]outcome, len(b.man.Rules)),
		alike: map[string]*Row{}, saying: map[source.Pos][]string{}, known: spokenSets{rules: b.man.Rules}, conflicts: conflicts{room: &b.room}}
	for _, u := range b.man.Uses {
		a.owners[u.Name] = u.Owner
	}
	for i := range b.man.Rules {
		a.known.weights = append(a.known.weights, b.man.Rules[i].weight())
		a.rules.Add(b.man.Rules[i].Matcher())
	}
	a.findDetails()
	for i, p := range b.m.Parties {
		a.cells[p.ID] = &cell{party: p.ID, order: i}
	}
	a.reasons = reasonLists{}
	for i := range b.m.Rows {
		if a.row(&b.m.Rows[i]); !b.takesRow(&a, &b.m.Rows[i]) {
			return
		}
	}
	b.organizationRows(&a)
	if len(b.problems) > 0 {
		return
	}
	a.known.flush(a.outcomes)
	b.m.Remarks = append(a.conflicts.remarks(), b.conflicts.remarks()...)
	b.partlyRemarks(a.outcomes)
	b.unusedRules(a.entries, a.outcomes)
	b.unusedAnswers()
}

// outcome records what came of a rule: in how many rows it spoke, whether the
// customer has a side in one of them, whether it gave a letter in some row, and
// what won over it first.
type outcome struct {
	rows        int
	customer    bool
	won         bool
	overruledBy source.Pos
	partly      meeting // rows on which it does not act
}

type assigner struct {
	b       *builder
	owners  map[string]source.Ref
	entries map[string]*Entry
	rules   SelectorIndex
	known   spokenSets
	cells   map[string]*cell // by party
	claims  []claim
	others  []claim                 // that no rule makes
	pairs   []conflict              // of claims
	saying  map[source.Pos][]string // what claims say
	below   []int32                 // rules whose claims lose and are left out
	left    int                     // how many claims are left out
	marked  *int                    // how many of them are known to lose
	details []detailKind            // of which the manifest says something
	alike   map[string]*Row         // a row with details, by duty

	spoken   *spoken // the rules that select the row
	granted  int     // parties and items that statements named so far
	unlisted int     // statements about the row that are left out
	withheld withheldBy
	filled   []*cell // those of the row

	reasons reasonLists

	conflicts conflicts
	outcomes  []outcome // of the rules
}

// cell is a party's cell in the row that is being filled. Cells are used again
// for the next row.
type cell struct {
	party   string
	order   int // of the party in the matrix
	letters Letters
	decided lastReasons // that gave letters
	lost    lastReasons // that gave nothing
	filled  bool
}

// row follows the table of what a row means: operators are responsible for
// their sides; the customer's side belongs to whom a rule or the owner names,
// and to the accountable party where nobody is named.
func (a *assigner) row(r *Row) {
	a.begin(r)
	operators := 0
	for _, s := range r.Sides {
		if s.Who != catalog.Customer {
			operators++
			a.grant(s.Who, Reason{At: s.At, Letters: Responsible, Text: "performs this duty"})
		}
	}
	customerSide := operators < len(r.Sides)
	if customerSide {
		a.decideLetter(r, Responsible)
		r.Unassigned = !a.anyone(Responsible, func(p string) bool { return r.Side(p) == "" })
	}
	a.accountable(r, customerSide, operators)
	a.decideLetter(r, Consulted)
	a.decideLetter(r, Informed)
	a.finish(r)
	a.decideDetails(r)
}

// begin empties the cells, and finds the rules that select the row.
func (a *assigner) begin(r *Row) {
	for _, c := range a.filled {
		c.letters, c.filled = 0, false
		c.decided.clear()
		c.lost.clear()
	}
	a.filled, a.unlisted = a.filled[:0], 0
	customer := r.Side(catalog.Customer) != ""
	selecting, partly := a.rules.Of(r, a.entries[r.Entry])
	a.withhold(r, customer, partly)
	a.spoken = a.known.of(selecting, a.outcomes)
	a.spoken.rows++
	a.spoken.customer = a.spoken.customer || customer
}

// accountable gives the A. Under the convention that providers are
// accountable, an operator that performs a duty alone holds A/R, and the
// customer's accountable party is informed.
func (a *assigner) accountable(r *Row, customerSide bool, operators int) {
	if a.b.man.Accountability == ProviderAccountable && !customerSide && operators == 1 {
		a.grant(r.Sides[0].Who, Reason{At: r.Sides[0].At, Letters: Accountable, Text: "performs this duty alone, and accountability is the provider's"})
		if claims := a.collectClaims(r, Accountable); len(claims) > 0 {
			c := &claims[len(claims)-1]
			if c.rule >= 0 {
				a.outcomes[c.rule].won = true
			}
			for _, p := range c.parties {
				a.grant(p.ID, Reason{At: p.At, Letters: Informed, Text: c.text + ", informed because accountability is the provider's"})
			}
		}
		return
	}
	a.decideLetter(r, Accountable)
	if !r.Unassigned {
		return
	}
	for _, c := range a.filled {
		if c.letters.Has(Accountable) {
			a.grant(c.party, Reason{At: c.decided.last().At, Letters: Responsible,
				Text: "holds the R as well, because nobody is named as responsible"})
			break // there is one A at most
		}
	}
}

// decideLetter collects the claims on the letter, lets the most specific one win
// (the later of two equal ones), with those that it adds to, and notes the others
// as overruled.
func (a *assigner) decideLetter(r *Row, letter Letters) {
	claims := a.collectClaims(r, letter)
	if len(claims) == 0 {
		return
	}
	first := base(claims)
	for _, pair := range a.conflicting(letter.String(), claims) {
		a.conflicts.add(pair, r.ID)
	}
	a.recordOutcomes(claims)
	a.unlisted += a.left
	for _, c := range claims[:first] {
		for _, p := range c.parties {
			a.cell(p.ID).lost.add(Reason{At: p.At, Letters: letter, Text: c.text, LostTo: claims[first].at})
		}
	}
	for i := range claims[first:] {
		c := &claims[first+i]
		for _, p := range c.parties {
			a.grant(p.ID, Reason{At: p.At, Letters: letter, Text: c.text})
		}
	}
	if winner := &claims[len(claims)-1]; len(winner.parties) == 0 {
		r.Cleared = append(r.Cleared, Reason{At: winner.at, Letters: letter, Text: winner.text})
	}
}

// collectClaims returns the claims on the letter in this row, the weakest first.
func (a *assigner) collectClaims(r *Row, letter Letters) []claim {
	others := a.others[:0]
	man := a.b.man
	if h := man.Defaults.holders(letter); h.Set {
		others = append(others, claim{parties: h.Parties, adds: h.Adds, at: h.At, weight: defaultsWeight, text: defaultText, rule: -1})
	}
	if owner := a.owners[r.Entry]; letter == Responsible && owner.ID != "" && r.Service != "" {
		others = append(others, claim{parties: []source.Ref{owner}, at: owner.At, weight: ownerWeight, text: "owner of " + r.Entry, rule: -1})
	}
	a.others = others
	return a.claimed(aboutLetter[letter], others, func(i int) claim {
		rule := &man.Rules[i]
		h := rule.holders(letter)
		return claim{parties: h.Parties, adds: h.Adds, at: h.At, weight: a.known.weights[i], text: rule.text(h.Adds), rule: i}
	})
}

var aboutLetter = map[Letters]about{Responsible: aboutResponsible, Accountable: aboutAccountable, Consulted: aboutConsulted, Informed: aboutInformed}

const defaultText = "default of the manifest"

// text is what a reason says of a rule.
func (r *Rule) text(adds bool) string {
	switch {
	case r.Reason != "":
		return r.Reason
	case adds:
		return "rule that adds"
	}
	return "rule"
}

func (r *Rule) holders(letter Letters) *Holders {
	switch letter {
	case Responsible:
		return &r.Responsible
	case Accountable:
		return &r.Accountable
	case Consulted:
		return &r.Consulted
	}
	return &r.Informed
}

// grant adds the letters to a party's cell. A party that is responsible or
// accountable is neither consulted nor informed, and one that is consulted is
// not informed: the stronger letter includes the weaker one.
func (a *assigner) grant(party string, reason Reason) {
	c := a.cell(party)
	stronger := c.letters & (Responsible | Accountable)
	if reason.Letters == Consulted && stronger == 0 {
		c.letters &^= Informed
	}
	if reason.Letters == Informed {
		stronger = c.letters & (Responsible | Accountable | Consulted)
	}
	if (reason.Letters == Consulted || reason.Letters == Informed) && stronger != 0 {
		c.lost.add(Reason{At: reason.At, Letters: reason.Letters, Text: reason.Text, LostTo: c.decided.last().At})
		return
	}
	c.letters |= reason.Letters
	if c.letters&(Responsible|Accountable) != 0 {
		c.letters &^= Consulted | Informed
	}
	c.decided.add(reason)
}

// cell returns the cell of a party, which becomes one of the row.
func (a *assigner) cell(party string) *cell {
	c := a.cells[party]
	if !c.filled {
		c.filled = true
		a.filled = append(a.filled, c)
	}
	return c
}

func (a *assigner) anyone(letter Letters, where func(party string) bool) bool {
	return slices.ContainsFunc(a.filled, func(c *cell) bool { return c.letters.Has(letter) && where(c.party) })
}

// finish puts the cells into the row, in the order of the parties. In each the
// reasons that gave nothing come first, so that the last one is always what
// decided.
func (a *assigner) finish(r *Row) {
	slices.SortFunc(a.filled, func(x, y *cell) int { return cmp.Compare(x.order, y.order) })
	n := 0
	for _, c := range a.filled {
		if c.letters != 0 {
			n++
		}
	}
	r.Roles = slices.Grow(r.Roles, n)
	for _, c := range a.filled {
		role := Role{Party: c.party, Letters: c.letters, Reasons: a.reasons.list(c.lost.kept(), c.decided.kept())}
		a.unlisted += c.lost.more + c.decided.more
		if c.letters != 0 {
			r.Roles = append(r.Roles, role)
		} else {
			r.Overruled = append(r.Overruled, role)
		}
	}
	r.Unlisted.Reasons = a.unlisted
}

// reasonLists are the reasons of cells, by a sum of them. Cells that have theirs
// from the same statements share a list, as most cells of an entry do.
type reasonLists map[uint64][][]Reason

func (l reasonLists) list(lost, decided []Reason) []Reason {
	sum := sumOf(decided, sumOf(lost, 0))
	for _, list := range l[sum] {
		if len(list) == len(lost)+len(decided) && slices.Equal(list[:len(lost)], lost) && slices.Equal(list[len(lost):], decided) {
			return list
		}
	}
	list := slices.Clip(slices.Concat(lost, decided))
	l[sum] = append(l[sum], list)
	return list
}

func sumOf(reasons []Reason, sum uint64) uint64 {
	const prime = 1099511628211
	for i := range reasons {
		r := &reasons[i]
		for _, n := range [...]int{r.At.Line, r.At.Col, int(r.Letters), r.LostTo.Line, r.LostTo.Col} {
			sum = (sum ^ uint64(n)) * prime
		}
	}
	return sum
}
