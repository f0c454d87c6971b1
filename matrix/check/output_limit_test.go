package check_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/check"
	"raci/matrix/source"
)

// many is a report of ten thousand findings at as many places.
func many() check.Result {
	const n = 10_000
	f := check.FileFindings{Path: "big.yaml", Rows: n, Gaps: n, Source: []byte(strings.Repeat("  - use: rds # 日本\n", n))}
	for i := range n {
		f.Findings = append(f.Findings, source.Diagnostic{
			Rule: "no-accountable", Severity: source.Error, At: source.Pos{File: "big.yaml", Line: i + 1, Col: 5},
			Row: fmt.Sprintf("db-%d/patch", i), Message: `nobody is accountable for "Patch"`, Hint: "name accountable under defaults",
		})
	}
	return check.Result{Version: "1.2.3", Files: []check.FileFindings{f}}
}

// TestManyFindings: an output has them all, or says how many it leaves out.
func TestManyFindings(t *testing.T) {
	leftOut := map[string]string{"sarif": "5001 more findings are not in this file", "junit": "... and 9500 more findings"}
	r := many()
	for _, o := range check.Outputs {
		got := write(t, o.ID, r)
		want := "db-9999/patch"
		if said, ok := leftOut[o.ID]; ok {
			want = said
		}
		if n := strings.Count(got, want); n == 0 {
			t.Errorf("%s does not have %q", o.ID, want)
		}
		if got != write(t, o.ID, r) {
			t.Errorf("%s differs between two runs", o.ID)
		}
	}
	for i := range r.Files[0].Findings {
		r.Files[0].Findings[i].At.Line = 1
	}
	if got := write(t, "text", r); strings.Count(got, "\n") > 15 || !strings.Contains(got, "\n  ... and 9995 more rows\n") {
		t.Errorf("ten thousand findings at one place are not readable:\n%.2000s", got)
	}
	_, results := readSARIF(t, r)
	if len(results) != 1 || results[0].OccurrenceCount != 10_000 || !strings.Contains(results[0].Message.Text, "in 10000 rows: db-0/patch; ") ||
		!strings.Contains(results[0].Message.Text, "... and 9995 more rows.") || len(results[0].Locations[0].LogicalLocations) != 100 {
		t.Errorf("ten thousand findings at one place are not one result that says so: %d results, %.1000q", len(results), results[0].Message.Text)
	}
}

// TestSARIFLimit has 12,000 findings of three severities, and waived ones, which
// are no results: the worst are kept, and one result counts the others by rule.
func TestSARIFLimit(t *testing.T) {
	severities := []source.Severity{source.Note, source.Warning, source.Error}
	f := check.FileFindings{Path: "big.yaml"}
	for i := range 12_000 {
		s := severities[i%10/4]
		if i%10 > 7 && i > 3000 {
			s = source.Note
		} // 6,600 notes, 4,800 warnings, 600 errors
		x := source.Diagnostic{Rule: "rule-" + string(s), Severity: s, At: source.Pos{File: "big.yaml", Line: i + 1, Col: 1}, Message: fmt.Sprint("finding of line ", i+1)}
		f.Findings = append(f.Findings, x)
		f.Accepted = append(f.Accepted, matrix.Accepted{Diagnostic: x, Reason: "Known."})
	}
	r := check.Result{Files: []check.FileFindings{f, {Path: "broken.yaml", Errors: source.Diagnostics{{At: source.Pos{File: "broken.yaml"}, Message: "broken"}}}}}
	out := write(t, "sarif", r)
	validSARIF(t, out)
	_, results := readSARIF(t, r)
	if len(results) != 5000 {
		t.Fatalf("%d results, want 5000", len(results))
	}
	counts := map[string]int{}
	for _, result := range results {
		counts[result.RuleID]++
	}
	if counts["bad-input"] != 1 || counts["rule-error"] != 600 || counts["rule-warning"] != 5000-1-600-1 || counts["rule-note"] != 0 {
		t.Errorf("the worst are not kept: %v", counts)
	}
	last := results[len(results)-1]
	if last.RuleID != "findings-left-out" || last.Level != "warning" {
		t.Errorf("the last result is %s, %s", last.RuleID, last.Level)
	}
	equal(t, last.Message.Text[:strings.Index(last.Message.Text, " To fix it: ")], "7002 more findings are not in this file, which has the worst 5000 results "+
		"(402 of rule-warning, warning; 6600 of rule-note, note).")
	if n := len(out); n > 10<<20 {
		t.Errorf("%d bytes, before they are compressed", n)
	}
}

