package xlsx

import (
	"fmt"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// sample describes a matrix to make up.
type sample struct {
	entries, parties, duties int // duties per entry
	operators                int
}

// sentence returns a text of about n characters that differs with seed.
func sentence(seed, n int) string {
	words := strings.Fields("Reviews patches tests configures restores monitors rotates approves encrypts the instance volume key " +
		"backup policy role network endpoint image of each account before every release and records the outcome for auditors")
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(words[(seed*7+i*(3+seed%5))%len(words)])
	}
	return b.String() + "."
}

// make builds the matrix. The same sample gives the same matrix.
func (s sample) make() *matrix.Matrix {
	m := &matrix.Matrix{Document: matrix.Document{Organization: "Northwind Payments", System: "Checkout", Revision: "2026.2", Date: "2026-11-21", Accountability: matrix.CustomerAccountable},
		Appearance: matrix.Appearance{Title: "Responsibility matrix for Checkout", Classification: "Confidential", Approvers: []string{"p1"}},
		Catalog:    catalog.Info{Version: "2026-11", Digest: "sha256:0d6f2f1b"},
		Parties:    []matrix.Party{{ID: catalog.AWS, Name: "Amazon Web Services", Kind: matrix.Provider}},
	}
	names := []string{"Chief Information Security Officer", "Platform Engineering", "Data Platform", "Governance, Risk and Compliance", "Payments", "Site Reliability"}
	for i := 1; i < s.parties; i++ {
		name := names[(i-1)%len(names)]
		if i > len(names) {
			name += fmt.Sprintf(" %d", i)
		}
		m.Parties = append(m.Parties, matrix.Party{ID: fmt.Sprintf("p%d", i), Name: name, Contact: fmt.Sprintf("p%d@northwind.example", i), Kind: matrix.Team})
	}
	for i := range s.operators {
		m.Parties = append(m.Parties, matrix.Party{ID: fmt.Sprintf("op%d", i), Name: fmt.Sprintf("Managed Services %c", 'A'+i), Kind: matrix.Operator})
	}
	s.rows(m, matrix.ProviderEntry, "", 6, 0)
	s.rows(m, matrix.OrganizationEntry, "", 6, 1)
	services := []struct{ id, name, variant string }{
		{"ec2", "Amazon EC2", ""}, {"rds", "Amazon RDS", "RDS Custom for Oracle"}, {"lambda", "AWS Lambda", "Container image"}, {"s3", "Amazon S3", ""}}
	for i := range s.entries {
		sv := services[i%len(services)]
		e := matrix.Entry{Name: fmt.Sprintf("%s-%d", sv.id, i), Service: sv.id, ServiceName: sv.name, Owner: "p1"}
		if sv.variant != "" {
			e.Variants, e.VariantNames = []string{"v"}, []string{sv.variant}
		}
		m.Entries = append(m.Entries, e)
		s.rows(m, e.Name, sv.id, s.duties, i+2)
	}
	if len(m.Rows) > 20 {
		m.Exceptions = []matrix.Exception{{Rows: []string{m.Rows[15].ID}, Reason: "Outsourced under contract MSP-12 until the new platform is there.", Expires: "2027-06-30", At: source.Pos{File: "manifest.yaml", Line: 40, Col: 5}}}
		m.Rows[15].Exception = 0
		m.Rows[16].Unassigned = true
		m.Rows[17].Roles = m.Rows[17].Roles[:0]
	}
	return m
}

