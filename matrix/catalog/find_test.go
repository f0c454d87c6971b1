package catalog_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/templates"
)

// till is an overlay with a service and a framework.
var till = catalog.Layer{Name: "ours", FS: fstest.MapFS{
	"services/till.yaml": {Data: []byte("id: till\nname: Till\nmodel: infrastructure\n")},
	"frameworks/own.yaml": {Data: []byte("id: own\nname: Our Rules\npublisher: Example\nsource: {url: \"https://example.com/rules\", checked: 2026-11}\n" +
		"requirements:\n  R-1: {title: Copies are kept, duties: [back-up-data]}\n")},
}}

func open(t *testing.T, overlays ...catalog.Layer) *catalog.Catalog {
	t.Helper()
	c, problems := catalog.Open(append([]catalog.Layer{{Name: "templates", FS: templates.FS}}, overlays...)...)
	if problems != nil {
		t.Fatal(problems)
	}
	return c
}

// TestFind reads services by any name, and frameworks in any case.
func TestFind(t *testing.T) {
	c := open(t, till)
	for name, want := range map[string]string{
		"rds":                        "Amazon RDS",
		"rds/custom-oracle":          "Amazon RDS Custom for Oracle",
		"elastic kubernetes service": "Amazon EKS with self-managed nodes",
		"till":                       "Till",
		"own":                        "own",
		"NIST-800-53-R5/Low":         "nist-800-53-r5/low",
		"hipaa":                      "hipaa-security-rule",
	} {
		found, problems := c.Find(name)
		if problems != nil {
			t.Errorf("%s: %v", name, problems)
			continue
		}
		got := ""
		if found.Service != nil {
			got = found.Service.Title()
		} else {
			got = strings.TrimSuffix(found.Framework.ID+"/"+strings.Join(found.Baselines, "+"), "/")
		}
		if got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// TestFindNothing names the nearest word of services and frameworks.
func TestFindNothing(t *testing.T) {
	c := open(t, till)
	for name, want := range map[string]string{
		"rsd":               `rsd: unknown service "rsd"; did you mean "rds"?`,
		"rds/custom-orcale": `rds/custom-orcale: unknown variant "custom-orcale" of rds; did you mean "custom-oracle"?`,
		"til":               `til: unknown service "til"; did you mean "till"?`,
		"nist-800-53-r6":    `unknown service or framework "nist-800-53-r6"; did you mean "nist-800-53-r5"?`,
		"fedramp-rev5/low2": `unknown baseline "low2" of fedramp-rev5; did you mean "low"?`,
		"fedramp-rev5/xyz":  `unknown baseline "xyz" of fedramp-rev5; its baselines are li-saas, low, moderate, high`,
		"own/low":           `unknown baseline "low" of own; it has no baselines`,
	} {
		if _, problems := c.Find(name); problems.String() != want {
			t.Errorf("%s: %q, want %q", name, problems, want)
		}
	}
}

// TestInLastLayer distinguishes the files of the last overlay from all others, also
// where its name is that of the working folder.
func TestInLastLayer(t *testing.T) {
	here := till
	here.Name = "."
	for _, c := range []struct {
		layers []catalog.Layer
		file   string
		want   bool
	}{
		{nil, "templates/services/rds.yaml", true},
		{[]catalog.Layer{till}, "templates/services/rds.yaml", false},
		{[]catalog.Layer{till}, "ours/services/till.yaml", true},
		{[]catalog.Layer{here}, "services/till.yaml", true},
		{[]catalog.Layer{here}, "templates/services/rds.yaml", false},
	} {
		if got := open(t, c.layers...).InLastLayer(source.Pos{File: c.file}); got != c.want {
			t.Errorf("%s under %d overlays: %v", c.file, len(c.layers), got)
		}
	}
}

// TestAsked leaves out headings, withdrawn requirements and other baselines.
func TestAsked(t *testing.T) {
	c := open(t)
	f, problems := c.Framework("nist-800-53-r5")
	if problems != nil {
		t.Fatal(problems)
	}
	all, low := f.Asked(), f.Asked("low")
	if len(low) == 0 || len(low) >= len(all) || len(all) >= len(f.Requirements) {
		t.Errorf("%d of %d requirements are asked for, %d by low", len(all), len(f.Requirements), len(low))
	}
	for _, q := range all {
		if q.Group || q.Withdrawn {
			t.Errorf("%s is asked for", q.ID)
		}
	}
}
