package check_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"raci/matrix"
	"raci/matrix/check"
	"raci/matrix/source"
)

// write returns what the output with this id makes of the report.
func write(t testing.TB, id string, r check.Result) string {
	t.Helper()
	i := slices.IndexFunc(check.Outputs, func(o check.Output) bool { return o.ID == id })
	if i < 0 {
		t.Fatalf("unknown output %q", id)
	}
	var b bytes.Buffer
	if err := check.Outputs[i].Write(&b, r); err != nil {
		t.Fatalf("%s: %v", id, err)
	}
	return b.String()
}

// useRules has the outputs list these rules, so that a new rule changes no
// expected output.
func useRules(t *testing.T) {
	all := check.Rules
	t.Cleanup(func() { check.Rules = all })
	check.Rules = []check.Rule{
		{ID: "no-accountable", Severity: source.Error, Title: "a row without an accountable party",
			Meaning: "Nobody answers for it.", Fix: "name accountable under defaults",
			Before: "services: [{use: s3}]", After: "defaults: {accountable: ciso}"},
		{ID: "variant-assumed", Severity: source.Warning, Title: "an entry without a variant",
			Meaning: "The split depends on it.", Fix: "name the variant"},
		{ID: "framework-not-mapped", Severity: source.Note, Title: "a framework without a mapping",
			Meaning: "No requirements yet.", Fix: "remove it"},
	}
}

const manifest = "version: 1\nservices:\n  - use: rds\n\tname: 日本 db\n"

// small is a report with one finding of each kind.
func small() check.Result {
	at := func(line, col int) source.Pos { return source.Pos{File: "teams/pay.yaml", Line: line, Col: col} }
	return check.Result{Version: "1.2.3", Files: []check.FileFindings{
		{
			Path: "teams/pay.yaml", Source: []byte(manifest), Rows: 118, Gaps: 1,
			Findings: []source.Diagnostic{
				{Rule: "framework-not-mapped", Severity: source.Note, At: at(1, 1), Message: "soc2 is not mapped", Hint: "remove it"},
				{Rule: "no-accountable", Severity: source.Error, At: at(3, 10), Row: "db/patch", Message: `nobody is accountable for "Patch"`,
					Hint: "name accountable under defaults"},
				{Rule: "variant-assumed", Severity: source.Warning, At: at(4, 11), Message: "db does not say how it is used", Hint: "name the variant"},
			},
			Accepted: []matrix.Accepted{{Reason: "Accepted by the CISO.", Diagnostic: source.Diagnostic{
				Rule: "no-accountable", Severity: source.Error, At: at(3, 5), Row: "db/log", Message: `nobody is accountable for "Log"`,
				Hint: "name accountable under defaults"}}},
		},
		{Path: "clean.yaml", Rows: 20},
	}}
}

func TestOutputsAreDocumented(t *testing.T) {
	var ids []string
	for _, o := range check.Outputs {
		ids = append(ids, o.ID)
		if o.Description == "" {
			t.Errorf("%s has no description", o.ID)
		}
	}
	if got, want := strings.Join(ids, " "), "text json sarif junit github"; got != want {
		t.Errorf("the outputs are %s, want %s", got, want)
	}
}

func equal(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// TestPlaces checks which path a finding is printed with.
func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		path string
		at   source.Pos
		want string
	}{
		{"teams/pay.yaml", source.Pos{File: "teams/pay.yaml", Line: 2, Col: 3}, "teams/pay.yaml:2:3"},
		{"teams/pay.yaml", source.Pos{File: "ours/services/x.yaml", Line: 2, Col: 3}, "ours/services/x.yaml:2:3"},
		{"teams/pay.yaml", source.Pos{File: "teams/pay.yaml", Line: 2}, "teams/pay.yaml:2"},
		{"teams/pay.yaml", source.Pos{File: "teams/pay.yaml"}, "teams/pay.yaml"},
		{"-", source.Pos{File: "stdin", Line: 2, Col: 3}, "stdin:2:3"},
		{"-", source.Pos{File: "stdin"}, "stdin"},
	} {
		got := write(t, "text", check.Result{Files: []check.FileFindings{{Path: c.path,
			Findings: []source.Diagnostic{{Rule: "r", Severity: source.Note, At: c.at, Message: "m"}}}}})
		if want := c.want + ": note: m [r]\n"; !strings.HasPrefix(got, want) {
			t.Errorf("%+v in %s: got %q, want %q", c.at, c.path, got, want)
		}
	}
}

