package matrix

import (
	"cmp"
	"fmt"
	"strings"

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

// unusedAnswers finds answers to what has no answer in this system.
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
				a, _ := w.brief(p, q.ID, cmp.Or(s.LeftOut(q), s.LeftOut(p)))
				applies[s.Framework.ID+"/"+p.ID] = a.Ownership != NotApplicable
			}
		}
	}
	for i := range b.man.AnswerRules {
		for _, q := range b.man.AnswerRules[i].Requirements {
			if applies[q.ID] {
				continue
			}
			why, hint, related := b.whyNotAnswered(q.ID)
			b.addUnused("answer", q.At, &Selector{Requirements: []source.Ref{q}}, cmp.Or(why, q.ID+" does not apply to this system"), cmp.Or(hint, "remove it"), related...)
		}
	}
}

// whyNotAnswered says why a requirement or a statement, FRAMEWORK/ID, has no answer
// whatever the system uses, and what to do. It returns "" where it may have one.
func (b *builder) whyNotAnswered(name string) (why, hint string, related []source.Related) {
	for i := range b.m.Frameworks {
		s := &b.m.Frameworks[i]
		id, ok := strings.CutPrefix(name, s.Framework.ID+"/")
		if !ok {
			continue
		}
		for _, q := range s.Requirements {
			if q.ID == id {
				return whyLeftOut(s, q, q)
			}
			for j := range q.Statements {
				if q.Statements[j].ID == id {
					return whyLeftOut(s, q, &q.Statements[j])
				}
			}
		}
	}
	return "", "", nil
}

// whyLeftOut speaks of a requirement, or of the part p of it.
func whyLeftOut(s *catalog.Selection, q, p *catalog.Requirement) (why, hint string, related []source.Related) {
	name := s.Framework.ID + "/" + p.ID
	switch {
	case q.Group:
		return name + " is a heading", "name requirements, such as " + shortList(partsOfHeading(s, q)), nil
	case s.Excluded[q.ID] != "":
		return fmt.Sprintf("frameworks: leaves %s out, because %q", s.Framework.ID+"/"+q.ID, s.Excluded[q.ID]), "", nil
	case q.Omitted || p.Omitted:
		at := p.At
		if q.Omitted {
			at = q.At
		}
		return "an overlay leaves " + name + " out", "", []source.Related{{At: at, Message: "left out here"}}
	}
	return "", "", nil
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
