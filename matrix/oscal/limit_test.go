package oscal

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/view"
)

// TestPlanHasAnEnd: a plan that no reader takes is refused before it is written,
// with what to do, and the component definition is not.
func TestPlanHasAnEnd(t *testing.T) {
	var entries strings.Builder
	for i := range 400 {
		fmt.Fprintf(&entries, "  - {use: ec2, name: n%d, owner: team}\n", i)
	}
	m := build(t, "version: 1\norganization: O\nsystem: S\nparties: {team: Team}\ndefaults: {accountable: team}\nframeworks: nist-800-53-r5\nservices:\n"+entries.String())
	r := view.New(m, matrix.Findings{})
	_, err := WritePlan(io.Discard, r)
	if err == nil || !strings.HasPrefix(err.Error(), "the plan would hold ") || !strings.Contains(err.Error(), "choose a smaller baseline") {
		t.Errorf("error %v", err)
	}
	if _, err := WriteComponents(io.Discard, r); err != nil {
		t.Error(err)
	}
}
