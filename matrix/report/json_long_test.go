package report_test

import (
	"strings"
	"testing"

	"raci/matrix/report"
)

// TestLongText: a text without an end ends at the limit, not in memory.
func TestLongText(t *testing.T) {
	const head = `{"schema":"raci/matrix/v2","organization":"`
	long := head + strings.Repeat("x", 3<<20) + `"}`
	if _, problems := report.ReadJSON("m.json", strings.NewReader(long)); !strings.Contains(problems.String(), "m.json:1:43: not valid JSON: text is longer than 1024 KiB; build the matrix again") {
		t.Error(problems)
	}
	if _, problems := report.ReadJSON("m.json", strings.NewReader(head+strings.Repeat("x", 1<<20)+`"}`)); strings.Contains(problems.String(), "is longer") {
		t.Error(problems)
	}
}
