package source

import (
	"fmt"

	"gopkg.in/yaml.v3"
)

// What an alias takes in may be right where it stands, and wrong where the alias does.
// So a problem of a value as a whole has the place of the alias, and names that of
// the value; a problem within the value has its own place, and names the alias.

// AddWhole reports a problem of a value as a whole: of another kind than is wanted, or
// without what must be in it.
func (d *Reader) AddWhole(n *yaml.Node, hint, format string, args ...any) {
	alias, value := n, Deref(n)
	if via := d.via[n]; via != nil {
		alias = via
	}
	problem := Diagnostic{At: d.Pos(alias), Message: fmt.Sprintf(format, args...), Hint: hint}
	if alias != value {
		problem.Related = []Related{{d.Pos(value), "the value stands here"}}
	}
	d.Problems = append(d.Problems, problem)
}

// nameAlias returns what adds, to the problems that are reported until then, the
// place of an alias that leads to them. It does nothing for another value.
func (d *Reader) nameAlias(n *yaml.Node) func() {
	if n.Kind != yaml.AliasNode {
		return func() {}
	}
	before := len(d.Problems)
	return func() {
		for i := range d.Problems[before:] {
			if p := &d.Problems[before+i]; len(p.Related) == 0 && p.At != d.Pos(n) {
				p.Related = []Related{{d.Pos(n), "the alias that takes it in"}}
			}
		}
	}
}

func (d *Reader) setVia(item, alias *yaml.Node) {
	if d.via == nil {
		d.via = map[*yaml.Node]*yaml.Node{}
	}
	d.via[item] = alias
}
