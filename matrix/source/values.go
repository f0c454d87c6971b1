package source

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"
)

// KeyOf returns the text of a key, composed as names are.
func KeyOf(key *yaml.Node) string { return norm.NFC.String(Deref(key).Value) }

// Text reads a text of at most MaxText characters, or returns false.
func (d *Reader) Text(n *yaml.Node, what string) (string, bool) {
	d.checkComment(n, what)
	s, ok := d.scalar(n, what, true)
	if length := utf8.RuneCountInString(s); length > MaxText {
		d.Add(n, "shorten it, and refer to a document that says the rest", "%s has %d characters; at most %d are allowed", what, length, MaxText)
		return "", false
	}
	return s, ok
}

// scalar reads a text, without the blanks around it.
func (d *Reader) scalar(n *yaml.Node, what string, isText bool) (string, bool) {
	at := n
	n = Deref(n)
	if d.bad[n] {
		return "", false // that was said
	}
	if n.Kind != yaml.ScalarNode || isNull(n) {
		d.AddWhole(at, d.notTextHint(n), "%s must be text, not %s", what, kindName(n))
		return "", false
	}
	if i, character := BadCharacter(n.Value, isText); i >= 0 {
		cs := []rune(n.Value)
		nth := 0
		for _, c := range cs[:i+1] {
			if c == cs[i] {
				nth++
			}
		}
		d.Problems.Add(d.placeOf(n, cs[i], nth), "remove it", "%s contains %s", what, character)
		return "", false
	}
	s := strings.TrimSpace(n.Value)
	if s == "" {
		d.Add(at, "write a text, or remove it", "%s is empty", what)
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
	d.checkComment(n, what)
	return blankRuns.ReplaceAllString(norm.NFC.String(d.line(n, what)), " ")
}

var driveAndBreak = regexp.MustCompile(`(?:^|[^A-Za-z])[A-Za-z]:\n`) // of a path of Windows

var blankRuns = regexp.MustCompile(` {2,}`)

func (d *Reader) line(n *yaml.Node, what string) string {
	s, ok := d.scalar(n, what, false)
	switch {
	case !ok:
		return ""
	case utf8.RuneCountInString(s) > maxName:
		d.Add(n, "shorten it", "%s has %d characters; at most %d are allowed", what, utf8.RuneCountInString(s), maxName)
		return ""
	case strings.ContainsAny(s, "\n\t"):
		hint := "write it on one line"
		if driveAndBreak.MatchString(s) {
			hint = `write \\ for a \ between double quotes, where \n ends the line`
		}
		d.Add(n, hint, "%s has a line break or a tab", what)
		return ""
	}
	return s
}

// Word reads a name that something else must equal, composed (NFC) as all such
// names. Blanks around it, which only quotes can keep, are a slip.
func (d *Reader) Word(n *yaml.Node, what string) string { return norm.NFC.String(d.plainWord(n, what)) }

func (d *Reader) plainWord(n *yaml.Node, what string) string {
	s := d.line(n, what)
	if s != "" && s != Deref(n).Value {
		d.Add(n, "remove them", "%s %q has spaces around it", what, s)
		return ""
	}
	return s
}

// Path reads the path of a file, which is what the file system has it to be.
func (d *Reader) Path(n *yaml.Node, what string) Ref { return Ref{d.plainWord(n, what), d.Pos(n)} }

// Paths reads one path or a list of them.
func (d *Reader) Paths(n *yaml.Node, what string) []Ref { return d.refs(n, what, d.Path) }

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
	d.noteAlias(n)
	return Ref{d.Word(n, what), d.Pos(n)}
}

// Refs reads one id or a list of them.
func (d *Reader) Refs(n *yaml.Node, what string) []Ref { return d.RefsTo(what, n, what) }

// RefsTo is Refs for a key that is not called as what it names is.
func (d *Reader) RefsTo(kind string, n *yaml.Node, what string) []Ref {
	return d.refs(n, what, func(item *yaml.Node, what string) Ref {
		if Deref(item).Kind == yaml.MappingNode {
			d.addMapOfRefs(item, kind, what)
			return Ref{}
		}
		return d.Ref(item, what)
	})
}

// RefsUnder is Refs for a key that is the plural of what it names.
func (d *Reader) RefsUnder(key string, n *yaml.Node, what string) []Ref {
	if Deref(n).Kind == yaml.MappingNode {
		d.addMapOfRefs(n, what, key)
		return nil
	}
	return d.Refs(n, what)
}

// addMapOfRefs reports a map where names are wanted, and what is wrong with its keys.
func (d *Reader) addMapOfRefs(n *yaml.Node, kind, what string) {
	v := Deref(n)
	ids := make([]string, 0, len(v.Content)/2)
	d.pairs(v, what, "", func(key, _ *yaml.Node) { ids = append(ids, KeyOf(key)) })
	d.AddWhole(n, fmt.Sprintf("write one %s or a list of such: [%s]", kind, strings.Join(ids, ", ")), "%s must be text or a list, not a map", what)
}

func (d *Reader) refs(n *yaml.Node, what string, read func(*yaml.Node, string) Ref) []Ref {
	var refs []Ref
	d.Items(n, what, true, func(item *yaml.Node) {
		if r := read(item, what); r.ID != "" {
			refs = append(refs, r)
		}
	})
	return refs
}

var listSeparators = regexp.MustCompile(`\s*[,;]\s*(?:and\s+)?|\s+and\s+`)

// ListParts splits a text at commas, semicolons and "and", as people write a list who
// do not know how YAML does.
func ListParts(text string) []string { return listSeparators.Split(strings.TrimSpace(text), -1) }

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

// Bool reads true or false, in small letters, in capitals or with one, and returns
// false for ok where it is something else. Between quotes they are texts, to
// YAML and to editors, and so they are here.
func (d *Reader) Bool(n *yaml.Node, what string) (value, ok bool) {
	if v := Deref(n); v.Kind == yaml.ScalarNode && v.ShortTag() == "!!bool" {
		return strings.EqualFold(v.Value, "true"), true
	}
	switch s := d.Word(n, what); strings.ToLower(s) {
	case "":
	case "true", "false":
		switch v := Deref(n); {
		case v.Style&yaml.TaggedStyle != 0:
			d.Add(n, "write it without the tag", "the value of %s is text, not true or false", what)
		case v.Style == 0: // in some letters only
			d.Add(n, "write "+strings.ToLower(s), "unknown value of %s %q", what, s)
		case s != strings.ToLower(s):
			d.Add(n, "write "+strings.ToLower(s)+", without quotes", "the value of %s is text, not true or false", what)
		default:
			d.Add(n, "write it without quotes", "the value of %s is text, not true or false", what)
		}
	case "yes", "on", "y", "1":
		d.Add(n, "write true", "unknown value of %s %q", what, s)
	case "no", "off", "n", "0":
		d.Add(n, "write false", "unknown value of %s %q", what, s)
	default:
		d.Add(n, DidYouMean(s, []string{"true", "false"}, "write true or false"), "unknown value of %s %q", what, s)
	}
	return false, false
}
