package schema_test

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/check"
	"raci/matrix/report"
	"raci/matrix/schema"
	"raci/matrix/source"
	"raci/matrix/view"
	"raci/templates"
)

func shipped(t testing.TB) *catalog.Catalog {
	t.Helper()
	cat, problems := catalog.Open(catalog.Layer{Name: "templates", FS: templates.FS})
	if problems != nil {
		t.Fatal(problems)
	}
	return cat
}

// compile writes a schema and reads it back with a validator, which checks it
// against the metaschema of its draft. At says where in the schema, as #/$defs/x.
func compile(t testing.TB, at string, s any, err error) *jsonschema.Schema {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := schema.Write(&b, s); err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(&b)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("urn:test", doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("urn:test" + at)
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// manifestSchema is compiled once.
func manifestSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	compileManifest.Do(func() {
		s, err := schema.Manifest(shipped(t))
		compiledManifest = compile(t, "", s, err)
	})
	return compiledManifest
}

var (
	compileManifest  sync.Once
	compiledManifest *jsonschema.Schema
)

// value reads YAML as an editor does.
func value(t testing.TB, data []byte) any {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		t.Fatal(err)
	}
	v, ok := plain(&root)
	if !ok {
		t.Fatalf("not expressible in JSON: %s", data)
	}
	return v
}

// plain returns a value of YAML as one of JSON: days stay text, and so do keys
// that are numbers. It is false where JSON has no such value.
func plain(n *yaml.Node) (any, bool) {
	switch n.Kind {
	case yaml.DocumentNode:
		return plain(n.Content[0])
	case yaml.AliasNode:
		return plain(n.Alias)
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			v, ok := plain(item)
			if !ok {
				return nil, false
			}
			list = append(list, v)
		}
		return list, true
	case yaml.MappingNode:
		return plainMap(n)
	}
	switch n.ShortTag() {
	case "!!null":
		return nil, true
	case "!!bool", "!!int":
		var v any
		err := n.Decode(&v)
		return v, err == nil
	case "!!float":
		v := 0.0
		err := n.Decode(&v)
		return v, err == nil && v-v == 0 // JSON has no infinity
	}
	return n.Value, true
}

// plainMap takes in what merge keys name, as editors do before they ask the schema.
func plainMap(n *yaml.Node) (any, bool) {
	pairs, merged := map[string]any{}, map[string]any{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		v, ok := plain(n.Content[i+1])
		if !ok || key.Kind != yaml.ScalarNode {
			return nil, false
		}
		if key.ShortTag() != "!!merge" {
			if _, twice := pairs[key.Value]; twice {
				return nil, false
			}
			pairs[key.Value] = v
			continue
		}
		sources, isList := v.([]any)
		if !isList {
			sources = []any{v}
		}
		for _, s := range sources {
			from, ok := s.(map[string]any)
			if !ok {
				return nil, false
			}
			for name, value := range from {
				if _, known := merged[name]; !known {
					merged[name] = value
				}
			}
		}
	}
	for name, value := range merged {
		if _, own := pairs[name]; !own {
			pairs[name] = value
		}
	}
	return pairs, true
}

// TestExamples: the manifests of the examples and starters fit the schema, and
// their matrices fit the schema of the JSON format.
func TestExamples(t *testing.T) {
	manifest := manifestSchema(t)
	matrixSchema := compile(t, "", schema.Matrix(), nil)
	paths, err := filepath.Glob("../../examples/*/manifest.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatal("no examples found")
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := manifest.Validate(value(t, data)); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		man, problems := matrix.ParseManifest("manifest.yaml", data)
		if problems != nil {
			t.Fatal(problems)
		}
		man.Frameworks = append(man.Frameworks[:0], catalog.FrameworkUse{Ref: source.Ref{ID: "soc2-tsc-2017/security"}})
		layers := []catalog.Layer{{Name: "templates", FS: templates.FS}}
		for _, o := range man.Overlays {
			layers = append(layers, catalog.Layer{Name: o.ID, FS: os.DirFS(filepath.Join(filepath.Dir(path), o.ID))})
		}
		cat, problems := catalog.Open(layers...)
		if problems != nil {
			t.Fatal(problems)
		}
		m, problems := matrix.Build(man, cat)
		if problems != nil {
			t.Fatal(problems)
		}
		if err := matrixSchema.Validate(value(t, writeJSON(t, m))); err != nil {
			t.Errorf("the matrix of %s: %v", path, err)
		}
	}
}

func writeJSON(t *testing.T, m *matrix.Matrix) []byte {
	for _, f := range report.Formats {
		if f.ID == "json" {
			var b bytes.Buffer
			r := view.New(m, check.Run(m))
			r.Edited = true
			if _, err := f.Write(&b, r); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
	}
	t.Fatal("no JSON format")
	return nil
}

// TestSize: an editor reads the schema whenever it opens a manifest.
func TestSize(t *testing.T) {
	s, err := schema.Manifest(shipped(t))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := schema.Write(&b, s); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 270_000 {
		t.Errorf("the schema of the manifest has %d bytes", b.Len())
	}
}
