package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/templates"
)

// overPrograms opens the catalog that ships with lists of programs over it.
func overPrograms(lists string) (*catalog.Catalog, source.Diagnostics) {
	return catalog.Open(catalog.Layer{Name: "templates", FS: templates.FS},
		catalog.Layer{Name: "ours", FS: files(map[string]string{"programs.yaml": "programs:\n  soc: {lists: [" + lists + "]}\n"})})
}

const progFile = "programs.yaml"

// programCases are the keys of programs, for TestOverlayKeys.
var programCases = []overlayCase{
	{"programs.programs.name", progFile, `programs: {audit: {name: Great Audit}}`, ""},
	{"programs.programs.name", progFile, `programs: {look: {page: "https://example.com/look"}}`, `^ours/programs.yaml:1:18: missing key "name" in the program look`},
	{"programs.programs.page", progFile, `programs: {audit: {page: "https://example.com/new"}}`, ""},
	{"programs.programs.reports", progFile, `programs: {audit: {reports: [a photo]}}`, ""},
	{"programs.programs.baselines", progFile, `programs: {audit: {baselines: high}}`, ""},
	{"programs.programs.lists.month", progFile, `programs: {audit: {lists: [{month: 2026-11, services: cat}]}}`, ""},
	{"programs.programs.lists.page", progFile, `programs: {audit: {lists: [{month: 2026-10, page: "https://example.com/new", services: cat}]}}`, ""},
	{"programs.programs.lists.complete", progFile, `programs: {audit: {lists: [{month: 2026-11, complete: true, services: []}]}}`, ""},
	{"programs.programs.lists.services", progFile, `programs: {audit: {lists: [{month: 2026-10, services: [Lion]}]}}`, ""},
	{"programs.programs.lists.services", progFile, `programs: {audit: {lists: [{month: 2026-10, services: [Wolf]}]}}`, `^ours/programs.yaml:1:56: unknown service "Wolf"`},
	{"programs.programs.lists.limits", progFile, `programs: {audit: {lists: [{month: 2026-10, services: cat, limits: {cat: without its tail}}]}}`, ""},
}

// TestCoverage: lists lie over one another by their months, and a complete one makes
// unknown again what older ones alone name.
func TestCoverage(t *testing.T) {
	for _, c := range []struct{ what, lists, name, want string }{
		{"what ships", "", "rds", "2022-07 2022-07"},
		{"no list", "", "neptunegraph", ""},
		{"a newer list", "{month: 2026-11, services: rds}", "rds", "2022-07 2026-11"},
		{"an older list", "{month: 2020-01, services: rds}", "rds", "2020-01 2022-07"},
		{"a list that adds", "{month: 2026-11, services: neptunegraph}", "neptunegraph", "2026-11 2026-11"},
		{"a list that lacks it", "{month: 2026-11, services: neptunegraph}", "rds", "2022-07 2022-07"},
		{"a complete list that lacks it", "{month: 2026-11, complete: true, services: neptunegraph}", "rds", ""},
		{"a complete list that has it", "{month: 2026-11, complete: true, services: rds}", "rds", "2022-07 2026-11"},
		{"a list after a complete one", "{month: 2026-12, services: rds}, {month: 2026-11, complete: true, services: neptunegraph}", "rds", "2026-12 2026-12"},
		{"a complete list that is older", "{month: 2020-01, complete: true, services: neptunegraph}", "rds", "2022-07 2022-07"},
		{"names of AWS", `{month: 2026-11, services: [Amazon Neptune Analytics, "Amazon Relational Database Service (Amazon RDS)", "AWS Lambda *", "AWS Cost Explorer *"]}`, "neptunegraph", "2026-11 2026-11"},
		{"a variant", "{month: 2026-11, services: neptunegraph/customer-managed-keys}", "neptunegraph/customer-managed-keys", "2026-11 2026-11"},
		{"another variant", "{month: 2026-11, services: neptunegraph/customer-managed-keys}", "neptunegraph", ""},
		{"a limit", "{month: 2026-11, services: neptunegraph, limits: {neptunegraph: without snapshots}}", "neptunegraph", "2026-11 2026-11 without snapshots"},
		{"a limit that ended", "{month: 2026-11, services: rds}, {month: 2026-10, services: rds, limits: {rds: without Oracle}}", "rds", "2022-07 2026-11"},
	} {
		cat, problems := overPrograms(c.lists)
		if problems != nil {
			t.Fatal(problems)
		}
		found, problems := cat.Find(c.name)
		if problems != nil {
			t.Errorf("%s: %v", c.what, problems)
			continue
		}
		got := ""
		for _, cov := range found.Service.Coverage {
			if cov.Program == "soc" {
				got = strings.TrimSpace(fmt.Sprint(cov.Since, " ", cov.Seen, " ", cov.Limit))
			}
		}
		if got != c.want {
			t.Errorf("%s: SOC has %s in %q, want %q", c.what, c.name, got, c.want)
		}
		plain := strings.Contains(c.want, "20") && !strings.Contains(c.want, "without")
		for _, f := range found.Service.Splits {
			for _, e := range f.Evidence {
				report, unconfirmed := catalog.Unqualified(e)
				if report == "AWS SOC 2 Type II report (AWS Artifact)" && unconfirmed != (f.Scope == catalog.ServiceScope && !plain) {
					t.Errorf("%s: evidence of %s is %q", c.what, f.Duty.ID, e)
				}
			}
		}
	}
}

// TestBadLists: what a list says is read or refused with its place.
func TestBadLists(t *testing.T) {
	for _, c := range []struct{ lists, want string }{
		{"{month: 2026-13, services: rds}", `ours/programs.yaml:2:25: month: "2026-13" is not a month; write it as YYYY-MM`},
		{"{month: 2026-11, services: [Amazon Relatinal Database Service]}", `ours/programs.yaml:2:45: unknown service "Amazon Relatinal Database Service"; did you mean "relational database service"?`},
		{"{month: 2026-11, services: Amazon RDS}", `ours/programs.yaml:2:44: unknown service "Amazon"; did you mean "amazonapigatewaymanagementapi"?; names that have blanks stand in a list: [Amazon SQS, AWS Lambda]`},
		{"{month: 2026-11, services: [redis]}", `ours/programs.yaml:2:45: "redis" fits several: `},
		{"{month: 2026-11, services: rds/auroa}", `ours/programs.yaml:2:44: unknown service "rds/auroa"; `},
		{"{month: 2026-11, services: rds, limits: {sqs: without FIFO}}", `ours/programs.yaml:2:58: the list has a limit of "sqs", and does not name it; add it to services`},
	} {
		cat, problems := overPrograms(c.lists)
		if problems == nil {
			_, problems = cat.Programs()
		}
		if !strings.HasPrefix(problems.String(), c.want) {
			t.Errorf("%s: %v\nwant %s", c.lists, problems, c.want)
		}
	}
}

// TestDigestCoversLists: what lists say counts for the digest of the catalog.
func TestDigestCoversLists(t *testing.T) {
	digest := func(lists string) string {
		cat, problems := overPrograms(lists)
		if problems != nil {
			t.Fatal(problems)
		}
		if _, problems := cat.Find("s3"); problems != nil {
			t.Fatal(problems)
		}
		return cat.Info().Digest
	}
	if digest("{month: 2026-11, services: sqs}") == digest("{month: 2026-11, services: sns}") {
		t.Error("two lists have the same digest")
	}
}
