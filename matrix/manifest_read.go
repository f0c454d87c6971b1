package matrix

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// ManifestVersion is the version of the manifest's format that this package
// reads.
const ManifestVersion = "1"

// Words that cannot be the name of an entry, in capitals or not, because they mean
// something else.
var reservedEntries = []string{ProviderEntry, OrganizationEntry, catalog.AWS, "*"}

// ParseManifest reads the bytes of a manifest. Where there are diagnostics, the
// Manifest holds what could be read, so that Build can add those that need the
// catalog. File is the name that positions show.
func ParseManifest(file string, data []byte) (*Manifest, source.Diagnostics) {
	r := manifestReader{Reader: source.Reader{File: file}, m: &Manifest{Document: Document{Accountability: CustomerAccountable, Duties: AllDuties}, File: file, Check: DefaultCheck}}
	if top := r.Parse(data); top != nil {
		r.read(top)
	}
	r.m.related = r.Related
	return r.m, r.Problems.Sorted()
}

type manifestReader struct {
	source.Reader
	m *Manifest
}

func (r *manifestReader) read(top *yaml.Node) {
	m := r.m
	r.Object(top, "the manifest", []source.Field{
		source.Required("version", r.version),
		source.Required("organization", func(n *yaml.Node) { m.Organization = r.Name(n, r.place(PlaceOrganization, n)) }),
		source.Required("system", func(n *yaml.Node) { m.System = r.Name(n, r.place(PlaceSystem, n)) }),
		source.Optional("revision", func(n *yaml.Node) { m.Revision = r.Name(n, "revision") }),
		source.Optional("date", func(n *yaml.Node) { m.Date = r.date(n, "date") }),
		source.Optional("accountability", func(n *yaml.Node) {
			m.Accountability = Accountability(r.OneOf(n, "accountability", string(CustomerAccountable), string(ProviderAccountable)))
		}),
		source.Optional("duties", func(n *yaml.Node) {
			m.Duties = DutySelection(r.OneOf(n, r.place(PlaceDuties, n), string(AllDuties), string(AskedDuties)))
		}),
		source.Optional("scope", func(n *yaml.Node) { m.Scope, _ = r.Text(n, "scope") }),
		source.Optional("prepared-by", func(n *yaml.Node) { m.PreparedBy = r.Name(n, r.place(PlacePreparedBy, n)) }),
		source.Optional("reviewed-by", func(n *yaml.Node) { m.ReviewedBy = r.Name(n, r.place(PlaceReviewedBy, n)) }),
		source.Optional("next-review", func(n *yaml.Node) { m.NextReview = r.date(n, r.place(PlaceNextReview, n)) }),
		source.Optional("history", func(n *yaml.Node) { r.Items(n, "history", false, r.revision) }),
		source.Optional("frameworks", func(n *yaml.Node) { r.NamedItems(n, "frameworks", "use", true, r.framework) }),
		source.Optional("environments", func(n *yaml.Node) { m.Environments = r.labels("environments", n, "environment") }),
		source.Optional("accounts", r.accounts),
		source.Required("parties", r.parties),
		source.Optional("defaults", r.defaults),
		source.Required("services", r.services),
		source.Optional("assign", func(n *yaml.Node) { m.rulesAt = r.Pos(n); r.NamedItems(n, "assign", "duty", false, r.rule) }),
		source.Optional("answers", func(n *yaml.Node) { r.NamedItems(n, "answers", "requirement", false, r.answer) }),
		source.Optional("overrides", func(n *yaml.Node) { m.overridesAt = r.Pos(n); r.Items(n, "overrides", false, r.override) }),
		source.Optional("report", r.report),
		source.Optional("catalog", func(n *yaml.Node) { m.Overlays = r.Paths(n, "catalog") }),
		source.Optional("check", r.check),
	})
}

// place notes where the manifest says something, and returns its key.
func (r *manifestReader) place(key string, n *yaml.Node) string {
	if r.m.Places == nil {
		r.m.Places = map[string]source.Pos{}
	}
	r.m.Places[key] = r.Pos(n)
	return key
}

