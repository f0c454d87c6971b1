package source

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// read returns the values of a file as JSON has them, all scalars as texts, and what
// is wrong with the file.
func read(text string) (any, Diagnostics) {
	d := Reader{File: "f"}
	top := d.Parse([]byte(text))
	if top == nil {
		return nil, d.Problems
	}
	return d.values(top), d.Problems.Sorted()
}

func (d *Reader) values(n *yaml.Node) any {
	switch n = Deref(n); n.Kind {
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, d.values(item))
		}
		return list
	case yaml.MappingNode:
		m := map[string]any{}
		d.pairs(n, "a map", "", func(key, value *yaml.Node) { m[KeyOf(key)] = d.values(value) })
		return m
	}
	return n.Value
}

// TestMerge: explicit keys win over merged ones, and earlier maps over later ones.
func TestMerge(t *testing.T) {
	for _, c := range []struct{ text, want, problems string }{
		{"x-a: &a {p: 1, q: 2}\nb: {<<: *a, q: 3}\n", `{"b":{"p":"1","q":"3"}}`, ""},
		{"x-a: &a {p: 1, q: 2}\nb: {q: 3, <<: *a}\n", `{"b":{"p":"1","q":"3"}}`, ""},
		{"x-a: [&a {p: 1}, &b {p: 2, q: 2}]\nb: {<<: [*a, *b], r: 3}\n", `{"b":{"p":"1","q":"2","r":"3"}}`, ""},
		{"x-a: [&a {p: 1}, &b {p: 2, q: 2}]\nb: {<<: [*b, *a]}\n", `{"b":{"p":"2","q":"2"}}`, ""},
		{"x-a: &l [{p: 1}, {q: 2}]\nb: {<<: *l}\n", `{"b":{"p":"1","q":"2"}}`, ""},
		{"b: {<<: {p: 1}, q: 2}\n", `{"b":{"p":"1","q":"2"}}`, ""},
		{"b: {<<: [{p: 1}, {q: 2}]}\n", `{"b":{"p":"1","q":"2"}}`, ""},
		{"b: {<<: []}\n", `{"b":{}}`, ""},
		{"x-a: &a {p: 1}\nx-b: &b {<<: *a, q: 2}\nc: {<<: *b, r: 3}\n", `{"c":{"p":"1","q":"2","r":"3"}}`, ""},
		{"x-a: &a {p: {q: 1, r: 2}}\nb: {<<: *a, p: {q: 3}}\n", `{"b":{"p":{"q":"3"}}}`, ""},
		{"x-a: &a\n  p: 1\nb:\n  <<: *a\n  q: 2\n", `{"b":{"p":"1","q":"2"}}`, ""},
		{"x-a: &a {p: 1}\n<<: *a\nq: 2\n", `{"p":"1","q":"2"}`, ""},
		{"x-a: &a {\"caf\\u00e9\": 1}\nb: {<<: *a, \"cafe\\u0301\": 2}\n", `{"b":{"café":"2"}}`, ""},
		{"b: {!!merge <<: {p: 1}}\n", `{"b":{"p":"1"}}`, ""},
		{"b: {\"<<\": {p: 1}}\n", `{"b":{"<<":{"p":"1"}}}`, ""},
		{"b: {'<<': 1, <<: {p: 1}}\n", `{"b":{"<<":"1","p":"1"}}`, ""},
		{"b: {p: <<}\n", `{"b":{"p":"\u003c\u003c"}}`, ""},
		{"x-a: &a {p: 1, p: 2}\nb: {<<: *a}\n", `{"b":{"p":"1"}}`, `f:1:16: the key "p" occurs twice in a map; the first is at line 1; remove one of the two`},
		{"b: {<<: {p: 1}, <<: {q: 1}}\n", `{"b":{"p":"1"}}`, `f:1:17: the key << occurs twice in a map; the first is at line 1; write one, with a list: <<: [*one, *other]`},
		{"x-a: &a 1\nb: {<<: *a}\n", `{"b":{}}`, "f:2:9: the key << takes in maps, and this is text; write <<: *NAME, where &NAME stands before a map, or a list of such\n  see: f:1:6: the value stands here"},
		{"a: &a {b: {<<: *a}}\n", "", `f:1:4: the anchor "a" contains itself; write the value out where the alias stands`},
		{"a: &a {<<: [{b: 1}, *a]}\n", "", `f:1:4: the anchor "a" contains itself; write the value out where the alias stands`},
	} {
		got, problems := read(c.text)
		data, _ := json.Marshal(got)
		if got == nil {
			data = nil
		}
		var want any
		_ = json.Unmarshal([]byte(c.want), &want)
		if !reflect.DeepEqual(got, want) || problems.String() != c.problems {
			t.Errorf("%q\ngot  %s %s\nwant %s %s", c.text, data, problems, c.want, c.problems)
		}
	}
}

