package catalog

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"raci/matrix/source"
)

const factsFile = "facts.yaml"

// Question is what a fact answers for a service: whether it has interface
// endpoints, say. What is true of one kind of service and not of another is asked
// of each, so that no model has to assume it.
type Question struct {
	ID     string
	Text   string
	Values []string // what the answer can be: Yes and No unless the catalog has other words
	// ListedAt is the page on which AWS lists the answers for many services, and the
	// month in which it was read; its URL is "" where there is no such page.
	ListedAt Source
	// NamedAs are words by which a text names what is asked about: one of a model needs
	// the fact, in small letters.
	NamedAs []string
	At      source.Pos
}

// IsNamedIn reports whether a text names what is asked about.
func (q *Question) IsNamedIn(text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(q.NamedAs, func(words string) bool { return hasWords(text, words) })
}

// hasWords reports whether a text has the words as such, in the singular or the plural.
func hasWords(text, words string) bool {
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for {
		before, after, found := strings.Cut(text, words)
		if !found {
			return false
		}
		last, _ := utf8.DecodeLastRuneInString(before)
		next, _ := utf8.DecodeRuneInString(strings.TrimPrefix(after, "s"))
		if !letter(last) && !letter(next) {
			return true
		}
		text = after
	}
}

// The answers to a question that has no others.
const (
	Yes = "true"
	No  = "false"
)

// Fact is the answer to a question for a service, by a page of AWS.
type Fact struct {
	ID      string // of the question
	Is      string
	Sources []Source
	At      source.Pos
}

// facts are those of a file and its overlays, by question.
type facts map[string]Fact

// condition is what a text needs to be true of a service.
type condition struct {
	fact   string
	values []string
}

// Questions returns what the catalog asks of each service, in its order.
func (c *Catalog) Questions() ([]*Question, source.Diagnostics) {
	problems := c.readQuestions()
	return c.questions, problems
}

// ModelText is what a model says of a duty, under the facts that it needs.
type ModelText struct {
	Model, Duty string
	Texts       []string // what the sides do, what AWS offers, and the evidence
	Needs       []string // facts
	At          source.Pos
}

// ModelTexts returns what the models say, by their ids and then by duty.
func (c *Catalog) ModelTexts() ([]ModelText, source.Diagnostics) {
	var list []ModelText
	var problems source.Diagnostics
	for _, id := range c.ModelIDs() {
		m, more := c.model("models", id, nil)
		problems = append(problems, more...)
		for _, d := range c.order {
			for _, s := range m.said(d.ID) {
				list = append(list, s.text(id, d.ID))
			}
		}
	}
	return list, problems.Sorted()
}

// said returns what a model and its overlays say of a duty, each case by itself.
func (m *model) said(duty string) []statement {
	var list []statement
	if m != nil {
		for _, s := range m.statements[duty] {
			if len(s.cases) == 0 {
				list = append(list, s)
			}
			list = append(list, s.cases...)
		}
	}
	return list
}

func (s *statement) text(model, duty string) ModelText {
	t := ModelText{Model: model, Duty: duty, Texts: append([]string{s.offers, s.note}, s.evidence...), At: s.at}
	for _, side := range s.sides {
		t.Texts = append(t.Texts, side.Text)
	}
	for _, w := range s.when {
		t.Needs = append(t.Needs, w.fact)
	}
	return t
}

// covers reports whether a case fits wherever another does.
func (s *statement) covers(other *statement) bool {
	return len(s.when) > 0 && !slices.ContainsFunc(s.when, func(w condition) bool {
		return !slices.ContainsFunc(other.when, func(o condition) bool {
			return o.fact == w.fact && !slices.ContainsFunc(o.values, func(v string) bool { return !slices.Contains(w.values, v) })
		})
	})
}

// choose returns the first of the cases whose conditions hold, the facts that this
// rests on, and those which, if they were known, might have chosen another.
func (s *statement) choose(known facts) (chosen *statement, rests []Fact, unknown []string) {
	seen := map[string]bool{}
	for i := range s.cases {
		c := &s.cases[i]
		holds, open := true, []string(nil)
		for _, w := range c.when {
			f, ok := known[w.fact]
			switch {
			case !ok:
				open = append(open, w.fact)
			case !slices.Contains(w.values, f.Is):
				holds = false
			}
			if ok && !seen[w.fact] {
				seen[w.fact] = true
				rests = append(rests, f)
			}
		}
		switch {
		case !holds:
		case len(open) == 0:
			return c, rests, unknown
		default:
			for _, id := range open {
				if !slices.Contains(unknown, id) {
					unknown = append(unknown, id)
				}
			}
		}
	}
	return &s.cases[len(s.cases)-1], rests, unknown
}

// rest says on which facts the words rest that were chosen. A case that leaves the
// sides as they are, and has evidence of its own, leaves what they rest on as well.
func (d *DutySplit) rest(chosen *statement, on []Fact, unknown []string) {
	if !chosen.none && len(chosen.sides) == 0 {
		return
	}
	d.Facts, d.Unknown = on, unknown
	if d.Basis == BasisModel && len(on) > 0 && (len(unknown) == 0 || len(chosen.when) > 0) {
		d.Basis = BasisFact
	}
	for _, f := range on {
		d.Sources = addSources(d.Sources, f.Sources...)
	}
}

// factsOf returns what is so of a service in its variants, by question.
func factsOf(service *Service, variants []*Variant) facts {
	known := maps.Clone(service.facts)
	for _, v := range variants {
		for _, m := range v.like.lineage() {
			maps.Copy(known, m.facts)
		}
		maps.Copy(known, v.facts)
	}
	return known
}

// FactsOf returns what is so of a resolved service, in the order of the questions.
func (c *Catalog) FactsOf(r *Resolved) []Fact {
	known := factsOf(r.Service, r.Variants)
	var list []Fact
	for _, q := range c.questions {
		if f, ok := known[q.ID]; ok {
			list = append(list, f)
		}
	}
	return list
}

// String is the fact as the catalog writes it.
func (f Fact) String() string { return f.ID + ": " + f.Is }
