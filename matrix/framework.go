package matrix

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// Framework is a numbered list of requirements, each linked to the duties
// that answer it.
type Framework struct {
	ID           string
	Name         string
	Publisher    string
	Note         string
	Aliases      []string
	Source       Source
	Baselines    []string // names of selections, such as moderate
	Reports      []string // of AWS, which show its part in any requirement
	Requirements []Requirement
	At           Pos
}

// Requirement is one numbered item of a framework, or one of its statements.
type Requirement struct {
	ID           string
	Title        string
	Baselines    []string // that hold it
	Duties       []string // that answer it
	Services     []string // ids of those it is about; none for all
	Organization string   // what the organization does itself
	Evidence     []string // of what the organization does itself
	// Outside is what the organization does outside of the system on AWS: in
	// its own offices, on its own devices. It does not decide who owns the
	// requirement.
	Outside string
	// Statements are the parts of the requirement that its publisher letters,
	// such as AC-2a. They have no titles. Where there are any, Duties are all
	// of theirs, and Organization and Outside are theirs with the letters.
	Statements []Requirement
	Group      bool // a heading, answered through its parts
	Withdrawn  bool // no longer asked for by the publisher
	At         Pos
}

// parts returns the statements of a requirement, or itself if it has none.
func (q *Requirement) parts() []*Requirement {
	if len(q.Statements) == 0 {
		return []*Requirement{q}
	}
	list := make([]*Requirement, len(q.Statements))
	for i := range q.Statements {
		list[i] = &q.Statements[i]
	}
	return list
}

// isAbout reports whether rows of the service answer the requirement. What is
// done once, which has no service, answers it where one of its services is in
// use.
func (q *Requirement) isAbout(service string, inUse map[string]bool) bool {
	return len(q.Services) == 0 || slices.Contains(q.Services, service) || service == "" && q.occurs(inUse)
}

// occurs reports whether a service that the requirement is about is in use.
func (q *Requirement) occurs(inUse map[string]bool) bool {
	return len(q.Services) == 0 || slices.ContainsFunc(q.Services, func(s string) bool { return inUse[s] })
}

// FrameworkIDs returns the ids of all frameworks, sorted. It reads no file.
func (c *Catalog) FrameworkIDs() []string { return c.ids("frameworks") }

// Framework reads a framework by its id or an alias. It returns nil where
// there is none. The error, if any, is of type Problems.
func (c *Catalog) Framework(id string) (*Framework, error) {
	if !slices.Contains(c.FrameworkIDs(), id) {
		return c.frameworkByAlias(id)
	}
	f, problems := c.frameworkByID(id)
	return f, problems.Err()
}

