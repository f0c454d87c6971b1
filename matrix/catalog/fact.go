package catalog

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

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

// readQuestions reads the questions of all layers, once. An overlay may change what
// is said of a question, and add others.
func (c *Catalog) readQuestions() source.Diagnostics {
	if c.questionsRead {
		return c.questionProblems
	}
	c.questionsRead = true
	for layer := range c.layers {
		r, top := c.openFile(layer, factsFile)
		if top != nil {
			r.Object(top, "the list of facts", []source.Field{source.Required("facts", func(n *yaml.Node) { r.Items(n, "facts", false, r.question) })})
		}
		c.questionProblems = append(c.questionProblems, r.Problems...)
	}
	c.questionProblems = c.questionProblems.Sorted()
	return c.questionProblems
}

func (c *Catalog) question(id string) *Question {
	if i := slices.IndexFunc(c.questions, func(q *Question) bool { return q.ID == id }); i >= 0 {
		return c.questions[i]
	}
	return nil
}

func (r *reader) question(n *yaml.Node) {
	q := r.c.question(idIn(n))
	known := q != nil
	if !known {
		q = &Question{At: r.Pos(n)}
	}
	var values []string
	var valuesAt *yaml.Node
	r.Object(n, "a fact", []source.Field{
		source.Required("id", func(n *yaml.Node) { q.ID = r.ID(n, "id of a fact") }),
		source.RequiredIf(!known, "question", func(n *yaml.Node) { q.Text, _ = r.Text(n, "question") }),
		source.Optional("values", func(n *yaml.Node) {
			valuesAt = n
			r.Items(n, "values", false, func(n *yaml.Node) { values = append(values, r.Word(n, "value")) })
		}),
		source.Optional("named-as", func(n *yaml.Node) {
			r.Items(n, "named-as", false, func(n *yaml.Node) { q.NamedAs = append(q.NamedAs, strings.ToLower(r.Name(n, "words"))) })
		}),
		source.Optional("listed-at", func(n *yaml.Node) { q.ListedAt = r.source(n) }),
	})
	if r.questions[q.ID] {
		r.Add(n, "make them one", "the fact %q stands twice in this file", q.ID)
	}
	r.questions[q.ID] = true
	if valuesAt != nil {
		r.checkValues(valuesAt, q, values)
		q.Values = values
	}
	if len(q.Values) == 0 {
		q.Values = []string{Yes, No}
	}
	if !known {
		r.c.questions = append(r.c.questions, q)
	}
}

// checkValues reports values that no fact could tell apart, and those of a question
// that exists which an overlay would take away from facts that state them.
func (r *reader) checkValues(n *yaml.Node, q *Question, values []string) {
	sorted := slices.Sorted(slices.Values(values))
	switch {
	case len(slices.Compact(slices.Clone(sorted))) < max(2, len(values)):
		r.Add(n, "list two or more, each once, or leave the key out for true and false", "the values of the fact %q are too few, or one stands twice", q.ID)
	case slices.ContainsFunc(q.Values, func(v string) bool { return !slices.Contains(values, v) }):
		r.Add(n, "list those too: "+strings.Join(q.Values, ", "), "the values of the fact %q are stated by services and cannot be taken away", q.ID)
	}
}

// asked returns the question that a key names, or nil, which is a problem.
func (r *reader) asked(key *yaml.Node) *Question {
	id := r.Name(key, "fact")
	before := len(r.Problems)
	r.Problems = append(r.Problems, r.c.readQuestionsOnce()...)
	q := r.c.question(id)
	if q == nil && len(r.Problems) == before {
		var ids []string
		for _, q := range r.c.questions {
			ids = append(ids, q.ID)
		}
		r.Add(key, source.DidYouMean(id, ids, "see raci catalog list facts"), "unknown fact %q", id)
	}
	return q
}

// readQuestionsOnce reads the questions, and returns their problems to the first who
// asks.
func (c *Catalog) readQuestionsOnce() source.Diagnostics {
	if c.questionsRead {
		return nil
	}
	return c.readQuestions()
}

