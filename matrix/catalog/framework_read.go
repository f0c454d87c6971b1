package catalog

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"raci/matrix/source"
)

// framework reads a file of a framework. What an overlay says of a framework that
// exists is merged into it, requirement by requirement.
func (r *reader) framework(top *yaml.Node, f *Framework, known bool) {
	if !known {
		f.At = r.Pos(top)
	}
	var like *Framework
	var otherIDs, requirements *yaml.Node
	r.Object(top, "the framework", []source.Field{
		source.Required("id", func(n *yaml.Node) { f.ID = r.idOfFile(n) }),
		source.RequiredIf(!known, "name", func(n *yaml.Node) { f.Name = r.Name(n, "name") }),
		source.Optional("publisher", func(n *yaml.Node) { f.Publisher = r.Name(n, "publisher") }),
		source.Optional("note", func(n *yaml.Node) { f.Note, _ = r.Text(n, "note") }),
		source.Optional("aliases", func(n *yaml.Node) { f.Aliases = withNew(f.Aliases, r.Refs(n, "alias")) }),
		source.Optional("source", func(n *yaml.Node) { f.Source = r.source(n) }),
		source.Optional("like", func(n *yaml.Node) { like = r.likeFramework(r.Ref(n, "like"), f) }),
		source.Optional("baselines", func(n *yaml.Node) {
			r.Items(n, "baselines", true, func(n *yaml.Node) { f.Baselines = withNew(f.Baselines, []source.Ref{{ID: r.ID(n, "baseline")}}) })
		}),
		source.Optional("reports", func(n *yaml.Node) { f.Reports = source.IDs(r.Refs(n, "report")) }),
		source.Optional("other-ids", func(n *yaml.Node) { otherIDs = n }),
		source.RequiredIf(!known, "requirements", func(n *yaml.Node) { requirements = n }),
	})
	if requirements != nil && !r.baseless {
		was := Framework{Requirements: slices.Clone(f.Requirements)} // what is added moves the others
		below := was.newNames()
		first := map[string]source.Pos{}
		r.Pairs(requirements, "requirements", func(key, value *yaml.Node) {
			id, ok := r.requirementID(key, below)
			if before, again := first[id]; again {
				r.Add(key, "make them one", "the requirement %q stands twice in this file; the first is at line %d", id, before.Line)
				return
			}
			if first[id] = r.Pos(key); !ok {
				return
			}
			switch q := r.requirement(key, value, id, f, like); {
			case q == nil:
			case known:
				f.insert(*q)
			default:
				f.Requirements = append(f.Requirements, *q)
			}
		})
	}
	if otherIDs != nil && !r.baseless {
		r.otherIDs(otherIDs, f)
	}
}

// otherIDs reads other ids, each with the requirement that it means, or with
// several of which it means all.
func (r *reader) otherIDs(n *yaml.Node, f *Framework) {
	names := f.newNames()
	r.Pairs(n, "other-ids", func(key, value *yaml.Node) {
		alias := r.Ref(key, "id")
		for _, ref := range r.Refs(value, "requirement") {
			if found := names.Find(ref.ID); len(found) == 1 && found[0].Within == "" {
				q := found[0].Requirement
				q.Aliases = withNew(slices.Clip(q.Aliases), []source.Ref{alias})
			} else {
				r.Problems.Add(ref.At, source.DidYouMean(ref.ID, f.requirementIDs(), "name one of this framework"), "unknown requirement %q", ref.ID)
			}
		}
	})
}

// requirementID reads the id of a requirement: of one that a layer below has, in
// any way to write it, or a new one. It returns false where that is a problem.
func (r *reader) requirementID(key *yaml.Node, below *RequirementNames) (string, bool) {
	id := r.Name(key, "id of a requirement")
	found := below.Find(id)
	switch {
	case len(found) == 0:
		return id, true
	case len(found) > 1:
		r.Add(key, "name one of them", "%q fits several: %s", id, strings.Join(idsOf(found), ", "))
		return id, false
	case found[0].Within != "":
		r.Add(key, fmt.Sprintf("write %s: {statements: {%s: ...}}", found[0].Within, found[0].letter()), "%q is a statement of the requirement %q", id, found[0].Within)
		return id, false
	}
	return found[0].ID, true
}

// withNew returns the words with those that are not among them yet.
func withNew(words []string, refs []source.Ref) []string {
	for _, ref := range refs {
		if !slices.Contains(words, ref.ID) {
			words = append(words, ref.ID)
		}
	}
	return words
}

// likeFramework returns the framework from whose requirements another one
// starts, or nil. One level is enough, and cannot go round in circles. A file that
// corrects a framework starts from it, whether it says so or not.
func (r *reader) likeFramework(ref source.Ref, f *Framework) *Framework {
	switch {
	case ref.ID == "" || ref.ID == f.ID && f.Requirements != nil:
		return nil
	case !slices.Contains(r.c.FrameworkIDs(), ref.ID):
		r.Problems = append(r.Problems, r.c.unknownFramework(ref))
		return nil
	case r.c.starting:
		r.Problems.Add(ref.At, "name that one in the other file", "a framework from which another one starts cannot itself start from %q", ref.ID)
		return nil
	}
	r.c.starting = true
	defer func() { r.c.starting = false }()
	other, problems := r.c.frameworkByID(ref.ID)
	r.Problems = append(r.Problems, problems...)
	r.baseless = len(problems) > 0
	return other
}
