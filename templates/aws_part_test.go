package templates_test

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/templates"
)

// customersWork lists by framework what is the customer's work, whatever tools
// it uses for it: assessments, tests, protection from malware, its devices and
// its sessions. No service of security or management makes any of it shared.
var customersWork = map[string][]string{
	"nist-800-53-r5": {
		"CA-2", "CA-2(1)", "CA-2(2)", "CA-5", "CA-7", "CA-7(1)", "CA-8", "CA-8(1)", "CA-8(2)", "CM-4", "CM-4(1)", "CM-4(2)", "CP-4", "CP-9(1)",
		"IR-3", "RA-3", "RA-5(5)", "SA-11", "SA-11(1)", "SA-11(5)", "SI-6",
		"SC-18", "SI-3", "SI-3(4)", "SI-3(6)", "SI-8",
		"AC-7(2)", "AC-8", "AC-11", "AC-11(1)", "AC-12", "AC-19", "AC-19(5)", "AC-22", "SC-10", "SC-15",
	},
	"fedramp-rev5": {
		"CA-2", "CA-2(1)", "CA-2(2)", "CA-8", "CA-8(1)", "CA-8(2)", "CM-4(1)", "CP-4", "CP-9(1)", "IR-3", "RA-5(5)", "SA-11(1)",
		"SC-18", "SI-3", "AC-11", "AC-12", "AC-19", "AC-22", "SC-10", "SC-15",
	},
	"nist-800-171-r2":     {"3.1.10", "3.1.11", "3.1.18", "3.1.19", "3.1.21", "3.6.3", "3.12.1", "3.13.9", "3.13.12", "3.13.13", "3.14.2", "3.14.4", "3.14.5"},
	"nist-csf-2.0":        {"GV.OV-03", "ID.IM-01", "ID.IM-02"},
	"pci-dss-4.0.1":       {"1.5.1", "5.2.1", "5.2.2", "5.2.3", "5.3.1", "5.3.2", "5.3.2.1", "5.3.3", "5.3.4", "5.3.5", "11.4.1", "11.4.2", "11.4.3", "11.4.4", "11.4.5", "12.10.2"},
	"hipaa-security-rule": {"164.308(a)(5)(ii)(B)", "164.308(a)(7)(ii)(D)", "164.308(a)(8)", "164.312(a)(2)(iii)"},
	"iso-27001-2022":      {"9.2.1", "9.2.2", "A.5.35", "A.8.1", "A.8.7", "A.8.29", "A.8.33", "A.8.34"},
	"soc2-tsc-2017":       {"A1.3", "CC4.1"},
	"csa-ccm-4.0": {
		"A&A-02", "A&A-05", "A&A-06", "AIS-05", "BCR-06", "BCR-10", "SEF-04", "STA-11", "TVM-02", "TVM-06",
		"UEM-01", "UEM-02", "UEM-04", "UEM-06", "UEM-08", "UEM-09", "UEM-10", "UEM-13",
	},
}

// TestOneToolMore: services that the customer may use to look after the others
// leave its requirements with it.
func TestOneToolMore(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	ownerships := func(services ...string) map[string]matrix.Ownership {
		m := system(t, cat, []string{"nist-800-53-r5/high"}, services...)
		list := map[string]matrix.Ownership{}
		for _, a := range m.AnswersInBrief(&m.Frameworks[0]) {
			list[a.Requirement.ID] = a.Ownership
		}
		return list
	}
	without := ownerships("ec2", "vpc", "iam")
	for _, id := range customersWork["nist-800-53-r5"] {
		if o, ok := without[id]; ok && o != matrix.OwnedByCustomer {
			t.Errorf("%s is %s", id, o)
		}
	}
	for _, tool := range []string{"cloudformation", "configservice", "guardduty", "cloudtrail", "sns", "s3"} {
		for id, o := range ownerships("ec2", "vpc", "iam", tool) {
			if without[id] == matrix.OwnedByCustomer && o != matrix.OwnedByCustomer {
				t.Errorf("%s makes %s %s", tool, id, o)
			}
		}
	}
}

