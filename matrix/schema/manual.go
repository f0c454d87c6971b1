package schema

import (
	"fmt"
	"strings"
)

// Manual returns the manual of the manifest in Markdown: every key with its
// meaning, type, default and an example.
func Manual() string {
	var b strings.Builder
	b.WriteString("# The manifest\n\nEvery key of a manifest, with its meaning, its type, its default and an example. Keys of a map stand\n" +
		"under it, with a dot; `[]` marks the items of a list. `raci help manifest` prints the same, and\n`raci schema manifest` gives a JSON Schema for editors.\n")
	for _, k := range Keys() {
		b.WriteString("\n## `" + k.Name + "`\n\n" + k.lines("`") + "\n```yaml\n" + k.Example + "\n```\n")
		if len(k.Shape.Keys) > 0 {
			b.WriteString("\n| key | meaning | type | default | example |\n| --- | --- | --- | --- | --- |\n")
			k.table(&b, k.Name)
		}
	}
	return b.String()
}

// table writes a line for each key below this one.
func (k Key) table(b *strings.Builder, path string) {
	for _, sub := range k.Shape.Keys {
		name := path + k.Shape.step + sub.Name
		fmt.Fprintf(b, "| `%s` | %s | %s | %s | `%s` |\n", name, cell(sub.Text), cell(sub.kind()), cell(sub.defaultText("`")), cell(sub.Example))
		sub.table(b, name)
	}
}

func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

// kind is the type for people.
func (k Key) kind() string {
	if k.Required {
		return k.Shape.Words + ", required"
	}
	return k.Shape.Words
}

// defaultText is what holds where the key is missing; quote surrounds a value.
func (k Key) defaultText(quote string) string {
	if k.Default != "" {
		return quote + k.Default + quote
	}
	return k.Without
}

func (k Key) lines(quote string) string {
	s := k.Text + "\n\nType: " + k.kind() + "."
	if without := k.defaultText(quote); without != "" {
		s += " Default: " + without + "."
	}
	return s + "\n"
}

// ManualText returns the manual for a terminal.
func ManualText() string {
	var b strings.Builder
	b.WriteString("Every key of a manifest, with its meaning, its type, its default and an example.\n")
	for _, k := range Keys() {
		b.WriteString("\n" + strings.ToUpper(k.Name) + "\n" + indent(k.lines(""), "  ") + "\n" + indent(k.Example, "      ") + "\n")
		k.list(&b, k.Name)
	}
	return b.String()
}

func (k Key) list(b *strings.Builder, path string) {
	for _, sub := range k.Shape.Keys {
		name := path + k.Shape.step + sub.Name
		fmt.Fprintf(b, "\n  %s\n    %s\n    Type: %s.", name, sub.Text, sub.kind())
		if without := sub.defaultText(""); without != "" {
			fmt.Fprintf(b, " Default: %s.", without)
		}
		fmt.Fprintf(b, "\n        %s\n", sub.Example)
		sub.list(b, name)
	}
}

func indent(text, by string) string {
	return by + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n"+by)
}
