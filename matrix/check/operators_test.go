package check_test

import (
	"strings"
	"testing"

	"raci/matrix/check"
)

// TestTeamOfTheCatalog: the manifest calls a team what the catalog has as an
// operator. Where it says nothing, the catalog does.
func TestTeamOfTheCatalog(t *testing.T) {
	const manifest = `version: 1
organization: Example
system: Shop
parties: {boss: The Boss, vmware: {name: VMware}}
defaults: {accountable: boss, responsible: boss}
services: [{use: vmware-cloud, name: hosts, owner: boss}]
`
	for kind, want := range map[string]int{"": 0, ", kind: operator": 0, ", kind: team": 1} {
		n := 0
		for _, f := range check.Run(build(t, []byte(strings.Replace(manifest, "{name: VMware", "{name: VMware"+kind, 1)))).Open {
			if f.Rule == "team-as-side" {
				if n++; f.At.Line != 4 || len(f.Related) != 1 {
					t.Errorf("%q: %+v", kind, f)
				}
			}
		}
		if n != want {
			t.Errorf("%q: %d findings, want %d", kind, n, want)
		}
	}
}
