package schema

import (
	"fmt"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/report"
	"raci/matrix/source"
)

// Matrix returns the JSON Schema of what raci build --format json writes, and
// of what the commands read in the place of a manifest.
func Matrix() any {
	return object{{"$schema", Draft}, {"$id", "urn:raci:matrix:v2"}, {"title", "raci matrix"},
		{"description", "A RACI matrix: every duty of every entry, who does what, and who holds which letter. " +
			"It is complete: raci reads it in the place of the manifest. What follows from the rest is written for programs, and computed again when it is read."}}.
		merge(optional(exactly(matrixKeys()...), m("edited", object{{"const", true}, {"description", "Present where the matrix was edited after it was built."}}))).
		merge(object{{"$defs", matrixDefinitions()}})
}

func matrixKeys() []member {
	return []member{
		m("schema", object{{"const", report.JSONSchema}}),
		m("organization", str("Name of the organization.")),
		m("system", str("Name of the system.")),
		m("revision", str("Revision, or an empty text.")),
		m("date", day("Date of the manifest, or an empty text.")),
		m("accountability", choice("Who is accountable for what AWS performs.", string(matrix.CustomerAccountable), string(matrix.ProviderAccountable))),
		m("duties", choice("Which duties of the organization there are: all, or those that a chosen framework asks for.", string(matrix.AllDuties), string(matrix.AskedDuties))),
		m("scope", str("What belongs to the system, and what does not, or an empty text.")),
		m("prepared_by", str("Who prepared the matrix: the id of a party, a name, or an empty text.")),
		m("reviewed_by", str("Who reviewed it, likewise.")),
		m("next_review", day("Day of the next review, or an empty text.")),
		m("history", list(exactly(m("revision", str("Name of the revision.")), m("date", day("Its day.")), m("by", str("Who made it: the id of a party, a name, or an empty text.")),
			m("change", str("What changed."))))),
		m("file", str("Name of the manifest, as places have it.")),
		m("digest", digest("What the matrix says, without places, remarks and findings.")),
		m("catalog", exactly(m("version", str("Version of the catalog.")), m("digest", digest("The catalog files that the matrix rests on.")))),
		m("parties", list(party()).with("minItems", 1)),
		m("environments", refs("Environments that entries must cover, if any.")),
		m("accounts", list(exactly(m("id", str("Number of the account.")), m("name", str("Its name.")), m("at", place("Where the manifest declares it."))))),
		m("entries", list(entry())),
		m("programs", list(program()).with("description", "Programs of audits of AWS: all that the catalog has.")),
		m("left_out", list(exactly(m("duty", str("Id of the duty.")), m("title", str("The duty in words.")), m("control", str("Id of the control.")), m("control_name", str("Its name.")))).
			with("description", "Duties of the organization that no chosen framework asks for, where the manifest leaves them out.")),
		m("default_accountable", refTo("ref")), m("answers", list(answerRule()).with("description", "Who answers for requirements, whatever their rows say.")),
		m("exceptions", list(exception())),
		m("report", appearance()),
		m("check", checkSettings()),
		m("places", mapOf(place("Where the manifest says it.")).with("description", "Where the manifest says what belongs to no row, by its key; revisions of the history count from history.0 on.")),
		m("rows", list(refTo("row"))),
		m("organization_rows", list(refTo("row")).with("description", "What the organization does itself for requirements that no row answers. These are not rows of the matrix.")),
		m("frameworks", list(answeredFramework())),
		m("remarks", list(remark())),
		m("findings", list(finding()).with("description", "What raci check finds. Written for programs, and found again when the matrix is read.")),
		m("accepted_findings", list(finding(m("reason", str("Why the manifest accepts it.")), m("expires", day("Until when.")))).with("description", "Findings that the manifest accepts. Written for programs as well.")),
	}
}

