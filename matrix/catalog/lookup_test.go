package catalog_test

import (
	"strings"
	"testing"

	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/templates"
)

// TestUnknownServices reads the lists of names once, however many words of a
// manifest mean no service.
func TestUnknownServices(t *testing.T) {
	c, problems := catalog.Open(catalog.Layer{Name: "templates", FS: templates.FS})
	if problems != nil {
		t.Fatal(problems)
	}
	allocs := testing.AllocsPerRun(3, func() {
		if _, err := c.Lookup(source.Ref{ID: "kubernets"}); err == nil || !strings.Contains(err.String(), "kubernetes") {
			t.Errorf("kubernets: %v", err)
		}
	})
	if allocs > 100 {
		t.Errorf("an unknown service takes %v allocations", allocs)
	}
}
