package catalog_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// uses are lines of frameworks, from line 1 on.
func uses(names ...string) []catalog.FrameworkUse {
	var list []catalog.FrameworkUse
	for i, name := range names {
		list = append(list, catalog.FrameworkUse{Ref: source.Ref{ID: name, At: source.Pos{File: "m.yaml", Line: i + 1, Col: 1}}})
	}
	return list
}

// TestSelect makes one selection of the lines about one framework, under one
// spelling.
func TestSelect(t *testing.T) {
	for lines, want := range map[string]string{
		"soc2-tsc-2017/availability soc2/SECURITY":                         "soc2-tsc-2017/security+availability",
		"SOC2/privacy+availability+security HIPAA soc-2/confidentiality":   "soc2-tsc-2017/security+availability+confidentiality+privacy hipaa-security-rule",
		"nist-800-53/low nist-800-53-r5/high fedramp/li-saas":              "nist-800-53-r5/low+high fedramp-rev5/li-saas",
		"NIST_SP_800-53_Revision_5 pci ISO/IEC_27001:2022 CMMC-Level-2":    "nist-800-53-r5 pci-dss-4.0.1 iso-27001-2022 nist-800-171-r2",
		"CIS-AWS/level-1+level-2 CSA_CCM NIST-CSF Trust-Services-Criteria": "cis-aws-foundations/level-1+level-2 csa-ccm-4.0 nist-csf-2.0 soc2-tsc-2017",
	} {
		selections, problems := open(t).Select(uses(strings.Fields(lines)...))
		var got []string
		for _, s := range selections {
			got = append(got, s.Name)
			seen := map[string]bool{}
			for _, q := range s.Requirements {
				if seen[q.ID] {
					t.Errorf("%s has %s twice", s.Name, q.ID)
				}
				seen[q.ID] = true
			}
		}
		if problems != nil || strings.Join(got, " ") != want {
			t.Errorf("%s selects %v, want %s: %v", lines, got, want, problems)
		}
	}
}

// TestSelectUnion: several baselines hold what any of them holds.
func TestSelectUnion(t *testing.T) {
	c := open(t)
	f, _ := c.Framework("soc2-tsc-2017")
	selections, problems := c.Select(uses("soc2/security", "soc2/privacy"))
	if problems != nil {
		t.Fatal(problems)
	}
	asked := 0
	for _, q := range selections[0].Requirements {
		if !q.Group {
			asked++
		}
	}
	if both, one := len(f.Asked("security", "privacy")), len(f.Asked("security")); asked != both || both <= one || both >= len(f.Asked()) {
		t.Errorf("%d requirements, %d are asked for, %d by one of the two", asked, both, one)
	}
}

// TestSelectTwice: what is named twice is a problem at the second place, which
// names the first.
func TestSelectTwice(t *testing.T) {
	for lines, want := range map[string]string{
		"soc2 soc-2":                      `m.yaml:2:1: the framework "soc2-tsc-2017" is named twice; the first is at line 1; name it once`,
		"soc2/security+security":          `m.yaml:1:1: the baseline "security" of soc2-tsc-2017 is named twice; the first is at line 1; name it once`,
		"soc2/security pci SOC2/Security": `m.yaml:3:1: the baseline "security" of soc2-tsc-2017 is named twice; the first is at line 1; name it once`,
		"soc2 soc2/security":              `m.yaml:2:1: the baseline "security" is part of soc2-tsc-2017, which is selected as a whole; remove soc2-tsc-2017/security, or what selects the whole at line 1`,
		"soc2/security+":                  `m.yaml:1:1: unknown baseline "" of soc2-tsc-2017; its baselines are security, availability, confidentiality, processing-integrity, privacy`,
		"hipaa/low":                       `m.yaml:1:1: unknown baseline "low" of hipaa-security-rule; it has no baselines`,
		"fedrmap-rev5/low":                `m.yaml:1:1: unknown framework "fedrmap-rev5"; did you mean "fedramp-rev5"?`,
	} {
		if _, problems := open(t).Select(uses(strings.Fields(lines)...)); problems.String() != want {
			t.Errorf("%s: %s, want %s", lines, problems, want)
		}
	}
}

