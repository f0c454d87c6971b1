package schema

import (
	"time"

	"gopkg.in/yaml.v3"
)

// examples returns the key's example as a value, for the member "examples".
func (k Key) examples() []any {
	var doc map[string]any
	if k.Example == "" || yaml.Unmarshal([]byte(k.Example), &doc) != nil {
		return nil
	}
	return []any{plain(doc[k.Name])}
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
