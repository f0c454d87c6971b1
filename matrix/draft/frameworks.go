package draft

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// none is the answer that chooses no framework.
const none = "none"

// framework is a selection of a framework, FRAMEWORK or FRAMEWORK/BASELINE+BASELINE,
// with the ids of the catalog, and as the manifest names it.
type framework struct{ selection, written string }

// readFrameworks reads the frameworks in each text, each of them once, and returns
// how the manifest names them. The diagnostics are those of all.
func readFrameworks(cat *catalog.Catalog, texts []string) (written []string, problems source.Diagnostics) {
	if len(texts) == 1 && strings.EqualFold(strings.TrimSpace(texts[0]), none) {
		return nil, nil
	}
	var list []framework
	for _, text := range texts {
		first := len(list)
		for _, name := range splitList(text, func(name string) bool { return findFramework(cat, name) != nil }) {
			if last := len(list) - 1; last >= first {
				if joined, ok := addBaseline(cat, list[last].selection, name); ok {
					list[last] = framework{joined, joined}
					continue
				}
			}
			selection, more := readFramework(cat, name)
			switch {
			case strings.EqualFold(name, none):
				problems = append(problems, draftError("write it alone, or remove it", "none stands beside other frameworks")...)
			case more != nil:
				problems = append(problems, more...)
			case slices.ContainsFunc(list, func(f framework) bool { return f.selection == selection }):
				problems = append(problems, draftError("name it once", "the framework %q is named twice", selection)...)
			default:
				list = append(list, framework{selection, asWritten(cat, name, selection)})
			}
		}
	}
	for _, f := range list {
		written = append(written, f.written)
	}
	return written, problems
}

// asWritten returns how the manifest names a selection: as the user does who knows
// the words of manifests, such as soc2/security, and otherwise by its ids.
func asWritten(cat *catalog.Catalog, name, selection string) string {
	if _, ok := selectIn(cat, name); ok && !strings.ContainsFunc(name, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsUpper(c) }) {
		return name
	}
	return selection
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
		name := strings.Join(words[:n], " ")
		f := findFramework(cat, name)
		guessed := f == nil
		if guessed {
			f = onlyFramework(cat, name)
		}
		if f == nil {
			continue
		}
		id, rest := f.ID, words[n:]
		if len(rest) > 0 && isVersionOf(f, rest[0]) {
			rest = rest[1:]
		}
		if again := findFramework(cat, strings.Join(slices.Concat(words[:n], rest), " ")); again == f {
			rest = nil // its level is part of a name, as that of CMMC
		}
		if baselines, left := cutBaselines(f, rest); left != "" && guessed {
			continue // CIS Controls are something else
		} else if left != "" {
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

// onlyFramework returns the framework whose id begins with these words, if no other one's
// does, or nil: CIS is the benchmark of AWS here.
func onlyFramework(cat *catalog.Catalog, words string) *catalog.Framework {
	begin := strings.ReplaceAll(strings.ToLower(words), " ", "-") + "-"
	ids := slices.DeleteFunc(slices.Clone(cat.FrameworkIDs()), func(id string) bool { return !strings.HasPrefix(id, begin) })
	if len(ids) != 1 {
		return nil
	}
	return findFramework(cat, ids[0])
}

var version = regexp.MustCompile(`^(?i:v)?(\d+(?:\.\d+)*?)(?:\.0)*$`)

// isVersionOf reports whether a word is the version of a framework, or the beginning of
// it: PCI DSS 4 is 4.0.1.
func isVersionOf(f *catalog.Framework, word string) bool {
	m := version.FindStringSubmatch(word)
	return m != nil && slices.ContainsFunc(append([]string{f.ID}, f.Aliases...), func(name string) bool {
		return strings.Contains(name+".", "-"+m[1]+".")
	})
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

// shortLevel is how people write level 1 who are used to it.
var shortLevel = regexp.MustCompile(`^l(?:evel)?-?([0-9])$`)

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
		case shortLevel.MatchString(words[0]) && slices.Contains(f.Baselines, shortLevel.ReplaceAllString(words[0], "level-$1")):
			baselines, words = append(baselines, shortLevel.ReplaceAllString(words[0], "level-$1")), words[1:]
		case slices.Contains([]string{"and", "&", "baseline", "baselines", "impact", "profile", "profiles"}, words[0]):
			words = words[1:]
		default:
			return baselines, strings.Join(words, " ")
		}
	}
	return baselines, ""
}
