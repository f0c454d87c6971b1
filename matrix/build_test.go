package matrix_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// A small catalog whose every word is known to the tests.
var small = fstest.MapFS{
	"catalog.yaml": {Data: []byte("version: test\n")},
	"controls.yaml": {Data: []byte(`
controls:
  - id: physical
    name: Physical protection
    category: inherited
    duties:
      - {id: guard-site, scope: provider, title: Guard the site, aws: Guards the site.}
      - {id: train-staff, scope: organization, title: Train staff, customer: Trains its staff.}
  - id: patching
    name: Patching
    category: shared
    duties:
      - {id: patch-os, scope: service, title: Patch the system}
      - {id: patch-engine, scope: service, title: Patch the engine}
      - {id: patch-app, scope: service, title: Patch the application}
`)},
	"models/base.yaml": {Data: []byte(`
id: base
name: Base
duties:
  patch-os: {aws: Patches the system., evidence: [report]}
  patch-engine: none
  patch-app: {customer: Patches the application., evidence: [tickets]}
`)},
	"models/database.yaml": {Data: []byte(`
id: database
name: Database
model: base
duties:
  patch-engine: {aws: Builds patches., customer: Sets the window.}
`)},
	"variants/site.yaml": {Data: []byte(`
id: site
name: Customer's site
duties:
  guard-site: {customer: Guards the room.}
`)},
	"services/db.yaml": {Data: []byte(`
id: db
name: Database
aliases: [Data Base]
model: database
operators: {vendor: The Vendor}
duties:
  patch-engine:
    evidence: [pending actions]
    source: {url: "https://example.com/engine", checked: 2026-11}
variants:
  own-os:
    name: Database with its own system
    group: engine
    duties:
      patch-os: {customer: Patches the system itself., source: {url: "https://example.com/os", checked: 2026-10}}
  run-by-vendor:
    name: Database run by the vendor
    group: operator
    duties:
      patch-os: {vendor: Patches the system for the customer.}
  appliance:
    name: Database appliance
    group: engine
  site:
    name: Database on site
    group: place
    like: site
`)},
	"services/web.yaml": {Data: []byte("id: web\nname: Web\nmodel: base\nassumes: [plain]\nvariants:\n  plain: {name: Plain, group: kind}\n  fancy: {name: Fancy, group: kind}\n")},
}

func open(t testing.TB, layers ...catalog.Layer) *catalog.Catalog {
	t.Helper()
	cat, problems := catalog.Open(append([]catalog.Layer{{Name: "catalog", FS: small}}, layers...)...)
	if problems != nil {
		t.Fatal(problems)
	}
	return cat
}

// build makes a matrix of a manifest that must be good.
func build(t testing.TB, manifest string) *matrix.Matrix {
	t.Helper()
	man, problems := matrix.ParseManifest("m.yaml", []byte(manifest))
	if problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, open(t))
	if problems != nil {
		t.Fatal(problems)
	}
	return m
}

const head = `version: 1
organization: Example
system: Shop
date: 2026-11-21
parties: {boss: The Boss, team: The Team, other: The Others, audit: Audit, msp: {name: Helper Ltd, kind: operator}}
`

// cells renders the letters of a row as "party=letters", in party order.
func cells(m *matrix.Matrix, id string) string {
	for i := range m.Rows {
		if r := &m.Rows[i]; r.ID == id {
			var parts []string
			for _, role := range r.Roles {
				parts = append(parts, role.Party+"="+role.Letters.String())
			}
			return strings.Join(parts, " ")
		}
	}
	return "no such row"
}

