package matrix

import (
	"cmp"
	"slices"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// assigned returns the rows in which the manifest assigns the requirement: those
// that answer it and, where AWS is alone in all of them or there are none, what
// the organization does itself.
func (w *answerWriter) assigned(q *catalog.Requirement, rows []*answerRow) []*answerRow {
	if own := w.own[organizationRowID(w.selection.Framework.ID, q.ID)]; own != nil {
		return append(slices.Clip(rows), own)
	}
	return rows
}

// holders returns the parties that hold an R and those that hold an A, in the
// order of the matrix. AWS holds none where its side is not about the
// requirement.
func (w *answerWriter) holders(q *catalog.Requirement, rows []*answerRow) (responsible, accountable []string) {
	letters := make([]Letters, len(w.m.Parties))
	for _, r := range rows {
		counts := q.TakesAWSPartFrom(r.Duty)
		for _, h := range r.holders {
			if counts || w.m.Parties[h.party].Kind != Provider {
				letters[h.party] |= h.letters
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
func (w *answerWriter) assign(a *Answer, within string, rows []*answerRow) {
	rule := w.rule(a.Requirement.ID, within)
	var all []string
	a.Responsible, all = w.holders(a.Requirement, rows)
	if rule != nil && len(rule.Responsible) > 0 && a.Ownership != Inherited {
		a.Responsible = w.responsible(a, rule)
	}
	a.Accountable, a.Why = w.accountable(rule, rows)
	a.RowAccountable = slices.DeleteFunc(all, func(p string) bool { return p == a.Accountable })
}

// responsible returns whom the manifest's answer names, beside AWS and operators
// with a side of their own: they perform it all the same.
func (w *answerWriter) responsible(a *Answer, rule *AnswerRule) []string {
	named := source.IDs(rule.Responsible)
	var list []string
	for _, p := range w.m.Parties {
		performs := slices.Contains(a.Responsible, p.ID) && slices.ContainsFunc(a.Rows, func(r *Row) bool { return r.Side(p.ID) != "" })
		if performs || slices.Contains(named, p.ID) {
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
func (w *answerWriter) accountable(rule *AnswerRule, rows []*answerRow) (party string, why Reason) {
	if rule != nil && rule.Accountable.ID != "" {
		return rule.Accountable.ID, Reason{At: rule.Accountable.At, Letters: Accountable, Text: cmp.Or(rule.Reason, "answer of the manifest")}
	}
	if shared, why := sharedAccountable(rows); shared != "" {
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
func sharedAccountable(rows []*answerRow) (party, why string) {
	why = "holds the A of all its rows"
	ours := slices.DeleteFunc(slices.Clone(rows), func(r *answerRow) bool { return r.Split == catalog.AWS })
	switch len(ours) {
	case 0:
		ours = rows
	case len(rows):
	default:
		why += " in which AWS is not alone"
	}
	for i, r := range ours {
		switch a := r.Accountable(); {
		case a == "" || i > 0 && a != party:
			return "", ""
		default:
			party = a
		}
	}
	return party, why
}
