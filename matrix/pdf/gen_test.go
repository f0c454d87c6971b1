package pdf

import (
	"fmt"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// shape says what sample makes.
type shape struct {
	entries, parties, rows int
	operator               bool
}

var controls = []struct{ id, name, category string }{
	{"physical-environmental", "Physical and environmental protection", "inherited"},
	{"cloud-infrastructure", "Cloud infrastructure", "inherited"},
	{"patch-management", "Patch management", "shared"},
	{"configuration-management", "Configuration management", "shared"},
	{"awareness-training", "Awareness and training", "shared"},
	{"data-protection", "Data protection", "customer-specific"},
	{"identity-access", "Identity and access management", "shared"},
	{"communications", "Service and communications protection", "customer-specific"},
	{"logging", "Logging and monitoring", "shared"},
	{"incident", "Incident response", "shared"},
	{"continuity", "Business continuity", "shared"},
}

var names = []string{"Amazon Web Services", "Chief Information Security Officer", "Platform Engineering", "Data Platform",
	"Governance, Risk and Compliance", "Payments Application Team", "Managed Service Provider Ltd"}

const long = "Builds and tests engine patches, installs the required ones in the maintenance window that the customer chose, " +
	"publishes each release in the notes and tells the customer of what breaks; keeps the old version for twelve months at the least."

// sample makes a matrix that is realistic in its texts and marks.
func sample(s shape) *matrix.Matrix {
	m := &matrix.Matrix{Document: matrix.Document{Organization: "Northwind Payments", System: "Checkout", Revision: "2026.2", Date: "2026-11-21", Accountability: matrix.CustomerAccountable},
		Appearance: matrix.Appearance{Classification: "Confidential", Approvers: []string{"p1", "p2"}},
		Catalog:    catalog.Info{Version: "2026.11", Digest: "sha256:" + strings.Repeat("0123456789abcdef", 4)},
	}
	for i := range s.parties {
		p := matrix.Party{ID: fmt.Sprint("p", i), Kind: matrix.Team, Name: fmt.Sprintf("Team number %d of the platform", i), Contact: fmt.Sprintf("team%d@northwind.example", i)}
		if i < len(names) {
			p.Name = names[i]
		}
		if i == 0 {
			p.ID, p.Kind, p.Contact = catalog.AWS, matrix.Provider, ""
		}
		m.Parties = append(m.Parties, p)
	}
	if s.operator {
		m.Parties = append(m.Parties, matrix.Party{ID: "msp", Name: "Hosting Partner", Kind: matrix.Operator})
	}
	for i := range s.entries {
		m.Entries = append(m.Entries, matrix.Entry{Name: fmt.Sprintf("orders-db-%d", i+1), Service: "rds", ServiceName: "Amazon RDS",
			Variants: []string{"custom-oracle"}, VariantNames: []string{"RDS Custom for Oracle"}, Owner: m.Parties[i%len(m.Parties)].ID})
	}
	groups := []string{matrix.ProviderEntry, matrix.OrganizationEntry}
	for _, e := range m.Entries {
		groups = append(groups, e.Name)
	}
	for i := range s.rows {
		m.Rows = append(m.Rows, sampleRow(m, groups[i*len(groups)/s.rows], i))
	}
	m.Exceptions = []matrix.Exception{
		{Reason: "Outsourced under contract MSP-12.", Expires: "2027-06-30", At: source.Pos{File: "manifest.yaml", Line: 40, Col: 5}},
		{Reason: "The old host stays until the move.", Expires: "2026-10-01", Expired: true, At: source.Pos{File: "manifest.yaml", Line: 46, Col: 5}},
	}
	for i := range m.Rows {
		if i%50 == 7 {
			m.Rows[i].Exception = 0
			m.Exceptions[0].Rows = append(m.Exceptions[0].Rows, m.Rows[i].ID)
		}
	}
	return m
}

func sampleRow(m *matrix.Matrix, entry string, i int) matrix.Row {
	duty := i % 40 // each belongs to one control
	c := controls[duty%len(controls)]
	splits := []string{catalog.AWS, catalog.Shared, catalog.Customer, catalog.Shared}
	r := matrix.Row{ID: fmt.Sprintf("%s/duty-%d", entry, i), Entry: entry, Control: c.id, ControlName: c.name, Category: catalog.Category(c.category),
		Duty: fmt.Sprint("duty-", duty), Title: "Operating system and engine patches of the hosts", Scope: catalog.ServiceScope,
		Split: splits[i%4], Basis: catalog.BasisModel, Exception: -1}
	text := long[:60+i*37%180]
	if r.Split != catalog.Customer {
		r.Sides = append(r.Sides, catalog.Side{Who: catalog.AWS, Text: text + "."})
	}
	if r.Split != catalog.AWS {
		r.Sides = append(r.Sides, catalog.Side{Who: catalog.Customer, Text: "Sets the maintenance window, applies optional updates, and plans each upgrade. " + long[:i*53%150]})
	}
	if len(m.Operators()) == 0 && m.Parties[len(m.Parties)-1].Kind == matrix.Operator || i%17 == 3 && m.Party("msp") != nil {
		r.Sides = append(r.Sides, catalog.Side{Who: "msp", Text: "Patches the hosts under contract MSP-12."})
	}
	for j, p := range m.Parties {
		l := matrix.Letters(0)
		switch {
		case j == 0 && r.Split != catalog.Customer:
			l = matrix.Responsible
		case j == 1 && i%40 != 9:
			l = matrix.Accountable
			if i%13 == 0 {
				l |= matrix.Responsible
				r.Unassigned = true
			}
		case j == 2+i%3:
			l = matrix.Responsible
		case (i+j)%9 == 0:
			l = matrix.Consulted
		case (i+j)%7 == 0:
			l = matrix.Informed
		}
		if l != 0 {
			r.Roles = append(r.Roles, matrix.Role{Party: p.ID, Letters: l})
		}
	}
	r.Evidence = []string{"pending maintenance actions of each instance", "AWS Config rule rds-automatic-minor-version-upgrade-enabled"}[:1+i%2]
	if i%3 == 0 {
		r.Basis = catalog.BasisService
		r.Sources = []catalog.Source{{URL: fmt.Sprintf("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.%d.html", i%30), Checked: "2026-11"}}
	}
	if i%11 == 0 {
		r.Note = "The drill of the second quarter covers this."
	}
	return r
}

// sampleFindings are on rows of the matrix.
func sampleFindings(m *matrix.Matrix) []source.Diagnostic {
	var out []source.Diagnostic
	for i := range m.Rows {
		if m.Rows[i].Accountable() == "" {
			out = append(out, source.Diagnostic{Rule: "no-accountable", Severity: source.Error, Row: m.Rows[i].ID,
				At: source.Pos{File: "manifest.yaml", Line: 12 + i, Col: 3}, Message: "no party is accountable for this duty", Hint: "name one under defaults or in a rule"})
		}
	}
	return append(out, source.Diagnostic{Rule: "too-many-consulted", Severity: source.Warning, At: source.Pos{File: "manifest.yaml", Line: 30, Col: 3},
		Message: "four parties are consulted in 12 rows", Hint: "inform them instead"})
}
