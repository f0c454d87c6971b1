package templates_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/templates"
)

// answers answers PCI DSS and the HIPAA Security Rule for a system of these
// entries.
func answers(t *testing.T, cat *catalog.Catalog, entries string) map[string]matrix.Answer {
	t.Helper()
	man, err := matrix.ParseManifest("m.yaml", []byte(`version: 1
organization: Example
system: Example
frameworks: [pci-dss-4.0.1, hipaa-security-rule]
parties: {ciso: CISO, team: Team}
defaults: {accountable: ciso, responsible: team}
services: [`+entries+"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		t.Fatal(problems)
	}
	found := map[string]matrix.Answer{}
	for i := range m.Frameworks {
		for _, a := range m.AnswersInBrief(&m.Frameworks[i]) {
			found[a.Requirement.ID] = a
		}
	}
	return found
}

// TestAllServicesMore: no service and no variant makes AWS a party to what is
// the customer's alone, but where it performs that very thing: backups, and
// incidents that AWS Managed Services and AWS Security Incident Response handle.
func TestAllServicesMore(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	const few = "{use: ec2}, {use: vpc}, {use: iam}"
	services, problems := cat.Services()
	if problems != nil {
		t.Fatal(problems)
	}
	var all []string
	for _, s := range services {
		all = append(all, fmt.Sprintf("{use: %s, name: %s-alone}", s.ID, s.ID))
		for _, v := range s.Variants {
			all = append(all, fmt.Sprintf("{use: %s, variant: %s, name: %s-as-%s}", s.ID, v, s.ID, v))
		}
	}
	before, after := answers(t, cat, few), answers(t, cat, few+", "+strings.Join(all, ", "))
	var moved []string
	for id, a := range before {
		if a.Ownership == matrix.OwnedByCustomer && after[id].Ownership != matrix.OwnedByCustomer {
			moved = append(moved, id)
		}
	}
	slices.Sort(moved)
	want := []string{"12.10.5", "164.308(a)(7)(ii)(A)", "164.310(d)(2)(iv)", "164.312(c)(1)"}
	if !slices.Equal(moved, want) {
		t.Errorf("no longer the customer's are %q, want %q", moved, want)
	}
}

// TestWhoActs: whose a requirement of PCI DSS or HIPAA is, by kind.
func TestWhoActs(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	found := answers(t, cat, "{use: ec2}, {use: vpc}, {use: iam}, {use: s3}, {use: rds}, {use: lambda}")
	for _, c := range []struct {
		ownership   matrix.Ownership
		inheritance catalog.Inheritance
		ids         string
	}{
		{matrix.Inherited, catalog.FullInheritance, "1.3.3 1.4.3 2.3.1 4.2.1.2 9.2.1 9.3.4 9.4.2 9.4.5 11.2.1 164.310(a)(1) 164.310(a)(2)(ii) 164.310(d)(1) 164.310(d)(2)(iii)"},
		{matrix.OwnedByBoth, catalog.PartialInheritance, "2.2.1 3.6.1.2 3.7.1 6.3.3 9.4.7 10.2.1 10.4.1 11.3.1 164.310(d)(2)(i) 164.312(a)(2)(iv) 164.312(b) 164.312(e)(2)(ii)"},
		{matrix.OwnedByBoth, catalog.NoInheritance, "1.2.2 6.5.1 7.2.2 10.7.3 12.6.1 12.10.1 164.308(a)(6)(ii) 164.312(a)(1)"},
		{matrix.OwnedByCustomer, catalog.NoInheritance, "1.3.1 3.6.1.4 5.2.1 5.3.5 8.2.8 8.4.2 9.5.1.1 11.3.2 11.4.2 11.5.2 12.8.4 12.8.5 " +
			"164.308(a)(1)(ii)(A) 164.308(a)(3)(ii)(C) 164.308(a)(5)(i) 164.308(a)(5)(ii)(B) 164.308(a)(8) 164.310(b) 164.312(a)(2)(iii) 164.314(a)(1) 164.316(a)"},
	} {
		for _, id := range strings.Fields(c.ids) {
			if a, ok := found[id]; !ok || a.Ownership != c.ownership || a.Inheritance != c.inheritance {
				t.Errorf("%s is %s, %s; want %s, %s", id, a.Ownership, a.Inheritance, c.ownership, c.inheritance)
			}
		}
	}
}

// TestGrainOfPCIAndHIPAA: requirements that follow each other are not answered
// by one identical block, and each is some duty's but for two.
func TestGrainOfPCIAndHIPAA(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	var nobodys []string
	for _, id := range []string{"pci-dss-4.0.1", "hipaa-security-rule"} {
		f, problems := cat.Framework(id)
		if problems != nil {
			t.Fatal(problems)
		}
		last, same := "", 0
		for _, q := range f.Requirements {
			if q.Group {
				continue
			}
			if len(q.Duties) == 0 {
				nobodys = append(nobodys, q.ID)
			}
			block := fmt.Sprint(q.Duties, q.AWSPart, q.Organization, q.Outside)
			if block != last {
				last, same = block, 0
			}
			if same++; same > 1 {
				t.Errorf("%s %s has the answer of the one before it: %s", id, q.ID, block)
			}
		}
	}
	// Paper, and what a provider promises to its own customers.
	if want := []string{"9.4.6", "12.9.1"}; !slices.Equal(nobodys, want) {
		t.Errorf("without a duty are %q, want %q", nobodys, want)
	}
}
