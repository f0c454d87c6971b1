package matrix_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"raci/matrix"
)

func rowOf(m *matrix.Matrix, id string) *matrix.Row {
	for i := range m.Rows {
		if m.Rows[i].ID == id {
			return &m.Rows[i]
		}
	}
	return nil
}

// TestOverridesReach: a wide override does not bring back duties that do not
// apply; one that names the duty and the place does.
func TestOverridesReach(t *testing.T) {
	const base = head + "defaults: {accountable: boss}\nservices: [{use: db, owner: team}, {use: web, owner: team}]\noverrides:\n"
	const row = "web/patch-engine" // does not apply to web
	for selector, want := range map[string]bool{
		"duty: patch-engine":               false,
		"control: patching":                false,
		"control: patching, entry: web":    false,
		"duty: patch-engine, entry: web":   true,
		"duty: patch-engine, service: web": true,
	} {
		m := build(t, base+"  - {"+selector+", sides: {msp: Does it.}, reason: Because.}\n")
		if got := rowOf(m, row) != nil; got != want {
			t.Errorf("%s: %s is there: %v, want %v", selector, row, got, want)
		}
	}
	m := build(t, base+"  - {duty: patch-engine, entry: web, applies: false, reason: Because.}\n")
	if len(m.Remarks) != 1 || !strings.HasPrefix(m.Remarks[0].Message, "the override") || len(m.Exceptions[0].Rows) > 0 {
		t.Errorf("an override of what does not apply anyway: %+v %+v", m.Remarks, m.Exceptions)
	}
}

// TestOverridesMeet: of two overrides of a row the more specific or later one
// wins, the row remembers the other and the catalog, and a tie is a conflict.
func TestOverridesMeet(t *testing.T) {
	m := build(t, head+`defaults: {accountable: boss}
services: [{use: db, owner: team}]
overrides:
  - {duty: [patch-os, patch-app], sides: {msp: Patches.}, reason: Outsourced.}
  - {duty: [patch-os, patch-engine], sides: {customer: Patches itself.}, reason: Taken back.}
  - {duty: patch-app, entry: db, sides: {msp: Patches.}, reason: Outsourced.}
  - {duty: patch-app, applies: false, reason: No application.}
`)
	os, app := rowOf(m, "db/patch-os"), rowOf(m, "db/patch-app")
	if os.Exception != 1 || !slices.Equal(os.LosingOverrides, []int{0}) || len(os.Replaced) != 1 || os.Replaced[0].Text != "Patches the system." {
		t.Errorf("the system: %+v", os)
	}
	if app == nil || app.Exception != 2 || !slices.Equal(app.LosingOverrides, []int{0, 3}) {
		t.Errorf("the application: %+v", app)
	}
	if len(m.Remarks) != 3 {
		t.Fatalf("remarks %+v", m.Remarks)
	}
	conflict, first, second := m.Remarks[0], m.Remarks[1], m.Remarks[2]
	if conflict.Rule != matrix.RemarkConflict || conflict.At.Line != 10 || conflict.Related[0].At.Line != 9 || !slices.Equal(conflict.Rows, []string{"db/patch-os"}) {
		t.Errorf("conflict %+v", conflict)
	}
	if first.At.Line != 9 || second.At.Line != 12 || !strings.Contains(second.Message, "more specific or later overrides win in every row it selects") {
		t.Errorf("overrides that change nothing: %+v, %+v", first, second)
	}
}

// TestConflictsOfOverrides: conflicts come in the order of the overrides,
// in whichever order the rows in which they meet come.
func TestConflictsOfOverrides(t *testing.T) {
	m := build(t, head+`defaults: {accountable: boss}
services: [{use: db, owner: team}, {use: web, owner: team}]
overrides:
  - {duty: patch-app, sides: {msp: Patches.}, reason: Outsourced.}
  - {duty: patch-app, sides: {customer: Patches itself.}, reason: Taken back.}
  - {duty: patch-os, sides: {msp: Patches.}, reason: Outsourced.}
  - {duty: patch-os, sides: {customer: Patches itself.}, reason: Taken back.}
`)
	var got []string
	for _, r := range m.Remarks {
		if r.Rule == matrix.RemarkConflict {
			got = append(got, fmt.Sprint(r.At.Line, r.Rows))
		}
	}
	if want := []string{"10 [db/patch-app web/patch-app]", "12 [db/patch-os web/patch-os]"}; !slices.Equal(got, want) {
		t.Errorf("conflicts %q, want %q", got, want)
	}
}

// TestUnusedHints: what a rule that selects nothing may have meant.
func TestUnusedHints(t *testing.T) {
	m := build(t, head+`defaults: {accountable: boss}
services: [{use: db, owner: team}, {use: web, owner: team}]
assign:
  - {entry: web, duty: patch-engine, informed: audit}
  - {service: web, duty: patch-engine, informed: other}
  - {entry: db, control: patching, split: msp, informed: audit}
`)
	var got []string
	for _, r := range m.Remarks {
		_, hint, _ := strings.Cut(r.Message, "; ")
		got = append(got, hint)
	}
	if want := []string{"entries that have such rows: db", "entries that have such rows: db", "duties that are there: patch-os, patch-engine, patch-app"}; !slices.Equal(got, want) {
		t.Errorf("hints %q, want %q", got, want)
	}
}

