package catalog

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"raci/matrix/source"
)

// ReadSelection reads one framework as people write it, by any of its names, with its
// baselines behind a slash or behind the name, and returns the Selection's Name.
func (c *Catalog) ReadSelection(text string) (string, source.Diagnostics) {
	if name, ok := c.selectedBy(text); ok {
		return name, nil
	}
	if id, _ := c.readWords(text); id != "" {
		text = id
	}
	s, problems := c.Select([]FrameworkUse{{Ref: source.Ref{ID: text}}})
	if problems != nil {
		return "", problems
	}
	return s[0].Name, nil
}

// AddBaselines adds baselines to a selection that names some already, as in "SOC 2
// security, availability", and returns false where words are no baselines of it.
func (c *Catalog) AddBaselines(selection, words string) (joined string, ok bool) {
	id, _, some := strings.Cut(selection, "/")
	if !some || c.FrameworkWritten(words) != nil {
		return "", false
	}
	baselines, left := c.FrameworkWritten(id).cutBaselines(strings.Fields(words))
	if len(baselines) == 0 || left != "" {
		return "", false
	}
	return c.selectedBy(selection + "+" + strings.Join(baselines, "+"))
}

// selectedBy returns the Name of what FRAMEWORK/BASELINE+BASELINE selects, if it selects
// something.
func (c *Catalog) selectedBy(text string) (name string, ok bool) {
	f, baselines, unknown, problems := c.cutSelection(text)
	if f == nil || unknown != nil || problems != nil || len(slices.Compact(slices.Clone(baselines))) < len(baselines) {
		return "", false
	}
	return selectionName(f, baselines), true
}

// mostWords is how many words of a text may be the name of a framework.
const mostWords = 12

// readWords returns the selection that a text may mean, and the framework in it: nil
// where none is named. What is no baseline stays in the selection.
func (c *Catalog) readWords(text string) (string, *Framework) {
	words := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" ()/:\t", c) })
	for n := min(len(words), mostWords); n > 0; n-- {
		name := strings.Join(words[:n], " ")
		f := c.FrameworkWritten(name)
		guessed := f == nil
		if guessed {
			f = c.onlyFramework(name)
		}
		if f == nil {
			continue
		}
		rest := words[n:]
		if len(rest) > 0 && isVersionOf(f, rest[0]) {
			rest = rest[1:]
		}
		if again := c.FrameworkWritten(strings.Join(slices.Concat(words[:n], rest), " ")); again == f {
			rest = nil // its level is part of a name, as that of CMMC
		}
		baselines, left := f.cutBaselines(rest)
		switch {
		case left == "":
			return selectionName(f, baselines), f
		case !guessed || version.MatchString(left): // CIS Controls are something else
			return f.ID + "/" + left, f // for what the catalog says of it
		}
	}
	return "", nil
}

// likelySelection says which selection a text may mean that is none, or is "".
func (c *Catalog) likelySelection(text string) string {
	id, f := c.readWords(text)
	if f == nil {
		return ""
	}
	if name, ok := c.selectedBy(id); ok {
		return fmt.Sprintf("did you mean %q?", name)
	}
	return fmt.Sprintf("did you mean %q, which is %s? %s", f.ID, f.Name, f.baselineList())
}

// onlyFramework returns the framework whose id begins with these words, if no other one's
// does, or nil: CIS is the benchmark of AWS here.
func (c *Catalog) onlyFramework(words string) *Framework {
	ids := c.frameworksBeginning(words)
	if len(ids) != 1 {
		return nil
	}
	f, _ := c.Framework(ids[0])
	return f
}

var version = regexp.MustCompile(`^(?i:v)?(\d+(?:\.\d+)*?)(?:\.0)*$`)

// isVersionOf reports whether a word is the version of a framework, or the beginning of
// it: PCI DSS 4 is 4.0.1.
func isVersionOf(f *Framework, word string) bool {
	m := version.FindStringSubmatch(word)
	return m != nil && slices.ContainsFunc(append([]string{f.ID}, f.Aliases...), func(name string) bool {
		return strings.Contains(name+".", "-"+m[1]+".")
	})
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

// FrameworkWritten returns the framework that has a name, as Framework does, or that has it
// as people write revisions, such as Rev. 5. It returns nil where there is none.
func (c *Catalog) FrameworkWritten(name string) *Framework {
	if f, _ := c.Framework(name); f != nil {
		return f
	}
	for _, r := range revisions {
		if other := r.pattern.ReplaceAllString(name, r.with); other != name {
			if f, _ := c.Framework(other); f != nil {
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
func (f *Framework) cutBaselines(words []string) (baselines []string, left string) {
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
