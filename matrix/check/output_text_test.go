package check_test

import (
	"fmt"
	"strings"
	"testing"

	"raci/matrix/check"
	"raci/matrix/source"
)

func TestText(t *testing.T) {
	equal(t, write(t, "text", small()), `teams/pay.yaml:1:1: note: soc2 is not mapped [framework-not-mapped]
    1 | version: 1
      | ^
  help: remove it

teams/pay.yaml:3:10: error: nobody is accountable for "Patch" [no-accountable]
  row: db/patch
    3 |   - use: rds
      |          ^
  help: name accountable under defaults

teams/pay.yaml:4:11: warning: db does not say how it is used [variant-assumed]
    4 | 	name: 日本 db
      | 	           ^
  help: name the variant

1 error, 1 warning, 1 note in 2 manifests: 138 rows, 1 gap, 1 waived finding
`)
}

func TestTextWithoutFindings(t *testing.T) {
	equal(t, write(t, "text", check.Result{Files: []check.FileFindings{{Path: "a.yaml", Rows: 1}}}), "no findings in 1 manifest: 1 row\n")
}

func TestTextColor(t *testing.T) {
	r := small()
	r.Color = true
	r.Files[0].Findings = r.Files[0].Findings[1:2]
	got := write(t, "text", r)
	equal(t, strings.ReplaceAll(got, "\x1b", "^"), `^[1mteams/pay.yaml:3:10:^[0m ^[1;31merror:^[0m ^[1mnobody is accountable for "Patch"^[0m ^[2m[no-accountable]^[0m
  ^[1mrow:^[0m db/patch
^[2m    3 |^[0m   - use: rds
^[2m      |^[0m ^[1;32m         ^^[0m
  ^[1mhelp:^[0m name accountable under defaults

1 error in 2 manifests: 138 rows, 1 gap, 1 waived finding
`)
}

// gaps returns n findings of one rule at one place, between which another
// rule speaks of the same place, as happens where findings are sorted by row.
func gaps(n int) []source.Diagnostic {
	var findings []source.Diagnostic
	at := source.Pos{File: "pay.yaml", Line: 2, Col: 1}
	for i := range n {
		row := fmt.Sprintf("db/duty-%02d", i)
		findings = append(findings, source.Diagnostic{Rule: "no-accountable", Severity: source.Error, At: at, Row: row,
			Message: fmt.Sprintf("nobody is accountable for %d", i), Hint: "name accountable under defaults"})
		if i < 2 {
			findings = append(findings, source.Diagnostic{Rule: "variant-assumed", Severity: source.Warning, At: at, Row: row,
				Message: "no variant", Hint: "name the variant"})
		}
	}
	return findings
}

func TestTextGroups(t *testing.T) {
	useRules(t)
	r := check.Result{Files: []check.FileFindings{{Path: "pay.yaml", Source: []byte(manifest), Rows: 60, Gaps: 60, Findings: gaps(60)}}}
	equal(t, write(t, "text", r), `pay.yaml:2:1: error: a row without an accountable party, in 60 rows [no-accountable]
  row: db/duty-00: nobody is accountable for 0
  row: db/duty-01: nobody is accountable for 1
  row: db/duty-02: nobody is accountable for 2
  row: db/duty-03: nobody is accountable for 3
  row: db/duty-04: nobody is accountable for 4
  ... and 55 more rows
    2 | services:
      | ^
  help: name accountable under defaults

pay.yaml:2:1: warning: no variant, in 2 rows [variant-assumed]
  row: db/duty-00
  row: db/duty-01
    2 | services:
      | ^
  help: name the variant

60 errors, 2 warnings in 1 manifest: 60 rows, 60 gaps
`)
}

