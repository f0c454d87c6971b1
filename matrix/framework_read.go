package matrix

import (
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

func (r *catalogReader) framework(top *yaml.Node) *Framework {
	f := &Framework{At: r.pos(top)}
	var base *Framework
	var requirements *yaml.Node
	r.object(top, "the framework", []field{
		{"id", true, func(n *yaml.Node) { f.ID = r.idOfFile(n) }},
		{"name", true, func(n *yaml.Node) { f.Name = r.name(n, "name") }},
		{"publisher", false, func(n *yaml.Node) { f.Publisher = r.name(n, "publisher") }},
		{"note", false, func(n *yaml.Node) { f.Note, _ = r.text(n, "note") }},
		{"aliases", false, func(n *yaml.Node) { f.Aliases = ids(r.refs(n, "alias")) }},
		{"source", false, func(n *yaml.Node) { f.Source = r.source(n) }},
		{"like", false, func(n *yaml.Node) { base = r.likeFramework(r.ref(n, "like")) }},
		{"baselines", false, func(n *yaml.Node) { f.Baselines = ids(r.refs(n, "baseline")) }},
		{"reports", false, func(n *yaml.Node) { f.Reports = ids(r.refs(n, "report")) }},
		{"requirements", true, func(n *yaml.Node) { requirements = n }},
	})
	if requirements != nil {
		r.pairs(requirements, "requirements", func(key, value *yaml.Node) {
			f.Requirements = append(f.Requirements, r.requirement(key, value, f, base))
		})
	}
	return f
}

// likeFramework returns the framework from whose requirements another one
// starts, or nil. One level is enough, and cannot go round in circles.
func (r *catalogReader) likeFramework(ref Ref) *Framework {
	switch {
	case ref.ID == "":
		return nil
	case !slices.Contains(r.c.FrameworkIDs(), ref.ID):
		r.problems.add(ref.At, didYouMean(ref.ID, r.c.FrameworkIDs(), "see raci catalog list frameworks"), "unknown framework %q", ref.ID)
		return nil
	case r.c.starting:
		r.problems.add(ref.At, "name that one in the other file", "a framework from which another one starts cannot itself start from %q", ref.ID)
		return nil
	}
	r.c.starting = true
	defer func() { r.c.starting = false }()
	f, problems := r.c.frameworkByID(ref.ID)
	r.problems = append(r.problems, problems...)
	return f
}

// requirement reads one requirement. It starts from the title that the base
// has under the same id, and from its answer unless it gives one of its own.
func (r *catalogReader) requirement(key, value *yaml.Node, f, base *Framework) Requirement {
	q := Requirement{ID: r.name(key, "id of a requirement"), At: r.pos(key)}
	known := base.requirement(q.ID)
	if known != nil {
		q.Title = known.Title
	}
	var statements *yaml.Node
	r.object(value, "the requirement "+q.ID, append([]field{
		{"title", known == nil, func(n *yaml.Node) { q.Title, _ = r.text(n, "title") }},
		{"in", false, func(n *yaml.Node) {
			for _, b := range r.refs(n, "baseline") {
				if !slices.Contains(f.Baselines, b.ID) {
					r.problems.add(b.At, didYouMean(b.ID, f.Baselines, "list it under baselines:"), "unknown baseline %q", b.ID)
				}
				q.Baselines = append(q.Baselines, b.ID)
			}
		}},
		{"statements", false, func(n *yaml.Node) { statements = n }},
		{"group", false, func(n *yaml.Node) { q.Group = r.oneOf(n, "value of group", "true") == "true" }},
		{"withdrawn", false, func(n *yaml.Node) { q.Withdrawn = r.oneOf(n, "value of withdrawn", "true") == "true" }},
	}, r.answerFields(&q)...))
	given := q.isAnswered() || q.Outside != ""
	switch {
	case statements != nil && given:
		r.add(statements, "say it in the statements", "the requirement %q has statements and an answer of its own", q.ID)
	case statements != nil:
		r.lettered(statements, &q)
	case known != nil && !given && !q.Group && !q.Withdrawn:
		title, baselines, at := q.Title, q.Baselines, q.At
		q = *known
		q.Title, q.Baselines, q.At = title, baselines, at
	}
	if answered := q.isAnswered(); answered == (q.Group || q.Withdrawn) {
		r.add(key, "add duties, organization or statements, or mark it group: true or withdrawn: true", "the requirement %q must be answered, or be a heading, or be withdrawn", q.ID)
	}
	return q
}

func (q *Requirement) isAnswered() bool { return len(q.Duties) > 0 || q.Organization != "" }

// answerFields are the keys that say how a requirement or statement is
// answered.
func (r *catalogReader) answerFields(q *Requirement) []field {
	return []field{
		{"duties", false, func(n *yaml.Node) {
			for _, d := range r.refs(n, "duty") {
				if r.c.duties[d.ID] == nil {
					r.problems.add(d.At, didYouMean(d.ID, slices.Sorted(maps.Keys(r.c.duties)), "see raci catalog list duties"), "unknown duty %q", d.ID)
				}
				q.Duties = append(q.Duties, d.ID)
			}
		}},
		{"services", false, func(n *yaml.Node) {
			for _, s := range r.refs(n, "service") {
				if !slices.Contains(r.c.ServiceIDs(), s.ID) {
					r.problems.add(s.At, didYouMean(s.ID, r.c.ServiceIDs(), "see raci catalog list services"), "unknown service %q", s.ID)
				}
				q.Services = append(q.Services, s.ID)
			}
		}},
		{"evidence", false, func(n *yaml.Node) { q.Evidence = ids(r.refs(n, "evidence")) }},
		{"organization", false, func(n *yaml.Node) { q.Organization, _ = r.text(n, "organization") }},
		{"outside", false, func(n *yaml.Node) { q.Outside, _ = r.text(n, "outside") }},
	}
}

// lettered reads the lettered parts of a requirement, and sums them up in
// it.
func (r *catalogReader) lettered(n *yaml.Node, q *Requirement) {
	var organization, outside []string
	r.pairs(n, "statements", func(key, value *yaml.Node) {
		letter := r.name(key, "letter of a statement")
		part := Requirement{ID: statementID(q.ID, letter), At: r.pos(key)}
		if len(letter) != 1 || letter[0] < 'a' || letter[0] > 'z' {
			r.add(key, "write one letter from a to z", "%q is not the letter of a statement", letter)
		}
		r.object(value, "the statement "+part.ID, r.answerFields(&part))
		if !part.isAnswered() {
			r.add(key, "add duties or organization", "the statement %q must be answered", part.ID)
		}
		for _, d := range part.Duties {
			if !slices.Contains(q.Duties, d) {
				q.Duties = append(q.Duties, d)
			}
		}
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

// statementID returns the id of a lettered part as NIST writes it: AC-2a, and
// AC-2(3)(a) of an enhancement.
func statementID(id, letter string) string {
	if strings.HasSuffix(id, ")") {
		return id + "(" + letter + ")"
	}
	return id + letter
}

// requirement returns the requirement with this id, or nil. A framework that
// is nil has none.
func (f *Framework) requirement(id string) *Requirement {
	if f == nil {
		return nil
	}
	i := slices.IndexFunc(f.Requirements, func(q Requirement) bool { return q.ID == id })
	if i < 0 {
		return nil
	}
	return &f.Requirements[i]
}
