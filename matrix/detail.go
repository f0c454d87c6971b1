package matrix

import (
	"cmp"
	"slices"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// What a Detail is about. The manifest has the same keys.
const (
	ProcessDetail   = "process"
	EvidenceDetail  = "evidence"
	FrequencyDetail = "frequency"
)

// Details are what a Detail can be about, in the order in which rows have them.
var Details = []string{ProcessDetail, EvidenceDetail, FrequencyDetail}

// Detail is what one statement says of how the duty of a row is done.
type Detail struct {
	About  string // one of Details
	Says   []string
	At     source.Pos // zero for the catalog
	Text   string     // of the statement, as in a Reason
	LostTo source.Pos // the statement that won over this one; zero if none did
}

// String returns the text and the address of the page.
func (p Process) String() string {
	if p.URL == "" {
		return p.Text
	}
	return p.Text + " (" + p.URL + ")"
}

// detailKind says what rules say of a detail, and how a row gets it.
type detailKind struct {
	about string
	index about
	said  func(*Rule) *Saying
	have  func(*Row) []Process // from the catalog
	set   func(*Row, []Process)
}

var detailKinds = []detailKind{
	{ProcessDetail, aboutProcess, func(r *Rule) *Saying { return &r.Process }, func(*Row) []Process { return nil },
		func(r *Row, items []Process) { r.Process = items }},
	{EvidenceDetail, aboutEvidence, func(r *Rule) *Saying { return &r.Evidence }, func(r *Row) []Process { return inWords(r.Evidence...) },
		func(r *Row, items []Process) { r.Evidence = texts(items) }},
	{FrequencyDetail, aboutFrequency, func(r *Rule) *Saying { return &r.Frequency }, func(r *Row) []Process { return inWords(string(r.Frequency)) },
		func(r *Row, items []Process) { r.Frequency = catalog.Frequency(firstText(items)) }},
}

// findDetails finds the details of which the manifest says something.
func (a *assigner) findDetails() {
	man := a.b.man
	for _, k := range detailKinds {
		said := k.said(&man.Defaults).Set || slices.ContainsFunc(man.Rules, func(r Rule) bool { return k.said(&r).Set })
		if said || k.about == EvidenceDetail && slices.ContainsFunc(man.Overrides, func(o Override) bool { return len(o.Evidence) > 0 }) {
			a.details = append(a.details, k)
		}
	}
}

// detailsKey is what the details of a row depend on beside the rules that select it.
type detailsKey struct {
	evidence  *string // the first that the catalog or an override names
	n         int     // how many
	frequency catalog.Frequency
	override  *Override // from which the evidence is
	alone     bool      // AWS performs the duty
}

// decidedDetails are the details of all rows that have the same rules and the same key.
type decidedDetails struct {
	process   []Process
	evidence  []string
	frequency catalog.Frequency
	list      []Detail
	unlisted  int
	pairs     []conflict
}

// decideDetails lets the most specific statement say how the duty is done.
func (a *assigner) decideDetails(r *Row) {
	if len(a.details) == 0 {
		return
	}
	key := detailsKey{n: len(r.Evidence), frequency: r.Frequency, override: a.b.evidenceFrom(r), alone: r.Split == catalog.AWS}
	if key.n > 0 {
		key.evidence = &r.Evidence[0]
	}
	known := a.spoken.details[key]
	if known == nil {
		var pairs []conflict
		for i := range a.details {
			if k := &a.details[i]; k.speaksOf(key.alone) {
				pairs = append(pairs, a.decideDetail(r, k)...)
			}
		}
		known = &decidedDetails{r.Process, r.Evidence, r.Frequency, r.Details, r.Unlisted.Details, pairs}
		if a.spoken.details == nil {
			a.spoken.details = map[detailsKey]*decidedDetails{}
		}
		a.spoken.details[key] = known
	}
	r.Process, r.Evidence, r.Frequency, r.Details, r.Unlisted.Details = known.process, known.evidence, known.frequency, known.list, known.unlisted
	for _, pair := range known.pairs {
		a.conflicts.add(pair, r.ID)
	}
	a.share(r)
}

// share lets a row have the lists of an earlier one of its duty that says the same, as
// most entries of a service do.
func (a *assigner) share(r *Row) {
	if len(r.Details) == 0 || r.Duty == "" {
		return
	}
	earlier := a.alike[r.Duty]
	if earlier != nil && len(earlier.Details) == len(r.Details) && &earlier.Details[0] == &r.Details[0] {
		return
	}
	if earlier == nil || !slices.EqualFunc(earlier.Details, r.Details, Detail.equal) || !sameUnlisted(earlier, r) {
		a.alike[r.Duty] = r
		return
	}
	r.Process, r.Details = earlier.Process, earlier.Details
	if slices.ContainsFunc(r.Details, func(d Detail) bool { return d.About == EvidenceDetail }) { // else it is the catalog's
		r.Evidence = earlier.Evidence
	}
}

// sameUnlisted reports whether what the lists of details leave out is the same.
func sameUnlisted(a, b *Row) bool {
	return a.Unlisted.Details+b.Unlisted.Details == 0 || slices.Equal(a.Process, b.Process) && slices.Equal(a.Evidence, b.Evidence)
}

func (d Detail) equal(o Detail) bool {
	return d.About == o.About && d.At == o.At && d.Text == o.Text && d.LostTo == o.LostTo && slices.Equal(d.Says, o.Says)
}

// speaksOf reports whether rules can say such a thing of a row. What AWS does alone
// has evidence that the customer can ask for, and nothing that rules could say of
// how and how often.
func (k *detailKind) speaksOf(awsAlone bool) bool { return k.about == EvidenceDetail || !awsAlone }

// decideDetail decides one of them, and returns the rules that disagree on it.
func (a *assigner) decideDetail(r *Row, k *detailKind) []conflict {
	claims := a.collectSayings(r, k)
	if len(claims) == 0 || claims[len(claims)-1].weight == catalogWeight {
		return nil
	}
	first := base(claims)
	a.recordOutcomes(claims)
	r.Unlisted.Details += a.left
	for i := range claims {
		if i >= first && i < len(claims)-MostStatements {
			r.Unlisted.Details++ // it adds, and stronger ones add as well
			continue
		}
		c := &claims[i]
		d := Detail{About: k.about, Says: a.says(c), At: c.at, Text: c.text}
		if i < first {
			d.LostTo = claims[first].at
		}
		r.Details = append(r.Details, d)
	}
	var items []Process
	has := map[Process]bool{}
	for _, c := range slices.Backward(claims[first:]) { // the most specific first
		for _, p := range c.items {
			if !has[p] {
				has[p] = true
				items = append(items, p)
			}
		}
	}
	k.set(r, items)
	return a.conflicting(k.about, claims)
}

// says returns what a claim says. Rows share the list.
func (a *assigner) says(c *claim) []string {
	if c.at == (source.Pos{}) {
		return c.says()
	}
	list, known := a.saying[c.at]
	if !known {
		list = c.says()
		a.saying[c.at] = list
	}
	return list
}

// collectSayings returns the claims on a detail of this row, the weakest first.
func (a *assigner) collectSayings(r *Row, k *detailKind) []claim {
	others := a.others[:0]
	man := a.b.man
	alone := r.Split == catalog.AWS // the evidence of AWS's own work stays
	if items := k.have(r); len(items) > 0 {
		base := claim{items: items, weight: catalogWeight, text: "catalog", rule: -1}
		if o := a.b.evidenceFrom(r); o != nil && k.about == EvidenceDetail {
			base.at, base.weight, base.text = o.At, o.weight(), cmp.Or(o.Reason, "override")
		}
		others = append(others, base)
	}
	if s := k.said(&man.Defaults); s.Set {
		others = append(others, claim{items: s.Items, adds: s.Adds || alone, at: s.At, weight: defaultsWeight, text: defaultText, rule: -1})
	}
	a.others = others
	return a.claimed(k.index, others, func(i int) claim {
		rule := &man.Rules[i]
		s := k.said(rule)
		return claim{items: s.Items, adds: s.Adds || alone, at: s.At, weight: a.known.weights[i], text: rule.text(s.Adds), rule: i}
	})
}

// evidenceFrom returns the override from which a row has its evidence, or nil.
func (b *builder) evidenceFrom(r *Row) *Override {
	if r.Exception < 0 || len(b.man.Overrides[r.Exception].Evidence) == 0 {
		return nil
	}
	return &b.man.Overrides[r.Exception]
}

func inWords(words ...string) []Process {
	var items []Process
	for _, w := range words {
		if w != "" {
			items = append(items, Process{Text: w})
		}
	}
	return items
}

func texts(items []Process) []string {
	var words []string
	for _, p := range items {
		words = append(words, p.Text)
	}
	return words
}

func firstText(items []Process) string {
	if len(items) == 0 {
		return ""
	}
	return items[0].Text
}
