package matrix

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Words of the catalog's files.
var (
	categories = []string{"inherited", "shared", "customer-specific"}
	scopes     = []string{string(ProviderScope), string(OrganizationScope), string(ServiceScope)}
	lifecycles = []string{"available", "maintenance", "retired"}
)

const noDutyText = "none" // a duty that does not apply is written "duty: none"

var monthPattern = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])$`)

// catalogReader reads one file of the catalog.
type catalogReader struct {
	document
	c         *Catalog
	overlay   bool
	operators []string // ids that are sides beside AWS and the customer
}

// open parses a file of a layer. The node is nil where the file does not
// exist or cannot be read; the reader then holds the problems.
func (c *Catalog) open(layer int, name string) (*catalogReader, *yaml.Node) {
	r := &catalogReader{c: c, overlay: layer > 0, document: document{file: path.Join(c.layers[layer].Name, name)}}
	data, _, err := c.load(layer, name)
	if err != nil {
		r.problems = err.(Problems)
		return r, nil
	}
	if data == nil {
		return r, nil
	}
	return r, r.parse(data)
}

func (c *Catalog) readVersion(layer int) Problems {
	r, top := c.open(layer, "catalog.yaml")
	if top != nil {
		r.object(top, "the catalog", []field{{"version", true, func(n *yaml.Node) { c.Version = r.name(n, "version") }}})
	}
	return r.problems
}

func (c *Catalog) readControls(layer int) Problems {
	r, top := c.open(layer, "controls.yaml")
	if top == nil {
		if layer == 0 && len(r.problems) == 0 {
			r.problems.add(Pos{File: r.file}, "", "the catalog has no controls")
		}
		return r.problems
	}
	r.object(top, "the list of controls", []field{{"controls", true, func(n *yaml.Node) {
		r.items(n, "controls", false, r.control)
	}}})
	return r.problems
}

// control reads a control; one that exists gains the duties.
func (r *catalogReader) control(n *yaml.Node) {
	read := Control{At: r.pos(n)}
	var duties []*yaml.Node
	r.object(n, "a control", []field{
		{"id", true, func(n *yaml.Node) { read.ID = r.id(n, "id of a control") }},
		{"name", false, func(n *yaml.Node) { read.Name = r.name(n, "name of a control") }},
		{"category", false, func(n *yaml.Node) { read.Category = r.oneOf(n, "category", categories...) }},
		{"duties", true, func(n *yaml.Node) { r.items(n, "duties", false, func(n *yaml.Node) { duties = append(duties, n) }) }},
	})
	control := r.c.Control(read.ID)
	if control == nil {
		if read.Name == "" || read.Category == "" {
			r.add(n, "add the two", "the new control %q needs a name and a category", read.ID)
		}
		control = &read
		r.c.Controls = append(r.c.Controls, control)
	}
	for _, d := range duties {
		r.duty(d, control)
	}
}

// duty reads a duty; one that exists gets new words and sides.
func (r *catalogReader) duty(n *yaml.Node, control *Control) {
	d := &Duty{Control: control, At: r.pos(n)}
	var st statement
	r.object(n, "a duty", append(r.statementFields(&st), []field{
		{"id", true, func(n *yaml.Node) { d.ID = r.id(n, "id of a duty") }},
		{"title", false, func(n *yaml.Node) { d.Title = r.name(n, "title of a duty") }},
		{"scope", false, func(n *yaml.Node) { d.Scope = Scope(r.oneOf(n, "scope", scopes...)) }},
	}...))
	sortSides(st.sides)
	if old := r.c.duties[d.ID]; old != nil {
		if old.Control != control {
			r.add(n, "leave it there", "the duty %q belongs to the control %q", d.ID, old.Control.ID)
		}
		if d.Title != "" {
			old.Title = d.Title
		}
		old.fact.Duty = old
		st.at = r.pos(n)
		old.fact.apply(map[string]statement{d.ID: st}, BasisControl)
		return
	}
	if d.Title == "" || d.Scope == "" {
		r.add(n, "add the two", "the new duty %q needs a title and a scope", d.ID)
	}
	if (d.Scope == ServiceScope) != (len(st.sides) == 0) {
		r.add(n, "duties of scope service get their sides from models and services; the others say them here", "the duty %q of scope %s has %d sides", d.ID, d.Scope, len(st.sides))
	}
	d.fact = Fact{Sides: st.sides, Evidence: st.evidence, Sources: st.sources, Note: st.note, Basis: BasisControl, At: r.pos(n)}
	if r.overlay {
		d.fact.Basis = BasisOverlay
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
func (r *catalogReader) statementFields(st *statement) []field {
	fields := []field{
		{"evidence", false, func(n *yaml.Node) {
			r.items(n, "evidence", false, func(n *yaml.Node) {
				if s, ok := r.text(n, "evidence"); ok {
					st.evidence = append(st.evidence, s)
				}
			})
		}},
		{"source", false, func(n *yaml.Node) {
			r.items(n, "source", true, func(n *yaml.Node) { st.sources = append(st.sources, r.source(n)) })
		}},
		{"note", false, func(n *yaml.Node) { st.note, _ = r.text(n, "note") }},
	}
	for _, who := range append([]string{AWS, Customer}, r.operators...) {
		fields = append(fields, field{who, false, func(n *yaml.Node) {
			if s, ok := r.text(n, "what "+who+" does"); ok {
				st.sides = append(st.sides, Side{who, s, r.pos(n)})
			}
		}})
	}
	return fields
}

func (r *catalogReader) source(n *yaml.Node) Source {
	var s Source
	r.object(n, "a source", []field{
		{"url", true, func(n *yaml.Node) {
			if s.URL, _ = r.text(n, "url"); !strings.HasPrefix(s.URL, "https://") {
				r.add(n, "write the whole address, with https://", "%q is not the address of a page", s.URL)
			}
		}},
		{"checked", true, func(n *yaml.Node) {
			if s.Checked = r.name(n, "checked"); !monthPattern.MatchString(s.Checked) {
				r.add(n, "write it as YYYY-MM", "checked: %q is not a month", s.Checked)
			}
		}},
	})
	return s
}

// statements reads the duties of a model, a shared variant, a service or a variant.
func (r *catalogReader) statements(n *yaml.Node) map[string]statement {
	said := map[string]statement{}
	r.pairs(n, "duties", func(key, value *yaml.Node) {
		id := r.name(key, "duty")
		if r.c.duties[id] == nil {
			r.add(key, didYouMean(id, slices.Sorted(maps.Keys(r.c.duties)), "see raci catalog list duties"), "unknown duty %q", id)
			return
		}
		st := statement{at: r.pos(key), overlay: r.overlay}
		if v := resolve(value); v.Kind == yaml.ScalarNode && v.Value == noDutyText {
			st.none = true
		} else {
			r.object(value, "the duty "+id, r.statementFields(&st))
			sortSides(st.sides)
		}
		said[id] = st
	})
	return said
}

// model reads a model or a shared variant, and what it starts from. It returns nil
// where there is none.
func (c *Catalog) model(folder, id string, path []string) (*model, Problems) {
	key := folder + "/" + id
	if m, ok := c.models[key]; ok {
		return m, nil
	}
	if slices.Contains(path, id) {
		return nil, Problems{{Pos{File: key}, "the model starts from itself", "name another model"}}
	}
	var m *model
	var problems Problems
	for layer := range c.layers {
		r, top := c.open(layer, key+".yaml")
		if top != nil {
			next := r.modelFile(top, folder, append(path, id))
			if m != nil { // an overlay builds on what it corrects
				maps.Copy(m.said, next.said)
			} else {
				m = next
			}
		}
		problems = append(problems, r.problems...)
	}
	if len(problems) == 0 && m != nil {
		c.models[key] = m
	}
	return m, problems
}

func (r *catalogReader) modelFile(top *yaml.Node, folder string, path []string) *model {
	m := &model{said: map[string]statement{}}
	r.object(top, "the file", []field{
		{"id", true, func(n *yaml.Node) { m.id = r.idOfFile(n) }},
		{"name", true, func(n *yaml.Node) { m.name = r.name(n, "name") }},
		{"description", false, func(n *yaml.Node) { r.text(n, "description") }},
		{"model", false, func(n *yaml.Node) { m.parent = r.modelRef(n, folder, path) }},
		{"duties", true, func(n *yaml.Node) { m.said = r.statements(n) }},
	})
	return m
}

// idOfFile reads an id that must be the name of its file.
func (r *catalogReader) idOfFile(n *yaml.Node) string {
	id := r.id(n, "id")
	if want := strings.TrimSuffix(path.Base(r.file), ".yaml"); id != "" && id != want {
		r.add(n, "rename one of the two", "the id %q is not the name of the file", id)
	}
	return id
}

func (r *catalogReader) modelRef(n *yaml.Node, folder string, path []string) *model {
	id := r.word(n, "model")
	if id == "" {
		return nil
	}
	m, problems := r.c.model(folder, id, path)
	r.problems = append(r.problems, problems...)
	if m == nil && len(problems) == 0 {
		r.add(n, didYouMean(id, r.c.ids(folder), "they are "+strings.Join(r.c.ids(folder), ", ")), "unknown %s %q", strings.TrimSuffix(folder, "s"), id)
	}
	return m
}