// rows appends n rows of an entry.
func (s sample) rows(m *matrix.Matrix, entry, service string, n, seed int) {
	controls := []string{"Patch management", "Identity and access", "Backup and recovery", "Logging and monitoring", "Encryption"}
	for i := range n {
		c := controls[i*len(controls)/max(n, 1)]
		id := fmt.Sprintf("duty-%d-of-%s", i, strings.ReplaceAll(strings.ToLower(c), " ", "-"))
		r := matrix.Row{ID: entry + "/" + id, Entry: entry, Service: service, Control: strings.ReplaceAll(strings.ToLower(c), " ", "-"), ControlName: c,
			Category: []catalog.Category{"shared", "inherited", "customer-specific"}[i%3], Duty: id, Title: head(sentence(i, 30), 40), Scope: catalog.ServiceScope,
			Basis: catalog.BasisService, Exception: -1, Evidence: []string{sentence(i, 40), sentence(i+1, 30)},
			Sources: []catalog.Source{{URL: fmt.Sprintf("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.html#s%d", i), Checked: "2026-11"}}}
		if service != "" && i%4 == 3 {
			r.Sources = append(r.Sources, catalog.Source{URL: "https://docs.aws.amazon.com/whitepapers/latest/aws-overview/introduction.html", Checked: "2026-10"})
			r.Note = sentence(seed+i, 70)
		}
		for _, e := range m.Entries {
			if e.Name == entry {
				r.Variants = e.Variants
			}
		}
		s.sides(m, &r, seed+i)
		m.Rows = append(m.Rows, r)
	}
}

// sides gives a row its split, texts and letters.
func (s sample) sides(m *matrix.Matrix, r *matrix.Row, seed int) {
	aws := catalog.Side{Who: catalog.AWS, Text: sentence(seed, 60+seed*37%180)}
	customer := catalog.Side{Who: catalog.Customer, Text: sentence(seed+3, 60+seed*53%180)}
	why := []matrix.Reason{{At: source.Pos{File: "manifest.yaml", Line: 12, Col: 5}, Letters: matrix.Responsible, Text: "defaults", LostTo: source.Pos{File: "manifest.yaml", Line: 24, Col: 5}},
		{At: source.Pos{File: "manifest.yaml", Line: 24, Col: 5}, Letters: matrix.Responsible, Text: "owner of " + r.Entry}}
	grant := func(id string, l matrix.Letters) {
		if m.Party(id) != nil {
			r.Roles = append(r.Roles, matrix.Role{Party: id, Letters: l, Reasons: why})
		}
	}
	kind := seed % 5
	if r.Entry == matrix.ProviderEntry {
		kind = 0
	}
	switch {
	case kind == 0:
		r.Split, r.Sides = catalog.AWS, []catalog.Side{aws}
		grant(catalog.AWS, matrix.Responsible)
		grant("p1", matrix.Accountable)
	case kind == 1 && s.operators > 0:
		r.Split, r.Sides = "op0", []catalog.Side{{Who: "op0", Text: sentence(seed, 90)}}
		grant("p1", matrix.Accountable)
		grant("op0", matrix.Responsible)
	case kind < 3:
		r.Split, r.Sides = catalog.Customer, []catalog.Side{customer}
		grant("p1", matrix.Accountable|matrix.Responsible)
		grant("p3", matrix.Informed)
	default:
		r.Split, r.Sides = catalog.Shared, []catalog.Side{aws, customer}
		grant(catalog.AWS, matrix.Responsible)
		grant("p1", matrix.Accountable)
		grant("p2", matrix.Responsible)
		grant("p4", matrix.Consulted)
	}
}

// findings makes up some findings.
func findings(m *matrix.Matrix) []source.Diagnostic {
	list := []source.Diagnostic{{Rule: "unused-party", Severity: source.Note, At: source.Pos{File: "manifest.yaml", Line: 9, Col: 3}, Message: "Payments holds no letter.", Hint: "Give it a row, or remove it."}}
	for i := range m.Rows {
		if m.Rows[i].Accountable() == "" {
			list = append(list, source.Diagnostic{Rule: "no-accountable", Severity: source.Error, At: source.Pos{File: "manifest.yaml", Line: 20, Col: 3}, Row: m.Rows[i].ID,
				Message: "No party is accountable for this row.", Hint: "Name one under defaults: accountable, or in a rule for the row."})
		}
	}
	return list
}
