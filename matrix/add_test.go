package matrix_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"raci/matrix"
)

// TestListsThatAdd: a list with + adds to what the next wider statement says,
// which may add itself; one without takes its place.
func TestListsThatAdd(t *testing.T) {
	const defaults = "defaults: {accountable: boss, informed: [audit]}\nservices: [{use: db, owner: team}]\nassign: "
	for _, c := range []struct{ name, manifest, want string }{
		{"replaces", defaults + "[{duty: patch-app, informed: [other]}]", "boss=A team=R other=I"},
		{"adds", defaults + "[{duty: patch-app, informed: [+other]}]", "boss=A team=R other=I audit=I"},
		{"adds one party", defaults + "[{duty: patch-app, informed: +other}]", "boss=A team=R other=I audit=I"},
		{"adds down to the defaults", defaults + "[{duty: patch-app, informed: [+other]}, {entry: db, informed: [+msp]}]", "boss=A team=R other=I audit=I msp=I"},
		{"adds to what replaces", defaults + "[{duty: patch-app, informed: [+other]}, {entry: db, informed: [msp]}]", "boss=A team=R other=I msp=I"},
		{"adds to nobody", defaults + "[{duty: patch-app, informed: [+other]}, {entry: db, informed: none}]", "boss=A team=R other=I"},
		{"what replaces is not added to", defaults + "[{duty: patch-app, informed: [other]}, {entry: db, informed: [+msp]}]", "boss=A team=R other=I"},
		{"two of one weight", defaults + "[{duty: patch-app, informed: [+other]}, {duty: patch-app, informed: [+msp]}]", "boss=A team=R other=I audit=I msp=I"},
		{"who is there already", defaults + "[{duty: patch-app, informed: [+audit]}]", "boss=A team=R audit=I"},
		{"responsible beside the owner", defaults + "[{duty: patch-app, responsible: [+msp]}]", "boss=A team=R audit=I msp=R"},
		{"weaker than the owner", defaults + "[{service: db, responsible: [+msp]}]", "boss=A team=R audit=I"},
		{"consulted, of whom nobody speaks", defaults + "[{duty: patch-app, consulted: [+other]}]", "boss=A team=R other=C audit=I"},
		{"a stronger letter", defaults + "[{duty: patch-app, consulted: [+audit]}]", "boss=A team=R audit=C"},
		{"defaults with nothing below them", "defaults: {accountable: boss, informed: [+audit]}\nservices: [{use: db, owner: team}]", "boss=A team=R audit=I"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := build(t, head+c.manifest+"\n")
			if got := cells(m, "db/patch-app"); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// TestReasonsOfListsThatAdd: each cell names the statement that named its party. What
// was added to is not overruled, what was replaced below it is.
func TestReasonsOfListsThatAdd(t *testing.T) {
	m := build(t, head+`defaults: {informed: [audit]}
services: [{use: db, owner: team}]
assign:
  - {category: shared, informed: [boss, other], reason: Wide.}
  - {control: patching, informed: [+boss]}
  - {duty: patch-app, informed: [+msp], reason: Narrow.}
`)
	r, _ := m.FindRow("db/patch-app")
	var got []string
	for _, role := range slices.Concat(r.Roles, r.Overruled) {
		for _, reason := range role.Reasons {
			line := fmt.Sprint(role.Party, " ", reason.At.Line, " ", reason.Letters, " ", reason.Text)
			if reason.LostTo.Line > 0 {
				line += fmt.Sprint(" < ", reason.LostTo.Line)
			}
			got = append(got, line)
		}
	}
	want := []string{"boss 9 I Wide.", "boss 10 I rule that adds", "team 7 R owner of db", "other 9 I Wide.", "msp 11 I Narrow.", "audit 6 I default of the manifest < 9"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if len(m.Remarks) > 0 {
		t.Errorf("a rule that adds is used: %+v", m.Remarks)
	}
}

// TestConflictsOfListsThatAdd: two equally specific rules disagree where another
// order would say something else.
func TestConflictsOfListsThatAdd(t *testing.T) {
	for _, c := range []struct{ first, second, want string }{
		{"informed: [+other]", "informed: [+audit]", ""},
		{"informed: [other]", "informed: [other]", ""},
		{"informed: [other, audit]", "informed: [+audit]", ""},
		{"informed: [+audit]", "informed: [other, audit]", ""},
		{"informed: [other]", "informed: [audit]", "two equally specific rules give the I of db/patch-app to different parties; this one won over the one at line 9"},
		{"informed: [+other]", "informed: [audit]", "of two equally specific rules this one replaces the I of db/patch-app, so the one at line 9 adds nothing"},
		{"informed: [other]", "informed: [+audit]", "of two equally specific rules this one adds to the I of db/patch-app, which the one at line 9 replaces; in the other order it would add nothing"},
		{"evidence: [a]", "evidence: [b]", "two equally specific rules disagree on the evidence of db/patch-app; this one won over the one at line 9"},
		{"evidence: [+a]", "evidence: [+b]", ""},
		{"process: Ask.", "process: {title: Ask., url: \"https://example.com\"}", "two equally specific rules disagree on the process of db/patch-app; this one won over the one at line 9"},
		{"process: Ask.", "process: Ask.", ""},
		{"frequency: yearly", "frequency: monthly", "two equally specific rules disagree on the frequency of db/patch-app; this one won over the one at line 9"},
		{"frequency: yearly", "frequency: none", "two equally specific rules disagree on the frequency of db/patch-app; this one won over the one at line 9"},
	} {
		m := build(t, head+"defaults: {accountable: boss}\nservices: [{use: db, owner: team}]\nassign:\n  - {duty: patch-app, "+c.first+"}\n  - {duty: patch-app, "+c.second+"}\n")
		got := ""
		for _, r := range m.Remarks {
			if r.Rule == matrix.RemarkConflict {
				got += r.Message
			}
		}
		if got != c.want {
			t.Errorf("%s and %s:\ngot  %q\nwant %q", c.first, c.second, got, c.want)
		}
	}
}

// TestAdditionProblems: what a list with + cannot be, each at its place.
func TestAdditionProblems(t *testing.T) {
	for rule, want := range map[string]string{
		"informed: [+boss, team]":  `m.yaml:8:41: the list of informed has items with and without +, such as "+boss" and "team"; write + before all of them, to add to what a wider rule says, or before none`,
		"informed: [boss, +team]":  `m.yaml:8:40: the list of informed has items with and without +, such as "boss" and "+team"; write + before all of them, to add to what a wider rule says, or before none`,
		"consulted: [+]":           `m.yaml:8:35: nothing follows the + in consulted; write it right after the +`,
		"informed: [+nobody]":      `m.yaml:8:34: unknown party "nobody"; declare it under parties:`,
		"accountable: [+boss]":     `m.yaml:8:37: "+boss" cannot be added to accountable: a row has exactly one A; write boss alone, which takes the place of whom a wider rule names`,
		"accountable: +boss":       `m.yaml:8:36: "+boss" cannot be added to accountable: a row has exactly one A; write boss alone, which takes the place of whom a wider rule names`,
		"evidence: [log, +test]":   `m.yaml:8:39: the list of evidence has items with and without +, such as "log" and "+test"; write + before all of them, to add to what a wider rule says, or before none`,
		"informed: [none]":         `m.yaml:8:34: unknown party "none"; none takes the letter from everybody where it stands alone, in small letters`,
		"informed: None":           `m.yaml:8:33: unknown party "None"; none takes the letter from everybody where it stands alone, in small letters`,
		"informed: [++boss]":       `m.yaml:8:34: more than one + stands before an item of informed; write one +`,
		"informed: [\"+ audit\"]":  "",
		"process: [Ask., \"+no\"]": `m.yaml:8:39: "+no" cannot be added to process; list all that holds, each without +; process: none, alone and in small letters, takes away what a wider rule says`,
	} {
		man, problems := matrix.ParseManifest("m.yaml", []byte(head+"services: [{use: db}]\nassign:\n  - {duty: patch-app, "+rule+"}\n"))
		if problems == nil {
			_, problems = matrix.Build(man, open(t))
		}
		if got := strings.TrimSpace(problems.String()); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", rule, got, want)
		}
	}
}
