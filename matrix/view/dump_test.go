package view_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"raci/matrix/catalog"
	"raci/matrix/load"
	"raci/matrix/view"
	"raci/templates"
)

var update = flag.Bool("update", false, "write the goldens anew")

// loaded is the report on a manifest.
func loaded(t testing.TB, path string) *view.Report {
	t.Helper()
	l := load.Loader{Shipped: catalog.Layer{Name: "templates", FS: templates.FS}}
	in, problems := l.Load(path)
	if problems != nil {
		t.Fatal(problems)
	}
	return view.New(in.Matrix, in.Findings)
}

// TestDump compares what the report on each example says with testdata. There
// is no golden without an example.
func TestDump(t *testing.T) {
	manifests, err := filepath.Glob("../../examples/*/manifest.yaml")
	if err != nil || len(manifests) == 0 {
		t.Fatal("no examples found", err)
	}
	var names []string
	for _, path := range manifests {
		name := filepath.Join("testdata", filepath.Base(filepath.Dir(path))+".txt")
		names = append(names, name)
		var got bytes.Buffer
		if err := view.Dump(&got, loaded(t, path)); err != nil {
			t.Fatal(err)
		}
		compare(t, name, got.Bytes())
	}
	found, _ := filepath.Glob("testdata/*.txt") // the pattern is valid
	for _, name := range found {
		if !slices.Contains(names, name) {
			t.Errorf("%s belongs to no example", name)
		}
	}
}

func compare(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	g, w := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(g), len(w)) {
		if at := func(l []string) string {
			if i < len(l) {
				return l[i]
			}
			return "(end)"
		}; at(g) != at(w) {
			t.Errorf("%s, line %d\nis   %s\nwant %s\nwrite it anew with: go test ./matrix/view -update", name, i+1, at(g), at(w))
			return
		}
	}
}
