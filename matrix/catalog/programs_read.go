package catalog

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"raci/matrix/source"
)

// programsFile holds the programs and their lists. It is read when a service is
// resolved.
const programsFile = "programs.yaml"

// readPrograms reads the programs of all layers, once. Lists of overlays are laid over
// those below them: what counts is the month of each, and not the layer.
func (c *Catalog) readPrograms() *programs {
	if c.audits != nil {
		return c.audits
	}
	p := &programs{lists: map[string][]programList{}, byReport: map[string][]string{}}
	for layer := range c.layers {
		r, top := c.openFile(layer, programsFile)
		if top != nil {
			known := &knownServices{c: c}
			r.Object(top, "the list of programs", []source.Field{source.Required("programs", func(n *yaml.Node) {
				r.Pairs(n, "programs", func(key, value *yaml.Node) { r.program(key, value, p, known) })
			})})
		}
		p.problems = append(p.problems, r.Problems...)
	}
	p.problems = p.problems.Sorted()
	for _, program := range p.list {
		slices.SortStableFunc(p.lists[program.ID], func(a, b programList) int { return cmp.Compare(a.month, b.month) })
		for _, report := range program.Reports {
			p.byReport[report] = append(p.byReport[report], program.ID)
		}
	}
	c.audits = p
	return p
}

// program reads a program. One that exists is changed in what is said of it, and
// gains the lists.
func (r *reader) program(key, value *yaml.Node, all *programs, known *knownServices) {
	id := r.ID(key, "id of a program")
	var p *Program
	if i := slices.IndexFunc(all.list, func(p *Program) bool { return p.ID == id }); i >= 0 {
		p = all.list[i]
	}
	isNew := p == nil
	if isNew {
		p = &Program{ID: id, At: r.Pos(key)}
		all.list = append(all.list, p)
	}
	r.Object(value, "the program "+id, []source.Field{
		source.RequiredIf(isNew, "name", func(n *yaml.Node) { p.Name = r.Name(n, "name of a program") }),
		source.Optional("page", func(n *yaml.Node) { p.Page = r.page(n) }),
		source.Optional("reports", func(n *yaml.Node) { p.Reports = source.IDs(r.Refs(n, "report")) }),
		source.Optional("baselines", func(n *yaml.Node) { p.Baselines = source.IDs(r.Refs(n, "baseline")) }),
		source.Optional("lists", func(n *yaml.Node) {
			r.Items(n, "lists", false, func(n *yaml.Node) { all.lists[id] = append(all.lists[id], r.programList(n, known)) })
		}),
	})
}

func (r *reader) programList(n *yaml.Node, known *knownServices) programList {
	l := programList{limits: map[string]string{}}
	var limits *yaml.Node
	r.Object(n, "a list of a program", []source.Field{
		source.Required("month", func(n *yaml.Node) {
			if l.month = r.Name(n, "month"); !monthPattern.MatchString(l.month) {
				r.Add(n, "write it as YYYY-MM", "month: %q is not a month", l.month)
			}
		}),
		source.Optional("page", func(n *yaml.Node) { l.page = r.page(n) }),
		source.Optional("complete", func(n *yaml.Node) { l.complete, _ = r.Bool(n, "complete") }),
		source.Required("services", func(n *yaml.Node) { l.services = r.listedServices(n, known) }),
		source.Optional("limits", func(n *yaml.Node) { limits = n }),
	})
	if limits == nil {
		return l
	}
	r.Pairs(limits, "limits", func(key, value *yaml.Node) {
		service := r.listedService(key, r.Name(key, "service"), known)
		if service != "" && !strings.Contains(l.services, " "+service+" ") {
			r.Add(key, "add it to services", "the list has a limit of %q, and does not name it", service)
		}
		l.limits[service] = r.Name(value, "limit of "+service)
	})
	return l
}

