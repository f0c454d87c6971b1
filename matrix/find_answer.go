package matrix

import (
	"fmt"
	"regexp"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// FoundAnswer is the answer to a requirement, or to one of its statements, with
// the selection that asks for it.
type FoundAnswer struct {
	Answer
	Selection *catalog.Selection
	Title     string // of the requirement, also where the answer is to a statement
}

// FindAnswers returns the answers to what a user calls a requirement:
// FRAMEWORK/ID, or ID alone, which several frameworks may have. Capitals do not
// matter, and ids may be written as the workbook of FedRAMP writes them.
//
// Where no selection asks for it, the diagnostic says why, or what else may be
// meant; it has no hint if nothing is near. The catalog, if there is one, knows
// what a selection leaves out.
func (m *Matrix) FindAnswers(cat *catalog.Catalog, name string) ([]FoundAnswer, source.Diagnostics) {
	var found []FoundAnswer
	var ids []string
	for i := range m.Frameworks {
		s := &m.Frameworks[i]
		add := func(a Answer, title string) {
			full := s.Framework.ID + "/" + a.Requirement.ID
			if ids = append(ids, a.Requirement.ID, full); sameRequirement(name, a.Requirement.ID) || sameRequirement(name, full) {
				found = append(found, FoundAnswer{a, s, title})
			}
		}
		for _, a := range m.Answers(s) {
			add(a, a.Requirement.Title)
			for _, part := range a.Statements {
				add(part, a.Requirement.Title)
			}
		}
	}
	if len(found) > 0 {
		return found, nil
	}
	hint := m.notAsked(cat, name)
	if hint == "" {
		hint = source.DidYouMean(name, ids, "")
	}
	return nil, source.Diagnostics{{Message: fmt.Sprintf("no selected framework asks for %q", name), Hint: hint}}
}

// notAsked says why no selection asks for a requirement that its framework has,
// or returns "".
func (m *Matrix) notAsked(cat *catalog.Catalog, name string) string {
	if cat == nil {
		return ""
	}
	for i := range m.Frameworks {
		s := &m.Frameworks[i]
		whole, problems := cat.Framework(s.Framework.ID)
		if whole == nil || problems != nil {
			continue // the matrix was made from another catalog
		}
		for _, q := range whole.Requirements {
			switch f := s.Framework.ID; {
			case !strings.EqualFold(name, q.ID) && !strings.EqualFold(name, f+"/"+q.ID):
			case q.Group:
				return q.ID + " is a heading of " + f + "; name one of its parts"
			case q.Withdrawn:
				return q.ID + " has been withdrawn from " + f
			default:
				return s.Name + " leaves it out; take it in with include: under frameworks:"
			}
		}
	}
	return ""
}

// sameRequirement reports whether two ids mean one requirement, in capitals or
// not, and also as FedRAMP's workbook writes them: AC-02 (03) (a) is
// AC-2(3)(a), and AC-02 (a) is AC-2a.
func sameRequirement(a, b string) bool {
	return strings.EqualFold(a, b) || plainID(a) == plainID(b)
}

var (
	paddedNumber = regexp.MustCompile(`([-(])0+(\d)`)
	lastLetter   = regexp.MustCompile(`(\d)\(([a-z])\)$`)
)

func plainID(id string) string {
	id = paddedNumber.ReplaceAllString(strings.ToLower(strings.ReplaceAll(id, " ", "")), "$1$2")
	return lastLetter.ReplaceAllString(id, "$1$2")
}
