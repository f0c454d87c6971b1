package matrix_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"raci/matrix"
	"raci/matrix/catalog"
)

// ownFrameworks returns the catalog of the tests with these files of
// frameworks, by id.
func ownFrameworks(t *testing.T, files map[string]string) *catalog.Catalog {
	fs := fstest.MapFS{}
	for id, text := range files {
		fs["frameworks/"+id+".yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	return open(t, catalog.Layer{Name: "ours", FS: fs})
}

const houseRules = `
id: house-rules
name: House rules
baselines: [core]
requirements:
  "1": {title: Part one, group: true, in: [core]}
  "1.1": {title: Patch, in: [core], duties: [patch-os, patch-app]}
  "1.2": {title: Guard, in: [core], duties: [guard-site], organization: Keeps a visitors' book.}
  "1.3": {title: Write, organization: Writes a policy.}
  "1.4": {title: Engine, in: [core], duties: [patch-engine]}
  "1.5": {title: Gone, withdrawn: true}
  "1.6": {title: Fence, in: [core], duties: [guard-site], outside: Fences its own yard.}
  "1.7": {title: Watch, in: [core], duties: [guard-site], organization: Reads the reports of the guards.}
  "1.8":
    title: Letters
    in: [core]
    statements:
      a: {duties: [guard-site]}
      b: {duties: [patch-app, guard-site]}
      c: {organization: Writes it down.}
      d: {duties: [patch-engine], outside: Looks after its own engines.}
`

// TestOwnFramework answers a framework of an overlay.
func TestOwnFramework(t *testing.T) {
	cat := ownFrameworks(t, map[string]string{"house-rules": houseRules})
	man, problems := matrix.ParseManifest("m.yaml", []byte(head+"frameworks: [{use: house-rules/core, include: \"1.3\", exclude: {\"1.2\": No site.}}]\ndefaults: {accountable: boss}\nservices: [{use: web, owner: team, variant: fancy}]\n"))
	if problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		t.Fatal(problems)
	}
	var got []string
	show := func(a *matrix.Answer) {
		got = append(got, a.Requirement.ID+" "+string(a.Ownership)+" "+a.Accountable+a.Excluded)
	}
	answers := m.Answers(&m.Frameworks[0])
	for i := range answers {
		show(&answers[i])
		for j := range answers[i].Statements {
			show(&answers[i].Statements[j])
		}
	}
	want := []string{"1.1 shared boss", "1.2 not-applicable No site.", "1.3 customer boss", "1.4 not-applicable ", "1.6 inherited boss", "1.7 shared boss",
		"1.8 shared boss", "1.8a inherited boss", "1.8b shared boss", "1.8c customer boss", "1.8d not-applicable "}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	whole := answers[len(answers)-1]
	if !slices.Equal(whole.Requirement.Duties, []string{"guard-site", "patch-app", "patch-engine"}) || whole.Requirement.Organization != "(c) Writes it down." {
		t.Errorf("the statements are not summed up: %+v", whole.Requirement)
	}
	if outside := answers[4].Organization; !slices.Equal(outside, []string{"Outside of AWS: Fences its own yard."}) {
		t.Errorf("what is done outside: %q", outside)
	}
}

// TestFrameworkLikeAnother starts one framework from another.
func TestFrameworkLikeAnother(t *testing.T) {
	cat := ownFrameworks(t, map[string]string{"house-rules": houseRules, "yard-rules": `
id: yard-rules
name: Yard rules
like: house-rules
baselines: [small]
requirements:
  "1": {}
  "1.1": {in: [small]}
  "1.3": {title: Write more}
  "1.8": {duties: [patch-os]}
  "2": {title: Own, organization: Sweeps.}
`})
	f, problems := cat.Framework("yard-rules")
	if problems != nil {
		t.Fatal(problems)
	}
	var got []string
	for _, q := range f.Requirements {
		got = append(got, strings.Join([]string{q.ID, q.Title, strings.Join(q.Baselines, "+"), strings.Join(q.Duties, "+"), q.Organization}, "|"))
	}
	want := []string{"1|Part one|||", "1.1|Patch|small|patch-os+patch-app|", "1.3|Write more|||Writes a policy.", "1.8|Letters||patch-os|", "2|Own|||Sweeps."}
	if !slices.Equal(got, want) || len(f.Requirements[3].Statements) > 0 || !f.Requirements[0].Group {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestFrameworkProblems(t *testing.T) {
	const top = "id: f\nname: F\n"
	for _, c := range []struct{ name, text, want string }{
		{"unknown base", top + "like: hous-rules\nrequirements: {}\n", `ours/frameworks/f.yaml:3:7: unknown framework "hous-rules"; did you mean "house-rules"?`},
		{"base of a base", top + "like: chain\nrequirements: {}\n", `ours/frameworks/chain.yaml:3:7: a framework from which another one starts cannot itself start from "house-rules"; name that one in the other file`},
		{"itself", top + "like: f\nrequirements: {}\n", `ours/frameworks/f.yaml:3:7: a framework from which another one starts cannot itself start from "f"; name that one in the other file`},
		{"no title", top + "like: house-rules\nrequirements:\n  \"9\": {organization: Does it.}\n", `ours/frameworks/f.yaml:5:8: missing key "title" in the requirement 9`},
		{"no answer", top + "requirements:\n  \"9\": {title: T, outside: Does it.}\n", `ours/frameworks/f.yaml:4:3: the requirement "9" must be answered, or be a heading, or be withdrawn; add duties, organization or statements, or mark it group: true or withdrawn: true`},
		{"two answers", top + "requirements:\n  \"9\": {title: T, duties: [patch-os], statements: {a: {organization: Does it.}}}\n", `ours/frameworks/f.yaml:4:51: the requirement "9" has statements and an answer of its own; say it in the statements`},
		{"no letter", top + "requirements:\n  \"9\": {title: T, statements: {A: {organization: Does it.}, b: {outside: Does it.}}}\n", `ours/frameworks/f.yaml:4:32: "A" is not the letter of a statement; write one letter from a to z
ours/frameworks/f.yaml:4:61: the statement "9b" must be answered; add duties or organization`},
		{"unknown key", top + "requirements:\n  \"9\": {title: T, statements: {a: {title: S, organization: Does it.}}}\n", `ours/frameworks/f.yaml:4:36: unknown key "title" in the statement 9a; the keys are duties, aws-part, inheritance, services, evidence, organization, outside`},
	} {
		t.Run(c.name, func(t *testing.T) {
			cat := ownFrameworks(t, map[string]string{"house-rules": houseRules, "f": c.text, "chain": "id: chain\nname: C\nlike: house-rules\nrequirements: {}\n"})
			if _, err := cat.Framework("f"); err == nil || err.String() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

// TestOwnLetters: who answers for what the organization does itself follows
// from rules by requirement, and else from the defaults.
func TestOwnLetters(t *testing.T) {
	cat := ownFrameworks(t, map[string]string{"house-rules": houseRules})
	man, err := matrix.ParseManifest("m.yaml", []byte(head+`frameworks: [house-rules]
defaults: {accountable: boss}
services: [{use: web, owner: team, variant: fancy}]
assign:
  - {requirement: house-rules/1.3, accountable: audit, responsible: team}
`))
	if err != nil {
		t.Fatal(err)
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		t.Fatal(problems)
	}
	got := map[string]string{}
	for _, a := range m.Answers(&m.Frameworks[0]) {
		got[a.Requirement.ID] = strings.Join(a.Responsible, "+") + " " + a.Accountable
		for _, s := range a.Statements {
			got[s.Requirement.ID] = strings.Join(s.Responsible, "+") + " " + s.Accountable
		}
	}
	for id, want := range map[string]string{"1.3": "team audit", "1.8c": "boss boss", "1.6": "aws boss", "1.4": " "} {
		if got[id] != want {
			t.Errorf("%s: %q, want %q", id, got[id], want)
		}
	}
	if len(m.Remarks) > 0 {
		t.Errorf("remarks %+v", m.Remarks)
	}
}

// TestScope: what is taken in or left out must make a difference.
func TestScope(t *testing.T) {
	cat := ownFrameworks(t, map[string]string{"house-rules": houseRules})
	man, err := matrix.ParseManifest("m.yaml", []byte(head+`frameworks:
  - use: house-rules/core
    include: ["1.3", "1.5", "1.33"]
    exclude:
      "1.3": Not done.
      "1.5": Not done.
      "1.4": Done elsewhere.
defaults: {accountable: boss}
services: [{use: web, owner: team, variant: fancy}]
`))
	if err != nil {
		t.Fatal(err)
	}
	want := `m.yaml:8:22: the requirement "1.5" has been withdrawn from house-rules; remove the line
m.yaml:8:29: unknown requirement "1.33" of house-rules; did you mean "1.3"?
m.yaml:10:7: the requirement "1.3" is both taken in and left out; remove one of the two
m.yaml:11:7: the requirement "1.5" has been withdrawn from house-rules; remove the line`
	if _, err := matrix.Build(man, cat); err == nil || err.String() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	man, _ = matrix.ParseManifest("m.yaml", []byte(head+"frameworks: [{use: house-rules/core, exclude: {\"1.3\": Not done.}}]\nservices: [{use: web, variant: fancy}]\n"))
	if _, err := matrix.Build(man, cat); err == nil || err.String() != `m.yaml:6:48: the requirement "1.3" is not in house-rules/core anyway; remove the line` {
		t.Errorf("outside of the baseline: %v", err)
	}
	man, _ = matrix.ParseManifest("m.yaml", []byte(head+"frameworks: [house-rules/core]\nservices: [{use: web, variant: fancy}]\nassign: [{requirement: house-rules/1.3, informed: audit}]\n"))
	if _, err := matrix.Build(man, cat); err == nil || err.String() != `m.yaml:8:24: the requirement "house-rules/1.3" is not in house-rules/core; take it in with include: under frameworks:` {
		t.Errorf("a rule for what is outside of the baseline: %v", err)
	}
}

// TestRequirementsOfServices: a requirement about some services is answered by
// their rows alone, and does not apply where none of them is in use.
func TestRequirementsOfServices(t *testing.T) {
	cat := ownFrameworks(t, map[string]string{"f": `
id: f
name: F
reports: [a report of AWS]
requirements:
  "1": {title: Databases, services: db, duties: [patch-os, guard-site]}
  "2": {title: Sites, services: [web, db], duties: [guard-site]}
  "3": {title: Policy, organization: Writes it., evidence: [the policy]}
  "4": {title: Databases alone, services: db, organization: Counts them.}
  "6": {title: Engines of sites, services: [web, db], statements: {a: {services: web, duties: [patch-engine], organization: Counts them.}}}
  "5": {title: Sites of databases, services: db, duties: [patch-engine], organization: Counts them.}
`})
	for uses, want := range map[string][]string{
		"{use: web, owner: team, variant: fancy}":                         {"1 not-applicable  []", "2 inherited provider/guard-site [a report of AWS]", "3 customer  [the policy]", "4 not-applicable  []", "6 customer  []", "5 not-applicable  []"},
		"{use: web, owner: team, variant: fancy}, {use: db, owner: team}": {"1 inherited db/patch-os+provider/guard-site [a report of AWS report]", "2 inherited provider/guard-site [a report of AWS]", "3 customer  [the policy]", "4 customer  []", "6 customer  []", "5 shared db/patch-engine [a report of AWS pending actions]"},
	} {
		man, problems := matrix.ParseManifest("m.yaml", []byte(head+"frameworks: [f]\ndefaults: {accountable: boss}\nservices: ["+uses+"]\n"))
		if problems != nil {
			t.Fatal(problems)
		}
		m, problems := matrix.Build(man, cat)
		if problems != nil {
			t.Fatal(problems)
		}
		var got []string
		for _, a := range m.Answers(&m.Frameworks[0]) {
			var rows []string
			for _, r := range a.Rows {
				rows = append(rows, r.ID)
			}
			got = append(got, fmt.Sprint(a.Requirement.ID, " ", a.Ownership, " ", strings.Join(rows, "+"), " ", a.Evidence))
			if answered := a.Ownership != matrix.NotApplicable; answered != (a.Accountable == "boss") {
				t.Errorf("%s: accountable %v", a.Requirement.ID, a.Accountable)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
		for _, r := range m.Rows {
			if r.ID == "web/patch-os" && len(r.Requirements) > 0 {
				t.Errorf("%s answers %v", r.ID, r.Requirements)
			}
		}
	}
	if _, err := ownFrameworks(t, map[string]string{"f": "id: f\nname: F\nrequirements:\n  \"1\": {title: T, services: dbb, duties: [patch-os]}\n"}).Framework("f"); err == nil ||
		err.String() != `ours/frameworks/f.yaml:4:29: unknown service "dbb"; did you mean "db"?` {
		t.Errorf("an unknown service: %v", err)
	}
}

const leaning = `
id: leaning
name: Leaning
requirements:
  "1": {title: All of it, duties: [guard-site]}
  "2": {title: A part, duties: [guard-site], organization: Reads the reports of the guards.}
  "3": {title: AWS's part is not about it, duties: [guard-site, patch-app], aws-part: []}
  "4": {title: Capped, duties: [guard-site], organization: Reads the reports., inheritance: none}
  "5": {title: Each at home, duties: [drill, patch-app], aws-part: [drill]}
  "6": {title: At home and not named, duties: [drill, patch-app]}
  "7": {title: Seen by a report alone, duties: [report, patch-app]}
  "8":
    title: Letters
    statements:
      a: {duties: [guard-site]}
      b: {duties: [patch-app]}
  "9":
    title: Letters that carry nothing
    statements:
      a: {duties: [patch-app]}
      b: {duties: [drill], aws-part: [drill], organization: Drills as well.}
`

// TestInheritance: who acts is one thing, whether the customer can lean on AWS's
// work another.
func TestInheritance(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "ours", FS: fstest.MapFS{
		"frameworks/leaning.yaml": {Data: []byte(leaning)},
		"controls.yaml": {Data: []byte(`
controls:
  - id: physical
    duties:
      - {id: drill, scope: provider, aws-part: at-home, title: Drill, aws: Drills its own guards.}
      - {id: report, scope: provider, aws-part: evidence, title: Report, aws: Publishes reports.}
`)}}})
	man, problems := matrix.ParseManifest("m.yaml", []byte(head+"frameworks: [leaning]\ndefaults: {accountable: boss}\nservices: [{use: web, owner: team, variant: fancy}]\n"))
	if problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		t.Fatal(problems)
	}
	var got []string
	show := func(a *matrix.Answer) {
		got = append(got, fmt.Sprint(a.Requirement.ID, " ", a.Ownership, " ", a.Inheritance, " ", len(a.AWS)))
	}
	answers := m.Answers(&m.Frameworks[0])
	for i := range answers {
		show(&answers[i])
		for j := range answers[i].Statements {
			show(&answers[i].Statements[j])
		}
	}
	want := []string{"1 inherited full 1", "2 shared partial 1", "3 customer none 0", "4 shared none 1", "5 shared none 1", "6 customer none 0", "7 customer none 0",
		"8 shared partial 1", "8a inherited full 1", "8b customer none 0", "9 shared none 1", "9a customer none 0", "9b shared none 1"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	// Who does the organization's own part is named beside AWS.
	if got := answers[1].Responsible; !slices.Equal(got, []string{"aws", "boss"}) || answers[1].Accountable != "boss" {
		t.Errorf("responsible for 2 are %v, accountable is %s", got, answers[1].Accountable)
	}
	// What is said briefly is the same.
	for i, a := range m.AnswersInBrief(&m.Frameworks[0]) {
		if a.Ownership != answers[i].Ownership || a.Inheritance != answers[i].Inheritance || a.Accountable != answers[i].Accountable {
			t.Errorf("%s in brief: %s %s %s", a.Requirement.ID, a.Ownership, a.Inheritance, a.Accountable)
		}
	}
}

// TestAWSPartProblems: what a requirement cannot take from AWS.
func TestAWSPartProblems(t *testing.T) {
	for name, test := range map[string]struct{ requirement, want string }{
		"none of its duties":  {"{title: T, duties: [patch-app], aws-part: [guard-site]}", `1 takes AWS's part from "guard-site", which is none of its duties; add it to duties, or take it out of aws-part`},
		"unknown inheritance": {"{title: T, duties: [patch-app], inheritance: full}", `unknown inheritance "full"`},
		"beside statements":   {"{title: T, aws-part: [], statements: {a: {duties: [patch-app]}}}", "has statements and an answer of its own"},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := ownFrameworks(t, map[string]string{"f": "id: f\nname: F\nrequirements:\n  \"1\": " + test.requirement + "\n"}).Framework("f")
			if problems == nil || !strings.Contains(problems.Err().Error(), test.want) {
				t.Errorf("got %v, want %s", problems, test.want)
			}
		})
	}
}
