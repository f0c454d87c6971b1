package check_test

import (
	"strings"
	"testing"

	"raci/matrix/check"
	"raci/matrix/source"
)

// failing is a report on a manifest with a finding, one that could not be read,
// and an error of the run.
func failing() check.Result {
	r := small()
	r.Files[0].Findings = r.Files[0].Findings[1:2]
	r.Files[0].Accepted = nil
	r.Files = append(r.Files[:1], check.FileFindings{Path: "bad.yaml", Errors: source.Diagnostics{
		{At: source.Pos{File: "bad.yaml", Line: 5, Col: 18}, Message: `unknown service "s4"`, Hint: `did you mean "s3"?`},
		{At: source.Pos{File: "ours/controls.yaml"}, Message: "no such file or directory"},
	}})
	r.Errors = source.Diagnostics{{Message: "SOURCE_DATE_EPOCH is x"}}
	return r
}

func TestErrorsAsText(t *testing.T) {
	equal(t, write(t, "text", failing()), `teams/pay.yaml:3:10: error: nobody is accountable for "Patch" [no-accountable]
  row: db/patch
    3 |   - use: rds
      |          ^
  help: name accountable under defaults

1 error in 1 manifest: 118 rows, 1 gap; 1 input could not be read
`)
	r := failing()
	r.Files = r.Files[1:]
	equal(t, write(t, "text", r), "") // what is wrong is on standard error
}

func TestErrorsAsJSON(t *testing.T) {
	r := failing()
	r.Files = r.Files[1:]
	equal(t, write(t, "json", r), `{
  "schema": "raci/findings/v2",
  "files": [],
  "errors": [
    {
      "input": "bad.yaml",
      "file": "bad.yaml",
      "line": 5,
      "col": 18,
      "message": "unknown service \"s4\"",
      "fix": "did you mean \"s3\"?"
    },
    {
      "input": "bad.yaml",
      "file": "ours/controls.yaml",
      "line": 0,
      "col": 0,
      "message": "no such file or directory",
      "fix": ""
    },
    {
      "input": "",
      "file": "",
      "line": 0,
      "col": 0,
      "message": "SOURCE_DATE_EPOCH is x",
      "fix": ""
    }
  ]
}
`)
	if got := write(t, "json", failing()); !strings.Contains(got, `"path": "teams/pay.yaml"`) || strings.Contains(got, `"path": "bad.yaml"`) {
		t.Errorf("the files are not those that could be read:\n%s", got)
	}
}

func TestErrorsAsGitHub(t *testing.T) {
	equal(t, write(t, "github", failing()), `::error title=raci bad-input::SOURCE_DATE_EPOCH is x
::error file=bad.yaml,line=5,col=18,title=raci bad-input::unknown service "s4"%0Ahelp: did you mean "s3"?
::error file=ours/controls.yaml,title=raci bad-input::no such file or directory
::error file=teams/pay.yaml,line=3,col=10,title=raci no-accountable::nobody is accountable for "Patch"%0Arow: db/patch%0Ahelp: name accountable under defaults
`)
}

func TestErrorsAsJUnit(t *testing.T) {
	useRules(t)
	check.Rules = check.Rules[:1]
	got := write(t, "junit", failing())
	validJUnit(t, got)
	equal(t, got, `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="raci check" tests="4" failures="1" errors="2">
  <testsuite name="teams/pay.yaml" tests="2" failures="1" errors="0" skipped="0">
    <properties>
      <property name="rows" value="118"></property>
      <property name="gaps" value="1"></property>
    </properties>
    <testcase classname="teams/pay·yaml" name="bad-input"></testcase>
    <testcase classname="teams/pay·yaml" name="no-accountable">
      <failure message="nobody is accountable for &#34;Patch&#34;" type="error">
teams/pay.yaml:3:10: error: nobody is accountable for &#34;Patch&#34; (row db/patch)
help: name accountable under defaults
</failure>
    </testcase>
  </testsuite>
  <testsuite name="bad.yaml" tests="1" failures="0" errors="1" skipped="0">
    <testcase classname="bad·yaml" name="bad-input">
      <error message="2 errors" type="error">
bad.yaml:5:18: unknown service &#34;s4&#34;; did you mean &#34;s3&#34;?
ours/controls.yaml: no such file or directory
</error>
    </testcase>
  </testsuite>
  <testsuite name="raci check" tests="1" failures="0" errors="1" skipped="0">
    <testcase classname="raci check" name="bad-input">
      <error message="SOURCE_DATE_EPOCH is x" type="error">
SOURCE_DATE_EPOCH is x
</error>
    </testcase>
  </testsuite>
</testsuites>
`)
}

