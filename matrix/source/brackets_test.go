package source

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// TestBrackets: what is wrong between brackets is placed where it stands, with what
// to do about it.
func TestBrackets(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{"a":[{"b":"c" "d":"e"}]}`, "1:16: put a comma before it"},
		{`{"a":"b",,"c":"d"}`, "1:10: write what belongs before this comma, or remove it"},
		{`{"a":{"b" "c"},"d":"e"}`, "1:11: put a colon between a key and its value"},
		{`{"a":1} x`, "1:9: remove it: the file ends with the } before it"},
		{"{\"a\":1}\n}\n", "2:1: remove it: the file ends with the } before it"},
		{"{\n  \"a\": 1\n  \"b\": [2]\n}\n", "3:3: put a comma before it"},
		{"{\n  \"a\": [1, 2},\n  \"b\": 3\n}\n", "2:13: close the [ with ] before this }"},
		{`{"a":"b,"c":"d"}`, `1:10: the text before this one ends here: write \" for a " within it, and close every quote`},
		{`{"a":"b","c":"d}`, "1:14: close the quote"},
		{`{"a":"x *y","b":*c}`, "1:17: put quotes around text that begins with *"},
		{`{"a":"x *y","b":*}`, "1:17: put quotes around text that begins with & or *"},
		{`{"a":"é @","b":@c}`, "1:16: put quotes around text that begins with @, ` or %"},
		{`{"a":1 "b":2}`, "1:8: put a comma before it, or quotes around the whole text"},
		{`{"a":[1,2,"b":3}`, "1:14: close the [ with ] before the key of this colon"},
		{"{", "1:1: close the { with }"},
		{"[[[[", "1:4: close the [ with ]"},
		{"a: 1\nb: [{c: d, e: [f,,g]}]\n", "2:18: write what belongs before this comma, or remove it"},
		{"b: [{c: d, e: f]\n", "1:16: close the { with } before this ]"},
		{"b: [{c: d}}]\n", "1:11: remove this }: no bracket before it is open for it"},
		{"b: [c]]\n", "1:7: remove this ]: no bracket before it is open for it"},
		{"b: {c: d]\n", "1:9: write } in place of this ]"},
		{"b:\n  - {c: d] # e\nf: g\n", "2:10: write } in place of this ]"},
		{"b: {c: {d: e]}\nf: {g: h}\n", "1:13: write } in place of this ]"},
		{"b: [c, d}\n", "1:9: write ] in place of this }"},
		{"b: {c: d], e: f}\n", "1:9: remove this ]: no bracket before it is open for it"},
		{"{\"a\":{\"b\":\"c\"],\n\"d\":1}\n", "1:14: write } in place of this ]"},
		{"{\"a\":1]\n", "1:7: write } in place of this ]"},
		{"{\n  \"a\": \"b,\n  \"c\": \"d\",\n  \"e\": [\"f\"]\n}\n", "2:8: close the quote"},
		{"{\n  \"a: \"b\",\n  \"c\": \"d\"\n}\n", "2:3: close the quote"},
		{"{\n  \"a: 1,\n  \"c\": \"d\"\n}\n", "2:3: close the quote"},
		{"{\n  \"a\": [\"b\", \"c],\n  \"d\": {\"e\": \"f\"}\n}\n", "2:14: close the quote"},
		{"{\n  \"a\": \"b\",\n  \"c\": \"d\n}\n", "3:8: close the quote"},
		{"{\n  \"a\": {\"b\": \"c},\n\n  \"d\": \"e\",\n  \"f\": \"g\"\n}\n", "2:14: close the quote"},
		{"{\n  \"a\": \"b,\n  \"c\": 1,\n  \"d\": 2\n}\n", "2:8: close the quote"},
		{"b:\n  - {c: \"d \"e\" f\"}\n", `2:13: the text before this one ends here: put ' around the whole text, or write \" for a " within "`},
		{"b:\n  - {c: 'it''s', d: 'it's'}\n", `2:25: the text before this one ends here: put " around the whole text, or write '' for a ' within '`},
		{"b:\n  - {c: d\n  - {c: e}\n", "2:5: close the { with }"},
		{"b: [c, 'd]\ne: f\n", "1:8: close the quote"},
		{"b: [- c, - d]\n", "1:5: remove the -: between [ and ] commas separate the items; put quotes around text that begins with -"},
		{"b: {c: d[0]}\n", "1:9: put a comma before it, or quotes around text that contains a bracket"},
		{"b: {c: d, : e}\n", "1:11: write a key before this colon, or remove it"},
		{"b: [\n1,\n2\n]\nc: [,]\n", "5:5: write what belongs before this comma, or remove it"},    // the library takes lines without indentation
		{"b: |\n  [c, {\nd: [e, f}]\n", "3:9: remove this }: no bracket before it is open for it"}, // what follows | is a text
	} {
		d := Reader{File: "f"}
		d.Parse([]byte(c.text))
		if len(d.Problems) != 1 {
			t.Errorf("%q: %d problems", c.text, len(d.Problems))
		} else if got := strings.TrimPrefix(d.Problems[0].At.String(), "f:") + ": " + d.Problems[0].Hint; got != c.want {
			t.Errorf("%q:\ngot  %s\nwant %s", c.text, got, c.want)
		}
	}
}

// TestBracketsOfJSON: each comma and colon that is missing or too many in a file of
// JSON has the place at which a reader of JSON gives up.
func TestBracketsOfJSON(t *testing.T) {
	const text = `{"a":"b","c":[1,"d",{"e":true},[]],"f":{"g":"h","i":{}},"k":[["l"],"m"]}`
	for i := range text {
		if text[i] != ',' && text[i] != ':' {
			continue
		}
		for _, broken := range []string{text[:i] + text[i+1:], text[:i] + text[i:i+1] + text[i:]} {
			var v any
			var wrong *json.SyntaxError
			if !errors.As(json.Unmarshal([]byte(broken), &v), &wrong) {
				continue
			}
			d := Reader{File: "f"}
			if d.Parse([]byte(broken)); len(d.Problems) == 0 || d.Problems[0].At.Col != int(wrong.Offset) {
				t.Errorf("%s: got %v, want column %d", broken, d.Problems, wrong.Offset)
			}
		}
	}
}