// page reads the address of a page.
func (r *reader) page(n *yaml.Node) string {
	url, ok := r.Text(n, "page")
	if ok && !source.IsPage(url) {
		r.Add(n, source.PageHint(url), "%.100q is not the address of a page", url)
	}
	return url
}

// listedServices reads the services of a list: ids in one text, or a list of names as AWS
// publishes them. It returns the ids, each between blanks. Tests look at those that
// ship, and no more is done with them where a list is read: there are thousands.
func (r *reader) listedServices(n *yaml.Node, known *knownServices) string {
	if text := source.Deref(n); !r.overlay && text.Kind == yaml.ScalarNode {
		return " " + text.Value + " "
	}
	var ids []string
	add := func(n *yaml.Node, name string) {
		if id := r.listedService(n, name, known); id != "" {
			ids = append(ids, id)
		}
	}
	if source.Deref(n).Kind == yaml.SequenceNode {
		r.Items(n, "services", false, func(n *yaml.Node) { add(n, r.Name(n, "service")) })
		return " " + strings.Join(ids, " ") + " "
	}
	before := len(r.Problems)
	text, _ := r.Text(n, "services")
	for id := range strings.FieldsSeq(text) {
		add(n, id)
	}
	for i := range r.Problems[before:] {
		if p := &r.Problems[before+i]; strings.HasPrefix(p.Message, "unknown") {
			p.Hint += "; names that have blanks stand in a list: [Amazon SQS, AWS Lambda]"
		}
	}
	return " " + strings.Join(ids, " ") + " "
}

// listedService returns what a name in a list means, or "" where it is a problem, or
// one of the names that mean no service with duties: lists of AWS hold them as well.
func (r *reader) listedService(n *yaml.Node, name string, known *knownServices) string {
	if name == "" || known.isID(name) {
		return name
	}
	meanings, problems := known.meanings(name)
	switch {
	case problems != nil:
		r.Problems = append(r.Problems, problems...)
	case len(meanings) == 1:
		return meanings[0]
	case len(meanings) > 1:
		r.Add(n, "name one of them", "%q fits several: %s", name, strings.Join(meanings, ", "))
	default:
		unknown := r.c.unknownService(source.Ref{ID: name, At: r.Pos(n)})
		if r.c.unknownNames == nil || r.c.unknownNames.reasons[foldWord(behindName.ReplaceAllString(name, ""))] == "" {
			r.Problems = append(r.Problems, unknown...)
		}
	}
	return ""
}

// knownServices are the services that lists can name. No file of theirs is read for
// it: what a list says of others is nothing that a matrix rests on.
type knownServices struct {
	c        *Catalog
	ids      map[string]bool
	variants map[string][]string // once something else than an id was met
}

func (k *knownServices) isID(name string) bool {
	if k.ids == nil {
		k.ids = map[string]bool{}
		for _, id := range k.c.ServiceIDs() {
			k.ids[id] = true
		}
	}
	return k.ids[name]
}

// behindName is what lists of AWS write behind a name: a short form, a part, a star.
var behindName = regexp.MustCompile(`( [(\[][^)\]]*[)\]]| ?\*)+$`)

// meanings returns what a name means, each as SERVICE or SERVICE/VARIANT.
func (k *knownServices) meanings(name string) ([]string, source.Diagnostics) {
	names, problems := k.c.names()
	if problems != nil {
		return nil, problems
	}
	for _, spelling := range []string{name, behindName.ReplaceAllString(name, "")} {
		if list := names.find(spelling); len(list) > 0 {
			return list, nil
		}
	}
	if k.variants == nil {
		services, problems := k.c.Services()
		if problems != nil {
			return nil, problems
		}
		k.variants = map[string][]string{}
		for _, s := range services {
			k.variants[s.ID] = s.Variants
		}
	}
	front, variant, _ := strings.Cut(name, "/")
	if list := names.find(front); len(list) == 1 && slices.Contains(k.variants[list[0]], variant) {
		return []string{list[0] + "/" + variant}, nil
	}
	return nil, nil
}