// TestSelectWritten: a selection that is written as in prose is none, and the hint has
// the one that it means.
func TestSelectWritten(t *testing.T) {
	c := open(t)
	for text, want := range map[string]string{
		"CIS level 1":                       `unknown framework "CIS level 1"; did you mean "cis-aws-foundations/level-1"?`,
		"cis/level-2":                       `unknown framework "cis"; did you mean "cis-aws-foundations/level-2"?`,
		"cis-aws/L1":                        `unknown baseline "L1" of cis-aws-foundations; did you mean "level-1"?`,
		"NIST 800-53 moderate":              `unknown framework "NIST 800-53 moderate"; did you mean "nist-800-53-r5/moderate"?`,
		"fedramp high":                      `unknown framework "fedramp high"; did you mean "fedramp-rev5/high"?`,
		"SOC 2 security and availability":   `unknown framework "SOC 2 security and availability"; did you mean "soc2-tsc-2017/security+availability"?`,
		"SOC2 Type II":                      `unknown framework "SOC2 Type II"; did you mean "soc2-tsc-2017"?`,
		"CIS v1.5":                          `unknown framework "CIS v1.5"; did you mean "cis-aws-foundations", which is CIS Amazon Web Services Foundations Benchmark 7.0? its baselines are level-1, level-2`,
		"CMMC L1":                           `unknown framework "CMMC L1"; did you mean "nist-800-171-r2", which is NIST SP 800-171 Revision 2? it has no baselines`,
		"PCI DSS 3.2.1":                     `unknown framework "PCI DSS 3.2.1"; did you mean "pci-dss-4.0.1", which is PCI DSS 4.0.1? it has no baselines`,
		"CIS Controls IG1":                  `unknown framework "CIS Controls IG1"; see raci catalog list frameworks`,
		"NIST":                              `"NIST" fits several frameworks: nist-800-171-r2, nist-800-53-r5, nist-csf-2.0; name one of them`,
		"soc2, hipaa":                       `unknown framework "soc2, hipaa"; write a list: [soc2, hipaa]`,
		strings.Repeat("soc 2 ", 200) + "x": `unknown framework "` + strings.Repeat("soc 2 ", 200) + `x"; did you mean "soc2-tsc-2017", which is SOC 2 Trust Services Criteria 2017? its baselines are security, availability, confidentiality, processing-integrity, privacy`,
	} {
		if _, problems := c.Select(uses(text)); problems.String() != "m.yaml:1:1: "+want {
			t.Errorf("%s: %s, want %s", text, problems, want)
		}
	}
}

// TestSelectAmbiguous: an alias of two frameworks means neither.
func TestSelectAmbiguous(t *testing.T) {
	c := open(t, catalog.Layer{Name: "ours", FS: fstest.MapFS{"frameworks/own.yaml": {Data: []byte("id: own\nname: Our Rules\naliases: [soc2]\nrequirements:\n  R-1: {title: Copies are kept, duties: [back-up-data]}\n")}}})
	want := `m.yaml:1:1: "soc2" fits several frameworks: own, soc2-tsc-2017; name one of them`
	if _, problems := c.Select(uses("soc2/security")); problems.String() != want {
		t.Errorf("%s, want %s", problems, want)
	}
}

// TestDigestOfSelections: the digest speaks of the frameworks that are in use,
// whichever were read to find them.
func TestDigestOfSelections(t *testing.T) {
	digest := func(names ...string) string {
		c := open(t)
		if _, problems := c.Select(uses(names...)); problems != nil {
			t.Fatal(problems)
		}
		return c.Info().Digest
	}
	if a, b := digest("hipaa", "nist-800-53"), digest("hipaa-security-rule", "nist-800-53-r5"); a != b {
		t.Errorf("by alias %s, by id %s", a, b)
	}
	if digest("hipaa") == digest("hipaa", "nist-800-53-r5") {
		t.Error("the digest leaves a framework out")
	}
}
