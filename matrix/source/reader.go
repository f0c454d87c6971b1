package source

import (
	"cmp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Limits on an input file, so that a hostile one ends in an error and not in
// memory. A manifest of 10,000 entries is about 1 MiB.
const (
	MaxFileSize = 8 << 20   // bytes
	maxDepth    = 32        // nested lists and maps
	maxNodes    = 1_000_000 // values, each counted as often as an alias repeats it
	maxName     = 200       // characters of a name, a title or an id
	MaxText     = 4000      // characters of any other text; a cell of Excel holds eight of these
)

// Reader reads one YAML file strictly: every value is asked for by the code
// that knows its place, and what nobody asked for is a problem.
type Reader struct {
	File     string
	Problems Diagnostics
	Related  map[Pos]Related // of each Ref that was read through an alias, its other place

	text    string                    // of the file, with stand-ins
	offsets textOffset                // of places in it
	bad     map[*yaml.Node]bool       // scalars of which a problem has been reported
	aliases []*yaml.Node              // that take in what is read, the innermost last
	via     map[*yaml.Node]*yaml.Node // items of a list that is read, by the alias that takes the list in
}

// Pos returns the place of a value. The YAML library may put one that is missing
// behind the end of its line, or of the file.
func (d *Reader) Pos(n *yaml.Node) Pos {
	if n.Kind == yaml.ScalarNode && n.Value == "" && n.Style == 0 && d.text != "" {
		return d.inside(n.Line, n.Column)
	}
	return Pos{d.File, n.Line, n.Column}
}

func (d *Reader) Add(n *yaml.Node, hint, format string, args ...any) {
	d.Problems.Add(d.Pos(n), hint, format, args...)
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// Deref follows an alias. The position of a value stays that of the place
// where it is used only for the alias itself.
func Deref(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

var kindNames = map[yaml.Kind]string{yaml.SequenceNode: "a list", yaml.MappingNode: "a map", yaml.ScalarNode: "text"}

func kindName(n *yaml.Node) string {
	if isNull(n) {
		return "nothing"
	}
	return kindNames[n.Kind]
}

// Pairs calls do for each key and value of a map, in order, and reports keys
// that occur twice, or have no value where somebody seems to have written one.
// what names the map in messages.
func (d *Reader) Pairs(n *yaml.Node, what string, do func(key, value *yaml.Node)) {
	d.PairsOf(n, what, "VALUE", do)
}

// PairsOf is Pairs of values that have a name, such as REASON, in hints.
func (d *Reader) PairsOf(n *yaml.Node, what, valueName string, do func(key, value *yaml.Node)) {
	d.pairs(n, what, valueName, func(key, value *yaml.Node) {
		if v := Deref(value); isNull(v) && (d.nullHint(v) != "" || d.isSplitOff(n, key, value) || endsInColon(key)) {
			d.addNull(n, key, value, false)
			return
		}
		do(key, value)
	})
}

// pairs reads a map. valueName is "" where its keys are known.
func (d *Reader) pairs(n *yaml.Node, what, valueName string, do func(key, value *yaml.Node)) {
	at := n
	n = Deref(n)
	if n.Kind != yaml.MappingNode {
		d.AddWhole(at, d.notMapHint(n, valueName), "%s must be a map, not %s", what, kindName(n))
		return
	}
	defer d.nameAlias(at)()
	first := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if Deref(key).Kind != yaml.ScalarNode {
			d.Add(key, "write a text before the colon; put quotes around text that begins with { or [", "a key of %s must be text", what)
			continue
		}
		name := KeyOf(key)
		if before, ok := first[name]; ok {
			hint := "remove one of the two"
			if Deref(before).Value != Deref(key).Value {
				hint = "they are two forms of one name, and would look alike; remove one of the two"
			}
			if d.isSplitOff(n, key, value) {
				hint = commaHint
			}
			d.Add(key, hint, "the key %q occurs twice in %s; the first is at line %d", name, what, before.Line)
			continue
		}
		first[name] = key
		do(key, value)
	}
}

// Field is one key that a map may have.
type Field struct {
	Key      string
	Required bool
	Read     func(*yaml.Node)
	hint     string // what to do where it is missing
}

// OrHint returns the field with what to do where it is missing.
func (f Field) OrHint(hint string) Field {
	f.hint = hint
	return f
}

// Required is a key that a map must have.
func Required(key string, read func(*yaml.Node)) Field {
	return Field{Key: key, Required: true, Read: read}
}

// Optional is a key that a map may have.
func Optional(key string, read func(*yaml.Node)) Field { return Field{Key: key, Read: read} }

// RequiredIf is a key that a map must have where that holds.
func RequiredIf(must bool, key string, read func(*yaml.Node)) Field {
	return Field{Key: key, Required: must, Read: read}
}

// Object reads a map whose keys are known.
func (d *Reader) Object(n *yaml.Node, what string, fields []Field) {
	if v := Deref(n); isNull(v) {
		hint := "write keys with values: key: value, or remove it"
		if v.Value == "" {
			hint = cmp.Or(d.nullHint(v), hint)
		}
		if !d.bad[v] {
			d.AddWhole(n, hint, "%s is empty", what)
		}
		return
	}
	seen := map[string]bool{}
	d.pairs(n, what, "", func(key, value *yaml.Node) {
		name := KeyOf(key)
		i := slices.IndexFunc(fields, func(f Field) bool { return f.Key == name })
		if i < 0 {
			d.Add(key, d.keyHint(n, key, value, fields), "unknown key %q in %s", name, what)
			return
		}
		seen[name] = true
		if isNull(Deref(value)) {
			d.addNull(n, key, value, d.isFollowedByOther(n, key, fields))
			return
		}
		fields[i].Read(value)
	})
	for _, f := range fields {
		if f.Required && !seen[f.Key] && Deref(n).Kind == yaml.MappingNode {
			d.AddWhole(n, f.hint, "missing key %q in %s", f.Key, what)
		}
	}
}

// NamedItems is Items for maps that have a key with their name. Who writes one map by
// these names is told how to write a list.
func (d *Reader) NamedItems(n *yaml.Node, what, key string, loose bool, do func(*yaml.Node)) {
	if list := Deref(n); isByName(list, key) {
		hint := "write each as an item: - " + key + ": " + KeyOf(list.Content[0])
		if isFlow(list) {
			hint = "write each as an item: [{" + key + ": " + KeyOf(list.Content[0]) + ", ...}]"
		}
		d.AddWhole(n, hint, "%s must be a list, not a map", what)
		return
	}
	d.Items(n, what, loose, do)
}

// isByName reports a map of maps without this key.
func isByName(n *yaml.Node, key string) bool {
	for i := 0; i+1 < len(n.Content) && n.Kind == yaml.MappingNode; i += 2 {
		name, value := Deref(n.Content[i]), Deref(n.Content[i+1])
		if name.Kind != yaml.ScalarNode || name.Value == key || strings.HasPrefix(name.Value, "-") || value.Kind != yaml.MappingNode && !isNull(value) {
			return false
		}
	}
	return n.Kind == yaml.MappingNode && len(n.Content) > 0
}

// Items calls do for each item of a list. A single value counts as a list of
// one where loose is set.
func (d *Reader) Items(n *yaml.Node, what string, loose bool, do func(*yaml.Node)) {
	list := Deref(n)
	switch {
	case list.Kind == yaml.SequenceNode:
		defer d.nameAlias(n)()
		for _, item := range list.Content {
			if n.Kind == yaml.AliasNode {
				d.setVia(item, n)
			}
			do(item)
			delete(d.via, item)
		}
	case loose:
		do(n)
	default:
		d.AddWhole(n, notListHint(list), "%s must be a list, not %s", what, kindName(list))
	}
}
