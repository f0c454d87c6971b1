package catalog

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"raci/matrix/source"
)

// omit in the place of a requirement, of a statement or of what the organization
// does leaves it out.
const omit = "omit"

func isOmit(n *yaml.Node) bool {
	n = source.Deref(n)
	return n.Kind == yaml.ScalarNode && n.Value == omit
}

// requirement reads one requirement: it leaves out or corrects one of a layer
// below, or returns a new one.
func (r *reader) requirement(key, value *yaml.Node, id string, f, like *Framework) *Requirement {
	below := f.Requirement(id)
	switch {
	case isOmit(value):
		r.omitRequirement(key, id, f, below)
	case below != nil:
		r.correct(key, value, below, f)
	default:
		return r.newRequirement(key, value, id, f, like)
	}
	return nil
}

func (r *reader) omitRequirement(key *yaml.Node, id string, f *Framework, q *Requirement) {
	switch {
	case q == nil:
		r.Add(key, source.DidYouMean(id, f.requirementIDs(), "only what a layer below has can be left out"), "there is no requirement %q to leave out", id)
	case q.Group:
		r.Add(key, "leave out its requirements", "%q is a heading, and asks for nothing itself", id)
	case q.Withdrawn:
		r.Add(key, "remove the line", "the requirement %q has been withdrawn, and asks for nothing", id)
	default:
		q.Omitted, q.At = true, r.Pos(key)
	}
}

// newRequirement reads a requirement that no layer below has. It starts from the
// title that another framework has under the same id, and from its answer unless
// it gives one of its own.
func (r *reader) newRequirement(key, value *yaml.Node, id string, f, like *Framework) *Requirement {
	q := &Requirement{ID: id, At: r.Pos(key)}
	known := like.Requirement(id)
	if known != nil {
		q.Title, q.Aliases = known.Title, known.Aliases
	}
	statements := r.requirementKeys(value, q, f, known == nil)
	given := q.isAnswered() || q.Outside != "" || q.AWSPart != nil
	switch {
	case statements != nil && given:
		r.Add(statements, "say it in the statements", "the requirement %q has statements and an answer of its own", q.ID)
	case statements != nil:
		r.letteredStatements(statements, q)
	case known != nil && !given && !q.Group && !q.Withdrawn:
		title, baselines, at, limit := q.Title, q.Baselines, q.At, cmp.Or(q.Inheritance, known.Inheritance)
		*q = *known
		q.Title, q.Baselines, q.At, q.Inheritance, q.Statements = title, baselines, at, limit, slices.Clone(known.Statements)
		r.c.unsettle(q)
		q.takeIn()
	}
	r.checkAnswered(key, q, "add duties, organization or statements, or mark it group: true or withdrawn: true")
	return q
}

// takeIn takes in what is left out of the requirement: an overlay leaves it out of
// its own framework alone, not of those that start from that.
func (q *Requirement) takeIn() {
	q.Omitted = false
	for i := range q.Statements {
		if part := &q.Statements[i]; part.Omitted {
			part.Omitted, part.At = false, q.At
		}
	}
	if len(q.Statements) > 0 {
		q.sumUp()
	}
}

// correct reads what an overlay says of a requirement that a layer below has. What
// it does not say stays. No overlay takes a requirement out of a baseline: nobody
// who reads the report would know.
func (r *reader) correct(key, value *yaml.Node, q *Requirement, f *Framework) {
	r.checkAsked(key, q)
	q.At = r.Pos(key)
	baselines, lettered := q.Baselines, len(q.Statements) > 0
	if lettered {
		q.Duties, q.AWSPart, q.Organization, q.Outside = nil, nil, "", "" // they are the sum of the statements
	}
	startOver(value, q)
	statements := r.requirementKeys(value, q, f, false)
	given := q.isAnswered() || q.Outside != "" || len(q.AWSPart) > 0
	switch {
	case lettered && given:
		r.Add(value, "say it in the statements", "the requirement %q is answered by its statements", q.ID)
	case statements != nil && given:
		r.Add(statements, "clear its answer: duties: [], organization: omit, outside: omit", "the requirement %q has statements and an answer of its own", q.ID)
	case statements != nil:
		r.letteredStatements(statements, q)
	case lettered:
		q.sumUp()
	}
	r.checkAnswered(key, q, "to leave out what it asks for, write "+q.ID+": "+omit)
	for _, b := range baselines {
		if !slices.Contains(q.Baselines, b) {
			r.Add(key, "name it under in:, or leave the requirement out with "+omit+", or in the manifest with exclude:", "the requirement %q is in the baseline %q, and an overlay cannot take it out", q.ID, b)
		}
	}
}

