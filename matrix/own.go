package matrix

import "slices"

// ownRows gives letters to what the organization does itself for requirements
// that no row answers. Rules by requirement speak of it, and the defaults.
func (b *builder) ownRows(a *assigner) {
	there := map[string][]string{} // services, or "", by duty
	for i := range b.m.Rows {
		r := &b.m.Rows[i]
		there[r.Duty] = append(there[r.Duty], r.Service)
	}
	for i := range b.m.Frameworks {
		s := &b.m.Frameworks[i]
		for _, q := range s.Requirements {
			if s.Excluded[q.ID] != "" || !q.occurs(b.inUse) {
				continue
			}
			b.ownRow(a, s.Framework.ID, q.ID, q, there)
			for j := range q.Statements {
				b.ownRow(a, s.Framework.ID, q.ID, &q.Statements[j], there)
			}
		}
	}
}

// ownRow adds a row for one requirement, or for one of its statements: rules
// select that by the requirement it belongs to.
func (b *builder) ownRow(a *assigner, framework, within string, q *Requirement, there map[string][]string) {
	if q.Organization == "" {
		return
	}
	for _, p := range q.parts() {
		for _, d := range p.Duties {
			if slices.ContainsFunc(there[d], func(service string) bool { return p.isAbout(service, b.inUse) }) {
				return // its rows tell who answers it
			}
		}
	}
	r := Row{
		ID: ownID(framework, q.ID), Entry: OrganizationEntry, Scope: OrganizationScope, Split: Customer,
		Sides: []Side{{Customer, q.Organization, q.At}}, Requirements: []RowRequirements{{framework, []string{within}}}, Exception: -1,
	}
	a.row(&r)
	b.m.Own = append(b.m.Own, r)
}

func ownID(framework, requirement string) string {
	return OrganizationEntry + "/" + framework + "/" + requirement
}

// own returns the row of what the organization does itself for a requirement
// or statement that no row answers, or nil.
func (m *Matrix) own(framework, requirement string) *Row {
	id := ownID(framework, requirement)
	for i := range m.Own {
		if m.Own[i].ID == id {
			return &m.Own[i]
		}
	}
	return nil
}
