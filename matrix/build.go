package matrix

import (
	"fmt"
	"maps"
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
	b := &builder{man: man, cat: cat, resolutions: map[string]*catalog.Resolved{}, room: room, m: &Matrix{
		Document: man.Document, File: man.File, Appearance: man.Appearance, Environments: man.Environments, Accounts: man.Accounts,
		Check: man.Check, Places: man.places(), AnswerRules: man.AnswerRules, DefaultAccountable: man.defaultAccountable(),
	}}
	b.resolveUses()
	b.listPrograms()
	b.selectFrameworks()
	b.collectParties()
	b.checkNames()
	if len(b.problems) > 0 {
		b.problems.Relate(man.related)
		return nil, b.problems.Sorted()
	}
	for _, step := range []func(){b.checkSize, b.rows, b.override, b.assign} {
		if step(); len(b.problems) > 0 {
			b.problems.Relate(man.related)
			return nil, b.problems
		}
	}
	b.m.Catalog = cat.Info()
	return b.m, nil
}

// places returns the places of what belongs to no row.
func (man *Manifest) places() map[string]source.Pos {
	places := map[string]source.Pos{}
	maps.Copy(places, man.Places)
	for key, at := range map[string]source.Pos{PlaceDefaults: man.Defaults.At, PlaceInformed: man.Defaults.Informed.At} {
		if at.Line > 0 {
			places[key] = at
		}
	}
	return places
}

// defaultAccountable returns the party that the defaults make accountable, or a
// zero Ref.
func (man *Manifest) defaultAccountable() source.Ref {
	if h := man.Defaults.Accountable; len(h.Parties) > 0 {
		return h.Parties[0]
	}
	return source.Ref{}
}

type builder struct {
	man      *Manifest
	cat      *catalog.Catalog
	m        *Matrix
	resolved []*catalog.Resolved // by entry
	byDuty   map[string][]dutyRequirement
	answers  map[[2]string][]RowRequirements // by duty and service
	inUse    map[string]bool                 // services
	words    *vocabularies
	problems source.Diagnostics

	resolutions map[string]*catalog.Resolved // by service and variants

	leftOut   []Row     // of the duties in Matrix.LeftOut
	reached   []bool    // overrides that speak of a row
	partly    []meeting // where overrides do not act
	conflicts conflicts // of overrides

	back           map[string]bool // duties that overrides may bring back
	weights        []int           // of overrides
	beaten         []int           // scratch of decideOverrides
	equals         [][2]int        // likewise
	agreed         map[[2]int]bool // overrides that were compared
	room           int             // for names of rows in remarks
	letters, texts int             // of the rows so far
}

// resolveUses finds the service and the variants of each entry.
func (b *builder) resolveUses() {
	for _, u := range b.man.Uses {
		if u.Service.ID == "" {
			continue
		}
		n, err := b.cat.Lookup(u.Service)
		if err != nil {
			b.problems = append(b.problems, err...)
			continue
		}
		service := n.Service
		r, err := b.resolve(service, slices.Concat(n.Variants, u.Variants))
		if err != nil {
			b.problems = append(b.problems, err...)
			continue
		}
		e := Entry{Name: u.Name, Service: service.ID, ServiceName: service.Name, Assumed: r.Assumed, Owner: u.Owner.ID,
			Tags: u.Tags, Environments: source.IDs(u.Environments), Accounts: source.IDs(u.Accounts), Lifecycle: service.Lifecycle, Level: r.Level, Coverage: r.Coverage, At: u.At}
		for _, v := range r.Variants {
			e.Variants = append(e.Variants, v.ID)
			e.VariantNames = append(e.VariantNames, v.Name)
		}
		b.m.Entries = append(b.m.Entries, e)
		b.resolved = append(b.resolved, r)
	}
}

// resolve resolves a service with the same variants once.
func (b *builder) resolve(service *catalog.Service, variants []source.Ref) (*catalog.Resolved, source.Diagnostics) {
	key := fmt.Sprintf("%q %q", service.ID, source.IDs(variants))
	if r := b.resolutions[key]; r != nil {
		return r, nil
	}
	r, problems := b.cat.Resolve(service, variants)
	if problems == nil {
		b.resolutions[key] = r
	}
	return r, problems
}

// listPrograms lists the programs of audits of AWS.
func (b *builder) listPrograms() {
	list, problems := b.cat.Programs()
	for _, p := range list {
		b.m.Programs = append(b.m.Programs, *p)
	}
	b.problems = append(b.problems, problems...)
}

// selectFrameworks reads the frameworks that the manifest names.
func (b *builder) selectFrameworks() {
	selections, problems := b.cat.Select(b.man.Frameworks)
	b.m.Frameworks, b.problems = selections, append(b.problems, problems...)
}

// requirementsByDuty lists the requirements of the frameworks that each duty
// answers, in the order of the frameworks.
func (b *builder) requirementsByDuty() map[string][]dutyRequirement {
	byDuty := map[string][]dutyRequirement{}
	for i := range b.m.Frameworks {
		s := &b.m.Frameworks[i]
		for _, q := range s.Requirements {
			if s.LeftOut(q) != "" {
				continue
			}
			parts := map[string][]*catalog.Requirement{}
			for _, p := range q.Parts() {
				for _, d := range p.Duties {
					parts[d] = append(parts[d], p)
				}
			}
			for d, parts := range parts {
				byDuty[d] = append(byDuty[d], dutyRequirement{s.Framework.ID, q.ID, parts})
			}
		}
	}
	return byDuty
}

// dutyRequirement is a requirement that a duty answers, with those of its parts
// that name the duty.
type dutyRequirement struct {
	framework, id string
	parts         []*catalog.Requirement
}