// TestNoServiceByAccident: one service or variant more makes a requirement of
// the customer shared only where the framework's file names the duty that
// brings AWS's part; none of security or management does so for what is the
// customer's work.
func TestNoServiceByAccident(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	all, tools := services(t, cat)
	everything, named := system(t, cat, cat.FrameworkIDs(), all...), namedParts(t)
	accidents := map[string]map[string]string{} // by framework: what happens, and an entry that brings it
	for _, base := range [][]string{{"ec2", "vpc", "iam"}, {"s3"}, {"lambda"}} {
		m := system(t, cat, cat.FrameworkIDs(), base...)
		for i := range m.Frameworks {
			id := m.Frameworks[i].Framework.ID
			found := accidents[id]
			if found == nil {
				found = map[string]string{}
				accidents[id] = found
			}
			after := everything.AnswersInBrief(&everything.Frameworks[i])
			for j, before := range m.AnswersInBrief(&m.Frameworks[i]) {
				q := before.Requirement
				for _, r := range after[j].Rows {
					if before.Ownership != matrix.OwnedByCustomer || slices.Contains(base, r.Entry) || r.Side(catalog.AWS) == "" || !q.TakesAWSPartFrom(r.Duty) {
						continue
					}
					for _, p := range q.Parts() {
						if p.TakesAWSPartFrom(r.Duty) && !slices.Contains(named[id+"/"+p.ID], r.Duty) {
							found[p.ID+": aws-part does not name "+r.Duty] = r.Entry
						}
					}
					if tools[r.Service] && slices.Contains(customersWork[id], q.ID) {
						found[q.ID+": the customer's work becomes shared by "+r.Duty] = r.Entry
					}
				}
			}
		}
	}
	for id, found := range accidents {
		for _, what := range slices.Sorted(maps.Keys(found)) {
			t.Errorf("%s/%s, such as that of %s", id, what, found[what])
		}
	}
}

// TestCustomersWork: the lists name requirements that there are.
func TestCustomersWork(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	for id, list := range customersWork {
		f, problems := cat.Framework(id)
		if problems != nil {
			t.Fatal(problems)
		}
		for _, r := range list {
			if f.Requirement(r) == nil {
				t.Errorf("there is no %s in %s", r, id)
			}
		}
	}
}

// system builds a matrix of these services, each as SERVICE or
// SERVICE/VARIANT, with these frameworks.
func system(t *testing.T, cat *catalog.Catalog, frameworks []string, services ...string) *matrix.Matrix {
	t.Helper()
	text := "version: 1\norganization: Example\nsystem: Example\nparties: {ciso: CISO}\ndefaults: {accountable: ciso, responsible: ciso}\nframeworks: [" +
		strings.Join(frameworks, ", ") + "]\nservices:\n"
	for _, s := range services {
		use, variant, ok := strings.Cut(s, "/")
		if ok {
			use = fmt.Sprintf("%s, variant: %s, name: %s as %s", use, variant, use, variant)
		}
		text += "- {use: " + use + "}\n"
	}
	man, problems := matrix.ParseManifest("m.yaml", []byte(text))
	if problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		t.Fatal(problems)
	}
	return m
}

// services returns all services in use and their variants, and by service
// whether it is one with which the customer does its own work of security and
// management.
func services(t *testing.T, cat *catalog.Catalog) (all []string, tools map[string]bool) {
	t.Helper()
	list, problems := cat.Services()
	if problems != nil {
		t.Fatal(problems)
	}
	tools = map[string]bool{}
	for _, s := range list {
		if s.Lifecycle == catalog.Retired {
			continue
		}
		all = append(all, s.ID)
		for _, v := range s.Variants {
			all = append(all, s.ID+"/"+v)
		}
		tools[s.ID] = s.Model == "management" || s.Category == "security, identity and compliance" || s.Category == "management and governance"
	}
	return all, tools
}

// namedParts returns the duties that each requirement and statement names under
// aws-part, by framework and id, as the files say it. What a framework takes
// over from another one, it takes over with the answer.
func namedParts(t *testing.T) map[string][]string {
	t.Helper()
	type answer struct {
		AWSPart []string `yaml:"aws-part"`
	}
	type framework struct {
		ID, Like     string
		Requirements map[string]struct {
			answer     `yaml:",inline"`
			Statements map[string]answer
		}
	}
	names, err := fs.Glob(templates.FS, "frameworks/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	named, like := map[string][]string{}, map[string]string{}
	for _, name := range names {
		var f framework
		data, err := fs.ReadFile(templates.FS, name)
		if err == nil {
			err = yaml.Unmarshal(data, &f)
		}
		if err != nil {
			t.Fatal(err)
		}
		for id, q := range f.Requirements {
			named[f.ID+"/"+id] = q.AWSPart
			for letter, s := range q.Statements {
				if strings.HasSuffix(id, ")") {
					letter = "(" + letter + ")"
				}
				named[f.ID+"/"+id+letter] = s.AWSPart
			}
		}
		if f.Like != "" {
			like[f.ID] = f.Like
		}
	}
	for id, base := range like {
		for key, list := range maps.Clone(named) {
			if rest, ok := strings.CutPrefix(key, base+"/"); ok && named[id+"/"+rest] == nil {
				named[id+"/"+rest] = list
			}
		}
	}
	return named
}
