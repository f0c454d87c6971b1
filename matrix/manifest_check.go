package matrix

import (
	"strconv"

	"gopkg.in/yaml.v3"

	"raci/matrix/source"
)

// check reads the thresholds of check and the waivers.
func (r *manifestReader) check(n *yaml.Node) {
	c := &r.m.Check
	r.Object(n, "check", []source.Field{
		source.Optional("max-accountable-share", func(n *yaml.Node) { r.number(n, &c.MaxAccountableShare, 1, 100) }),
		source.Optional("max-consulted", func(n *yaml.Node) { r.number(n, &c.MaxConsulted, 0, 1000) }),
		source.Optional("warn-before-end", func(n *yaml.Node) { r.number(n, &c.WarnBeforeEnd, 0, 3650) }),
		source.Optional("max-source-age", func(n *yaml.Node) { r.number(n, &c.MaxSourceAge, 1, 1200) }),
		source.Optional("rules", func(n *yaml.Node) { c.Rules = r.RefsUnder("rules", n, "rule") }),
		source.Optional("waive", func(n *yaml.Node) { r.NamedItems(n, "waive", "rule", false, r.waiver) }),
	})
}

func (r *manifestReader) number(n *yaml.Node, to *int, least, most int) {
	s := r.Word(n, "the number")
	if s == "" {
		return
	}
	v, err := strconv.Atoi(s)
	switch {
	case err != nil || v < least || v > most:
		r.Add(n, "", "%q is not a whole number from %d to %d", s, least, most)
	case source.Deref(n).ShortTag() == "!!str":
		hint := "write it without quotes"
		if source.Deref(n).Style&yaml.TaggedStyle != 0 {
			hint = "write it without the tag"
		}
		r.Add(n, hint, "%q is text, not a number", s)
	default:
		*to = v
	}
}

// waiver demands a reason and an end: a finding is not accepted for ever.
func (r *manifestReader) waiver(n *yaml.Node) {
	w := Waiver{At: r.Pos(source.Deref(n))}
	r.Object(n, "a waiver", append(r.selectorFields(&w.Selector), []source.Field{
		source.Required("rule", func(n *yaml.Node) { w.Rule = r.Ref(n, "rule") }),
		source.Required("reason", func(n *yaml.Node) { w.Reason, _ = r.Text(n, "reason") }).OrHint("say why it is accepted, as reason: TEXT"),
		source.Required("expires", func(n *yaml.Node) { w.Expires = r.date(n, "expires") }).OrHint("nothing is accepted for ever: add the day of its end, as expires: 2027-06-30"),
	}...))
	r.m.Check.Waivers = append(r.m.Check.Waivers, w)
}