func (r *manifestReader) version(n *yaml.Node) {
	if v := r.Word(n, "version"); v != "" && v != ManifestVersion {
		r.Add(n, "write version: "+ManifestVersion, "version %q of the manifest's format is not known", v)
	}
}

func (r *manifestReader) date(n *yaml.Node, what string) string {
	s := r.Word(n, what)
	if s == "" {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		r.Add(n, "write it as YYYY-MM-DD, for example 2026-11-21", "%s %q is not a day of the calendar", what, s)
		return ""
	}
	return s
}

// revision reads an issue of the document.
func (r *manifestReader) revision(n *yaml.Node) {
	var v Revision
	r.place(PlaceHistory+strconv.Itoa(len(r.m.History)), n)
	r.Object(n, "a revision", []source.Field{
		source.Required("revision", func(n *yaml.Node) { v.Revision = r.Name(n, "revision") }),
		source.Required("date", func(n *yaml.Node) { v.Date = r.date(n, "date") }),
		source.Required("change", func(n *yaml.Node) { v.Change, _ = r.Text(n, "change") }),
		source.Optional("by", func(n *yaml.Node) { v.By = r.Name(n, "by") }),
	})
	r.m.History = append(r.m.History, v)
}

func (r *manifestReader) parties(n *yaml.Node) {
	r.PairsOf(n, "parties", "NAME", func(key, value *yaml.Node) {
		p := Party{ID: r.ID(key, "party id"), At: r.Pos(key)}
		if catalog.IsReservedParty(p.ID) {
			r.Add(key, "choose another id", "the party id %q is reserved", p.ID)
			return
		}
		if source.Deref(value).Kind != yaml.MappingNode {
			p.Name = r.Name(value, "the name of the party")
		} else {
			r.Object(value, "a party", []source.Field{
				source.Required("name", func(n *yaml.Node) { p.Name = r.Name(n, "the name of the party") }),
				source.Optional("contact", func(n *yaml.Node) { p.Contact = r.Name(n, "contact") }),
				source.Optional("kind", func(n *yaml.Node) { p.Kind = Kind(r.OneOf(n, "kind of party", string(Team), string(Operator))) }),
			})
		}
		if p.ID != "" {
			r.m.Parties = append(r.m.Parties, p)
		}
	})
}

func (r *manifestReader) defaults(n *yaml.Node) {
	r.m.Defaults.At = r.Pos(n)
	r.Object(n, "defaults", append(r.holderFields(&r.m.Defaults), r.sayingFields(&r.m.Defaults)...))
}

func (r *manifestReader) holderFields(rule *Rule) []source.Field {
	return []source.Field{
		source.Optional("responsible", func(n *yaml.Node) { rule.Responsible = r.holders(n, "responsible") }),
		source.Optional("accountable", func(n *yaml.Node) {
			rule.Accountable = r.holders(n, "accountable")
			switch ps := rule.Accountable.Parties; {
			case len(ps) > 0 && rule.Accountable.Adds:
				r.Problems.Add(ps[0].At, "write "+ps[0].ID+" alone, which takes the place of whom a wider rule names", "%q cannot be added to accountable: a row has exactly one A", "+"+ps[0].ID)
			case len(ps) > 1:
				r.Problems.Add(ps[1].At, "name one, and split the rule by duty if two decide", "two accountable parties: a row has exactly one A")
			}
		}),
		source.Optional("consulted", func(n *yaml.Node) { rule.Consulted = r.holders(n, "consulted") }),
		source.Optional("informed", func(n *yaml.Node) { rule.Informed = r.holders(n, "informed") }),
	}
}

// holders reads a party, a list of parties, or "none", which takes the letter
// from everybody. With "+" before them they are added to those of a wider rule.
func (r *manifestReader) holders(n *yaml.Node, what string) Holders {
	h := Holders{Set: true, At: r.Pos(n)}
	if !isNone(n) {
		h.Parties, h.Adds = r.additions(r.RefsTo("party", n, what), what)
	}
	return h
}

