package matrix_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// mayImport says which of our packages each package may import.
var mayImport = map[string][]string{
	"templates":      nil,
	"examples":       nil,
	"matrix/source":  nil,
	"matrix/picture": nil,
	"matrix/publish": nil,
	"matrix/catalog": {"raci/matrix/source"},
	"matrix":         {"raci/matrix/source", "raci/matrix/catalog"},
	"matrix/check":   {"raci/matrix/source", "raci/matrix/catalog", "raci/matrix"},
	"matrix/view":    {"raci/matrix/source", "raci/matrix/catalog", "raci/matrix"},
	"matrix/xlsx":    {"raci/matrix/source", "raci/matrix/catalog", "raci/matrix", "raci/matrix/view", "raci/matrix/picture"},
	"matrix/pdf":     {"raci/matrix/source", "raci/matrix/catalog", "raci/matrix", "raci/matrix/view", "raci/matrix/picture"},
	"matrix/oscal":   {"raci/matrix/source", "raci/matrix/catalog", "raci/matrix", "raci/matrix/view"},
	"matrix/report":  {"raci/matrix/source", "raci/matrix/catalog", "raci/matrix", "raci/matrix/view", "raci/matrix/oscal", "raci/matrix/xlsx", "raci/matrix/pdf"},
	"matrix/load":    {"raci/matrix/source", "raci/matrix/catalog", "raci/matrix", "raci/matrix/check", "raci/matrix/report", "raci/matrix/picture"},
	"matrix/draft":   {"raci/matrix/source", "raci/matrix/catalog", "raci/matrix"},
	"matrix/schema":  {"raci/matrix/source", "raci/matrix/catalog", "raci/matrix", "raci/matrix/check", "raci/matrix/report"},
	"cmd/raci": {"raci/matrix/source", "raci/matrix/catalog", "raci/matrix", "raci/matrix/check", "raci/matrix/report", "raci/matrix/load",
		"raci/matrix/view", "raci/matrix/publish", "raci/matrix/draft", "raci/matrix/schema", "raci/templates"},
}

// onlyIn names the packages that may import a library.
var onlyIn = map[string]string{
	"github.com/xuri/excelize/v2":     "matrix/xlsx",
	"github.com/jung-kurt/gofpdf":     "matrix/pdf",
	"github.com/spf13/cobra":          "cmd/raci",
	"gopkg.in/yaml.v3":                "matrix/source matrix/catalog matrix matrix/schema",
	"golang.org/x/image/font/gofont/": "matrix/pdf",
}

// never are calls that the packages under matrix do without: what they write
// depends on their input alone, and they return their errors.
var never = map[string]bool{"time.Now": true, "os.Exit": true, "os.Getenv": true, "rand.Int": true, "log.Fatal": true, "debug.ReadBuildInfo": true}

// TestImports keeps the arrows between packages, and the clock out of them.
func TestImports(t *testing.T) {
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		src, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, src, 0)
		if err != nil {
			return err
		}
		dir := path.Dir(name)
		allowed, known := mayImport[dir]
		if !known {
			t.Errorf("%s: the package %s is not in the list of who may import whom", name, dir)
		}
		for _, spec := range file.Imports {
			checkImport(t, name, dir, strings.Trim(spec.Path.Value, `"`), allowed)
		}
		if strings.HasPrefix(dir, "matrix") {
			checkCalls(t, name, file)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkImport(t *testing.T, name, dir, imported string, allowed []string) {
	if strings.HasPrefix(imported, "raci/") {
		for _, a := range allowed {
			if a == imported {
				return
			}
		}
		t.Errorf("%s imports %s", name, imported)
	}
	for library, home := range onlyIn {
		if strings.HasPrefix(imported, library) && !slices.Contains(strings.Fields(home), dir) {
			t.Errorf("%s imports %s, which only %s may", name, imported, home)
		}
	}
}

func checkCalls(t *testing.T, name string, file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if pkg, ok := sel.X.(*ast.Ident); ok && never[pkg.Name+"."+sel.Sel.Name] {
				t.Errorf("%s uses %s.%s", name, pkg.Name, sel.Sel.Name)
			}
		}
		return true
	})
}

// TestTopLevel keeps the visible top level to what was agreed. What git does
// not track, such as the reports that the README's first command writes there,
// is not part of the project.
func TestTopLevel(t *testing.T) {
	tracked, err := exec.Command("git", "-C", "..", "ls-files").Output()
	if err != nil || len(tracked) == 0 {
		t.Skipf("needs git and a clone of the repository: git ls-files: %v", err)
	}
	var got []string
	for name := range strings.Lines(string(tracked)) {
		top, _, _ := strings.Cut(strings.TrimSpace(name), "/")
		if !strings.HasPrefix(top, ".") && !slices.Contains(got, top) {
			got = append(got, top)
		}
	}
	want := "README.md cmd examples go.mod go.sum matrix templates"
	if strings.Join(got, " ") != want {
		t.Errorf("the top level holds %s, want %s", strings.Join(got, " "), want)
	}
}