// TestMergeBomb: what merge keys repeat is bounded as what aliases repeat is.
func TestMergeBomb(t *testing.T) {
	var nested, wide strings.Builder
	nested.WriteString("m0: &m0 {k0: v}\n")
	wide.WriteString("x: &x {")
	for i := 1; i <= 2000; i++ {
		fmt.Fprintf(&nested, "m%d: &m%[1]d {<<: *m%d, k%[1]d: v}\n", i, i-1)
		fmt.Fprintf(&wide, "k%d: v, ", i)
	}
	wide.WriteString("l: v}\n")
	for i := range 2000 {
		fmt.Fprintf(&wide, "m%d: {<<: *x}\n", i)
	}
	for name, text := range map[string]string{"nested": nested.String(), "wide": wide.String()} {
		d := Reader{File: "f"}
		if top := d.Parse([]byte(text)); top != nil || len(d.Problems) != 1 || !strings.Contains(d.Problems[0].Message, "larger than 1000000 values") {
			t.Errorf("%s: %v %v", name, top != nil, d.Problems)
		}
	}
}

// TestPlaceOfMerged: a value that is merged stands where it is written.
func TestPlaceOfMerged(t *testing.T) {
	d := Reader{File: "f"}
	top := d.Parse([]byte("x-a: &a\n  p: 1\nb: {q: 2, <<: *a}\n"))
	var got []string
	d.Pairs(top.Content[1], "b", func(key, value *yaml.Node) {
		got = append(got, KeyOf(key)+" "+d.Pos(key).String()+" "+d.Pos(value).String())
	})
	if want := "q f:3:5 f:3:8, p f:2:3 f:2:6"; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
}

// TestEscapes: those of JSON are read, others are problems at their own places, and
// only between double quotes.
func TestEscapes(t *testing.T) {
	for _, c := range []struct{ text, want, problems string }{
		{`["a\/b\/", "\ud83d\ude80\/", "\\/", "\\\/"]`, `["a/b/","🚀/","\\/","\\/"]`, ""},
		{`["\u0041\ud83d\ude80b\ud83d\ude81"]`, `["A🚀b🚁"]`, ""},
		{"[a\\/b, 'a\\/b\\ud83d', \"a\\/b\"] # \\/ \"\\q\"\n", `["a\\/b","a\\/b\\ud83d","a/b"]`, ""},
		{"- |\n  \"a\\/b \\q\" # \\q\n- >-\n  \"\\ud83d\"\n- a \"b\\/c\"\n", `["\"a\\/b \\q\" # \\q\n","\"\\ud83d\"","a \"b\\/c\""]`, ""},
		{"\"k\\/\": \"a\\\n  b\\/\"\n", `{"k/":"ab/"}`, ""},
		{`["é\q", "\ud83d"]`, "", "f:1:4: \\q is not an escape between double quotes; write \\\\ for a \\, or put ' in the place of \" around the text\nf:1:10: \\ud83d is half of a character; write both halves, such as \\ud83d\\ude80, or the character itself"},
		{"- \"a\n  \\/ b \\q\n  c\\r\"\n", "", "f:2:8: \\q is not an escape between double quotes; write \\\\ for a \\, or put ' in the place of \" around the text"},
		{`- &a !!str "\ude80\ud83d"`, "", `f:1:13: \ude80 is half of a character; write both halves, such as \ud83d\ude80, or the character itself` + "\n" + ``},
		{`["\ud83d\u0041"]`, "", `f:1:3: \ud83d is half of a character; write both halves, such as \ud83d\ude80, or the character itself`},
		{`["\U00110000", "\ufdd0"]`, "", "f:1:3: \\U00110000 is the code of U+110000, which is not a character; remove it\nf:1:17: \\ufdd0 is the code of U+FDD0, which is not a character; remove it"},
		{"- \"\ufdd0\"\n", "", "f:1:4: U+FDD0 is not a character; remove it"},
	} {
		got, problems := read(c.text)
		if strings.TrimSpace(c.problems) != problems.String() {
			t.Errorf("%s\ngot  %s\nwant %s", c.text, problems, c.problems)
		}
		var want any
		if c.want != "" && (json.Unmarshal([]byte(c.want), &want) != nil || !reflect.DeepEqual(got, want)) {
			t.Errorf("%s\ngot  %q\nwant %s", c.text, got, c.want)
		}
	}
}

// positions of all values.
func positions(n *yaml.Node, seen map[*yaml.Node]bool, visit func(*yaml.Node)) {
	if n == nil || seen[n] {
		return
	}
	seen[n] = true
	visit(n)
	positions(n.Alias, seen, visit)
	for _, c := range n.Content {
		positions(c, seen, visit)
	}
}

