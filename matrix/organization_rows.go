package matrix

import (
	"slices"

	"raci/matrix/catalog"
)

// organizationRows gives letters to what the organization does itself for requirements
// that no row answers in which somebody else than AWS has a part. Rules by
// requirement speak of it, and the defaults.
func (b *builder) organizationRows(a *assigner) {
	services := servicesByDuty(b.m.Rows)
	for i := range b.m.Frameworks {
		s := &b.m.Frameworks[i]
		for _, q := range s.Requirements {
			if s.LeftOut(q) != "" || !q.Occurs(b.inUse) {
				continue
			}
			b.addOrganizationRow(a, s.Framework.ID, q.ID, q, services)
			for j := range q.Statements {
				if s.LeftOut(&q.Statements[j]) == "" {
					b.addOrganizationRow(a, s.Framework.ID, q.ID, &q.Statements[j], services)
				}
			}
		}
	}
}

// servicesByDuty returns the services that have rows for each duty in which AWS is
// not alone, each once. A row that is done once has the service "".
func servicesByDuty(rows []Row) map[string][]string {
	services, seen := map[string][]string{}, map[[2]string]bool{}
	for i := range rows {
		if pair := [2]string{rows[i].Duty, rows[i].Service}; !seen[pair] && rows[i].Split != catalog.AWS {
			seen[pair] = true
			services[pair[0]] = append(services[pair[0]], pair[1])
		}
	}
	return services
}

// addOrganizationRow adds a row for one requirement, or for one of its statements: rules
// select that by the requirement it belongs to.
func (b *builder) addOrganizationRow(a *assigner, framework, within string, q *catalog.Requirement, services map[string][]string) {
	if q.Organization == "" {
		return
	}
	for _, p := range q.Parts() {
		for _, d := range p.Duties {
			if slices.ContainsFunc(services[d], func(service string) bool { return p.IsAbout(service, b.inUse) }) {
				return // its rows show who answers it
			}
		}
	}
	r := Row{
		ID: organizationRowID(framework, q.ID), Entry: OrganizationEntry, Scope: catalog.OrganizationScope, Split: catalog.Customer,
		Sides: []catalog.Side{{Who: catalog.Customer, Text: q.Organization, At: q.At}}, Requirements: []RowRequirements{{framework, []string{within}}}, Exception: -1,
	}
	a.row(&r)
	if len(b.problems) > 0 || !b.takesRow(a, &r) {
		return
	}
	b.m.OrganizationRows = append(b.m.OrganizationRows, r)
}

func organizationRowID(framework, requirement string) string {
	return OrganizationEntry + "/" + framework + "/" + requirement
}
