package schema

import (
	"raci/matrix"
	"raci/matrix/catalog"
)

// Manifest returns the JSON Schema of a manifest. It completes and checks the
// words of the catalog. A manifest that names an overlay under catalog may use
// words that only the overlay knows: there the words are completed and not
// checked. The error, if any, is of type source.Diagnostics.
func Manifest(cat *catalog.Catalog) (any, error) {
	w, err := wordsOf(cat)
	if err != nil {
		return nil, err
	}
	o := object{{"$schema", Draft}, {"$id", "urn:raci:manifest:v1"}, {"title", "raci manifest"},
		{"description", "The services that a system uses on AWS, who owns them, and who answers for what."}}
	o = o.merge(keysOf(Keys())).merge(extensions())
	o = o.with("if", required("catalog").with("properties", object{{"catalog", object{{"minItems", 1}}}}))
	o = o.with("else", shippedOnly())
	return o.with("$defs", basics().merge(w.definitions()).merge(sharedKeys()).merge(w.shipped())), nil
}

// sharedKeys are the keys that several maps have, and names with conditions of
// their own.
func sharedKeys() object {
	return object{
		{"selector", keysOf(selectorKeys())},
		{"holders", keysOf(holderKeys(""))},
		{"sayings", keysOf(sayingKeys(""))},
		{"added", object{{"type", "string"}, {"pattern", `^[` + blanks + `]*\+[` + blanks + `]*[^+` + blanks + `]`}, {"errorMessage", "Write + before all of them, or before none."}}},
		{"replacing", object{{"pattern", `^[` + blanks + `]*[^+` + blanks + `]`}, {"errorMessage", "Write + before all of them, or before none."}}},
		{"something", isNot(`^[`+blanks+`]*\+?[`+blanks+`]*`+none+`[`+blanks+`]*$`, "none stands alone, in small letters.")},
		{"link", object{{"allOf", []object{refTo("text"), {{"type", "string"}, {"pattern", pagePattern},
			{"errorMessage", "This must be the whole address of a page, with https:// and a host."}}}}}},
		{"entryName", object{{"allOf", []object{refTo("freeName"), {{"pattern", "^[^/]*$"}, {"errorMessage", `The name of an entry cannot contain "/".`}}}}}},
		{"freeName", object{{"allOf", []object{refTo("word"), isNot(anyCase([]string{matrix.ProviderEntry, matrix.OrganizationEntry, catalog.AWS, "*"}), "This name is reserved.")}}}},
		{"label", object{{"allOf", []object{refTo("word"), {{"pattern", "^[^,;]*$"}, {"errorMessage", "Write a list: a name holds no comma and no semicolon."}}}}}},
		{"frameworkName", object{{"allOf", []object{refTo("word"),
			{{"pattern", "[^/]$"}, {"errorMessage", "Write FRAMEWORK or FRAMEWORK/BASELINE."}},
		}}}},
	}
}

// shippedOnly narrows the words to those of the catalog that ships.
func shippedOnly() object {
	rows := object{{"items", refTo("shippedSelector")}}
	framework := refTo("shippedFramework")
	framework = anyOf(framework, object{{"type", "object"}, {"properties", object{{"use", framework}}}})
	return object{{"properties", object{
		{"frameworks", oneOrMore(framework)},
		{"services", object{{"items", refTo("shippedEntry")}}},
		{"assign", rows},
		{"overrides", rows},
		{"check", object{{"properties", object{{"waive", rows}}}}},
	}}}
}

// shipped are the definitions for shippedOnly.
func (w *words) shipped() object {
	all := object{{"const", "*"}}
	selector := object{
		{"service", oneOrMore(named("shippedService", all))},
		{"control", oneOrMore(refTo("shippedControl"))},
		{"duty", oneOrMore(refTo("shippedDuty"))},
	}
	names, entry := w.serviceNames()
	return object{
		{"shippedSelector", object{{"properties", selector}}},
		{"shippedControl", named("control", anyOf(all, pattern(anyCase(idsOf(w.controls)))))},
		{"shippedDuty", named("duty", anyOf(all, pattern(anyCase(append(idsOf(w.duties), w.dutyAliases...)))))},
		{"shippedFramework", named("framework", pattern(w.frameworkPattern()))},
		{"shippedEntry", entry},
	}.merge(names)
}

// serviceNames are the names of all services, and what they say of an entry:
// which variants it may have. Services with the same variants are one
// definition, named after the first of them.
func (w *words) serviceNames() (names, entry object) {
	var variants object
	var all, rules []object
	for _, group := range w.byVariants() {
		id, words := group[0].id, []string{}
		for _, s := range group {
			words = append(words, s.names...)
		}
		names = names.with("names-"+id, pattern(anyName(words, group[0].variantNames)))
		all = append(all, refTo("names-"+id))
		allowed := object{{"type", "array"}, {"maxItems", 0}, {"errorMessage", "This service has no variants."}}
		if len(group[0].variants) > 0 {
			known := enum(commonVariants(group), "Unknown variant; see raci catalog show SERVICE.")
			variants = variants.with("variants-"+id, object{{"if", pattern(anyCase(group[0].variantNames))}, {"else", known}})
			allowed = oneOrMore(refTo("variants-" + id))
		}
		rules = append(rules, object{
			{"if", required("use").with("properties", object{{"use", refTo("names-" + id)}})},
			{"then", object{{"properties", object{{"variant", allowed}}}}},
		})
	}
	names = names.merge(variants).with("shippedService", named("service", anyOf(all...)))
	return names, object{{"properties", object{{"use", refTo("shippedService")}}}, {"allOf", rules}}
}

func pattern(p string) object { return object{{"type", "string"}, {"pattern", p}} }

// named accepts what fits the others, and leaves the rest to the definition,
// which is a list of ids: so there is one message, and it speaks of ids.
func named(definition string, others object) object {
	return object{{"if", others}, {"else", refTo(definition)}}
}
