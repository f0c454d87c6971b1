package catalog

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"raci/matrix/source"
)

// statementFields are the keys of a duty in a model, a shared variant, a service or a
// variant.
func (r *reader) statementFields(st *statement) []source.Field {
	fields := []source.Field{
		source.Optional("offers", func(n *yaml.Node) { st.offers, _ = r.Text(n, "what AWS offers") }),
		source.Optional("evidence", func(n *yaml.Node) {
			r.Items(n, "evidence", false, func(n *yaml.Node) {
				if s, ok := r.Text(n, "evidence"); ok {
					r.CheckUnmarked(n, "evidence of a duty", s, "write it without +, or leave the key out; what stands here takes the place of what is said before")
					st.evidence = append(st.evidence, s)
				}
			})
		}),
		source.Optional("source", func(n *yaml.Node) {
			r.Items(n, "source", true, func(n *yaml.Node) { st.sources = append(st.sources, r.source(n)) })
		}),
		source.Optional("note", func(n *yaml.Node) { st.note, _ = r.Text(n, "note") }),
	}
	for _, who := range append([]string{AWS, Customer}, r.operators...) {
		fields = append(fields, source.Optional(who, func(n *yaml.Node) {
			if s, ok := r.Text(n, "what "+who+" does"); ok {
				st.sides = append(st.sides, Side{who, s, r.Pos(n)})
			}
		}))
	}
	return fields
}

func (r *reader) source(n *yaml.Node) Source {
	var s Source
	r.Object(n, "a source", []source.Field{
		source.Required("url", func(n *yaml.Node) {
			var ok bool
			if s.URL, ok = r.Text(n, "url"); ok && !source.IsPage(s.URL) {
				r.Add(n, source.PageHint(s.URL), "%.100q is not the address of a page", s.URL)
			}
		}),
		source.Required("checked", func(n *yaml.Node) {
			if s.Checked = r.Name(n, "checked"); !monthPattern.MatchString(s.Checked) {
				r.Add(n, "write it as YYYY-MM", "checked: %q is not a month", s.Checked)
			}
		}),
	})
	return s
}

// statements reads the duties of a model, a shared variant, a service or a variant,
// behind what the layers below say of them.
func (r *reader) statements(n *yaml.Node, all statements) {
	r.Pairs(n, "duties", func(key, value *yaml.Node) {
		id := r.Name(key, "duty")
		if r.c.duties[id] == nil {
			r.Add(key, source.DidYouMean(id, slices.Sorted(maps.Keys(r.c.duties)), "see raci catalog list duties"), "unknown duty %q", id)
			return
		}
		var st statement
		if source.Deref(value).Kind == yaml.SequenceNode {
			st = statement{at: r.Pos(key), overlay: r.overlay, cases: r.cases(value, id)}
		} else {
			st = r.statement(value, id, false)
		}
		st.at = r.Pos(key)
		all[id] = append(all[id], st)
	})
}

// statement reads what is said of a duty: none, or a map. A case may say what it needs
// to be true.
func (r *reader) statement(value *yaml.Node, id string, isCase bool) statement {
	st := statement{at: r.Pos(value), overlay: r.overlay}
	if v := source.Deref(value); v.Kind == yaml.ScalarNode && v.Value == noDutyText {
		st.none = true
		return st
	}
	var why string
	fields := append(r.statementFields(&st), source.Optional(noDutyText, func(n *yaml.Node) {
		st.none = true
		if why, _ = r.Text(n, "why the duty does not occur"); why != "" && !strings.Contains(strings.TrimSpace(why), " ") {
			r.Add(n, "say it in words, as in none: Its keys are those of AWS alone.", "%q is not a reason for which the duty %q does not occur", why, id)
		}
	}))
	if isCase {
		fields = append(fields, source.Optional("when", func(n *yaml.Node) { st.when, st.conditional = r.when(n), true }))
	}
	r.Object(value, "the duty "+id, fields)
	if st.none && st.note != "" {
		r.Add(value, "say all of it under none:", "the duty %q has a note beside none", id)
	}
	st.note = cmp.Or(st.note, why)
	if st.none && (len(st.sides) > 0 || st.offers != "" || len(st.evidence) > 0) {
		r.Add(value, "leave out none:, or all but its source", "the duty %q does not occur, and somebody does it", id)
	}
	SortSides(st.sides)
	return st
}
