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
	b.WriteString("\n" + aboutYAML("`") + "\n")
	for _, k := range Keys() {
		b.WriteString("\n## `" + k.Name + "`\n\n" + k.lines("`") + "\n```yaml\n" + k.Example + "\n```\n")
		if len(k.Shape.Keys) > 0 {
			b.WriteString("\n| key | meaning | type | default | example |\n| --- | --- | --- | --- | --- |\n")
			k.table(&b, k.Name)
		}
	}
	return b.String()
}

// aboutYAML says how the file is read; quote surrounds what is written in it.
func aboutYAML(quote string) string {
	q := func(text string) string { return quote + text + quote }
	return "The file is YAML 1.2, or JSON, in UTF-8. Anchors, aliases and merge keys (" + q("<<") + ") work as elsewhere: what a map says\n" +
		"itself wins, and then the earlier of several maps. Keys at the top that begin with " + q("x-") + " are read by nobody: they are\n" +
		"a place for anchors. " + q("true") + " and " + q("false") + " may have capitals. Tags such as " + q("!Sub") + " are refused, and an anchor before a text\n" +
		"that nothing repeats, and a comment behind a text whose " + q("#") + " has no blank behind it: all three are mostly text that lacks\n" +
		"its quotes. Names are the same whether é is one character or two (NFC and NFD). Characters that nobody sees, or that turn the\n" +
		"direction of a line, stand in no name; joiners between letters that need them, and in emoji, do. The same holds for the\n" +
		"files of a catalog."
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
	b.WriteString("Every key of a manifest, with its meaning, its type, its default and an example.\n\n" + aboutYAML("") + "\n")
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
