package oscal

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"raci/matrix/catalog"
	"raci/templates"
)

// tokenType is the pattern of tokens in OSCAL's JSON schema.
var tokenType = regexp.MustCompile(`^(\p{L}|_)(\p{L}|\p{N}|[.\-_])*$`)

func TestControlIDs(t *testing.T) {
	for _, test := range []struct{ framework, id, want string }{
		{"nist-800-53-r5", "AC-2", "ac-2"},
		{"nist-800-53-r5", "AC-2(13)", "ac-2.13"},
		{"fedramp-rev5", "SI-4(4)", "si-4.4"},
		{"nist-csf-2.0", "GV.OC-01", "GV.OC-01"},
		{"hipaa-security-rule", "164.308(a)(1)(ii)(A)", "_164.308.a.1.ii.A"},
		{"pci-dss-4.0.1", "6.3.3", "_6.3.3"},
		{"csa-ccm-4.0", "A&A-01", "A.A-01"},
	} {
		ids := controlsOf(&catalog.Selection{Framework: catalog.FrameworkInfo{ID: test.framework}, Requirements: []*catalog.Requirement{{ID: test.id}}})
		if got := ids.ids[test.id]; got != test.want {
			t.Errorf("%s: %s is %q, want %q", test.framework, test.id, got, test.want)
		}
	}
}

// whole selects all of a framework.
func whole(f *catalog.Framework) *catalog.Selection {
	s := &catalog.Selection{Framework: f.FrameworkInfo}
	for i := range f.Requirements {
		s.Requirements = append(s.Requirements, &f.Requirements[i])
	}
	return s
}

// TestAllControlIDs holds for every framework that ships: all ids are tokens,
// and none is a number added because two requirements would share one.
func TestAllControlIDs(t *testing.T) {
	cat, problems := catalog.Open(catalog.Layer{Name: "templates", FS: templates.FS})
	if problems != nil {
		t.Fatal(problems)
	}
	for _, id := range cat.FrameworkIDs() {
		f, problems := cat.Framework(id)
		if problems != nil {
			t.Fatal(problems)
		}
		seen := map[string]bool{}
		for _, control := range controlsOf(whole(f)).ids {
			if !tokenType.MatchString(control) || seen[control] || strings.Contains(strings.TrimPrefix(control, "_"), "_") {
				t.Errorf("%s: %q", id, control)
			}
			seen[control] = true
		}
		if p := findCatalog(id); p != nil && p.profiles != nil {
			for _, b := range f.Baselines {
				if p.profiles[b] == "" {
					t.Errorf("%s/%s has no profile", id, b)
				}
			}
		}
	}
}

func TestSharedControlIDs(t *testing.T) {
	f := &catalog.Framework{FrameworkInfo: catalog.FrameworkInfo{ID: "ours"}, Requirements: []catalog.Requirement{{ID: "1(a)"}, {ID: "1.a"}, {ID: "§"}}}
	ids := controlsOf(whole(f)).ids
	got := []string{ids["1(a)"], ids["1.a"], ids["§"]}
	if want := []string{"_1.a", "_1.a_2", "_"}; !slices.Equal(got, want) {
		t.Errorf("the ids are %q, want %q", got, want)
	}
}

func TestHref(t *testing.T) {
	for in, want := range map[string]string{
		"https://docs.example/a?c=d#ü": "https://docs.example/a?c=d#%C3%BC",
		"https://docs.example/a b":     "",
		"javascript:alert(1)":          "",
		"file:///etc/passwd":           "",
		"https://docs.example/a?b&c":   "https://docs.example/a?b&c",
		"https://[":                    "",
	} {
		if got := href(in); got != want {
			t.Errorf("href(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMarkup(t *testing.T) {
	if got, want := escapeMarkdown("aws_db *x* {{ insert }} [a](b)"), `aws\_db \*x\* \{\{ insert }} \[a](b)`; got != want {
		t.Errorf("escapeMarkdown = %s, want %s", got, want)
	}
}
