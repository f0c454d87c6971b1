package check_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"raci/matrix/check"
	"raci/matrix/source"
)

// TestRegions marks the beginning of a word by <, which is not in the line, and
// its end by >.
func TestRegions(t *testing.T) {
	for _, marked := range []string{
		"  - <use>: rds",
		"  - use: <rds>",
		"  - use: <rds> # the database",
		"parties: {<platform>: Platform Engineering, cto: Chief}",
		"parties: {platform: <Platform Engineering>, cto: Chief}",
		"parties: {cto: <Chief>}",
		"parties: <{platform: \"}\", cto: 'it''s ]'}> # two",
		"services: [<{use: s3, owner: nobody}>, {us: rds}]",
		"services: [{use: s3, owner: nobody}, {<us>: rds}]",
		`name: <"a \" b">, c`,
		`name: <'it''s'> x`,
		`{"use":<"s3">,"owner":"x"}`,
		`{<"use">:"s3"}`,
		"name: <Patch, log: and more>", // in no brackets, a comma is text... and so is a colon before a blank no more
		"url: <https://example.com/a#b>",
		"name: <日本 db>",
		"owner: <&own> data",
		"owner: <*own>",
		"a: [x, <*own>, y]",
		"<->  - a: b",
		"text: <|>",
		"text: <|->  ",
		"list: <[>a,",
		"name: <\"not closed>",
		"<>",
		"key:<>",
		"key: [a, b]: <c d>",
		"\tname: <x>\t",
	} {
		before, rest, _ := strings.Cut(marked, "<")
		word, after, _ := strings.Cut(rest, ">")
		if strings.HasPrefix(word, "Patch, log") {
			word, after = "Patch, log", ": and more"
		}
		start := utf8.RuneCountInString(before) + 1
		end := start + utf8.RuneCountInString(word)
		if got := endOf(t, before+word+after, start); got != end {
			t.Errorf("%s: from column %d it ends before %d, want %d", marked, start, got, end)
		}
	}
}

func TestRegionsWithoutText(t *testing.T) {
	long := `{"x": "` + strings.Repeat("y", 200_000) + `"}`
	for _, c := range []struct {
		text   string
		column int
		want   int
	}{{"", 4, 5}, {"abc", 9, 10}, {long, 7, 8}} {
		if got := endOf(t, c.text, c.column); got != c.want {
			t.Errorf("column %d of %.10q ends before %d, want %d", c.column, c.text, got, c.want)
		}
	}
	// Far from its brackets, and longer than is looked at.
	far := "[" + strings.Repeat("a, ", 1000)
	if got := endOf(t, far+"word, x]", len(far)+1); got <= len(far)+1 {
		t.Errorf("it ends before %d", got)
	}
	if got, want := endOf(t, strings.Repeat("日", 1000), 1), 334; got != want {
		t.Errorf("it ends before %d, want %d", got, want)
	}
}

// endOf returns where the region ends that begins at a column of a line.
func endOf(t *testing.T, line string, column int) int {
	t.Helper()
	_, results := readSARIF(t, check.Result{Files: []check.FileFindings{{Path: "a.yaml", Source: []byte(line + "\n"),
		Findings: []source.Diagnostic{{Rule: "r", Severity: source.Note, At: source.Pos{File: "a.yaml", Line: 1, Col: column}, Message: "m"}}}}})
	region := results[0].Locations[0].PhysicalLocation.Region
	if region.StartLine != 1 || region.EndLine != 1 || region.StartColumn != column {
		t.Errorf("the region is %+v", *region)
	}
	return region.EndColumn
}
