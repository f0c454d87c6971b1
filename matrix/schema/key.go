package schema

import (
	"time"

	"gopkg.in/yaml.v3"
)

// Key is one key of a file.
type Key struct {
	Name     string
	Text     string // what it means, a sentence or two
	Shape    Shape
	Required bool
	Default  string // the value that holds where the key is missing, as YAML
	Without  string // what holds then, in words, where no one value does
	Example  string // YAML, for people
	shared   string // the definition of several maps that describes the key, if any
}

// schema returns the JSON Schema of the key's value.
func (k Key) schema() object {
	if k.shared != "" {
		return refTo(k.shared + "/properties/" + k.Name)
	}
	o := object{{"title", k.Name}, {"description", k.Text}}.merge(k.Shape.schema)
	if k.Default != "" {
		o = o.with("default", read(k.Default))
	}
	if doc, ok := read(k.Example).(map[string]any); ok {
		o = o.with("examples", []any{doc[k.Name]})
	}
	return o
}

// keysOf is a map with these keys and no others.
func keysOf(keys []Key) object {
	properties, needed := object{}, []string{}
	for _, k := range keys {
		properties = properties.with(k.Name, k.schema())
		if k.Required {
			needed = append(needed, k.Name)
		}
	}
	o := object{{"type", "object"}, {"additionalProperties", false}, {"properties", properties}}
	if len(needed) > 0 {
		o = o.merge(required(needed...))
	}
	return o
}

// definedAs makes keys refer to a definition that holds all of them, because
// several maps have them.
func definedAs(definition string, keys []Key) []Key {
	shared := make([]Key, len(keys))
	for i, k := range keys {
		k.shared = definition
		shared[i] = k
	}
	return shared
}

// read returns YAML as a value of JSON, or nil.
func read(text string) any {
	var v any
	if yaml.Unmarshal([]byte(text), &v) != nil {
		return nil
	}
	return plain(v)
}

// plain turns days, which YAML reads as points in time, back into text.
func plain(v any) any {
	switch v := v.(type) {
	case time.Time:
		return v.Format(time.DateOnly)
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = plain(v[key])
		}
	}
	return v
}
