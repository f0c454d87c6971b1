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
		problem.Related = []Related{d.valueOf(value)}
	}
	d.Problems = append(d.Problems, problem)
}

func (d *Reader) valueOf(value *yaml.Node) Related {
	return Related{d.Pos(value), "the value stands here"}
}

func (d *Reader) takenInBy(alias *yaml.Node) Related {
	return Related{d.Pos(alias), "the alias that takes it in"}
}

// noteAlias keeps, of a value at an alias or within what an alias takes in, the other
// place, for what shows to be wrong with it when the file has been read.
func (d *Reader) noteAlias(n *yaml.Node) {
	related := Related{}
	switch last := len(d.aliases) - 1; {
	case n.Kind == yaml.AliasNode:
		related = d.valueOf(Deref(n))
	case last >= 0:
		related = d.takenInBy(d.aliases[last])
	default:
		return
	}
	if d.Related == nil {
		d.Related = map[Pos]Related{}
	}
	if _, known := d.Related[d.Pos(n)]; !known {
		d.Related[d.Pos(n)] = related
	}
}

// nameAlias returns what adds, to the problems that are reported until then, the
// place of an alias that leads to them. It does nothing for another value.
func (d *Reader) nameAlias(n *yaml.Node) func() {
	if n.Kind != yaml.AliasNode {
		return func() {}
	}
	before := len(d.Problems)
	d.aliases = append(d.aliases, n)
	return func() {
		d.aliases = d.aliases[:len(d.aliases)-1]
		for i := range d.Problems[before:] {
			if p := &d.Problems[before+i]; len(p.Related) == 0 && p.At != d.Pos(n) {
				p.Related = []Related{d.takenInBy(n)}
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
