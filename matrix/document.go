package matrix

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Limits on an input file, so that a hostile one ends in an error and not in
// memory. A manifest of 10,000 entries is about 1 MiB.
const (
	MaxFileSize = 8 << 20   // bytes
	maxDepth    = 32        // nested lists and maps
	maxNodes    = 1_000_000 // values, each counted as often as an alias repeats it
	maxName     = 200       // characters of a name, a title or an id
)

// document reads one YAML file strictly: every value is asked for by the code
// that knows its place, and what nobody asked for is a problem.
type document struct {
	file     string
	problems Problems
}

// parse returns the root of the file, or nil where there is none to walk.
func (d *document) parse(data []byte) *yaml.Node {
	if !d.isText(data) {
		return nil
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var root, second yaml.Node
	if err := dec.Decode(&root); errors.Is(err, io.EOF) {
		d.problems.add(Pos{d.file, 1, 1}, "", "the file is empty")
		return nil
	} else if err != nil {
		d.addSyntax(data, err)
		return nil
	}
	if err := dec.Decode(&second); err == nil {
		d.problems.add(d.pos(&second), "keep one document in a file", "a second document begins here")
		return nil
	} else if !errors.Is(err, io.EOF) {
		d.addSyntax(data, err)
		return nil
	}
	if len(root.Content) == 0 {
		d.problems.add(Pos{d.file, 1, 1}, "", "the file is empty")
		return nil
	}
	top := root.Content[0]
	if isNull(top) {
		d.problems.add(d.pos(top), "", "the file is empty")
		return nil
	}
	if _, ok := d.weigh(top, 1, map[*yaml.Node]int{}); !ok {
		return nil
	}
	return top
}

// isText reports a file that is too large, binary or not UTF-8.
func (d *document) isText(data []byte) bool {
	if len(data) > MaxFileSize {
		d.problems.add(Pos{File: d.file}, "split it", "the file is larger than %d MiB", MaxFileSize>>20)
		return false
	}
	line, col := 1, 1
	for i := 0; i < len(data); {
		c, size := utf8.DecodeRune(data[i:])
		switch {
		case c == utf8.RuneError && size == 1:
			d.problems.add(Pos{d.file, line, col}, "save the file as UTF-8 text", "the byte 0x%02X is not UTF-8 text", data[i])
			return false
		case c < 0x20 && c != '\t' && c != '\n' && c != '\r' || c == 0x7F:
			d.problems.add(Pos{d.file, line, col}, "this looks like a binary file; a YAML text file is needed", "the control character U+%04X", c)
			return false
		}
		if col++; c == '\n' {
			line, col = line+1, 1
		}
		i += size
	}
	return true
}

// weigh counts the values under n, each as often as aliases repeat it, and
// reports a file that is nested too deeply, repeats itself without end, or
// grows too large that way.
func (d *document) weigh(n *yaml.Node, depth int, known map[*yaml.Node]int) (int, bool) {
	const unfinished = -1
	if w, ok := known[n]; ok {
		if w == unfinished {
			d.problems.add(d.pos(n), "", "the anchor %q contains itself", n.Anchor)
			return 0, false
		}
		return w, true
	}
	if depth > maxDepth {
		d.problems.add(d.pos(n), "", "nested deeper than %d levels", maxDepth)
		return 0, false
	}
	known[n] = unfinished
	children := n.Content
	if n.Kind == yaml.AliasNode {
		children = []*yaml.Node{n.Alias}
	}
	weight := 1
	for _, c := range children {
		w, ok := d.weigh(c, depth+1, known)
		if !ok {
			return 0, false
		}
		if weight += w; weight > maxNodes {
			d.problems.add(d.pos(n), "write the values out", "aliases make this value larger than %d values", maxNodes)
			return 0, false
		}
	}
	known[n] = weight
	return weight, true
}

func (d *document) pos(n *yaml.Node) Pos { return Pos{d.file, n.Line, n.Column} }

func (d *document) add(n *yaml.Node, hint, format string, args ...any) {
	d.problems.add(d.pos(n), hint, format, args...)
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// resolve follows an alias. The position of a value stays that of the place
// where it is used only for the alias itself.
func resolve(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

var kindNames = map[yaml.Kind]string{yaml.SequenceNode: "a list", yaml.MappingNode: "a map", yaml.ScalarNode: "a text"}

func kindName(n *yaml.Node) string {
	if isNull(n) {
		return "nothing"
	}
	return kindNames[n.Kind]
}

// pairs calls do for each key and value of a map, in order, and reports keys
// that occur twice. what names the map in messages.
func (d *document) pairs(n *yaml.Node, what string, do func(key, value *yaml.Node)) {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		d.add(n, "", "%s must be a map, not %s", what, kindName(n))
		return
	}
	first := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if resolve(key).Kind != yaml.ScalarNode {
			d.add(key, "", "a key of %s must be a text", what)
			continue
		}
		name := resolve(key).Value
		if before, ok := first[name]; ok {
			d.add(key, "remove one of the two", "the key %q occurs twice in %s; the first is at line %d", name, what, before.Line)
			continue
		}
		first[name] = key
		do(key, value)
	}
}

// field is one key that a map may have.
type field struct {
	key      string
	required bool
	read     func(*yaml.Node)
}

// object reads a map whose keys are known.
func (d *document) object(n *yaml.Node, what string, fields []field) {
	if isNull(resolve(n)) {
		d.add(n, "", "%s is empty", what)
		return
	}
	seen := map[string]bool{}
	d.pairs(n, what, func(key, value *yaml.Node) {
		name := resolve(key).Value
		i := slices.IndexFunc(fields, func(f field) bool { return f.key == name })
		if i < 0 {
			hint := d.keyHint(name, fields)
			if resolve(n).Style&yaml.FlowStyle != 0 && isNull(resolve(value)) {
				hint = "between { and } a comma ends a value: put quotes around a text that holds one"
			}
			d.add(key, hint, "unknown key %q in %s", name, what)
			return
		}
		seen[name] = true
		if isNull(resolve(value)) {
			d.add(value, "give it a value or remove it", "the key %q has no value", name)
			return
		}
		fields[i].read(value)
	})
	for _, f := range fields {
		if n := resolve(n); f.required && !seen[f.key] && n.Kind == yaml.MappingNode {
			d.add(n, "", "%s lacks the key %q", what, f.key)
		}
	}
}

func (d *document) keyHint(name string, fields []field) string {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
	}
	return didYouMean(name, keys, "the keys are "+strings.Join(keys, ", "))
}

