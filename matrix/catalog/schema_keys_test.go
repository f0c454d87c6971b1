package catalog_test

import (
	"encoding/json"
	"strings"
	"testing"

	"raci/matrix/schema"
)

// keysOfSchema are the keys of all kinds of files, from their schema.
func keysOfSchema(t *testing.T) map[string]bool {
	t.Helper()
	s, err := schema.Catalog(openBelow(t, "", ""))
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var root map[string]any
	if err := json.Unmarshal(data, &root); err != nil {
		t.Fatal(err)
	}
	defs, _ := root["$defs"].(map[string]any)
	keys := map[string]bool{}
	schemaKeys(root, defs, "service.", keys)
	for _, kind := range []string{"model", "variant", "controls", "questions", "programs", "framework", "version"} {
		schemaKeys(defs[kind].(map[string]any), defs, kind+".", keys)
	}
	if len(keys) < 100 {
		t.Fatalf("only %d keys were found", len(keys))
	}
	return keys
}

func schemaKeys(s, defs map[string]any, prefix string, keys map[string]bool) {
	properties, _ := s["properties"].(map[string]any)
	for name, value := range properties {
		keys[prefix+name] = true
		if sub, ok := value.(map[string]any); ok {
			schemaKeys(sub, defs, prefix+name+".", keys)
		}
	}
	for _, word := range []string{"additionalProperties", "items"} {
		if sub, ok := s[word].(map[string]any); ok {
			schemaKeys(sub, defs, prefix, keys)
		}
	}
	options, _ := s["anyOf"].([]any)
	for _, o := range options {
		schemaKeys(o.(map[string]any), defs, prefix, keys)
	}
	switch ref, _ := s["$ref"].(string); ref {
	case "#/$defs/duties": // its properties are duties
		schemaKeys(map[string]any{"$ref": "#/$defs/dutyText"}, defs, prefix, keys)
	case "#/$defs/facts": // its properties are facts
		schemaKeys(map[string]any{"$ref": "#/$defs/fact"}, defs, prefix, keys)
	case "#/$defs/dutyText", "#/$defs/fact":
		schemaKeys(defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any), defs, prefix, keys)
	}
}
