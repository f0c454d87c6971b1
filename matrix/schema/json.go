// Package schema describes the files that raci reads and writes: as JSON
// Schema 2020-12, for editors and programs, and as a manual for people. Both
// are made from the same data, the Key values of this package.
//
// What a schema refuses raci refuses; the tests keep the two together. What
// needs the whole file (that a party is declared, that no two entries have one
// name) only the parser says.
package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"unicode"
	"unicode/utf16"

	"raci/matrix/source"
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

// set replaces the value of a key.
func (o object) set(key string, value any) object {
	o = slices.Clone(o)
	for i := range o {
		if o[i].key == key {
			o[i].value = value
		}
	}
	return o
}

// merge appends the members of other.
func (o object) merge(other object) object { return append(o, other...) }

// Write writes a schema as JSON. What fits on a line stands on one, and what
// nobody could see is escaped: patterns contain the spaces of other scripts.
func Write(w io.Writer, schema any) error {
	data, err := encode(schema)
	if err != nil {
		return err
	}
	var visible bytes.Buffer
	for _, c := range string(data) {
		if unicode.IsPrint(c) && !source.IsInvisible(c) {
			visible.WriteRune(c)
			continue
		}
		for _, half := range utf16.Encode([]rune{c}) {
			fmt.Fprintf(&visible, `\u%04x`, half)
		}
	}
	_, err = w.Write(append(wrap(visible.Bytes(), "\n"), '\n'))
	return err
}

// wrap breaks JSON that is too long into lines, each of which begins with
// newline.
func wrap(data []byte, newline string) []byte {
	const width = 120
	if data[0] != '{' && data[0] != '[' {
		return data
	}
	comma, begin, end := ",", newline+"  ", newline
	if len(newline)+len(data) <= width {
		comma, begin, end = ", ", "", ""
	}
	dec := json.NewDecoder(bytes.NewReader(data)) // it cannot fail: the data was encoded here
	_, _ = dec.Token()
	out := data[:1:1]
	for dec.More() {
		if len(out) > 1 {
			out = append(out, comma...)
		}
		out = append(out, begin...)
		if data[0] == '{' {
			key, _ := dec.Token()
			name, _ := encode(key)
			out = append(append(out, name...), ": "...)
		}
		var value json.RawMessage
		_ = dec.Decode(&value)
		out = append(out, wrap(value, newline+"  ")...)
	}
	return append(append(out, end...), data[len(data)-1])
}