// FuzzParse: a place of a value or a problem is inside of the file; JSON means what it
// means to other programs; what is read is read again from the same values.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		`{"a":"\/ \ud83d\ude80","b":["\u00e9\n\t","x\\/y",1,true,null]}`, "%YAML 1.2\n---\na: \"\\q\"\n", "x-a: &a {p: 1}\nb: {<<: [*a, {q: 2}]}\n",
		"a: !Sub \"x\"\nb: ! y\n", "a: \"C:\\temp\"\r\nb: 'c\\/d'\r", "a: b\n\tc: d\n", "a: \"x\nb: \"y\"\n", "\ufeffa: [b, \"\\x4", "%TAG ! x\n---\n", "- |\n  \\/\n- &b c #d\n", "a: \u202eb\n",
		`{"a":[1 "b",,{"c" 'd]}`, "a: [b, {c: \"d \"e\" #f\ng: |\n  [h\n- {i: *j, k}}\n", "[[{:,}]] x",
	} {
		f.Add([]byte(text))
	}
	cases, _ := filepath.Glob("../../examples/*/manifest.yaml")
	for _, path := range cases {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := Reader{File: "f"}
		top := d.Parse(data)
		var texts []string
		if top != nil {
			positions(top, map[*yaml.Node]bool{}, func(n *yaml.Node) {
				checkInside(t, data, d.Pos(n))
				if n.Kind == yaml.ScalarNode {
					s, _ := d.Text(n, "text")
					texts = append(texts, s, d.Name(n, "name"))
				}
			})
		}
		for _, p := range d.Problems {
			checkInside(t, data, p.At)
		}
		for _, s := range texts {
			if strings.ContainsRune(s, standIn) || !utf8.ValidString(s) {
				t.Errorf("%q holds a stand-in", s)
			}
		}
		checkJSON(t, data)
	})
}

// checkInside fails for a place that an editor cannot go to. The column behind the
// last character is one: something is missing there.
func checkInside(t *testing.T, data []byte, at Pos) {
	if at.Line == 0 {
		return // the whole file
	}
	text := strings.TrimPrefix(strings.ToValidUTF8(string(data), "?"), "\ufeff")
	lines := linesOf(text)
	if at.Line < 1 || at.Line > len(lines) || at.Col < 1 || at.Col > utf8.RuneCountInString(strings.TrimRight(lines[at.Line-1], "\r\n"))+1 {
		t.Errorf("%s is not in the file %q", at, data)
	}
}

// checkJSON: a file of JSON without a problem has the texts that it has to others.
func checkJSON(t *testing.T, data []byte) {
	var want any
	if len(data) > 1<<16 || json.Unmarshal(data, &want) != nil {
		return
	}
	d := Reader{File: "f"}
	top := d.Parse(data)
	if top == nil || len(d.Problems) > 0 || !utf8.Valid(data) {
		return
	}
	got := d.values(top)
	if m, ok := want.(map[string]any); ok {
		maps.DeleteFunc(m, func(key string, _ any) bool { return strings.HasPrefix(key, extensionPrefix) })
	}
	if len(d.Problems) == 0 && !sameTexts(got, want) {
		t.Errorf("%q is read as %q, want %q", data, got, want)
	}
}

// sameTexts compares values in all but numbers, which stay as they are written.
func sameTexts(got, want any) bool {
	switch want := want.(type) {
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(want) {
			return false
		}
		for i := range list {
			if !sameTexts(list[i], want[i]) {
				return false
			}
		}
		return true
	case map[string]any:
		m, ok := got.(map[string]any)
		n := 0
		for key, value := range want {
			n++
			if !sameTexts(m[KeyOf(&yaml.Node{Kind: yaml.ScalarNode, Value: key})], value) {
				return false
			}
		}
		return ok && len(m) <= n
	case string:
		return got == want
	}
	return true
}

// BenchmarkParse compares files of one size: what is rewritten and merged takes about
// as long as what is not, and twice the size twice as long.
func BenchmarkParse(b *testing.B) {
	for _, size := range []int{1 << 16, 1 << 17} {
		for name, text := range map[string]string{
			"plain":   "[" + strings.Repeat(`"abcdefghij", `, size/14) + "]",
			"escapes": "[" + strings.Repeat(`"abcd\/fghi", `, size/14) + "]",
			"merged":  "x: &x {a: b}\ny: [" + strings.Repeat("{<<: *x, c: d}, ", size/16) + "]",
			"written": "x: &x {a: b}\ny: [" + strings.Repeat("{a: *x, c: d}, ", size/16) + "]",
		} {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				for b.Loop() {
					d := Reader{File: "f"}
					if d.Parse([]byte(text)) == nil {
						b.Fatal(d.Problems)
					}
				}
			})
		}
	}
}
