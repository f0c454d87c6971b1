package check

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// Who chooses the keys with which stored data is encrypted: the fact, the shared
// variant for those who do, and the duty whose text offers the choice.
const (
	ownKeys    = "customer-managed-keys"
	encryption = "encrypt-server-side"
)

// models reports texts of models that name what not every service of the model has,
// without needing the fact.
func (l *linter) models() source.Diagnostics {
	texts, problems := l.cat.ModelTexts()
	for _, t := range texts {
		for _, q := range l.questions {
			i := slices.IndexFunc(t.Texts, q.IsNamedIn)
			if i < 0 || slices.Contains(t.Needs, q.ID) || l.allHave(t.Model, q.ID) {
				continue
			}
			l.add(source.Diagnostic{Rule: "fact-needed", Severity: source.Error, At: t.At,
				Message: fmt.Sprintf("%s: %q names what not every service of the model %s has", t.Duty, t.Texts[i], t.Model),
				Hint:    fmt.Sprintf("put it under when: {%s: ...}, or say it without that word", q.ID)})
		}
	}
	return problems
}

// allHave reports whether all services of a model state that they have something.
func (l *linter) allHave(model, fact string) bool {
	has, all := 0, 0
	for _, r := range l.resolved {
		if r.Service.Model != model {
			continue
		}
		all++
		for _, f := range l.cat.FactsOf(r) {
			if f.ID == fact && f.Is != catalog.No && f.Is != catalog.NoSplit {
				has++
			}
		}
	}
	return all > 0 && has == all
}

// contradiction reports a text of a model, and evidence that may be left from one,
// that names what the service does not have. What a service's own text names, it
// means.
func (l *linter) contradiction(r *catalog.Resolved, d *catalog.DutySplit) {
	own := []string{d.Offers, d.Note}
	for _, s := range d.Sides {
		own = append(own, s.Text)
	}
	texts := d.Evidence
	if d.Basis == catalog.BasisModel || d.Basis == catalog.BasisFact {
		texts, own = append(slices.Clone(own), texts...), nil
	}
	for _, f := range l.cat.FactsOf(r) {
		q := l.question(f.ID)
		if f.Is != catalog.No && f.Is != catalog.NoSplit || slices.ContainsFunc(own, q.IsNamedIn) {
			continue
		}
		if i := slices.IndexFunc(texts, q.IsNamedIn); i >= 0 {
			l.add(source.Diagnostic{Rule: "fact-contradicted", Severity: source.Error, At: d.At,
				Message: fmt.Sprintf("%s: %q, and %s has the fact %s", d.Duty.ID, texts[i], r.Service.ID, f), Hint: "correct the one that is wrong",
				Related: []source.Related{{At: f.At, Message: "the fact"}}})
		}
	}
}

func (l *linter) question(id string) *catalog.Question {
	return l.questions[slices.IndexFunc(l.questions, func(q *catalog.Question) bool { return q.ID == id })]
}

// unexamined reports duties of which nobody looked whether they occur for a service.
func (l *linter) unexamined(r *catalog.Resolved) {
	var duties []string
	for i := range r.Splits {
		if r.Splits[i].IsUnexamined() {
			duties = append(duties, r.Splits[i].Duty.ID)
		}
	}
	if len(duties) > 0 && r.Service.Lifecycle != catalog.Retired {
		l.add(source.Diagnostic{Rule: "unexamined-none", Severity: source.Note, At: r.Service.At,
			Message: fmt.Sprintf("nobody looked whether %s occurs for %s", strings.Join(duties, ", "), r.ID()), Hint: "say who does it, or write {none: why, source: ...}"})
	}
}

// keyChoice reports an encryption text that offers a choice of keys without a
// variant for those who make it.
func (l *linter) keyChoice(r *catalog.Resolved) {
	if slices.ContainsFunc(r.Service.Variants, func(v *catalog.Variant) bool { return v.ID == ownKeys || v.IsLike(ownKeys) }) {
		return
	}
	for i := range r.Splits {
		d := &r.Splits[i]
		for _, s := range d.Sides {
			if d.Duty.ID == encryption && s.Who == catalog.Customer && l.question(ownKeys).IsNamedIn(s.Text) {
				l.add(source.Diagnostic{Rule: "key-without-variant", Severity: source.Warning, At: r.Service.At,
					Message: fmt.Sprintf("%s: %s offers a key of the customer's choice, and no variant is for those who take it", d.Duty.ID, r.Service.ID),
					Hint:    "add the variant " + ownKeys + ": {name: ..., group: keys, like: " + ownKeys + "}"})
			}
		}
	}
}
