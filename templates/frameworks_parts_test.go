package templates_test

import (
	"cmp"
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
	want := []string{"12.10.5", "164.308(a)(7)(ii)(A)", "164.310(d)(2)(iv)"}
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

// withoutDuty are requirements that no duty covers: paper, and what a provider
// promises to its own customers.
var withoutDuty = []string{"pci-dss-4.0.1 9.4.6", "pci-dss-4.0.1 12.9.1"}

// TestEveryRequirementIsADuty: each requirement is somebody's duty, so that it
// has a row with letters, and no six in a row have one answer.
func TestEveryRequirementIsADuty(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	most := map[string]int{"pci-dss-4.0.1": 1, "hipaa-security-rule": 1} // 5 elsewhere
	var nobodys []string
	for _, id := range cat.FrameworkIDs() {
		f, problems := cat.Framework(id)
		if problems != nil {
			t.Fatal(problems)
		}
		last, same := "", 0
		for _, q := range f.Asked() {
			if len(q.Duties) == 0 {
				nobodys = append(nobodys, id+" "+q.ID)
			}
			block := fmt.Sprint(q.Duties, q.AWSPart, q.Organization, q.Outside, q.Services)
			for _, s := range q.Statements {
				block += fmt.Sprint(s.Duties, s.Organization)
			}
			if block != last {
				last, same = block, 0
			}
			if same++; same > cmp.Or(most[id], 5) {
				t.Errorf("%s %s has the answer of the one before it: %s", id, q.ID, block)
			}
		}
	}
	if !slices.Equal(nobodys, withoutDuty) {
		t.Errorf("without a duty are %q, want %q", nobodys, withoutDuty)
	}
}

// TestAnswersAgree: what an answer says of who acts, who can lean on it, who is
// responsible and what AWS does fits together, in systems of few and of all
// services.
func TestAnswersAgree(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	all, _ := services(t, cat)
	for _, entries := range [][]string{{"s3"}, {"ec2", "vpc", "iam"}, {"lambda", "apigateway", "dynamodb", "cloudfront", "cognitoidp"}, all} {
		m := system(t, cat, cat.FrameworkIDs(), entries...)
		for i := range m.Frameworks {
			for _, a := range m.Answers(&m.Frameworks[i]) {
				checkAnswer(t, m.Frameworks[i].Framework.ID, &a)
				for k := range a.Statements {
					checkAnswer(t, m.Frameworks[i].Framework.ID, &a.Statements[k])
				}
			}
		}
	}
}

func checkAnswer(t *testing.T, framework string, a *matrix.Answer) {
	t.Helper()
	aws, asked := len(a.AWS) > 0, a.Requirement.Organization != "" || len(a.Customer) > 0
	ok := false
	switch a.Ownership {
	case matrix.Inherited:
		ok = aws && !asked && a.Inheritance == catalog.FullInheritance
	case matrix.OwnedByBoth:
		ok = aws && asked && a.Inheritance != catalog.FullInheritance
	case matrix.OwnedByCustomer:
		ok = !aws && asked && a.Inheritance == catalog.NoInheritance && !slices.Contains(a.Responsible, catalog.AWS)
	case matrix.NotApplicable:
		ok = a.Inheritance == "" && a.Accountable == ""
	}
	if !ok {
		t.Errorf("%s %s is %s, inheritance %q, AWS %q, customer %q, responsible %q", framework, a.Requirement.ID, a.Ownership, a.Inheritance, a.AWS, a.Customer, a.Responsible)
	}
	if a.Ownership != matrix.NotApplicable && a.Accountable == "" {
		t.Errorf("%s %s has nobody accountable", framework, a.Requirement.ID)
	}
}
