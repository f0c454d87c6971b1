package matrix_test

import (
	"slices"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/templates"
)

// buildShipped builds a manifest with the catalog that ships.
func buildShipped(t *testing.T, manifest string) *matrix.Matrix {
	t.Helper()
	man, problems := matrix.ParseManifest("m.yaml", []byte(manifest))
	cat, more := catalog.Open(catalog.Layer{Name: "templates", FS: templates.FS})
	if problems = append(problems, more...); problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		t.Fatal(problems)
	}
	return m
}

// TestReportsOfAnswers: an answer names a report of AWS plainly for what is done once and
// for services that a list has, and once more with the services to confirm. A program
// that does not count for the chosen baseline confirms nothing.
func TestReportsOfAnswers(t *testing.T) {
	const top = "version: 1\norganization: Example\nsystem: Shop\nparties: {boss: Boss}\ndefaults: {accountable: boss, responsible: boss}\n"
	const fedramp, soc = "AWS FedRAMP authorization package (AWS Artifact)", "AWS SOC 2 Type II report (AWS Artifact)"
	for _, c := range []struct {
		services, frameworks, requirement string
		want                              []string
	}{
		{"{use: rds, owner: boss}", "soc2-tsc-2017/security", "CC6.5", []string{soc}},
		{"{use: rds, owner: boss}, {use: neptunegraph, owner: boss}", "soc2-tsc-2017/security", "CC6.5",
			[]string{soc, soc + catalog.IfItCovers("Amazon Neptune Analytics")}},
		{"{use: neptunegraph, owner: boss}, {use: connecthealth, owner: boss}", "soc2-tsc-2017/security", "CC6.5",
			[]string{soc, soc + catalog.IfItCovers("Amazon Neptune Analytics and Amazon Connect Health")}},
		{"{use: omics, owner: boss}", "nist-800-53-r5/moderate", "SC-28", []string{fedramp}},
		{"{use: omics, owner: boss}", "nist-800-53-r5/high", "SC-28", []string{fedramp + catalog.IfItCovers("AWS HealthOmics")}},
	} {
		m := buildShipped(t, top+"services: ["+c.services+"]\nframeworks: ["+c.frameworks+"]\n")
		found, problems := m.FindAnswers(nil, c.requirement)
		if problems != nil {
			t.Fatal(problems)
		}
		report := strings.TrimSuffix(c.want[len(c.want)-1], catalog.Unconfirmed)
		report, _, _ = strings.Cut(report, ", if")
		var got []string
		for _, e := range found[0].Evidence {
			if strings.HasPrefix(e, report) {
				got = append(got, e)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s with %s: %s has %q, want %q", c.services, c.frameworks, c.requirement, got, c.want)
		}
	}
}
