package source

import (
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

// tree walks the values of a file once, before they are read.
type tree struct {
	*Reader
	weights   map[*yaml.Node]int  // of values that have been walked and that an alias may repeat
	used      map[*yaml.Node]bool // values that an alias repeats
	anchored  []*yaml.Node        // texts with an anchor
	merged    int                 // pairs that merge keys repeat
	bangs     bool                // some text may follow a lone !, which is a tag
	json      bool                // the file is one value between brackets
	quoted    bool                // and its first key stands between quotes
	broken    bool                // a comma or a quote is missing: what stands there is not what it seems
	extension bool                // in a top-level key that begins with x-
}

// settle makes of the values what they mean. It returns false where the file is
// nested too deeply, repeats itself without end, grows too large that way, or lacks a
// comma or a quote.
func (t *tree) settle(top *yaml.Node) bool {
	if _, ok := t.weigh(top, 1); !ok || t.broken {
		return false
	}
	for _, n := range t.anchored {
		if !t.used[n] && n.Value != "" && !t.bad[n] {
			t.Add(n, "remove it, or put quotes around a text that begins with &", "the anchor %q is used nowhere", n.Anchor)
		}
	}
	if top.Kind == yaml.MappingNode {
		t.dropExtensions(top)
	}
	return true
}

// extensionPrefix begins the top-level keys that nothing reads.
const extensionPrefix = "x-"

// dropExtensions removes the keys for anchors. One that stands twice stays, for the
// reader to report.
func (t *tree) dropExtensions(top *yaml.Node) {
	kept := make([]*yaml.Node, 0, len(top.Content))
	seen := map[string]bool{}
	for i := 0; i+1 < len(top.Content); i += 2 {
		key := top.Content[i]
		if name := KeyOf(key); !strings.HasPrefix(name, extensionPrefix) {
			kept = append(kept, key, top.Content[i+1])
		} else if seen[name] {
			t.Add(key, "remove one of the two", "the key %q occurs twice", name)
		} else {
			seen[name] = true
		}
	}
	top.Content = kept
}

// weigh settles a value and those under it, and counts them, each as often as
// aliases repeat it.
func (t *tree) weigh(n *yaml.Node, depth int) (int, bool) {
	const unfinished = -1
	if w, ok := t.weights[n]; ok { // only an alias leads to a value twice
		if w == unfinished {
			t.Add(n, "write the value out where the alias stands", "the anchor %q contains itself", n.Anchor)
			return 0, false
		}
		return w, true
	}
	if depth > maxDepth {
		t.Add(n, "nest less deeply", "nested deeper than %d levels", maxDepth)
		return 0, false
	}
	if n.Anchor != "" {
		t.weights[n] = unfinished
	}
	t.settleOne(n)
	weight := 1
	children := n.Content
	if n.Kind == yaml.AliasNode {
		t.used[n.Alias] = true
		children = []*yaml.Node{n.Alias}
	}
	for i, c := range children {
		if depth == 1 && n.Kind == yaml.MappingNode && i%2 == 0 {
			t.extension = strings.HasPrefix(c.Value, extensionPrefix)
		}
		w, ok := t.weigh(c, depth+1)
		if !ok {
			return 0, false
		}
		if weight += w; weight > maxNodes {
			return 0, t.tooLarge(n)
		}
	}
	if t.json && len(n.Content) > 0 {
		t.checkJSON(n)
	}
	if n.Kind == yaml.MappingNode && !t.merge(n) {
		return 0, false
	}
	if n.Anchor != "" {
		t.weights[n] = weight
	}
	return weight, true
}

func (t *tree) tooLarge(n *yaml.Node) bool {
	t.Add(n, "write the values out", "aliases make this value larger than %d values", maxNodes)
	return false
}

func (t *tree) settleOne(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode {
		t.unescape(n)
		if n.Anchor != "" && !t.extension {
			t.anchored = append(t.anchored, n)
		}
	}
	t.checkTag(n)
}

// checkTag reports a tag that asks for something else than what the value is.
func (t *tree) checkTag(n *yaml.Node) {
	if n.Style&yaml.TaggedStyle == 0 {
		if t.bangs && n.Kind == yaml.ScalarNode && n.Style == 0 {
			t.checkBang(n)
		}
		return
	}
	bare := *n
	bare.Tag, bare.Style = "", n.Style&^yaml.TaggedStyle
	tag := n.ShortTag()
	if tag == bare.ShortTag() || tag == "!!str" && n.Kind == yaml.ScalarNode || isMerge(n) {
		return
	}
	t.bad[n] = n.Kind == yaml.ScalarNode
	at := t.offset(n.Line, n.Column)
	at += max(strings.IndexByte(t.text[at:], '!'), 0) // behind an anchor
	t.Problems.Add(t.posAt(at), tagHint, "the tag %s is not that of %s", OneLine(n.Tag), withArticle(&bare))
}

const tagHint = "write the value itself: nothing is looked up or converted here; put quotes around text that begins with !"

var lonelyBang = regexp.MustCompile(`(?:^|[\s\[{,])!(?:\s|$)`)

// checkBang reports a lone ! before a text, which YAML takes for a tag.
func (t *tree) checkBang(n *yaml.Node) {
	if at := t.offset(n.Line, n.Column); strings.HasPrefix(t.text[at:], "!") && !strings.HasPrefix(n.Value, "!") {
		t.bad[n] = true
		t.Add(n, tagHint, "the tag ! stands before a text without quotes")
	}
}

func withArticle(n *yaml.Node) string {
	switch n.ShortTag() {
	case "!!int", "!!float":
		return "a number"
	case "!!bool":
		return "true or false"
	case "!!timestamp":
		return "a day"
	}
	return kindName(n)
}