// checkAsked reports a correction of what a layer below leaves out: it would undo
// that without a word.
func (r *reader) checkAsked(key *yaml.Node, q *Requirement) {
	if q.Omitted {
		r.Add(key, "remove one of the two", "%q is left out at %s", q.ID, q.At)
	}
}

// startOver drops what rests on the duties of a requirement where an overlay names
// others.
func startOver(value *yaml.Node, q *Requirement) {
	if valueOf(value, "duties") != nil {
		q.AWSPart = nil
	}
}

// requirementKeys reads the keys of a requirement into it, and returns its
// statements, if any.
func (r *reader) requirementKeys(n *yaml.Node, q *Requirement, f *Framework, isNew bool) (statements *yaml.Node) {
	r.Object(n, "the requirement "+q.ID, append([]source.Field{
		source.RequiredIf(isNew, "title", func(n *yaml.Node) { q.Title, _ = r.Text(n, "title") }),
		source.Optional("in", func(n *yaml.Node) {
			q.Baselines = nil
			for _, b := range r.Refs(n, "baseline") {
				if !slices.Contains(f.Baselines, b.ID) {
					r.Problems.Add(b.At, source.DidYouMean(b.ID, f.Baselines, "list it under baselines:"), "unknown baseline %q", b.ID)
				}
				q.Baselines = append(q.Baselines, b.ID)
			}
		}),
		source.Optional("statements", func(n *yaml.Node) { statements = n }),
		source.Optional("group", func(n *yaml.Node) { q.Group, _ = r.Bool(n, "group") }),
		source.Optional("withdrawn", func(n *yaml.Node) { q.Withdrawn, _ = r.Bool(n, "withdrawn") }),
	}, r.answerFields(q)...))
	return statements
}

func (r *reader) checkAnswered(key *yaml.Node, q *Requirement, hint string) {
	if answered := q.isAnswered(); answered == (q.Group || q.Withdrawn) {
		r.Add(key, hint, "the requirement %q must be answered, or be a heading, or be withdrawn", q.ID)
	}
}

func (q *Requirement) isAnswered() bool { return len(q.Duties) > 0 || q.Organization != "" }

// answerFields are the keys that say how a requirement or statement is
// answered.
func (r *reader) answerFields(q *Requirement) []source.Field {
	return []source.Field{
		source.Optional("duties", func(n *yaml.Node) {
			q.Duties = nil
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
			if isOmit(n) && q.Inheritance != "" {
				q.Inheritance = ""
				return
			}
			q.Inheritance = Inheritance(r.OneOf(n, "inheritance", source.Strings(Inheritances[1:])...))
		}),
		source.Optional("services", func(n *yaml.Node) {
			q.Services = nil
			for _, s := range r.Refs(n, "service") {
				if !slices.Contains(r.c.ServiceIDs(), s.ID) {
					r.Problems.Add(s.At, source.DidYouMean(s.ID, r.c.ServiceIDs(), "see raci catalog list services"), "unknown service %q", s.ID)
				}
				q.Services = append(q.Services, s.ID)
			}
		}),
		source.Optional("evidence", func(n *yaml.Node) { q.Evidence = source.IDs(r.Refs(n, "evidence")) }),
		source.Optional("organization", func(n *yaml.Node) { r.ownText(n, "organization", &q.Organization) }),
		source.Optional("outside", func(n *yaml.Node) { r.ownText(n, "outside", &q.Outside) }),
	}
}

