package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"raci/matrix/catalog"
	"raci/matrix/check"
	"raci/matrix/report"
	"raci/templates"
)

// TestReadme keeps the tables of the README equal to what they list.
func TestReadme(t *testing.T) {
	const file = "../../README.md"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for name, table := range map[string]string{"rules": ruleTable(), "formats": formatTable(), "outputs": outputTable(), "frameworks": frameworkTable(t)} {
		begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->"
		before, rest, ok := strings.Cut(text, begin)
		old, after, ok2 := strings.Cut(rest, end)
		if !ok || !ok2 {
			t.Errorf("the README has no %q or %q", begin, end)
			continue
		}
		if old != table && !*update {
			t.Errorf("the table of %s in the README is not current; rewrite it with: go test ./cmd/raci -update", name)
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
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", r.ID, r.Severity, r.Finds())
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

func outputTable() string {
	var b strings.Builder
	b.WriteString("| format | is |\n| --- | --- |\n")
	for _, o := range check.Outputs {
		fmt.Fprintf(&b, "| `%s` | %s |\n", o.ID, o.Description)
	}
	return b.String()
}

func frameworkTable(t *testing.T) string {
	cat, problems := catalog.Open(catalog.Layer{Name: "templates", FS: templates.FS})
	if problems != nil {
		t.Fatal(problems)
	}
	var b strings.Builder
	b.WriteString("| framework | is | requirements | answered by duties | by the organization alone | baselines |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, id := range cat.FrameworkIDs() {
		f, problems := cat.Framework(id)
		if problems != nil {
			t.Fatal(problems)
		}
		byDuties, alone := 0, 0
		for _, q := range f.Requirements {
			switch {
			case q.Group || q.Withdrawn:
			case len(q.Duties) > 0:
				byDuties++
			default:
				alone++
			}
		}
		fmt.Fprintf(&b, "| `%s` | %s | %d | %d | %d | %s |\n", f.ID, f.Name, byDuties+alone, byDuties, alone, strings.Join(f.Baselines, ", "))
	}
	return b.String()
}

// pathInText matches a path of the repository in a text; one with capitals, such
// as services/ID.yaml, stands for several.
var pathInText = regexp.MustCompile("[`(](?:\\./|\\.\\./)*((?:matrix|cmd|templates|examples|\\.ci|\\.github)/[a-zA-Z0-9_./-]*)[`)]")

// TestPathsInTexts: what the texts for contributors and users name is there.
func TestPathsInTexts(t *testing.T) {
	n := 0
	for _, file := range []string{"README.md", ".github/CONTRIBUTING.md", ".github/CHANGELOG.md", "templates/README.md"} {
		data, err := os.ReadFile("../../" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range pathInText.FindAllStringSubmatch(string(data), -1) {
			path := strings.TrimSuffix(found[1], "/...")
			if strings.ContainsAny(strings.TrimSuffix(path, "README.md"), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
				continue
			}
			n++
			if _, err := os.Stat("../../" + path); err != nil {
				t.Errorf("%s names %s, which is not there", file, path)
			}
		}
	}
	if n < 15 {
		t.Errorf("only %d paths were found", n)
	}
}
