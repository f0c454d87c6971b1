package catalog

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"raci/matrix/source"
)

var scopes = []Scope{ProviderScope, OrganizationScope, ServiceScope}

const noDutyText = "none" // a duty that does not apply is written "duty: none"

var monthPattern = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])$`)

// reader reads one file of the catalog.
type reader struct {
	source.Reader
	c         *Catalog
	overlay   bool
	operators []string        // ids that are sides beside AWS and the customer
	duties    map[string]bool // of the list of controls that have been read
	questions map[string]bool // of the list of facts that have been read
	baseless  bool            // the framework from which this one starts cannot be read: what rests on it would only repeat that
}

// openFile parses a file of a layer. The node is nil where the file does not
// exist or cannot be read; the reader then holds the problems.
func (c *Catalog) openFile(layer int, name string) (*reader, *yaml.Node) {
	name = c.layers[layer].spelled(name)
	r := &reader{c: c, overlay: layer > 0, duties: map[string]bool{}, questions: map[string]bool{}, Reader: source.Reader{File: path.Join(c.layers[layer].Name, name)}}
	if f := c.layers[layer].parsed(name); f != nil {
		file := r.File
		r.Reader = f.read
		r.File = file
		c.read[readKey(layer, name)] = f.sum
		return r, f.top
	}
	data, _, err := c.readFile(layer, name)
	if err != nil {
		r.Problems = err
		return r, nil
	}
	if data == nil {
		return r, nil
	}
	return r, r.Parse(data)
}

// readVersion reads the version of a layer. That of an overlay stands behind
// those below it.
func (c *Catalog) readVersion(layer int) source.Diagnostics {
	r, top := c.openFile(layer, versionFile)
	if top != nil {
		r.Object(top, "the catalog", []source.Field{source.Required("version", func(n *yaml.Node) {
			if v := r.Name(n, "version"); c.Version == "" {
				c.Version = v
			} else {
				c.Version += " + " + v
			}
		})})
	}
	return r.Problems
}

func (c *Catalog) readControls(layer int) source.Diagnostics {
	r, top := c.openFile(layer, controlsFile)
	if top == nil {
		if layer == 0 && len(r.Problems) == 0 {
			r.Problems.Add(source.Pos{File: r.File}, "", "the catalog has no controls")
		}
		return r.Problems
	}
	r.Object(top, "the list of controls", []source.Field{source.Required("controls", func(n *yaml.Node) {
		r.Items(n, "controls", false, r.control)
	})})
	return r.Problems
}

// control reads a control. One that exists is changed in what is said of it, and
// gains the duties.
func (r *reader) control(n *yaml.Node) {
	control := r.c.Control(idIn(n))
	known := control != nil
	if !known {
		control = &Control{At: r.Pos(n)}
	}
	var duties []*yaml.Node
	before := len(r.Problems)
	r.Object(n, "a control", []source.Field{
		source.Required("id", func(n *yaml.Node) { control.ID = r.ID(n, "id of a control") }),
		source.Optional("name", func(n *yaml.Node) { control.Name = r.Name(n, "name of a control") }),
		source.Optional("category", func(n *yaml.Node) {
			control.Category = Category(r.OneOf(n, "category", source.Strings(Categories)...))
		}),
		source.RequiredIf(!known, "duties", func(n *yaml.Node) { r.Items(n, "duties", false, func(n *yaml.Node) { duties = append(duties, n) }) }),
	})
	if !known {
		if (control.Name == "" || control.Category == "") && len(r.Problems) == before { // else that was said
			r.Add(n, "add the two", "the new control %q needs a name and a category", control.ID)
		}
		r.c.Controls = append(r.c.Controls, control)
	}
	for _, d := range duties {
		r.duty(d, control)
	}
}

// duty reads a duty. One that exists is changed in what is said of it.
func (r *reader) duty(n *yaml.Node, control *Control) {
	d := r.c.duties[idIn(n)]
	known := d != nil
	if !known {
		d = &Duty{Control: control, At: r.Pos(n)}
	}
	st := statement{at: r.Pos(n), overlay: r.overlay}
	before := len(r.Problems)
	r.Object(n, "a duty", append(r.statementFields(&st), []source.Field{
		source.Required("id", func(n *yaml.Node) { d.ID = r.ID(n, "id of a duty") }),
		source.Optional("title", func(n *yaml.Node) { d.Title = r.Name(n, "title of a duty") }),
		source.Optional("aliases", func(n *yaml.Node) { d.Aliases = addNames(d.Aliases, r.aliases(n)) }),
		source.Optional("scope", func(n *yaml.Node) { r.scope(n, d) }),
		source.Optional("aws-part", func(n *yaml.Node) { d.Part = Part(r.OneOf(n, "aws-part", source.Strings(Parts)...)) }),
		source.Optional("frequency", func(n *yaml.Node) {
			d.Frequency = Frequency(r.OneOf(n, "frequency", source.Strings(Frequencies)...))
		}),
		source.Optional("none-needs-reason", func(n *yaml.Node) { d.NeedsReason, _ = r.Bool(n, "none-needs-reason") }),
		source.Optional("requirements", func(n *yaml.Node) { r.dutyAnswers(n, d) }),
	}...))
	SortSides(st.sides)
	if r.overlay && !known {
		r.checkTakenDuty(n, d)
	}
	switch {
	case known && d.Control != control:
		r.Add(n, "leave it there", "the duty %q belongs to the control %q", d.ID, d.Control.ID)
	case r.duties[d.ID]:
		r.Add(n, "make them one", "the duty %q stands twice in this file", d.ID)
	case !known && (d.Title == "" || d.Scope == "") && len(r.Problems) == before: // else that was said
		r.Add(n, "add the two", "the new duty %q needs a title and a scope", d.ID)
	case d.Scope == ServiceScope && st.says():
		r.Add(n, "say it in models, services or variants: what a duty of scope service says here, they would replace", "the duty %q of scope %s has sides, offers, evidence, a source or a note", d.ID, d.Scope)
	case !known && d.Scope != ServiceScope && len(st.sides) == 0:
		r.Add(n, "say who does what: a duty of this scope gets its sides here", "the duty %q of scope %s has no sides", d.ID, d.Scope)
	}
	r.duties[d.ID] = true
	d.Default.Duty = d
	d.Default.state(&st, BasisControl)
	d.Default.Duty = nil // a duty does not hold itself
	if !known {
		d.Part = cmp.Or(d.Part, InStead)
		r.c.duties[d.ID] = d
		control.Duties = append(control.Duties, d)
	}
}

// checkTakenDuty reports a new duty whose id is another name of one that exists:
// rules that use the name would mean it without a word.
func (r *reader) checkTakenDuty(n *yaml.Node, d *Duty) {
	var taken []string
	for id, other := range r.c.duties {
		if slices.Contains(other.Aliases, d.ID) {
			taken = append(taken, id)
		}
	}
	slices.Sort(taken)
	for _, id := range taken {
		r.Add(n, "write id: "+id+" to change that one, or give yours another id", "%q is a name of the duty %s", d.ID, id)
	}
}

// scope reads the scope of a duty. It stays: models and services say who does it
// for that scope, and rules and stored matrices name its rows by it.
func (r *reader) scope(n *yaml.Node, d *Duty) {
	scope := Scope(r.OneOf(n, "scope", source.Strings(scopes)...))
	if d.Scope != "" && scope != "" && scope != d.Scope {
		r.Add(n, "leave the line out, or add a duty of your own with another id", "the scope of the duty %q is %s and cannot be changed: what models, services and rules say of it rests on that", d.ID, d.Scope)
		return
	}
	d.Scope = scope
}

// says reports whether the statement says anything.
func (s *statement) says() bool {
	return s.none || s.offers != "" || len(s.sides) > 0 || len(s.evidence) > 0 || len(s.sources) > 0 || s.note != ""
}

// idIn returns the id that a map gives, or "". It is needed before the map is
// read, to find what the map changes.
func idIn(n *yaml.Node) string {
	if id := valueOf(n, "id"); id != nil {
		return source.KeyOf(id)
	}
	return ""
}

// valueOf returns the value of a key of a map, or nil.
func valueOf(n *yaml.Node, key string) *yaml.Node {
	n = source.Deref(n)
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if source.KeyOf(n.Content[i]) == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// Control returns the control with this id, or nil.
func (c *Catalog) Control(id string) *Control {
	if i := slices.IndexFunc(c.Controls, func(x *Control) bool { return x.ID == id }); i >= 0 {
		return c.Controls[i]
	}
	return nil
}

// model reads a model or a shared variant, and what it starts from. It returns nil
// where there is none.
func (c *Catalog) model(folder, id string, steps []step) (*model, source.Diagnostics) {
	key := folder + "/" + id
	if m, ok := c.models[key]; ok {
		return m, nil
	}
	if problems, ok := c.badModels[key]; ok {
		return nil, problems
	}
	if len(steps) == 0 {
		steps = []step{{id: id}}
	}
	var m *model
	var problems source.Diagnostics
	for layer := range c.layers {
		r, top := c.openFile(layer, key+".yaml")
		if top != nil {
			m = r.modelFile(top, m, folder, steps)
		}
		problems = append(problems, r.Problems...)
	}
	switch {
	case len(problems) > 0:
		if c.badModels == nil {
			c.badModels = map[string]source.Diagnostics{}
		}
		c.badModels[key] = problems.Sorted()
	case m != nil:
		c.models[key] = m
	}
	return m, problems
}

// modelFile reads a file of a model. What an overlay says of a model that exists
// is merged into it, piece by piece.
func (r *reader) modelFile(top *yaml.Node, m *model, folder string, steps []step) *model {
	known := m != nil
	if !known {
		m = &model{facts: facts{}, statements: statements{}}
	}
	r.Object(top, "the file", []source.Field{
		source.Required("id", func(n *yaml.Node) { m.id = r.idOfFile(n) }),
		source.RequiredIf(!known, "name", func(n *yaml.Node) { m.name = r.Name(n, "name") }),
		source.Optional("level", func(n *yaml.Node) { m.level = r.level(n) }),
		source.Optional("description", func(n *yaml.Node) { m.description, _ = r.Text(n, "description") }),
		source.Optional("model", func(n *yaml.Node) { m.parent = r.modelRef(n, folder, steps) }),
		source.Optional("facts", func(n *yaml.Node) {
			if folder != "variants" {
				r.Add(n, "state them in the files of services, in their variants and in shared variants", "a model has no facts")
				return
			}
			r.facts(n, m.facts)
		}),
		source.RequiredIf(!known, "duties", func(n *yaml.Node) { r.statements(n, m.statements) }),
	})
	return m
}

func (r *reader) level(n *yaml.Node) Level {
	return Level(r.OneOf(n, "level", source.Strings(Levels)...))
}

// idOfFile reads an id that must be the name of its file.
func (r *reader) idOfFile(n *yaml.Node) string {
	id := r.ID(n, "id")
	if want := norm.NFC.String(strings.TrimSuffix(path.Base(r.File), ".yaml")); id != "" && id != want {
		r.Add(n, "rename one of the two", "the id %q is not the name of the file", id)
	}
	return id
}

// step is one on the way from a model to those that it starts from.
type step struct {
	id      string
	at      source.Pos // where it is named
	overlay bool
}

func (r *reader) modelRef(n *yaml.Node, folder string, steps []step) *model {
	id := r.Word(n, "model")
	if id == "" {
		return nil
	}
	steps = append(slices.Clip(steps), step{id, r.Pos(n), r.overlay})
	if circle := circleOf(steps); circle != nil {
		r.Problems.Add(circle.at, "name another one", "the model %q starts from itself", circle.id)
		return nil
	}
	m, problems := r.c.model(folder, id, steps)
	r.Problems = append(r.Problems, problems...)
	if m == nil && len(problems) == 0 {
		r.Add(n, source.DidYouMean(id, r.c.ids(folder), "they are "+strings.Join(r.c.ids(folder), ", ")), "unknown %s %q", strings.TrimSuffix(folder, "s"), id)
	}
	return m
}

// circleOf returns the step to correct where the last one leads back to another:
// one of an overlay, if there is any, because what ships has no circles.
func circleOf(steps []step) *step {
	last := len(steps) - 1
	first := slices.IndexFunc(steps, func(s step) bool { return s.id == steps[last].id })
	if first == last {
		return nil
	}
	for i := last; i > first; i-- {
		if steps[i].overlay {
			return &steps[i]
		}
	}
	return &steps[last]
}
