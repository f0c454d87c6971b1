package check_test

import (
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/check"
	"raci/matrix/source"
)

// TestNoCommands has names and texts that CI servers and terminals would obey.
func TestNoCommands(t *testing.T) {
	for _, hostile := range []string{
		"::error::x", "  ::set-env name=PATH::x", "##[add-mask]x", "a ##[error]b", "##vso[task.setvariable variable=a]b", "##teamcity[x]",
		"a\n::error::b", "a\r\n::stop-commands::b", "\x1b[2J\x1b]0;title\a", "\u009b2J", "a\u2028::error::b", "\u2003::error::b", "%0A::error::b", "a,line=9::b", "\u202Egnp.exe",
	} {
		x := source.Diagnostic{Rule: "r", Severity: source.Error, At: source.Pos{File: hostile, Line: 1, Col: 1}, Row: hostile + "/" + hostile, Message: hostile, Hint: hostile,
			Related: []source.Related{{At: source.Pos{File: hostile}, Message: hostile}}}
		y, z := x, x
		y.Row, z.Rule = "b", hostile
		r := check.Result{Files: []check.FileFindings{
			{Path: hostile, Source: []byte("# " + hostile), Findings: []source.Diagnostic{x, y, z}, Accepted: []matrix.Accepted{{Diagnostic: x, Reason: hostile}}},
			{Path: hostile, Errors: source.Diagnostics{x}},
		}}
		for _, o := range check.Outputs {
			got := write(t, o.ID, r)
			if o.ID != "github" {
				commandFree(t, o.ID, got)
				continue
			}
			if n := strings.Count(got, "\n"); n != 3 || strings.ContainsAny(got, "\r\x1b\u009b\u2028\u202e") {
				t.Errorf("an error and two groups are not three annotations:\n%q", got)
			}
			for line := range strings.Lines(got) {
				properties, _, _ := strings.Cut(strings.TrimPrefix(line, "::error "), "::")
				if keys := propertyKeys(properties); keys != "file line col title" {
					t.Errorf("the properties %s in %q", keys, line)
				}
			}
		}
	}
}

// propertyKeys names the properties of an annotation.
func propertyKeys(properties string) string {
	var keys []string
	for _, p := range strings.Split(properties, ",") {
		key, _, _ := strings.Cut(p, "=")
		keys = append(keys, key)
	}
	return strings.Join(keys, " ")
}
