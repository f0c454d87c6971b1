package catalog

import (
	"encoding/json"
	"io/fs"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"raci/matrix/source"
)

// service reads a service from all layers, once. It returns nil without an
// error where no layer has it.
func (c *Catalog) service(id string) (*Service, source.Diagnostics) {
	if s, ok := c.services[id]; ok {
		return s, nil
	}
	if id == "" || strings.ContainsAny(id, `/\`) || slices.Contains(listFiles, id) {
		return nil, nil
	}
	var s *Service
	var problems source.Diagnostics
	for layer := range c.layers {
		r, top := c.openFile(layer, "services/"+id+".yaml")
		if top != nil {
			s = r.serviceFile(top, s)
		}
		problems = append(problems, r.Problems...)
	}
	if err := problems.Sorted(); err != nil {
		return nil, err
	}
	if s != nil {
		c.services[id] = s
	}
	return s, nil
}

// serviceFile reads a service's file. What an overlay says of a service that
// exists is merged into it, piece by piece.
func (r *reader) serviceFile(top *yaml.Node, base *Service) *Service {
	s := base
	if s == nil {
		s = &Service{facts: facts{}, statements: statements{}, Lifecycle: Available}
	}
	s.At = r.Pos(top)
	var assumed []source.Ref
	// Operators are sides of the duties below them, so they are read first.
	r.operatorsOf(top, s)
	r.Object(top, "the service", []source.Field{
		source.Required("id", func(n *yaml.Node) { s.ID = r.idOfFile(n) }),
		source.RequiredIf(base == nil, "name", func(n *yaml.Node) { s.Name = r.Name(n, "name") }),
		source.Optional("aliases", func(n *yaml.Node) { s.Aliases = append(s.Aliases, r.aliases(n)...) }),
		source.Optional("category", func(n *yaml.Node) { s.Category = r.Name(n, "category") }),
		source.RequiredIf(base == nil, "model", func(n *yaml.Node) {
			s.Model = r.Name(n, "model")
			s.model = r.modelRef(n, "models", nil)
		}),
		source.Optional("lifecycle", func(n *yaml.Node) { s.Lifecycle = Lifecycle(r.OneOf(n, "lifecycle", source.Strings(Lifecycles)...)) }),
		source.Optional("level", func(n *yaml.Node) { s.Level = r.level(n) }),
		source.Optional("note", func(n *yaml.Node) { s.Note, _ = r.Text(n, "note") }),
		source.Optional("assumes", func(n *yaml.Node) {
			r.Items(n, "assumes", false, func(n *yaml.Node) { assumed = append(assumed, source.Ref{ID: r.Name(n, "variant"), At: r.Pos(n)}) })
		}),
		source.Optional("operators", func(*yaml.Node) {}),
		source.Optional("found-as", func(n *yaml.Node) { r.foundAs(n, &s.FoundAs) }),
		source.Optional("facts", func(n *yaml.Node) { r.facts(n, s.facts) }),
		source.Optional("duties", func(n *yaml.Node) { r.statements(n, s.statements) }),
		source.Optional("variants", func(n *yaml.Node) {
			r.Pairs(n, "variants", func(key, value *yaml.Node) { r.variant(key, value, s) })
		}),
	})
	r.assume(s, assumed)
	return s
}

// assume sets the variants that the service assumes: each in the place of the one
// of its group that a layer below assumes.
func (r *reader) assume(s *Service, refs []source.Ref) {
	variants, byGroup := make(map[string]*Variant, len(s.Variants)), map[string]string{}
	for _, v := range s.Variants {
		variants[v.ID] = v
	}
	var assumed []string
	for _, ref := range refs {
		v := variants[ref.ID]
		if v == nil {
			r.Problems.Add(ref.At, source.DidYouMean(ref.ID, s.variantIDs(), "name a variant of this file"), "assumes: unknown variant %q", ref.ID)
			continue
		}
		if other, ok := byGroup[v.Group]; ok {
			r.Problems.Add(ref.At, "name one of the two", "assumes: the variants %q and %q exclude each other", other, v.ID)
			continue
		}
		byGroup[v.Group] = v.ID
		assumed = append(assumed, v.ID)
	}
	s.Assumes = slices.DeleteFunc(s.Assumes, func(id string) bool { return byGroup[variants[id].Group] != "" })
	s.Assumes = append(s.Assumes, assumed...)
}

func (r *reader) operatorsOf(top *yaml.Node, s *Service) {
	if n := valueOf(top, "operators"); n != nil {
		r.Pairs(n, "operators", func(key, value *yaml.Node) {
			p := Operator{r.ID(key, "operator"), r.Name(value, "name of an operator")}
			if IsReservedParty(p.ID) {
				r.Add(key, "choose another id", "the operator id %q is reserved", p.ID)
				return
			}
			s.name(p)
		})
	}
	for _, p := range s.Operators {
		r.operators = append(r.operators, p.ID)
	}
}

// name adds an operator, or gives one that is known another name.
func (s *Service) name(p Operator) {
	if i := slices.IndexFunc(s.Operators, func(o Operator) bool { return o.ID == p.ID }); i >= 0 {
		s.Operators[i] = p
		return
	}
	s.Operators = append(s.Operators, p)
}

func (r *reader) variant(key, value *yaml.Node, s *Service) {
	id := r.ID(key, "variant")
	v := s.Variant(id)
	isNew := v == nil
	if isNew {
		v = &Variant{ID: id, At: r.Pos(key), facts: facts{}, statements: statements{}}
		s.Variants = append(s.Variants, v)
	}
	r.Object(value, "the variant "+id, []source.Field{
		source.RequiredIf(isNew, "name", func(n *yaml.Node) { v.Name = r.Name(n, "name") }),
		source.Optional("aliases", func(n *yaml.Node) { v.Aliases = append(v.Aliases, r.aliases(n)...) }),
		source.RequiredIf(isNew, "group", func(n *yaml.Node) { v.Group = r.ID(n, "group") }),
		source.Optional("level", func(n *yaml.Node) { v.Level = r.level(n) }),
		source.Optional("note", func(n *yaml.Node) { v.Note, _ = r.Text(n, "note") }),
		source.Optional("like", func(n *yaml.Node) { v.like = r.modelRef(n, "variants", nil) }),
		source.Optional("found-as", func(n *yaml.Node) { r.foundAs(n, &v.FoundAs) }),
		source.Optional("facts", func(n *yaml.Node) { r.facts(n, v.facts) }),
		source.Optional("duties", func(n *yaml.Node) { r.statements(n, v.statements) }),
	})
}

// aliases reads other names, in lower case.
func (r *reader) aliases(n *yaml.Node) (names []string) {
	r.Items(n, "aliases", false, func(n *yaml.Node) {
		if name := strings.ToLower(r.Name(n, "alias")); name != "" {
			names = append(names, name)
		}
	})
	return names
}

func (r *reader) foundAs(n *yaml.Node, f *FoundAs) {
	r.Object(n, "found-as", []source.Field{
		source.Optional("terraform", func(n *yaml.Node) { f.Terraform = append(f.Terraform, r.patterns(n)...) }),
		source.Optional("cloudformation", func(n *yaml.Node) { f.CloudFormation = append(f.CloudFormation, r.patterns(n)...) }),
	})
}

// patterns reads a list of resource types, or a map from a type to the
// attributes that must match.
func (r *reader) patterns(n *yaml.Node) []ResourcePattern {
	var ps []ResourcePattern
	if source.Deref(n).Kind != yaml.MappingNode {
		r.Items(n, "resource types", true, func(n *yaml.Node) { ps = append(ps, ResourcePattern{Type: r.Name(n, "resource type")}) })
		return ps
	}
	r.Pairs(n, "resource types", func(key, value *yaml.Node) {
		p := ResourcePattern{Type: r.Name(key, "resource type"), Attributes: map[string][]string{}}
		r.Pairs(value, "attributes of "+p.Type, func(key, value *yaml.Node) {
			for _, ref := range r.Refs(value, "pattern") {
				name := r.Name(key, "attribute")
				p.Attributes[name] = append(p.Attributes[name], ref.ID)
			}
		})
		ps = append(ps, p)
	})
	return ps
}

// IndexFile is the file of the first layer that lists what would otherwise
// take reading every service. A test keeps it equal to the services' files.
const IndexFile = "index.json"

// ServiceSummary is what a list of services shows.
type ServiceSummary struct {
	ID           string              `json:"id"`
	Name         string              `json:"name"`
	Category     string              `json:"category,omitempty"`
	Model        string              `json:"model"`
	Level        Level               `json:"level,omitempty"`     // in no variant
	Lifecycle    Lifecycle           `json:"lifecycle,omitempty"` // empty while the service is available
	Aliases      []string            `json:"aliases,omitempty"`
	Variants     []string            `json:"variants,omitempty"`
	VariantNames map[string][]string `json:"variant_names,omitempty"` // by variant: its name, and then its aliases
	Unexamined   int                 `json:"unexamined,omitempty"`    // duties of which nobody looked whether they occur, see [DutySplit.IsUnexamined]
}

// Services lists all services, sorted by id: from the index of the first
// layer, and from the files of overlays.
func (c *Catalog) Services() ([]ServiceSummary, source.Diagnostics) {
	list, err := c.indexed()
	if err != nil {
		return nil, err
	}
	return c.addMissing(list)
}

// indexed lists the services in the index of the first layer.
func (c *Catalog) indexed() (list []ServiceSummary, err source.Diagnostics) {
	index, _, err := c.readFile(0, IndexFile)
	if err != nil {
		return nil, err
	}
	delete(c.read, "0/"+IndexFile) // it says nothing that the services' files do not
	if index != nil {
		if err := json.Unmarshal(index, &list); err != nil {
			return nil, source.Diagnostics{{At: source.Pos{File: IndexFile}, Message: err.Error()}}
		}
	}
	return list, nil
}

// addMissing adds to a list of services what is missing from it, and what overlays say.
func (c *Catalog) addMissing(list []ServiceSummary) ([]ServiceSummary, source.Diagnostics) {
	known := make(map[string]int, len(list))
	for i, s := range list {
		known[s.ID] = i
	}
	var problems source.Diagnostics
	for _, id := range c.ServiceIDs() {
		i, listed := known[id]
		if listed && !c.inOverlay(id) {
			continue
		}
		s, err := c.service(id)
		switch {
		case err != nil:
			problems = append(problems, err...)
		case s == nil: // its file has gone since the folder was listed
		case listed:
			list[i] = c.summary(s).and(list[i])
		default:
			list = append(list, c.summary(s))
		}
	}
	slices.SortFunc(list, func(a, b ServiceSummary) int { return strings.Compare(a.ID, b.ID) })
	return list, problems.Sorted()
}

func (c *Catalog) inOverlay(id string) bool {
	for _, l := range c.layers[1:] {
		if _, err := fs.Stat(l.FS, l.spelled("services/"+id+".yaml")); err == nil {
			return true
		}
	}
	return false
}

// and adds the names that the other summary has beside, which stand in no
// service's file.
func (s ServiceSummary) and(other ServiceSummary) ServiceSummary {
	s.Aliases = addNames(s.Aliases, other.Aliases)
	for v, names := range other.VariantNames {
		s.VariantNames[v] = addNames(s.VariantNames[v], names[min(1, len(names)):])
	}
	return s
}

func addNames(names, more []string) []string {
	for _, name := range more {
		if !slices.Contains(names, name) {
			names = append(slices.Clip(names), name)
		}
	}
	return names
}

func (c *Catalog) summary(s *Service) ServiceSummary {
	sum := s.summary()
	if r, problems := c.merge(s, nil); problems == nil { // others say what is wrong
		sum.Level = r.Level
		for i := range r.Splits {
			if r.Splits[i].IsUnexamined() {
				sum.Unexamined++
			}
		}
	}
	return sum
}

func (s *Service) summary() ServiceSummary {
	sum := ServiceSummary{ID: s.ID, Name: s.Name, Category: s.Category, Model: s.Model, Aliases: s.Aliases, Variants: s.variantIDs()}
	if s.Lifecycle != Available {
		sum.Lifecycle = s.Lifecycle
	}
	for _, v := range s.Variants {
		if sum.VariantNames == nil {
			sum.VariantNames = map[string][]string{}
		}
		sum.VariantNames[v.ID] = append([]string{v.Name}, v.Aliases...)
	}
	return sum
}
