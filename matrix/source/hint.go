package source

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

const (
	commaHint = "between { and } a comma ends a value: put quotes around text that contains one"
	colonHint = "write a blank behind the colon"

	noValueHint = "write a blank and a value behind the colon, or remove the key"
)

// isFlow reports a map or a list that stands between brackets.
func isFlow(n *yaml.Node) bool { return Deref(n).Style&yaml.FlowStyle != 0 }

// isSplitOff reports whether a key may be the rest of a text that a comma ends: in
// {name: Risk, Audit} the key Audit has no value, and a text without quotes
// stands before it.
func (d *Reader) isSplitOff(n, key, value *yaml.Node) bool {
	return isFlow(n) && isNull(Deref(value)) && Deref(value).Value == "" && followsPlainText(n, key) && !d.hasColon(key, value) && !endsInColon(key)
}

// hasColon reports whether a colon stands between a key and the place where its value
// is missing: whoever wrote it meant a key.
func (d *Reader) hasColon(key, value *yaml.Node) bool {
	from, to := d.offset(key.Line, key.Column), d.offset(value.Line, value.Column)
	if from >= to {
		return false
	}
	between := flowComment.ReplaceAllString(d.text[from:to], "")
	return strings.HasSuffix(strings.TrimSpace(between), ":")
}

var flowComment = regexp.MustCompile(`(?m)[ \t]#.*$`)

// endsInColon reports a key of which the colon became a part, as in {owner:}.
func endsInColon(key *yaml.Node) bool {
	k := Deref(key)
	return k.Style == 0 && len(k.Value) > 1 && strings.HasSuffix(k.Value, ":")
}

// followsPlainText reports whether the value before a key is text without quotes. What
// a merge key takes in stands elsewhere.
func followsPlainText(n, key *yaml.Node) bool {
	n = Deref(n)
	for i := 2; i < len(n.Content); i += 2 {
		if n.Content[i] == key {
			before := n.Content[i-1]
			return before.Kind == yaml.ScalarNode && before.Style == 0 &&
				ComparePos(Pos{"", n.Line, n.Column}, Pos{"", before.Line, before.Column}) < 0
		}
	}
	return false
}

// keyHint says what to do about a key that is not among those of its map.
func (d *Reader) keyHint(n, key, value *yaml.Node, fields []Field) string {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.Key
	}
	all := "the keys are " + strings.Join(keys, ", ")
	name := KeyOf(key)
	head, _, colon := strings.Cut(name, ":")
	switch near := Nearest(name, keys); {
	case strings.HasPrefix(name, "-"):
		return "write a blank behind the -"
	case isMergeText(key):
		return "write << without quotes to take in another map"
	case endsInColon(key) && isNull(Deref(value)) && slices.Contains(keys, head):
		return noValueHint
	case colon && isNull(Deref(value)) && slices.Contains(keys, head):
		return colonHint + `: "` + head + ": " + strings.TrimSpace(name[len(head)+1:]) + `"`
	case d.isSplitOff(n, key, value):
		return commaHint
	case near != "":
		return DidYouMean(name, keys, "")
	case isFlow(n) && followsPlainText(n, key):
		return all + "; if it belongs to the text before it, put quotes around the whole text: between { and } a comma ends a value"
	default:
		return all
	}
}

func isMergeText(key *yaml.Node) bool { return Deref(key).Value == mergeKey }

// nullHint says why a value may be missing that somebody wrote, or is "".
func (d *Reader) nullHint(n *yaml.Node) string {
	switch {
	case n.Anchor != "":
		return `put quotes around text that begins with &: "&` + n.Anchor + `"`
	case n.Value != "":
		return `put quotes around it if it is a text: "` + n.Value + `"`
	}
	at := d.offset(n.Line, n.Column)
	if rest := strings.TrimLeft(d.text[at:], " \t:"); strings.HasPrefix(rest, "#") && len(rest) > 1 && rest[1] != ' ' {
		return "put quotes around text that begins with #, or write a blank behind the # of a comment"
	}
	return ""
}

// addNull reports a key without a value. indented says that what belongs under it may
// stand behind it.
func (d *Reader) addNull(n, key, value *yaml.Node, indented bool) {
	if d.bad[Deref(value)] {
		return // that was said
	}
	hint := d.nullHint(Deref(value))
	switch {
	case hint != "":
	case endsInColon(key):
		hint = noValueHint
	case d.isSplitOff(n, key, value):
		hint = commaHint
	case indented:
		hint = "indent what belongs under it, or remove it"
	default:
		hint = "give it a value or remove it"
	}
	d.Add(value, hint, "the key %q has no value", KeyOf(key))
}

