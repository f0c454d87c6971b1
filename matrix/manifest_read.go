package matrix

import (
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// ManifestVersion is the version of the manifest's format that this package
// reads.
const ManifestVersion = "1"

// Words that cannot be the id of a party, because they mean something else.
var reservedParties = []string{AWS, Customer, Shared, NoSplit, "*"}

// Words that cannot be the name of an entry.
var reservedEntries = []string{ProviderEntry, OrganizationEntry, AWS, "*"}

// ParseManifest reads the bytes of a manifest. The error, if any, is of type
// Problems and holds all of them; the Manifest then holds what could be read,
// so that Build can add the problems that need the catalog. File is the name
// that positions show.
func ParseManifest(file string, data []byte) (*Manifest, error) {
	r := manifestReader{document: document{file: file}, m: &Manifest{File: file, Accountability: CustomerAccountable, Check: DefaultCheck}}
	if top := r.parse(data); top != nil {
		r.read(top)
	}
	return r.m, r.problems.Err()
}

type manifestReader struct {
	document
	m *Manifest
}

func (r *manifestReader) read(top *yaml.Node) {
	m := r.m
	r.object(top, "the manifest", []field{
		{"version", true, r.version},
		{"organization", true, func(n *yaml.Node) { m.Organization = r.name(n, "organization") }},
		{"system", true, func(n *yaml.Node) { m.System = r.name(n, "system") }},
		{"revision", false, func(n *yaml.Node) { m.Revision = r.name(n, "revision") }},
		{"date", false, func(n *yaml.Node) { m.Date = r.date(n, "date") }},
		{"accountability", false, func(n *yaml.Node) {
			m.Accountability = Accountability(r.oneOf(n, "accountability", string(CustomerAccountable), string(ProviderAccountable)))
		}},
		{"frameworks", false, func(n *yaml.Node) { r.items(n, "frameworks", true, r.framework) }},
		{"environments", false, func(n *yaml.Node) { m.Environments = r.refs(n, "environment") }},
		{"accounts", false, r.accounts},
		{"parties", true, r.parties},
		{"defaults", false, r.defaults},
		{"services", true, r.services},
		{"assign", false, func(n *yaml.Node) { r.items(n, "assign", false, r.rule) }},
		{"overrides", false, func(n *yaml.Node) { r.items(n, "overrides", false, r.override) }},
		{"report", false, r.report},
		{"catalog", false, func(n *yaml.Node) { m.Overlays = r.refs(n, "catalog") }},
		{"check", false, r.check},
	})
}

func (r *manifestReader) version(n *yaml.Node) {
	if v := r.word(n, "version"); v != "" && v != ManifestVersion {
		r.add(n, "write version: "+ManifestVersion, "version %q of the manifest's format is not known", v)
	}
}

func (r *manifestReader) date(n *yaml.Node, what string) string {
	s := r.word(n, what)
	if s == "" {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		r.add(n, "write it as YYYY-MM-DD, for example 2026-11-21", "%s %q is not a day of the calendar", what, s)
		return ""
	}
	return s
}

func (r *manifestReader) parties(n *yaml.Node) {
	r.pairs(n, "parties", func(key, value *yaml.Node) {
		p := Party{ID: r.id(key, "party id"), At: r.pos(key)}
		for _, word := range reservedParties {
			if p.ID == word {
				r.add(key, "choose another id", "the party id %q is reserved", p.ID)
				return
			}
		}
		if resolve(value).Kind != yaml.MappingNode {
			p.Name = r.name(value, "the name of the party")
		} else {
			r.object(value, "a party", []field{
				{"name", true, func(n *yaml.Node) { p.Name = r.name(n, "the name of the party") }},
				{"contact", false, func(n *yaml.Node) { p.Contact = r.name(n, "contact") }},
				{"kind", false, func(n *yaml.Node) { p.Kind = Kind(r.oneOf(n, "kind of party", string(Team), string(Operator))) }},
			})
		}
		if p.ID != "" {
			r.m.Parties = append(r.m.Parties, p)
		}
	})
}

func (r *manifestReader) defaults(n *yaml.Node) {
	r.m.Defaults.At = r.pos(n)
	r.object(n, "defaults", r.holderFields(&r.m.Defaults))
}

func (r *manifestReader) holderFields(rule *Rule) []field {
	return []field{
		{"responsible", false, func(n *yaml.Node) { rule.Responsible = r.holders(n, "responsible") }},
		{"accountable", false, func(n *yaml.Node) {
			rule.Accountable = r.holders(n, "accountable")
			if ps := rule.Accountable.Parties; len(ps) > 1 {
				r.problems.add(ps[1].At, "name one, and split the rule by duty if two decide", "two accountable parties: a row has exactly one A")
			}
		}},
		{"consulted", false, func(n *yaml.Node) { rule.Consulted = r.holders(n, "consulted") }},
		{"informed", false, func(n *yaml.Node) { rule.Informed = r.holders(n, "informed") }},
	}
}

// holders reads a party, a list of parties, or "none", which takes the letter
// from everybody.
func (r *manifestReader) holders(n *yaml.Node, what string) Holders {
	h := Holders{Set: true, At: r.pos(n)}
	if v := resolve(n); v.Kind == yaml.ScalarNode && v.Value == "none" {
		return h
	}
	h.Parties = r.refs(n, what)
	return h
}

func (r *manifestReader) services(n *yaml.Node) {
	taken := map[string]Pos{}
	r.items(n, "services", false, func(item *yaml.Node) {
		u := Use{At: r.pos(resolve(item))}
		var nameAt *yaml.Node
		r.object(item, "a service", []field{
			{"use", true, func(n *yaml.Node) { u.Service = r.ref(n, "use") }},
			{"name", false, func(n *yaml.Node) { u.Name, nameAt = r.word(n, "name"), n }},
			{"variant", false, func(n *yaml.Node) { u.Variants = r.refs(n, "variant") }},
			{"owner", false, func(n *yaml.Node) { u.Owner = r.ref(n, "owner") }},
			{"environment", false, func(n *yaml.Node) { u.Environments = r.refs(n, "environment") }},
			{"account", false, func(n *yaml.Node) { u.Accounts = r.refs(n, "account") }},
			{"tags", false, func(n *yaml.Node) { u.Tags = ids(r.refs(n, "tag")) }},
		})
		if u.Name == "" && nameAt == nil {
			u.Name = u.Service.ID
		}
		r.checkEntryName(&u, nameAt, taken)
		r.m.Uses = append(r.m.Uses, u)
	})
	if len(r.m.Uses) == 0 && resolve(n).Kind == yaml.SequenceNode {
		r.add(n, "list the services in use, each as - use: SERVICE", "services is empty")
	}
}

func (r *manifestReader) checkEntryName(u *Use, nameAt *yaml.Node, taken map[string]Pos) {
	at := u.Service.At
	if nameAt != nil {
		at = r.pos(nameAt)
	}
	if u.Name == "" || at.Line == 0 {
		return
	}
	for _, word := range reservedEntries {
		if u.Name == word {
			r.problems.add(at, "choose another name", "the entry name %q is reserved", u.Name)
		}
	}
	if strings.Contains(u.Name, "/") {
		r.problems.add(at, hintVariant(u, nameAt), "the entry name %q holds \"/\"", u.Name)
	}
	if before, ok := taken[u.Name]; ok {
		r.problems.add(at, "tell them apart with name:", "two entries are named %q; the first is at line %d", u.Name, before.Line)
		return
	}
	taken[u.Name] = at
}

// hintVariant helps who writes the service and its variant in one word.
func hintVariant(u *Use, nameAt *yaml.Node) string {
	if service, variant, ok := strings.Cut(u.Service.ID, "/"); ok && nameAt == nil {
		return "write use: " + service + " and variant: " + variant
	}
	return "use another character"
}

func (r *manifestReader) selectorFields(s *Selector) []field {
	return []field{
		{"service", false, func(n *yaml.Node) { s.Services = r.selected(n, "service") }},
		{"entry", false, func(n *yaml.Node) { s.Entries = r.selected(n, "entry") }},
		{"control", false, func(n *yaml.Node) { s.Controls = r.selected(n, "control") }},
		{"duty", false, func(n *yaml.Node) { s.Duties = r.selected(n, "duty") }},
		{"category", false, func(n *yaml.Node) { s.Categories = r.selected(n, "category") }},
		{"split", false, func(n *yaml.Node) { s.Splits = r.selected(n, "split") }},
		{"tag", false, func(n *yaml.Node) { s.Tags = r.selected(n, "tag") }},
		{"environment", false, func(n *yaml.Node) { s.Environments = r.selected(n, "environment") }},
		{"account", false, func(n *yaml.Node) { s.Accounts = r.selected(n, "account") }},
		{"requirement", false, func(n *yaml.Node) { s.Requirements = r.selected(n, "requirement") }},
	}
}

// selected reads what a selector names. An empty list is refused: it would
// select everything, which whoever emptied it did not mean.
func (r *manifestReader) selected(n *yaml.Node, what string) []Ref {
	if v := resolve(n); v.Kind == yaml.SequenceNode && len(v.Content) == 0 {
		r.add(n, "name something, or leave the key out to select everything", "the list of %s is empty", what)
	}
	return r.refs(n, what)
}

func (r *manifestReader) rule(n *yaml.Node) {
	rule := Rule{At: r.pos(resolve(n))}
	fields := append(r.selectorFields(&rule.Selector), r.holderFields(&rule)...)
	before := len(r.problems)
	r.object(n, "a rule", append(fields,
		field{"reason", false, func(n *yaml.Node) { rule.Reason, _ = r.text(n, "reason") }}))
	if len(r.problems) == before {
		if !rule.Responsible.Set && !rule.Accountable.Set && !rule.Consulted.Set && !rule.Informed.Set {
			r.add(resolve(n), "add responsible, accountable, consulted or informed", "the rule assigns nothing")
		}
	}
	r.m.Rules = append(r.m.Rules, rule)
}

func (r *manifestReader) override(n *yaml.Node) {
	o := Override{At: r.pos(resolve(n))}
	before, said := len(r.problems), false
	r.object(n, "an override", append(r.selectorFields(&o.Selector),
		field{"sides", false, func(n *yaml.Node) {
			said = true
			r.pairs(n, "sides", func(key, value *yaml.Node) {
				who := r.word(key, "side")
				if text, ok := r.text(value, "what "+who+" does"); ok && who != "" {
					o.Sides = append(o.Sides, Side{who, text, r.pos(key)})
				}
			})
			if v := resolve(n); v.Kind == yaml.MappingNode && len(v.Content) == 0 {
				r.add(n, "say who performs the duty, and what each does", "sides is empty")
			}
		}},
		field{"applies", false, func(n *yaml.Node) {
			said = true
			o.None = r.truth(n, "applies", "false") == "false"
		}},
		field{"reason", false, func(n *yaml.Node) { o.Reason, _ = r.text(n, "reason") }},
		field{"expires", false, func(n *yaml.Node) { o.Expires = r.date(n, "expires") }},
	))
	if len(r.problems) == before && (!said || o.None == (len(o.Sides) > 0)) {
		r.add(resolve(n), "add sides: {customer: what it does}, or applies: false where the duty does not apply", "the override must say either sides or applies: false")
	}
	r.m.Overrides = append(r.m.Overrides, o)
}

// framework reads FRAMEWORK or FRAMEWORK/BASELINE, alone or with requirements
// to take in and to leave out.
func (r *manifestReader) framework(n *yaml.Node) {
	var use FrameworkUse
	if resolve(n).Kind != yaml.MappingNode {
		use.Ref = r.ref(n, "framework")
	} else {
		r.object(n, "a framework", []field{
			{"use", true, func(n *yaml.Node) { use.Ref = r.ref(n, "framework") }},
			{"include", false, func(n *yaml.Node) { use.Include = r.refs(n, "requirement") }},
			{"exclude", false, func(n *yaml.Node) {
				r.pairs(n, "exclude", func(key, value *yaml.Node) {
					reason, _ := r.text(value, "the reason to leave out "+key.Value)
					use.Exclude = append(use.Exclude, Exclusion{r.ref(key, "requirement"), reason})
				})
			}},
		})
	}
	if id, ok := strings.CutSuffix(use.ID, "/"); ok {
		r.problems.add(use.At, "write "+id+", or a baseline after the \"/\"", "the framework %q names no baseline", use.ID)
		return
	}
	if use.ID != "" {
		r.m.Frameworks = append(r.m.Frameworks, use)
	}
}

func (r *manifestReader) accounts(n *yaml.Node) {
	r.pairs(n, "accounts", func(key, value *yaml.Node) {
		r.m.Accounts = append(r.m.Accounts, Account{r.id(key, "account"), r.name(value, "name of the account"), r.pos(key)})
	})
}

// truth reads true or false, whichever are allowed. In quotes they are texts,
// to YAML and to editors, and so they are here.
func (r *manifestReader) truth(n *yaml.Node, what string, allowed ...string) string {
	s := r.oneOf(n, "value of "+what, allowed...)
	if s != "" && resolve(n).ShortTag() != "!!bool" {
		r.add(n, "write it without quotes", "the value of %s is a text, not true or false", what)
		return ""
	}
	return s
}

func ids(refs []Ref) []string {
	var out []string
	for _, r := range refs {
		out = append(out, r.ID)
	}
	return out
}
