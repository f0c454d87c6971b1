package schema

import (
	"fmt"
	"strings"

	"raci/matrix/source"
)

// Shape is what the value of a key may be: in words for people, and as a
// schema for programs.
type Shape struct {
	Words  string
	Keys   []Key  // of the map, or of each of the maps
	step   string // stands between the path of the key and that of one of Keys
	schema object
}

// Shapes of values that stand alone. Their schemas are definitions, which all
// files share.
var (
	oneLine  = Shape{Words: "text", schema: refTo("name")}
	longText = Shape{Words: "long text", schema: refTo("text")}
	aWord    = Shape{Words: "word", schema: refTo("word")}
	aDay     = Shape{Words: "date", schema: refTo("day")}
	anID     = Shape{Words: "id", schema: refTo("id")}
	unmarked = Shape{Words: "long text", schema: object{{"allOf", []object{refTo("text"), refTo("unmarked")}}}}
	yesNo    = Shape{Words: "true or false", schema: object{{"type", "boolean"}}}
	justNo   = Shape{Words: "false", schema: object{{"const", false}}}
	version1 = Shape{Words: "the number 1", schema: object{{"enum", []any{1, "1"}}}}
)

// Patterns of what the readers of package matrix take. They keep to what Go,
// JavaScript and Python read alike, so there are no classes of Unicode in
// them: letters and punctuation of other scripts only the parser distinguishes.
const (
	spaces = "\u1680\u2000-\u200a\u202f\u205f\u3000" // of other scripts
	blanks = ` \t\n\xa0` + spaces
	noIDs  = `\x00-,/:-@\[-^\x60{-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7` + spaces

	none = `[nN][oO][nN][eE]` // as the reader takes it for the word

	monthPattern = `^[` + blanks + `]*[0-9]{4}-(0[1-9]|1[0-2])[` + blanks + `]*$`

	// A day of the calendar; every fourth year has a 29 February, but of the
	// full hundreds only every fourth.
	dayPattern = `^([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|` +
		`([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)$`
)

// controls are what no name holds: control characters, and those that nobody sees or
// that turn the direction. Joiners and selectors are right or wrong by what
// stands beside them, which only the parser looks at.
var (
	controls = `\x00-\x1f\x7f-\x9f` + rangesOf(source.HiddenInNames())

	textPattern = `^[` + blanks + `]*[^` + blanks + inTexts + `][^` + inTexts + `]*$`
	wordPattern = `[^` + blanks + controls + `]([^` + controls + `]{0,198}[^` + blanks + controls + `])?`
	namePattern = `^[` + blanks + `]*` + wordPattern + `[` + blanks + `]*$`
	idPattern   = `^[^._\-` + noIDs + rangesOf(source.HiddenInNames()) + `][^` + noIDs + rangesOf(source.HiddenInNames()) + `]{0,199}$`

	inTexts = `\x00-\x08\x0b-\x1f\x7f-\x9f` + rangesOf(source.HiddenInTexts()) // what no text holds
)

// rangesOf writes ranges of characters for a pattern.
func rangesOf(ranges [][2]rune) string {
	var b strings.Builder
	for _, r := range ranges {
		b.WriteRune(r[0])
		if r[1] > r[0] {
			b.WriteString("-" + string(r[1]))
		}
	}
	return b.String()
}

// extensions are the keys at the top of a file that nothing reads: places for anchors.
func extensions() object {
	return object{{"patternProperties", object{{"^x-", object{{"description", "Nothing reads it: a place for anchors."}}}}}}
}

// scalar is what YAML takes for a text, a number or true and false: the parser
// reads the characters as they stand. The keywords errorMessage, here, and
// enumDescriptions are not part of JSON Schema; editors show them.
func scalar(pattern, message string) object {
	return object{{"type", []string{"string", "number", "boolean"}}, {"pattern", pattern}, {"errorMessage", message}}
}

