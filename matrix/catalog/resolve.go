package catalog

import (
	"cmp"
	"slices"
	"strings"

	"raci/matrix/source"
)

// Resolved is a service in its variants: every duty of the catalog, in order.
type Resolved struct {
	Service  *Service
	Variants []*Variant // in the order in which they were applied
	Assumed  []string   // those that were taken because none of their group was named
	Level    Level      // of the service in these variants
	Splits   []DutySplit
	Coverage []Coverage // by programs of audits
}

// Title names the service, or its variants where it has some.
func (r *Resolved) Title() string {
	if len(r.Variants) == 0 {
		return r.Service.Name
	}
	names := make([]string, len(r.Variants))
	for i, v := range r.Variants {
		names[i] = v.Name
	}
	return strings.Join(names, ", ")
}

// ID returns SERVICE, or SERVICE/VARIANT/... where it has variants.
func (r *Resolved) ID() string {
	id := r.Service.ID
	for _, v := range r.Variants {
		id += "/" + v.ID
	}
	return id
}

func (r *Resolved) variantIDs() []string {
	ids := make([]string, len(r.Variants))
	for i, v := range r.Variants {
		ids[i] = v.ID
	}
	return ids
}

// Resolve merges, each step over the one before: the control's own sides, the
// service model, the service, and the variants in the order of the service's
// file, in whichever order the ids come. Evidence names a report of AWS plainly
// where a list of its program has the service, and else says to confirm that. Two
// variants of one group are a diagnostic at the second one.
func (c *Catalog) Resolve(service *Service, variants []source.Ref) (*Resolved, source.Diagnostics) {
	r, problems := c.merge(service, variants)
	audits := c.readPrograms()
	if problems = append(problems, audits.problems...); len(problems) > 0 {
		return nil, problems.Sorted()
	}
	r.Coverage = audits.of(service.ID, r.variantIDs())
	for i := range r.Splits {
		audits.confirm(&r.Splits[i], r.Coverage)
	}
	return r, nil
}

// merge is Resolve without the audits of AWS.
func (c *Catalog) merge(service *Service, variants []source.Ref) (*Resolved, source.Diagnostics) {
	chosen, assumed, problems := service.choose(variants)
	if len(problems) > 0 {
		return nil, problems.Sorted()
	}
	r := &Resolved{Service: service, Variants: chosen, Assumed: assumed, Splits: make([]DutySplit, 0, len(c.order))}
	r.Level = levelOf(service, chosen)
	known := factsOf(service, chosen)
	for _, duty := range c.order {
		f := duty.Default
		f.Duty, f.Scope, f.unheard = duty, duty.Scope, source.Pos{}
		for _, m := range service.model.lineage() {
			f.apply(m.statements, BasisModel, known)
		}
		f.apply(service.statements, BasisService, known)
		for _, v := range chosen {
			for _, m := range v.like.lineage() {
				f.apply(m.statements, BasisService, known)
			}
			f.apply(v.statements, BasisService, known)
		}
		if f.unheard.File != "" {
			problems.Add(f.unheard, "say what each side does for the service; what holds for all services stands in "+controlsFile,
				"the duty %q is done once, and this says nothing of how it differs for a service", duty.ID)
		}
		r.Splits = append(r.Splits, f)
	}
	if len(problems) > 0 {
		return nil, problems.Sorted()
	}
	return r, nil
}

// levelOf returns what the last of the variants that speaks of it says, or the service,
// or the nearest of its models.
func levelOf(service *Service, variants []*Variant) Level {
	level := service.Level
	for _, m := range service.model.lineage() {
		if service.Level == "" && m.level != "" {
			level = m.level
		}
	}
	for _, v := range variants {
		for _, m := range v.like.lineage() {
			level = cmp.Or(m.level, level)
		}
		level = cmp.Or(v.Level, level)
	}
	return level
}

