package oscal_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/load"
	"raci/matrix/oscal"
	"raci/matrix/view"
	"raci/templates"
)

// versions are those under which the documents must be valid: the one that they
// name, and the last one that well-known readers know.
var versions = []string{oscal.Version, "1.2.1"}

// schemas compiles NIST's schemas. They check the version as a text alone, so one
// document can be held against all of them.
func schemas(t *testing.T) []*jsonschema.Schema {
	t.Helper()
	var list []*jsonschema.Schema
	for _, v := range versions {
		f, err := os.Open("testdata/oscal_complete_schema_" + v + ".json.gz")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		unpacked, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(unpacked)
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		referByPath(doc.(map[string]any))
		if err := c.AddResource("urn:"+v, doc); err != nil {
			t.Fatal(err)
		}
		s, err := c.Compile("urn:" + v)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	return list
}

// referByPath makes references lead to the paths of definitions. NIST's lead to
// their $id, some of which stand beside a $ref, where draft 7 ignores them.
func referByPath(schema map[string]any) {
	paths := map[string]any{}
	for name, d := range schema["definitions"].(map[string]any) {
		if id, ok := d.(map[string]any)["$id"].(string); ok {
			paths[id] = "#/definitions/" + name
			delete(d.(map[string]any), "$id")
		}
	}
	var follow func(v any)
	follow = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if to, ok := v["$ref"].(string); ok && paths[to] != nil {
				v["$ref"] = paths[to]
			}
			for _, value := range v {
				follow(value)
			}
		case []any:
			for _, value := range v {
				follow(value)
			}
		}
	}
	follow(schema)
}

// writer writes one of the documents.
type writer func(io.Writer, *view.Report) ([]string, error)

func written(t *testing.T, m *matrix.Matrix, write writer) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := write(&b, view.New(m, matrix.Findings{})); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func validate(t *testing.T, list []*jsonschema.Schema, m *matrix.Matrix, writers ...writer) {
	t.Helper()
	for _, write := range writers {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(written(t, m, write)))
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range list {
			if err := s.Validate(v); err != nil {
				t.Errorf("under %s: %v", versions[i], err)
			}
		}
	}
}

var loader = &load.Loader{Shipped: catalog.Layer{Name: "templates", FS: templates.FS}}

func draft(t *testing.T, frameworks string) *matrix.Matrix {
	t.Helper()
	in, problems := loader.Draft(fmt.Appendf(nil, systemOf, frameworks))
	if problems != nil {
		t.Fatal(problems)
	}
	return in.Matrix
}

// TestSchemas: what is written for the examples, the starters and every
// framework with each of its baselines is valid in every version.
func TestSchemas(t *testing.T) {
	list := schemas(t)
	paths, _ := filepath.Glob("../../examples/*/manifest.yaml")
	starters, _ := filepath.Glob("../../templates/starters/*.yaml")
	if len(paths) == 0 || len(starters) == 0 {
		t.Fatal("no manifests found")
	}
	for _, path := range append(paths, starters...) {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			in, problems := loader.Load(path)
			if problems != nil {
				t.Fatal(problems)
			}
			if len(in.Matrix.Frameworks) == 0 {
				return // OSCAL is about those of a framework
			}
			validate(t, list, in.Matrix, oscal.WritePlan, oscal.WriteComponents)
		})
	}
	cat, problems := catalog.Open(loader.Shipped)
	if problems != nil {
		t.Fatal(problems)
	}
	selections := slices.Clone(cat.FrameworkIDs())
	for _, id := range cat.FrameworkIDs() {
		f, problems := cat.Framework(id)
		if problems != nil {
			t.Fatal(problems)
		}
		for _, b := range f.Baselines {
			selections = append(selections, id+"/"+b)
		}
	}
	for _, s := range selections {
		t.Run(s, func(t *testing.T) {
			t.Parallel()
			validate(t, list, draft(t, s), oscal.WritePlan)
		})
	}
	t.Run("all", func(t *testing.T) {
		t.Parallel()
		validate(t, list, draft(t, strings.Join(cat.FrameworkIDs(), ", ")), oscal.WriteComponents)
	})
}

// systemOf has an operator, a gap, names with odd characters, no date, and what
// a selection of controls needs.
const systemOf = `version: 1
organization: "Ünïcode *Corp* <1>"
system: "Records {{ x }}"
frameworks: [%s]
parties:
  cto: {name: Chief Technology Officer, contact: cto@example.com}
  ops: {name: Operations, contact: "room 12"}
  msp: {name: Harbour, kind: operator}
defaults: {responsible: ops}
services:
  - {use: s3, owner: ops}
  - {use: rds, name: "db & co", owner: ops, tags: ["a|b"]}
assign:
  - {service: s3, accountable: cto, informed: [ops], consulted: [msp], process: {title: "Run *book*", url: "https://wiki.example/a?b=ü"}, evidence: [the "record"]}
overrides:
  - {entry: "db & co", duty: patch-guest-os, sides: {msp: Patches the guests.}, reason: Outsourced.}
`

// TestSchemasRefuse: the schemas are at work, and a plan without users is valid in
// later versions alone.
func TestSchemasRefuse(t *testing.T) {
	plan := string(written(t, draft(t, "soc2/security"), oscal.WritePlan))
	list := schemas(t)
	for old, refused := range map[string]bool{`"users":`: true, `"role-id":`: true, `"state":`: true, `"users": [`: false} {
		changed := strings.Replace(plan, old, `"x":`, 1)
		if !refused { // the whole member goes
			start := strings.Index(plan, old)
			changed = plan[:start] + plan[start+strings.Index(plan[start:], `"components"`):]
		}
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(changed))
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range list {
			if got := s.Validate(v) != nil; got != (refused || versions[i] == oscal.Version) {
				t.Errorf("%s without %s: refused is %t", versions[i], old, got)
			}
		}
	}
}