// basics are the definitions of the shapes above.
func basics() object {
	return object{
		{"text", scalar(textPattern, "This must be text that is not empty, of at most 4,000 characters.").with("maxLength", source.MaxText)},
		{"name", scalar(namePattern, "This must be one line of text, of at most 200 characters.")},
		{"word", scalar("^"+wordPattern+"$", "This must be one line of text, of at most 200 characters, without spaces around it.")},
		{"unmarked", isNot(`^[`+blanks+`]*(\+|`+none+`[`+blanks+`]*$)`, "Write it without +. none stands alone, where it has a meaning.")},
		{"id", scalar(idPattern, `An id has letters, digits, ".", "_" and "-", and begins with a letter or digit.`)},
		{"day", object{{"type", "string"}, {"pattern", dayPattern}, {"errorMessage", "This must be a day of the calendar, as 2026-11-21."}}},
	}
}

// isNot refuses texts of this pattern. Without the type it would refuse numbers too.
func isNot(pattern, message string) object {
	return object{{"not", object{{"type", "string"}, {"pattern", pattern}}}, {"errorMessage", message}}
}

func refTo(definition string) object { return object{{"$ref", "#/$defs/" + definition}} }

// oneOf is one of a few words.
func oneOf(words ...string) Shape {
	return Shape{Words: strings.Join(words, " or "), schema: object{{"enum", words}}}
}

// known is a word of the catalog: the definition's words are offered, and
// others accepted, because an overlay may add some.
func known(definition string) Shape {
	return Shape{Words: "word", schema: anyOf(refTo(definition), refTo("word"))}
}

// wholeNumber is a number in this range.
func wholeNumber(least, most int) Shape {
	return Shape{Words: fmt.Sprintf("whole number from %d to %d", least, most),
		schema: object{{"type", "integer"}, {"minimum", least}, {"maximum", most}}}
}

// orList is a value or a list of such values.
func orList(s Shape) Shape {
	return Shape{Words: s.Words + " or list", Keys: s.Keys, step: "[].", schema: oneOrMore(s.schema)}
}

// orListOfSome is a value, or a list that holds one at least.
func orListOfSome(s Shape) Shape {
	o := orList(s)
	o.schema = anyOf(s.schema, list(s.schema).with("minItems", 1))
	return o
}

// orListOfOne is a value, or a list that holds one at most.
func orListOfOne(s Shape) Shape {
	return Shape{Words: s.Words + " or list of one", schema: anyOf(s.schema, list(s.schema).with("maxItems", 1))}
}

// listOf is a list, also where it has one item.
func listOf(s Shape) Shape {
	return Shape{Words: "list of " + s.Words + "s", Keys: s.Keys, step: "[].", schema: list(s.schema)}
}

// aMap is a map with these keys.
func aMap(keys ...Key) Shape {
	return Shape{Words: "map", Keys: keys, step: ".", schema: keysOf(keys)}
}

// orMap is a value, or a map with these keys.
func orMap(s Shape, keys ...Key) Shape {
	return Shape{Words: s.Words + " or map", Keys: keys, step: ".", schema: anyOf(s.schema, keysOf(keys))}
}

// mapTo is a map from the user's keys to values of one shape.
func mapTo(keys string, values Shape) Shape {
	return Shape{Words: "map of " + values.Words + "s", Keys: values.Keys, step: ".ID.",
		schema: object{{"type", "object"}, {"propertyNames", refTo(keys)}, {"additionalProperties", values.schema}}}
}

// and adds a constraint.
func (s Shape) and(more object) Shape {
	s.schema = append(s.schema[:len(s.schema):len(s.schema)], more...)
	return s
}

// called names the shape for people.
func (s Shape) called(words string) Shape {
	s.Words = words
	return s
}

func anyOf(schemas ...object) object { return object{{"anyOf", schemas}} }

func oneOrMore(item object) object { return anyOf(item, list(item)) }

func list(items object) object { return object{{"type", "array"}, {"items", items}} }

// required is a map with this key.
func required(keys ...string) object { return object{{"required", keys}} }

// requiredEach is a list of maps, each with one of these keys.
func requiredEach(keys ...string) []object {
	var list []object
	for _, k := range keys {
		list = append(list, required(k))
	}
	return list
}

// pagePattern matches the address of a page, with blanks around it.
var pagePattern = `^[` + blanks + `]*` + strings.TrimSuffix(strings.TrimPrefix(source.PagePattern, "^"), "$") + `[` + blanks + `]*$`
