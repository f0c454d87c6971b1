package pdf

import (
	"reflect"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/source"
	"raci/matrix/view"
)

// TestAcceptedFindings: what the manifest accepts is shown under Findings with
// its reason and end, and counted on the summary.
func TestAcceptedFindings(t *testing.T) {
	m := sample(shapes["real"])
	found := source.Diagnostic{Rule: "no-accountable", Severity: source.Error, Row: m.Rows[3].ID, Message: "Nobody answers.", At: source.Pos{File: "manifest.yaml", Line: 11, Col: 5}}
	waived := []matrix.Accepted{{Diagnostic: found, Reason: "Undecided.", Expires: "2027-03-01"}, {Diagnostic: found, Reason: "Later.", Expires: "2027-02-01"}}
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

func acceptedReport(t *testing.T, m *matrix.Matrix, found []source.Diagnostic, waived []matrix.Accepted) *builder {
	t.Helper()
	r := newBuilder(testFonts(t), view.New(m, matrix.Findings{Open: found, Accepted: waived}))
	r.layOut()
	checkInside(t, "accepted", r)
	return r
}

// texts returns the texts of all pages, one a line.
func texts(r *builder) string {
	var b strings.Builder
	for _, p := range r.pages {
		for _, o := range p.ops {
			b.WriteString(o.text)
			b.WriteByte('\n')
		}
	}
	return b.String()
}