// isFollowedByOther reports whether the next key of a map is not among these.
func (d *Reader) isFollowedByOther(n, key *yaml.Node, fields []Field) bool {
	content := Deref(n).Content
	for i := 0; i+2 < len(content); i += 2 {
		if content[i] == key {
			next := KeyOf(content[i+2])
			return !slices.ContainsFunc(fields, func(f Field) bool { return f.Key == next })
		}
	}
	return false
}

// notTextHint says what to write where a text is wanted.
func (d *Reader) notTextHint(n *yaml.Node) string {
	switch {
	case isNull(n):
		return cmp.Or(d.nullHint(n), "give it a value or remove it")
	case n.Kind == yaml.SequenceNode && len(n.Content) == 1 && isFlow(n):
		return "write it without [ and ]; put quotes around text that begins with ["
	case n.Kind == yaml.SequenceNode && len(n.Content) == 1:
		return "write it behind the key, without -"
	case n.Kind == yaml.SequenceNode:
		return "write one value, not a list"
	case isFlow(n):
		return "write the text itself; put quotes around text that begins with {"
	}
	return "write the text itself behind the key; put quotes around text that contains a colon and a blank"
}

// notMapHint says what to write where a map is wanted.
func (d *Reader) notMapHint(n *yaml.Node, valueName string) string {
	switch {
	case n.Kind == yaml.SequenceNode && isFlow(n):
		return cmp.Or(pairsHint(n, valueName), "write keys with values between { and }, without [ and ]")
	case n.Kind == yaml.SequenceNode:
		return "write keys with values, without - before them"
	}
	if n.Kind == yaml.ScalarNode && n.Style == 0 {
		if i := strings.IndexByte(n.Value, ':'); i > 0 && i+1 < len(n.Value) && !unicode.IsSpace(rune(n.Value[i+1])) && !strings.ContainsAny(n.Value[:i], " /") {
			return colonHint + " of each key"
		}
	}
	return "write keys with values: key: value"
}

// pairsHint shows the words of a list as the keys of a map, or is "" where something
// else stands in it.
func pairsHint(n *yaml.Node, valueName string) string {
	const most = 3
	var pairs []string
	if len(n.Content) == 0 {
		return ""
	}
	for _, item := range n.Content {
		if item = Deref(item); item.Kind != yaml.ScalarNode || item.Value == "" || valueName == "" {
			return ""
		}
		pairs = append(pairs, item.Value+": "+valueName)
	}
	if len(pairs) > most {
		pairs = append(pairs[:most], "...")
	}
	return "write {" + strings.Join(pairs, ", ") + "}"
}

// notListHint says what to write where a list is wanted.
func notListHint(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode && isFlow(n):
		return "put [ and ] around it"
	case n.Kind == yaml.MappingNode && len(n.Content) > 0 && strings.HasPrefix(n.Content[0].Value, "-"):
		return "write a blank behind the - of each item"
	case n.Kind == yaml.MappingNode:
		return "begin each item with -"
	}
	return "put [ and ] around it, or begin it with - on a line of its own"
}

// checkComment reports a text without quotes that ends where a comment without a
// blank begins, as in "Team #1": it would lose its end without a word.
func (d *Reader) checkComment(n *yaml.Node, what string) {
	n = Deref(n)
	if n.Kind != yaml.ScalarNode || n.Style&^yaml.TaggedStyle != 0 || isNull(n) || len(n.LineComment) < 2 {
		return
	}
	c, _ := utf8.DecodeRuneInString(n.LineComment[1:])
	if unicode.IsSpace(c) || c == '#' || c == '!' {
		return
	}
	at := d.offset(n.Line, n.Column)
	if i := strings.Index(d.text[at:], n.LineComment); i >= 0 {
		d.Problems.Add(d.posAt(at+i), "put quotes around the text if this belongs to it; write a blank behind the # of a comment", "%s ends before %q, which is a comment", what, firstWord(n.LineComment))
	}
}

func firstWord(text string) string {
	word, _, _ := strings.Cut(strings.ReplaceAll(text, "\n", " "), " ")
	return word
}
