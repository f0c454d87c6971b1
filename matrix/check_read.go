package matrix

import (
	"strconv"

	"gopkg.in/yaml.v3"
)

// check reads the thresholds of check and the waivers.
func (r *manifestReader) check(n *yaml.Node) {
	c := &r.m.Check
	r.object(n, "check", []field{
		{"max-accountable-share", false, func(n *yaml.Node) { r.number(n, &c.MaxAccountableShare, 1, 100) }},
		{"max-consulted", false, func(n *yaml.Node) { r.number(n, &c.MaxConsulted, 0, 1000) }},
		{"warn-before-end", false, func(n *yaml.Node) { r.number(n, &c.WarnBeforeEnd, 0, 3650) }},
		{"max-source-age", false, func(n *yaml.Node) { r.number(n, &c.MaxSourceAge, 1, 1200) }},
		{"waive", false, func(n *yaml.Node) { r.items(n, "waive", false, r.waiver) }},
	})
}

func (r *manifestReader) number(n *yaml.Node, to *int, least, most int) {
	s := r.word(n, "the number")
	if s == "" {
		return
	}
	v, err := strconv.Atoi(s)
	switch {
	case err != nil || v < least || v > most:
		r.add(n, "", "%q is not a whole number from %d to %d", s, least, most)
	case resolve(n).ShortTag() == "!!str":
		r.add(n, "write it without quotes", "%q is a text, not a number", s)
	default:
		*to = v
	}
}

// waiver demands a reason and an end: a finding is not accepted for ever.
func (r *manifestReader) waiver(n *yaml.Node) {
	w := Waiver{At: r.pos(resolve(n))}
	r.object(n, "a waiver", append(r.selectorFields(&w.Selector), []field{
		{"rule", true, func(n *yaml.Node) { w.Rule = r.ref(n, "rule") }},
		{"reason", true, func(n *yaml.Node) { w.Reason, _ = r.text(n, "reason") }},
		{"expires", true, func(n *yaml.Node) { w.Expires = r.date(n, "expires") }},
	}...))
	r.m.Check.Waivers = append(r.m.Check.Waivers, w)
}
