package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/templates"
)

// system has a finding in the manifest and one in an overlay, which stands
// beside the folder of the manifest.
var system = map[string]string{
	"teams/shop.yaml": `version: 1
organization: Example
system: Shop
catalog: ../ours
parties: {team: The Team, boss: The Boss}
defaults: {accountable: boss, responsible: team}
services: [{use: till}]
date: 2026-11-21
overrides:
  - {entry: till, duty: back-up-data, sides: {customer: Backs it up.}, reason: Ours., expires: 2026-01-01}
check:
  waive: [{rule: expired-override, reason: Everyone knows., expires: 2027-01-01}]
`,
	"ours/services/till.yaml": `id: till
name: Till
model: infrastructure
duties:
  back-up-data:
    aws: The rest.
    customer: Backs up the till each night.
`,
}

// loadSystem writes the system into the working folder and loads it.
func loadSystem(t *testing.T) *Input {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range system {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	l := Loader{Shipped: catalog.Layer{Name: "templates", FS: templates.FS}}
	in, problems := l.Load("teams/shop.yaml")
	if problems != nil {
		t.Fatal(problems)
	}
	return in
}

// TestLocate: places are relative to the manifest, and Locate makes of them
// what can be opened from the working folder.
func TestLocate(t *testing.T) {
	in := loadSystem(t)
	for file, want := range map[string]string{
		"shop.yaml":                  "teams/shop.yaml",
		"../ours/services/till.yaml": "ours/services/till.yaml",
		"../ours/services/none.yaml": "../ours/services/none.yaml",
		"templates/controls.yaml":    "templates/controls.yaml",
	} {
		at := source.Pos{File: file, Line: 3, Col: 5}
		if got := in.Locate(at); filepath.ToSlash(got.File) != want || got.Line != 3 || got.Col != 5 {
			t.Errorf("%v is located at %v, want %s:3:5", at, got, want)
		}
	}
}

// TestLocatedFindings: the findings that users see can be opened, those that
// reports print stay relative to the manifest.
func TestLocatedFindings(t *testing.T) {
	in := loadSystem(t)
	in.Findings.Open = append(in.Findings.Open, source.Diagnostic{Rule: "placeless", Related: []source.Related{{At: source.Pos{File: "shop.yaml", Line: 1, Col: 1}}}})
	before, located := in.Findings, in.LocatedFindings()
	if len(located.Open) != len(before.Open) || len(located.Accepted) != 1 || len(before.Accepted) != 1 {
		t.Fatalf("%d open and %d accepted findings are located of %d and %d", len(located.Open), len(located.Accepted), len(before.Open), len(before.Accepted))
	}
	inOverlay := 0
	for i, d := range located.Open {
		if strings.HasPrefix(before.Open[i].At.File, "teams") {
			t.Errorf("the finding itself was changed: %v", before.Open[i])
		}
		if _, err := os.Stat(d.At.File); err != nil && !strings.HasPrefix(d.At.File, "templates/") {
			t.Errorf("nobody can open the place of %v", d)
		}
		if filepath.ToSlash(d.At.File) == "ours/services/till.yaml" {
			inOverlay++
		}
	}
	if inOverlay == 0 {
		t.Error("no finding is in the overlay")
	}
	last := located.Open[len(located.Open)-1]
	if filepath.ToSlash(last.At.File) != "teams/shop.yaml" || last.Related[0].At.File != last.At.File {
		t.Errorf("a finding without a place and what is related to it: %+v", last)
	}
	if at := located.Accepted[0].At; filepath.ToSlash(at.File) != "teams/shop.yaml" {
		t.Errorf("the accepted finding is at %v", at)
	}
}
