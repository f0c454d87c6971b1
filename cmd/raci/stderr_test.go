package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

// TestStandardError: nothing is written to standard error but by say and prompt, which
// see to it that no line deceives.
func TestStandardError(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, e := range entries {
		name := e.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			ast.Inspect(f.Body, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || len(call.Args) == 0 {
					return true
				}
				to, ok := call.Args[0].(*ast.SelectorExpr)
				name, _ := call.Fun.(*ast.SelectorExpr)
				if !ok || to.Sel.Name != "err" || name == nil || !strings.HasPrefix(name.Sel.Name, "Fprint") && name.Sel.Name != "WriteString" {
					return true
				}
				found++
				if f.Name.Name != "prompt" {
					t.Errorf("%s writes to standard error: use say", f.Name.Name)
				}
				return true
			})
		}
	}
	if found != 1 {
		t.Errorf("%d writes to standard error were found, want that of prompt", found)
	}
}
