package matrix

import (
	"cmp"
	"fmt"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// requirementWords are the requirements of the selected frameworks as selectors
// name them, FRAMEWORK/ID.
type requirementWords struct {
	known   []string
	asked   map[string]bool
	leftOut map[string]string // by those that a selection leaves out: its name
	hints   map[string]string // by unknown requirement
	search  source.Search
	names   selectedNames
}

func (b *builder) requirementWords() *requirementWords {
	w := &requirementWords{asked: map[string]bool{}, leftOut: map[string]string{}, hints: map[string]string{}, names: selectedNames{}}
	for i := range b.m.Frameworks {
		s := &b.m.Frameworks[i]
		for _, q := range s.Requirements {
			name := s.Framework.ID + "/" + q.ID
			w.known, w.asked[name] = append(w.known, name), true
		}
		for _, q := range b.wholeFramework(s).Requirements {
			if name := s.Framework.ID + "/" + q.ID; !w.asked[name] {
				w.leftOut[name] = s.Name
			}
		}
	}
	return w
}

// wholeFramework returns the framework of a selection, which has been read.
func (b *builder) wholeFramework(s *catalog.Selection) *catalog.Framework {
	f, _ := b.cat.Framework(s.Framework.ID)
	return f
}

// checkRequirements reports requirements that no framework asks for as it is
// selected, and writes the others as FRAMEWORK/ID. Statements of requirements
// may be among them, or must not.
func (b *builder) checkRequirements(refs []source.Ref, statements bool) {
	for i := range refs {
		ref := &refs[i]
		if ref.ID == "*" || b.words.requirements.asked[ref.ID] {
			continue
		}
		found, problem := b.findRequirement(ref.ID, statements)
		whole := found.framework + "/" + cmp.Or(found.within, found.id)
		switch leftOut := b.words.requirements.leftOut[whole]; {
		case problem.Message != "":
		case leftOut != "":
			problem = source.Diagnostic{Message: fmt.Sprintf("the requirement %q is not in %s", whole, leftOut), Hint: "take it in with include: under frameworks:"}
		default:
			ref.ID = found.framework + "/" + found.id
			continue
		}
		problem.At = ref.At
		b.problems = append(b.problems, problem)
	}
}

// foundRequirement is a requirement or statement of a selected framework.
type foundRequirement struct {
	framework, id string
	within        string // the requirement that a statement belongs to, or ""
}

// findRequirement returns the one requirement that a word means, or says why
// there is none.
func (b *builder) findRequirement(word string, statements bool) (foundRequirement, source.Diagnostic) {
	var found []foundRequirement
	var names []string
	var statement catalog.NamedRequirement
	for _, about := range frameworksMeant(b.m.Frameworks, word) {
		for _, q := range b.wholeFramework(about.Selection).Named(about.id) {
			if q.Within != "" && !statements {
				statement = q
				continue
			}
			found = append(found, foundRequirement{about.Framework.ID, q.ID, q.Within})
			names = append(names, about.Framework.ID+"/"+q.ID)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], source.Diagnostic{}
	case len(found) > 1:
		return foundRequirement{}, source.Diagnostic{Message: fmt.Sprintf("the requirement %q fits several: %s", word, strings.Join(names, ", ")), Hint: "name one of them"}
	case statement.Requirement != nil:
		return foundRequirement{}, source.Diagnostic{Message: fmt.Sprintf("%q is a statement of the requirement %q", word, statement.Within), Hint: "name the requirement"}
	}
	return foundRequirement{}, source.Diagnostic{Message: fmt.Sprintf("unknown requirement %q", word), Hint: b.requirementHint(word)}
}

// mostHinted is for how many unknown requirements a likely one is looked for.
const mostHinted = 300

// requirementHint says what may be meant by an unknown requirement.
func (b *builder) requirementHint(word string) string {
	w := b.words.requirements
	if hint, ok := w.hints[word]; ok {
		return hint
	}
	const otherwise = "write it as FRAMEWORK/ID, of a framework under frameworks:"
	if len(w.hints) == mostHinted {
		return otherwise
	}
	hint := numberedHint(b.m.Frameworks, word, w.names)
	for _, about := range frameworksMeant(b.m.Frameworks, word) {
		if hint == "" {
			hint = w.search.DidYouMean(about.Framework.ID+"/"+about.id, w.known, "")
		}
	}
	w.hints[word] = cmp.Or(hint, otherwise)
	return w.hints[word]
}

// meantFramework is a framework that a word for a requirement may speak of, with
// what it says of the requirement.
type meantFramework struct {
	*catalog.Selection
	id string
}

// frameworksMeant returns the framework with whose name the word begins, and all
// where it begins with none.
func frameworksMeant(list []catalog.Selection, word string) []meantFramework {
	var named, all []meantFramework
	for i := range list {
		s := &list[i]
		if id, ok := s.Framework.CutName(word); ok {
			named = append(named, meantFramework{s, id})
		}
		all = append(all, meantFramework{s, word})
	}
	if len(named) > 0 {
		return named
	}
	return all
}