func isNone(n *yaml.Node) bool {
	v := source.Deref(n)
	return v.Kind == yaml.ScalarNode && v.Value == "none"
}

// additions takes the "+" off the items of a list, and reports whether they have
// one. A list in which some do would say two things at once.
func (r *manifestReader) additions(items []source.Ref, what string) (bare []source.Ref, add bool) {
	for i, item := range items {
		text, plus := strings.CutPrefix(item.ID, "+")
		item.ID = strings.TrimSpace(text)
		switch {
		case i == 0:
			add = plus
		case plus != add:
			r.Problems.Add(item.At, "write + before all of them, to add to what a wider rule says, or before none", "the list of %s has items with and without +, such as %q and %q", what, items[0].ID, items[i].ID)
			return nil, false
		}
		switch {
		case item.ID == "":
			r.Problems.Add(item.At, "write it right after the +", "nothing follows the + in %s", what)
			continue
		case plus && strings.HasPrefix(item.ID, "+"):
			r.Problems.Add(item.At, "write one +", "more than one + stands before an item of %s", what)
			continue
		}
		bare = append(bare, item)
	}
	return bare, add
}

func (r *manifestReader) services(n *yaml.Node) {
	taken := map[string]source.Pos{}
	r.m.servicesAt = r.Pos(n)
	if r.isServiceText(n, "write each as an item: - use: ", "services must be a list, not text") {
		return
	}
	r.NamedItems(n, "services", "use", false, func(item *yaml.Node) {
		if r.isServiceText(item, "name the service, as use: ", "a service must be a map, not text") {
			return
		}
		u := Use{At: r.Pos(source.Deref(item))}
		var nameAt *yaml.Node
		r.Object(item, "a service", []source.Field{
			source.Required("use", func(n *yaml.Node) { u.Service = r.one(n, "use", "write an entry for each service: - use: SERVICE") }).OrHint("name the service, as use: s3"),
			source.Optional("name", func(n *yaml.Node) { u.Name, nameAt = r.Word(n, "name"), n }),
			source.Optional("variant", func(n *yaml.Node) { u.Variants = r.Refs(n, "variant") }),
			source.Optional("owner", func(n *yaml.Node) { u.Owner = r.owner(n) }),
			source.Optional("environment", func(n *yaml.Node) { u.Environments = r.labels("environment", n, "environment") }),
			source.Optional("account", func(n *yaml.Node) { u.Accounts = r.labels("account", n, "account") }),
			source.Optional("tags", func(n *yaml.Node) { u.Tags = source.IDs(r.labels("tags", n, "tag")) }),
		})
		if u.Name == "" && nameAt == nil {
			u.Name = strings.ReplaceAll(u.Service.ID, "/", "-")
		}
		r.checkEntryName(&u, item, nameAt, taken)
		r.m.Uses = append(r.m.Uses, u)
	})
	if v := source.Deref(n); v.Kind == yaml.SequenceNode && len(v.Content) == 0 {
		r.Add(n, "list the services in use, each as - use: SERVICE", "services is empty")
	}
}

func (r *manifestReader) checkEntryName(u *Use, item, nameAt *yaml.Node, taken map[string]source.Pos) {
	at := u.Service.At
	if nameAt != nil {
		at = r.Pos(nameAt)
	}
	if u.Name == "" || at.Line == 0 {
		return
	}
	if slices.Contains(reservedEntries, strings.ToLower(u.Name)) {
		r.Problems.Add(at, "choose another name", "the entry name %q is reserved", u.Name)
	}
	if strings.Contains(u.Name, "/") {
		r.Problems.Add(at, "use another character", "the entry name %q contains \"/\"", u.Name)
	}
	if start := r.Pos(item); item.Kind == yaml.AliasNode || source.ComparePos(at, start) < 0 {
		at = start // what an anchor says stands elsewhere
	}
	if before, ok := taken[u.Name]; ok {
		r.Problems.Add(at, "tell them apart with name:", "two entries are named %q; the first is at line %d", u.Name, before.Line)
		return
	}
	taken[u.Name] = at
}

