package matrix

import (
	"gopkg.in/yaml.v3"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// sayingFields are what a rule says of how duties are done.
func (r *manifestReader) sayingFields(rule *Rule) []source.Field {
	return []source.Field{
		source.Optional("process", func(n *yaml.Node) { rule.Process = r.process(n) }),
		source.Optional("evidence", func(n *yaml.Node) { rule.Evidence = r.evidence(n) }),
		source.Optional("frequency", func(n *yaml.Node) { rule.Frequency = r.frequency(n) }),
	}
}

// process reads a text, a page with its title, a list of them, or "none", which
// takes away what a wider rule says.
func (r *manifestReader) process(n *yaml.Node) Saying {
	s := Saying{Set: true, At: r.Pos(n)}
	if isNone(n) {
		return s
	}
	r.Items(n, "process", true, func(item *yaml.Node) {
		const alone = "list all that holds, each without +; process: none, alone and in small letters, takes away what a wider rule says"
		var p Process
		if source.Deref(item).Kind != yaml.MappingNode {
			p.Text, _ = r.Text(item, "process")
			r.CheckUnmarked(item, "process", p.Text, alone)
		} else {
			r.Object(item, "a process", []source.Field{
				source.Required("title", func(n *yaml.Node) {
					p.Text = r.Name(n, "title of a process")
					r.CheckUnmarked(n, "process", p.Text, alone)
				}),
				source.Required("url", func(n *yaml.Node) { p.URL = r.link(n) }),
			})
		}
		s.Items = append(s.Items, p)
	})
	return s
}

// link reads the address of a page.
func (r *manifestReader) link(n *yaml.Node) string {
	s, ok := r.Text(n, "url")
	if !ok || source.IsPage(s) {
		return s
	}
	r.Add(n, source.PageHint(s)+"; what no report can link, write as the text of the process, without title and url", "%q is no address that a report can link", head(s))
	return ""
}

// head is the beginning of a text, for messages.
func head(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return s
}

// evidence reads a text or a list of them, or "none". With "+" before them they
// are added to those of a wider rule and of the catalog.
func (r *manifestReader) evidence(n *yaml.Node) Saying {
	s := Saying{Set: true, At: r.Pos(n)}
	if isNone(n) {
		return s
	}
	var items []source.Ref
	r.Items(n, "evidence", true, func(item *yaml.Node) {
		if text, ok := r.Text(item, "evidence"); ok {
			items = append(items, source.Ref{ID: text, At: r.Pos(item)})
		}
	})
	items, s.Adds = r.additions(items, "evidence")
	for _, item := range items {
		if source.IsNone(item.ID) {
			r.Problems.Add(item.At, "write evidence: none, alone and in small letters, to leave nothing", "%q is no evidence", item.ID)
		}
		s.Items = append(s.Items, Process{Text: item.ID})
	}
	return s
}

// frequency reads one of the words for how often a duty is done, or "none".
func (r *manifestReader) frequency(n *yaml.Node) Saying {
	s := Saying{Set: true, At: r.Pos(n)}
	if isNone(n) {
		return s
	}
	if word := r.OneOf(n, "frequency", source.Strings(catalog.Frequencies)...); word != "" {
		s.Items = []Process{{Text: word}}
	}
	return s
}

// keys are the keys under which the rule says something of its rows.
func (r *Rule) keys() []string {
	var keys []string
	for _, k := range []struct {
		key string
		set bool
	}{{"responsible", r.Responsible.Set}, {"accountable", r.Accountable.Set}, {"consulted", r.Consulted.Set}, {"informed", r.Informed.Set},
		{ProcessDetail, r.Process.Set}, {EvidenceDetail, r.Evidence.Set}, {FrequencyDetail, r.Frequency.Set}} {
		if k.set {
			keys = append(keys, k.key)
		}
	}
	return keys
}
