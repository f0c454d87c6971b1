package matrix

// ownRows gives letters to what the organization does itself for requirements
// that no row answers. Rules by requirement speak of it, and the defaults.
func (b *builder) ownRows(a *assigner) {
	there, inUse := map[string]bool{}, b.m.servicesInUse()
	for i := range b.m.Rows {
		there[b.m.Rows[i].Duty] = true
	}
	for i := range b.m.Frameworks {
		s := &b.m.Frameworks[i]
		for _, q := range s.Requirements {
			if s.Excluded[q.ID] != "" || !q.occurs(inUse) {
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
func (b *builder) ownRow(a *assigner, framework, within string, q *Requirement, there map[string]bool) {
	if q.Organization == "" {
		return
	}
	for _, d := range q.Duties {
		if there[d] {
			return // its rows tell who answers it
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
