package catalog_test

import (
	"strings"
	"testing"

	"raci/matrix/catalog"
)

// TestRequirementNames reads ids as their publishers, FedRAMP, OSCAL, PCI and
// CMMC write them.
func TestRequirementNames(t *testing.T) {
	c := open(t)
	for framework, names := range map[string]map[string]string{
		"nist-800-53-r5": {
			"AC-2": "AC-2", "ac-2": "AC-2", "AC-02": "AC-2", "Control AC-2": "AC-2", "AC\u20112": "AC-2", "AC-20": "AC-20",
			"AC-2(1)": "AC-2(1)", "AC-2 (1)": "AC-2(1)", "AC-02 (01)": "AC-2(1)", "AC-02(01)": "AC-2(1)", "ac-2.1": "AC-2(1)", "ac-02.01": "AC-2(1)",
			"AC-2a": "AC-2a", "AC-02 (a)": "AC-2a", "AC-2 a.": "AC-2a", "AC-2(a)": "AC-2a", "ac-2_smt.a": "AC-2a",
			"AC-2(3)(a)": "AC-2(3)(a)", "AC-02 (03) (a)": "AC-2(3)(a)", "AC-2(3)a": "AC-2(3)(a)", "ac-2.3_smt.a": "AC-2(3)(a)",
			"AC-99": "", "AC-2(99)": "", "AC-2z": "", "2": "",
		},
		"fedramp-rev5": {"AC-02(01)": "AC-2(1)", "ac-2.1": "AC-2(1)", "sc-7": "SC-7"},
		"pci-dss-4.0.1": {
			"6.3.3": "6.3.3", "Req 6.3.3": "6.3.3", "Req. 6.3.3": "6.3.3", "Requirement 6.3.3": "6.3.3", "requirement: 6.3.3": "6.3.3", "6.3.3.": "6.3.3",
			"a1.1.1": "A1.1.1", "A.1.1.1": "A1.1.1", "6.3.30": "", "63.3": "",
		},
		"nist-800-171-r2": {
			"3.1.1": "3.1.1", "03.01.01": "", "AC.L2-3.1.1": "3.1.1", "ac.l2-3.1.1": "3.1.1", "SC.L2-3.13.11": "3.13.11", "AC.L1-b.1.i": "3.1.1", "AC.L1-3.1.1": "3.1.1",
			"SI.L1-b.1.xv": "3.14.5", "PE.L1-b.1.ix": "3.10.3 3.10.4 3.10.5", "AC.L2-3.13.11": "", "AC.L1-b.1.v": "", "AC.L2-3.1.10": "3.1.10",
		},
		"iso-27001-2022":      {"A.8.34": "A.8.34", "A 8.34": "A.8.34", "a8.34": "A.8.34", "Annex A 8.34": "A.8.34", "Clause 8.1": "8.1", "8.1": "8.1", "A.8.1": "A.8.1"},
		"soc2-tsc-2017":       {"CC6.1": "CC6.1", "cc 6.1": "CC6.1", "Criterion CC6.1": "CC6.1", "A1.2": "A1.2"},
		"nist-csf-2.0":        {"PR.AA-01": "PR.AA-01", "pr.aa-1": "PR.AA-01"},
		"csa-ccm-4.0":         {"IAM-01": "IAM-01", "iam-1": "IAM-01", "a&a-01": "A&A-01"},
		"hipaa-security-rule": {"164.308(a)(1)(ii)(A)": "164.308(a)(1)(ii)(A)", "§ 164.308(a)(1)(ii)(a)": "164.308(a)(1)(ii)(A)", "45 CFR § 164.308 (a)(1)(ii)(A)": "164.308(a)(1)(ii)(A)"},
		"cis-aws-foundations": {"2.1.1": "2.1.1", "Control 2.1.1": "2.1.1"},
	} {
		f, problems := c.Framework(framework)
		if problems != nil {
			t.Fatal(problems)
		}
		for name, want := range names {
			var got []string
			for _, q := range f.Named(name) {
				got = append(got, q.ID)
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s: %q means %v, want %q", framework, name, got, want)
			}
		}
	}
}

// TestRequirementIDsDiffer: no id of a framework is a way to write another one.
func TestRequirementIDsDiffer(t *testing.T) {
	c := open(t)
	for _, id := range c.FrameworkIDs() {
		f, problems := c.Framework(id)
		if problems != nil {
			t.Fatal(problems)
		}
		for _, q := range f.Requirements {
			ids := []string{q.ID}
			for _, s := range q.Statements {
				ids = append(ids, s.ID)
			}
			for _, id := range ids {
				for _, name := range []string{id, strings.ToLower(id), " " + strings.ToUpper(id)} {
					if found := f.Named(name); len(found) != 1 || found[0].ID != id {
						t.Errorf("%s: %q means %d requirements", f.ID, name, len(found))
					}
				}
			}
		}
	}
}

// TestCutName: the name of a framework may stand before an id.
func TestCutName(t *testing.T) {
	for name, want := range map[string]string{
		"pci-dss-4.0.1/6.3.3": "6.3.3", "PCI 6.3.3": "6.3.3", "PCI DSS 6.3.3": "6.3.3", "pci:6.3.3": "6.3.3", "PCI-DSS Req 6.3.3": "Req 6.3.3",
		"PCI DSS 4.0.1 6.3.3": "6.3.3", "6.3.3": "", "pci": "", "pci/": "", "PCI6.3.3": "",
	} {
		f := catalog.FrameworkInfo{ID: "pci-dss-4.0.1", Name: "PCI DSS 4.0.1", Aliases: []string{"pci-dss", "pci"}}
		if got, ok := f.CutName(name); got != want || ok != (want != "") {
			t.Errorf("%q: %q %t, want %q", name, got, ok, want)
		}
	}
}
