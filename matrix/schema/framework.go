package schema

import (
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// frameworkFile describes a framework. One that starts from another says only
// what differs, so it need not give titles and answers.
func frameworkFile() object {
	each := func(constraint object) object {
		return object{{"properties", object{{"requirements", object{{"additionalProperties", constraint}}}}}}
	}
	answered := object{{"anyOf", []object{
		required("organization"),
		required("duties").with("properties", object{{"duties", object{{"minItems", 1}}}}),
		required("statements").with("properties", object{{"statements", object{{"minProperties", 1}}}}),
	}}}
	heading := object{{"anyOf", requiredEach("group", "withdrawn")}}
	o := keysOf(frameworkFileKeys())
	o = o.with("if", required("like"))
	o = o.with("then", each(object{{"not", object{{"allOf", []object{answered, heading}}}}}))
	return o.with("else", each(required("title").with("oneOf", []object{answered, heading})))
}

func frameworkFileKeys() []Key {
	requirement := aMap(append([]Key{
		{Name: "title", Shape: longText, Text: "Short title. Required unless the framework starts from one that has it."},
		{Name: "in", Shape: orList(aWord), Text: "Baselines that hold it."},
		{Name: "group", Shape: marked, Text: "true for a heading."},
		{Name: "withdrawn", Shape: marked, Text: "true where the publisher has withdrawn it."},
		{Name: "statements", Text: "Its lettered parts, each answered for itself.", Shape: Shape{schema: object{{"type", "object"},
			{"propertyNames", object{{"pattern", "^[" + blanks + "]*[a-z][" + blanks + "]*$"}, {"errorMessage", "Write one letter from a to z."}}},
			{"additionalProperties", keysOf(answerKeys()).merge(isAnswered())}}}},
	}, answerKeys()...)...).and(object{{"dependentSchemas", object{{"statements", noAnswer()}}}})
	return []Key{
		{Name: "id", Shape: anID, Required: true, Text: "Id; the name of the file."},
		{Name: "name", Shape: oneLine, Required: true, Text: "Name."},
		{Name: "publisher", Shape: oneLine, Text: "Who publishes it."},
		{Name: "note", Shape: longText, Text: "What a reader should know."},
		{Name: "aliases", Shape: orList(aWord), Text: "Other words that find it."},
		{Name: "source", Shape: pageSource(), Text: "Its page."},
		{Name: "like", Shape: aWord, Text: "The framework from whose requirements it starts."},
		{Name: "baselines", Shape: orList(anID), Text: "Names of selections."},
		{Name: "reports", Shape: orList(aWord), Text: "Reports of AWS that show its part in any requirement."},
		{Name: "other-ids", Shape: mapTo("word", orList(aWord)), Text: "Other ids, such as those of CMMC, each with the requirement that it means, or several."},
		{Name: "requirements", Shape: mapTo("name", requirement), Required: true, Text: "Requirements by id."},
	}
}

// answerKeys say how a requirement or one of its statements is answered.
func answerKeys() []Key {
	return []Key{
		{Name: "duties", Shape: orList(known("duty")), Text: "Duties that answer it."},
		{Name: "aws-part", Shape: orList(known("duty")), Text: "Those of its duties from which AWS's part is taken; an empty list for none. All that AWS performs in the customer's stead where it is not given."},
		{Name: "inheritance", Shape: oneOf(source.Strings(catalog.Inheritances[1:])...), Text: "The most that the customer can lean on AWS's work, where that is less than the duties say."},
		{Name: "services", Shape: orList(known("service")), Text: "Services that it is about; all where none is named."},
		{Name: "evidence", Shape: orList(aWord), Text: "What shows that the organization does its own part."},
		{Name: "organization", Shape: longText, Text: "What the organization does itself."},
		{Name: "outside", Shape: longText, Text: "What the organization does outside of the system on AWS. It does not decide who owns the requirement."},
	}
}

var someDuty = object{{"properties", object{{"duties", object{{"minItems", 1}}}}}}

func isAnswered() object {
	return object{{"anyOf", []object{required("organization"), required("duties").merge(someDuty)}}}
}

// noAnswer is a requirement that leaves the answer to its statements.
func noAnswer() object {
	return object{{"properties", object{{"organization", false}, {"outside", false}, {"duties", object{{"type", "array"}, {"maxItems", 0}}}}}}
}