func (r *manifestReader) selectorFields(s *Selector) []source.Field {
	return []source.Field{
		source.Optional("service", func(n *yaml.Node) { s.Services = r.selectorRefs(n, "service") }),
		source.Optional("entry", func(n *yaml.Node) { s.Entries = r.selectorRefs(n, "entry") }),
		source.Optional("control", func(n *yaml.Node) { s.Controls = r.selectorRefs(n, "control") }),
		source.Optional("duty", func(n *yaml.Node) { s.Duties = r.selectorRefs(n, "duty") }),
		source.Optional("category", func(n *yaml.Node) { s.Categories = r.selectorRefs(n, "category") }),
		source.Optional("split", func(n *yaml.Node) { s.Splits = r.selectorRefs(n, "split") }),
		source.Optional("tag", func(n *yaml.Node) { s.Tags = r.selectorRefs(n, "tag") }),
		source.Optional("environment", func(n *yaml.Node) { s.Environments = r.selectorRefs(n, "environment") }),
		source.Optional("account", func(n *yaml.Node) { s.Accounts = r.selectorRefs(n, "account") }),
		source.Optional("requirement", func(n *yaml.Node) { s.Requirements = r.selectorRefs(n, "requirement") }),
	}
}

// selectorRefs reads what a selector names. An empty list is refused: it would
// select everything, which whoever emptied it did not mean.
func (r *manifestReader) selectorRefs(n *yaml.Node, what string) []source.Ref {
	if v := source.Deref(n); v.Kind == yaml.SequenceNode && len(v.Content) == 0 {
		r.Add(n, "name something, or leave the key out to select everything", "the list of %s is empty", what)
	}
	return r.Refs(n, what)
}

func (r *manifestReader) rule(n *yaml.Node) {
	rule := Rule{At: r.Pos(source.Deref(n))}
	fields := append(append(r.selectorFields(&rule.Selector), r.holderFields(&rule)...), r.sayingFields(&rule)...)
	before := len(r.Problems)
	r.Object(n, "a rule", append(fields,
		source.Optional("reason", func(n *yaml.Node) { rule.Reason, _ = r.Text(n, "reason") })))
	if len(r.Problems) == before && len(rule.keys()) == 0 {
		r.AddWhole(n, "add responsible, accountable, consulted, informed, process, evidence or frequency", "the rule says nothing of the rows that it selects")
	}
	r.m.Rules = append(r.m.Rules, rule)
}

// answer reads who answers for requirements.
func (r *manifestReader) answer(n *yaml.Node) {
	rule := AnswerRule{At: r.Pos(source.Deref(n))}
	before := len(r.Problems)
	r.Object(n, "an answer", []source.Field{
		source.Required("requirement", func(n *yaml.Node) { rule.Requirements = r.selectorRefs(n, "requirement") }),
		source.Optional("accountable", func(n *yaml.Node) {
			rule.Accountable = r.one(n, "accountable", "name one party: every requirement has exactly one A")
		}),
		source.Optional("responsible", func(n *yaml.Node) { rule.Responsible = r.RefsTo("party", n, "responsible") }),
		source.Optional("reason", func(n *yaml.Node) { rule.Reason, _ = r.Text(n, "reason") }),
	})
	if len(r.Problems) == before && rule.Accountable.ID == "" && len(rule.Responsible) == 0 {
		r.AddWhole(n, "add accountable or responsible", "the answer names nobody")
	}
	r.m.AnswerRules = append(r.m.AnswerRules, rule)
}

