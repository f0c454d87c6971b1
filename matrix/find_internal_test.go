package matrix

import "testing"

// TestSameRequirement reads ids as their publishers and FedRAMP's workbook
// write them.
func TestSameRequirement(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"AC-2", "ac-2", true},
		{"AC-2", "AC-02", true},
		{"AC-2(3)(a)", "AC-02 (03) (a)", true},
		{"AC-2a", "AC-02 (a)", true},
		{"nist-800-53-r5/AC-2a", "NIST-800-53-r5/ac-2(a)", true},
		{"AC-2", "AC-20", false},
		{"AC-2(3)", "AC-2(30)", false},
		{"AC-2a", "AC-2b", false},
		{"3.1.1", "3.1.10", false},
	} {
		if got := sameRequirement(c.a, c.b); got != c.same {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}