// TestLetters follows the table of what a row means.
func TestLetters(t *testing.T) {
	const services = "services: [{use: db, owner: team}]\n"
	for _, c := range []struct{ name, manifest, row, want string }{
		{"aws", "defaults: {accountable: boss, informed: audit}\n" + services, "db/patch-os", "aws=R boss=A audit=I"},
		{"shared", "defaults: {accountable: boss}\n" + services, "db/patch-engine", "aws=R boss=A team=R"},
		{"customer", "defaults: {accountable: boss, consulted: other}\n" + services, "db/patch-app", "boss=A team=R other=C"},
		{"provider duty", "defaults: {accountable: boss}\n" + services, "provider/guard-site", "aws=R boss=A"},
		{"owner is accountable", "defaults: {accountable: team}\n" + services, "db/patch-app", "team=A/R"},
		{"nobody named", "defaults: {accountable: boss}\n" + services, "organization/train-staff", "boss=A/R"},
		{"nobody", services, "organization/train-staff", ""},
		{"no accountable", services, "db/patch-app", "team=R"},
		{"provider accountable", "accountability: provider\ndefaults: {accountable: boss}\n" + services, "db/patch-os", "aws=A/R boss=I"},
		{"provider accountable, shared", "accountability: provider\ndefaults: {accountable: boss}\n" + services, "db/patch-engine", "aws=R boss=A team=R"},
		{"provider accountable, customer", "accountability: provider\ndefaults: {accountable: boss}\n" + services, "db/patch-app", "boss=A team=R"},
		{"operator of the catalog", "defaults: {accountable: boss}\nservices: [{use: db, owner: team, variant: run-by-vendor}]\n", "db/patch-os", "boss=A vendor=R"},
		{"operator, provider accountable", "accountability: provider\ndefaults: {accountable: boss}\nservices: [{use: db, owner: team, variant: run-by-vendor}]\n", "db/patch-os", "boss=I vendor=A/R"},
		{"override", "defaults: {accountable: boss}\n" + services + "overrides: [{duty: patch-app, sides: {msp: Patches it.}, reason: Outsourced.}]\n", "db/patch-app", "boss=A msp=R"},
		{"override shared", "defaults: {accountable: boss}\n" + services + "overrides: [{duty: patch-app, sides: {msp: Patches it., customer: Tests it.}, reason: Outsourced.}]\n", "db/patch-app", "boss=A team=R msp=R"},
		{"override ended", "defaults: {accountable: boss}\n" + services + "overrides: [{duty: patch-app, sides: {msp: Patches it.}, reason: Outsourced., expires: 2026-11-20}]\n", "db/patch-app", "boss=A team=R"},
		{"override ends today", "defaults: {accountable: boss}\n" + services + "overrides: [{duty: patch-app, sides: {msp: Patches it.}, reason: Outsourced., expires: 2026-11-21}]\n", "db/patch-app", "boss=A msp=R"},
		{"does not apply", services + "overrides: [{duty: patch-app, applies: false, reason: No application.}]\n", "db/patch-app", "no such row"},
		{"weaker letters give way", "defaults: {accountable: boss, consulted: [team, boss, other], informed: [other, audit]}\n" + services, "db/patch-app", "boss=A team=R other=C audit=I"},
		{"none clears", "defaults: {accountable: boss, informed: audit}\n" + services + "assign: [{duty: patch-app, informed: none, accountable: none}]\n", "db/patch-app", "team=R"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := cells(build(t, head+c.manifest), c.row); got != c.want {
				t.Errorf("%s: %s, want %s", c.row, got, c.want)
			}
		})
	}
}

// TestSpecificity walks the order of specificity: of two rules, the one that
// stands earlier in the list wins, wherever it stands in the manifest.
func TestSpecificity(t *testing.T) {
	selectors := []string{
		"entry: db, duty: patch-app", "service: db, duty: patch-app", "duty: patch-app",
		"entry: db, control: patching", "service: db, control: patching", "control: patching",
		"category: shared", "entry: db", "service: db", `entry: "*"`,
	}
	for i := range selectors {
		for j := i + 1; j < len(selectors); j++ {
			strong := "{" + selectors[i] + ", responsible: boss}"
			weak := "{" + selectors[j] + ", responsible: other}"
			for _, rules := range []string{strong + ", " + weak, weak + ", " + strong} {
				m := build(t, head+"services: [{use: db}]\nassign: ["+rules+"]\n")
				if got := cells(m, "db/patch-app"); got != "boss=R" {
					t.Errorf("%s: %s", rules, got)
				}
			}
		}
	}
	m := build(t, head+"services: [{use: db, owner: team}]\nassign: [{duty: patch-app, responsible: boss}, {duty: patch-app, responsible: other}]\n")
	if got := cells(m, "db/patch-app"); got != "other=R" {
		t.Errorf("of two equal rules the later one must win: %s", got)
	}
	m = build(t, head+"services: [{use: db, owner: team}]\nassign: [{service: db, responsible: boss}]\n")
	if got := cells(m, "db/patch-app"); got != "team=R" {
		t.Errorf("an owner must outrank a rule by service: %s", got)
	}
}

