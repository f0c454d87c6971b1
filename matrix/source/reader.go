package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
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
	MaxText     = 4000      // characters of any other text; a cell of Excel holds eight of these
)

// Reader reads one YAML file strictly: every value is asked for by the code
// that knows its place, and what nobody asked for is a problem.
type Reader struct {
	File     string
	Problems Diagnostics
}

// Parse returns the root of the file, or nil where there is none to walk.
func (d *Reader) Parse(data []byte) *yaml.Node {
	if !d.isText(data) {
		return nil
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var root, second yaml.Node
	if err := dec.Decode(&root); errors.Is(err, io.EOF) {
		d.Problems.Add(Pos{d.File, 1, 1}, "", "the file is empty")
		return nil
	} else if err != nil {
		d.addSyntax(data, err)
		return nil
	}
	if err := dec.Decode(&second); err == nil {
		d.Problems.Add(d.Pos(&second), "keep one document per file", "a second document begins here")
		return nil
	} else if !errors.Is(err, io.EOF) {
		d.addSyntax(data, err)
		return nil
	}
	if len(root.Content) == 0 {
		d.Problems.Add(Pos{d.File, 1, 1}, "", "the file is empty")
		return nil
	}
	top := root.Content[0]
	if isNull(top) {
		d.Problems.Add(d.Pos(top), "", "the file is empty")
		return nil
	}
	if _, ok := d.weigh(top, 1, map[*yaml.Node]int{}); !ok {
		return nil
	}
	return top
}

// isText reports a file that is too large, binary or not UTF-8.
func (d *Reader) isText(data []byte) bool {
	if len(data) > MaxFileSize {
		d.Problems.Add(Pos{File: d.File}, "split it", "the file is larger than %d MiB", MaxFileSize>>20)
		return false
	}
	line, col := 1, 1
	for i := 0; i < len(data); {
		c, size := utf8.DecodeRune(data[i:])
		switch {
		case c == utf8.RuneError && size == 1:
			d.Problems.Add(Pos{d.File, line, col}, "save the file as UTF-8 text", "the byte 0x%02X is not UTF-8 text", data[i])
			return false
		case c < 0x20 && c != '\t' && c != '\n' && c != '\r' || c == 0x7F:
			d.Problems.Add(Pos{d.File, line, col}, "this looks like a binary file; a YAML text file is needed", "the control character U+%04X", c)
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
func (d *Reader) weigh(n *yaml.Node, depth int, known map[*yaml.Node]int) (int, bool) {
	const unfinished = -1
	if w, ok := known[n]; ok {
		if w == unfinished {
			d.Problems.Add(d.Pos(n), "", "the anchor %q contains itself", n.Anchor)
			return 0, false
		}
		return w, true
	}
	if depth > maxDepth {
		d.Problems.Add(d.Pos(n), "", "nested deeper than %d levels", maxDepth)
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
			d.Problems.Add(d.Pos(n), "write the values out", "aliases make this value larger than %d values", maxNodes)
			return 0, false
		}
	}
	known[n] = weight
	return weight, true
}

func (d *Reader) Pos(n *yaml.Node) Pos { return Pos{d.File, n.Line, n.Column} }

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
// that occur twice. what names the map in messages.
func (d *Reader) Pairs(n *yaml.Node, what string, do func(key, value *yaml.Node)) {
	n = Deref(n)
	if n.Kind != yaml.MappingNode {
		d.Add(n, "", "%s must be a map, not %s", what, kindName(n))
		return
	}
	first := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if Deref(key).Kind != yaml.ScalarNode {
			d.Add(key, "", "a key of %s must be text", what)
			continue
		}
		name := Deref(key).Value
		if before, ok := first[name]; ok {
			d.Add(key, "remove one of the two", "the key %q occurs twice in %s; the first is at line %d", name, what, before.Line)
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
}

// Required is a key that a map must have.
func Required(key string, read func(*yaml.Node)) Field { return Field{key, true, read} }

// Optional is a key that a map may have.
func Optional(key string, read func(*yaml.Node)) Field { return Field{key, false, read} }

// RequiredIf is a key that a map must have where that holds.
func RequiredIf(must bool, key string, read func(*yaml.Node)) Field { return Field{key, must, read} }

// Object reads a map whose keys are known.
func (d *Reader) Object(n *yaml.Node, what string, fields []Field) {
	if isNull(Deref(n)) {
		d.Add(n, "", "%s is empty", what)
		return
	}
	seen := map[string]bool{}
	d.Pairs(n, what, func(key, value *yaml.Node) {
		name := Deref(key).Value
		i := slices.IndexFunc(fields, func(f Field) bool { return f.Key == name })
		if i < 0 {
			hint := d.keyHint(name, fields)
			if Deref(n).Style&yaml.FlowStyle != 0 && isNull(Deref(value)) {
				hint = "between { and } a comma ends a value: put quotes around text that contains one"
			}
			d.Add(key, hint, "unknown key %q in %s", name, what)
			return
		}
		seen[name] = true
		if isNull(Deref(value)) {
			d.Add(value, "give it a value or remove it", "the key %q has no value", name)
			return
		}
		fields[i].Read(value)
	})
	for _, f := range fields {
		if n := Deref(n); f.Required && !seen[f.Key] && n.Kind == yaml.MappingNode {
			d.Add(n, "", "missing key %q in %s", f.Key, what)
		}
	}
}

func (d *Reader) keyHint(name string, fields []Field) string {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.Key
	}
	return DidYouMean(name, keys, "the keys are "+strings.Join(keys, ", "))
}

// Items calls do for each item of a list. A single value counts as a list of
// one where loose is set.
func (d *Reader) Items(n *yaml.Node, what string, loose bool, do func(*yaml.Node)) {
	n = Deref(n)
	switch {
	case n.Kind == yaml.SequenceNode:
		for _, item := range n.Content {
			do(item)
		}
	case loose:
		do(n)
	default:
		d.Add(n, "", "%s must be a list, not %s", what, kindName(n))
	}
}

// Text reads a text of at most MaxText characters, or returns false.
func (d *Reader) Text(n *yaml.Node, what string) (string, bool) {
	s, ok := d.anyText(n, what)
	if length := utf8.RuneCountInString(s); length > MaxText {
		d.Add(n, "shorten it, and refer to a document that says the rest", "%s has %d characters; at most %d are allowed", what, length, MaxText)
		return "", false
	}
	return s, ok
}

func (d *Reader) anyText(n *yaml.Node, what string) (string, bool) {
	at := n
	n = Deref(n)
	if n.Kind != yaml.ScalarNode || isNull(n) {
		d.Add(at, "", "%s must be text, not %s", what, kindName(n))
		return "", false
	}
	for _, c := range n.Value {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			d.Add(at, "remove it", "%s contains the control character U+%04X", what, c)
			return "", false
		}
	}
	s := strings.TrimSpace(n.Value)
	if s == "" {
		d.Add(at, "", "%s is empty", what)
		return "", false
	}
	return s, true
}

// CheckUnmarked reports a text that a list elsewhere would take for a mark: one that
// begins with +, which adds, and none, which leaves nothing. As texts they would
// be printed, and do nothing. The hint says what to write instead.
func (d *Reader) CheckUnmarked(n *yaml.Node, what, text, hint string) {
	switch {
	case strings.HasPrefix(text, "+"):
		d.Add(n, hint, "%q cannot be added to %s", text, what)
	case IsNone(text):
		d.Add(n, hint, "%q is no %s", text, what)
	}
}

// IsNone reports whether a text is the word none, in capitals or not. Only in small
// letters, and alone, it has a meaning.
func IsNone(text string) bool { return strings.EqualFold(text, "none") }

// Name reads a text that stands in a heading or a table: one line of at most
// maxName characters. Blanks in a row become one: nobody sees the difference.
func (d *Reader) Name(n *yaml.Node, what string) string {
	return blankRuns.ReplaceAllString(d.line(n, what), " ")
}

var blankRuns = regexp.MustCompile(` {2,}`)

func (d *Reader) line(n *yaml.Node, what string) string {
	s, ok := d.anyText(n, what)
	switch {
	case !ok:
		return ""
	case utf8.RuneCountInString(s) > maxName:
		d.Add(n, "shorten it", "%s has %d characters; at most %d are allowed", what, utf8.RuneCountInString(s), maxName)
		return ""
	case strings.ContainsAny(s, "\n\t"):
		d.Add(n, "write it on one line", "%s has a line break or a tab", what)
		return ""
	}
	return s
}

// Word reads a name that something else must equal. Blanks around it, which
// only quotes can keep, are a slip.
func (d *Reader) Word(n *yaml.Node, what string) string {
	s := d.line(n, what)
	if s != "" && s != Deref(n).Value {
		d.Add(n, "remove them", "%s %q has spaces around it", what, s)
		return ""
	}
	return s
}

// ID reads a word that other places refer to: letters and digits of any
// script, and ".", "_" and "-".
func (d *Reader) ID(n *yaml.Node, what string) string {
	s := d.Word(n, what)
	for i, c := range s {
		ok := unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) && i > 0 || strings.ContainsRune("._-", c) && i > 0
		if !ok {
			d.Add(n, "use letters, digits, \".\", \"_\" and \"-\", and begin with a letter or digit", "%s %q contains %s", what, s, describe(c))
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

// Ref reads an id that must exist somewhere else.
func (d *Reader) Ref(n *yaml.Node, what string) Ref {
	return Ref{d.Word(n, what), d.Pos(n)}
}

// Refs reads one id or a list of them.
func (d *Reader) Refs(n *yaml.Node, what string) []Ref {
	var refs []Ref
	d.Items(n, what, true, func(item *yaml.Node) {
		if r := d.Ref(item, what); r.ID != "" {
			refs = append(refs, r)
		}
	})
	return refs
}

// Strings returns words of any type as texts.
func Strings[T ~string](words []T) []string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = string(w)
	}
	return texts
}

// OneOf reads one of a few words.
func (d *Reader) OneOf(n *yaml.Node, what string, words ...string) string {
	s := d.Word(n, what)
	if s != "" && !slices.Contains(words, s) {
		d.Add(n, DidYouMean(s, words, "use one of "+strings.Join(words, ", ")), "unknown %s %q", what, s)
		return ""
	}
	return s
}
