package xlsx

import (
	"bytes"
	"slices"
	"testing"

	"raci/matrix"
	"raci/matrix/source"
	"raci/matrix/view"
)

// TestAcceptedFindings: what the manifest accepts stands on a sheet of its own,
// with its reason and end, and not among what is open.
func TestAcceptedFindings(t *testing.T) {
	m := realistic.make()
	waived := []matrix.Accepted{{Diagnostic: source.Diagnostic{Rule: "no-accountable", Severity: source.Error, Row: m.Rows[17].ID, Message: "nobody is accountable",
		At: source.Pos{File: "manifest.yaml", Line: 11, Col: 5}}, Reason: "=Being decided.", Expires: "2027-01-01"}}
	for _, found := range [][]source.Diagnostic{nil, findings(m)} {
		var buf bytes.Buffer
		if _, err := Write(&buf, view.New(m, matrix.Findings{Open: found, Accepted: waived})); err != nil {
			t.Fatal(err)
		}
		f := open(t, buf.Bytes())
		openOnes := table(t, f, "Findings")
		if len(openOnes) != max(1, len(found)) || len(found) == 0 && openOnes[0]["Severity"] != "No finding is open." {
			t.Fatalf("%d findings are open, and the sheet says %v", len(found), openOnes)
		}
		for _, l := range openOnes {
			if l["Finding"] == "nobody is accountable" {
				t.Errorf("the accepted finding is open: %v", l)
			}
		}
		got := table(t, f, "Accepted findings")[0]
		for heading, want := range map[string]string{"Severity": "error", "Rule": "no-accountable", "Row": m.Rows[17].ID, "Finding": "nobody is accountable",
			"In Matrix": "row " + itoa(layoutOf(m).at[17]), "Where": "manifest.yaml:11:5", "Accepted until": "2027-01-01", "Accepted because": "=Being decided."} {
			if got[heading] != want {
				t.Errorf("%s is %q, want %q", heading, got[heading], want)
			}
		}
	}
	if list := open(t, write(t, m)).GetSheetList(); slices.Contains(list, "Accepted findings") {
		t.Errorf("nothing is accepted, and the sheets are %v", list)
	}
}
