package catalog

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"raci/matrix/source"
)

func (r *reader) framework(top *yaml.Node) *Framework {
	f := &Framework{At: r.Pos(top)}
	var base *Framework
	var otherIDs, requirements *yaml.Node
	r.Object(top, "the framework", []source.Field{
		source.Required("id", func(n *yaml.Node) { f.ID = r.idOfFile(n) }),
		source.Required("name", func(n *yaml.Node) { f.Name = r.Name(n, "name") }),
		source.Optional("publisher", func(n *yaml.Node) { f.Publisher = r.Name(n, "publisher") }),
		source.Optional("note", func(n *yaml.Node) { f.Note, _ = r.Text(n, "note") }),
		source.Optional("aliases", func(n *yaml.Node) { f.Aliases = source.IDs(r.Refs(n, "alias")) }),
		source.Optional("source", func(n *yaml.Node) { f.Source = r.source(n) }),
		source.Optional("like", func(n *yaml.Node) { base = r.likeFramework(r.Ref(n, "like")) }),
		source.Optional("baselines", func(n *yaml.Node) {
			r.Items(n, "baselines", true, func(n *yaml.Node) { f.Baselines = append(f.Baselines, r.ID(n, "baseline")) })
		}),
		source.Optional("reports", func(n *yaml.Node) { f.Reports = source.IDs(r.Refs(n, "report")) }),
		source.Optional("other-ids", func(n *yaml.Node) { otherIDs = n }),
		source.Required("requirements", func(n *yaml.Node) { requirements = n }),
	})
	if requirements != nil {
		r.Pairs(requirements, "requirements", func(key, value *yaml.Node) {
			f.Requirements = append(f.Requirements, r.requirement(key, value, f, base))
		})
	}
	if otherIDs != nil {
		r.otherIDs(otherIDs, f)
	}
	return f
}

// otherIDs reads other ids, each with the requirement that it means, or with
// several of which it means all.
func (r *reader) otherIDs(n *yaml.Node, f *Framework) {
	r.Pairs(n, "other-ids", func(key, value *yaml.Node) {
		alias := r.Word(key, "id")
		for _, ref := range r.Refs(value, "requirement") {
			q := f.Requirement(ref.ID)
			if q == nil {
				r.Problems.Add(ref.At, "name one of this file", "unknown requirement %q", ref.ID)
				continue
			}
			q.Aliases = append(slices.Clip(q.Aliases), alias)
		}
	})
}

// likeFramework returns the framework from whose requirements another one
// starts, or nil. One level is enough, and cannot go round in circles.
func (r *reader) likeFramework(ref source.Ref) *Framework {
	switch {
	case ref.ID == "":
		return nil
	case !slices.Contains(r.c.FrameworkIDs(), ref.ID):
		r.Problems.Add(ref.At, source.DidYouMean(ref.ID, r.c.FrameworkIDs(), "see raci catalog list frameworks"), "unknown framework %q", ref.ID)
		return nil
	case r.c.starting:
		r.Problems.Add(ref.At, "name that one in the other file", "a framework from which another one starts cannot itself start from %q", ref.ID)
		return nil
	}
	r.c.starting = true
	defer func() { r.c.starting = false }()
	f, problems := r.c.frameworkByID(ref.ID)
	r.Problems = append(r.Problems, problems...)
	return f
}

// requirement reads one requirement. It starts from the title that the base
// has under the same id, and from its answer unless it gives one of its own.
func (r *reader) requirement(key, value *yaml.Node, f, base *Framework) Requirement {
	q := Requirement{ID: r.Name(key, "id of a requirement"), At: r.Pos(key)}
	known := base.Requirement(q.ID)
	if known != nil {
		q.Title, q.Aliases = known.Title, known.Aliases
	}
	var statements *yaml.Node
	r.Object(value, "the requirement "+q.ID, append([]source.Field{
		source.RequiredIf(known == nil, "title", func(n *yaml.Node) { q.Title, _ = r.Text(n, "title") }),
		source.Optional("in", func(n *yaml.Node) {
			for _, b := range r.Refs(n, "baseline") {
				if !slices.Contains(f.Baselines, b.ID) {
					r.Problems.Add(b.At, source.DidYouMean(b.ID, f.Baselines, "list it under baselines:"), "unknown baseline %q", b.ID)
				}
				q.Baselines = append(q.Baselines, b.ID)
			}
		}),
		source.Optional("statements", func(n *yaml.Node) { statements = n }),
		source.Optional("group", func(n *yaml.Node) { q.Group = r.OneOf(n, "value of group", "true") == "true" }),
		source.Optional("withdrawn", func(n *yaml.Node) { q.Withdrawn = r.OneOf(n, "value of withdrawn", "true") == "true" }),
	}, r.answerFields(&q)...))
	given := q.isAnswered() || q.Outside != "" || q.AWSPart != nil
	switch {
	case statements != nil && given:
		r.Add(statements, "say it in the statements", "the requirement %q has statements and an answer of its own", q.ID)
	case statements != nil:
		r.letteredStatements(statements, &q)
	case known != nil && !given && !q.Group && !q.Withdrawn:
		title, baselines, at, limit := q.Title, q.Baselines, q.At, cmp.Or(q.Inheritance, known.Inheritance)
		q = *known
		q.Title, q.Baselines, q.At, q.Inheritance = title, baselines, at, limit
	default:
		r.awsPart(key, &q)
	}
	if answered := q.isAnswered(); answered == (q.Group || q.Withdrawn) {
		r.Add(key, "add duties, organization or statements, or mark it group: true or withdrawn: true", "the requirement %q must be answered, or be a heading, or be withdrawn", q.ID)
	}
	return q
}

