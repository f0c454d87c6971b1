package matrix

import (
	"cmp"
	"fmt"
	"strings"
	"sync"

	"raci/matrix/catalog"
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

// RuledAnswer is an answer, in brief, with a rule of the manifest that speaks of it.
type RuledAnswer struct {
	Answer
	Rule      *AnswerRule
	Name      source.Ref           // FRAMEWORK/ID, where the rule has it
	Framework string               // its id
	Within    *catalog.Requirement // the requirement itself, or the one that a statement belongs to
	whyNot    notAnswered
}

// RuledAnswers returns the answers of which the manifest says who gives them, in
// its order. One that does not apply is among them.
func (m *Matrix) RuledAnswers() []RuledAnswer {
	var list []RuledAnswer
	index, writers := sync.OnceValue(m.AnswerIndex), map[*catalog.Selection]*answerWriter{}
	for i := range m.AnswerRules {
		for _, name := range m.AnswerRules[i].Requirements {
			s, within, q := m.asked(name.ID)
			if q == nil {
				continue
			}
			if writers[s] == nil {
				writers[s] = index().writer(s)
			}
			w := writers[s]
			a, _ := w.brief(q, within.ID, cmp.Or(w.leftOut(within), w.leftOut(q)))
			list = append(list, RuledAnswer{a, &m.AnswerRules[i], name, s.Framework.ID, within, whyNotAnswered(s, within, q)})
		}
	}
	return list
}

// asked finds a requirement or a statement by FRAMEWORK/ID, with the selection that
// asks for it, and the requirement that a statement belongs to.
func (m *Matrix) asked(name string) (s *catalog.Selection, within, q *catalog.Requirement) {
	for i := range m.Frameworks {
		s := &m.Frameworks[i]
		id, ok := strings.CutPrefix(name, s.Framework.ID+"/")
		if !ok {
			continue
		}
		for _, q := range s.Requirements {
			if q.ID == id {
				return s, q, q
			}
			for j := range q.Statements {
				if q.Statements[j].ID == id {
					return s, q, &q.Statements[j]
				}
			}
		}
	}
	return nil, nil, nil
}

// unusedAnswers finds answers to what has no answer in this system, and those that
// say who does what AWS does alone.
func (b *builder) unusedAnswers() {
	for _, a := range b.m.RuledAnswers() {
		about := &Selector{Requirements: []source.Ref{a.Name}}
		switch {
		case a.Ownership == NotApplicable:
			b.addUnused("answer", a.Name.At, about, cmp.Or(a.whyNot.why, a.Name.ID+" does not apply to this system"), cmp.Or(a.whyNot.hint, "remove it"), a.whyNot.related...)
		case a.Ownership == Inherited && len(a.Rule.Responsible) > 0:
			what, hint := "answer", "name accountable"
			if a.Rule.Accountable.ID != "" {
				what, hint = "responsible of the answer", "remove it"
			}
			b.addUnused(what, a.Rule.Responsible[0].At, about, "AWS alone performs what "+a.Name.ID+" asks of the system", hint)
		}
	}
}

// notAnswered says why something has no answer, whatever the system uses, and what
// to do. It is zero where it may have one.
type notAnswered struct {
	why, hint string
	related   []source.Related
}

// whyNotAnswered speaks of a requirement, or of a statement within it.
func whyNotAnswered(s *catalog.Selection, within, q *catalog.Requirement) notAnswered {
	framework := s.Framework.ID + "/"
	switch {
	case q.Group:
		return notAnswered{why: framework + q.ID + " is a heading", hint: "name requirements, such as " + shortList(partsOfHeading(s, q))}
	case s.Excluded[within.ID] != "":
		return notAnswered{why: fmt.Sprintf("frameworks: leaves %s out, because %q", framework+within.ID, s.Excluded[within.ID])}
	case within.Omitted:
		q = within
	case !q.Omitted:
		return notAnswered{}
	}
	return notAnswered{why: "an overlay leaves " + framework + q.ID + " out", related: []source.Related{{At: q.At, Message: "left out here"}}}
}

// partsOfHeading returns the requirements whose ids go on where that of the heading
// ends or, where none do, those that follow it.
func partsOfHeading(s *catalog.Selection, heading *catalog.Requirement) []string {
	var parts, following []string
	passed := false
	for _, q := range s.Requirements {
		switch {
		case q == heading:
			passed = true
		case q.Group:
			passed = false
		case strings.HasPrefix(q.ID, heading.ID):
			parts = append(parts, q.ID)
		case passed:
			following = append(following, q.ID)
		}
	}
	if parts == nil {
		return following
	}
	return parts
}
