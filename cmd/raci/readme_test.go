package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"raci/matrix/check"
	"raci/matrix/report"
)

// TestReadme keeps the tables of the README equal to what they list.
func TestReadme(t *testing.T) {
	const file = "../../README.md"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for name, table := range map[string]string{"rules": ruleTable(), "formats": formatTable()} {
		begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->"
		before, rest, ok := strings.Cut(text, begin)
		old, after, ok2 := strings.Cut(rest, end)
		if !ok || !ok2 {
			t.Errorf("the README lacks %q or %q", begin, end)
			continue
		}
		if old != table && !*update {
			t.Errorf("the table of %s in the README is not current; write it anew with: go test ./cmd/raci -update", name)
		}
		text = before + begin + table + end + after
	}
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func ruleTable() string {
	var b strings.Builder
	b.WriteString("| rule | severity | finds |\n| --- | --- | --- |\n")
	for _, r := range check.Rules {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", r.ID, r.Severity, r.Title)
	}
	return b.String()
}

func formatTable() string {
	var b strings.Builder
	b.WriteString("| format | file | is |\n| --- | --- | --- |\n")
	for _, f := range report.Formats {
		fmt.Fprintf(&b, "| `%s` | `NAME%s` | %s |\n", f.ID, f.Extension, f.Description)
	}
	return b.String()
}