// TestSharedOverlay: what two manifests say of one file of an overlay is one result.
func TestSharedOverlay(t *testing.T) {
	at := source.Pos{File: "ours/services/till.yaml", Line: 3, Col: 3}
	x := source.Diagnostic{Rule: "empty-half", Severity: source.Error, At: at, Row: "till/back-up-data", Message: "no text"}
	y := x
	y.Row = "desk/back-up-data"
	problem := source.Diagnostic{At: source.Pos{File: "ours/controls.yaml", Line: 1, Col: 1}, Message: "the file is empty"}
	r := check.Result{Files: []check.FileFindings{
		{Path: "a.yaml", Findings: []source.Diagnostic{x}}, {Path: "b.yaml", Findings: []source.Diagnostic{x, y}},
		{Path: "c.yaml", Errors: source.Diagnostics{problem}}, {Path: "d.yaml", Errors: source.Diagnostics{problem}},
	}}
	_, results := readSARIF(t, r)
	if len(results) != 2 || results[1].OccurrenceCount != 2 {
		t.Errorf("got %d results, want one error and one of two rows: %+v", len(results), results)
	}
	if got := write(t, "github", r); strings.Count(got, "the file is empty") != 1 {
		t.Errorf("one error is annotated twice:\n%s", got)
	}
}

// TestJUnitGathers has several findings of one rule: one failure has all, those
// at one place in a group.
func TestJUnitGathers(t *testing.T) {
	useRules(t)
	got := write(t, "junit", check.Result{Files: []check.FileFindings{{Path: "pay.yaml", Findings: gaps(60)}}})
	validJUnit(t, got)
	for want, n := range map[string]int{
		"<failure": 2, "nobody is accountable for ": 5, "help: name accountable under defaults": 1,
		"pay.yaml:2:1: error: a row without an accountable party, in 60 rows\n  row: db/duty-00: ": 1, "  ... and 55 more rows": 1,
		`<failure message="a row without an accountable party: 60 findings" type="error">`: 1,
		`tests="4" failures="2"`: 2,
	} {
		if strings.Count(got, want) != n {
			t.Errorf("%q is not there %d times:\n%s", want, n, got)
		}
	}
}

// TestJUnitNames: GitLab shows one of two test cases with equal names, and Jenkins
// takes what stands before a dot for a package.
func TestJUnitNames(t *testing.T) {
	var files []check.FileFindings
	for _, path := range []string{"v1.2/shop.yaml", "v1.2/shop.yml", "shop", "shop.yaml", "shop.json", "a.b.yaml", "a_b.yaml", "a·b.yaml", "a%B7b.yaml",
		"c.yml", "c_yml.yaml", "c.yml.yaml", "shop.yaml", "shop.yaml (2)", "shop.yaml", "x\x01.yaml", "x\x02.yaml", "raci check"} {
		files = append(files, check.FileFindings{Path: path})
	}
	files = append(files, check.FileFindings{Path: "c.yml", Errors: source.Diagnostics{{Message: "bad"}}})
	got := write(t, "junit", check.Result{Files: files, Errors: source.Diagnostics{{Message: "worse"}}})
	for _, want := range []string{`classname="v1·2/shop·yaml"`, `classname="shop·yaml"`, `classname="shop"`, `name="shop.yaml (2)"`, `name="c.yml (2)"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, attribute := range []string{"<testsuite name=", "<testcase classname="} {
		names := map[string]bool{}
		for _, m := range regexp.MustCompile(attribute+`"([^"]*)"`).FindAllStringSubmatch(got, -1) {
			names[m[1]] = true
			if attribute == "<testcase classname=" && strings.Contains(m[1], ".") {
				t.Errorf("the class %q has a package", m[1])
			}
		}
		if len(names) != len(files)+1 {
			t.Errorf("%d different names in %s for %d suites", len(names), attribute, len(files)+1)
		}
	}
}

// TestOneLongLine has a manifest in JSON: all findings are in one line.
func TestOneLongLine(t *testing.T) {
	r := many()
	r.Files[0].Source = bytes.ReplaceAll(r.Files[0].Source, []byte("\n"), nil)
	for i := range r.Files[0].Findings {
		r.Files[0].Findings[i].At = source.Pos{File: "big.yaml", Line: 1, Col: 17*i + 5}
	}
	got := write(t, "text", r)
	if n := strings.Count(got, "^"); n != 10_000 {
		t.Errorf("%d carets", n)
	}
	if n := len(got); n > 10_000*1000 {
		t.Errorf("%d bytes: the line is quoted at full length", n)
	}
	validSARIF(t, write(t, "sarif", r))
}