// ownText reads what the organization does, or that what a layer below says of it
// is left out.
func (r *reader) ownText(n *yaml.Node, what string, text *string) {
	switch {
	case !isOmit(n):
		*text, _ = r.Text(n, what)
	case *text == "":
		r.Add(n, "remove the line", "there is no text under %s to leave out", what)
	default:
		*text = ""
	}
}

// dutyAnswers reads the requirements that a duty answers, as FRAMEWORK/REQUIREMENT.
// Their frameworks are looked for once all controls are read, and they themselves
// when their framework is read.
func (r *reader) dutyAnswers(n *yaml.Node, d *Duty) {
	for _, ref := range r.Refs(n, "requirement") {
		framework, id, _ := strings.Cut(ref.ID, "/")
		switch {
		case id == "":
			r.Problems.Add(ref.At, "write FRAMEWORK/REQUIREMENT, such as soc2-tsc-2017/CC8.1", "%q names no requirement of a framework", ref.ID)
		case slices.Contains(r.c.FrameworkIDs(), framework):
			r.c.answers[framework] = append(r.c.answers[framework], dutyAnswer{d, source.Ref{ID: id, At: ref.At}})
		default:
			r.c.unplaced = append(r.c.unplaced, dutyAnswer{d, ref})
		}
	}
}

// letteredStatements reads the lettered parts of a requirement, and sums them up in
// it. Those of a layer below are left out or corrected.
func (r *reader) letteredStatements(n *yaml.Node, q *Requirement) {
	r.Pairs(n, "statements", func(key, value *yaml.Node) {
		letter := r.Name(key, "letter of a statement")
		if len(letter) != 1 || letter[0] < 'a' || letter[0] > 'z' {
			r.Add(key, "write one letter from a to z", "%q is not the letter of a statement", letter)
		}
		part := q.statement(statementID(q.ID, letter))
		switch {
		case isOmit(value) && part == nil:
			r.Add(key, "only what a layer below has can be left out", "there is no statement %q to leave out", statementID(q.ID, letter))
			return
		case isOmit(value):
			part.Omitted, part.At = true, r.Pos(key)
			return
		case part == nil:
			q.Statements = append(q.Statements, Requirement{ID: statementID(q.ID, letter)})
			part = &q.Statements[len(q.Statements)-1]
		}
		r.checkAsked(key, part)
		part.At = r.Pos(key)
		startOver(value, part)
		before := len(r.Problems)
		r.Object(value, "the statement "+part.ID, r.answerFields(part))
		if !part.isAnswered() && len(r.Problems) == before { // else that was said
			r.Add(key, "add duties or organization", "the statement %q must be answered", part.ID)
		}
	})
	slices.SortStableFunc(q.Statements, func(a, b Requirement) int { return strings.Compare(a.ID, b.ID) })
	if len(q.Statements) > 0 && len(q.Parts()) == 0 {
		r.Add(n, "leave the requirement out: "+q.ID+": "+omit, "no statement of the requirement %q is left", q.ID)
	}
	q.sumUp()
}

// sumUp makes of the statements what the requirement says as a whole.
func (q *Requirement) sumUp() {
	q.Duties, q.AWSPart, q.AWSApart = nil, nil, nil
	var organization, outside []string
	for _, part := range q.Parts() {
		letter := "(" + part.letter() + ") "
		q.Duties, q.AWSPart, q.AWSApart = union(q.Duties, part.Duties), union(q.AWSPart, part.AWSPart), union(q.AWSApart, part.AWSApart)
		if part.Organization != "" {
			organization = append(organization, letter+part.Organization)
		}
		if part.Outside != "" {
			outside = append(outside, letter+part.Outside)
		}
	}
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

// letter returns the letter of a statement.
func (q *Requirement) letter() string {
	id := strings.TrimSuffix(q.ID, ")")
	return id[max(0, len(id)-1):]
}

// statement returns the lettered part with this id, or nil.
func (q *Requirement) statement(id string) *Requirement {
	if i := slices.IndexFunc(q.Statements, func(part Requirement) bool { return part.ID == id }); i >= 0 {
		return &q.Statements[i]
	}
	return nil
}