// items calls do for each item of a list. A single value counts as a list of
// one where loose is set.
func (d *document) items(n *yaml.Node, what string, loose bool, do func(*yaml.Node)) {
	n = resolve(n)
	switch {
	case n.Kind == yaml.SequenceNode:
		for _, item := range n.Content {
			do(item)
		}
	case loose:
		do(n)
	default:
		d.add(n, "", "%s must be a list, not %s", what, kindName(n))
	}
}

// text reads a text of any length, or returns false.
func (d *document) text(n *yaml.Node, what string) (string, bool) {
	at := n
	n = resolve(n)
	if n.Kind != yaml.ScalarNode || isNull(n) {
		d.add(at, "", "%s must be a text, not %s", what, kindName(n))
		return "", false
	}
	for _, c := range n.Value {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			d.add(at, "remove it", "%s holds the control character U+%04X", what, c)
			return "", false
		}
	}
	s := strings.TrimSpace(n.Value)
	if s == "" {
		d.add(at, "", "%s is empty", what)
		return "", false
	}
	return s, true
}

// name reads a text that stands in a heading or a table: one line of at most
// maxName characters.
func (d *document) name(n *yaml.Node, what string) string {
	s, ok := d.text(n, what)
	switch {
	case !ok:
		return ""
	case utf8.RuneCountInString(s) > maxName:
		d.add(n, "shorten it", "%s has %d characters; at most %d are allowed", what, utf8.RuneCountInString(s), maxName)
		return ""
	case strings.ContainsAny(s, "\n\t"):
		d.add(n, "write it on one line", "%s has a line break or a tab", what)
		return ""
	}
	return s
}

// word reads a name that something else must equal. Blanks around it, which
// only quotes can keep, are a slip.
func (d *document) word(n *yaml.Node, what string) string {
	s := d.name(n, what)
	if s != "" && s != resolve(n).Value {
		d.add(n, "remove them", "%s %q has blanks around it", what, s)
		return ""
	}
	return s
}

// id reads a word that other places refer to: letters and digits of any
// script, and ".", "_" and "-".
func (d *document) id(n *yaml.Node, what string) string {
	s := d.word(n, what)
	for i, c := range s {
		ok := unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) && i > 0 || strings.ContainsRune("._-", c) && i > 0
		if !ok {
			d.add(n, "use letters, digits, \".\", \"_\" and \"-\", and begin with a letter or digit", "%s %q holds %s", what, s, describe(c))
			return ""
		}
	}
	return s
}

func describe(c rune) string {
	if c == ' ' {
		return "a space"
	}
	return fmt.Sprintf("the character %q", c)
}

// ref reads an id that must exist somewhere else.
func (d *document) ref(n *yaml.Node, what string) Ref {
	return Ref{d.word(n, what), d.pos(n)}
}

// refs reads one id or a list of them.
func (d *document) refs(n *yaml.Node, what string) []Ref {
	var refs []Ref
	d.items(n, what, true, func(item *yaml.Node) {
		if r := d.ref(item, what); r.ID != "" {
			refs = append(refs, r)
		}
	})
	return refs
}

// oneOf reads one of a few words.
func (d *document) oneOf(n *yaml.Node, what string, words ...string) string {
	s := d.word(n, what)
	if s != "" && !slices.Contains(words, s) {
		d.add(n, didYouMean(s, words, "it is one of "+strings.Join(words, ", ")), "unknown %s %q", what, s)
		return ""
	}
	return s
}
