package draft_test

import (
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/draft"
	"raci/templates"
)

// TestYAMLText holds that odd names come back as they went in.
func TestYAMLText(t *testing.T) {
	for _, name := range []string{"Checkout", "null", "Yes", "2026", "1e3", "a: b", "a #b", "#a", "- a", "[a", "{a}", "&a", "*a", "!a", "%a", "@a", "`a",
		"it's", `say "so"`, `back\slash`, "Zürich 北京 🚀", "é", "a\u00a0b", "~", "...", "--- a", "?", "a, b", "a:", "|", ">"} {
		d := draft.Draft{Starter: "web", System: name, Organization: name, Teams: []string{"x=" + name}}
		text, problems := d.Text(catalog.Layer{Name: "templates", FS: templates.FS})
		if problems != nil {
			t.Fatal(problems)
		}
		man, problems := matrix.ParseManifest("m", text)
		if problems != nil {
			t.Errorf("%q: %v", name, problems)
			continue
		}
		if man.System != name || man.Organization != name || man.Parties[1].Name != name {
			t.Errorf("%q came back as %q, %q, %q", name, man.System, man.Organization, man.Parties[1].Name)
		}
	}
}
