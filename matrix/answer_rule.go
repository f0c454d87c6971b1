package matrix

import (
	"raci/matrix/source"
)

// AnswerRule names who answers for requirements as a whole. It moves no letter
// of a row.
type AnswerRule struct {
	Requirements []source.Ref // FRAMEWORK/ID, statements among them
	Accountable  source.Ref   // zero if the rule says nothing of it
	Responsible  []source.Ref // likewise
	Reason       string
	At           source.Pos
}

// checkAnswerRules reports names in answers that nothing has, and requirements
// that are answered twice.
func (b *builder) checkAnswerRules() {
	first := map[string]source.Pos{}
	for i := range b.man.AnswerRules {
		rule := &b.man.AnswerRules[i]
		b.checkParty(rule.Accountable)
		for _, p := range rule.Responsible {
			b.checkParty(p)
		}
		b.checkRequirements(rule.Requirements, true)
		for _, q := range rule.Requirements {
			if before, ok := first[q.ID]; ok {
				b.problems.Add(q.At, "remove one of the two", "%s is answered twice; the first is at line %d", q.ID, before.Line)
				continue
			}
			first[q.ID] = q.At
		}
	}
}

// answerRules finds the rules for requirements and their statements.
type answerRules map[string]*AnswerRule // by FRAMEWORK/ID

func (m *Matrix) answerRules() answerRules {
	rules := answerRules{}
	for i := range m.AnswerRules {
		for _, q := range m.AnswerRules[i].Requirements {
			rules[q.ID] = &m.AnswerRules[i]
		}
	}
	return rules
}

// unusedAnswers finds answers to requirements that do not apply, or that the
// manifest leaves out.
func (b *builder) unusedAnswers() {
	if len(b.man.AnswerRules) == 0 {
		return
	}
	applies := map[string]bool{}
	for i := range b.m.Frameworks {
		s := &b.m.Frameworks[i]
		w := newAnswerWriter(b.m, s)
		for _, q := range s.Requirements {
			for _, p := range append(q.Parts(), q) {
				a, _ := w.brief(p, q.ID, s.Excluded[q.ID])
				applies[s.Framework.ID+"/"+p.ID] = a.Ownership != NotApplicable
			}
		}
	}
	for i := range b.man.AnswerRules {
		rule := &b.man.AnswerRules[i]
		for _, q := range rule.Requirements {
			if !applies[q.ID] {
				b.addUnused("answer", q.At, &Selector{Requirements: []source.Ref{q}}, q.ID+" does not apply to this system, or is left out", "remove it")
			}
		}
	}
}
