package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestSARIFCounts reads the messages out of the source: whatever number one of them
// formats, the fingerprint does not depend on it.
func TestSARIFCounts(t *testing.T) {
	constant := map[string]bool{"%q is not a whole number from %d to %d": true} // always the same numbers
	looked := 0
	for _, pattern := range []string{"../*.go", "*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if base := filepath.Base(file); strings.HasSuffix(base, "_test.go") || strings.HasPrefix(base, "output") {
				continue
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				literal, ok := n.(*ast.BasicLit)
				if !ok || literal.Kind != token.STRING || !strings.Contains(literal.Value, "%d") {
					return true
				}
				format, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				message := func(number string) string {
					return withoutCounts(strings.NewReplacer("%d", number, "%s", "x", "%q", `"x"`).Replace(format))
				}
				looked++
				if a, b := message("7"), message("12"); a != b && !constant[format] {
					t.Errorf("%s: the fingerprint depends on a number:\n%s\n%s", file, a, b)
				}
				return true
			})
		}
	}
	if looked < 15 {
		t.Errorf("only %d messages with a number were found", looked)
	}
	for _, pair := range [][2]string{
		{"nobody owns 12", "nobody owns 13"}, {"13 repeats 12", "14 repeats 12"}, {"12 holds 3 of 7 As", "13 holds 3 of 7 As"},
		{"no row answers pci 1 (x)", "no row answers pci 2 (x)"}, {"no entry runs in the environment 1", "no entry runs in the environment 2"},
		{"nobody is accountable for 1 and 3 more of PCI as a whole", "nobody is accountable for 2 and 3 more of PCI as a whole"},
	} {
		if withoutCounts(pair[0]) == withoutCounts(pair[1]) {
			t.Errorf("%q and %q are one", pair[0], pair[1])
		}
	}
}
