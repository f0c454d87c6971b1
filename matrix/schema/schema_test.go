package schema_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"raci/matrix"
	"raci/matrix/report"
	"raci/matrix/schema"
	"raci/templates"
)

var update = flag.Bool("update", false, "write the manual anew")

func shipped(t testing.TB) *matrix.Catalog {
	t.Helper()
	cat, err := matrix.OpenCatalog(matrix.Layer{Name: "templates", FS: templates.FS})
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

// compile writes a schema and reads it back with a validator, which checks it
// against the metaschema of its draft.
func compile(t testing.TB, s any, err error) *jsonschema.Schema {
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
	c.AssertFormat()
	if err := c.AddResource("urn:test", doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("urn:test")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func manifestSchema(t testing.TB) *jsonschema.Schema {
	s, err := schema.Manifest(shipped(t))
	return compile(t, s, err)
}

// value reads YAML as an editor does: days stay text.
func value(t testing.TB, data []byte) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(untimed(v))
	if err != nil {
		t.Fatal(err)
	}
	v, err = jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func untimed(v any) any {
	switch v := v.(type) {
	case time.Time:
		return v.Format(time.DateOnly)
	case []any:
		for i := range v {
			v[i] = untimed(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = untimed(v[k])
		}
	}
	return v
}

// TestExamples: the manifests of the examples and starters fit the schema, and
// their matrices fit the schema of the JSON format.
func TestExamples(t *testing.T) {
	manifest := manifestSchema(t)
	matrixSchema := compile(t, schema.Matrix(), nil)
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
		man, err := matrix.ParseManifest("manifest.yaml", data)
		if err != nil {
			t.Fatal(err)
		}
		man.Frameworks = append(man.Frameworks[:0], matrix.FrameworkUse{Ref: matrix.Ref{ID: "soc2-tsc-2017/security"}})
		layers := []matrix.Layer{{Name: "templates", FS: templates.FS}}
		for _, o := range man.Overlays {
			layers = append(layers, matrix.Layer{Name: o.ID, FS: os.DirFS(filepath.Join(filepath.Dir(path), o.ID))})
		}
		cat, err := matrix.OpenCatalog(layers...)
		if err != nil {
			t.Fatal(err)
		}
		m, err := matrix.Build(man, cat)
		if err != nil {
			t.Fatal(err)
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
			if _, err := f.Write(&b, report.Content{Matrix: m}); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
	}
	t.Fatal("no JSON format")
	return nil
}

// TestCatalogFiles: every file of the catalog fits the schema of its kind.
func TestCatalogFiles(t *testing.T) {
	s, err := schema.Catalog(shipped(t))
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
	if err := c.AddResource("urn:raci:catalog:v1", doc); err != nil {
		t.Fatal(err)
	}
	n := 0
	for glob, at := range map[string]string{"services/*.yaml": "", "models/*.yaml": "#/$defs/model", "variants/*.yaml": "#/$defs/variant",
		"controls.yaml": "#/$defs/controls", "frameworks/*.yaml": "#/$defs/framework"} {
		compiled, err := c.Compile("urn:raci:catalog:v1" + at)
		if err != nil {
			t.Fatal(err)
		}
		paths, _ := filepath.Glob("../../templates/" + glob)
		for _, path := range paths {
			if strings.HasSuffix(path, "names.yaml") || strings.HasSuffix(path, "retired.yaml") || strings.HasSuffix(path, "not-services.yaml") {
				continue
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if n++; compiled.Validate(value(t, data)) != nil {
				t.Errorf("%s: %v", path, compiled.Validate(value(t, data)))
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d files were found", n)
	}
}

// TestManual keeps the reference equal to the keys, and each example good.
func TestManual(t *testing.T) {
	const file = "../../examples/manifest-reference.md"
	if *update {
		if err := os.WriteFile(file, []byte(schema.Manual()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(data) != schema.Manual() {
		t.Errorf("%s is not current; write it anew with: go test ./matrix/schema -update", file)
	}
	var whole strings.Builder
	for _, k := range schema.Keys(nil) {
		checkExample(t, k, k.Name)
		if k.Name != "catalog" && k.Name != "assign" { // the folder is not there; the example shows one rule alone
			whole.WriteString(k.Example + "\n")
		}
	}
	man := strings.Replace(whole.String(), "  data: Data Platform", "  data: Data Platform\n  grc: Governance\n  platform: Platform\n  msp: {name: Helpers, kind: operator}", 1)
	man = strings.Replace(man, "variant: aurora", "variant: custom-oracle", 1)
	parsed, err := matrix.ParseManifest("m.yaml", []byte(man))
	if err == nil {
		_, err = matrix.Build(parsed, shipped(t))
	}
	if err != nil {
		t.Errorf("the examples of the manual, put together, are no good manifest: %v\n%s", err, man)
	}
	if err := manifestSchema(t).Validate(value(t, []byte(man))); err != nil {
		t.Errorf("the schema refuses them: %v", err)
	}
}

func checkExample(t *testing.T, k schema.Key, path string) {
	var v map[string]any
	if err := yaml.Unmarshal([]byte(k.Example), &v); err != nil || len(v) != 1 || v[k.Name] == nil {
		t.Errorf("%s: the example %q does not show the key: %v", path, k.Example, err)
	}
	if k.Text == "" {
		t.Errorf("%s has no text", path)
	}
	for _, sub := range k.Keys {
		checkExample(t, sub, path+"."+sub.Name)
	}
}
