package schema

import "raci/matrix/report"

// Matrix returns the JSON Schema of what raci build --format json writes.
func Matrix() any {
	return object{{"$schema", Draft}, {"$id", "urn:raci:matrix:v1"}, {"title", "raci matrix"},
		{"description", "A RACI matrix: every duty of every entry, who does what, and who holds which letter."}}.merge(exactly(
		m("schema", object{{"const", report.JSONSchema}}),
		m("organization", str("Name of the organization.")),
		m("system", str("Name of the system.")),
		m("revision", str("Revision, or an empty text.")),
		m("date", object{{"type", "string"}, {"pattern", `^(\d{4}-\d{2}-\d{2})?$`}, {"description", "Date of the manifest, or an empty text."}}),
		m("accountability", object{{"enum", []string{"customer", "provider"}}}),
		m("digest", digest("What the matrix says, without the reasons.")),
		m("catalog", exactly(m("version", str("Version of the catalog.")), m("digest", digest("The catalog files that the matrix rests on.")))),
		m("parties", list(exactly(m("id", str("Id.")), m("name", str("Name.")), m("kind", object{{"enum", []string{"provider", "team", "operator"}}}))).with("minItems", 1)),
		m("rows", list(row())),
		m("frameworks", list(exactly(m("id", str("Id of the framework.")), m("selection", str("As selected, with the baseline.")), m("requirements", list(requirement()))))),
	))
}

func row() object {
	return exactly(
		m("id", str("ENTRY/DUTY; stays the same as long as both names do.")),
		m("entry", str("Name of the entry, provider or organization.")),
		m("service", str("Id of the service, or an empty text.")),
		m("variants", texts("Variants, in the order in which they were applied.")),
		m("control", str("Id of the control.")),
		m("category", object{{"enum", []string{"inherited", "shared", "customer-specific"}}}),
		m("duty", str("Id of the duty.")),
		m("scope", object{{"enum", []string{"provider", "organization", "service"}}}),
		m("title", str("The duty in words.")),
		m("split", str("aws, customer, shared or the id of an operator.")),
		m("sides", mapOf(str("What this side does."))),
		m("roles", mapOf(object{{"enum", []string{"R", "A", "A/R", "C", "I"}}})),
		m("reasons", mapOf(list(reason()).with("minItems", 1))),
		m("requirements", mapOf(texts("Requirements of the framework that the row answers."))),
		m("evidence", texts("What an auditor can be shown.")),
		m("basis", object{{"enum", []string{"control", "model", "service", "overlay", "override"}}}),
		m("sources", list(exactly(m("url", str("Address of the page.")), m("checked", str("Month, YYYY-MM."))))),
	)
}

func reason() object {
	o := exactly(m("at", str("FILE:LINE:COL.")), m("letters", str("What this statement gives.")), m("text", str("The statement.")))
	return optional(o, m("beaten_by", str("Place of the statement that won over this one.")))
}

func requirement() object {
	o := exactly(
		m("id", str("Number of the requirement.")), m("title", str("Short title.")),
		m("ownership", object{{"enum", []string{"inherited", "shared", "customer", "not-applicable"}}}),
		m("rows", texts("Ids of the rows that answer it.")), m("responsible", texts("Parties with an R in the rows.")),
		m("accountable", str("Party with an A in the rows; several are separated by a comma.")),
		m("aws", str("What AWS does.")), m("customer", str("What the customer does.")), m("evidence", texts("What an auditor can be shown.")))
	return optional(o, m("excluded", str("Why the manifest leaves it out.")))
}

func m(key string, value any) member { return member{key, value} }

func str(meaning string) object { return object{{"type", "string"}, {"description", meaning}} }

func texts(meaning string) object {
	return object{{"type", "array"}, {"items", object{{"type", "string"}}}, {"description", meaning}}
}

func digest(of string) object {
	return object{{"type", "string"}, {"pattern", "^sha256:[0-9a-f]{64}$"}, {"description", of}}
}

// exactly is an object with these members, all of them and no others.
func exactly(members ...member) object {
	var required []string
	for _, member := range members {
		required = append(required, member.key)
	}
	return object{{"type", "object"}, {"additionalProperties", false}, {"required", required}, {"properties", object(members)}}
}

// optional adds a member that need not be there.
func optional(o object, extra member) object {
	for i := range o {
		if o[i].key == "properties" {
			o[i].value = append(o[i].value.(object), extra)
		}
	}
	return o
}
