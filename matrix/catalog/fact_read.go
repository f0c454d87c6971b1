package catalog

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"raci/matrix/source"
)

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
