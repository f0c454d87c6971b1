package matrix_test

import (
	"fmt"
	"strings"
	"testing"

	"raci/matrix"
)

// places are entries in some environments and accounts, and in none.
const places = head + `environments: [live, test]
accounts: {"1": One, "2": Two}
defaults: {accountable: boss}
services:
  - {use: db, name: live, owner: team, environment: live, account: "1", tags: [hot]}
  - {use: db, name: both, owner: team, environment: [test, live], account: ["1", "2"], tags: [hot]}
  - {use: db, name: nowhere, owner: team, tags: [hot]}
`

// TestPlacesOfRules: a rule by places acts on what lies wholly inside all that it
// lists, and says which entries lie partly inside.
func TestPlacesOfRules(t *testing.T) {
	for _, c := range []struct{ selector, acts, withheld string }{
		{"environment: live", "live", "both"},
		{"environment: [live, test]", "live both", ""},
		{"environment: test", "", "both"},
		{`environment: "*"`, "live both nowhere", ""},
		{`environment: [live, "*"]`, "live both nowhere", ""},
		{`account: "1"`, "live", "both"},
		{`environment: [live, test], account: "1"`, "live", "both"},
		{`environment: [live, test], account: ["2", "1"]`, "live both", ""},
		{`environment: test, account: "2"`, "", "both"},
		{"tag: hot", "live both nowhere", ""},
		{"environment: live, tag: hot", "live", "both"},
		{"environment: live, entry: nowhere", "", ""},
		{"environment: live, entry: live", "live", ""},
	} {
		m := build(t, places+"assign:\n  - {"+c.selector+", duty: patch-app, accountable: other}\n")
		var acts, withheld []string
		for _, entry := range []string{"live", "both", "nowhere"} {
			r := rowOf(m, entry+"/patch-app")
			if r.Accountable() == "other" {
				acts = append(acts, entry)
			}
			if len(r.Withheld) > 0 {
				withheld = append(withheld, entry)
			}
		}
		if got := strings.Join(acts, " "); got != c.acts {
			t.Errorf("%s acts on %q, want %q", c.selector, got, c.acts)
		}
		if got := strings.Join(withheld, " "); got != c.withheld {
			t.Errorf("%s is withheld from %q, want %q", c.selector, got, c.withheld)
		}
		var said []string
		for _, r := range m.Remarks {
			if r.Rule == matrix.RemarkPartly {
				said = append(said, strings.ReplaceAll(strings.Join(r.Rows, " "), "/patch-app", ""))
			}
		}
		if got := strings.Join(said, " "); got != c.withheld {
			t.Errorf("%s: the remark names the rows of %q, want %q", c.selector, got, c.withheld)
		}
	}
}

// TestWithheld: the row says what each statement would have given, and the remark
// names the entries and where they run.
func TestWithheld(t *testing.T) {
	m := build(t, places+`assign:
  - {environment: test, duty: [patch-app, guard-site], responsible: [other, boss], informed: none, reason: They test.}
  - {environment: test, duty: patch-engine, consulted: audit}
  - {environment: test, duty: [patch-app, patch-os], process: {title: Runbook, url: "https://wiki.example/run"}, evidence: [+log, +minutes], frequency: none}
  - {environment: live, accountable: other}
overrides:
  - {environment: live, duty: patch-app, applies: false, reason: Frozen., expires: 2027-01-01}
  - {environment: live, duty: patch-app, applies: false, reason: Old., expires: 2026-01-01}
`)
	var got []string
	for _, w := range rowOf(m, "both/patch-app").Withheld {
		got = append(got, fmt.Sprintf("%d %s: %s", w.At.Line, w.Gives(), w.Text))
	}
	want := "19 override: Frozen.\n14 R to other, boss: They test.\n14 I to nobody: They test.\n" +
		"16 process Runbook (https://wiki.example/run): rule\n16 evidence log; minutes: rule that adds\n16 no frequency: rule\n17 A to other: rule"
	if strings.Join(got, "\n") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if r := rowOf(m, "both/patch-app"); r == nil || rowOf(m, "live/patch-app") != nil || len(rowOf(m, "nowhere/patch-app").Withheld) > 0 {
		t.Errorf("the override acts elsewhere: %+v", r)
	}
	got = nil
	for _, r := range m.Remarks {
		got = append(got, fmt.Sprintf("%d %s: %s", r.At.Line, r.Rule, r.Message))
		for _, o := range r.Related {
			got = append(got, fmt.Sprintf("%d %s", o.At.Line, o.Message))
		}
	}
	want = `14 entry-partly-inside: the rule does not act on both: it lies only partly inside environment test; it acts on nothing else
11 both runs in test, live
15 entry-partly-inside: the rule does not act on both: it lies only partly inside environment test; it acts on nothing else
11 both runs in test, live
16 entry-partly-inside: the rule does not act on both: it lies only partly inside environment test; it acts on nothing else
11 both runs in test, live
17 entry-partly-inside: the rule does not act on both: it lies only partly inside environment live
11 both runs in test, live
19 entry-partly-inside: the override does not act on both: it lies only partly inside environment live
11 both runs in test, live`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}