// choose returns the variants in the order of the service's file, with those
// that the service assumes.
func (s *Service) choose(refs []source.Ref) (chosen []*Variant, assumed []string, problems source.Diagnostics) {
	named := map[string]bool{}
	byGroup := map[string]*Variant{}
	for _, ref := range refs {
		v := s.findVariant(ref.ID)
		if v == nil {
			problems.Add(ref.At, s.variantHint(ref.ID), "unknown variant %q of %s", ref.ID, s.ID)
			continue
		}
		if other, ok := byGroup[v.Group]; ok && other != v {
			problems.Add(ref.At, "choose one of the two, or make two entries",
				"the variants %q and %q of %s exclude each other: both say which %s is used", other.ID, v.ID, s.ID, strings.ReplaceAll(v.Group, "-", " "))
			continue
		}
		named[v.ID], byGroup[v.Group] = true, v
	}
	for _, id := range s.Assumes {
		if v := s.Variant(id); v != nil {
			if byGroup[v.Group] == nil {
				assumed = append(assumed, id)
			}
		}
	}
	for _, v := range s.Variants {
		if named[v.ID] || slices.Contains(assumed, v.ID) {
			chosen = append(chosen, v)
		}
	}
	return chosen, assumed, problems
}

func (s *Service) variantHint(id string) string {
	if len(s.Variants) == 0 {
		return s.ID + " has no variants"
	}
	return source.DidYouMean(id, s.variantIDs(), "its variants are "+strings.Join(s.variantIDs(), ", "))
}

func (m *model) lineage() []*model {
	var ms []*model
	for ; m != nil; m = m.parent {
		ms = append(ms, m)
	}
	slices.Reverse(ms)
	return ms
}

// apply merges what one file says of the duty into the fact. A statement that
// names a side replaces all sides, and everything that belonged to them.
func (f *DutySplit) apply(all statements, basis Basis, known facts) {
	for _, s := range all[f.Duty.ID] {
		if len(s.cases) == 0 {
			f.state(&s, basis)
			continue
		}
		chosen, rests, unknown := s.choose(known)
		f.state(chosen, basis)
		f.rest(chosen, rests, unknown)
	}
}

// state merges one statement into the fact.
func (f *DutySplit) state(s *statement, basis Basis) {
	if s.overlay {
		basis = BasisOverlay
	}
	if s.none || len(s.sides) > 0 {
		same := SamePerformers(f.Sides, s.sides)
		f.Sides, f.Offers, f.Sources, f.Note, f.Basis, f.At = s.sides, "", nil, "", basis, s.at
		f.Facts, f.Unknown = nil, nil
		if !same {
			f.Evidence = nil
		}
		f.Scope = ServiceScope
		if s.none {
			f.Scope = f.Duty.Scope
		}
		f.unheard = source.Pos{}
	} else if f.Scope != ServiceScope {
		f.unheard = s.at
	}
	if s.offers != "" {
		f.Offers = s.offers
	}
	if len(s.evidence) > 0 {
		f.Evidence = s.evidence
	}
	if len(s.sources) > 0 {
		f.Sources = addSources(f.Sources, s.sources...)
		f.Basis = basis
	}
	if s.note != "" {
		f.Note = s.note
	}
}

// addSources adds pages, each once and with the later month.
func addSources(list []Source, more ...Source) []Source {
	list = slices.Clone(list)
	for _, s := range more {
		i := slices.IndexFunc(list, func(o Source) bool { return o.URL == s.URL })
		if i < 0 {
			list = append(list, s)
		} else {
			list[i].Checked = max(list[i].Checked, s.Checked)
		}
	}
	return list
}

// IsUnexamined reports whether the duty does not occur for the service, must have a
// reason for that, and has neither a fact nor a page, or a fact that is unknown might
// say otherwise.
func (f *DutySplit) IsUnexamined() bool {
	return f.Duty.NeedsReason && f.Split() == NoSplit && (len(f.Facts) == 0 && len(f.Sources) == 0 || len(f.Unknown) > 0)
}

func SamePerformers(a, b []Side) bool {
	return slices.EqualFunc(a, b, func(x, y Side) bool { return x.Who == y.Who })
}

// SortSides puts AWS first, the customer second and other operators after
// them by id.
func SortSides(sides []Side) {
	rank := func(s Side) string {
		switch s.Who {
		case AWS:
			return "0"
		case Customer:
			return "1"
		}
		return "2" + s.Who
	}
	slices.SortStableFunc(sides, func(a, b Side) int { return cmp.Compare(rank(a), rank(b)) })
}