func matrixDefinitions() object {
	return object{
		{"ref", exactly(m("id", str("The name.")), m("at", place("Where the manifest says it.")))},
		{"reason", optional(exactly(m("at", place("Where it stands.")), m("letters", str("What this statement gives.")), m("text", str("The statement."))),
			m("lost_to", place("The statement that won over this one.")))},
		{"detail", optional(exactly(m("about", choice("What it speaks of.", matrix.Details...)), m("says", texts("What it says; nothing where it takes away what others say.")),
			m("at", place("Where it stands; empty for the catalog.")), m("text", str("The statement."))), m("lost_to", place("The statement that won over this one.")))},
		{"selector", selected()},
		{"row", row()},
		{"requirement", requirement()},
	}
}

func party() object {
	return exactly(
		m("id", str("Id. The first of the parties is aws.")), m("name", str("Name.")),
		m("kind", choice("A team of the customer, or another company.", string(matrix.Provider), string(matrix.Team), string(matrix.Operator))),
		m("contact", str("Address, or an empty text.")), m("at", place("Where the manifest declares it; empty for one that it does not.")))
}

func entry() object {
	return exactly(
		m("name", str("Name of the entry.")), m("service", str("Id of the service.")), m("service_name", str("Its name.")),
		m("variants", texts("Variants, in the order in which they were applied.")), m("variant_names", texts("Their names.")),
		m("assumed", texts("Variants that the manifest does not name.")), m("owner", str("Party that owns the entry, or an empty text.")),
		m("environments", texts("Where it runs.")), m("accounts", texts("Accounts in which it runs.")), m("tags", texts("Tags.")),
		m("lifecycle", choice("Whether AWS offers the service.", append(source.Strings(catalog.Lifecycles), "")...)),
		m("level", choice("How much of what runs under it is out of the customer's sight.", append(source.Strings(catalog.Levels), "")...)),
		m("coverage", list(coverage()).with("description", "Programs that have the service in scope, by the lists of AWS at hand. Of others nothing is known: it may be in scope of them as well.")),
		m("at", place("Where the manifest has it.")))
}

func program() object {
	return exactly(
		m("id", str("Id.")), m("name", str("Name.")), m("page", str("Page of AWS that lists the services in scope, or an empty text.")),
		m("reports", texts("What it ends in, as evidence names it.")), m("baselines", texts("Baselines of frameworks for which it counts where some are selected; none for all.")),
		m("at", place("Where the catalog has it.")))
}

func coverage() object {
	o := exactly(m("program", str("Id of the program.")), m("since", yearMonth("First list that has the service: in scope since then at least.")), m("seen", yearMonth("Last list that has it.")))
	o = optional(o, m("page", str("Page of the last list, where it is not that of the program.").with("minLength", 1)))
	return optional(o, m("limit", str("What the last list leaves out or is restricted to.").with("minLength", 1)))
}

func yearMonth(meaning string) object {
	return object{{"type", "string"}, {"pattern", `^\d{4}-(0[1-9]|1[0-2])$`}, {"description", meaning + " YYYY-MM."}}
}

func answerRule() object {
	return exactly(m("requirements", list(refTo("ref"))), m("accountable", refTo("ref")), m("responsible", list(refTo("ref"))),
		m("reason", str("Why, or an empty text.")), m("at", place("Where the manifest has it.")))
}

func exception() object {
	return exactly(
		m("rows", texts("Ids of the rows that it changed. One that it took out of the matrix is among them.")),
		m("removed", list(optional(exactly(m("id", str("Id of the row.")), m("title", str("The duty in words.")), m("sides", mapOf(str("What the catalog says that this side does."))),
			m("sides_at", mapOf(place("Where the catalog says so.")))), m("evidence", texts("What the catalog names to show an auditor.").with("minItems", 1)))).with("description", "Rows that it took out of the matrix.")),
		m("sides", mapOf(str("What this side does instead.")).with("description", "Who does what instead; nobody where the duty does not apply.")),
		m("sides_at", mapOf(place("Where the manifest says so."))), m("evidence", texts("What an auditor can be shown of that.")), m("reason", str("Why.")),
		m("expires", day("Until when, or an empty text.")), m("expired", object{{"type", "boolean"}, {"description", "It had ended by the date of the manifest."}}),
		m("selector", refTo("selector")), m("at", place("Where the manifest has it.")))
}

