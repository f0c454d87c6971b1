package matrix

import (
	"slices"

	"raci/matrix/catalog"
)

// organizationRows gives letters to what the organization does itself for requirements
// that no row answers. Rules by requirement speak of it, and the defaults.
func (b *builder) organizationRows(a *assigner) {
	there := map[string][]string{} // services, or "", by duty
	for i := range b.m.Rows {
		r := &b.m.Rows[i]
		there[r.Duty] = append(there[r.Duty], r.Service)
	}
	for i := range b.m.Frameworks {
		s := &b.m.Frameworks[i]
		for _, q := range s.Requirements {
			if s.Excluded[q.ID] != "" || !q.Occurs(b.inUse) {
				continue
			}
			b.addOrganizationRow(a, s.Framework.ID, q.ID, q, there)
			for j := range q.Statements {
				b.addOrganizationRow(a, s.Framework.ID, q.ID, &q.Statements[j], there)
			}
		}
	}
}

// addOrganizationRow adds a row for one requirement, or for one of its statements: rules
// select that by the requirement it belongs to.
func (b *builder) addOrganizationRow(a *assigner, framework, within string, q *catalog.Requirement, there map[string][]string) {
	if q.Organization == "" {
		return
	}
	for _, p := range q.Parts() {
		for _, d := range p.Duties {
			if slices.ContainsFunc(there[d], func(service string) bool { return p.IsAbout(service, b.inUse) }) {
				return // its rows tell who answers it
			}
		}
	}
	r := Row{
		ID: organizationRowID(framework, q.ID), Entry: OrganizationEntry, Scope: catalog.OrganizationScope, Split: catalog.Customer,
		Sides: []catalog.Side{{Who: catalog.Customer, Text: q.Organization, At: q.At}}, Requirements: []RowRequirements{{framework, []string{within}}}, Exception: -1,
	}
	a.row(&r)
	b.m.OrganizationRows = append(b.m.OrganizationRows, r)
}

func organizationRowID(framework, requirement string) string {
	return OrganizationEntry + "/" + framework + "/" + requirement
}

// organizationRow returns the row of what the organization does itself for a requirement
// or statement that no row answers, or nil.
func (m *Matrix) organizationRow(framework, requirement string) *Row {
	id := organizationRowID(framework, requirement)
	for i := range m.OrganizationRows {
		if m.OrganizationRows[i].ID == id {
			return &m.OrganizationRows[i]
		}
	}
	return nil
}
