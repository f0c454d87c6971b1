package matrix_test

import (
	"strings"
	"testing"

	"raci/matrix"
)

// TestSyntax: an error of YAML is placed at the line where it shows, with what
// to do.
func TestSyntax(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"services: [{use: s3}\nassign: []\n", "m.yaml:1:11: not valid YAML: did not find expected ',' or ']'; close the [ with ]"},
		{"a:\n  - {b: c}\n  - {b: c\nd: e\n", "m.yaml:3:5: not valid YAML: did not find expected ',' or '}'; close the { with }"},
		{"services:\n  - use: s3\n    owner: data\n   name: bucket\n", "m.yaml:4:4: not valid YAML: did not find expected '-' indicator; begin each item of a list in the same column as the items before it"},
		{"services:\n  - {use: s3}\n   - {use: rds}\n", "m.yaml:3:4: not valid YAML: did not find expected '-' indicator; begin each item of a list in the same column as the items before it"},
		{"a: 1\nsystem: *Shop\n", "m.yaml:2:9: not valid YAML: unknown anchor 'Shop' referenced; put quotes around text that begins with *"},
		{"a: 1\nb: @x\n", "m.yaml:2:4: not valid YAML: found character that cannot start any token; put quotes around text that begins with @, ` or %"},
		{"a: 1\nb: c: d\n", "m.yaml:2:5: not valid YAML: mapping values are not allowed in this context; put quotes around text that contains a colon and a space, or fix the indentation"},
		{"a: 1\nb: \"x\nc: d\n", "m.yaml:2:4: not valid YAML: found unexpected end of stream; close the quote"},
		{"a: 1\nnocolon\nb: 2\n", "m.yaml:2:1: not valid YAML: could not find expected ':'; write a colon and a space after the key, and close every quote"},
		{"a:\n\tb: 1\n", "m.yaml:2:1: not valid YAML: found character that cannot start any token; indent with spaces, not tabs"},
		{`{"version":1 "organization":"O","system":"S"}`, `m.yaml:1:14: a text begins within another value; put a comma before it, or quotes around the whole text`},
	} {
		_, err := matrix.ParseManifest("m.yaml", []byte(c.text))
		if err == nil || err.String() != c.want {
			t.Errorf("%q:\ngot  %v\nwant %s", strings.ReplaceAll(c.text, "\n", "⏎"), err, c.want)
		}
	}
}
