package pdf

import (
	"reflect"
	"strings"
	"testing"

	"raci/matrix"
)

// TestAcceptedFindings: what the manifest accepts is told under Findings with
// its reason and end, and counted on the summary.
func TestAcceptedFindings(t *testing.T) {
	m := sample(shapes["real"])
	found := matrix.Finding{Rule: "no-accountable", Severity: matrix.Error, Row: m.Rows[3].ID, Message: "Nobody answers.", At: matrix.Pos{File: "manifest.yaml", Line: 11, Col: 5}}
	waived := []matrix.Waived{{Finding: found, Reason: "Undecided.", Expires: "2027-03-01"}, {Finding: found, Reason: "Later.", Expires: "2027-02-01"}}
	text := texts(acceptedReport(t, m, nil, waived))
	for _, want := range []string{"No finding is open.", "Accepted findings", "no-accountable", "Nobody answers.", "Undecided.", "2027-03-01", "manifest.yaml:11:5",
		"2 findings are accepted, the first of them until 2027-02-01"} {
		if !strings.Contains(text, want) {
			t.Errorf("not in the report: %q", want)
		}
	}
	if text := texts(acceptedReport(t, m, sampleFindings(m), waived)); strings.Contains(text, "No finding is open.") || !strings.Contains(text, "Accepted findings") {
		t.Error("open and accepted findings do not stand side by side")
	}
	if text := texts(laidOut(t, m, nil)); strings.Contains(text, "ccepted") {
		t.Error("nothing is accepted, and the report says so")
	}
	poison(reflect.ValueOf(waived), nasty)
	r := acceptedReport(t, m, nil, waived)
	for _, c := range texts(r) {
		if c != '\n' && !r.fonts.has(c) {
			t.Fatalf("%U got past the guard", c)
		}
	}
}

func acceptedReport(t *testing.T, m *matrix.Matrix, found []matrix.Finding, waived []matrix.Waived) *report {
	t.Helper()
	r := &report{layout: newLayout(testFonts(t), newLook(m.Report)), m: m, findings: found, waived: waived, digest: m.Digest()}
	r.layOut()
	checkInside(t, "accepted", r)
	return r
}

// texts returns the texts of all pages, one a line.
func texts(r *report) string {
	var b strings.Builder
	for _, p := range r.pages {
		for _, o := range p.ops {
			b.WriteString(o.text)
			b.WriteByte('\n')
		}
	}
	return b.String()
}
