package schema

import (
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// frameworkFile describes a framework. One that corrects a framework that ships
// says only what differs; one that starts from another need not give titles and
// answers.
func frameworkFile() object {
	is := func(key string) object {
		return required(key).with("properties", object{{key, object{{"enum", []any{true, "true"}}}}})
	}
	heading := anyOf(is("group"), is("withdrawn"))
	answered := anyOf(
		required("organization"),
		required("duties").with("properties", object{{"duties", object{{"minItems", 1}}}}),
		required("statements").with("properties", object{{"statements", object{{"minProperties", 1}}}}),
	)
	notBoth := object{{"not", object{{"type", "object"}, {"allOf", []object{answered, heading}}}}}
	whole := required("title").with("oneOf", []object{answered, heading})
	isNew := required("name", "requirements").with("allOf", []object{
		eachRequirement(object{{"type", "object"}, {"dependentSchemas", object{{"statements", noAnswer()}}},
			{"properties", object{{"statements", object{{"additionalProperties", isAnswered()}}}}}}),
		{{"if", required("like")}, {"then", eachRequirement(notBoth)}, {"else", eachRequirement(whole)}},
	})
	o := keysOf(frameworkFileKeys())
	o = o.with("if", required("id").with("properties", object{{"id", refTo("shippedFramework")}}))
	return o.with("then", eachRequirement(notBoth)).with("else", isNew)
}

func eachRequirement(constraint object) object {
	return object{{"properties", object{{"requirements", object{{"additionalProperties", constraint}}}}}}
}

// orOmit is a value, or the word that leaves out what an overlay corrects.
func orOmit(s Shape) Shape {
	s.schema = anyOf(object{{"const", "omit"}, {"description", "An overlay leaves it out."}}, s.schema)
	return s
}

func frameworkFileKeys() []Key {
	requirement := aMap(append([]Key{
		{Name: "title", Shape: longText, Text: "Short title. Required unless the framework starts from one that has it, or an overlay corrects it."},
		{Name: "in", Shape: orList(aWord), Text: "Baselines that hold it. An overlay takes it out of none."},
		{Name: "group", Shape: marked, Text: "true for a heading."},
		{Name: "withdrawn", Shape: marked, Text: "true where the publisher has withdrawn it."},
		{Name: "statements", Text: "Its lettered parts, each answered for itself. An overlay corrects some, or leaves one out with omit.", Shape: Shape{schema: object{{"type", "object"},
			{"propertyNames", object{{"pattern", "^[" + blanks + "]*[a-z][" + blanks + "]*$"}, {"errorMessage", "Write one letter from a to z."}}},
			{"additionalProperties", orOmit(aMap(answerKeys()...)).schema}}}},
	}, answerKeys()...)...)
	return []Key{
		{Name: "id", Shape: anID, Required: true, Text: "Id; the name of the file."},
		{Name: "name", Shape: oneLine, Text: "Name. Required unless an overlay corrects a framework that ships."},
		{Name: "publisher", Shape: oneLine, Text: "Who publishes it."},
		{Name: "note", Shape: longText, Text: "What a reader should know."},
		{Name: "aliases", Shape: orList(aWord), Text: "Other words that find it."},
		{Name: "source", Shape: pageSource(), Text: "Its page."},
		{Name: "like", Shape: aWord, Text: "The framework from whose requirements it starts, where it has the same ids."},
		{Name: "baselines", Shape: orList(anID), Text: "Names of selections."},
		{Name: "reports", Shape: orList(aWord), Text: "Reports of AWS that show its part in any requirement."},
		{Name: "other-ids", Shape: mapTo("word", orList(aWord)), Text: "Other ids, such as those of CMMC, each with the requirement that it means, or several."},
		{Name: "requirements", Shape: mapTo("name", orOmit(requirement)),
			Text: "Requirements by id. An overlay of a framework that ships corrects some, adds some, or leaves one out with omit. Required of a new framework."},
	}
}

// answerKeys say how a requirement or one of its statements is answered.
func answerKeys() []Key {
	return []Key{
		{Name: "duties", Shape: orList(known("duty")), Text: "Duties that answer it."},
		{Name: "aws-part", Shape: orList(known("duty")), Text: "Those of its duties from which AWS's part is taken; an empty list for none. All that AWS performs in the customer's stead where it is not given."},
		{Name: "inheritance", Shape: orOmit(oneOf(source.Strings(catalog.Inheritances[1:])...)), Text: "The most that the customer can lean on AWS's work, where that is less than the duties say; omit in an overlay lifts the limit."},
		{Name: "services", Shape: orList(known("service")), Text: "Services that it is about; all where none is named."},
		{Name: "evidence", Shape: orList(aWord), Text: "What shows that the organization does its own part."},
		{Name: "organization", Shape: longText, Text: "What the organization does itself; omit in an overlay leaves the text out."},
		{Name: "outside", Shape: longText, Text: "What the organization does outside of the system on AWS. It does not decide who owns the requirement; omit in an overlay leaves the text out."},
	}
}

var someDuty = object{{"properties", object{{"duties", object{{"minItems", 1}}}}}}

func isAnswered() object {
	return object{{"type", "object"}, {"anyOf", []object{required("organization"), required("duties").merge(someDuty)}}}
}

// noAnswer is a requirement that leaves the answer to its statements.
func noAnswer() object {
	return object{{"properties", object{{"organization", false}, {"outside", false}, {"duties", object{{"type", "array"}, {"maxItems", 0}}}}}}
}
