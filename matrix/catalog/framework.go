package catalog

import (
	"maps"
	"slices"

	"raci/matrix/source"
)

// Framework is a numbered list of requirements, each linked to the duties
// that answer it.
type Framework struct {
	FrameworkInfo
	Requirements []Requirement
	At           source.Pos
}

// FrameworkInfo is what a framework says about itself, apart from its
// requirements.
type FrameworkInfo struct {
	ID        string
	Name      string
	Publisher string
	Note      string
	Aliases   []string
	Source    Source
	Baselines []string // names of selections, such as moderate
	Reports   []string // of AWS, which show its part in any requirement
}

// Requirement is one numbered item of a framework, or one of its statements.
type Requirement struct {
	ID        string
	Title     string
	Baselines []string // that hold it
	Duties    []string // that answer it
	// AWSPart are those of Duties in which AWS's side is about the requirement,
	// and AWSApart those of them that AWS does for itself and the customer
	// cannot lean on. AWS's side of other duties is no part of the answer.
	AWSPart, AWSApart []string
	// Inheritance is the most that the customer can lean on AWS's work, where
	// that is less than the duties say, or "".
	Inheritance  Inheritance
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
	At         source.Pos
}

// Parts returns the statements of a requirement, or itself if it has none.
func (q *Requirement) Parts() []*Requirement {
	if len(q.Statements) == 0 {
		return []*Requirement{q}
	}
	list := make([]*Requirement, len(q.Statements))
	for i := range q.Statements {
		list[i] = &q.Statements[i]
	}
	return list
}

// Asked returns the requirements that ask for something, of a baseline or of all
// if it is "": neither headings nor what the publisher has withdrawn.
func (f *Framework) Asked(baseline string) []Requirement {
	var asked []Requirement
	for _, q := range f.Requirements {
		if !q.Group && !q.Withdrawn && (baseline == "" || slices.Contains(q.Baselines, baseline)) {
			asked = append(asked, q)
		}
	}
	return asked
}

// IsAbout reports whether rows of the service answer the requirement. What is
// done once, which has no service, answers it where one of its services is in
// use.
func (q *Requirement) IsAbout(service string, inUse map[string]bool) bool {
	return len(q.Services) == 0 || slices.Contains(q.Services, service) || service == "" && q.Occurs(inUse)
}

// TakesAWSPartFrom reports whether AWS's side of a duty is about the requirement.
func (q *Requirement) TakesAWSPartFrom(duty string) bool { return slices.Contains(q.AWSPart, duty) }

// Occurs reports whether a service that the requirement is about is in use.
func (q *Requirement) Occurs(inUse map[string]bool) bool {
	return len(q.Services) == 0 || slices.ContainsFunc(q.Services, func(s string) bool { return inUse[s] })
}

// FrameworkIDs returns the ids of all frameworks, sorted. It reads no file.
func (c *Catalog) FrameworkIDs() []string { return c.ids("frameworks") }

// Framework reads a framework by its id or an alias. It returns nil where
// there is none.
func (c *Catalog) Framework(id string) (*Framework, source.Diagnostics) {
	if !slices.Contains(c.FrameworkIDs(), id) {
		return c.frameworkByAlias(id)
	}
	f, problems := c.frameworkByID(id)
	return f, problems.Sorted()
}

func (c *Catalog) frameworkByID(id string) (*Framework, source.Diagnostics) {
	if f, ok := c.frameworks[id]; ok {
		return f, nil
	}
	var f *Framework
	var problems source.Diagnostics
	for layer := range c.layers {
		r, top := c.openFile(layer, "frameworks/"+id+".yaml")
		if top != nil {
			f = r.framework(top)
		}
		problems = append(problems, r.Problems...)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	c.frameworks[id] = f
	return f, nil
}

// frameworkByAlias reads the frameworks until one has this alias.
func (c *Catalog) frameworkByAlias(alias string) (*Framework, source.Diagnostics) {
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
