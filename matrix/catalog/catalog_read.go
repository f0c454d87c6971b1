package catalog

import (
	"cmp"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

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
	operators []string // ids that are sides beside AWS and the customer
}

// openFile parses a file of a layer. The node is nil where the file does not
// exist or cannot be read; the reader then holds the problems.
func (c *Catalog) openFile(layer int, name string) (*reader, *yaml.Node) {
	r := &reader{c: c, overlay: layer > 0, Reader: source.Reader{File: path.Join(c.layers[layer].Name, name)}}
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

func (c *Catalog) readVersion(layer int) source.Diagnostics {
	r, top := c.openFile(layer, "catalog.yaml")
	if top != nil {
		r.Object(top, "the catalog", []source.Field{source.Required("version", func(n *yaml.Node) { c.Version = r.Name(n, "version") })})
	}
	return r.Problems
}

func (c *Catalog) readControls(layer int) source.Diagnostics {
	r, top := c.openFile(layer, "controls.yaml")
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

// control reads a control; one that exists gains the duties.
func (r *reader) control(n *yaml.Node) {
	read := Control{At: r.Pos(n)}
	var duties []*yaml.Node
	r.Object(n, "a control", []source.Field{
		source.Required("id", func(n *yaml.Node) { read.ID = r.ID(n, "id of a control") }),
		source.Optional("name", func(n *yaml.Node) { read.Name = r.Name(n, "name of a control") }),
		source.Optional("category", func(n *yaml.Node) { read.Category = Category(r.OneOf(n, "category", source.Strings(Categories)...)) }),
		source.Required("duties", func(n *yaml.Node) { r.Items(n, "duties", false, func(n *yaml.Node) { duties = append(duties, n) }) }),
	})
	control := r.c.Control(read.ID)
	if control == nil {
		if read.Name == "" || read.Category == "" {
			r.Add(n, "add the two", "the new control %q needs a name and a category", read.ID)
		}
		control = &read
		r.c.Controls = append(r.c.Controls, control)
	}
	for _, d := range duties {
		r.duty(d, control)
	}
}

// duty reads a duty; one that exists gets new words and sides.
func (r *reader) duty(n *yaml.Node, control *Control) {
	d := &Duty{Control: control, At: r.Pos(n)}
	var st statement
	r.Object(n, "a duty", append(r.statementFields(&st), []source.Field{
		source.Required("id", func(n *yaml.Node) { d.ID = r.ID(n, "id of a duty") }),
		source.Optional("title", func(n *yaml.Node) { d.Title = r.Name(n, "title of a duty") }),
		source.Optional("aliases", func(n *yaml.Node) { d.Aliases = r.aliases(n) }),
		source.Optional("scope", func(n *yaml.Node) { d.Scope = Scope(r.OneOf(n, "scope", source.Strings(scopes)...)) }),
		source.Optional("aws-part", func(n *yaml.Node) { d.Part = Part(r.OneOf(n, "aws-part", source.Strings(Parts)...)) }),
		source.Optional("frequency", func(n *yaml.Node) { d.Frequency = Frequency(r.OneOf(n, "frequency", source.Strings(Frequencies)...)) }),
	}...))
	SortSides(st.sides)
	if old := r.c.duties[d.ID]; old != nil {
		if old.Control != control {
			r.Add(n, "leave it there", "the duty %q belongs to the control %q", d.ID, old.Control.ID)
		}
		if d.Title != "" {
			old.Title = d.Title
		}
		old.Aliases = addNames(old.Aliases, d.Aliases)
		old.Part, old.Frequency = cmp.Or(d.Part, old.Part), cmp.Or(d.Frequency, old.Frequency)
		old.Fact.Duty = old
		st.at = r.Pos(n)
		old.Fact.apply(map[string]statement{d.ID: st}, BasisControl)
		return
	}
	d.Part = cmp.Or(d.Part, InStead)
	if d.Title == "" || d.Scope == "" {
		r.Add(n, "add the two", "the new duty %q needs a title and a scope", d.ID)
	}
	if (d.Scope == ServiceScope) != (len(st.sides) == 0) {
		r.Add(n, "duties of scope service get their sides from models and services; the others say them here", "the duty %q of scope %s has %d sides", d.ID, d.Scope, len(st.sides))
	}
	d.Fact = Fact{Sides: st.sides, Offers: st.offers, Evidence: st.evidence, Sources: st.sources, Note: st.note, Basis: BasisControl, At: r.Pos(n)}
	if r.overlay {
		d.Fact.Basis = BasisOverlay
	}
	r.c.duties[d.ID] = d
	control.Duties = append(control.Duties, d)
}

// Control returns the control with this id, or nil.
func (c *Catalog) Control(id string) *Control {
	if i := slices.IndexFunc(c.Controls, func(x *Control) bool { return x.ID == id }); i >= 0 {
		return c.Controls[i]
	}
	return nil
}

// statementFields are the keys of a duty in a model, a shared variant, a service or a
// variant.
func (r *reader) statementFields(st *statement) []source.Field {
	fields := []source.Field{
		source.Optional("offers", func(n *yaml.Node) { st.offers, _ = r.Text(n, "what AWS offers") }),
		source.Optional("evidence", func(n *yaml.Node) {
			r.Items(n, "evidence", false, func(n *yaml.Node) {
				if s, ok := r.Text(n, "evidence"); ok {
					st.evidence = append(st.evidence, s)
				}
			})
		}),
		source.Optional("source", func(n *yaml.Node) {
			r.Items(n, "source", true, func(n *yaml.Node) { st.sources = append(st.sources, r.source(n)) })
		}),
		source.Optional("note", func(n *yaml.Node) { st.note, _ = r.Text(n, "note") }),
	}
	for _, who := range append([]string{AWS, Customer}, r.operators...) {
		fields = append(fields, source.Optional(who, func(n *yaml.Node) {
			if s, ok := r.Text(n, "what "+who+" does"); ok {
				st.sides = append(st.sides, Side{who, s, r.Pos(n)})
			}
		}))
	}
	return fields
}

func (r *reader) source(n *yaml.Node) Source {
	var s Source
	r.Object(n, "a source", []source.Field{
		source.Required("url", func(n *yaml.Node) {
			if s.URL, _ = r.Text(n, "url"); !strings.HasPrefix(s.URL, "https://") || strings.ContainsAny(s.URL, " \t\n") {
				r.Add(n, "write the whole address, with https://", "%q is not the address of a page", s.URL)
			}
		}),
		source.Required("checked", func(n *yaml.Node) {
			if s.Checked = r.Name(n, "checked"); !monthPattern.MatchString(s.Checked) {
				r.Add(n, "write it as YYYY-MM", "checked: %q is not a month", s.Checked)
			}
		}),
	})
	return s
}

// statements reads the duties of a model, a shared variant, a service or a variant.
func (r *reader) statements(n *yaml.Node) map[string]statement {
	byDuty := map[string]statement{}
	r.Pairs(n, "duties", func(key, value *yaml.Node) {
		id := r.Name(key, "duty")
		if r.c.duties[id] == nil {
			r.Add(key, source.DidYouMean(id, slices.Sorted(maps.Keys(r.c.duties)), "see raci catalog list duties"), "unknown duty %q", id)
			return
		}
		st := statement{at: r.Pos(key), overlay: r.overlay}
		if v := source.Deref(value); v.Kind == yaml.ScalarNode && v.Value == noDutyText {
			st.none = true
		} else {
			r.Object(value, "the duty "+id, r.statementFields(&st))
			SortSides(st.sides)
		}
		byDuty[id] = st
	})
	return byDuty
}

// model reads a model or a shared variant, and what it starts from. It returns nil
// where there is none.
func (c *Catalog) model(folder, id string, path []string) (*model, source.Diagnostics) {
	key := folder + "/" + id
	if m, ok := c.models[key]; ok {
		return m, nil
	}
	if slices.Contains(path, id) {
		return nil, source.Diagnostics{{At: source.Pos{File: key}, Message: "the model starts from itself", Hint: "name another model"}}
	}
	var m *model
	var problems source.Diagnostics
	for layer := range c.layers {
		r, top := c.openFile(layer, key+".yaml")
		if top != nil {
			next := r.modelFile(top, folder, append(path, id))
			if m != nil { // an overlay builds on what it corrects
				maps.Copy(m.statements, next.statements)
			} else {
				m = next
			}
		}
		problems = append(problems, r.Problems...)
	}
	if len(problems) == 0 && m != nil {
		c.models[key] = m
	}
	return m, problems
}

func (r *reader) modelFile(top *yaml.Node, folder string, path []string) *model {
	m := &model{statements: map[string]statement{}}
	r.Object(top, "the file", []source.Field{
		source.Required("id", func(n *yaml.Node) { m.id = r.idOfFile(n) }),
		source.Required("name", func(n *yaml.Node) { m.name = r.Name(n, "name") }),
		source.Optional("description", func(n *yaml.Node) { r.Text(n, "description") }),
		source.Optional("model", func(n *yaml.Node) { m.parent = r.modelRef(n, folder, path) }),
		source.Required("duties", func(n *yaml.Node) { m.statements = r.statements(n) }),
	})
	return m
}

// idOfFile reads an id that must be the name of its file.
func (r *reader) idOfFile(n *yaml.Node) string {
	id := r.ID(n, "id")
	if want := strings.TrimSuffix(path.Base(r.File), ".yaml"); id != "" && id != want {
		r.Add(n, "rename one of the two", "the id %q is not the name of the file", id)
	}
	return id
}

func (r *reader) modelRef(n *yaml.Node, folder string, path []string) *model {
	id := r.Word(n, "model")
	if id == "" {
		return nil
	}
	m, problems := r.c.model(folder, id, path)
	r.Problems = append(r.Problems, problems...)
	if m == nil && len(problems) == 0 {
		r.Add(n, source.DidYouMean(id, r.c.ids(folder), "they are "+strings.Join(r.c.ids(folder), ", ")), "unknown %s %q", strings.TrimSuffix(folder, "s"), id)
	}
	return m
}
