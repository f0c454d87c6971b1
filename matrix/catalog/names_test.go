package catalog_test

import (
	"strings"
	"testing"

	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/templates"
)

// TestServiceHints: what begins with the name of a service is likely a part of it.
func TestServiceHints(t *testing.T) {
	c, problems := catalog.Open(catalog.Layer{Name: "templates", FS: templates.FS})
	if problems != nil {
		t.Fatal(problems)
	}
	for word, want := range map[string]string{
		"rds multi-az":   `name "rds" if this is a part of it`,
		"Amazon VPC Lan": `name "vpc" if this is a part of it`,
		"amazon rdss":    `did you mean "rds"?`,
		"eks auto modes": `did you mean "eks auto mode"?`,
		"nonsense":       "see raci catalog list services",
	} {
		if _, problems := c.Lookup(source.Ref{ID: word}); !strings.Contains(problems.String(), want) {
			t.Errorf("%s: %v, want %s", word, problems, want)
		}
	}
}
