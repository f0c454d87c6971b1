package matrix_test

import (
	"strings"
	"testing"

	"raci/matrix"
)

// TestManifestProblems reads manifests that are wrong in ways that the
// end-to-end scripts do not show.
func TestManifestProblems(t *testing.T) {
	for _, c := range []struct{ name, manifest, want string }{
		{"deep", strings.Repeat("[", 5000) + strings.Repeat("]", 5000), "m.yaml:1:33: nested deeper than 32 levels; nest less deeply"},
		{"itself", "a: &a [*a]\n", `m.yaml:1:4: the anchor "a" contains itself; write the value out where the alias stands`},
		{"two documents", head + "services: [{use: db}]\n---\na: b\n", "m.yaml:7:1: a second document begins here; keep one document per file"},
		{"not UTF-8", "version: \xff\n", "m.yaml:1:10: the byte 0xFF is not UTF-8 text; save the file as UTF-8 text"},
		{"version", strings.Replace(head, "version: 1", "version: 2", 1) + "services: [{use: db}]\n", `m.yaml:1:10: version "2" of the manifest's format is not known; write version: 1`},
		{"two accountable", head + "defaults: {accountable: [boss, team]}\nservices: [{use: db}]\n", "m.yaml:6:32: two accountable parties: a row has exactly one A; name one, and split the rule by duty if two decide"},
		{"says nothing", head + "services: [{use: db}]\nassign: [{duty: patch-app}]\noverrides: [{duty: patch-app}]\n", "m.yaml:7:10: the rule says nothing of the rows that it selects; add responsible, accountable, consulted, informed, process, evidence or frequency\nm.yaml:8:13: the override must say either sides or applies: false; add sides: {customer: what it does}, or applies: false where the duty does not apply"},
		{"comma", strings.Replace(head, "boss: The Boss", "boss: {name: Risk, Audit and Control}", 1) + "services: [{use: db}]\n", `m.yaml:5:30: unknown key "Audit and Control" in a party; between { and } a comma ends a value: put quotes around text that contains one`},
		{"no services", head + "services: []\n", "m.yaml:6:11: services is empty; list the services in use, each as - use: SERVICE"},
		{"null", head + "services:\n", `m.yaml:6:10: the key "services" has no value; give it a value or remove it`},
		{"escape", head + "services: [{use: db, name: \"a\\u0007b\"}]\n", "m.yaml:6:30: name contains the control character U+0007; remove it"},
		{"reserved", head + "services: [{use: db, name: provider}]\n", `m.yaml:6:28: the entry name "provider" is reserved; choose another name`},
		{"team as side", head + "services: [{use: db}]\noverrides: [{duty: patch-app, sides: {team: Does it.}}]\n", ""},
		{"exclusive", head + "services: [{use: db, variant: [own-os, appliance]}]\n", `m.yaml:6:40: the variants "own-os" and "appliance" of db exclude each other: both say which engine is used; choose one of the two, or make two entries`},
		{"no variants", head + "services: [{use: db, variant: x}]\n", `m.yaml:6:31: unknown variant "x" of db; its variants are own-os, run-by-vendor, appliance, site`},
	} {
		t.Run(c.name, func(t *testing.T) {
			man, err := matrix.ParseManifest("m.yaml", []byte(c.manifest))
			if err == nil {
				_, err = matrix.Build(man, open(t))
			}
			got := ""
			if err != nil {
				got = err.String()
			}
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// FuzzManifest: no manifest, however odd, makes the parser or the merge
// panic, and what can be built keeps the promises of the package.
func FuzzManifest(f *testing.F) {
	f.Add([]byte(head + "defaults: {accountable: boss}\nservices: [{use: db, owner: team, variant: own-os}]\nassign: [{duty: patch-app, responsible: [team, boss]}]\noverrides: [{entry: db, duty: patch-os, sides: {msp: Does it.}, reason: Yes., expires: 2027-01-01}]\n"))
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte("{{{"))
	cat := open(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		man, err := matrix.ParseManifest("m.yaml", data)
		m, buildErr := matrix.Build(man, cat)
		if err != nil || buildErr != nil {
			return
		}
		seen := map[string]bool{}
		for i := range m.Rows {
			r := &m.Rows[i]
			if seen[r.ID] {
				t.Errorf("row %s occurs twice", r.ID)
			}
			seen[r.ID] = true
			accountable := 0
			for _, role := range r.Roles {
				if role.Letters.Has(matrix.Accountable) {
					accountable++
				}
				if len(role.Reasons) == 0 || role.Reasons[len(role.Reasons)-1].LostTo.Line > 0 {
					t.Errorf("row %s: the last reason of %s did not decide", r.ID, role.Party)
				}
			}
			if accountable > 1 {
				t.Errorf("row %s has %d As", r.ID, accountable)
			}
		}
	})
}
