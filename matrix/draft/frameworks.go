package draft

import (
	"regexp"
	"slices"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// none is the answer that chooses no framework.
const none = "none"

// readFrameworks reads the frameworks in each text, and returns their selections:
// FRAMEWORK or FRAMEWORK/BASELINE+BASELINE, each once. The diagnostics are those of
// all.
func readFrameworks(cat *catalog.Catalog, texts []string) (names []string, problems source.Diagnostics) {
	if len(texts) == 1 && strings.EqualFold(strings.TrimSpace(texts[0]), none) {
		return nil, nil
	}
	for _, text := range texts {
		first := len(names)
		for _, name := range splitList(text, func(name string) bool { return findFramework(cat, name) != nil }) {
			if last := len(names) - 1; last >= first {
				if joined, ok := addBaseline(cat, names[last], name); ok {
					names[last] = joined
					continue
				}
			}
			selection, more := readFramework(cat, name)
			switch {
			case strings.EqualFold(name, none):
				problems = append(problems, draftError("write it alone, or remove it", "none stands beside other frameworks")...)
			case more != nil:
				problems = append(problems, more...)
			case slices.Contains(names, selection):
				problems = append(problems, draftError("name it once", "the framework %q is named twice", selection)...)
			default:
				names = append(names, selection)
			}
		}
	}
	return names, problems
}

// addBaseline adds a baseline to a selection that names some already, as in "SOC 2
// security, availability".
func addBaseline(cat *catalog.Catalog, selection, name string) (joined string, ok bool) {
	if !strings.Contains(selection, "/") || findFramework(cat, name) != nil {
		return "", false
	}
	f := findFramework(cat, selection[:strings.IndexByte(selection, '/')])
	baselines, left := cutBaselines(f, strings.Fields(name))
	if len(baselines) == 0 || left != "" {
		return "", false
	}
	return selectIn(cat, selection+"+"+strings.Join(baselines, "+"))
}

// readFramework reads one framework by any of its names, with its baselines behind a
// slash or behind the name, and returns the selection with the ids of the catalog.
func readFramework(cat *catalog.Catalog, text string) (string, source.Diagnostics) {
	if selection, ok := selectIn(cat, text); ok {
		return selection, nil
	}
	words := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" ()/:\t", c) })
	for n := len(words); n > 0; n-- {
		f := findFramework(cat, strings.Join(words[:n], " "))
		if f == nil {
			continue
		}
		id := f.ID
		if baselines, left := cutBaselines(f, words[n:]); left != "" {
			id += "/" + left // for what the catalog says of it
		} else if len(baselines) > 0 {
			id += "/" + strings.Join(baselines, "+")
		}
		s, problems := cat.Select([]catalog.FrameworkUse{{Ref: source.Ref{ID: id}}})
		if problems != nil {
			return "", problems
		}
		return s[0].Name, nil
	}
	_, problems := cat.Select([]catalog.FrameworkUse{{Ref: source.Ref{ID: text}}})
	return "", problems
}

// selectIn returns what FRAMEWORK/BASELINE+BASELINE selects, if it selects something.
func selectIn(cat *catalog.Catalog, id string) (selection string, ok bool) {
	s, problems := cat.Select([]catalog.FrameworkUse{{Ref: source.Ref{ID: id}}})
	if problems != nil {
		return "", false
	}
	return s[0].Name, true
}

// revisions write the number of a revision as ids do: Rev. 5 and Revision 5 are r5,
// and v4.0.1 is 4.0.1.
var revisions = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`(?i)[ -]rev(?:ision)?\.?[ -]?(\d)`), " r$1"},
	{regexp.MustCompile(`(?i)[ -]v(?:ersion)?\.?[ -]?(\d)`), " $1"},
	{regexp.MustCompile(`(?i) type (?:[12]|i|ii)$`), ""}, // of a report on SOC 2: the criteria are the same
}

// findFramework returns the framework that has a name, or nil.
func findFramework(cat *catalog.Catalog, name string) *catalog.Framework {
	if f, _ := cat.Framework(name); f != nil {
		return f
	}
	for _, r := range revisions {
		if other := r.pattern.ReplaceAllString(name, r.with); other != name {
			if f, _ := cat.Framework(other); f != nil {
				return f
			}
		}
	}
	return nil
}

// cutBaselines reads words as baselines, some of which have several: processing
// integrity. It returns the first words that are none.
func cutBaselines(f *catalog.Framework, words []string) (baselines []string, left string) {
	words = strings.FieldsFunc(strings.ToLower(strings.Join(words, " ")), func(c rune) bool { return c == ' ' || c == '+' })
	for len(words) > 0 {
		n := min(2, len(words))
		for n > 0 && !slices.Contains(f.Baselines, strings.Join(words[:n], "-")) {
			n--
		}
		switch {
		case n > 0:
			baselines = append(baselines, strings.Join(words[:n], "-"))
			words = words[n:]
		case slices.Contains([]string{"and", "&", "baseline", "baselines", "impact"}, words[0]):
			words = words[1:]
		default:
			return baselines, strings.Join(words, " ")
		}
	}
	return baselines, ""
}
