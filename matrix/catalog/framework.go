package catalog

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"raci/matrix/source"
)

// Framework is a numbered list of requirements, each linked to the duties
// that answer it.
type Framework struct {
	FrameworkInfo
	Requirements []Requirement
	At           source.Pos
	read         map[string][sha256.Size]byte // files, for the digest
	names        *RequirementNames            // once a requirement was asked for
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
	Aliases   []string // other ids under which it is known, such as that of CMMC
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
	// Omitted is a requirement or a statement that an overlay leaves out, at the
	// place At. It stays in its place, so that reports show that.
	Omitted bool
	At      source.Pos
}

// Parts returns the statements of a requirement that no overlay leaves out, or
// itself if it has no statements.
func (q *Requirement) Parts() []*Requirement {
	if len(q.Statements) == 0 {
		return []*Requirement{q}
	}
	list := make([]*Requirement, 0, len(q.Statements))
	for i := range q.Statements {
		if !q.Statements[i].Omitted {
			list = append(list, &q.Statements[i])
		}
	}
	return list
}

// Asked returns the requirements that ask for something, of any of the baselines
// or of all if none is named: neither headings nor what the publisher has
// withdrawn or an overlay leaves out.
func (f *Framework) Asked(baselines ...string) []Requirement {
	var asked []Requirement
	for _, q := range f.Requirements {
		if !q.Group && !q.Withdrawn && !q.Omitted && q.isIn(baselines) {
			asked = append(asked, q)
		}
	}
	return asked
}

// Omitted returns the requirements and statements that overlays leave out, of
// any of the baselines or of all if none is named.
func (f *Framework) Omitted(baselines ...string) []Requirement {
	var omitted []Requirement
	for _, q := range f.Requirements {
		switch {
		case !q.isIn(baselines):
		case q.Omitted:
			omitted = append(omitted, q)
		default:
			for _, part := range q.Statements {
				if part.Omitted {
					omitted = append(omitted, part)
				}
			}
		}
	}
	return omitted
}

// isIn reports whether one of the baselines holds the requirement, or none is
// named.
func (q *Requirement) isIn(baselines []string) bool {
	return len(baselines) == 0 || slices.ContainsFunc(q.Baselines, func(b string) bool { return slices.Contains(baselines, b) })
}

// Requirement returns the requirement with this id, or nil. A framework that
// is nil has none.
func (f *Framework) Requirement(id string) *Requirement {
	if f == nil {
		return nil
	}
	for i := range f.Requirements {
		if f.Requirements[i].ID == id {
			return &f.Requirements[i]
		}
	}
	return nil
}

func (f *Framework) requirementIDs() []string {
	ids := make([]string, len(f.Requirements))
	for i := range f.Requirements {
		ids[i] = f.Requirements[i].ID
	}
	return ids
}

// insert puts a requirement that an overlay adds where a reader looks for it:
// among those whose ids begin alike, in the order of their numbers, or else at
// the end.
func (f *Framework) insert(q Requirement) {
	at := -1
	for i, other := range f.Requirements {
		switch {
		case family(other.ID) != family(q.ID):
		case numbered(other.ID) < numbered(q.ID):
			at = i + 1
		case at < 0:
			at = i
		}
	}
	if at < 0 {
		at = len(f.Requirements)
	}
	f.Requirements = slices.Insert(f.Requirements, at, q)
}

// family is what an id begins with before its first number: CC of CC8.1.
func family(id string) string {
	if i := strings.IndexAny(id, "0123456789"); i >= 0 {
		return id[:i]
	}
	return id
}

var digits = regexp.MustCompile(`\d+`)

// numbered returns an id that sorts by its numbers: AC-2 before AC-10.
func numbered(id string) string {
	return digits.ReplaceAllStringFunc(id, func(n string) string { return fmt.Sprintf("%09s", n) })
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

// Framework reads a framework by its id, its name or an alias, in capitals or
// not, with spaces or hyphens between the words. It returns nil where there is
// none, and a diagnostic where several have this name.
func (c *Catalog) Framework(name string) (*Framework, source.Diagnostics) {
	ids := c.FrameworkIDs()
	if !slices.Contains(ids, name) {
		var problems source.Diagnostics
		if ids, problems = c.frameworksNamed(name); problems != nil || len(ids) == 0 {
			return nil, problems.Sorted()
		}
		if len(ids) > 1 {
			return nil, source.Diagnostics{{Message: fmt.Sprintf("%q fits several frameworks: %s", name, strings.Join(ids, ", ")), Hint: "name one of them"}}
		}
		name = ids[0]
	}
	f, problems := c.frameworkByID(name)
	return f, problems.Sorted()
}

// frameworkByID returns a framework of which some layer has a file. What was read
// for it counts for the digest each time that it is asked for.
func (c *Catalog) frameworkByID(id string) (*Framework, source.Diagnostics) {
	f, known := c.frameworks[id]
	if known {
		maps.Copy(c.read, f.read)
		return f, nil
	}
	before := c.read
	c.read = map[string][sha256.Size]byte{}
	f, problems := c.readFramework(id)
	read := c.read
	c.read = before
	maps.Copy(c.read, read)
	if len(problems) > 0 {
		return nil, problems
	}
	f.read = read
	c.frameworks[id] = f
	return f, nil
}

func (c *Catalog) readFramework(id string) (*Framework, source.Diagnostics) {
	f := &Framework{}
	var problems source.Diagnostics
	known := false
	for layer := range c.layers {
		r, top := c.openFile(layer, "frameworks/"+id+".yaml")
		if top != nil {
			r.framework(top, f, known)
			known = true
		}
		problems = append(problems, r.Problems...)
	}
	if known {
		problems = append(problems, f.addDuties(c.answers[id])...)
		problems = append(problems, c.settle(f)...)
	}
	return f, problems
}

// frameworksNamed returns the ids of the frameworks that have this name. What is
// read for it says nothing in the digest.
func (c *Catalog) frameworksNamed(name string) (ids []string, problems source.Diagnostics) {
	name = foldName(name)
	for _, id := range c.FrameworkIDs() {
		if foldName(id) == name {
			ids = append(ids, id)
		}
	}
	if len(ids) > 0 {
		return ids, nil
	}
	before := maps.Clone(c.read)
	defer func() { c.read = before }()
	for _, id := range c.FrameworkIDs() {
		f, more := c.frameworkByID(id)
		problems = append(problems, more...)
		if f != nil && slices.ContainsFunc(append([]string{f.Name}, f.Aliases...), func(other string) bool { return foldName(other) == name }) {
			ids = append(ids, id)
		}
	}
	return ids, problems
}