// TestTextWraps: what stands below a headline is at most a hundred cells wide,
// and no id is taken apart.
func TestTextWraps(t *testing.T) {
	at := source.Pos{File: "pay.yaml", Line: 2, Col: 1}
	long := strings.Repeat("long-name-", 10) + "db/patch"
	r := check.Result{Files: []check.FileFindings{{Path: "pay.yaml", Findings: []source.Diagnostic{
		{Rule: "r", Severity: source.Error, At: at, Row: "the orders db/patch-platform", Hint: "name accountable under defaults, and responsible in a rule under assign or as the owner of the entry",
			Message: `nobody is responsible or accountable for "Patch the platform: database engine, runtime or middleware"`},
		{Rule: "r", Severity: source.Error, At: at, Row: long, Message: "nobody is accountable", Hint: "日本" + strings.Repeat(" 日本日本", 12)},
	}}}}
	equal(t, write(t, "text", r), `pay.yaml:2:1: error: findings of the rule r, in 2 rows [r]
  row: the orders db/patch-platform: nobody is responsible or accountable for "Patch the platform:
       database engine, runtime or middleware"
  row: `+long+`:
       nobody is accountable
  help: name accountable under defaults, and responsible in a rule under assign or as the owner of
        the entry
  help: 日本 日本日本 日本日本 日本日本 日本日本 日本日本 日本日本 日本日本 日本日本 日本日本
        日本日本 日本日本 日本日本

2 errors in 1 manifest: 0 rows
`)
}

// TestTextQuotes looks at the quoted line and its caret alone.
func TestTextQuotes(t *testing.T) {
	long := strings.Repeat("0123456789", 50)
	for _, c := range []struct {
		name, source string
		line, col    int
		want         string
	}{
		{"the first character", "abc", 1, 1, "    1 | abc\n      | ^\n"},
		{"behind the last character", "abc\n", 1, 4, "    1 | abc\n      |    ^\n"},
		{"a column beyond the line", "abc\n", 1, 5, "    1 | abc\n"},
		{"no column", "abc\n", 1, 0, "    1 | abc\n"},
		{"a line beyond the file", "abc\n", 3, 1, ""},
		{"no line", "abc\n", 0, 0, ""},
		{"a negative line", "abc\n", -1, -1, ""},
		{"an empty line", "\nabc\n", 1, 1, "    1 |\n      | ^\n"},
		{"no source", "", 1, 1, ""},
		{"a byte order mark", "\uFEFFabc", 1, 2, "    1 | abc\n      |  ^\n"},
		{"breaks of Windows", "a\r\nbc\r\n", 2, 2, "    2 | bc\n      |  ^\n"},
		{"other breaks of YAML", "a\rb\u0085c\u2028de", 4, 2, "    4 | de\n      |  ^\n"},
		{"wide characters", "名前: ß x", 1, 5, "    1 | 名前: ß x\n      |       ^\n"},
		{"a combining mark", "e\u0301x", 1, 3, "    1 | e\u0301x\n      |  ^\n"},
		{"tabs", "\ta\tb", 1, 4, "    1 | \ta\tb\n      | \t \t^\n"},
		{"not UTF-8", "a\xffb", 1, 3, "    1 | a\uFFFDb\n      |   ^\n"},
		{"a command to the terminal", "a\x1b[2Jb", 1, 2, "    1 | a\uFFFD[2Jb\n      |  ^\n"},
		{"text in disguise", "a\u202Eb", 1, 3, "    1 | a\uFFFDb\n      |   ^\n"},
		{"a long line, at its start", long, 1, 1, "    1 | " + long[:100] + "…\n      | ^\n"},
		{"a long line, in its middle", long, 1, 251, "    1 | …" + long[200:300] + "…\n      | " + strings.Repeat(" ", 51) + "^\n"},
		{"a long line, at its end", long, 1, 500, "    1 | …" + long[400:] + "\n      | " + strings.Repeat(" ", 100) + "^\n"},
		{"a line that just fits", long[:100], 1, 100, "    1 | " + long[:100] + "\n      | " + strings.Repeat(" ", 99) + "^\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := source.Pos{File: "a.yaml", Line: c.line, Col: c.col}
			got := write(t, "text", check.Result{Files: []check.FileFindings{{Path: "a.yaml", Source: []byte(c.source),
				Findings: []source.Diagnostic{{Rule: "r", Severity: source.Note, At: at, Message: "m"}}}}})
			_, got, _ = strings.Cut(got, "\n")
			got, _, _ = strings.Cut(got, "\n1 note")
			equal(t, got, c.want)
		})
	}
}
