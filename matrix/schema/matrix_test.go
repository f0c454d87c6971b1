package schema_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/report"
	"raci/matrix/schema"
	"raci/templates"
)

// archived builds the matrix of a manifest in an archive, which holds its
// overlays as well.
func archived(t *testing.T, path string) *matrix.Matrix {
	t.Helper()
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files, err := txtar.FS(a)
	if err != nil {
		t.Fatal(err)
	}
	man, problems := matrix.ParseManifest(a.Files[0].Name, a.Files[0].Data)
	layers := []catalog.Layer{{Name: "templates", FS: templates.FS}}
	for _, o := range man.Overlays {
		overlay, err := fs.Sub(files, filepath.Clean(o.ID))
		if err != nil {
			t.Fatal(err)
		}
		layers = append(layers, catalog.Layer{Name: o.ID, FS: overlay})
	}
	cat, more := catalog.Open(layers...)
	if problems = append(problems, more...); problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		t.Fatal(problems)
	}
	return m
}

// TestMatrixOfEverything: the matrices of manifests that say all that one can
// say fit the schema.
func TestMatrixOfEverything(t *testing.T) {
	archives, err := filepath.Glob("../load/testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no manifests found")
	}
	matrixSchema := compile(t, "", schema.Matrix(), nil)
	for _, path := range archives {
		if err := matrixSchema.Validate(value(t, writeJSON(t, archived(t, path)))); err != nil {
			t.Errorf("the matrix of %s: %v", path, err)
		}
	}
}

// TestMatrixRefused: what the schema of a matrix refuses, raci refuses as well.
func TestMatrixRefused(t *testing.T) {
	m := archived(t, "../load/testdata/everything.txtar")
	m.Rows, m.OrganizationRows, m.Frameworks = m.Rows[40:42], m.OrganizationRows[:1], m.Frameworks[:1]
	m.Frameworks[0].Requirements = m.Frameworks[0].Requirements[:2]
	for i := range m.Rows {
		m.Rows[i].Requirements = nil
	}
	m.OrganizationRows[0].Requirements = nil
	matrixSchema := compile(t, "", schema.Matrix(), nil)
	var doc any
	if err := json.Unmarshal(writeJSON(t, m), &doc); err != nil {
		t.Fatal(err)
	}
	refused, all := 0, 0
	try := func(what string) {
		data, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		all++
		if matrixSchema.Validate(doc) == nil {
			return
		}
		refused++
		if stored, _ := report.ReadJSON("m.json", bytes.NewReader(data)); stored != nil && !derived(what) {
			t.Errorf("the schema alone refuses %s", what)
		}
	}
	if try("what raci wrote"); refused > 0 {
		t.Fatal("the schema refuses what raci wrote")
	}
	eachChange(doc, "", try)
	if refused < all/2 {
		t.Errorf("only %d of %d changes are refused", refused, all)
	}
}

// derived are the members that reading passes over.
func derived(what string) bool {
	for _, key := range strings.Fields("findings accepted_findings ownership inheritance offers row_accountable rows responsible accountable aws customer process evidence") {
		if strings.HasPrefix(what, "/findings/") || strings.HasPrefix(what, "/accepted_findings/") ||
			strings.HasPrefix(what, "/frameworks/requirements/") && strings.Contains(what, "/"+key) {
			return true
		}
	}
	return what == "/findings=" || what == "/accepted_findings="
}

// eachChange removes each member of objects, adds one to each, and gives each
// value another type, one at a time, and calls try.
func eachChange(v any, path string, try func(what string)) {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			old := v[key]
			delete(v, key)
			try(path + "/" + key + "-")
			for _, other := range []any{nil, 1.5, "?", []any{}, map[string]any{}, true} {
				v[key] = other
				try(path + "/" + key + "=")
			}
			v[key] = old
			eachChange(old, path+"/"+key, try)
		}
		v["extra"] = []any{}
		try(path + "/extra+")
		delete(v, "extra")
	case []any:
		if len(v) > 0 {
			old := v[0]
			for _, other := range []any{nil, 1.5, "?", []any{}, map[string]any{}, true} {
				v[0] = other
				try(path + "=")
			}
			v[0] = old
			eachChange(old, path, try)
		}
	}
}
