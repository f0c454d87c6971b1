package draft_test

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/draft"
	"raci/templates"
)

// TestYAMLText holds that odd names come back as they went in.
func TestYAMLText(t *testing.T) {
	for _, name := range []string{"Checkout", "null", "Yes", "2026", "1e3", "a: b", "a #b", "#a", "- a", "[a", "{a}", "&a", "*a", "!a", "%a", "@a", "`a",
		"it's", `say "so"`, `back\slash`, "Zürich 北京 🚀", "e\u0301", "a\u00a0b", "~", "...", "--- a", "?", "a, b", "a:", "|", ">"} {
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
		same := func(got string) bool { return norm.NFC.String(got) == norm.NFC.String(name) }
		if !same(man.System) || !same(man.Organization) || !same(man.Parties[1].Name) {
			t.Errorf("%q came back as %q, %q, %q", name, man.System, man.Organization, man.Parties[1].Name)
		}
	}
}

// TestHidden: what nobody sees is refused, and what scripts and emoji need is not.
func TestHidden(t *testing.T) {
	for name, refused := range map[string]bool{"a\u202Eb": true, "a\u2066b": true, "a\u200Bb": true, "\uFEFFx": true, "a\u00ADb": true, "a\u2028b": true,
		"👩\u200D💻 Devs": false, "می\u200Cخواهم": false, "\u0600 123": false, "🏴\U000E0067\U000E0062\U000E007F": false} {
		d := draft.Draft{Starter: "web", System: name}
		_, problems := d.Text(shipped)
		if got := strings.Contains(problems.String(), "which cannot be seen; remove it"); got != refused {
			t.Errorf("%q: %v", name, problems)
		}
	}
}
