package catalog

import (
	"slices"
	"strings"

	"raci/matrix/source"
)

// dutyAnswer is a requirement that a duty says it answers.
type dutyAnswer struct {
	duty        *Duty
	requirement source.Ref
}

// placeAnswers finds the frameworks that duties call by another name than their id,
// as a manifest may. What is read for it is no part of the digest.
func (c *Catalog) placeAnswers() (problems source.Diagnostics) {
	if len(c.unplaced) == 0 {
		return nil
	}
	bare := c.unread()
	bare.answers = nil
	for _, a := range c.unplaced {
		var named, having []dutyAnswerPlace
		for _, id := range bare.FrameworkIDs() {
			f, _ := bare.frameworkByID(id)
			if f == nil {
				continue // whoever uses it is told
			}
			if rest, ok := f.CutName(a.requirement.ID); ok {
				place := dutyAnswerPlace{id, rest}
				if named = append(named, place); len(f.Named(rest)) > 0 {
					having = append(having, place)
				}
			}
		}
		if len(having) == 0 {
			having = named
		}
		switch name, _, _ := strings.Cut(a.requirement.ID, "/"); len(having) {
		case 0:
			problems = append(problems, c.unknownFramework(source.Ref{ID: name, At: a.requirement.At}))
		case 1:
			f := having[0].framework
			c.answers[f] = append(c.answers[f], dutyAnswer{a.duty, source.Ref{ID: having[0].id, At: a.requirement.At}})
		default:
			problems.Add(a.requirement.At, "name the framework by its id", "%q fits several frameworks: %s and %s", a.requirement.ID, having[0].framework, having[1].framework)
		}
	}
	c.unplaced = nil
	return problems
}

// dutyAnswerPlace is a requirement that may be meant.
type dutyAnswerPlace struct{ framework, id string }

// addDuties adds to the requirements the duties that say that they answer them.
func (f *Framework) addDuties(answers []dutyAnswer) (problems source.Diagnostics) {
	for _, a := range answers {
		q := f.answered(a.requirement, &problems)
		if q == nil || slices.Contains(q.Duties, a.duty.ID) {
			continue
		}
		q.Duties = append(slices.Clip(q.Duties), a.duty.ID)
		if q.AWSPart != nil && a.duty.Part == InStead {
			q.AWSPart = append(slices.Clip(q.AWSPart), a.duty.ID)
		}
	}
	return problems
}

// settle says of every requirement in which of its duties AWS's side is about it:
// in those that it names, or else in those that AWS performs in the customer's
// stead. It does so once all layers have been read.
func (c *Catalog) settle(f *Framework) (problems source.Diagnostics) {
	for i := range f.Requirements {
		q := &f.Requirements[i]
		if len(q.Statements) == 0 {
			c.settlePart(q, &problems)
			continue
		}
		for k := range q.Statements {
			c.settlePart(&q.Statements[k], &problems)
		}
		q.sumUp()
	}
	return problems
}

func (c *Catalog) settlePart(q *Requirement, problems *source.Diagnostics) {
	q.AWSApart = nil
	if q.AWSPart == nil {
		q.AWSPart = c.inStead(q.Duties)
		return
	}
	for _, d := range q.AWSPart {
		switch duty := c.duties[d]; {
		case duty == nil: // among the duties it is a problem already
		case !slices.Contains(q.Duties, d):
			problems.Add(q.At, "add it to duties, or take it out of aws-part", "%s takes AWS's part from %q, which is none of its duties", q.ID, d)
		case duty.Part == AsEvidence:
			problems.Add(q.At, "take it out of aws-part", "%s takes AWS's part from %q, which is evidence and no part", q.ID, d)
		case duty.Part == AtHome:
			q.AWSApart = append(q.AWSApart, d)
		}
	}
}

// unsettle leaves open again what follows from the duties of a requirement, which
// an overlay may change.
func (c *Catalog) unsettle(q *Requirement) {
	for i := range q.Statements {
		c.unsettle(&q.Statements[i])
	}
	if slices.Equal(q.AWSPart, c.inStead(q.Duties)) {
		q.AWSPart = nil
	}
}

// inStead are those of the duties that AWS performs in the customer's stead.
func (c *Catalog) inStead(duties []string) (list []string) {
	for _, d := range duties {
		if duty := c.duties[d]; duty != nil && duty.Part == InStead {
			list = append(list, d)
		}
	}
	return list
}

// answered returns the requirement or statement that a duty may answer.
func (f *Framework) answered(ref source.Ref, problems *source.Diagnostics) *Requirement {
	found := f.Named(ref.ID)
	if len(found) != 1 {
		if len(found) > 1 {
			problems.Add(ref.At, "name one of them", "%q fits several: %s", ref.ID, strings.Join(idsOf(found), ", "))
		} else {
			problems.Add(ref.At, source.DidYouMean(ref.ID, f.requirementIDs(), "see raci catalog show "+f.ID), "unknown requirement %q of %s", ref.ID, f.ID)
		}
		return nil
	}
	q := found[0].Requirement
	switch {
	case q.Group:
		problems.Add(ref.At, "name one of its requirements", "%q is a heading of %s", q.ID, f.ID)
	case q.Withdrawn:
		problems.Add(ref.At, "remove it", "the requirement %q has been withdrawn from %s", q.ID, f.ID)
	case q.Omitted:
		problems.Add(ref.At, "remove one of the two", "%s leaves the requirement %q of %s out", q.At, q.ID, f.ID)
	case len(q.Statements) > 0:
		problems.Add(ref.At, "name a statement, such as "+q.Statements[0].ID, "the requirement %q of %s is answered by its statements", q.ID, f.ID)
	default:
		return q
	}
	return nil
}
