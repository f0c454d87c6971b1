package schema

import "raci/matrix"

// Catalog returns the JSON Schema of a service's file in a catalog. The other
// files are under $defs: model, variant (one that several services share),
// controls and framework.
func Catalog(cat *matrix.Catalog) (any, error) {
	w, err := wordsOf(cat)
	if err != nil {
		return nil, err
	}
	models := cat.ModelIDs()
	o := object{{"$schema", Draft}, {"$id", "urn:raci:catalog:v1"}, {"title", "raci catalog: a service"},
		{"description", "Who does what for one service, and what differs in its variants. An overlay of a service that ships says only what it changes."}}
	o = o.merge(mapOf(serviceKeys(models)))
	return o.with("$defs", object{
		{"duties", dutyMap(w)},
		{"model", fileOf("a service model", mapOf(modelKeys(models)))},
		{"variant", fileOf("a variant that several services share", mapOf(modelKeys(nil)))},
		{"controls", fileOf("controls and duties", mapOf(controlKeys()))},
		{"framework", fileOf("a framework", mapOf(frameworkKeys(w)))},
	}), nil
}

func fileOf(title string, o object) object {
	return append(object{{"title", "raci catalog: " + title}}, o...)
}

// dutyMap is what files say of duties: none, or sides with evidence, sources
// and a note. Further operators have keys of their own.
func dutyMap(w *words) object {
	statement := object{{"type", "object"}, {"properties", object{
		{"aws", side("What AWS does.")},
		{"customer", side("What the customer does.")},
		{"evidence", object{{"type", "array"}, {"items", text(0)}, {"description", "What an auditor can be shown."}}},
		{"source", object{{"description", "The pages that state it."}, {"anyOf", []any{source(), list(source(), 1)}}}},
		{"note", text(0).with("description", "What the reader of the row should know.")},
	}}, {"additionalProperties", side("What a further operator does; the service names it under operators.")}}
	return object{{"type", "object"}, {"propertyNames", enumOr(w.duties, anyPattern)},
		{"additionalProperties", object{{"anyOf", []any{object{{"const", "none"}}, statement}}}}}
}

func side(meaning string) object {
	return text(0).with("description", meaning+" Begins with a verb in the third person; at most 240 characters.")
}

func source() object {
	return object{{"type", "object"}, {"additionalProperties", false}, {"required", []string{"url", "checked"}}, {"properties", object{
		{"url", object{{"type", "string"}, {"pattern", "^https://"}, {"description", "Address of the page."}}},
		{"checked", object{{"type", "string"}, {"pattern", `^\d{4}-(0[1-9]|1[0-2])$`}, {"description", "Month in which it was checked, YYYY-MM."}}},
	}}}
}

// dutiesKey refers to the map of duties.
func dutiesKey(required bool) Key {
	return Key{Name: "duties", Kind: Ref, Default: "#/$defs/duties", Required: required, Text: "What differs, by duty."}
}

func foundAsKey() Key {
	patterns := "Resource types, or a map from a type to the attributes that must match."
	return Key{Name: "found-as", Kind: Map, Text: "How infrastructure code shows that it is used.", Keys: []Key{
		{Name: "terraform", Kind: Any, Text: patterns}, {Name: "cloudformation", Kind: Any, Text: patterns},
	}}
}

func serviceKeys(models []string) []Key {
	return []Key{
		{Name: "id", Kind: Word, Required: true, Text: "Id; the name of the file."},
		{Name: "name", Kind: Text, Text: "Name in the reports. Required unless an overlay corrects a service that ships."},
		{Name: "aliases", Kind: Words, Text: "Other words that find the service."},
		{Name: "category", Kind: Text, Text: "Product category."},
		{Name: "model", Kind: Word, Words: models, Other: anyPattern, Text: "The service model it starts from. Required unless an overlay corrects a service that ships."},
		{Name: "lifecycle", Kind: Word, Words: []string{"available", "maintenance", "retired"}, Default: "available", Text: "Whether AWS still offers it."},
		{Name: "note", Kind: LongText, Text: "What a reader of the whole service should know."},
		{Name: "assumes", Kind: Words, Text: "Variants taken, with a finding, where a manifest chooses none of their group."},
		{Name: "operators", Kind: TextMap, Text: "Further operators that have a side in some duty, by id."},
		foundAsKey(), dutiesKey(false),
		{Name: "variants", Kind: MapOf, Text: "Ways of using the service that change who does what.", Keys: []Key{
			{Name: "name", Kind: Text, Text: "Name in the reports."},
			{Name: "group", Kind: Word, Text: "Two variants of one group exclude each other."},
			{Name: "note", Kind: LongText, Text: "What a reader should know."},
			{Name: "like", Kind: Word, Text: "A variant that several services share, from which this one starts."},
			foundAsKey(), dutiesKey(false),
		}},
	}
}

func modelKeys(models []string) []Key {
	return []Key{
		{Name: "id", Kind: Word, Required: true, Text: "Id; the name of the file."},
		{Name: "name", Kind: Text, Required: true, Text: "Name."},
		{Name: "description", Kind: LongText, Text: "What it is for."},
		{Name: "model", Kind: Word, Words: models, Other: anyPattern, Text: "What it starts from."},
		dutiesKey(true),
	}
}

func controlKeys() []Key {
	return []Key{{Name: "controls", Kind: List, Required: true, Text: "Control areas.", Keys: []Key{
		{Name: "id", Kind: Word, Required: true, Text: "Id."},
		{Name: "name", Kind: Text, Text: "Name; required for a new control."},
		{Name: "category", Kind: Word, Words: []string{"inherited", "shared", "customer-specific"}, Text: "Category of AWS's model; required for a new control."},
		{Name: "duties", Kind: Any, Required: true, Text: "Duties: id, title, scope (provider, organization or service), and for the first two their sides, evidence and source."},
	}}}
}

func frameworkKeys(w *words) []Key {
	return []Key{
		{Name: "id", Kind: Word, Required: true, Text: "Id; the name of the file."},
		{Name: "name", Kind: Text, Required: true, Text: "Name."},
		{Name: "publisher", Kind: Text, Text: "Who publishes it."},
		{Name: "note", Kind: LongText, Text: "What a reader should know."},
		{Name: "aliases", Kind: Words, Text: "Other words that find it."},
		{Name: "source", Kind: Any, Text: "Its page: url and checked."},
		{Name: "baselines", Kind: Words, Text: "Names of selections."},
		{Name: "requirements", Kind: MapOf, Required: true, Text: "Requirements by id.", Keys: []Key{
			{Name: "title", Kind: LongText, Required: true, Text: "Short title."},
			{Name: "in", Kind: Words, Text: "Baselines that hold it."},
			{Name: "duties", Kind: Words, Words: w.duties, Other: anyPattern, Text: "Duties that answer it."},
			{Name: "organization", Kind: LongText, Text: "What the organization does itself."},
			{Name: "group", Kind: YesNo, Text: "true for a heading."},
			{Name: "withdrawn", Kind: YesNo, Text: "true where the publisher has withdrawn it."},
		}},
	}
}
