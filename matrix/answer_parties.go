package matrix

import (
	"cmp"
	"slices"

	"raci/matrix/catalog"
)

// assigned returns the rows in which the manifest assigns the requirement: those
// that answer it and, where AWS is alone in all of them or there are none, what
// the organization does itself.
func (w *answerWriter) assigned(q *catalog.Requirement, kinds []*rowKind) []*rowKind {
	if own := w.own[organizationRowID(w.selection.Framework.ID, q.ID)]; own != nil {
		return append(slices.Clip(kinds), own)
	}
	return kinds
}

// holders returns the parties that hold an R and those that hold an A, in the
// order of the matrix. AWS holds none where its side is not about the
// requirement.
func (w *answerWriter) holders(q *catalog.Requirement, kinds []*rowKind) (responsible, accountable []string) {
	letters := make([]Letters, len(w.m.Parties))
	for _, k := range kinds {
		counts := q.TakesAWSPartFrom(k.Duty)
		for i, l := range k.letters {
			if counts || w.m.Parties[i].Kind != Provider {
				letters[i] |= l
			}
		}
	}
	for i, l := range letters {
		if l.Has(Responsible) {
			responsible = append(responsible, w.m.Parties[i].ID)
		}
		if l.Has(Accountable) {
			accountable = append(accountable, w.m.Parties[i].ID)
		}
	}
	return responsible, accountable
}

// assign says who answers for a requirement, and who does what it asks for.
func (w *answerWriter) assign(a *Answer, within string, kinds []*rowKind) {
	rule := w.rule(a.Requirement.ID, within)
	assigned := w.assigned(a.Requirement, kinds)
	var all []string
	a.Responsible, all = w.holders(a.Requirement, assigned)
	if rule != nil && len(rule.Responsible) > 0 && a.Ownership != Inherited {
		a.Responsible = w.responsible(a, rule, kinds)
	}
	a.Accountable, a.Why = w.accountable(rule, assigned)
	a.RowAccountable = slices.DeleteFunc(all, func(p string) bool { return p == a.Accountable })
}

// responsible returns whom the manifest's answer names, beside AWS and operators
// with a side of their own: they perform it all the same.
func (w *answerWriter) responsible(a *Answer, rule *AnswerRule, kinds []*rowKind) []string {
	takesPart := map[string]bool{}
	for _, k := range kinds {
		for _, s := range k.Sides {
			takesPart[s.Who] = true
		}
	}
	names := map[string]bool{}
	for _, id := range a.Responsible {
		names[id] = takesPart[id]
	}
	for _, ref := range rule.Responsible {
		names[ref.ID] = true
	}
	var list []string
	for _, p := range w.m.Parties {
		if names[p.ID] {
			list = append(list, p.ID)
		}
	}
	return list
}

// rule returns the manifest's answer to a requirement or to one of its
// statements, for which that to the whole requirement holds as well; or nil.
func (w *answerWriter) rule(id, within string) *AnswerRule {
	framework := w.selection.Framework.ID + "/"
	if rule := w.rules[framework+id]; rule != nil {
		return rule
	}
	return w.rules[framework+within]
}

// accountable returns who answers for a requirement, and why; the party is ""
// where nobody is named.
func (w *answerWriter) accountable(rule *AnswerRule, kinds []*rowKind) (party string, why Reason) {
	if rule != nil && rule.Accountable.ID != "" {
		return rule.Accountable.ID, Reason{At: rule.Accountable.At, Letters: Accountable, Text: cmp.Or(rule.Reason, "answer of the manifest")}
	}
	if shared, why := sharedAccountable(kinds); shared != "" {
		return shared, Reason{Letters: Accountable, Text: why}
	}
	if d := w.m.DefaultAccountable; d.ID != "" {
		return d.ID, Reason{At: d.At, Letters: Accountable, Text: "default of the manifest: its rows do not share one A"}
	}
	return "", Reason{}
}

// sharedAccountable returns the party with the A in all rows with a part that is
// not AWS's or, where there are none of these, in all rows, and says which rows
// these are. The party is "" where they do not agree.
func sharedAccountable(kinds []*rowKind) (party, why string) {
	why = "holds the A of all its rows"
	ours := slices.DeleteFunc(slices.Clone(kinds), func(k *rowKind) bool { return k.Split == catalog.AWS })
	switch len(ours) {
	case 0:
		ours = kinds
	case len(kinds):
	default:
		why += " in which AWS is not alone"
	}
	for i, k := range ours {
		if k.a == "" || i > 0 && k.a != party {
			return "", ""
		}
		party = k.a
	}
	return party, why
}
