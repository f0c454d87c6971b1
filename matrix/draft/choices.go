package draft

import (
	"maps"
	"slices"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// Choice is something that can be answered, with what it is.
type Choice struct{ Answer, Name string }

// ServicesLike returns the services and their variants in whose ids, names and
// categories all these words occur: those in which they begin a word, or else all.
func ServicesLike(cat *catalog.Catalog, words string) ([]Choice, source.Diagnostics) {
	services, problems := cat.Services()
	var all []named
	for _, s := range services {
		name := s.Name
		if s.Lifecycle != "" {
			name += " (" + string(s.Lifecycle) + ")"
		}
		all = append(all, named{Choice{s.ID, name}, append([]string{s.ID, s.Name, s.Category}, s.Aliases...)})
		for _, v := range s.Variants {
			id, names := s.ID+"/"+v, s.VariantNames[v] // its name, and then its aliases
			all = append(all, named{Choice{id, strings.Join(names[:min(1, len(names))], "")}, append([]string{id}, names...)})
		}
	}
	return like(all, words), problems
}

// ServicesByCategory returns the ids of the services that AWS offers, by category.
func ServicesByCategory(cat *catalog.Catalog) ([]Choice, source.Diagnostics) {
	services, problems := cat.Services()
	ids := map[string][]string{}
	for _, s := range services {
		if s.Lifecycle != catalog.Retired {
			ids[s.Category] = append(ids[s.Category], s.ID)
		}
	}
	var list []Choice
	for _, category := range slices.Sorted(maps.Keys(ids)) {
		list = append(list, Choice{strings.Join(ids[category], ", "), category})
	}
	return list, problems
}

// FrameworksLike returns the frameworks in whose ids and names all these words
// occur, as ServicesLike does, each with its baselines.
func FrameworksLike(cat *catalog.Catalog, words string) ([]Choice, source.Diagnostics) {
	var all []named
	var problems source.Diagnostics
	for _, id := range cat.FrameworkIDs() {
		f, more := cat.Framework(id)
		if more != nil {
			problems = append(problems, more...)
			continue
		}
		name := f.Name
		if len(f.Baselines) > 0 {
			name += "; baselines: " + strings.Join(f.Baselines, ", ")
		}
		all = append(all, named{Choice{f.ID, name}, append([]string{f.ID, f.Name}, f.Aliases...)})
	}
	return like(all, words), problems
}

// named is a choice with all that it is called.
type named struct {
	Choice
	names []string
}

// like returns the choices in whose names all words begin a word, or where there
// are none those in whose names they occur anywhere. No words are in every name.
func like(all []named, words string) []Choice {
	wanted := wordsOf(words)
	for _, before := range []string{" ", ""} {
		var found []Choice
		for _, n := range all {
			text := " " + strings.Join(wordsOf(strings.Join(n.names, " ")), " ")
			if !slices.ContainsFunc(wanted, func(word string) bool { return !strings.Contains(text, before+word) }) {
				found = append(found, n.Choice)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return strings.ContainsRune(" /-_:()", c) })
}
