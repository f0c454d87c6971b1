package catalog

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix/source"
)

// Selection is a framework as a manifest selects it: as a whole, or one or
// several of its baselines.
type Selection struct {
	Framework FrameworkInfo
	// Name is FRAMEWORK or FRAMEWORK/BASELINE+BASELINE..., with the ids of the
	// catalog and the baselines in the order of the framework.
	Name         string
	Requirements []*Requirement    // of any of the baselines, each once
	Included     []string          // requirements that the manifest takes in beside the baselines
	Excluded     map[string]string // requirements that the manifest leaves out, with the reason
	At           source.Pos        // where the manifest first names the framework
}

// Baselines returns the baselines that are selected, in the order of the
// framework: none for a framework as a whole.
func (s *Selection) Baselines() []string {
	_, names, _ := strings.Cut(s.Name, "/")
	return strings.FieldsFunc(names, func(c rune) bool { return c == '+' })
}

// LeftOut returns why a requirement or a statement is left out: the reason that the
// manifest gives, or the overlay that omits it. It returns "" where it is asked for.
func (s *Selection) LeftOut(q *Requirement) string {
	if reason := s.Excluded[q.ID]; reason != "" || !q.Omitted {
		return reason
	}
	return Omission(q.At)
}

// Omission says that an overlay leaves something out, and where.
func Omission(at source.Pos) string {
	return fmt.Sprintf("The organization's own catalog leaves it out (%s).", at)
}

// FrameworkUse is one line of frameworks: a framework or some of its
// baselines, with requirements taken in beside it and left out of it.
type FrameworkUse struct {
	source.Ref
	Include []source.Ref
	Exclude []Exclusion
}

// Exclusion leaves a requirement out, for a reason.
type Exclusion struct {
	Requirement source.Ref
	Reason      string
}

// Select finds what FRAMEWORK and FRAMEWORK/BASELINE+BASELINE... mean, by any
// names of the frameworks. Lines about one framework are one selection, which
// stands where the first of them does.
func (c *Catalog) Select(uses []FrameworkUse) ([]Selection, source.Diagnostics) {
	var list []*choice
	var problems source.Diagnostics
	for _, use := range uses {
		f, baselines, more := c.findSelection(use.Ref)
		if more != nil {
			problems = append(problems, more...)
			continue
		}
		i := slices.IndexFunc(list, func(s *choice) bool { return s.framework == f })
		if i < 0 {
			i, list = len(list), append(list, &choice{framework: f, at: use.At, baselines: map[string]source.Pos{}})
		}
		problems = append(problems, list[i].add(use, baselines)...)
	}
	var selections []Selection
	for _, s := range list {
		selection, more := s.selection()
		selections, problems = append(selections, selection), append(problems, more...)
	}
	return selections, problems.Sorted()
}

// findSelection reads FRAMEWORK or FRAMEWORK/BASELINE+BASELINE..., and returns
// the baselines in the order of the framework, or what is wrong.
func (c *Catalog) findSelection(ref source.Ref) (*Framework, []string, source.Diagnostics) {
	f, baselines, unknown, problems := c.cutSelection(ref.ID)
	for i := range problems {
		if problems[i].At.File == "" {
			problems[i].At = ref.At
		}
	}
	switch {
	case problems != nil:
		return nil, nil, problems
	case f == nil, unknown != nil && c.listedFrameworks(ref.ID) != nil:
		return nil, nil, source.Diagnostics{c.unknownSelection(ref)}
	}
	for _, name := range unknown {
		problems = append(problems, f.unknownBaseline(source.Ref{ID: name, At: ref.At}))
	}
	return f, baselines, problems
}

// cutSelection returns the framework and the baselines that a text names as selections
// are written: nil where there is no such framework, and which baselines it does not
// have. The name of a framework may hold a slash.
func (c *Catalog) cutSelection(text string) (f *Framework, baselines, unknown []string, problems source.Diagnostics) {
	name, rest, some := strings.Cut(text, "/")
	f, problems = c.Framework(strings.TrimSpace(name))
	if f == nil && problems == nil && some {
		f, problems = c.Framework(text)
		some = false
	}
	if f == nil || problems != nil || !some {
		return f, nil, nil, problems
	}
	for _, name := range strings.Split(rest, "+") {
		name = strings.TrimSpace(name)
		i := slices.IndexFunc(f.Baselines, func(b string) bool { return foldName(b) == foldName(name) })
		if i < 0 {
			unknown = append(unknown, name)
			continue
		}
		baselines = append(baselines, f.Baselines[i])
	}
	slices.SortFunc(baselines, func(a, b string) int { return slices.Index(f.Baselines, a) - slices.Index(f.Baselines, b) })
	return f, baselines, unknown, nil
}

