package matrix_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// details renders what a row says of how its duty is done.
func details(m *matrix.Matrix, id string) string {
	r, problems := m.FindRow(id)
	if problems != nil {
		return problems.String()
	}
	var process []string
	for _, p := range r.Process {
		process = append(process, p.String())
	}
	return fmt.Sprintf("%s | %s | %s", strings.Join(process, ", "), strings.Join(r.Evidence, ", "), r.Frequency)
}

// TestDetails: the most specific statement says how a duty is done. The customer's
// part has a process and a frequency, and every row has evidence.
func TestDetails(t *testing.T) {
	const services = "services: [{use: db, owner: team}]\n"
	for _, c := range []struct{ name, manifest, row, want string }{
		{"nothing said", services, "db/patch-app", " | tickets | "},
		{"a text", services + "assign: [{duty: patch-app, process: Ask the team.}]", "db/patch-app", "Ask the team. | tickets | "},
		{"a page", services + "assign: [{duty: patch-app, process: {title: Runbook, url: \"https://example.com/r\"}}]", "db/patch-app", "Runbook (https://example.com/r) | tickets | "},
		{"several", services + "assign: [{duty: patch-app, process: [{title: Runbook, url: \"https://r.example.com\"}, Ask.]}]", "db/patch-app", "Runbook (https://r.example.com), Ask. | tickets | "},
		{"defaults", "defaults: {process: The handbook., evidence: minutes, frequency: yearly}\n" + services, "db/patch-app", "The handbook. | minutes | yearly"},
		{"not of what AWS does alone", "defaults: {process: The handbook., evidence: minutes, frequency: yearly}\n" + services, "db/patch-os", " | minutes, report | "},
		{"of what is shared", "defaults: {process: The handbook.}\n" + services, "db/patch-engine", "The handbook. | pending actions | "},
		{"of the organization", services + "assign: [{entry: organization, process: A course., frequency: yearly}]", "organization/train-staff", "A course. |  | yearly"},
		{"of what an operator does", services + "overrides: [{duty: patch-app, sides: {msp: Patches it.}}]\nassign: [{duty: patch-app, process: Their ticket queue.}]", "db/patch-app", "Their ticket queue. |  | "},
		{"the more specific wins", services + "assign: [{duty: patch-app, process: Narrow.}, {control: patching, process: Wide., frequency: monthly}]", "db/patch-app", "Narrow. | tickets | monthly"},
		{"of two equal ones the later", services + "assign: [{duty: patch-app, process: First.}, {duty: patch-app, process: Second.}]", "db/patch-app", "Second. | tickets | "},
		{"none takes away", "defaults: {process: The handbook., frequency: yearly}\n" + services + "assign: [{duty: patch-app, process: none, evidence: none, frequency: none}]", "db/patch-app", " |  | "},
		{"evidence replaces", services + "assign: [{duty: patch-app, evidence: [log]}]", "db/patch-app", " | log | "},
		{"evidence adds", services + "assign: [{duty: patch-app, evidence: [+log]}]", "db/patch-app", " | log, tickets | "},
		{"evidence adds to what adds", services + "assign: [{duty: patch-app, evidence: [+log]}, {control: patching, evidence: [+minutes]}]", "db/patch-app", " | log, minutes, tickets | "},
		{"evidence adds to what replaces", services + "assign: [{duty: patch-app, evidence: [+log, +minutes]}, {control: patching, evidence: [minutes]}]", "db/patch-app", " | log, minutes | "},
		{"letters are another matter", "defaults: {accountable: boss}\n" + services + "assign: [{duty: patch-app, informed: audit}, {entry: db, process: Ask.}]", "db/patch-app", "Ask. | tickets | "},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := details(build(t, head+c.manifest+"\n"), c.row); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// TestDetailsSayWhy: a row keeps every statement on how it is done, with what it
// lost to.
func TestDetailsSayWhy(t *testing.T) {
	m := build(t, head+`defaults: {process: The handbook., evidence: [+minutes]}
services: [{use: db, owner: team}]
assign:
  - {control: patching, process: Ask., evidence: [log], reason: It is ours.}
  - {duty: patch-app, evidence: [+tests]}
`)
	r, _ := m.FindRow("db/patch-app")
	var got []string
	for _, d := range r.Details {
		got = append(got, fmt.Sprintf("%s %q %d %s < %d", d.About, d.Says, d.At.Line, d.Text, d.LostTo.Line))
	}
	want := []string{
		`process ["The handbook."] 6 default of the manifest < 9`, `process ["Ask."] 9 It is ours. < 0`,
		`evidence ["tickets"] 0 catalog < 9`, `evidence ["minutes"] 6 default of the manifest < 9`, `evidence ["log"] 9 It is ours. < 0`, `evidence ["tests"] 10 rule that adds < 0`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if own := r.OwnEvidence(); !slices.Equal(own, []string{"tests", "log"}) {
		t.Errorf("the evidence that the manifest names: %q", own)
	}
	if r, _ := m.FindRow("provider/guard-site"); len(r.Process) > 0 || len(r.Evidence) != 1 {
		t.Errorf("what AWS does alone: %q %q", r.Process, r.Evidence)
	}
}

// TestUnusedDetails: a rule on how a duty is done changes nothing where AWS does all
// of it, or where another rule always wins.
func TestUnusedDetails(t *testing.T) {
	m := build(t, head+`defaults: {accountable: boss}
services: [{use: db, owner: team}]
assign:
  - {duty: patch-os, process: Ask., frequency: yearly}
  - {duty: patch-os, responsible: team, process: Ask.}
  - {duty: patch-os, evidence: [+log]}
  - {entry: db, duty: patch-app, process: Ask.}
  - {duty: patch-app, process: Do not ask.}
  - {duty: patch-engine, process: none}
`)
	var got []string
	for _, r := range m.Remarks {
		got = append(got, fmt.Sprint(r.At.Line, " ", r.Message))
	}
	want := []string{
		"9 the rule changes nothing: it says how a duty is done, and AWS alone performs the row it selects; select the rows in which the customer has a part, or give evidence",
		"10 the rule changes nothing: it says how a duty is done, and AWS alone performs the row it selects; select the rows in which the customer has a part, or give evidence",
		"13 the rule changes nothing: in the row it selects something more specific or later wins, such as line 12; select by entry or by duty to win over an owner",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestLinks: a page can be linked where every report can show it, and nothing runs.
func TestLinks(t *testing.T) {
	for url, good := range map[string]bool{
		"https://wiki.example.com/a/b?c=d&e=f#g": true, "https://10.0.0.1:8080/x": true, "https://wiki.example.com/Wieder%20her": true,
		"https://wiki.example.com/Übung": true, "https://wiki.example.com": true, "https://wiki.example.com/@user": true, "https://xn--bcher-kva.example/": true,
		"http://10.0.0.1:8080/x": false, "mailto:soc@example.com?subject=Restore": false, "https://user@example.com/": false, "https://user:pass@example.com/": false,
		"https://bücher.example/": false, "https://ex\u0430mple.com/": false, "https://example.com:port/": false, "https://host\\@evil.example/": false, "https://host/\\evil": false,
		"https://a b": false, "https://example.com\u202e/": false, "https://[::1]/": false, "https://.example.com": false, "https://example..com": false, "https://-a.example": false,
		"https:example.com": false, "https:/example.com": false, "https:\\example.com": false, " https://example.com": false, "https://example.com#@evil.example": true,
		"": false, "javascript:alert(1)": false, "JavaScript:alert(1)": false, "data:text/html,x": false, "file:///etc/passwd": false, "vbscript:x": false, "ftp://example.com": false,
		"HTTPS://example.com": false, "//example.com/x": false, "docs/runbook.md": false, "/docs/runbook.md": false, "C:\\runbook.doc": false, `\\server\share`: false,
		"https://": false, "https:///x": false, "https://?x": false, "mailto:": false, "https://example.com/a b": false, "https://example.com/\u202eb": false,
		"https://example.com/a\"b": false, "https://example.com/<b>": false, "https://example.com/100%": false, "https://example.com/" + strings.Repeat("x", source.MaxPage): false,
		"https://example.com/a\nb": false, "https://example.com/a\u00a0b": false, "https://exam\u200bple.com": false,
	} {
		if got := source.IsPage(url); got != good {
			t.Errorf("%q: %t, want %t", url, got, good)
		}
	}
}

// TestDetailProblems: what a rule cannot say, each at its place.
func TestDetailProblems(t *testing.T) {
	const link = `; write the whole address, which begins with https:// and a host; what no report can link, write as the text of the process, without title and url`
	for rule, want := range map[string]string{
		"process: {title: T, url: \"javascript:alert(1)\"}": `m.yaml:8:48: "javascript:alert(1)" is no address that a report can link` + link,
		"process: {title: T, url: docs/r.md}":               `m.yaml:8:48: "docs/r.md" is no address that a report can link` + link,
		"process: {url: \"https://example.com\"}":           `m.yaml:8:32: missing key "title" in a process`,
		"process: {title: T}":                               `m.yaml:8:32: missing key "url" in a process`,
		"process: [[a]]":                                    `m.yaml:8:33: process must be text, not a list; write it without [ and ]; put quotes around text that begins with [`,
		"evidence: {a: b}":                                  `m.yaml:8:33: evidence must be text, not a map; write the text itself; put quotes around text that begins with {`,
		"frequency: anual":                                  `m.yaml:8:34: unknown frequency "anual"; use one of continuous, daily, weekly, monthly, quarterly, half-yearly, yearly, every-two-years, every-three-years, on-change, on-event`,
		"frequency: yearl":                                  `m.yaml:8:34: unknown frequency "yearl"; did you mean "yearly"?`,
	} {
		_, problems := matrix.ParseManifest("m.yaml", []byte(head+"services: [{use: db}]\nassign:\n  - {duty: patch-app, "+rule+"}\n"))
		if got := strings.TrimSpace(problems.String()); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", rule, got, want)
		}
	}
}

// TestAskedOnly: duties of the organization that no requirement names are no rows,
// and are listed. Those of AWS and of entries stay.
func TestAskedOnly(t *testing.T) {
	layer := catalog.Layer{Name: "ours", FS: fstest.MapFS{"frameworks/asking.yaml": {Data: []byte("id: asking\nname: Asking\nrequirements:\n" +
		"  Q-1: {title: Train, duties: [train-staff]}\n  Q-2: {title: Patch, duties: [patch-app]}\n")}}}
	for _, c := range []struct{ frameworks, want string }{
		{"", "train-staff"}, {"frameworks: [asking]\n", ""}, {"frameworks: [{use: asking, exclude: {Q-1: Nobody to train.}}]\n", "train-staff"},
	} {
		man, problems := matrix.ParseManifest("m.yaml", []byte(head+c.frameworks+"duties: asked-only\nservices: [{use: db, owner: team}]\nassign: [{duty: train-staff, responsible: boss}]\n"))
		if problems != nil {
			t.Fatal(problems)
		}
		m, problems := matrix.Build(man, open(t, layer))
		if problems != nil {
			t.Fatal(problems)
		}
		var left []string
		for _, l := range m.LeftOut {
			left = append(left, l.Duty)
		}
		if got := strings.Join(left, " "); got != c.want {
			t.Errorf("%sleft out: %q, want %q", c.frameworks, got, c.want)
		}
		_, gone := m.FindRow("organization/train-staff")
		_, kept := m.FindRow("provider/guard-site")
		if (gone != nil) != (c.want != "") || kept != nil {
			t.Errorf("%srows: %v, %v", c.frameworks, gone, kept)
		}
		if unused := len(m.Remarks) == 1 && strings.HasSuffix(m.Remarks[0].Message, "; duties: asked-only leaves out what no framework asks for, here train-staff"); unused != (c.want != "") {
			t.Errorf("%sremarks: %+v", c.frameworks, m.Remarks)
		}
	}
}

// TestDetailsOfTwoEntries: what one rule says of two entries leaves what differs.
func TestDetailsOfTwoEntries(t *testing.T) {
	m := build(t, head+"defaults: {process: Ask.}\nservices: [{use: db, owner: team}, {use: web, owner: team}]\noverrides: [{entry: web, duty: patch-app, sides: {msp: Patches it.}}]\n")
	for id, want := range map[string]string{"db/patch-app": "Ask. | tickets | ", "web/patch-app": "Ask. |  | "} {
		if got := details(m, id); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}

// TestEvidenceOfOverridesAndRules: the evidence of an override takes the place of the
// catalog's, with the weight of the override.
func TestEvidenceOfOverridesAndRules(t *testing.T) {
	const override = "services: [{use: db, owner: team}]\noverrides: [{entry: db, duty: patch-app, sides: {customer: Patches it by hand.}, evidence: [checklist], reason: No tool.}]\n"
	for rule, want := range map[string]string{
		"":                                    " | checklist | ",
		"control: patching, evidence: [log]":  " | checklist | ",
		"control: patching, evidence: [+log]": " | checklist | ",
		"entry: db, duty: patch-app, evidence: [log]":  " | log | ",
		"entry: db, duty: patch-app, evidence: [+log]": " | log, checklist | ",
	} {
		rules := ""
		if rule != "" {
			rules = "assign: [{" + rule + "}]\n"
		}
		m := build(t, head+override+rules)
		if got := details(m, "db/patch-app"); got != want {
			t.Errorf("%s: %s, want %s", rule, got, want)
		}
		for _, r := range m.Remarks {
			if r.Rule == matrix.RemarkConflict {
				t.Errorf("%s: %s", rule, r.Message)
			}
		}
	}
}

// TestWithheldDetails: a rule by a place in which an entry lies only partly says
// nothing of it, and the row keeps what it would have said.
func TestWithheldDetails(t *testing.T) {
	m := build(t, head+`services: [{use: db, owner: team, environment: [live, test]}]
assign:
  - {environment: test, process: Ask., frequency: none, informed: audit, reason: Tests.}
`)
	for id, want := range map[string]string{"db/patch-app": "I to audit, process Ask., no frequency", "db/patch-os": "I to audit"} {
		r, _ := m.FindRow(id)
		var got []string
		for _, w := range r.Withheld {
			got = append(got, w.Gives())
		}
		if len(r.Process) > 0 || strings.Join(got, ", ") != want {
			t.Errorf("%s: %q %q, want %s", id, r.Process, got, want)
		}
	}
}
