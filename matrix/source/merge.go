package source

import "gopkg.in/yaml.v3"

// mergeKey stands before maps of which a map takes what it does not say itself.
const mergeKey = "<<"

func isMerge(key *yaml.Node) bool {
	const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	return key.Kind == yaml.ScalarNode && key.Value == mergeKey && key.Style&quoted == 0 && key.ShortTag() == "!!merge"
}

// merge puts the pairs of other maps in the place of a merge key. They are the
// nodes of those maps, at their own places. What a map says itself wins, and then
// what the earlier of several maps says. It returns false where the file would
// grow too large.
func (t *tree) merge(n *yaml.Node) bool {
	at := 0
	for at < len(n.Content) && !isMerge(n.Content[at]) {
		at += 2
	}
	if at >= len(n.Content) {
		return true
	}
	taken := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if key := n.Content[i]; !isMerge(key) {
			taken[KeyOf(key)] = true
		} else if i > at {
			t.Add(key, "write one, with a list: <<: [*one, *other]", "the key << occurs twice in a map; the first is at line %d", n.Content[at].Line)
		}
	}
	var content []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		if !isMerge(n.Content[i]) {
			content = append(content, n.Content[i], n.Content[i+1])
			continue
		}
		if i != at {
			continue
		}
		for _, other := range t.mergeSources(n.Content[i+1]) {
			first := len(content)
			for j := 0; j+1 < len(other.Content); j += 2 {
				if key := other.Content[j]; Deref(key).Kind != yaml.ScalarNode || !taken[KeyOf(key)] {
					content = append(content, key, other.Content[j+1])
				}
			}
			for j := first; j < len(content); j += 2 { // a key that stands twice in one map is for the reader to report
				taken[KeyOf(content[j])] = true
			}
			if t.merged += len(other.Content); t.merged > maxNodes {
				return t.tooLarge(n)
			}
		}
	}
	n.Content = content
	return true
}

// mergeSources returns the maps under a merge key.
func (t *tree) mergeSources(value *yaml.Node) []*yaml.Node {
	list := []*yaml.Node{value}
	defer clear(t.via)
	if v := Deref(value); v.Kind == yaml.SequenceNode {
		list = v.Content
	}
	var maps []*yaml.Node
	for _, item := range list {
		if value.Kind == yaml.AliasNode && item != value {
			t.setVia(item, value)
		}
		if m := Deref(item); m.Kind == yaml.MappingNode {
			maps = append(maps, m)
		} else {
			t.AddWhole(item, "write <<: *NAME, where &NAME stands before a map, or a list of such", "the key << takes in maps, and this is %s", kindName(m))
		}
	}
	return maps
}
