package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"raci/matrix"
	"raci/matrix/check"
	"raci/matrix/view"
)

// storedMatrix is the matrix of the laws as JSON on one line.
func storedMatrix(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encodeJSON(&b, view.New(filled(), matrix.Findings{}), ""); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tryAll does with a matrix that was read all that can be done: check it, write
// it in every format, and read what was written.
func tryAll(t testing.TB, stored *Stored) {
	t.Helper()
	m := stored.Matrix
	found := check.Run(m)
	printed := *m
	printed.Appearance.Fonts = nil // nobody has read them
	for _, f := range Formats {
		if _, err := f.Write(io.Discard, view.New(&printed, found)); err != nil && strings.Contains(err.Error(), "cannot be made") { // a panic of the PDF
			t.Errorf("%s: %v", f.ID, err)
		}
	}
	r := view.New(m, found)
	r.Edited = stored.Edited
	var b bytes.Buffer
	if err := encodeJSON(&b, r, ""); err != nil {
		t.Fatal(err)
	}
	again, problems := ReadJSON("again.json", bytes.NewReader(b.Bytes()))
	if problems != nil {
		t.Fatalf("what was read cannot be written and read again: %v", problems)
	}
	if again.Matrix.Digest() != m.Digest() || again.Digest != m.Digest() || again.Edited != stored.Edited {
		t.Error("written and read again it is another matrix")
	}
}

// FuzzMatrixJSON: no bytes make the reader panic, nor does what it reads make a
// check or a writer panic.
func FuzzMatrixJSON(f *testing.F) {
	f.Add(storedMatrix(f))
	f.Add([]byte(`{"schema": "raci/matrix/v2"}`))
	f.Add([]byte(`{"rows": [{"sides": {"aws": "x"}, "exception": -1}], "schema": "raci/matrix/v2", "rows": 1}`))
	f.Add([]byte("[{}, [], [1,], 0.5e-3, -0, true, \"\\\"\\u00e4\", nul]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		checkSyntax(t, data)
		stored, problems := ReadJSON("m.json", bytes.NewReader(data))
		if (stored == nil) != (len(problems) > 0) {
			t.Fatalf("a matrix %t and the problems %v", stored != nil, problems)
		}
		if stored != nil {
			tryAll(t, stored)
		}
	})
}

var longNumber = regexp.MustCompile(`[-+.0-9Ee]{99}`)

// checkSyntax compares the walker with encoding/json: what it walks through is JSON,
// and what it refuses is not, but for limits and for bytes that are not text.
func checkSyntax(t *testing.T, data []byte) {
	t.Helper()
	d := newWalker("", bytes.NewReader(data))
	err := d.skipNext()
	if err == nil {
		if more, moreErr := d.next(); more != endToken || moreErr != nil {
			err = errStop
		}
	}
	text := bytes.TrimPrefix(data, []byte("\uFEFF"))
	excused := !utf8.Valid(text) || longNumber.Match(text) || strings.Contains(d.problems.String(), "nested deeper") || strings.Contains(d.problems.String(), "contains the character")
	if valid := json.Valid(text); valid != (err == nil) && !(valid && excused) {
		t.Errorf("%q: encoding/json takes it for JSON %t, the walker says %v", data, valid, d.problems)
	}
}

// TestEditedAnyhow edits a matrix in every way, at one place or several. What is
// still read can be checked and written.
func TestEditedAnyhow(t *testing.T) {
	data := storedMatrix(t)
	const tries = 200
	read := 0
	for seed := range uint64(tries) {
		r := rand.New(rand.NewPCG(seed, 1))
		var doc any
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		for range 1 + r.IntN(3) {
			doc = edit(r, doc)
		}
		edited, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		if stored, _ := ReadJSON("m.json", bytes.NewReader(edited)); stored != nil {
			read++
			tryAll(t, stored)
		}
		if t.Failed() {
			t.Fatalf("seed %d: %s", seed, edited)
		}
	}
	if read < tries/5 {
		t.Errorf("only %d of %d edited matrices were read", read, tries)
	}
}

// edit changes something somewhere below the value.
func edit(r *rand.Rand, v any) any {
	switch v := v.(type) {
	case map[string]any:
		if keys := sorted(v); len(keys) > 0 && r.IntN(12) > 0 {
			key := keys[r.IntN(len(keys))]
			v[key] = edit(r, v[key])
		} else if len(keys) > 0 {
			delete(v, keys[r.IntN(len(keys))])
		}
		return v
	case []any:
		if len(v) == 0 || r.IntN(3) > 0 {
			for i := range v {
				if r.IntN(len(v)) == 0 {
					v[i] = edit(r, v[i])
				}
			}
			return v
		}
		i := r.IntN(len(v))
		return [][]any{slices.Delete(slices.Clone(v), i, i+1), append(slices.Clone(v), v[i]), {}, append(slices.Clone(v[i:]), v[:i]...)}[r.IntN(4)]
	case string:
		return []any{"", "customer", "aws", "A", "shared", "A/C", v + "\n" + v, strings.Repeat(v, 300), "\U0001F9C0 \u202Eشكر 漢字", "=1+1|<b>{nb}", "2026-02-29", nil, 1}[r.IntN(13)]
	case float64:
		return []any{-1, 0, 1e6, 1e300, 0.5, "1"}[r.IntN(6)]
	case bool:
		return !v
	}
	return []any{0, "", []any{}, map[string]any{}}[r.IntN(4)]
}

func sorted(object map[string]any) []string {
	var keys []string
	for key := range object {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// TestReadJSON: what is wrong with a file, and where.
func TestReadJSON(t *testing.T) {
	good := string(storedMatrix(t))
	for _, test := range []struct{ name, old, new, want string }{
		{"an unknown key", `"system":`, `"sytem":1,"system":`, `m.json:1:52: unknown key "sytem"; did you mean "system"?`},
		{"another case", `"system":`, `"System":`, `unknown key "System"; did you mean "system"?`},
		{"a key twice", `"system":`, `"system":"","system":`, `the key system occurs twice; remove one of the two`},
		{"a key of data twice", `"sides":{"aws":`, `"sides":{"aws":"","aws":`, `the key exceptions.removed.sides.aws occurs twice; remove one of the two`},
		{"a missing key", `"split":"shared",`, ``, `missing key "split" in rows; build the matrix again`},
		{"a list for a text", `"organization":"`, `"organization":["x"],"x":"`, `organization must be text, not a list`},
		{"an object for a list", `"parties":[`, `"parties":{"a":[]},"x":[`, `parties must be a list, not an object`},
		{"a text for a number", `"max_consulted":`, `"max_consulted":"1","x":`, `check.max_consulted must be a number, not text`},
		{"a negative index", `"exception":0`, `"exception":-1`, `rows.exception is -1; it must be a whole number from 0 to 1000000`},
		{"half an index", `"losing_overrides":[2,`, `"losing_overrides":[0.5,`, `rows.losing_overrides is 0.5; it must be a whole number`},
		{"an index too far", `"losing_overrides":[2,`, `"losing_overrides":[3,`, `names the exception 3 in losing_overrides, and there are 3; count from 0`},
		{"an unknown word", `"scope":"organization"`, `"scope":"organisation"`, `rows.scope cannot be "organisation"; did you mean "organization"?`},
		{"a letter", `"roles":{"aws":"`, `"roles":{"aws":"Q/`, `"Q" is not a letter of R, A, C and I`},
		{"no letter", `"roles":{"aws":"`, `"roles":{"msp":"","aws":"`, `"msp" has no letter among the roles of the row`},
		{"a day", `"date":"2026-11-21"`, `"date":"2026-11-31"`, `date "2026-11-31" is not a day of the calendar`},
		{"a control character", `"system":"`, `"system":"\u0007`, `system contains the control character U+0007; remove it`},
		{"a name of two lines", `"system":"`, `"system":"\n`, `system has a line break or a tab; write it on one line`},
		{"an id of two lines", `"rows":[{"id":"`, `"rows":[{"id":"\n`, `rows.id has a line break or a tab; write it on one line`},
		{"a place of two lines", `"places":{"`, `"places":{"x":"\n::error::","`, `places.x has a line break or a tab; write it on one line`},
		{"half a pair", `"system":"`, `"system":"\ud800`, `system contains the character U+FFFD; remove it`},
		{"no UTF-8", `"system":"`, "\"system\":\"\xff", `not valid JSON: text is not UTF-8`},
		{"a reserved id", `"id":"team"`, `"id":"customer"`, `the party id "customer" is reserved`},
		{"two parties", `"id":"team"`, `"id":"msp"`, `two parties have the id "msp"; remove one of the two`},
		{"AWS missing", `"id":"aws"`, `"id":"amazon"`, `the first of the parties must be "aws", of the kind "provider"; put it there`},
		{"a digest", `"digest":"sha256:`, `"digest":"sha256:x`, `is not sha256: and 64 hexadecimal digits; build the matrix again`},
		{"a selector of nothing", `"selector":{"services":[`, `"selector":{"services":[],"x":[`, `exceptions.selector.services is empty; leave the key out`},
		{"a file", `"sha256":"`, `"sha256":"x`, `a file needs a path and the SHA-256 of its content`},
		{"a color", `"color":"#`, `"color":"#x`, `"#x1F3A5F" is not a color`},
		{"a place of no side", `"sides_at":{`, `"sides_at":{"team":"",`, `a side of "team" has a place, but does nothing`},
		{"a month", `"since":"2026-01"`, `"since":"2026-00"`, `"2026-00" is not a month, in the coverage of the entry`},
		{"a program", `"coverage":[{"program":"`, `"coverage":[{"program":"audit of `, `unknown program "audit of`},
		{"a page of a list", `"page":"https://example.com/lists`, `"page":"javascript:`, `is not the address of a page`},
		{"two programs", `"programs":[{`, `"programs":[{"id":"twice","name":"Audit","page":"","reports":[],"baselines":[],"at":""},{"id":"twice","name":"Audit","page":"","reports":[],"baselines":[],"at":""},{`,
			`two programs have the id "twice"; remove one of the two`},
		{"deep", `"system":`, `"x":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `,"system":`, `nested deeper than 32 levels`},
		{"endless", `"system":`, `"x":` + strings.Repeat(`{"x":`, 1_000_000), `nested deeper than 32 levels`},
		{"cut off", good[len(good)-200:], ``, `the file ends in the middle of the matrix; it was cut off: copy or build it again`},
		{"no comma", `"system":`, `"system" `, `m.json:1:61: not valid JSON: a colon is expected here, not text; build the matrix again`},
		{"a comma too many", `"system":`, `,"system":`, `m.json:1:52: not valid JSON: a key is expected here, not ,`},
		{"no value", `"system":`, `"system":,"x":`, `m.json:1:61: not valid JSON: a value is expected here, not ,`},
		{"a word", `"system":`, `"system":nul,"x":`, `m.json:1:61: not valid JSON: "nul" is not a value`},
		{"a number of no kind", `"exception":0`, `"exception":01`, `not valid JSON: "01" is not a value`},
		{"an escape", `"system":"`, `"system":"\x`, `not valid JSON: text contains a \ that escapes nothing`},
		{"a line break", `"system":"`, "\"system\":\"\n", `not valid JSON: text contains the character U+000A`},
		{"a comma at the end", "}\n", ",}\n", `not valid JSON: a value is expected here, not }`},
		{"something behind", "}\n", "} x", `something follows the end of the matrix; remove it`},
	} {
		if strings.Count(good, test.old) == 0 {
			t.Errorf("%s: the matrix does not hold %s", test.name, test.old)
		}
		stored, problems := ReadJSON("m.json", strings.NewReader(strings.Replace(good, test.old, test.new, 1)))
		if stored != nil || !strings.Contains(problems.String(), test.want) {
			t.Errorf("%s: %v\nwant %s", test.name, problems, test.want)
		}
	}
}

// TestAWSNotFirst: AWS in another place is one problem, not two.
func TestAWSNotFirst(t *testing.T) {
	var doc map[string]any
	if err := json.Unmarshal(storedMatrix(t), &doc); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(doc["parties"].([]any))
	reversed, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	if _, problems := ReadJSON("m.json", bytes.NewReader(reversed)); len(problems) != 1 || !strings.Contains(problems.String(), `the first of the parties must be "aws"`) {
		t.Error(problems)
	}
}

// TestReadJSONStops: a file in which everything is wrong gives a screen of
// problems, not a book.
func TestReadJSONStops(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"schema":"raci/matrix/v2","rows":[`)
	for range 1000 {
		b.WriteString(`{"a":1},`)
	}
	if _, problems := ReadJSON("m.json", strings.NewReader(b.String()+"{}]}")); len(problems) != maxJSONProblems {
		t.Errorf("%d problems", len(problems))
	}
	party := `"parties":[` + strings.Repeat(`{"id":"a","name":"b","kind":"team","contact":"","at":""},`, 1000)
	data := strings.Replace(string(storedMatrix(t)), `"parties":[`, party, 1)
	if _, problems := ReadJSON("m.json", strings.NewReader(data)); len(problems) != maxJSONProblems {
		t.Errorf("%d problems of a thousand parties", len(problems))
	}
}

// endless is a file without an end.
type endless struct{ begin, more *strings.Reader }

func (e endless) Read(p []byte) (int, error) {
	if n, err := e.begin.Read(p); err == nil {
		return n, nil
	}
	for n := 0; ; {
		m, _ := e.more.Read(p[n:])
		if n += m; n == len(p) {
			return n, nil
		}
		e.more.Seek(0, io.SeekStart)
	}
}

// TestIsMatrixJSON: the key "schema" at the top distinguishes a matrix from a manifest,
// and looking for it takes nothing away.
func TestIsMatrixJSON(t *testing.T) {
	for text, want := range map[string]bool{
		``:                                   false,
		`{}`:                                 false,
		`[{"schema":"x"}]`:                   false,
		"# a comment\nversion: 1\nschema: x": false,
		`{version: 1, schema: x}`:            false,
		`{"version": 1, "system": {"schema": "raci/matrix/v2"}}`: false,
		`{"version": 1, "system": [{"a": "schema"}]}`:            false,
		`{"schema": ""}`: true,
		"\uFEFF \n {\"a\": [1, {\"b\": null}], \"schema\": \"x\", ...": true,
		`{"schema": ["x"]}`: true,
	} {
		got, whole := IsMatrixJSON(strings.NewReader(text))
		rest, err := io.ReadAll(whole)
		if got != want || err != nil || string(rest) != text {
			t.Errorf("%q: a matrix %t; what is left is %q, %v", text, got, rest, err)
		}
	}
	if got, _ := IsMatrixJSON(endless{strings.NewReader(`{"rows":[`), strings.NewReader(`{"a":"b"},`)}); !got {
		t.Error("a JSON document that is too large for a manifest is taken for one")
	}
	for _, text := range []string{"x", "{x", "# a comment\n"} {
		if got, _ := IsMatrixJSON(endless{strings.NewReader(text), strings.NewReader("xxxxxxxx")}); got {
			t.Errorf("%s and more of it is taken for a matrix", text)
		}
	}
}

func TestSchemaOfOthers(t *testing.T) {
	for schema, want := range map[string]string{
		"raci/matrix/v1":   "an earlier version of raci",
		"raci/matrix/v3":   "a later version of raci",
		"raci/findings/v1": "name a manifest, or what raci build --format json writes",
	} {
		if _, problems := ReadJSON("m.json", strings.NewReader(fmt.Sprintf(`{"rows": [], "schema": %q}`, schema))); !strings.Contains(problems.String(), want) {
			t.Errorf("%s: %v", schema, problems)
		}
	}
	if _, problems := ReadJSON("m.json", strings.NewReader("version: 1\n")); !strings.Contains(problems.String(), `it has no key "schema"`) {
		t.Error(problems)
	}
}
