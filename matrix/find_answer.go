package matrix

import (
	"cmp"
	"fmt"
	"sync"

	"golang.org/x/text/unicode/norm"

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
// FRAMEWORK/ID, or ID alone, which several frameworks may have. Frameworks are
// called by any of their names, and ids as [catalog.RequirementNames] reads them.
//
// Where no selection asks for it, the diagnostic says why, or what else may be
// meant; it has no hint if nothing is near. The catalog, if there is one, knows
// what a selection leaves out.
func (m *Matrix) FindAnswers(cat *catalog.Catalog, name string) ([]FoundAnswer, source.Diagnostics) {
	name = norm.NFC.String(name)
	var found []FoundAnswer
	index := sync.OnceValue(m.AnswerIndex)
	for _, about := range frameworksMeant(m.Frameworks, name) {
		meant := map[*catalog.Requirement]bool{}
		for _, q := range catalog.NamesOf(about.Requirements).Find(about.id) {
			meant[q.Requirement] = true
		}
		if len(meant) == 0 {
			continue
		}
		for _, a := range index().Answers(about.Selection) {
			for _, part := range append([]Answer{a}, a.Statements...) {
				if meant[part.Requirement] {
					found = append(found, FoundAnswer{part, about.Selection, a.Requirement.Title})
				}
			}
		}
	}
	if len(found) > 0 {
		return found, nil
	}
	hint := cmp.Or(m.whyNotAsked(cat, name), numberedHint(m.Frameworks, name, selectedNames{}))
	if hint == "" {
		hint = source.DidYouMean(name, m.askedNames(), "")
	}
	return nil, source.Diagnostics{{Message: fmt.Sprintf("no selected framework asks for %q", name), Hint: hint}}
}

// numberedHint names the requirements below or above an unknown one in the
// numbering of the framework that is meant, or returns "".
func numberedHint(list []catalog.Selection, name string, known selectedNames) string {
	for _, about := range frameworksMeant(list, name) {
		names, front := known.of(about.Selection), ""
		if len(list) > 1 {
			front = about.Framework.ID + "/"
		}
		if parts := partsOf(names, about.id, front); parts != "" {
			return "name one of its parts: " + parts
		}
		if above := names.Above(about.id); above != nil {
			return fmt.Sprintf("did you mean %q?", front+above.ID)
		}
	}
	return ""
}

// selectedNames are the names of the requirements of selections, by the selection's.
type selectedNames map[string]*catalog.RequirementNames

func (k selectedNames) of(s *catalog.Selection) *catalog.RequirementNames {
	if k[s.Name] == nil {
		k[s.Name] = catalog.NamesOf(s.Requirements)
	}
	return k[s.Name]
}

// partsOf lists the requirements below a name, each behind the front.
func partsOf(names *catalog.RequirementNames, name, front string) string {
	var ids []string
	for _, q := range names.Below(name) {
		ids = append(ids, front+q.ID)
	}
	return shortList(ids)
}

// askedNames returns the requirements that are asked for and their statements, each
// as ID and as FRAMEWORK/ID.
func (m *Matrix) askedNames() []string {
	var names []string
	for i := range m.Frameworks {
		s := &m.Frameworks[i]
		for _, q := range s.Requirements {
			if q.Group {
				continue
			}
			names = append(names, q.ID, s.Framework.ID+"/"+q.ID)
			for j := range q.Statements {
				names = append(names, q.Statements[j].ID, s.Framework.ID+"/"+q.Statements[j].ID)
			}
		}
	}
	return names
}

// whyNotAsked says why no selection asks for a requirement that its framework has,
// or returns "".
func (m *Matrix) whyNotAsked(cat *catalog.Catalog, name string) string {
	if cat == nil {
		return ""
	}
	for _, about := range frameworksMeant(m.Frameworks, name) {
		f := about.Framework.ID
		whole, problems := cat.Framework(f)
		if whole == nil || problems != nil {
			continue // the matrix was made from another catalog
		}
		for _, q := range whole.Named(about.id) {
			switch {
			case q.Group:
				return fmt.Sprintf("%s is a heading of %s; name one of its parts: %s", q.ID, f, partsOf(catalog.NamesOf(about.Requirements), q.ID, ""))
			case q.Withdrawn:
				return q.ID + " has been withdrawn from " + f
			default:
				return about.Name + " leaves it out; take it in with include: under frameworks:"
			}
		}
	}
	return ""
}
