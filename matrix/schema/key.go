package schema

// Key is one key of a file.
type Key struct {
	Name     string
	Text     string // what it means, a sentence or two
	Kind     Kind
	Required bool
	Default  string   // what holds where the key is missing, for people
	Example  string   // YAML, for people; empty where the parent shows it
	Words    []string // the words that a Word or Words may be
	Other    string   // pattern of words that may stand beside Words, such as names of an overlay
	Keys     []Key    // of a Map, or of the items of a List of maps
	Least    int      // items that a List has at least
	Extra    object   // further constraints on the items of a List
}

// Kind is the shape of a value.
type Kind string

// The kinds of values.
const (
	Text     Kind = "text"                // one line of at most 200 characters
	LongText Kind = "long text"           // any length
	Word     Kind = "word"                // one of a few words, or an id
	Words    Kind = "word or list"        // one Word or a list of them
	Day      Kind = "date"                // YYYY-MM-DD
	Number   Kind = "whole number"        // 0 or more
	YesNo    Kind = "true or false"       //
	Map      Kind = "map"                 // with the keys of Keys
	List     Kind = "list of maps"        // each with the keys of Keys
	TextMap  Kind = "map of texts"        // free keys, each with a text
	PartyMap Kind = "map of parties"      // free keys, each with a text or a map with the keys of Keys
	MixedMap Kind = "word or map"         // a Word, or a map with the keys of Keys
	MixedAll Kind = "list of word or map" // a list of MixedMap; one may stand alone
	Mixed    Kind = "list"                // of MixedMap
	OneWord  Kind = "word or list of one" // a Word, or a list that holds one
	MapOf    Kind = "map of maps"         // free keys, each with the keys of Keys
	Any      Kind = "any"                 // said in words only
	Ref      Kind = "reference"           // to the definition that Default names
	False    Kind = "false"               // the one word false
)

const (
	maxName    = 200
	idPattern  = `^[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}._-]*$`
	dayPattern = `^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`
)

// schema returns the JSON Schema of the key's value.
func (k Key) schema() object {
	o := object{{"title", k.Name}}
	if k.Text != "" {
		o = o.with("description", k.Text)
	}
	o = append(o, k.shape()...)
	if k.Default != "" && k.Kind == Word {
		o = o.with("default", k.Default)
	}
	if e := k.examples(); e != nil {
		o = o.with("examples", e)
	}
	return o
}

// shape is the schema without the words for people.
func (k Key) shape() object {
	switch k.Kind {
	case Text:
		return text(maxName)
	case LongText:
		return text(0)
	case Word:
		return k.word()
	case Words:
		return object{{"anyOf", []any{k.word(), list(k.word(), 0)}}}
	case MapOf:
		return object{{"type", "object"}, {"additionalProperties", mapOf(k.Keys)}}
	case Any:
		return nil
	case Ref:
		return object{{"$ref", k.Default}}
	case OneWord:
		return object{{"anyOf", []any{k.word(), list(k.word(), 0).with("maxItems", 1)}}}
	case Mixed:
		return list(object{{"anyOf", []any{k.word(), mapOf(k.Keys)}}}, 0)
	case Day:
		return object{{"type", "string"}, {"format", "date"}, {"pattern", dayPattern}}
	case Number:
		return object{{"type", "integer"}, {"minimum", 0}}
	case YesNo:
		return object{{"type", "boolean"}}
	case False:
		return object{{"const", false}}
	case Map:
		return mapOf(k.Keys)
	case List:
		return list(mapOf(k.Keys).merge(k.Extra), k.Least)
	case TextMap:
		return object{{"type", "object"}, {"additionalProperties", text(0)}}
	case PartyMap:
		return object{{"type", "object"}, {"propertyNames", object{{"pattern", idPattern}}},
			{"additionalProperties", object{{"anyOf", []any{text(maxName), mapOf(k.Keys)}}}}}
	case MixedMap:
		return object{{"anyOf", []any{k.word(), mapOf(k.Keys)}}}
	case MixedAll:
		one := object{{"anyOf", []any{k.word(), mapOf(k.Keys)}}}
		return object{{"anyOf", []any{k.word(), mapOf(k.Keys), list(one, 0)}}}
	}
	panic("schema: no shape for the kind " + string(k.Kind)) // a test builds every schema
}

// text accepts what YAML reads as a number or as true, for the parser takes
// the characters as they stand.
func text(most int) object {
	o := object{{"type", []string{"string", "number", "boolean"}}, {"minLength", 1}}
	if most > 0 {
		o = o.with("maxLength", most)
	}
	return o
}

// word lists the words for completion. Where others may stand beside them,
// anyOf lets both pass.
func (k Key) word() object {
	switch {
	case len(k.Words) == 0:
		return text(maxName)
	case k.Other == "":
		return object{{"enum", k.Words}}
	}
	return object{{"anyOf", []any{object{{"enum", k.Words}}, object{{"type", "string"}, {"pattern", k.Other}}}}}
}

// merge appends the members of other.
func (o object) merge(other object) object { return append(o, other...) }

func list(items object, least int) object {
	o := object{{"type", "array"}, {"items", items}}
	if least > 0 {
		o = o.with("minItems", least)
	}
	return o
}

func mapOf(keys []Key) object {
	properties, required := object{}, []string{}
	for _, k := range keys {
		properties = properties.with(k.Name, k.schema())
		if k.Required {
			required = append(required, k.Name)
		}
	}
	o := object{{"type", "object"}, {"additionalProperties", false}, {"properties", properties}}
	if len(required) > 0 {
		o = o.with("required", required)
	}
	return o
}