func (c *Catalog) frameworkByID(id string) (*Framework, Problems) {
	if f, ok := c.frameworks[id]; ok {
		return f, nil
	}
	var f *Framework
	var problems Problems
	for layer := range c.layers {
		r, top := c.open(layer, "frameworks/"+id+".yaml")
		if top != nil {
			f = r.framework(top)
		}
		problems = append(problems, r.problems...)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	c.frameworks[id] = f
	return f, nil
}

// frameworkByAlias reads the frameworks until one has this alias.
func (c *Catalog) frameworkByAlias(alias string) (*Framework, error) {
	for _, id := range c.FrameworkIDs() {
		key := maps.Clone(c.read)
		f, err := c.Framework(id)
		if err != nil {
			return nil, err
		}
		if slices.Contains(f.Aliases, alias) {
			return f, nil
		}
		c.read = key // a framework that is not meant says nothing in the digest
	}
	return nil, nil
}

// Selection is a framework as a manifest selects it.
type Selection struct {
	Framework    *Framework
	Name         string // as the manifest writes it, such as nist-800-53-r5/moderate
	Requirements []*Requirement
	Excluded     map[string]string // requirements that the manifest leaves out, with the reason
	At           Pos
}

// Baseline returns the baseline that is selected, such as moderate, or "" for
// a framework as a whole.
func (s *Selection) Baseline() string {
	_, baseline, _ := strings.Cut(s.Name, "/")
	return baseline
}

// AuthorizationBaselines returns the selected baselines of FedRAMP revision 5
// and NIST SP 800-53 revision 5: FedRAMP's before NIST's, each in the order of
// the manifest. A report that an authorization rests on is for the first.
func (m *Matrix) AuthorizationBaselines() []*Selection {
	var list []*Selection
	for _, framework := range []string{"fedramp-rev5", "nist-800-53-r5"} {
		for i := range m.Frameworks {
			if s := &m.Frameworks[i]; s.Framework.ID == framework && s.Baseline() != "" {
				list = append(list, s)
			}
		}
	}
	return list
}

// FrameworkUse is one line of frameworks: a framework or one of its
// baselines, with requirements taken in beside it and left out of it.
type FrameworkUse struct {
	Ref
	Include []Ref
	Exclude []Exclusion
}

// Exclusion leaves a requirement out, for a reason.
type Exclusion struct {
	Requirement Ref
	Reason      string
}

// selectFramework finds what FRAMEWORK or FRAMEWORK/BASELINE means.
func (c *Catalog) selectFramework(use FrameworkUse) (*Selection, error) {
	ref := use.Ref
	id, baseline, _ := strings.Cut(ref.ID, "/")
	f, err := c.Framework(id)
	if err != nil {
		return nil, err
	}
	if f == nil {
		return nil, Problems{{ref.At, fmt.Sprintf("unknown framework %q", id), didYouMean(id, c.FrameworkIDs(), "see raci catalog list frameworks")}}
	}
	if baseline != "" && !slices.Contains(f.Baselines, baseline) {
		return nil, Problems{{ref.At, fmt.Sprintf("unknown baseline %q of %s", baseline, f.ID), didYouMean(baseline, f.Baselines, "its baselines are "+strings.Join(f.Baselines, ", "))}}
	}
	s := &Selection{Framework: f, Name: path.Join(f.ID, baseline), At: ref.At, Excluded: map[string]string{}}
	for i := range f.Requirements {
		q := &f.Requirements[i]
		inside := baseline == "" || slices.Contains(q.Baselines, baseline) || slices.ContainsFunc(use.Include, func(r Ref) bool { return r.ID == q.ID })
		if !q.Withdrawn && inside {
			s.Requirements = append(s.Requirements, q)
		}
	}
	return s, s.scope(use).Err()
}

// scope reads the exclusions, and reports what is taken in or left out to no
// effect.
func (s *Selection) scope(use FrameworkUse) Problems {
	var problems Problems
	for _, ref := range use.Include {
		s.asked(ref, &problems)
	}
	for _, e := range use.Exclude {
		ref := e.Requirement
		switch {
		case !s.asked(ref, &problems):
		case slices.ContainsFunc(use.Include, func(r Ref) bool { return r.ID == ref.ID }):
			problems.add(ref.At, "remove one of the two", "the requirement %q is both taken in and left out", ref.ID)
		case !slices.ContainsFunc(s.Requirements, func(q *Requirement) bool { return q.ID == ref.ID }):
			problems.add(ref.At, "remove the line", "the requirement %q is not in %s anyway", ref.ID, s.Name)
		}
		s.Excluded[ref.ID] = e.Reason
	}
	return problems
}

// asked reports whether the framework asks for the requirement, and adds a
// problem if it does not.
func (s *Selection) asked(ref Ref, problems *Problems) bool {
	switch q := s.Framework.requirement(ref.ID); {
	case q == nil:
		var known []string
		for _, q := range s.Framework.Requirements {
			known = append(known, q.ID)
		}
		problems.add(ref.At, didYouMean(ref.ID, known, "see raci catalog show "+s.Framework.ID), "unknown requirement %q of %s", ref.ID, s.Framework.ID)
	case q.Withdrawn:
		problems.add(ref.At, "remove the line", "the requirement %q has been withdrawn from %s", ref.ID, s.Framework.ID)
	default:
		return true
	}
	return false
}
