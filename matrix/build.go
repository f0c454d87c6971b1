package matrix

import (
	"slices"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// AWSName is the name of the party that is built in.
const AWSName = "Amazon Web Services"

// Build merges a manifest with a catalog. The diagnostics are those of every
// name in the manifest that nothing has, with the nearest likely word. The
// Matrix is nil if there are any.
func Build(man *Manifest, cat *catalog.Catalog) (*Matrix, source.Diagnostics) {
	b := &builder{man: man, cat: cat, m: &Matrix{
		Document: man.Document, File: man.File, Appearance: man.Appearance, Environments: man.Environments, Accounts: man.Accounts,
		Check: man.Check, DefaultsAt: man.Defaults.At, InformedAt: man.Defaults.Informed.At,
	}}
	b.resolveUses()
	b.selectFrameworks()
	b.collectParties()
	b.checkNames()
	if len(b.problems) > 0 {
		return nil, b.problems.Sorted()
	}
	b.rows()
	b.override()
	b.assign()
	b.m.Catalog = cat.Info()
	return b.m, nil
}

type builder struct {
	man      *Manifest
	cat      *catalog.Catalog
	m        *Matrix
	resolved []*catalog.Resolved             // by entry
	answers  map[[2]string][]RowRequirements // by duty and service
	inUse    map[string]bool                 // services
	problems source.Diagnostics

	reached   []bool    // overrides that speak of a row
	conflicts conflicts // of overrides
}

// resolveUses finds the service and the variants of each entry.
func (b *builder) resolveUses() {
	for _, u := range b.man.Uses {
		if u.Service.ID == "" {
			continue
		}
		service, err := b.cat.Lookup(u.Service)
		if service == nil {
			b.problems = append(b.problems, err...)
			continue
		}
		r, err := b.cat.Resolve(service, u.Variants)
		if err != nil {
			b.problems = append(b.problems, err...)
			continue
		}
		e := Entry{Name: u.Name, Service: service.ID, ServiceName: service.Name, Assumed: r.Assumed, Owner: u.Owner.ID,
			Tags: u.Tags, Environments: source.IDs(u.Environments), Accounts: source.IDs(u.Accounts), Lifecycle: service.Lifecycle, At: u.At}
		for _, v := range r.Variants {
			e.Variants = append(e.Variants, v.ID)
			e.VariantNames = append(e.VariantNames, v.Name)
		}
		b.m.Entries = append(b.m.Entries, e)
		b.resolved = append(b.resolved, r)
	}
}

// selectFrameworks reads the frameworks that the manifest names.
func (b *builder) selectFrameworks() {
	for _, use := range b.man.Frameworks {
		if s, err := b.cat.Select(use); err != nil {
			b.problems = append(b.problems, err...)
		} else if slices.ContainsFunc(b.m.Frameworks, func(o catalog.Selection) bool { return o.Framework.ID == s.Framework.ID }) {
			b.problems.Add(use.At, "name it once", "the framework %q is named twice", s.Framework.ID)
		} else {
			b.m.Frameworks = append(b.m.Frameworks, *s)
		}
	}
}

// requirements returns the requirements that a row answers: those of its duty
// that are about its service.
func (b *builder) requirements(duty, service string) []RowRequirements {
	key := [2]string{duty, service}
	if known, ok := b.answers[key]; ok {
		return known
	}
	var list []RowRequirements
	for _, s := range b.m.Frameworks {
		var ids []string
		for _, q := range s.Requirements {
			if s.Excluded[q.ID] == "" && slices.ContainsFunc(q.Parts(), func(p *catalog.Requirement) bool {
				return slices.Contains(p.Duties, duty) && p.IsAbout(service, b.inUse)
			}) {
				ids = append(ids, q.ID)
			}
		}
		if len(ids) > 0 {
			list = append(list, RowRequirements{s.Framework.ID, ids})
		}
	}
	b.answers[key] = list
	return list
}

// collectParties puts AWS first, then the manifest's parties, then operators
// that only the catalog names. A party that an override makes a side is an
// operator.
func (b *builder) collectParties() {
	b.m.Parties = append([]Party{{ID: catalog.AWS, Name: AWSName, Kind: Provider}}, b.man.Parties...)
	for _, r := range b.resolved {
		for _, op := range r.Service.Operators {
			if p := b.m.Party(op.ID); p == nil {
				b.m.Parties = append(b.m.Parties, Party{ID: op.ID, Name: op.Name, Kind: Operator})
			} else if p.Kind == "" {
				p.Kind = Operator
			}
		}
	}
	for _, o := range b.man.Overrides {
		for _, s := range o.Sides {
			if p := b.m.Party(s.Who); p != nil && p.Kind == "" {
				p.Kind = Operator
			}
		}
	}
	for i := range b.m.Parties {
		if b.m.Parties[i].Kind == "" {
			b.m.Parties[i].Kind = Team
		}
	}
}

// checkNames reports every reference of the manifest that nothing answers.
func (b *builder) checkNames() {
	for _, u := range b.man.Uses {
		b.party(u.Owner)
	}
	for _, a := range b.man.approvers {
		b.party(a)
	}
	for i := range b.man.Check.Waivers {
		b.selector(&b.man.Check.Waivers[i].Selector)
	}
	b.places()
	b.holders(&b.man.Defaults)
	for i := range b.man.Rules {
		b.holders(&b.man.Rules[i])
		b.selector(&b.man.Rules[i].Selector)
	}
	for i := range b.man.Overrides {
		o := &b.man.Overrides[i]
		b.selector(&o.Selector)
		for _, s := range o.Sides {
			b.side(s)
		}
	}
}

// places reports environments and accounts of entries that the manifest does
// not declare, where it declares any.
func (b *builder) places() {
	for _, u := range b.man.Uses {
		if environments := source.IDs(b.man.Environments); len(environments) > 0 {
			b.known("environment", u.Environments, environments, "declare it under environments:")
		}
		if accounts := b.accountIDs(); len(accounts) > 0 {
			b.known("account", u.Accounts, accounts, "declare it under accounts:")
		}
	}
}

func (b *builder) accountIDs() []string {
	var ids []string
	for _, a := range b.man.Accounts {
		ids = append(ids, a.ID)
	}
	return ids
}

func (b *builder) partyIDs() []string {
	ids := make([]string, len(b.m.Parties))
	for i, p := range b.m.Parties {
		ids[i] = p.ID
	}
	return ids
}

func (b *builder) party(ref source.Ref) {
	if ref.ID != "" && b.m.Party(ref.ID) == nil {
		b.problems.Add(ref.At, source.DidYouMean(ref.ID, b.partyIDs(), "declare it under parties:"), "unknown party %q", ref.ID)
	}
}

func (b *builder) holders(r *Rule) {
	for _, h := range []Holders{r.Responsible, r.Accountable, r.Consulted, r.Informed} {
		for _, p := range h.Parties {
			b.party(p)
		}
	}
}

func (b *builder) side(s catalog.Side) {
	if s.Who == catalog.AWS || s.Who == catalog.Customer {
		return
	}
	p := b.m.Party(s.Who)
	switch {
	case p == nil:
		b.problems.Add(s.At, source.DidYouMean(s.Who, append(b.partyIDs(), catalog.Customer), "a side is aws, customer or a party of kind operator"), "unknown side %q", s.Who)
	case p.Kind == Team:
		b.problems.Add(s.At, "write customer: here, and assign the party with a rule", "the party %q is a team of the customer, not an operator", s.Who)
	}
}

func (b *builder) selector(s *Selector) {
	entries := []string{ProviderEntry, OrganizationEntry}
	for _, u := range b.man.Uses {
		entries = append(entries, u.Name)
	}
	var duties, controls []string
	for _, d := range b.cat.Duties() {
		duties = append(duties, d.ID)
	}
	for _, c := range b.cat.Controls {
		controls = append(controls, c.ID)
	}
	splits := []string{catalog.AWS, catalog.Customer, catalog.Shared}
	for _, p := range b.m.Parties {
		if p.Kind == Operator {
			splits = append(splits, p.ID)
		}
	}
	b.known("entry", s.Entries, entries, "the entries are "+strings.Join(entries[2:], ", "))
	b.known("duty", s.Duties, duties, "see raci catalog list duties")
	b.known("control", s.Controls, controls, "see raci catalog list controls")
	categories := source.Strings(catalog.Categories)
	b.known("category", s.Categories, categories, "the categories are "+strings.Join(categories, ", "))
	b.known("split", s.Splits, splits, "the splits are "+strings.Join(splits, ", "))
	b.selectorPlaces(s)
	for i := range s.Services {
		if ref := &s.Services[i]; ref.ID != "*" {
			if service, err := b.cat.Lookup(*ref); service != nil {
				ref.ID = service.ID // an alias selects its service
			} else {
				b.problems = append(b.problems, err...)
			}
		}
	}
}

// selectorPlaces checks selectors by what entries say of themselves.
func (b *builder) selectorPlaces(s *Selector) {
	var tags, environments, accounts []string
	for _, u := range b.man.Uses {
		tags = append(tags, u.Tags...)
		environments = append(environments, source.IDs(u.Environments)...)
		accounts = append(accounts, source.IDs(u.Accounts)...)
	}
	b.selectorRequirements(s.Requirements)
	b.known("tag", s.Tags, tags, "no entry has it under tags:")
	b.known("environment", s.Environments, append(environments, source.IDs(b.man.Environments)...), "no entry is in it")
	b.known("account", s.Accounts, append(accounts, b.accountIDs()...), "no entry is in it")
}

// selectorRequirements reports requirements that no framework asks for as it
// is selected.
func (b *builder) selectorRequirements(refs []source.Ref) {
	var known []string
	left := map[string]string{} // those that a selection leaves out, with its name
	for _, s := range b.m.Frameworks {
		f, _ := b.cat.Framework(s.Framework.ID) // it has been read
		for _, q := range f.Requirements {
			left[s.Framework.ID+"/"+q.ID] = s.Name
		}
		for _, q := range s.Requirements {
			known = append(known, s.Framework.ID+"/"+q.ID)
			delete(left, s.Framework.ID+"/"+q.ID)
		}
	}
	for _, ref := range refs {
		if name := left[ref.ID]; name != "" {
			b.problems.Add(ref.At, "take it in with include: under frameworks:", "the requirement %q is not in %s", ref.ID, name)
			continue
		}
		b.known("requirement", []source.Ref{ref}, known, "write it as FRAMEWORK/ID, of a framework under frameworks:")
	}
}

func (b *builder) known(what string, refs []source.Ref, words []string, otherwise string) {
	for _, ref := range refs {
		if ref.ID != "*" && !slices.Contains(words, ref.ID) {
			b.problems.Add(ref.At, source.DidYouMean(ref.ID, words, otherwise), "unknown %s %q", what, ref.ID)
		}
	}
}

// rows lays out the duties: those of the provider, of the organization, and
// of each entry, without letters.
func (b *builder) rows() {
	b.answers, b.inUse = map[[2]string][]RowRequirements{}, b.m.servicesInUse()
	for _, group := range []struct {
		entry string
		scope catalog.Scope
	}{{ProviderEntry, catalog.ProviderScope}, {OrganizationEntry, catalog.OrganizationScope}} {
		for _, d := range b.cat.Duties() {
			if d.Scope == group.scope {
				f := d.Fact
				f.Duty, f.Scope = d, d.Scope
				b.row(group.entry, "", nil, &f)
			}
		}
	}
	for i, r := range b.resolved {
		e := &b.m.Entries[i]
		for j := range r.Facts {
			if f := &r.Facts[j]; f.Scope == catalog.ServiceScope {
				b.row(e.Name, e.Service, e.Variants, f)
			}
		}
	}
}

func (b *builder) row(entry, service string, variants []string, f *catalog.Fact) {
	b.m.Rows = append(b.m.Rows, Row{
		ID: entry + "/" + f.Duty.ID, Entry: entry, Service: service, Variants: variants,
		Control: f.Duty.Control.ID, ControlName: f.Duty.Control.Name, Category: f.Duty.Control.Category,
		Duty: f.Duty.ID, Title: f.Duty.Title, Scope: f.Scope, Split: f.Split(), Sides: f.Sides,
		Evidence: f.Evidence, Basis: f.Basis, Sources: f.Sources, Note: f.Note, Requirements: b.requirements(f.Duty.ID, service), Exception: -1,
	})
}

// entries finds an entry by its name.
func (b *builder) entries() map[string]*Entry {
	entries := make(map[string]*Entry, len(b.m.Entries))
	for i := range b.m.Entries {
		entries[b.m.Entries[i].Name] = &b.m.Entries[i]
	}
	return entries
}