// TestReasons looks at the chain of reasons: overruled ones first, the deciding
// one last, each with its place.
func TestReasons(t *testing.T) {
	m := build(t, head+`defaults: {accountable: boss, responsible: other}
services: [{use: db, owner: team}]
assign:
  - {duty: patch-app, responsible: [team, boss], reason: They know it.}
`)
	var got []string
	for _, r := range m.Rows {
		if r.ID != "db/patch-app" {
			continue
		}
		for _, role := range append(r.Roles, r.Overruled...) {
			for _, reason := range role.Reasons {
				line := role.Party + " " + reason.At.String() + " " + reason.Letters.String() + " " + reason.Text
				if reason.LostTo.Line > 0 {
					line += " < " + reason.LostTo.String()
				}
				got = append(got, line)
			}
		}
	}
	want := []string{
		"boss m.yaml:9:43 R They know it.",
		"boss m.yaml:6:25 A default of the manifest",
		"team m.yaml:7:29 R owner of db < m.yaml:9:36",
		"team m.yaml:9:37 R They know it.",
		"other m.yaml:6:44 R default of the manifest < m.yaml:9:36",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestResolve merges a model, a service, variants and a place.
func TestResolve(t *testing.T) {
	cat := open(t)
	fact := func(name, duty string) catalog.DutySplit {
		for _, f := range resolve(t, cat, name).Splits {
			if f.Duty.ID == duty {
				return f
			}
		}
		t.Fatalf("%s: no duty %s", name, duty)
		return catalog.DutySplit{}
	}
	if f := fact("db", "patch-os"); f.Split() != "aws" || f.Basis != catalog.BasisModel || len(f.Evidence) != 1 {
		t.Errorf("from the model: %+v", f)
	}
	if f := fact("db", "patch-engine"); f.Split() != "shared" || f.Basis != catalog.BasisService || f.Evidence[0] != "pending actions" || f.Sources[0].Checked != "2026-11" {
		t.Errorf("a service's source and evidence on the model's sides: %+v", f)
	}
	if f := fact("db/own-os", "patch-os"); f.Split() != "customer" || f.Evidence != nil || f.Sources[0].URL != "https://example.com/os" {
		t.Errorf("a variant's sides replace all, and evidence of the other operator goes: %+v", f)
	}
	if f := fact("db/run-by-vendor/own-os", "patch-os"); f.Split() != "vendor" {
		t.Errorf("variants apply in the order of the file: %s", f.Split())
	}
	if f := fact("db/site", "guard-site"); f.Split() != "customer" || f.Scope != catalog.ServiceScope {
		t.Errorf("a shared variant gives a provider duty a row of its own: %+v", f)
	}
	if f := fact("web", "guard-site"); f.Scope != catalog.ProviderScope {
		t.Errorf("scope %s", f.Scope)
	}
	if f := fact("web", "patch-engine"); f.Split() != catalog.NoSplit {
		t.Errorf("none: %s", f.Split())
	}
	if r := resolve(t, cat, "web"); len(r.Assumed) != 1 || r.Variants[0].ID != "plain" {
		t.Errorf("assumed: %v", r.Assumed)
	}
	if r := resolve(t, cat, "web/fancy"); len(r.Assumed) != 0 || len(r.Variants) != 1 {
		t.Errorf("not assumed beside another of its group: %v", r.Assumed)
	}
	if n, err := cat.Lookup(source.Ref{ID: "DATA base"}); err != nil || n.ID() != "db" {
		t.Errorf("alias: %v %v", n, err)
	}
}

// TestOverlay adds a service and a duty, and corrects a text of a service
// that ships.
func TestOverlay(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "ours", FS: fstest.MapFS{
		"controls.yaml": {Data: []byte("controls:\n  - id: patching\n    duties: [{id: patch-rack, scope: service, title: Patch the rack}]\n" +
			"  - id: suppliers\n    name: Suppliers\n    category: customer-specific\n    duties: [{id: review-supplier, scope: organization, title: Review suppliers, customer: Reviews its suppliers.}]\n")},
		"services/db.yaml": {Data: []byte(`
id: db
duties:
  patch-app: {customer: Patches the application by Friday.}
  patch-rack: {customer: Patches the rack.}
variants:
  own-os: {duties: {patch-os: {customer: Patches it by script.}}}
  frozen: {name: Frozen, group: state, duties: {patch-app: none}}
`)},
		"services/house.yaml": {Data: []byte("id: house\nname: House platform\nmodel: base\n")},
	}})
	r := resolve(t, cat, "db/own-os")
	want := map[string]string{"patch-app": "Patches the application by Friday.", "patch-rack": "Patches the rack.", "patch-os": "Patches it by script."}
	for _, f := range r.Splits {
		if text, ok := want[f.Duty.ID]; ok && (f.Basis != catalog.BasisOverlay || f.Sides[0].Text != text || f.Sides[0].At.File != "ours/services/db.yaml") {
			t.Errorf("%s: %+v", f.Duty.ID, f)
		}
		if f.Duty.ID == "patch-engine" && f.Basis != catalog.BasisService {
			t.Errorf("what the overlay leaves alone must stay: %+v", f)
		}
	}
	resolve(t, cat, "house")
	for _, f := range resolve(t, cat, "db/frozen").Splits {
		if f.Duty.ID == "patch-app" && f.Split() != catalog.NoSplit {
			t.Errorf("a variant of the overlay: %+v", f)
		}
		if f.Duty.ID == "review-supplier" && (f.Duty.Control.Name != "Suppliers" || f.Basis != catalog.BasisOverlay) {
			t.Errorf("a control of the overlay: %+v", f)
		}
	}
}