// awsPart settles in which duties AWS's side is about the requirement: in those
// that it names, or else in those that AWS performs in the customer's stead.
func (r *reader) awsPart(at *yaml.Node, q *Requirement) {
	if q.AWSPart == nil {
		for _, d := range q.Duties {
			if duty := r.c.duties[d]; duty != nil && duty.Part == InStead {
				q.AWSPart = append(q.AWSPart, d)
			}
		}
		return
	}
	for _, d := range q.AWSPart {
		switch duty := r.c.duties[d]; {
		case duty == nil: // among the duties it is a problem already
		case !slices.Contains(q.Duties, d):
			r.Add(at, "add it to duties, or take it out of aws-part", "%s takes AWS's part from %q, which is none of its duties", q.ID, d)
		case duty.Part == AsEvidence:
			r.Add(at, "take it out of aws-part", "%s takes AWS's part from %q, which is evidence and no part", q.ID, d)
		case duty.Part == AtHome:
			q.AWSApart = append(q.AWSApart, d)
		}
	}
}

func (q *Requirement) isAnswered() bool { return len(q.Duties) > 0 || q.Organization != "" }

// answerFields are the keys that say how a requirement or statement is
// answered.
func (r *reader) answerFields(q *Requirement) []source.Field {
	return []source.Field{
		source.Optional("duties", func(n *yaml.Node) {
			for _, d := range r.Refs(n, "duty") {
				if r.c.duties[d.ID] == nil {
					r.Problems.Add(d.At, source.DidYouMean(d.ID, slices.Sorted(maps.Keys(r.c.duties)), "see raci catalog list duties"), "unknown duty %q", d.ID)
				}
				q.Duties = append(q.Duties, d.ID)
			}
		}),
		source.Optional("aws-part", func(n *yaml.Node) {
			q.AWSPart = append([]string{}, source.IDs(r.Refs(n, "duty"))...)
		}),
		source.Optional("inheritance", func(n *yaml.Node) {
			q.Inheritance = Inheritance(r.OneOf(n, "inheritance", source.Strings(Inheritances[1:])...))
		}),
		source.Optional("services", func(n *yaml.Node) {
			for _, s := range r.Refs(n, "service") {
				if !slices.Contains(r.c.ServiceIDs(), s.ID) {
					r.Problems.Add(s.At, source.DidYouMean(s.ID, r.c.ServiceIDs(), "see raci catalog list services"), "unknown service %q", s.ID)
				}
				q.Services = append(q.Services, s.ID)
			}
		}),
		source.Optional("evidence", func(n *yaml.Node) { q.Evidence = source.IDs(r.Refs(n, "evidence")) }),
		source.Optional("organization", func(n *yaml.Node) { q.Organization, _ = r.Text(n, "organization") }),
		source.Optional("outside", func(n *yaml.Node) { q.Outside, _ = r.Text(n, "outside") }),
	}
}

// letteredStatements reads the lettered parts of a requirement, and sums them up in
// it.
func (r *reader) letteredStatements(n *yaml.Node, q *Requirement) {
	var organization, outside []string
	r.Pairs(n, "statements", func(key, value *yaml.Node) {
		letter := r.Name(key, "letter of a statement")
		part := Requirement{ID: statementID(q.ID, letter), At: r.Pos(key)}
		if len(letter) != 1 || letter[0] < 'a' || letter[0] > 'z' {
			r.Add(key, "write one letter from a to z", "%q is not the letter of a statement", letter)
		}
		r.Object(value, "the statement "+part.ID, r.answerFields(&part))
		if !part.isAnswered() {
			r.Add(key, "add duties or organization", "the statement %q must be answered", part.ID)
		}
		r.awsPart(key, &part)
		q.Duties, q.AWSPart, q.AWSApart = union(q.Duties, part.Duties), union(q.AWSPart, part.AWSPart), union(q.AWSApart, part.AWSApart)
		if part.Organization != "" {
			organization = append(organization, "("+letter+") "+part.Organization)
		}
		if part.Outside != "" {
			outside = append(outside, "("+letter+") "+part.Outside)
		}
		q.Statements = append(q.Statements, part)
	})
	q.Organization, q.Outside = strings.Join(organization, " "), strings.Join(outside, " ")
}

// union appends to a those of b that it lacks.
func union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}

// statementID returns the id of a lettered part as NIST writes it: AC-2a, and
// AC-2(3)(a) of an enhancement.
func statementID(id, letter string) string {
	if strings.HasSuffix(id, ")") {
		return id + "(" + letter + ")"
	}
	return id + letter
}

// Requirement returns the requirement with this id, or nil. A framework that
// is nil has none.
func (f *Framework) Requirement(id string) *Requirement {
	if f == nil {
		return nil
	}
	i := slices.IndexFunc(f.Requirements, func(q Requirement) bool { return q.ID == id })
	if i < 0 {
		return nil
	}
	return &f.Requirements[i]
}
