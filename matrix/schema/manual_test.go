package schema_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"raci/matrix"
	"raci/matrix/schema"
)

var update = flag.Bool("update", false, "rewrite the manual")

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
		t.Errorf("%s is not current; rewrite it with: go test ./matrix/schema -update", file)
	}
	var whole strings.Builder
	for _, k := range schema.Keys() {
		checkKey(t, k, k.Name)
		if k.Name != "catalog" && k.Name != "assign" { // the folder is not there; the example shows one rule alone
			whole.WriteString(k.Example + "\n")
		}
	}
	man := strings.Replace(whole.String(), "  data: Data Platform", "  data: Data Platform\n  grc: Governance\n  platform: Platform\n  msp: {name: Helpers, kind: operator}", 1)
	man = strings.Replace(man, "variant: aurora", "variant: custom-oracle", 1)
	parsed, problems := matrix.ParseManifest("m.yaml", []byte(man))
	if problems == nil {
		_, problems = matrix.Build(parsed, shipped(t))
	}
	if problems != nil {
		t.Errorf("the examples of the manual, put together, are not a valid manifest: %v\n%s", problems, man)
	}
	if err := manifestSchema(t).Validate(value(t, []byte(man))); err != nil {
		t.Errorf("the schema refuses them: %v", err)
	}
}

// checkKey: a key is explained, and one that may be missing says what holds
// without it.
func checkKey(t *testing.T, k schema.Key, path string) {
	var v map[string]any
	if err := yaml.Unmarshal([]byte(k.Example), &v); err != nil || len(v) != 1 || v[k.Name] == nil {
		t.Errorf("%s: the example %q does not show the key: %v", path, k.Example, err)
	}
	if k.Text == "" || k.Shape.Words == "" {
		t.Errorf("%s has no text or no type", path)
	}
	if (k.Default != "" || k.Without != "") == k.Required || k.Default != "" && k.Without != "" {
		t.Errorf("%s: required %t, default %q, without it %q", path, k.Required, k.Default, k.Without)
	}
	for _, sub := range k.Shape.Keys {
		checkKey(t, sub, path+"."+sub.Name)
	}
}
