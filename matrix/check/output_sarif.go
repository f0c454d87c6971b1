package check

import (
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"raci/matrix/source"
)

// Notes on the readers of SARIF:
//
//   - GitHub and VS Code show the message of a result, but neither its logical
//     location nor a fix: row and way out are in the message as well.
//   - GitHub takes a rule without a help text for invalid, shows the help
//     alone, and breaks its lines where the Markdown does. So the help repeats
//     title and meaning, one paragraph a line.
//   - VS Code shows a dash for a rule without a name. The name must differ
//     from the id, and the standard suggests one like NoAccountable.
//   - A brace stands for itself. The standard wants it doubled, because {0} is
//     an argument; but VS Code halves none where there are no arguments, and
//     CodeQL, to which the others adapt, doubles none.
//   - GitHub ignores suppressions, and shows what is suppressed as an open alert.
//     So what was waived is no result; text, JSON and JUnit have it.
//   - GitHub tracks alerts by a fingerprint named primaryLocationLineHash and
//     by no other. Its upload action computes that from the line, and warns
//     about each value that differs, so it is left to the action.
//   - GitHub stores the worst 5,000 results of a run, refuses a file with more
//     than 25,000, and one with a result that has no location.
//   - GitHub stores nothing of a run that failed, so that its alerts do not
//     close: a pipeline shows the findings of the others by another output.

const (
	// sarifMaxResults is how many results a file has. It is what GitHub stores.
	sarifMaxResults = 5000
	// sarifMaxRows is how many rows of a group are named.
	sarifMaxRows = 100
)

// sarifWriter makes results of items.
type sarifWriter struct {
	result  Result
	rules   map[string]int    // the index of each
	texts   map[string][]byte // of the manifests that were read
	quoters map[string]*quoter
}

func writeSARIF(w io.Writer, r Result) error {
	r = r.inRepository()
	items, left := sarifKept(sarifItems(r))
	run := sarifRun{
		Tool: sarifTool{sarifDriver{Name: "raci", Version: r.Version}},
		OriginalURIBaseIDs: map[string]sarifBaseURI{
			sarifRoot: {sarifMessage{Text: "The root of the repository."}},
		},
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	s := sarifWriter{result: r, rules: map[string]int{}, texts: map[string][]byte{}, quoters: map[string]*quoter{}}
	for _, rule := range sarifRules(r, left) {
		s.rules[rule.ID] = len(run.Tool.Driver.Rules)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, newSARIFRule(rule))
	}
	for _, f := range r.Files {
		s.texts[f.file()] = f.Source
	}
	run.Invocations = []sarifInvocation{s.invocation()}
	seen := map[[2]string]int{} // by file and contents
	for _, g := range append(items, sarifLeftOut(left)...) {
		result := s.newResult(&g)
		key := [2]string{g.At.File, sarifHash(&g)}
		seen[key]++
		// The count distinguishes two results that differ in their place alone.
		result.PartialFingerprints = map[string]string{sarifFingerprint: fmt.Sprintf("%s:%d", key[1], seen[key])}
		run.Results = append(run.Results, result)
	}
	text, err := encodeJSON("", sarifLog{sarifSchema, "2.1.0", []sarifRun{run}})
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// sarifRules are all rules of check, and of the others those of a result.
func sarifRules(r Result, left []group) []Rule {
	rules := reportedRules(r)
	if len(r.AllErrors()) > 0 {
		rules = append(rules, RunRules[0])
	}
	if len(left) > 0 {
		rules = append(rules, RunRules[1])
	}
	return rules
}

// sarifItems returns the errors, and then the findings. What several manifests say of
// one place, such as a file of an overlay that they share, is one item; a stored
// matrix shares no place with another input.
func sarifItems(r Result) []group {
	var items []group
	for _, x := range r.AllErrors() {
		if x.At.File == "" && len(r.Files) > 0 { // a result must have a place
			x.At.File = r.Files[0].file()
		}
		items = append(items, group{Diagnostic: badInput(x), all: []source.Diagnostic{x}})
	}
	index := map[groupKey]int{}
	for i := range r.Files {
		f := &r.Files[i]
		if f.Stored {
			items = append(items, f.placed(grouped(distinct(f.Findings)))...)
			continue
		}
		for _, g := range grouped(f.Findings) {
			i, seen := index[keyOf(g.Diagnostic)]
			if !seen {
				i = len(items)
				index[keyOf(g.Diagnostic)] = i
				items = append(items, group{Diagnostic: g.Diagnostic})
			}
			items[i].all = distinct(append(items[i].all, g.all...))
		}
	}
	return items
}

// distinct returns the findings without those that repeat another one.
func distinct(findings []source.Diagnostic) []source.Diagnostic {
	type key struct {
		rule, row, message string
		at                 source.Pos
	}
	seen := map[key]bool{}
	var list []source.Diagnostic
	for _, x := range findings {
		if k := (key{x.Rule, x.Row, x.Message, x.At}); !seen[k] {
			seen[k] = true
			list = append(list, x)
		}
	}
	return list
}

// sarifKept returns as many items as the file takes, and those that it leaves
// out, the worst of them first: the mildest and last.
func sarifKept(items []group) (kept, left []group) {
	if len(items) <= sarifMaxResults {
		return items, nil
	}
	order := make([]int, len(items))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(items[a].Severity) - rank(items[b].Severity) })
	const most = sarifMaxResults - 1 // one more says what is left out
	for _, i := range order[most:] {
		left = append(left, items[i])
	}
	for _, i := range slices.Sorted(slices.Values(order[:most])) {
		kept = append(kept, items[i])
	}
	return kept, left
}

