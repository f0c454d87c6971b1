// Package schema describes the files that raci reads and writes: as JSON
// Schema 2020-12, for editors and programs, and as a manual for people. Both
// are made from the same data, the Key values of this package.
//
// A schema says what a file may look like. What needs the whole file (that a
// party is declared, that no two entries have one name) only the parser says.
package schema

import (
	"bytes"
	"encoding/json"
	"io"
)

// Draft is the JSON Schema dialect of all schemas.
const Draft = "https://json-schema.org/draft/2020-12/schema"

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	key   string
	value any
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(m.key)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		value, err := encode(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// encode leaves <, > and & as they are: the schema is read by people too.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

func (o object) with(key string, value any) object { return append(o, member{key, value}) }

// Write writes a schema as indented JSON.
func Write(w io.Writer, schema any) error {
	data, err := encode(schema)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, data, "", "  "); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err = b.WriteTo(w)
	return err
}