func TestErrorsAsSARIF(t *testing.T) {
	r := failing()
	r.Text = func(file string) []byte {
		if file == "bad.yaml" {
			return []byte("\n\n\n\nservices: [{use: s4, owner: x}]\n")
		}
		return nil
	}
	validSARIF(t, write(t, "sarif", r))
	log := unmarshalSARIF(t, write(t, "sarif", r))
	inv := log.Runs[0].Invocations
	if len(inv) != 1 || inv[0].ExecutionSuccessful || len(inv[0].ToolExecutionNotifications) != 3 {
		t.Fatalf("the invocation is %+v", inv)
	}
	n := inv[0].ToolExecutionNotifications[1]
	if n.Level != "error" || n.AssociatedRule.ID != "bad-input" || n.Message.Text != `unknown service "s4". To fix it: did you mean "s3"?` {
		t.Errorf("the notification is %+v", n)
	}
	results := log.Runs[0].Results
	if len(results) != 4 {
		t.Fatalf("%d results, want one for each of three errors and one finding", len(results))
	}
	for i, want := range []string{"teams/pay.yaml", "bad.yaml", "ours/controls.yaml", "teams/pay.yaml"} { // the first has no place of its own
		if got := results[i].Locations[0].PhysicalLocation.ArtifactLocation.URI; got != want {
			t.Errorf("result %d is in %s, want %s", i, got, want)
		}
		if rule := results[i].RuleID; (rule == "bad-input") != (i < 3) {
			t.Errorf("result %d is of %s", i, rule)
		}
	}
	if region := *results[1].Locations[0].PhysicalLocation.Region; region.StartLine != 5 || region.StartColumn != 18 || region.EndLine != 5 || region.EndColumn != 20 {
		t.Errorf("the error is at %+v", region)
	}
	if !unmarshalSARIF(t, write(t, "sarif", small())).Runs[0].Invocations[0].ExecutionSuccessful {
		t.Error("a run that found something failed")
	}
}

// TestInRepository renames the files of outputs for CI, and of no others.
func TestInRepository(t *testing.T) {
	r := failing()
	r.Files = append(r.Files, check.FileFindings{Path: "-", Findings: []source.Diagnostic{{Rule: "r", Severity: source.Error,
		At: source.Pos{File: "stdin", Line: 1, Col: 1}, Message: "m", Related: []source.Related{{At: source.Pos{File: "ours/x.yaml"}, Message: "there"}}}}})
	r.InRepository = func(file string) string { return "repo/" + file }
	for id, want := range map[string]string{
		"text":   "\nstdin:1:1: error: m [r]\n  see: ours/x.yaml: there\n",
		"json":   `"file": "ours/controls.yaml"`,
		"github": "::error file=repo/teams/pay.yaml,line=3,",
		"junit":  `<testsuite name="repo/bad.yaml" `,
		"sarif":  `"uri": "repo/ours/x.yaml"`,
	} {
		got := write(t, id, r)
		if !strings.Contains(got, want) || strings.Contains(got, "repo/stdin") || strings.Contains(got, "repo/repo") {
			t.Errorf("%s has no %s, or names standard input like a file:\n%s", id, want, got)
		}
		if isFor := id != "text" && id != "json"; strings.Contains(got, "repo/") != isFor {
			t.Errorf("%s names files from the repository: %v", id, !isFor)
		}
	}
	if r.Files[1].Errors[0].At.File != "bad.yaml" {
		t.Error("writing changes the result")
	}
}