// TestRulesThatNeverWin: the owner of an entry is more specific than a rule
// by tag, environment, account or service.
func TestRulesThatNeverWin(t *testing.T) {
	m := build(t, head+`defaults: {accountable: boss}
services: [{use: db, owner: team, tags: [hot], environment: live}]
assign:
  - {tag: hot, responsible: other}
  - {environment: live, responsible: other}
  - {service: db, responsible: other}
  - {service: db, responsible: other, informed: audit}
  - {entry: db, duty: patch-app, responsible: other}
`)
	var lines []string
	for _, r := range m.Remarks {
		why, _, _ := strings.Cut(r.Message, "; ")
		lines = append(lines, fmt.Sprintf("%d %s", r.At.Line, why[strings.LastIndex(why, ", ")+2:]))
	}
	if want := []string{"9 such as line 7", "10 such as line 7", "11 such as line 7"}; !slices.Equal(lines, want) {
		t.Errorf("unused %q, want %q", lines, want)
	}
}

// TestConsultedIsNotInformed also where the accountability of the provider
// informs the one who would be accountable.
func TestConsultedIsNotInformed(t *testing.T) {
	m := build(t, head+"accountability: provider\ndefaults: {accountable: boss, consulted: [boss, team], informed: team}\nservices: [{use: db, owner: team}]\n")
	if got := cells(m, "db/patch-os"); got != "aws=A/R boss=C team=C" {
		t.Errorf("letters %s", got)
	}
}

// TestEvidenceOfOverrides: an override's evidence takes the place of the catalog's;
// without it the catalog's stays where the same perform the duty, and goes where
// others do.
func TestEvidenceOfOverrides(t *testing.T) {
	for override, want := range map[string]string{
		"sides: {customer: Patches it.}":                              "tickets",
		"sides: {customer: Patches it.}, evidence: [log, minutes]":    "log minutes",
		"sides: {msp: Patches it.}":                                   "",
		"sides: {msp: Patches it., customer: Tests it.}":              "",
		"sides: {msp: Patches it.}, evidence: contract":               "contract",
		"sides: {aws: Patches it., customer: Tests it.}, evidence: a": "a",
	} {
		m := build(t, head+"defaults: {accountable: boss}\nservices: [{use: db, owner: team}]\noverrides: [{duty: patch-app, "+override+", reason: Because.}]\n")
		if got := strings.Join(rowOf(m, "db/patch-app").Evidence, " "); got != want {
			t.Errorf("%s: %q, want %q", override, got, want)
		}
	}
	m := build(t, head+`defaults: {accountable: boss}
services: [{use: db, owner: team}]
assign: [{duty: patch-app, evidence: +minutes}]
overrides: [{duty: patch-app, sides: {customer: Patches.}, evidence: log, reason: Because.}]
`)
	if r := rowOf(m, "db/patch-app"); !slices.Equal(r.Evidence, []string{"minutes", "log"}) || r.Details[0].Text != "Because." || r.Details[0].At.Line != 9 {
		t.Errorf("a rule adds to the override's: %q, %+v", r.Evidence, r.Details)
	}
	m = build(t, head+`defaults: {accountable: boss}
services: [{use: db, owner: team}]
overrides:
  - {duty: patch-app, sides: {customer: Patches.}, evidence: log, reason: Because.}
  - {duty: patch-app, sides: {customer: Patches.}, evidence: minutes, reason: Because.}
`)
	if len(m.Remarks) == 0 || m.Remarks[0].Rule != matrix.RemarkConflict {
		t.Errorf("two overrides with other evidence: %+v", m.Remarks)
	}
}

// TestExceptionsHoldWhatTheySay also where they have ended, and what they took out
// of the matrix.
func TestExceptionsHoldWhatTheySay(t *testing.T) {
	m := build(t, head+`defaults: {accountable: boss}
services: [{use: db, owner: team}]
overrides:
  - {duty: patch-engine, sides: {msp: Builds., aws: Tests.}, evidence: log, reason: Because., expires: 2026-01-01}
  - {duty: patch-app, applies: false, reason: Because.}
`)
	if e := m.Exceptions[0]; len(e.Sides) != 2 || e.Sides[0].Who != "aws" || e.Sides[1].Text != "Builds." || !slices.Equal(e.Evidence, []string{"log"}) || !e.Expired {
		t.Errorf("the one that has ended: %+v", e)
	}
	e := m.Exceptions[1]
	if len(e.Sides) > 0 || len(e.Removed) != 1 || e.Removed[0].ID != "db/patch-app" || e.Removed[0].Title != "Patch the application" || e.Removed[0].Sides[0].Text != "Patches the application." {
		t.Errorf("the one that takes out a row: %+v", e)
	}
	if _, problems := m.FindRow("db/patch-app"); !strings.Contains(problems.String(), `an override takes "db/patch-app" out of the matrix, because "Because."; the catalog says: customer: Patches the application.`) {
		t.Errorf("the row is looked for: %v", problems)
	}
}