func TestJSON(t *testing.T) {
	r := small()
	r.Files[0].Findings = r.Files[0].Findings[1:2]
	equal(t, write(t, "json", r), `{
  "schema": "raci/findings/v2",
  "files": [
    {
      "path": "teams/pay.yaml",
      "rows": 118,
      "gaps": 1,
      "findings": [
        {
          "rule": "no-accountable",
          "severity": "error",
          "file": "teams/pay.yaml",
          "line": 3,
          "col": 10,
          "row": "db/patch",
          "message": "nobody is accountable for \"Patch\"",
          "fix": "name accountable under defaults",
          "related": []
        }
      ],
      "waived": [
        {
          "rule": "no-accountable",
          "severity": "error",
          "file": "teams/pay.yaml",
          "line": 3,
          "col": 5,
          "row": "db/log",
          "message": "nobody is accountable for \"Log\"",
          "fix": "name accountable under defaults",
          "related": [],
          "reason": "Accepted by the CISO."
        }
      ]
    },
    {
      "path": "clean.yaml",
      "rows": 20,
      "gaps": 0,
      "findings": [],
      "waived": []
    }
  ],
  "errors": []
}
`)
	equal(t, write(t, "json", check.Result{}), "{\n  \"schema\": \"raci/findings/v2\",\n  \"files\": [],\n  \"errors\": []\n}\n")
}

func TestGitHub(t *testing.T) {
	equal(t, write(t, "github", small()), `::notice file=teams/pay.yaml,line=1,col=1,title=raci framework-not-mapped::soc2 is not mapped%0Ahelp: remove it
::error file=teams/pay.yaml,line=3,col=10,title=raci no-accountable::nobody is accountable for "Patch"%0Arow: db/patch%0Ahelp: name accountable under defaults
::warning file=teams/pay.yaml,line=4,col=11,title=raci variant-assumed::db does not say how it is used%0Ahelp: name the variant
`)
}

func TestGitHubEscapes(t *testing.T) {
	r := check.Result{Files: []check.FileFindings{{Path: "./a,b:c%0A.yaml", Findings: []source.Diagnostic{
		{Rule: "r:1,2", Severity: source.Error, At: source.Pos{File: "./a,b:c%0A.yaml"}, Message: "100% a,b::c\r\n::stop-commands::x"},
	}}}}
	equal(t, write(t, "github", r), "::error file=a%2Cb%3Ac%250A.yaml,title=raci r%3A1%2C2::100%25 a,b::c%0D%0A::stop-commands::x\n")
}

func TestGitHubGroups(t *testing.T) {
	useRules(t)
	got := write(t, "github", check.Result{Files: []check.FileFindings{{Path: "pay.yaml", Findings: gaps(60)}}})
	if strings.Count(got, "\n") != 2 || !strings.Contains(got, "%0A... and 55 more rows%0A") {
		t.Errorf("sixty findings at one place are not one annotation:\n%s", got)
	}
}

func TestJUnit(t *testing.T) {
	useRules(t)
	r := small()
	r.Files = r.Files[:1]
	r.Files[0].Findings = append(r.Files[0].Findings, source.Diagnostic{Rule: "new-rule", Severity: source.Error,
		At: source.Pos{File: "ours/a.yaml"}, Message: "a < b & \x01 \ufffe"})
	equal(t, write(t, "junit", r), `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="raci check" tests="5" failures="3" errors="0">
  <testsuite name="teams/pay.yaml" tests="5" failures="3" errors="0" skipped="0">
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
      <system-out>
waived: teams/pay.yaml:3:5: error: nobody is accountable for &#34;Log&#34; (row db/log); Accepted by the CISO.
</system-out>
    </testcase>
    <testcase classname="teams/pay·yaml" name="variant-assumed">
      <failure message="db does not say how it is used" type="warning">
teams/pay.yaml:4:11: warning: db does not say how it is used
help: name the variant
</failure>
    </testcase>
    <testcase classname="teams/pay·yaml" name="framework-not-mapped">
      <system-out>
teams/pay.yaml:1:1: note: soc2 is not mapped
</system-out>
    </testcase>
    <testcase classname="teams/pay·yaml" name="new-rule">
      <failure message="a &lt; b &amp; � �" type="error">
ours/a.yaml: error: a &lt; b &amp; � �
</failure>
    </testcase>
  </testsuite>
</testsuites>
`)
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestWriteErrors(t *testing.T) {
	for _, o := range check.Outputs {
		if err := o.Write(brokenWriter{}, small()); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%s returns %v, not the error of its writer", o.ID, err)
		}
	}
}