// selected is what a statement of the manifest selects by.
func selected() object {
	o := exactly()
	for _, kind := range []string{"services", "entries", "controls", "duties", "categories", "splits", "tags", "environments", "accounts", "requirements"} {
		o = optional(o, m(kind, list(refTo("ref")).with("minItems", 1)))
	}
	return o
}

func appearance() object {
	file := exactly(m("path", str("As the manifest names it, relative to itself.")), m("sha256", object{{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}}),
		m("at", place("Where the manifest names it.")))
	return exactly(
		m("title", str("Title of the reports, or an empty text.")), m("classification", str("Classification, or an empty text.")),
		m("approvers", texts("Parties that sign.")), m("logo", anyOf(object{{"type", "null"}}, file)), m("fonts", list(file)),
		m("color", object{{"type", "string"}, {"pattern", "^(#[0-9A-Fa-f]{6})?$"}, {"description", "Color of headings, or an empty text."}}),
		m("paper", choice("Paper of the PDF.", "", matrix.PaperA4, matrix.PaperLetter)), m("protect", object{{"type", "boolean"}}),
		m("columns", list(exactly(m("id", choice("Column of the sheet Matrix.", matrix.ColumnIDs...)), m("title", str("Its heading, or an empty text.")), m("at", place("Where it stands."))))))
}

func checkSettings() object {
	number := object{{"type", "integer"}, {"minimum", 0}, {"maximum", 1_000_000}}
	return exactly(
		m("max_accountable_share", number), m("max_consulted", number), m("warn_before_end", number), m("max_source_age", number),
		m("rules", refs("Rules that are off unless they are chosen, as here.")),
		m("waivers", list(exactly(m("rule", str("Id of the rule.")), m("rule_at", place("Where it is named.")), m("reason", str("Why.")),
			m("expires", day("Until when.")), m("selector", refTo("selector")), m("at", place("Where the manifest has it."))))))
}

func row() object {
	return optional(optional(optional(optional(optional(exactly(
		m("id", str("ENTRY/DUTY; stays the same as long as both names do.")),
		m("entry", str("Name of the entry, provider or organization.")),
		m("service", str("Id of the service, or an empty text.")),
		m("variants", texts("Variants, in the order in which they were applied.")),
		m("control", str("Id of the control.")),
		m("control_name", str("Its name.")),
		m("category", choice("Category of the control.", append(source.Strings(catalog.Categories), "")...)),
		m("duty", str("Id of the duty.")),
		m("scope", choice("How often it is done.", string(catalog.ProviderScope), string(catalog.OrganizationScope), string(catalog.ServiceScope))),
		m("title", str("The duty in words.")),
		m("split", str("aws, customer, shared or the id of an operator.")),
		m("sides", mapOf(str("What this side does."))),
		m("sides_at", mapOf(place("Where it says so."))),
		m("offers", str("What AWS offers that the customer may use for its part, or an empty text. It is no side.")),
		m("roles", mapOf(object{{"type", "string"}, {"pattern", "^(A|R|A/R|C|I)(/[RCI])*$"}})),
		m("reasons", reasons("Why each party holds its letters, oldest first; the last one decided.")),
		m("requirements", mapOf(texts("Requirements of the framework that the row answers."))),
		m("process", processes("How the duty is done, as the manifest has it.")),
		m("evidence", texts("What an auditor can be shown.")),
		m("details", list(refTo("detail")).with("description", "Where process, evidence and frequency come from if the manifest speaks of them; for each the weakest statement first.")),
		m("basis", choice("What the sides rest on.", string(catalog.BasisControl), string(catalog.BasisModel), string(catalog.BasisFact), string(catalog.BasisService),
			string(catalog.BasisOverlay), string(catalog.BasisOverride), "")),
		m("sources", list(checkedPage())),
		m("note", str("A note, or an empty text.")),
		m("frequency", choice("How often it is done, or an empty text.", append(source.Strings(catalog.Frequencies), "")...)),
		m("exception", object{{"type", []string{"integer", "null"}}, {"minimum", 0}, {"description", "Index of the exception that the row is under, from 0, or null."}}),
		m("losing_overrides", list(object{{"type", "integer"}, {"minimum", 0}}).with("description", "Indexes of exceptions that lost to it.")),
		m("replaced", mapOf(str("What the catalog says that this side does."))),
		m("replaced_at", mapOf(place("Where the catalog says so."))),
		m("unassigned", object{{"type", "boolean"}, {"description", "Nobody is named as responsible for the customer's side."}}),
		m("overruled", reasons("What was said of parties that ended without a letter.")),
		m("cleared", list(refTo("reason")).with("description", "Statements that take a letter from everybody.")),
	), m("replaced_evidence", texts("The catalog's evidence that the exception replaces, or that goes with those who no longer perform the duty.").with("minItems", 1))), m("withheld", list(withheld()).with("minItems", 1).with("description", "Statements that do not act on the row, because its entry lies only partly inside the environments or accounts that they list."))), m("unlisted", unlisted())), m("facts", mapOf(object{{"type", "string"}}).with("description", "What is so of the service, on which the words of its model rest."))),
		m("unknown_facts", texts("Facts that are unknown and might have chosen other words.").with("minItems", 1)))
}

