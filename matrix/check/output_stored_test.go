package check_test

import (
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/check"
	"raci/matrix/source"
)

// TestStored has two matrices that were made of manifests of one name, and the
// manifest of that name in the repository, which is another one.
func TestStored(t *testing.T) {
	useRules(t)
	x := source.Diagnostic{Rule: "no-accountable", Severity: source.Error, At: source.Pos{File: "manifest.yaml", Line: 3, Col: 5}, Row: "db/log",
		Message: "nobody is accountable for Log", Related: []source.Related{{At: source.Pos{File: "manifest.yaml", Line: 9, Col: 1}, Message: "it won"}}}
	y, own := x, x
	y.At.Line = 4
	own.Related, own.At.Line = nil, 2
	r := check.Result{
		Files: []check.FileFindings{
			{Path: "arch/a.json", Stored: true, Absent: map[string]bool{"manifest.yaml": true}, Findings: []source.Diagnostic{x, y}},
			{Path: "manifest.yaml", Source: []byte("version: 1\nservices: []\n"), Findings: []source.Diagnostic{own}},
			{Path: "arch/b.json", Stored: true, Findings: []source.Diagnostic{x, y}, Accepted: []matrix.Accepted{{Diagnostic: x, Reason: "Known."}}},
		},
		Text: func(string) []byte { return []byte("a foreign text\n") },
	}
	out := write(t, "sarif", r)
	validSARIF(t, out)
	_, results := readSARIF(t, r)
	var places []string
	seen := map[string]bool{}
	for _, result := range results {
		place := result.Locations[0].PhysicalLocation
		places = append(places, place.ArtifactLocation.URI)
		if stored := strings.HasPrefix(place.ArtifactLocation.URI, "arch/"); stored == (place.Region != nil) || stored != strings.Contains(result.Message.Text, "(at manifest.yaml:") {
			t.Errorf("%s has the region %v and says %s", place.ArtifactLocation.URI, place.Region, result.Message.Text)
		}
		seen[place.ArtifactLocation.URI+result.PartialFingerprints["raciFinding/v3"]] = true
	}
	if got := strings.Join(places, " "); got != "arch/a.json arch/a.json manifest.yaml arch/b.json arch/b.json" || len(seen) != 5 {
		t.Errorf("the results are in %s, with %d different fingerprints", got, len(seen))
	}
	if !strings.Contains(out, `"text": "it won (at manifest.yaml:9:1)."`) {
		t.Errorf("the other place is not named:\n%s", out)
	}
	for id, wants := range map[string][]string{
		"github": {"::error file=arch/a.json,title=raci no-accountable::nobody is accountable for Log (at manifest.yaml:3:5)%0Arow: db/log%0Asee: arch/a.json: it won (at manifest.yaml:9:1)\n",
			"::error file=arch/b.json,title=", "::error file=manifest.yaml,line=2,col=5,title="},
		"junit": {"\narch/a.json: error: nobody is accountable for Log (row db/log) (at manifest.yaml:4:5)\n", "\nmanifest.yaml:2:5: error: ",
			"\nwaived: arch/b.json: error: nobody is accountable for Log (row db/log) (at manifest.yaml:3:5); Known.\n"},
		"text": {"arch/a.json: error: nobody is accountable for Log (at manifest.yaml:3:5) [no-accountable]\n", "\nmanifest.yaml:3:5: error: nobody is accountable for Log [",
			"\n  see: arch/a.json: it won (at manifest.yaml:9:1)\n"},
		"json": {`"message": "nobody is accountable for Log (at manifest.yaml:3:5)"`, `"message": "nobody is accountable for Log"`, `"file": "arch/a.json"`},
	} {
		got := write(t, id, r)
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s has no %q:\n%s", id, want, got)
			}
		}
	}
	if r.Files[0].Findings[0].Related[0].At.File != "manifest.yaml" {
		t.Error("writing changes the result")
	}
}