// FuzzOutputs writes findings about anything anywhere, and reads them back.
func FuzzOutputs(f *testing.F) {
	f.Add([]byte(manifest), "teams/pay.yaml", 3, 10, "db/patch", "nobody is accountable")
	f.Add([]byte("\tx\r\n日本"), "-", 2, 3, "", "a\nb: c,d %0A ]]> {0} [a](b)")
	f.Add([]byte("\xff\x1b[2J"), "a:b.yaml", -1, 1<<62, "/", "\x00\xff\u202e\ufffe")
	f.Add([]byte(strings.Repeat("e\u0301", 300)), "C:\\x y\\z.yaml", 1, 301, "a/b", "")
	f.Add([]byte("a: ##[error]x"), "::error::x.yaml", 1, 4, " ::set-env name=A::b/##vso[task]c", "##[add-mask]x\n::stop-commands::y")
	f.Add([]byte("##[error]x\n::error::y"), "::error::a.yaml", 1, 1, "::set-env name=A::b/c", strings.Repeat("long ", 18)+"::error::x ##vso[task.complete] y")
	f.Add([]byte("a\u200bb"), "a\n::error::b\u202e.yaml", 1, 1, "##[group]a/b", "\u2028::warning::a")
	f.Fuzz(func(t *testing.T, src []byte, path string, line, col int, row, message string) {
		x := source.Diagnostic{Rule: "no-accountable", Severity: source.Error, At: source.Pos{File: path, Line: line, Col: col}, Row: row, Message: message}
		r := check.Result{Files: []check.FileFindings{{Path: path, Source: src, Findings: []source.Diagnostic{x, x},
			Accepted: []matrix.Accepted{{Diagnostic: x, Reason: message}}}, {Path: path, Errors: source.Diagnostics{x}}}}
		for _, o := range check.Outputs {
			out := write(t, o.ID, r)
			switch o.ID {
			case "text":
				readText(t, out)
			case "json":
				if !json.Valid([]byte(out)) {
					t.Errorf("not valid JSON:\n%s", out)
				}
			case "sarif":
				validSARIF(t, out)
			case "junit":
				validJUnit(t, out)
			case "github":
				readGitHub(t, out)
				continue
			}
			commandFree(t, o.ID, out)
		}
	})
}

// readText fails for text that a terminal takes for anything but text.
func readText(t *testing.T, out string) {
	if !utf8.ValidString(out) {
		t.Errorf("the text is not UTF-8: %q", out)
	}
	for _, r := range out {
		if r != '\n' && r != '\t' && source.Printable(r) != r {
			t.Fatalf("the text holds %q:\n%q", r, out)
		}
	}
	for line := range strings.Lines(out) {
		if strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##[") || strings.Contains(line, "##vso[") {
			t.Errorf("a line is a command to a runner: %q", line)
		}
	}
	if n := strings.Count(out, "\n"); n > 8 {
		t.Errorf("%d lines for one group:\n%s", n, out)
	}
}

// readGitHub fails for annotations that the runner takes apart elsewhere.
func readGitHub(t *testing.T, out string) {
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if len(lines) != 2 || strings.ContainsFunc(out, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }) {
		t.Fatalf("an error and a group are not a line each: %q", out)
	}
	for _, line := range lines {
		command, _, _ := strings.Cut(line[len("::"):], "::")
		for _, property := range strings.Split(strings.TrimPrefix(command, "error "), ",") {
			key, _, ok := strings.Cut(property, "=")
			if !ok || !slices.Contains([]string{"file", "line", "col", "title"}, key) {
				t.Errorf("the property %q in %q", property, out)
			}
		}
	}
}

func BenchmarkOutputs(b *testing.B) {
	r := many()
	for _, o := range check.Outputs {
		b.Run(o.ID, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := o.Write(io.Discard, r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