// requirements returns the requirements that a row answers: those of its duty
// that are about its service.
func (b *builder) requirements(duty, service string) []RowRequirements {
	key := [2]string{duty, service}
	if known, ok := b.answers[key]; ok {
		return known
	}
	var list []RowRequirements
	for _, q := range b.byDuty[duty] {
		if !slices.ContainsFunc(q.parts, func(p *catalog.Requirement) bool { return p.IsAbout(service, b.inUse) }) {
			continue
		}
		if n := len(list); n == 0 || list[n-1].Framework != q.framework {
			list = append(list, RowRequirements{Framework: q.framework})
		}
		last := &list[len(list)-1]
		last.IDs = append(last.IDs, q.id)
	}
	b.answers[key] = list
	return list
}

// collectParties puts AWS first, then the manifest's parties, then operators
// that only the catalog names. A party is a team unless the manifest or the
// catalog says that it is an operator: an override that makes it a side does not.
func (b *builder) collectParties() {
	b.m.Parties = append([]Party{{ID: catalog.AWS, Name: AWSName, Kind: Provider}}, b.man.Parties...)
	declared, operators := b.m.PartiesByID(), map[string]bool{}
	for _, r := range b.resolved {
		for _, op := range r.Service.Operators {
			if declared[op.ID] == nil && !operators[op.ID] {
				b.m.Parties = append(b.m.Parties, Party{ID: op.ID, Name: op.Name, Kind: Operator})
			}
			operators[op.ID] = true
		}
	}
	for i := range b.m.Parties {
		switch p := &b.m.Parties[i]; {
		case p.Kind != "":
		case operators[p.ID]:
			p.Kind = Operator
		default:
			p.Kind = Team
		}
	}
}

// rows lays out the duties: those of the provider, of the organization, and
// of each entry, without letters.
func (b *builder) rows() {
	b.answers, b.byDuty, b.inUse = map[[2]string][]RowRequirements{}, b.requirementsByDuty(), b.m.servicesInUse()
	for _, group := range []struct {
		entry string
		scope catalog.Scope
	}{{ProviderEntry, catalog.ProviderScope}, {OrganizationEntry, catalog.OrganizationScope}} {
		for _, d := range b.cat.Duties() {
			if d.Scope == group.scope {
				f := d.Default
				f.Duty, f.Scope = d, d.Scope
				b.m.Rows = append(b.m.Rows, b.row(group.entry, "", nil, &f))
			}
		}
	}
	if b.man.Duties == AskedDuties {
		b.m.Rows = slices.DeleteFunc(b.m.Rows, b.leaveOut)
	}
	b.m.Rows = slices.Grow(b.m.Rows, b.serviceRows())
	for i, r := range b.resolved {
		e := &b.m.Entries[i]
		for j := range r.Splits {
			if f := &r.Splits[j]; b.hasRow(f) {
				b.m.Rows = append(b.m.Rows, b.row(e.Name, e.Service, e.Variants, f))
			}
		}
	}
}

// serviceRows counts the rows of all entries: rows are large, and there may be
// a great many of them.
func (b *builder) serviceRows() int {
	n, known := 0, map[*catalog.Resolved]int{}
	for _, r := range b.resolved {
		if _, ok := known[r]; !ok {
			for i := range r.Splits {
				if b.hasRow(&r.Splits[i]) {
					known[r]++
				}
			}
		}
		n += known[r]
	}
	return n
}

// hasRow reports whether a duty of an entry gets a row: it applies, or an override
// may bring it back.
func (b *builder) hasRow(f *catalog.DutySplit) bool {
	return f.Scope == catalog.ServiceScope && (f.Split() != catalog.NoSplit || b.broughtBack()[f.Duty.ID])
}

// broughtBack returns the duties that overrides may bring back where they do not apply.
func (b *builder) broughtBack() map[string]bool {
	if b.back == nil {
		b.back = map[string]bool{}
		for i := range b.man.Overrides {
			if o := &b.man.Overrides[i]; o.bringsBack() {
				for _, d := range o.Duties {
					b.back[d.ID] = true
				}
			}
		}
	}
	return b.back
}

// leaveOut reports whether no framework asks for a duty of the organization, and
// notes it.
func (b *builder) leaveOut(r Row) bool {
	out := r.Scope == catalog.OrganizationScope && len(r.Requirements) == 0
	if out {
		b.leftOut = append(b.leftOut, r)
		b.m.LeftOut = append(b.m.LeftOut, LeftOut{Duty: r.Duty, Title: r.Title, Control: r.Control, ControlName: r.ControlName})
	}
	return out
}

func (b *builder) row(entry, service string, variants []string, f *catalog.DutySplit) Row {
	facts := make([]RowFact, len(f.Facts))
	for i, known := range f.Facts {
		facts[i] = RowFact{known.ID, known.Is}
	}
	slices.SortFunc(facts, func(a, b RowFact) int { return strings.Compare(a.ID, b.ID) })
	return Row{
		ID: entry + "/" + f.Duty.ID, Entry: entry, Service: service, Variants: variants,
		Control: f.Duty.Control.ID, ControlName: f.Duty.Control.Name, Category: f.Duty.Control.Category,
		Duty: f.Duty.ID, Title: f.Duty.Title, Scope: f.Scope, Split: f.Split(), Sides: f.Sides, Offers: f.Offers, Frequency: f.Duty.Frequency,
		Evidence: f.Evidence, Basis: f.Basis, Sources: f.Sources, Note: f.Note, Requirements: b.requirements(f.Duty.ID, service), Exception: -1,
		Facts: facts, UnknownFacts: slices.Sorted(slices.Values(f.Unknown)),
	}
}