func (r *manifestReader) override(n *yaml.Node) {
	o := Override{At: r.Pos(source.Deref(n))}
	before, hasContent := len(r.Problems), false
	r.Object(n, "an override", append(r.selectorFields(&o.Selector),
		source.Optional("sides", func(n *yaml.Node) {
			hasContent = true
			r.PairsOf(n, "sides", "TEXT", func(key, value *yaml.Node) {
				who := r.Word(key, "side")
				if text, ok := r.Text(value, "what "+who+" does"); ok && who != "" {
					o.Sides = append(o.Sides, catalog.Side{Who: who, Text: text, At: r.Pos(key)})
				}
			})
			if v := source.Deref(n); v.Kind == yaml.MappingNode && len(v.Content) == 0 {
				r.Add(n, "say who performs the duty, and what each does", "sides is empty")
			}
		}),
		source.Optional("evidence", func(n *yaml.Node) { o.Evidence = r.overrideEvidence(n) }),
		source.Optional("applies", func(n *yaml.Node) {
			hasContent = true
			o.None = r.appliesNot(n)
		}),
		source.Optional("reason", func(n *yaml.Node) { o.Reason, _ = r.Text(n, "reason") }),
		source.Optional("expires", func(n *yaml.Node) { o.Expires = r.date(n, "expires") }),
	))
	if len(r.Problems) == before && (!hasContent || o.None == (len(o.Sides) > 0)) {
		r.AddWhole(n, "add sides: {customer: what it does}, or applies: false where the duty does not apply", "the override must say either sides or applies: false")
	}
	if o.None && len(o.Evidence) > 0 {
		r.AddWhole(n, "leave evidence out, or say who does the duty under sides", "the override gives evidence of a duty that it says does not apply")
	}
	r.m.Overrides = append(r.m.Overrides, o)
}

// overrideEvidence reads a text or a list of them. An empty list would change
// nothing.
func (r *manifestReader) overrideEvidence(n *yaml.Node) (texts []string) {
	if v := source.Deref(n); v.Kind == yaml.SequenceNode && len(v.Content) == 0 {
		r.Add(n, "name something, or leave the key out", "the list of evidence is empty")
	}
	r.Items(n, "evidence", true, func(n *yaml.Node) {
		if text, ok := r.Text(n, "evidence"); ok {
			r.CheckUnmarked(n, "evidence of an override", text, "write it without +, or leave the key out; evidence in a rule under assign can add")
			texts = append(texts, text)
		}
	})
	return texts
}

// framework reads FRAMEWORK or FRAMEWORK/BASELINE+BASELINE..., alone or with
// requirements to take in and to leave out.
func (r *manifestReader) framework(n *yaml.Node) {
	var use catalog.FrameworkUse
	if source.Deref(n).Kind != yaml.MappingNode {
		use.Ref = r.Ref(n, "framework")
	} else {
		r.Object(n, "a framework", []source.Field{
			source.Required("use", func(n *yaml.Node) { use.Ref = r.Ref(n, "framework") }),
			source.Optional("include", func(n *yaml.Node) { use.Include = r.Refs(n, "requirement") }),
			source.Optional("exclude", func(n *yaml.Node) {
				r.PairsOf(n, "exclude", "REASON", func(key, value *yaml.Node) {
					reason, _ := r.Text(value, "the reason to leave out "+source.KeyOf(key))
					use.Exclude = append(use.Exclude, catalog.Exclusion{Requirement: r.Ref(key, "requirement"), Reason: reason})
				})
			}),
		})
	}
	if id, ok := strings.CutSuffix(use.ID, "/"); ok {
		r.Problems.Add(use.At, "write "+id+", or a baseline after the \"/\"", "the framework %q names no baseline", use.ID)
		return
	}
	if use.ID != "" {
		r.m.Frameworks = append(r.m.Frameworks, use)
	}
}

func (r *manifestReader) accounts(n *yaml.Node) {
	r.PairsOf(n, "accounts", "NAME", func(key, value *yaml.Node) {
		r.m.Accounts = append(r.m.Accounts, Account{r.ID(key, "account"), r.Name(value, "name of the account"), r.Pos(key)})
	})
}