func unlisted() object {
	return exactly(m("reasons", count("In reasons and overruled.")), m("details", count("In details.")), m("losing_overrides", count("In losing_overrides.")),
		m("withheld", count("In withheld."))).with("description", fmt.Sprintf("How many statements the lists of the row leave out, because each names %d at most.", matrix.MostStatements))
}

func count(meaning string) object {
	return object{{"type", "integer"}, {"minimum", 0}, {"maximum", 1_000_000}, {"description", meaning}}
}

func withheld() object {
	return exactly(m("at", place("Where it stands.")), m("letters", str("Letters that a rule gives, or an empty text.")),
		m("parties", texts("To whom; nobody where it takes the letters from everybody.")), m("about", choice("What a rule says of how the duty is done; an empty text where it is about letters, and for an override.", append([]string{""}, matrix.Details...)...)),
		m("says", texts("What it says of that; nothing where it takes away what others say.")), m("text", str("Its reason.")))
}

func processes(meaning string) object {
	url := object{{"type", "string"}, {"pattern", "^$|" + source.PagePattern}, {"maxLength", source.MaxPage}, {"description", "Address of the page, or an empty text."}}
	return list(exactly(m("text", str("In words, or the title of a page.")), m("url", url))).with("description", meaning)
}

func reasons(meaning string) object {
	return mapOf(list(refTo("reason"))).with("description", meaning)
}

func checkedPage() object {
	return exactly(m("url", str("Address of the page.")), m("checked", str("Month, YYYY-MM.")))
}

func answeredFramework() object {
	return exactly(
		m("id", str("Id of the framework.")), m("selection", str("As selected: FRAMEWORK or FRAMEWORK/BASELINE+BASELINE.")), m("name", str("Name.")), m("publisher", str("Publisher.")),
		m("note", str("A note, or an empty text.")), m("aliases", texts("Other names.")), m("source", checkedPage()), m("baselines", texts("All its baselines.")),
		m("reports", texts("Reports of AWS that show its part.")), m("included", texts("Requirements that the manifest takes in beside the baselines.")),
		m("excluded", mapOf(str("Why the manifest leaves this requirement out."))), m("at", place("Where the manifest selects it.")),
		m("requirements", list(refTo("requirement"))))
}

