package catalog

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"raci/matrix/source"
)

// Selection is a framework as a manifest selects it.
type Selection struct {
	Framework    FrameworkInfo
	Name         string // as the manifest writes it, such as nist-800-53-r5/moderate
	Requirements []*Requirement
	Included     []string          // requirements that the manifest takes in beside the baseline
	Excluded     map[string]string // requirements that the manifest leaves out, with the reason
	At           source.Pos
}

// Baseline returns the baseline that is selected, such as moderate, or "" for
// a framework as a whole.
func (s *Selection) Baseline() string {
	_, baseline, _ := strings.Cut(s.Name, "/")
	return baseline
}

// LeftOut returns why a requirement or a statement is left out: the reason that the
// manifest gives, or the overlay that omits it. It returns "" where it is asked for.
func (s *Selection) LeftOut(q *Requirement) string {
	if reason := s.Excluded[q.ID]; reason != "" || !q.Omitted {
		return reason
	}
	return fmt.Sprintf("The organization's own catalog leaves it out (%s).", q.At)
}

// FrameworkUse is one line of frameworks: a framework or one of its
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

// Select finds what FRAMEWORK or FRAMEWORK/BASELINE means.
func (c *Catalog) Select(use FrameworkUse) (*Selection, source.Diagnostics) {
	ref := use.Ref
	id, baseline, _ := strings.Cut(ref.ID, "/")
	f, err := c.Framework(id)
	if err != nil {
		return nil, err
	}
	if f == nil {
		return nil, source.Diagnostics{{At: ref.At, Message: fmt.Sprintf("unknown framework %q", id), Hint: source.DidYouMean(id, c.FrameworkIDs(), "see raci catalog list frameworks")}}
	}
	if baseline != "" && !slices.Contains(f.Baselines, baseline) {
		return nil, source.Diagnostics{f.unknownBaseline(source.Ref{ID: baseline, At: ref.At})}
	}
	s := &Selection{Framework: f.FrameworkInfo, Name: path.Join(f.ID, baseline), At: ref.At, Included: source.IDs(use.Include), Excluded: map[string]string{}}
	for i := range f.Requirements {
		q := &f.Requirements[i]
		inside := baseline == "" || slices.Contains(q.Baselines, baseline) || slices.ContainsFunc(use.Include, func(r source.Ref) bool { return r.ID == q.ID })
		if !q.Withdrawn && inside {
			s.Requirements = append(s.Requirements, q)
		}
	}
	return s, s.applyExclusions(f, use).Sorted()
}

func (f *Framework) unknownBaseline(ref source.Ref) source.Diagnostic {
	otherwise := "it has no baselines"
	if len(f.Baselines) > 0 {
		otherwise = "its baselines are " + strings.Join(f.Baselines, ", ")
	}
	return source.Diagnostic{At: ref.At, Message: fmt.Sprintf("unknown baseline %q of %s", ref.ID, f.ID), Hint: source.DidYouMean(ref.ID, f.Baselines, otherwise)}
}

// applyExclusions reads the exclusions, and reports what is taken in or left out to no
// effect.
func (s *Selection) applyExclusions(f *Framework, use FrameworkUse) source.Diagnostics {
	var problems source.Diagnostics
	for _, ref := range use.Include {
		if f.checkAsked(ref, &problems) && f.Requirement(ref.ID).Omitted {
			problems.Add(ref.At, "remove one of the two", "%s leaves the requirement %q out", f.Requirement(ref.ID).At, ref.ID)
		}
	}
	for _, e := range use.Exclude {
		ref := e.Requirement
		switch {
		case !f.checkAsked(ref, &problems):
		case slices.ContainsFunc(use.Include, func(r source.Ref) bool { return r.ID == ref.ID }):
			problems.Add(ref.At, "remove one of the two", "the requirement %q is both taken in and left out", ref.ID)
		case !slices.ContainsFunc(s.Requirements, func(q *Requirement) bool { return q.ID == ref.ID }):
			problems.Add(ref.At, "remove the line", "the requirement %q is not in %s anyway", ref.ID, s.Name)
		}
		s.Excluded[ref.ID] = e.Reason
	}
	return problems
}

// checkAsked reports whether the framework asks for the requirement, and adds a
// problem if it does not.
func (f *Framework) checkAsked(ref source.Ref, problems *source.Diagnostics) bool {
	switch q := f.Requirement(ref.ID); {
	case q == nil:
		var known []string
		for _, q := range f.Requirements {
			known = append(known, q.ID)
		}
		problems.Add(ref.At, source.DidYouMean(ref.ID, known, "see raci catalog show "+f.ID), "unknown requirement %q of %s", ref.ID, f.ID)
	case q.Withdrawn:
		problems.Add(ref.At, "remove the line", "the requirement %q has been withdrawn from %s", ref.ID, f.ID)
	default:
		return true
	}
	return false
}