// selectionName returns the Name of a Selection.
func selectionName(f *Framework, baselines []string) string {
	if len(baselines) == 0 {
		return f.ID
	}
	return f.ID + "/" + strings.Join(baselines, "+")
}

// unknownSelection says that no framework has the name in a selection, and which
// selection may be meant.
func (c *Catalog) unknownSelection(ref source.Ref) source.Diagnostic {
	parts, likely := c.listedFrameworks(ref.ID), ""
	if parts == nil {
		front, _, _ := strings.Cut(ref.ID, "/")
		likely, ref.ID = c.likelySelection(ref.ID), strings.TrimSpace(front)
	}
	problem := c.unknownFramework(ref)
	switch {
	case parts != nil:
		problem.Hint = "write a list: [" + strings.Join(parts, ", ") + "]"
	case likely != "":
		problem.Hint = likely
	}
	return problem
}

// unknownFramework says that no framework has a name, and which may be meant.
func (c *Catalog) unknownFramework(ref source.Ref) source.Diagnostic {
	if several := c.frameworksBeginning(ref.ID); len(several) > 1 {
		return source.Diagnostic{At: ref.At, Message: fmt.Sprintf("%q fits several frameworks: %s", ref.ID, strings.Join(several, ", ")), Hint: "name one of them"}
	}
	hint := source.DidYouMean(foldName(ref.ID), c.FrameworkIDs(), "see raci catalog list frameworks")
	return source.Diagnostic{At: ref.At, Message: fmt.Sprintf("unknown framework %q", ref.ID), Hint: hint}
}

// listedFrameworks returns the selections that a text lists, or nil where it lists
// anything else.
func (c *Catalog) listedFrameworks(text string) []string {
	parts := source.ListParts(text)
	for _, part := range parts {
		if len(parts) == 1 {
			return nil
		}
		if _, ok := c.selectedBy(part); !ok {
			return nil
		}
	}
	return parts
}

// frameworksBeginning returns the ids that begin with the words of a name.
func (c *Catalog) frameworksBeginning(name string) []string {
	begin := foldName(name) + "-"
	return slices.DeleteFunc(slices.Clone(c.FrameworkIDs()), func(id string) bool { return !strings.HasPrefix(id, begin) })
}

func (f *Framework) unknownBaseline(ref source.Ref) source.Diagnostic {
	hint := source.DidYouMean(ref.ID, f.Baselines, f.baselineList())
	if read, left := f.cutBaselines(strings.Fields(ref.ID)); len(read) > 0 && left == "" {
		hint = "did you mean \"" + strings.Join(read, "+") + "\"?"
	}
	return source.Diagnostic{At: ref.At, Message: fmt.Sprintf("unknown baseline %q of %s", ref.ID, f.ID), Hint: hint}
}

// baselineList says which baselines there are.
func (f *Framework) baselineList() string {
	if len(f.Baselines) == 0 {
		return "it has no baselines"
	}
	return "its baselines are " + strings.Join(f.Baselines, ", ")
}

// choice is what the lines about one framework select.
type choice struct {
	framework *Framework
	at        source.Pos            // of the first line
	whole     source.Pos            // of the line that selects the whole framework, if any
	baselines map[string]source.Pos // that lines select
	include   []source.Ref
	exclude   []Exclusion
}

// add adds a line. What another line selects already is a problem.
func (s *choice) add(use FrameworkUse, baselines []string) (problems source.Diagnostics) {
	id, at := s.framework.ID, use.At
	s.include, s.exclude = append(s.include, use.Include...), append(s.exclude, use.Exclude...)
	if len(baselines) == 0 {
		if s.whole.Line > 0 {
			problems.Add(at, "name it once", "the framework %q is named twice; the first is at line %d", id, s.whole.Line)
			return problems
		}
		s.whole = at
	}
	for _, b := range baselines {
		if first, ok := s.baselines[b]; ok {
			problems.Add(at, "name it once", "the baseline %q of %s is named twice; the first is at line %d", b, id, first.Line)
			continue
		}
		s.baselines[b] = at
	}
	return problems
}

