package schema

import (
	"strconv"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// Keys returns the keys of a manifest, in the order in which they are
// documented.
func Keys() []Key {
	return []Key{
		{Name: "version", Shape: version1, Required: true, Text: "Version of the manifest's format; 1 is the only one.", Example: "version: 1"},
		{Name: "organization", Shape: oneLine, Required: true, Text: "Name of the organization that answers for the system.", Example: "organization: Northwind Payments"},
		{Name: "system", Shape: oneLine, Required: true, Text: "Name of the system.", Example: "system: Checkout"},
		{Name: "revision", Shape: oneLine, Text: "Revision of the matrix, printed on every page.", Without: "none is printed", Example: `revision: "2026.2"`},
		{Name: "date", Shape: aDay, Text: "Date of the matrix. It is printed, and stored in the files; the clock is never read.",
			Without: "the environment variable SOURCE_DATE_EPOCH, or no date", Example: "date: 2026-11-21"},
		{Name: "accountability", Shape: oneOf("customer", "provider"), Default: "customer",
			Text: "Who holds the A of what AWS performs alone: the customer's accountable party, or AWS itself.", Example: "accountability: provider"},
		{Name: "duties", Shape: oneOf(string(matrix.AllDuties), string(matrix.AskedDuties)), Default: string(matrix.AllDuties),
			Text: "Which duties of scope organization, done once for all services, the matrix has: all of the catalog, or those that some requirement of the chosen frameworks names. " +
				"What is left out is listed in the reports. Duties of the scopes provider and service always stay.", Example: "duties: asked-only"},
		{Name: "scope", Shape: longText, Text: "What belongs to the system, and what does not. It is printed.", Without: "none is printed",
			Example: "scope: Card payments of the web shop; the back office is outside."},
		{Name: "prepared-by", Shape: oneLine, Text: "Who prepared the matrix: the id of a party, or a name.", Without: "none is printed", Example: "prepared-by: grc"},
		{Name: "reviewed-by", Shape: oneLine, Text: "Who reviewed it: the id of a party, or a name.", Without: "none is printed", Example: "reviewed-by: ciso"},
		{Name: "next-review", Shape: aDay, Text: "Day of the next review. check reports it when that day is before the date of the manifest.", Without: "none is printed",
			Example: "next-review: 2027-05-04"},
		{Name: "history", Shape: listOf(aMap(revisionKeys()...)), Text: "Revisions of the matrix, printed in this order.", Without: "none is printed",
			Example: "history: [{revision: \"2026.1\", date: 2026-05-04, by: grc, change: First issue.}]"},
		{Name: "frameworks", Shape: orList(orMap(knownFramework, frameworkKeys()...)).called("word or map, or a list of them"), Without: "none",
			Text:    "Frameworks whose requirements the matrix answers, each as a whole or with one or several baselines: FRAMEWORK/BASELINE+BASELINE, or a line for each.",
			Example: "frameworks: [nist-800-53-r5/moderate, {use: pci-dss-4.0.1, exclude: {12.3.2: No customized approach is used.}}]"},
		{Name: "environments", Shape: orList(aLabel), Text: "Environments that the entries must cover.", Without: "entries may name any",
			Example: "environments: [production, staging]"},
		{Name: "accounts", Shape: mapTo("id", oneLine), Text: "AWS accounts that the entries must cover, each with its name.", Without: "entries may name any",
			Example: `accounts: {"111122223333": Production}`},
		{Name: "parties", Shape: mapTo("id", orMap(oneLine, partyKeys()...)).and(notParties()).called("map of names or maps"), Required: true,
			Text:    "Who can hold a letter: teams and roles of the customer, and other operators, by id. aws is built in.",
			Example: "parties:\n  ciso: {name: Chief Information Security Officer, contact: ciso@northwind.example}\n  data: Data Platform"},
		{Name: "defaults", Shape: aMap(append(definedAs("holders", holderKeys("nobody")), definedAs("sayings", sayingKeys("as the catalog says"))...)...), Without: "nobody but the owners of the entries holds a letter",
			Text: "Who holds which letter, and how duties are done, unless something more specific says otherwise.", Example: "defaults: {accountable: ciso, informed: [grc]}"},
		{Name: "services", Shape: entries(), Required: true, Text: "The services in use, one entry for each use.",
			Example: "services:\n  - use: rds\n    name: orders-db\n    variant: aurora\n    owner: data"},
		{Name: "assign", Shape: listOf(assignment()), Without: "none",
			Text: "Rules that give letters and say how duties are done. Selectors that are left out, and \"*\", select everything. The most specific rule wins, of two equal ones the later: " +
				"what it selects counts first (a duty outranks a control, which outranks a requirement, a category or a split), then where " +
				"(an entry outranks its owner, who outranks a tag, an environment or an account, which outrank a service; a service in a variant outranks the service); the defaults come last. " +
				"Parties and evidence with a + before them are added to what the next less specific statement says.",
			Example: "assign:\n  - control: identity-access\n    responsible: security\n    informed: [+grc]\n    process: {title: Access runbook, url: \"https://wiki.northwind.example/access\"}"},
		{Name: "answers", Shape: listOf(aMap(answerRuleKeys()...).and(object{{"anyOf", requiredEach("accountable", "responsible")}})), Without: "the A that its rows share, or else that of the defaults",
			Text:    "Who answers for requirements as a whole. It moves no letter of a row.",
			Example: "answers:\n  - requirement: nist-800-53-r5/CP-9\n    accountable: ciso\n    reason: The board asks one person."},
		{Name: "overrides", Shape: listOf(override()), Text: "Deviations from the catalog. Exactly one of sides and applies is given.", Without: "none",
			Example: "overrides:\n  - entry: orders-db\n    duty: patch-guest-os\n    sides: {msp: Patches the hosts under contract MSP-12.}\n    reason: Outsourced.\n    expires: 2027-06-30"},
		{Name: "report", Shape: aMap(reportKeys()...), Text: "How the reports look.", Without: "as without each of its keys",
			Example: "report: {title: Checkout responsibility matrix, classification: Confidential, approvers: [ciso]}"},
		{Name: "catalog", Shape: orList(aWord), Without: "the catalog that ships alone",
			Text: "Folders with catalogs of your own, relative to the manifest: in-house services, other clouds, corrected texts.", Example: "catalog: [./our-services]"},
		{Name: "check", Shape: aMap(checkKeys()...), Text: "Thresholds of raci check, and findings that are accepted.", Without: "as without each of its keys",
			Example: "check: {max-consulted: 2}"},
	}
}

func answerRuleKeys() []Key {
	return []Key{
		{Name: "requirement", Shape: orListOfSome(aWord), Required: true, Text: "Requirements, written FRAMEWORK/ID. One with lettered statements stands for these as well.", Example: "requirement: [pci-dss-4.0.1/6.3.3, pci-dss-4.0.1/6.3.2]"},
		{Name: "accountable", Shape: aWord, Text: "The one party that answers for them.", Without: "the A that the rows share, or else that of the defaults", Example: "accountable: ciso"},
		{Name: "responsible", Shape: orList(aWord), Text: "The parties of the customer named as responsible. AWS and operators with a side of their own stay so beside them.", Without: "those with an R in the rows", Example: "responsible: [data, platform]"},
		{Name: "reason", Shape: longText, Text: "Why; explain shows it.", Without: "it says: answer of the manifest", Example: "reason: The board asks one person."},
	}
}

func revisionKeys() []Key {
	return []Key{
		{Name: "revision", Shape: oneLine, Required: true, Text: "Name of the revision.", Example: `revision: "2026.1"`},
		{Name: "date", Shape: aDay, Required: true, Text: "Day of the revision.", Example: "date: 2026-05-04"},
		{Name: "by", Shape: oneLine, Text: "Who made it: the id of a party, or a name.", Without: "nobody is named", Example: "by: grc"},
		{Name: "change", Shape: longText, Required: true, Text: "What changed.", Example: "change: First issue."},
	}
}

// knownFramework is FRAMEWORK or FRAMEWORK/BASELINE+BASELINE...
var knownFramework = Shape{Words: "word", schema: anyOf(refTo("framework"), refTo("frameworkName"))}

func frameworkKeys() []Key {
	return []Key{
		{Name: "use", Shape: knownFramework, Required: true, Text: "FRAMEWORK, FRAMEWORK/BASELINE or FRAMEWORK/BASELINE+BASELINE, by id or alias.", Example: "use: nist-800-53-r5/moderate"},
		{Name: "include", Shape: orList(aWord), Text: "Requirements taken in beside the baselines.", Without: "none", Example: "include: [AC-2(11)]"},
		{Name: "exclude", Shape: mapTo("word", longText), Text: "Requirements left out, each with the reason.", Without: "none",
			Example: "exclude: {PE-13: No data centre of our own.}"},
	}
}

func partyKeys() []Key {
	return []Key{
		{Name: "name", Shape: oneLine, Required: true, Text: "Name in the reports.", Example: "name: Data Platform"},
		{Name: "contact", Shape: oneLine, Text: "Where the party can be reached: a mail address or a page.", Without: "none; check says so", Example: "contact: data@northwind.example"},
		{Name: "kind", Shape: oneOf(string(matrix.Team), string(matrix.Operator)), Without: "team",
			Text: "operator is another company that performs duties itself, such as an MSP.", Example: "kind: operator"},
	}
}

// notParties are ids that mean something else, in capitals or not.
func notParties() object {
	return object{{"patternProperties", object{{anyCase(catalog.ReservedParties), false}}}}
}

// holderKeys give letters.
func holderKeys(without string) []Key {
	one := Shape{Words: aWord.Words, schema: and(aWord, object{{"pattern", "^[^+]"}, {"errorMessage", "A row has exactly one accountable party, so none can be added."}})}
	parties := addable(aWord)
	const marks = "With a + before each of them they are added to those of the next less specific statement. none takes the letter from everybody."
	return []Key{
		{Name: "responsible", Shape: parties, Text: "Parties that do the customer's part. " + marks, Without: without, Example: "responsible: [data, platform]"},
		{Name: "accountable", Shape: orListOfOne(one), Text: "The one party that answers for it. none leaves a gap.", Without: without, Example: "accountable: ciso"},
		{Name: "consulted", Shape: parties, Text: "Parties that are asked beforehand. " + marks, Without: without, Example: "consulted: [grc]"},
		{Name: "informed", Shape: parties, Text: "Parties that are told afterwards. " + marks, Without: without, Example: "informed: [+grc]"},
	}
}

// addable is a value or a list of values that replace what a wider rule says, or
// that are added to it.
func addable(s Shape) Shape {
	added, bare := and(s, refTo("added")), and(s, refTo("replacing"))
	return Shape{Words: s.Words + " or list", schema: anyOf(added, bare, list(added), list(bare))}
}

// orNone is a value, or the word none in its place.
func orNone(s Shape) Shape {
	s.schema = anyOf(object{{"const", "none"}}, s.schema)
	return s
}

// and is a value that fits both.
func and(s Shape, more object) object { return object{{"allOf", []object{s.schema, more}}} }

// sayingKeys say how duties are done.
func sayingKeys(without string) []Key {
	page := []Key{
		{Name: "title", Shape: Shape{Words: oneLine.Words, schema: and(oneLine, refTo("unmarked"))}, Required: true, Text: "Title of the page.", Example: "title: Restore runbook"},
		{Name: "url", Shape: Shape{Words: "address", schema: refTo("link")}, Required: true,
			Text: "Its address, which begins with https:// and a host. Any other address is written as text.", Example: "url: https://wiki.northwind.example/restore"},
	}
	return []Key{
		{Name: "process", Shape: orNone(orList(orMap(unmarked, page...))).called("long text or map, or a list of them"), Without: without,
			Text:    "How the duty is done: in words, or by a page, such as a runbook, a policy or a ticket queue. It stands beside what the customer or another operator does. none takes away what a wider rule says; + has no place here.",
			Example: `process: {title: Restore runbook, url: "https://wiki.northwind.example/restore"}`},
		{Name: "evidence", Shape: orNone(addable(Shape{Words: longText.Words, schema: and(longText, refTo("something"))})), Without: without,
			Text:    "What an auditor can be shown, in the place of what the catalog suggests; with a + before each of them they are added. none leaves nothing. Evidence of what AWS does alone stays, and this is added to it.",
			Example: `evidence: ["+restore test of the quarter"]`},
		{Name: "frequency", Shape: oneOf(append(source.Strings(catalog.Frequencies), "none")...), Without: without,
			Text: "How often the customer or another operator does it.", Example: "frequency: quarterly"},
	}
}

// selectorKeys select rows, for rules, overrides and waivers.
func selectorKeys() []Key {
	keys := []Key{
		{Name: "service", Shape: known("service"), Text: "Rows of entries that use the service, SERVICE or SERVICE/VARIANT, by any of its names.", Example: "service: [rds, s3]"},
		{Name: "entry", Shape: aWord, Text: `Rows of the entry, by its name; "provider" and "organization" are the duties done once.`, Example: "entry: orders-db"},
		{Name: "control", Shape: known("control"), Text: "Rows of the control.", Example: "control: identity-access"},
		{Name: "duty", Shape: known("duty"), Text: "Rows of the duty.", Example: "duty: back-up-data"},
		{Name: "category", Shape: oneOf("inherited", "shared", "customer-specific", "*").called("word"),
			Text: "Rows of controls of the category: inherited, shared or customer-specific.", Example: "category: customer-specific"},
		{Name: "split", Shape: aWord, Text: "Rows with the split: aws, customer, shared or an operator.", Example: "split: [customer, shared]"},
		{Name: "tag", Shape: aWord, Text: "Rows of entries with the tag.", Example: "tag: pci"},
		{Name: "environment", Shape: aWord, Text: "Rows of entries that run in the environments listed and nowhere else. Whose entry also runs elsewhere is an error of check, and stays as it was.", Example: "environment: production"},
		{Name: "account", Shape: aWord, Text: "Rows of entries that run in the accounts listed and nowhere else, likewise.", Example: `account: "111122223333"`},
		{Name: "requirement", Shape: aWord, Text: "Rows that answer the requirement, written FRAMEWORK/ID, or ID where one selected framework has it; also as FedRAMP, PCI and CMMC write ids.", Example: "requirement: pci-dss-4.0.1/6.3.3"},
	}
	for i := range keys {
		one := keys[i].Shape
		keys[i].Shape, keys[i].Without = orListOfSome(one), "every row" // an empty list would select everything
	}
	return keys
}

// aLabel names a place or a tag.
var aLabel = Shape{Words: aWord.Words, schema: refTo("label")}

// entries are the services in use. The name of an entry without name is its
// service's.
func entries() Shape {
	s := listOf(aMap(
		Key{Name: "use", Shape: known("service"), Required: true, Text: "The service, SERVICE or SERVICE/VARIANT, by its id or any other of its names. A name may say a variant, as aurora does.", Example: "use: rds"},
		Key{Name: "name", Shape: Shape{Words: "text", schema: refTo("entryName")}, Text: "Distinguishes two entries of one service, and begins the ids of its rows.",
			Without: "the value of use, with - for /", Example: "name: orders-db"},
		Key{Name: "variant", Shape: orList(aWord), Text: "How the service is used, where that changes who does what. See raci catalog show SERVICE.",
			Without: "what the service assumes, if anything; check says so", Example: "variant: [custom-oracle, outposts]"},
		Key{Name: "owner", Shape: aWord, Text: "Party that does the customer's part of this entry.", Without: "whom a rule or defaults name as responsible; check says so", Example: "owner: data"},
		Key{Name: "environment", Shape: orList(aLabel), Text: "Environments in which the entry runs.", Without: "not said", Example: "environment: production"},
		Key{Name: "account", Shape: orList(aLabel), Text: "AWS accounts in which the entry runs.", Without: "not said", Example: `account: "111122223333"`},
		Key{Name: "tags", Shape: orList(aLabel), Text: "Words by which rules can select the entry.", Without: "none", Example: "tags: [pci]"},
	).and(anyOf(required("name"), object{{"properties", object{{"use", refTo("freeName")}}}})))
	return s.and(object{{"minItems", 1}})
}

func assignment() Shape {
	keys := append(definedAs("selector", selectorKeys()), definedAs("holders", holderKeys("whom a less specific rule names"))...)
	keys = append(keys, definedAs("sayings", sayingKeys("what a less specific rule says"))...)
	return aMap(append(keys, Key{Name: "reason", Shape: longText, Text: "Why; explain and the reports show it.", Without: "they show the word rule",
		Example: "reason: The data team runs the restore drills."})...).
		and(object{{"anyOf", requiredEach("responsible", "accountable", "consulted", "informed", "process", "evidence", "frequency")}})
}

func override() Shape {
	sides := mapTo("word", longText).and(object{{"minProperties", 1}, {"properties", object{
		{catalog.AWS, refTo("text").with("description", "What AWS does.")}, {catalog.Customer, refTo("text").with("description", "What the customer does.")}}}})
	return aMap(append(definedAs("selector", selectorKeys()),
		Key{Name: "sides", Shape: sides, Text: "What each side does: aws, customer, or a party of kind operator; check reports another. Replaces all sides of the catalog.",
			Without: "applies must be there", Example: "sides: {msp: Patches the hosts each month.}"},
		Key{Name: "evidence", Shape: orList(unmarked).and(object{{"minItems", 1}}), Text: "What an auditor can be shown of what the sides do, in the place of the catalog's evidence; it is as specific as a rule that selects the same. Only with sides.",
			Without: "none where others perform the duty than in the catalog, else the catalog's", Example: "evidence: [monthly patch report of the MSP]"},
		Key{Name: "applies", Shape: justNo, Text: "false where the duty does not apply.", Without: "sides must be there", Example: "applies: false"},
		Key{Name: "reason", Shape: longText, Text: "Why the system deviates.", Without: "none; check says so", Example: "reason: Outsourced."},
		Key{Name: "expires", Shape: aDay, Text: "Last day of the deviation. After it the catalog applies again.", Without: "it does not end; check says so", Example: "expires: 2027-06-30"},
	)...).and(object{{"oneOf", requiredEach("sides", "applies")}, {"dependentRequired", object{{"evidence", []string{"sides"}}}}})
}

func reportKeys() []Key {
	column := oneOf(matrix.ColumnIDs...).called("word")
	return []Key{
		{Name: "title", Shape: oneLine, Text: "Title of the reports.", Without: "made of the words RACI matrix and the system's name", Example: "title: Checkout responsibility matrix"},
		{Name: "classification", Shape: oneLine, Text: "Printed on every page.", Without: "none is printed", Example: "classification: Confidential"},
		{Name: "approvers", Shape: orList(aWord), Text: "Parties that sign.", Without: "the reports say that no approver is named", Example: "approvers: [ciso, grc]"},
		{Name: "logo", Shape: aWord, Text: "PNG or JPEG file, at most 2 MiB, 4,000 pixels a side and 64 MB when it is read, which a large one of 16 bits exceeds; no GIF, WebP or SVG. Reports hold its pixels alone, upright: no place, author, thumbnail or colour profile.", Without: "no logo", Example: "logo: ./logo.png"},
		{Name: "colour", Shape: Shape{Words: "colour", schema: object{{"type", "string"}, {"pattern", "^#[0-9A-Fa-f]{6}$"},
			{"errorMessage", `Write it as "#1F3A5F", with the quotes.`}}}, Default: `"#1F3A5F"`, Text: "Colour of headings.", Example: `colour: "#2E5D4B"`},
		{Name: "paper", Shape: oneOf(matrix.PaperA4, matrix.PaperLetter), Default: matrix.PaperA4, Text: "Paper of the PDF.", Example: "paper: letter"},
		{Name: "font", Shape: orList(aWord), Text: "TrueType files for scripts that the PDF's own font does not cover. The first that has a character wins.",
			Without: "the PDF's own font alone", Example: "font: [./fonts/NotoSansArabic-Regular.ttf]"},
		{Name: "protect", Shape: yesNo, Default: "false", Text: "Locks the workbook, without a password, except for letters, dates and signatures.", Example: "protect: true"},
		{Name: "columns", Shape: listOf(orMap(column,
			Key{Name: "column", Shape: column, Required: true, Text: "The column.", Example: "column: aws"},
			Key{Name: "title", Shape: oneLine, Text: "Its heading.", Without: "its own heading", Example: "title: Provider"},
		)).called("list of words or maps"), Without: "all columns", Text: "Columns of the sheet Matrix, in their order, each with an optional heading of your own.",
			Example: "columns: [duty, {column: aws, title: Provider}, customer, parties]"},
	}
}

func checkKeys() []Key {
	d := matrix.DefaultCheck
	waiver := aMap(append([]Key{
		{Name: "rule", Shape: Shape{Words: "word", schema: refTo("rule")}, Required: true, Text: "Id of the rule; see raci check --list.", Example: "rule: unknown-contact"},
		{Name: "reason", Shape: longText, Required: true, Text: "Why the finding is accepted.", Example: "reason: The team is being formed."},
		{Name: "expires", Shape: aDay, Required: true, Text: "Last day of the waiver.", Example: "expires: 2027-01-31"},
	}, definedAs("selector", selectorKeys())...)...)
	return []Key{
		{Name: "max-accountable-share", Shape: wholeNumber(1, 100), Default: strconv.Itoa(d.MaxAccountableShare), Text: "Percent of all As that one party may hold.", Example: "max-accountable-share: 60"},
		{Name: "max-consulted", Shape: wholeNumber(0, 1000), Default: strconv.Itoa(d.MaxConsulted), Text: "Consulted parties of a row.", Example: "max-consulted: 2"},
		{Name: "warn-before-end", Shape: wholeNumber(0, 3650), Default: strconv.Itoa(d.WarnBeforeEnd), Text: "Days before an override ends at which check says so.", Example: "warn-before-end: 60"},
		{Name: "max-source-age", Shape: wholeNumber(1, 1200), Default: strconv.Itoa(d.MaxSourceAge), Text: "Months since a source was checked.", Example: "max-source-age: 12"},
		{Name: "rules", Shape: orList(Shape{Words: "word", schema: refTo("rule")}), Without: "none", Text: "Rules that are off unless they are chosen here; see raci check --list.", Example: "rules: [no-process]"},
		{Name: "waive", Shape: listOf(waiver), Without: "none", Text: "Findings that are accepted, for a reason and until a day: those about the rows, entries and places that it selects.",
			Example: "waive: [{rule: unknown-contact, reason: The team is being formed., expires: 2027-01-31}]"},
	}
}
