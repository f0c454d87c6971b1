package view_test

import (
	"testing"

	"raci/matrix/catalog"
	"raci/matrix/view"
)

// TestFrameworkName names all baselines that are selected.
func TestFrameworkName(t *testing.T) {
	for selection, want := range map[string]string{"own": "Our Rules", "own/low": "Our Rules, low", "own/low+high": "Our Rules, low + high"} {
		s := &catalog.Selection{Name: selection, Framework: catalog.FrameworkInfo{ID: "own", Name: "Our Rules", Baselines: []string{"low", "high"}}}
		if got := view.FrameworkName(s); got != want {
			t.Errorf("%s is %q, want %q", selection, got, want)
		}
	}
}