// sarifLeftOut says how many findings the file leaves out, by rule.
func sarifLeftOut(left []group) []group {
	if len(left) == 0 {
		return nil
	}
	worst, total := left[0], 0
	counts := map[string]int{}
	var names []string
	for _, item := range left {
		name := item.Rule + ", " + string(item.Severity)
		if counts[name] == 0 {
			names = append(names, name)
		}
		counts[name] += len(item.all)
		total += len(item.all)
		if rank(item.Severity) < rank(worst.Severity) {
			worst = item
		}
	}
	for i, name := range names {
		names[i] = fmt.Sprintf("%d of %s", counts[name], name)
	}
	x := source.Diagnostic{Rule: RunRules[1].ID, Severity: worst.Severity, At: source.Pos{File: worst.At.File}, Hint: RunRules[1].Fix,
		Message: fmt.Sprintf("%s not in this file, which has the worst %d results (%s)", verbed(total), sarifMaxResults, strings.Join(names, "; "))}
	return []group{{Diagnostic: x, all: []source.Diagnostic{x}}}
}

func verbed(findings int) string {
	if findings == 1 {
		return "1 more finding is"
	}
	return fmt.Sprintf("%d more findings are", findings)
}

// invocation says whether all could be read, and what could not.
func (s *sarifWriter) invocation() sarifInvocation {
	errors := s.result.AllErrors()
	inv := sarifInvocation{ExecutionSuccessful: len(errors) == 0}
	for _, x := range errors[:min(len(errors), sarifMaxResults)] {
		n := sarifNotification{Level: "error", Message: sarifMessage{Text: sarifText(x.Message, x.Hint)},
			AssociatedRule: sarifReference{RunRules[0].ID, s.rules[RunRules[0].ID]}}
		if x.At.File != "" {
			n.Locations = []sarifLocation{s.place(x.At)}
		}
		inv.Notifications = append(inv.Notifications, n)
	}
	return inv
}

func (s *sarifWriter) newResult(g *group) sarifResult {
	location := s.place(g.At)
	for _, x := range g.all[:min(len(g.all), sarifMaxRows)] {
		if x.Row != "" {
			name := x.Row[strings.LastIndexByte(x.Row, '/')+1:]
			location.LogicalLocations = append(location.LogicalLocations, sarifLogicalLocation{name, x.Row, "row"})
		}
	}
	result := sarifResult{
		RuleID: g.Rule, RuleIndex: s.rules[g.Rule], Level: sarifLevel(g.Severity), Message: sarifMessage{Text: sarifGroupText(g)},
		Locations: []sarifLocation{location}, Related: s.related(g.all[:min(len(g.all), shownRows)]),
	}
	if len(g.all) > 1 {
		result.OccurrenceCount = len(g.all)
	}
	return result
}

// place returns where something is. A word has an end; of a text that is not at
// hand the first character stands for it.
func (s *sarifWriter) place(at source.Pos) sarifLocation {
	location := sarifLocation{PhysicalLocation: sarifPhysicalLocation{ArtifactLocation: sarifArtifact(at.File)}}
	switch {
	case at.Line > 0 && at.Col > 0:
		location.PhysicalLocation.Region = &sarifRegion{at.Line, at.Col, at.Line, s.quotes(at.File).endColumn(at.Line, at.Col)}
	case at.Line > 0:
		location.PhysicalLocation.Region = &sarifRegion{StartLine: at.Line, EndLine: at.Line}
	}
	return location
}

// quotes returns what looks up the lines of a file.
func (s *sarifWriter) quotes(file string) *quoter {
	q := s.quoters[file]
	if q == nil {
		text := s.texts[file]
		if text == nil && s.result.Text != nil {
			text = s.result.Text(file)
		}
		q = newQuoter(text)
		s.quoters[file] = q
	}
	return q
}

func (s *sarifWriter) related(findings []source.Diagnostic) []sarifLocation {
	var list []sarifLocation
	seen := map[source.Related]bool{}
	for _, x := range findings {
		for _, r := range x.Related {
			if !seen[r] {
				seen[r] = true
				location := s.place(r.At)
				location.Message = &sarifMessage{Text: sentence(r.Message)}
				list = append(list, location)
			}
		}
	}
	return list
}

func sarifLevel(s source.Severity) string {
	switch s {
	case source.Error, source.Note:
		return string(s)
	}
	return string(source.Warning)
}

// sarifArtifact returns the URI of a file, relative to the root unless the
// user wrote an absolute path.
func sarifArtifact(file string) sarifArtifactLocation {
	path := filepath.ToSlash(filepath.Clean(file))
	if !filepath.IsAbs(file) && !strings.HasPrefix(path, "/") {
		return sarifArtifactLocation{(&url.URL{Path: path}).String(), sarifRoot}
	}
	if !strings.HasPrefix(path, "/") { // C:/...
		path = "/" + path
	}
	return sarifArtifactLocation{URI: (&url.URL{Scheme: "file", Path: path}).String()}
}
