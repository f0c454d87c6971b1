package xlsx

import (
	"bytes"
	"testing"

	"raci/matrix"
	"raci/matrix/source"
	"raci/matrix/view"
)

// TestAcceptedFindings: what the manifest accepts stands behind what is open,
// with its reason and end.
func TestAcceptedFindings(t *testing.T) {
	m := realistic.make()
	waived := []matrix.Accepted{{Diagnostic: source.Diagnostic{Rule: "no-accountable", Severity: source.Error, Row: m.Rows[17].ID, Message: "nobody is accountable",
		At: source.Pos{File: "manifest.yaml", Line: 11, Col: 5}}, Reason: "=Being decided.", Expires: "2027-01-01"}}
	for _, found := range [][]source.Diagnostic{nil, findings(m)} {
		var buf bytes.Buffer
		if _, err := Write(&buf, view.New(m, matrix.Findings{Open: found, Accepted: waived})); err != nil {
			t.Fatal(err)
		}
		list := table(t, open(t, buf.Bytes()), "Findings")
		if len(list) != len(found)+1 {
			t.Fatalf("%d lines, want %d", len(list), len(found)+1)
		}
		for i, l := range list[:len(found)] {
			if l["Accepted until"] != "open" || l["What is wrong"] != found[i].Message {
				t.Errorf("the open finding is %v", l)
			}
		}
		last := list[len(found)]
		for heading, want := range map[string]string{"Severity": "error", "Rule": "no-accountable", "Row": m.Rows[17].ID, "What is wrong": "nobody is accountable",
			"Where": "manifest.yaml:11:5", "Accepted until": "2027-01-01", "Accepted because": "=Being decided."} {
			if last[heading] != want {
				t.Errorf("%s is %q, want %q", heading, last[heading], want)
			}
		}
	}
	if l := table(t, open(t, write(t, m)), "Findings"); l[0]["Accepted until"] != "" {
		t.Errorf("nothing is accepted, and the sheet says %v", l[0])
	}
}
