package matrix

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"raci/matrix/source"
)

// owner reads the one party that owns an entry.
func (r *manifestReader) owner(n *yaml.Node) source.Ref {
	hint := "name one party"
	if v := source.Deref(n); v.Kind == yaml.SequenceNode {
		var ids []string
		for _, item := range v.Content {
			ids = append(ids, source.KeyOf(item))
		}
		if len(ids) > 0 && !slices.Contains(ids, "") {
			hint = fmt.Sprintf("name one party, as owner: %s; a rule under assign names more: {entry: NAME, responsible: [%s]}", ids[0], strings.Join(ids, ", "))
		}
	}
	if v := source.Deref(n); v.Kind == yaml.MappingNode && len(v.Content) > 0 {
		r.Add(n, "name one party, as owner: "+source.KeyOf(v.Content[0]), "owner must be text, not a map")
		return source.Ref{}
	}
	return r.one(n, "owner", hint)
}

// one reads an id where people may write a list. The hint says what to do then.
func (r *manifestReader) one(n *yaml.Node, what, hint string) source.Ref {
	if v := source.Deref(n); v.Kind == yaml.SequenceNode {
		r.Add(n, hint, "%s must be one, not a list", what)
		return source.Ref{}
	}
	return r.Ref(n, what)
}

// labels reads the names of places or tags, one or a list of them. Nothing else has to
// know these, so a list that is written as one text would be a name of its own.
func (r *manifestReader) labels(key string, n *yaml.Node, what string) (labels []source.Ref) {
	for _, ref := range r.RefsUnder(key, n, what) {
		if !strings.ContainsAny(ref.ID, ",;") {
			labels = append(labels, ref)
			continue
		}
		parts := strings.FieldsFunc(ref.ID, func(c rune) bool { return c == ',' || c == ';' })
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		r.Problems.Add(ref.At, "write a list: ["+strings.Join(parts, ", ")+"]", "%s %q contains a comma or a semicolon", what, ref.ID)
	}
	return labels
}

// isServiceText reports the name of a service where a map is wanted, or a list of them:
// the hint goes on with the name.
func (r *manifestReader) isServiceText(n *yaml.Node, hint, message string) bool {
	v := source.Deref(n)
	if v.Kind != yaml.ScalarNode || v.ShortTag() == "!!null" || v.Value == "" || strings.Contains(v.Value, ":") {
		return false
	}
	r.AddWhole(n, hint+source.ListParts(v.Value)[0], "%s", message)
	return true
}

// appliesNot reads the word false, the only one of its key.
func (r *manifestReader) appliesNot(n *yaml.Node) bool {
	applies, ok := r.Bool(n, "applies")
	if ok && applies {
		r.Add(n, "leave the key out: a duty applies unless that is said", "applies may be false alone")
	}
	return ok && !applies
}
