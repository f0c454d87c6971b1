package matrix_test

import (
	"testing"
	"testing/fstest"

	"raci/matrix"
	"raci/matrix/catalog"
)

// named is an overlay with other words for a variant and a duty.
var named = catalog.Layer{Name: "ours", FS: fstest.MapFS{
	"services/db.yaml": {Data: []byte("id: db\nvariants: {own-os: {aliases: [unmanaged]}}\n")},
	"controls.yaml":    {Data: []byte("controls: [{id: patching, duties: [{id: patch-os, aliases: [system updates]}]}]\n")},
}}

func buildNamed(t *testing.T, manifest string) *matrix.Matrix {
	t.Helper()
	man, problems := matrix.ParseManifest("m.yaml", []byte(head+manifest))
	if problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, open(t, named))
	if problems != nil {
		t.Fatal(problems)
	}
	return m
}

// TestVariantByName: a name of a variant stands for the service in it, in
// entries and in rules, and a rule for the variant wins over one for the
// service, wherever it stands.
func TestVariantByName(t *testing.T) {
	m := buildNamed(t, `
defaults: {accountable: boss}
services:
  - {use: Unmanaged, name: mine, owner: team}
  - {use: DB/Own-OS, owner: team}
  - {use: db, name: theirs, owner: team}
assign:
  - {service: unmanaged, accountable: audit}
  - {service: db, accountable: other}
  - {service: [db/own-os, "*"], duty: SYSTEM UPDATES, consulted: [other]}
`)
	for _, e := range m.Entries[:2] {
		if e.Service != "db" || len(e.Variants) != 1 || e.Variants[0] != "own-os" || len(e.Assumed) != 0 {
			t.Errorf("%+v", e)
		}
	}
	if m.Entries[1].Name != "DB-Own-OS" {
		t.Errorf("the entry is named %q", m.Entries[1].Name)
	}
	for id, want := range map[string]string{
		"mine/patch-app": "team=R audit=A", "DB-Own-OS/patch-app": "team=R audit=A", "theirs/patch-app": "team=R other=A",
	} {
		if got := cells(m, id); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	if r, problems := m.FindRow("MINE/Patch-OS"); problems != nil || r.Letters("other") != matrix.Consulted {
		t.Errorf("%+v %v", r, problems)
	}
	filter := matrix.RowFilter{Service: "Unmanaged", Party: "TEAM", Split: "Customer"}
	if problems := filter.Check(m, open(t, named)); problems != nil || filter.Service != "db/own-os" || filter.Party != "team" || filter.Split != "customer" {
		t.Errorf("%+v %v", filter, problems)
	}
}