// requirement has what follows from the rest, and then the facts.
func requirement() object {
	o := exactly(
		m("id", str("Number of the requirement.")), m("title", str("Short title.")),
		m("ownership", choice("Follows from the rest: who acts. Empty for a heading.", append(source.Strings(matrix.Ownerships), "")...)),
		m("inheritance", choice("Follows from the rest: whether the customer can lean on AWS's work. Empty for a heading, and where it does not apply.", append(source.Strings(catalog.Inheritances), "")...)),
		m("rows", texts("Follows from the rest: ids of the rows that answer it.")), m("responsible", texts("Follows from the rest: parties with an R in the rows.")),
		m("accountable", str("Follows from the rest: the one party that answers for it, or an empty text.")),
		m("row_accountable", texts("Follows from the rest: the other parties with an A in its rows.")),
		m("aws", str("Follows from the rest: what AWS does.")), m("customer", str("Follows from the rest: what the customer does.")),
		m("offers", str("Follows from the rest: what AWS offers that the customer may use for its part.")),
		m("process", processes("Follows from the rest: how the duties of the rows are done.")),
		m("evidence", texts("Follows from the rest: what an auditor can be shown.")),
		m("baselines", texts("Baselines that hold it.")), m("duties", texts("Duties that answer it.")),
		m("aws_part", texts("Those of the duties in which AWS's side is about the requirement.")), m("aws_apart", texts("Those of them that AWS does for itself, and the customer cannot lean on.")),
		m("inheritance_limit", choice("The most that the inheritance can be, or an empty text.", append(source.Strings(catalog.Inheritances), "")...)), m("services", texts("Services that it is about; none for all.")),
		m("organization", str("What the organization does itself.")), m("outside", str("What it does outside of the system on AWS.")),
		m("own_evidence", texts("Evidence of what the organization does itself.")), m("statements", list(refTo("requirement"))), m("at", place("Where the catalog has it.")))
	o = optional(o, m("more_rows", count("Follows from the rest: how many rows more answer it, which are not listed because they are very many; each of them names it.")))
	o = optional(o, m("group", object{{"const", true}, {"description", "There where it is a heading."}}))
	o = optional(o, m("aliases", texts("Other ids under which it is known.")))
	o = optional(o, m("omitted", object{{"const", true}, {"description", "There where an overlay of the catalog leaves it out, at the place under at."}}))
	return optional(o, m("excluded", str("Follows from the rest: why the manifest or an overlay leaves it out.")))
}

// finding is a diagnostic.
func finding(more ...member) object {
	return exactly(append([]member{
		m("rule", str("Id of the rule.")), m("severity", choice("How bad it is.", string(source.Error), string(source.Warning), string(source.Note), "")),
		m("at", place("Where to correct it.")), m("row", str("Id of the row, or an empty text.")), m("message", str("What is wrong.")), m("hint", str("What to do.")),
		m("related", list(exactly(m("at", place("Another place.")), m("message", str("What is there."))))),
	}, more...)...)
}

func remark() object {
	return optional(finding(m("rows", texts("Ids of the rows in which two statements meet, or on which one does not act.")), m("selector", anyOf(object{{"type", "null"}}, refTo("selector")))),
		m("more_rows", count("How many rows more there are, which are not named because remarks name very many."))).
		with("description", "What the merge has to say of a rule or an override. Findings are made of them.")
}

func m(key string, value any) member { return member{key, value} }

func str(meaning string) object { return object{{"type", "string"}, {"description", meaning}} }

func texts(meaning string) object {
	return object{{"type", "array"}, {"items", object{{"type", "string"}}}, {"description", meaning}}
}

func choice(meaning string, words ...string) object {
	return object{{"enum", words}, {"description", meaning}}
}

func day(meaning string) object {
	return object{{"type", "string"}, {"pattern", `^(\d{4}-\d{2}-\d{2})?$`}, {"description", meaning}}
}

// place is FILE:LINE:COL.
func place(meaning string) object { return str(meaning + " FILE:LINE:COL.") }

func refs(meaning string) object { return list(refTo("ref")).with("description", meaning) }

func digest(of string) object {
	return object{{"type", "string"}, {"pattern", "^sha256:[0-9a-f]{64}$"}, {"description", of}}
}

// exactly is an object with these members, all of them and no others.
func exactly(members ...member) object {
	required := []string{}
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