// TestCatalogProblems reads catalogs that are wrong.
func TestCatalogProblems(t *testing.T) {
	for _, c := range []struct{ name, file, data, want string }{
		{"unknown duty", "services/db.yaml", "id: db\nduties: {patch-ap: {customer: Patches.}}\n", `ours/services/db.yaml:2:10: unknown duty "patch-ap"; did you mean "patch-app"?`},
		{"unknown key", "services/db.yaml", "id: db\nduties: {patch-app: {client: Patches.}}\n", `ours/services/db.yaml:2:22: unknown key "client" in the duty patch-app; the keys are offers, evidence, source, note, aws, customer, vendor, none`},
		{"other id", "services/db.yaml", "id: dbs\n", `ours/services/db.yaml:1:5: the id "dbs" is not the name of the file; rename one of the two`},
		{"source of two lines", "services/db.yaml", "id: db\nduties: {patch-app: {source: {url: \"https://example.com/\\n::error::\", checked: 2026-11}}}\n", `ours/services/db.yaml:2:36: "https://example.com/\n::error::" is not the address of a page; write no blanks in it; a blank of an address is %20`},
		{"bad source", "services/db.yaml", "id: db\nduties: {patch-app: {source: {url: example.com, checked: lately}}}\n", `ours/services/db.yaml:2:36: "example.com" is not the address of a page; write the whole address, which begins with https:// and a host
ours/services/db.yaml:2:58: checked: "lately" is not a month; write it as YYYY-MM`},
		{"unknown model", "services/new.yaml", "id: new\nname: New\nmodel: bse\n", `ours/services/new.yaml:3:8: unknown model "bse"; did you mean "base"?`},
		{"own parent", "models/base.yaml", "id: base\nname: Base\nmodel: base\nduties: {}\n", `ours/models/base.yaml:3:8: the model "base" starts from itself; name another one`},
	} {
		t.Run(c.name, func(t *testing.T) {
			cat := open(t, catalog.Layer{Name: "ours", FS: fstest.MapFS{c.file: {Data: []byte(c.data)}}})
			id := "db"
			if strings.Contains(c.file, "new") {
				id = "new"
			}
			_, err := cat.Lookup(source.Ref{ID: id})
			if err == nil || err.String() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

// TestDigest changes with what a matrix says, and not with where it says it.
func TestDigest(t *testing.T) {
	const rest = "defaults: {accountable: boss}\nservices: [{use: db, owner: team}]\n"
	a := build(t, head+rest).Digest()
	if b := build(t, "# a comment\n\n"+head+rest).Digest(); a != b {
		t.Error("moving a line changed the digest")
	}
	const conflict = "assign:\n  - {duty: patch-app, consulted: audit}\n  - {duty: patch-app, consulted: boss}\n"
	m, moved := build(t, head+rest+conflict), build(t, "# a comment\n\n"+head+rest+conflict)
	if len(m.Remarks) == 0 || m.Digest() != moved.Digest() {
		t.Errorf("moving a line changed the digest of a matrix with the remarks %v", m.Remarks)
	}
	with := m.Digest()
	if m.Remarks = nil; m.Digest() == with {
		t.Error("without its remarks the matrix has the same digest")
	}
	if b := build(t, head+strings.Replace(rest, "boss", "audit", 1)).Digest(); a == b {
		t.Error("another accountable party did not change the digest")
	}
}