// selection returns what is selected.
func (s *choice) selection() (Selection, source.Diagnostics) {
	f := s.framework
	var problems source.Diagnostics
	var names []string
	for _, b := range f.Baselines {
		at, ok := s.baselines[b]
		if !ok {
			continue
		}
		if names = append(names, b); s.whole.Line > 0 {
			problems.Add(at, fmt.Sprintf("remove %s/%s, or what selects the whole at line %d", f.ID, b, s.whole.Line), "the baseline %q is part of %s, which is selected as a whole", b, f.ID)
		}
	}
	include, more := f.findAsked(s.include)
	problems = append(problems, more...)
	for _, ref := range include {
		if q := f.Requirement(ref.ID); q.Omitted {
			problems.Add(ref.At, "remove one of the two", "%s leaves the requirement %q out", q.At, ref.ID)
		}
	}
	out := Selection{Framework: f.FrameworkInfo, Name: selectionName(f, names), At: s.at, Included: source.IDs(include), Excluded: map[string]string{}}
	for i := range f.Requirements {
		q := &f.Requirements[i]
		if !q.Withdrawn && (q.isIn(names) || slices.Contains(out.Included, q.ID)) {
			out.Requirements = append(out.Requirements, q)
		}
	}
	return out, append(problems, out.applyExclusions(f, s.exclude)...)
}

// applyExclusions reads the exclusions, and reports what is left out to no
// effect.
func (s *Selection) applyExclusions(f *Framework, exclusions []Exclusion) source.Diagnostics {
	var refs []source.Ref
	reasons := map[source.Pos]string{}
	for _, e := range exclusions {
		refs = append(refs, e.Requirement)
		reasons[e.Requirement.At] = e.Reason
	}
	refs, problems := f.findAsked(refs)
	for _, ref := range refs {
		switch {
		case slices.Contains(s.Included, ref.ID):
			problems.Add(ref.At, "remove one of the two", "the requirement %q is both taken in and left out", ref.ID)
		case !slices.ContainsFunc(s.Requirements, func(q *Requirement) bool { return q.ID == ref.ID }):
			problems.Add(ref.At, "remove the line", "the requirement %q is not in %s anyway", ref.ID, s.Name)
		}
		s.Excluded[ref.ID] = reasons[ref.At]
	}
	return problems
}

// findAsked returns the references with the ids of the framework. One that names
// nothing that the framework asks for, or that others name already, is a
// problem.
func (f *Framework) findAsked(refs []source.Ref) (found []source.Ref, problems source.Diagnostics) {
	first := map[string]source.Pos{}
	for _, ref := range refs {
		q, problem := f.findRequirement(ref)
		if problem != nil {
			problems = append(problems, *problem)
			continue
		}
		if before, ok := first[q.ID]; ok {
			problems.Add(ref.At, "remove one of the two", "the requirement %q is named twice; the first is at line %d", q.ID, before.Line)
			continue
		}
		first[q.ID] = ref.At
		if q.Withdrawn {
			problems.Add(ref.At, "remove the line", "the requirement %q has been withdrawn from %s", q.ID, f.ID)
			continue
		}
		found = append(found, source.Ref{ID: q.ID, At: ref.At})
	}
	return found, problems
}

// findRequirement finds the one requirement that a reference names.
func (f *Framework) findRequirement(ref source.Ref) (*Requirement, *source.Diagnostic) {
	name := ref.ID
	if id, ok := f.CutName(name); ok {
		name = id
	}
	switch found := f.Named(name); {
	case len(found) == 1 && found[0].Within == "":
		return found[0].Requirement, nil
	case len(found) == 1:
		return nil, &source.Diagnostic{At: ref.At, Message: fmt.Sprintf("%q is a statement of the requirement %q", ref.ID, found[0].Within), Hint: "name the requirement"}
	case len(found) > 1:
		return nil, &source.Diagnostic{At: ref.At, Message: fmt.Sprintf("%q fits several: %s", ref.ID, strings.Join(idsOf(found), ", ")), Hint: "name one of them"}
	}
	var known []string
	for _, q := range f.Requirements {
		known = append(known, q.ID)
	}
	return nil, &source.Diagnostic{At: ref.At, Message: fmt.Sprintf("unknown requirement %q of %s", ref.ID, f.ID), Hint: source.DidYouMean(ref.ID, known, "see raci catalog show "+f.ID)}
}