// value reads an answer to a question.
func (r *reader) value(n *yaml.Node, q *Question) string {
	if !q.isYesOrNo() {
		return r.OneOf(n, "value of "+q.ID, q.Values...)
	}
	switch yes, ok := r.Bool(n, q.ID); {
	case !ok:
		return ""
	case yes:
		return Yes
	}
	return No
}

func (q *Question) isYesOrNo() bool { return slices.Equal(q.Values, []string{Yes, No}) }

// facts reads what is so of a service: FACT: VALUE, as the page that lists it has
// it, or FACT: {is: VALUE, source: ...}.
func (r *reader) facts(n *yaml.Node, all facts) {
	r.Pairs(n, "facts", func(key, value *yaml.Node) {
		q := r.asked(key)
		if q == nil {
			return
		}
		f := Fact{ID: q.ID, At: r.Pos(key)}
		if source.Deref(value).Kind == yaml.MappingNode {
			r.Object(value, "the fact "+q.ID, []source.Field{
				source.Required("is", func(n *yaml.Node) { f.Is = r.value(n, q) }),
				source.Optional("source", func(n *yaml.Node) {
					r.Items(n, "source", true, func(n *yaml.Node) { f.Sources = append(f.Sources, r.source(n)) })
				}),
			})
		} else {
			f.Is = r.value(value, q)
		}
		switch {
		case len(f.Sources) > 0 || f.Is == "":
		case q.ListedAt.URL != "":
			f.Sources = []Source{q.ListedAt}
		default:
			r.Add(key, "write it as {is: ..., source: {url: ..., checked: YYYY-MM}}", "no page is named that states the fact %q", q.ID)
		}
		all[q.ID] = f
	})
}

// when reads what a text needs to be true.
func (r *reader) when(n *yaml.Node) (list []condition) {
	if v := source.Deref(n); v.Kind == yaml.MappingNode && len(v.Content) == 0 {
		r.Add(n, "name a fact, or leave the key out", "when names no fact")
	}
	r.Pairs(n, "when", func(key, value *yaml.Node) {
		q := r.asked(key)
		if q == nil {
			return
		}
		c := condition{fact: q.ID}
		r.Items(value, q.ID, true, func(n *yaml.Node) { c.values = append(c.values, r.value(n, q)) })
		if v := source.Deref(value); v.Kind == yaml.SequenceNode && len(v.Content) == 0 {
			r.Add(value, "name one of "+strings.Join(q.Values, ", "), "no value of the fact %q is named, so this never holds", q.ID)
		}
		list = append(list, c)
	})
	return list
}

// cases reads the texts of a duty of which the first fits whose conditions hold.
func (r *reader) cases(n *yaml.Node, id string) []statement {
	var list []statement
	items := source.Deref(n).Content
	if len(items) == 0 {
		r.Add(n, "say what each side does, or none", "the duty %q has no text", id)
	}
	r.Items(n, "the duty "+id, false, func(n *yaml.Node) {
		st, last := r.statement(n, id, true), len(list) == len(items)-1
		switch {
		case last && st.conditional:
			r.Add(n, "add a last one without when: what holds where no fact is known", "the last text of the duty %q needs facts", id)
		case !last && !st.conditional:
			r.Add(n, "add when: FACT: VALUE, or put it last", "the texts of the duty %q behind this one never apply: it needs no fact", id)
		case !last:
			if i := slices.IndexFunc(list, func(earlier statement) bool { return earlier.covers(&st) }); i >= 0 {
				r.Add(n, "put it before that one, or remove it", "this text of the duty %q never applies: the one at line %d fits wherever it does", id, list[i].at.Line)
			}
		}
		list = append(list, st)
	})
	return list
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
		for _, s := range f.Sources {
			if !slices.Contains(d.Sources, s) {
				d.Sources = append(slices.Clip(d.Sources), s)
			}
		}
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
