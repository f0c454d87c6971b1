package schema

import (
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// Catalog returns the JSON Schema of a service's file in a catalog. The other
// files are under $defs: model, variant (one that several services share),
// controls, questions (what facts answer), programs, framework and version. The error, if any, is of type
// source.Diagnostics.
//
// Words of the catalog are completed and not checked, because files beside
// this one may add some.
func Catalog(cat *catalog.Catalog) (any, error) {
	w, err := wordsOf(cat)
	if err != nil {
		return nil, err
	}
	o := object{{"$schema", Draft}, {"$id", "urn:raci:catalog:v1"}, {"title", "raci catalog: a service"},
		{"description", "Who does what for one service, and what differs in its variants. An overlay of a service that ships says only what it changes."}}
	more, err := w.catalogWords(cat)
	if err != nil {
		return nil, err
	}
	o = o.merge(keysOf(serviceKeys())).merge(extensions()).merge(newNeeds("shippedService", "name", "model"))
	return o.with("$defs", basics().merge(w.definitions()).merge(more).merge(object{
		{"model", fileOf("a service model", keysOf(modelKeys(known("serviceModel"))).merge(newNeeds("shippedModel", "name", "duties")))},
		{"variant", fileOf("a variant that several services share", keysOf(variantKeys()).merge(newNeeds("shippedVariant", "name", "duties")))},
		{"controls", fileOf("controls and duties", keysOf(controlKeys()))},
		{"questions", fileOf("what is asked of each service", keysOf(questionKeys()))},
		{"framework", fileOf("a framework", frameworkFile())},
		{"programs", fileOf("programs of audits of AWS", keysOf(programsKeys()))},
		{"version", fileOf("its version", keysOf([]Key{{Name: "version", Shape: oneLine, Required: true, Text: "Version of the catalog."}}))},
	})), nil
}

func fileOf(title string, o object) object {
	return append(object{{"title", "raci catalog: " + title}}, o...).merge(extensions())
}

// catalogWords are the words that the keys refer to, and what files say of
// duties.
func (w *words) catalogWords(cat *catalog.Catalog) (object, error) {
	duties := object{}
	for _, d := range w.duties {
		duties = duties.with(d.id, refTo("dutyText").with("description", d.means))
	}
	facts, problems := object{}, source.Diagnostics(nil)
	if w.questions, problems = cat.Questions(); problems != nil {
		return nil, problems.Err()
	}
	for _, q := range w.questions {
		facts = facts.with(q.ID, refTo("fact").with("description", q.Text+" "+strings.Join(q.Values, ", ")+"."))
	}
	said := append(statementKeys(), Key{Name: "none", Shape: aReason, Text: "The duty does not occur, and why. In the place of sides and evidence."})
	operators := refTo("text").with("description", "What a further operator does; the service names it under operators.")
	statement := keysOf(said).set("additionalProperties", operators)
	aCase := keysOf(append(said, Key{Name: "when", Shape: Shape{schema: refTo("when")}, Text: "Facts that must all hold."})).set("additionalProperties", operators)
	none := object{{"const", "none"}, {"description", "The duty does not apply."}}
	return object{
		{"serviceModel", enum(w.models, "Unknown model; see raci catalog list models.")},
		{"shippedService", object{{"enum", cat.ServiceIDs()}}},
		{"shippedModel", object{{"enum", cat.ModelIDs()}}},
		{"shippedVariant", object{{"enum", cat.SharedVariantIDs()}}},
		{"shippedFramework", object{{"enum", cat.FrameworkIDs()}}},
		{"dutyOfServices", object{{"enum", w.perService}}},
		{"dutyText", anyOf(none, statement, list(anyOf(none, aCase)).with("minItems", 1).with("description", "The first whose facts hold counts; the last needs none."))},
		{"duties", object{{"type", "object"}, {"propertyNames", refTo("name")}, {"properties", duties}, {"additionalProperties", refTo("dutyText")}}},
		{"factValue", anyOf(object{{"type", "boolean"}}, refTo("word"))},
		{"fact", anyOf(refTo("factValue"), aMap(
			Key{Name: "is", Shape: Shape{schema: refTo("factValue")}, Required: true, Text: "The answer."},
			Key{Name: "source", Shape: orList(pageSource()), Text: "The pages that state it. Without one the page counts that lists the fact for many services."},
		).schema)},
		{"facts", object{{"type", "object"}, {"propertyNames", refTo("name")}, {"properties", facts}, {"additionalProperties", refTo("fact")}}},
		{"when", object{{"type", "object"}, {"propertyNames", refTo("name")}, {"additionalProperties", anyOf(refTo("factValue"), list(refTo("factValue")).with("minItems", 1))}, {"minProperties", 1}}},
		{"resources", anyOf(refTo("name"), list(refTo("name")), mapOf(mapOf(oneOrMore(refTo("word")))))},
	}, nil
}

// newNeeds demands keys of what the catalog that ships does not have.
func newNeeds(shipped string, keys ...string) object {
	return object{
		{"if", object{{"properties", object{{"id", object{{"not", refTo(shipped)}}}}}}},
		{"then", required(keys...)},
	}
}

var (
	dutyMap = Shape{schema: refTo("duties")}
	aLevel  = oneOf(source.Strings(catalog.Levels)...)
	factMap = Shape{schema: refTo("facts")}
	aReason = Shape{schema: object{{"allOf", []any{refTo("text"), object{{"pattern", "[^" + blanks + "][" + blanks + "]+[^" + blanks + "]"}, {"errorMessage", "Say in words why the duty does not occur."}}}}}}
	month   = Shape{schema: object{{"type", "string"}, {"pattern", monthPattern}, {"errorMessage", "This must be a month, as 2026-11."}}}
	page    = Shape{schema: object{{"type", "string"}, {"pattern", pagePattern}, {"errorMessage", "This must be the whole address of a page, with https:// and a host."}}}
	// a requirement with its framework
	ofFramework = Shape{schema: object{{"type", "string"}, {"pattern", "^[^/" + blanks + controls + "][^/" + controls + "]*/[^" + controls + "]*[^" + blanks + controls + "]$"}, {"errorMessage", "Write FRAMEWORK/REQUIREMENT, as soc2-tsc-2017/CC8.1."}}}
	marked      = yesNo
)

func statementKeys() []Key {
	side := " Begins with a verb in the third person; at most 240 characters."
	return []Key{
		{Name: catalog.AWS, Shape: longText, Text: "What AWS does." + side},
		{Name: catalog.Customer, Shape: longText, Text: "What the customer does." + side},
		{Name: "offers", Shape: longText, Text: "What AWS offers that the customer may use for its part. It is no side of AWS, which does nothing of the duty by it."},
		{Name: "evidence", Shape: listOf(unmarked), Text: "What an auditor can be shown."},
		{Name: "source", Shape: orList(pageSource()), Text: "The pages that state it."},
		{Name: "note", Shape: longText, Text: "What the reader of the row should know."},
	}
}

func pageSource() Shape {
	return aMap(
		Key{Name: "url", Shape: page, Required: true, Text: "Address of the page."},
		Key{Name: "checked", Shape: month, Required: true, Text: "Month in which it was checked, YYYY-MM."},
	)
}

func foundAsKey() Key {
	types := "Resource types, or a map from a type to the attributes that must match, each with patterns in which * is any text."
	return Key{Name: "found-as", Text: "How infrastructure code shows that it is used.", Shape: aMap(
		Key{Name: "terraform", Shape: Shape{schema: refTo("resources")}, Text: types},
		Key{Name: "cloudformation", Shape: Shape{schema: refTo("resources")}, Text: types},
	)}
}

func serviceKeys() []Key {
	return []Key{
		{Name: "id", Shape: anID, Required: true, Text: "Id; the name of the file."},
		{Name: "name", Shape: oneLine, Text: "Name in the reports. Required unless an overlay corrects a service that ships."},
		{Name: "aliases", Shape: listOf(oneLine), Text: "Other words that find the service."},
		{Name: "category", Shape: oneLine, Text: "Product category."},
		{Name: "model", Shape: known("serviceModel"), Text: "The service model it starts from. Required unless an overlay corrects a service that ships."},
		{Name: "level", Shape: aLevel, Text: "How much of what runs under it is out of the customer's sight. That of the model unless given."},
		{Name: "lifecycle", Shape: oneOf("available", "maintenance", "retired"), Default: "available", Text: "Whether AWS still offers it."},
		{Name: "note", Shape: longText, Text: "What a reader of the whole service should know."},
		{Name: "assumes", Shape: listOf(oneLine), Text: "Variants taken, with a finding, where a manifest chooses none of their group."},
		{Name: "operators", Shape: mapTo("id", oneLine).and(notParties()), Text: "Further operators that have a side in some duty, by id."},
		foundAsKey(),
		{Name: "facts", Shape: factMap, Text: "What is so of the service, by fact; see raci catalog list facts."},
		{Name: "duties", Shape: dutyMap, Text: "What differs, by duty."},
		{Name: "variants", Shape: mapTo("id", aMap(
			Key{Name: "name", Shape: oneLine, Text: "Name in the reports. Required of a new variant."},
			Key{Name: "aliases", Shape: listOf(oneLine), Text: "Other words that mean the service in this variant."},
			Key{Name: "group", Shape: anID, Text: "Two variants of one group exclude each other. Required of a new variant."},
			Key{Name: "level", Shape: aLevel, Text: "Its level, where it is not that of the service."},
			Key{Name: "note", Shape: longText, Text: "What a reader should know."},
			Key{Name: "like", Shape: aWord, Text: "A variant that several services share, from which this one starts."},
			foundAsKey(),
			Key{Name: "facts", Shape: factMap, Text: "What is so of the service in this variant and not otherwise, by fact."},
			Key{Name: "duties", Shape: dutyMap, Text: "What differs, by duty."},
		)), Text: "Ways of using the service that change who does what."},
	}
}

func modelKeys(parent Shape) []Key {
	return []Key{
		{Name: "id", Shape: anID, Required: true, Text: "Id; the name of the file."},
		{Name: "name", Shape: oneLine, Text: "Name. Required unless an overlay corrects one that ships."},
		{Name: "description", Shape: longText, Text: "What it is for."},
		{Name: "level", Shape: aLevel, Text: "How much of what runs under its services is out of the customer's sight."},
		{Name: "model", Shape: parent, Text: "What it starts from."},
		{Name: "duties", Shape: dutyMap, Text: "What differs, by duty. Required unless an overlay corrects one that ships."},
	}
}

// variantKeys are those of a variant that several services share.
func variantKeys() []Key {
	return append(modelKeys(aWord), Key{Name: "facts", Shape: factMap, Text: "What is so of a service in this variant, by fact."})
}

func questionKeys() []Key {
	question := aMap(
		Key{Name: "id", Shape: anID, Required: true, Text: "Id."},
		Key{Name: "question", Shape: longText, Text: "What is asked of each service. Required of a new fact."},
		Key{Name: "values", Shape: listOf(aWord), Text: "What the answer can be, where that is not true and false."},
		Key{Name: "named-as", Shape: listOf(oneLine), Text: "Words by which a text names it, which a text of a model may use only where it needs the fact."},
		Key{Name: "listed-at", Shape: pageSource(), Text: "The page on which the answers for many services are listed."},
	)
	return []Key{{Name: "facts", Shape: listOf(question), Required: true, Text: "Facts that services state and texts of models need."}}
}

func controlKeys() []Key {
	duty := aMap(append([]Key{
		{Name: "id", Shape: anID, Required: true, Text: "Id."},
		{Name: "title", Shape: oneLine, Text: "The duty in a few words. Required of a new duty."},
		{Name: "aliases", Shape: listOf(oneLine), Text: "Other words that find the duty."},
		{Name: "scope", Shape: oneOf(string(catalog.ProviderScope), string(catalog.OrganizationScope), string(catalog.ServiceScope)),
			Text: "Done once by the provider, once by the organization, or once for each service. Only the first two have sides here. Required of a new duty; that of one that ships stays."},
		{Name: "aws-part", Shape: oneOf(source.Strings(catalog.Parts)...), Default: string(catalog.InStead), Text: "What AWS's side is to the customer: work in its stead, " +
			"work for AWS's own organization, which counts only where a requirement names it and carries nothing, or evidence of other duties, which counts nowhere."},
		{Name: "none-needs-reason", Shape: marked, Text: "A service for which the duty does not occur must say why, by a fact or a page."},
		{Name: "frequency", Shape: oneOf(source.Strings(catalog.Frequencies)...), Text: "How often it is done where no rule says otherwise. Its source must say so."},
		{Name: "requirements", Shape: orList(ofFramework), Text: "Requirements or statements of frameworks that the duty answers, each as FRAMEWORK/REQUIREMENT."},
	}, statementKeys()...)...).and(newDutyNeeds())
	control := aMap(
		Key{Name: "id", Shape: anID, Required: true, Text: "Id."},
		Key{Name: "name", Shape: oneLine, Text: "Name. Required of a new control."},
		Key{Name: "category", Shape: oneOf("inherited", "shared", "customer-specific"), Text: "Category of AWS's model. Required of a new control."},
		Key{Name: "duties", Shape: listOf(duty), Text: "The duties of the control. Required of a new control."},
	).and(newNeeds("control", "name", "category", "duties"))
	return []Key{{Name: "controls", Shape: listOf(control), Required: true, Text: "Control areas. One that ships gains duties."}}
}

// newDutyNeeds demands a title and a scope of a new duty, and sides where the
// scope is not the service: there models and services say who does what.
func newDutyNeeds() object {
	var keys []string
	for _, k := range statementKeys() {
		keys = append(keys, k.Name)
	}
	sides := object{{"anyOf", requiredEach(catalog.AWS, catalog.Customer)}}
	nothing := object{{"not", object{{"anyOf", requiredEach(keys...)}}}}
	ofServices := func(key string, values object) object { return required(key).with("properties", object{{key, values}}) }
	needs := newNeeds("duty", "title", "scope")
	then := required("title", "scope").merge(object{
		{"if", ofServices("scope", object{{"const", string(catalog.ServiceScope)}})},
		{"then", nothing},
		{"else", sides},
	})
	return object{{"allOf", []object{needs.set("then", then), {{"if", ofServices("id", refTo("dutyOfServices"))}, {"then", nothing}}}}}
}

// mapOf is a map from the user's keys to values of one shape.
func mapOf(values object) object {
	return object{{"type", "object"}, {"additionalProperties", values}}
}
