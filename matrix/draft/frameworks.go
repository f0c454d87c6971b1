package draft

import (
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
		for _, name := range splitList(text, func(name string) bool { return cat.FrameworkWritten(name) != nil }) {
			if last := len(list) - 1; last >= first {
				if joined, ok := cat.AddBaselines(list[last].selection, name); ok {
					list[last] = framework{joined, joined}
					continue
				}
			}
			selection, more := cat.ReadSelection(name)
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
	_, problems := cat.Select([]catalog.FrameworkUse{{Ref: source.Ref{ID: name}}})
	if problems == nil && !strings.ContainsFunc(name, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsUpper(c) }) {
		return name
	}
	return selection
}
