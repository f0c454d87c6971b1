package schema

import (
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/check"
)

// words are the words of a catalog that a manifest may use.
type words struct {
	services   []string            // ids
	otherNames []string            // other names that look like ids
	variants   map[string][]string // by service
	controls   []string
	duties     []string
	frameworks []string // with baselines, and aliases
}

func wordsOf(cat *matrix.Catalog) (*words, error) {
	w := &words{variants: map[string][]string{}}
	services, err := cat.Services()
	if err != nil {
		return nil, err
	}
	for _, s := range services {
		w.services = append(w.services, s.ID)
		w.variants[s.ID] = s.Variants
		for _, a := range s.Aliases {
			if !strings.ContainsAny(a, notInID) {
				w.otherNames = append(w.otherNames, a)
			}
		}
	}
	for _, c := range cat.Controls {
		w.controls = append(w.controls, c.ID)
	}
	for _, d := range cat.Duties() {
		w.duties = append(w.duties, d.ID)
	}
	for _, id := range cat.FrameworkIDs() {
		f, err := cat.Framework(id)
		if err != nil {
			return nil, err
		}
		for _, name := range append([]string{f.ID}, f.Aliases...) {
			w.frameworks = append(w.frameworks, name)
			for _, b := range f.Baselines {
				w.frameworks = append(w.frameworks, name+"/"+b)
			}
		}
	}
	slices.Sort(w.otherNames)
	w.otherNames = slices.Compact(w.otherNames)
	return w, nil
}

// A word that holds one of these is no id but a name, such as "Amazon S3" or
// "AWS::RDS"; the parser finds names in any case, so a schema cannot list them.
const (
	notInID     = " :_(),.&/+"
	namePattern = `[A-Z :_(),.&+]`
	anyPattern  = `.`
)

// Manifest returns the JSON Schema of a manifest. It completes and checks the
// words of the catalog. A manifest that names an overlay under catalog may use
// words that only the overlay knows: there the words are completed and not
// checked.
func Manifest(cat *matrix.Catalog) (any, error) {
	w, err := wordsOf(cat)
	if err != nil {
		return nil, err
	}
	o := object{{"$schema", Draft}, {"$id", "urn:raci:manifest:v1"}, {"title", "raci manifest"},
		{"description", "The services that a system uses on AWS, who owns them, and who answers for what."}}
	o = o.merge(mapOf(Keys(w)))
	return o.with("if", object{{"not", object{{"required", []string{"catalog"}}}}}).with("then", w.strict()), nil
}

// strict checks the words where no overlay can add any.
func (w *words) strict() object {
	selector := object{
		{"service", wordOrList(append(slices.Clone(w.services), append(w.otherNames, "*")...), namePattern)},
		{"control", wordOrList(append(slices.Clone(w.controls), "*"), "")},
		{"duty", wordOrList(append(slices.Clone(w.duties), "*"), "")},
	}
	selected := object{{"items", object{{"properties", selector}}}}
	service := object{
		{"properties", object{{"use", enumOr(append(slices.Clone(w.services), w.otherNames...), namePattern)}}},
		{"allOf", w.variantRules()},
	}
	framework := enumOr(w.frameworks, "")
	one := object{{"anyOf", []any{framework, object{{"type", "object"}, {"properties", object{{"use", framework}}}}}}}
	return object{{"properties", object{
		{"services", object{{"items", service}}},
		{"assign", selected},
		{"overrides", selected},
		{"frameworks", object{{"anyOf", []any{one, object{{"type", "array"}, {"items", one}}}}}},
		{"check", object{{"properties", object{{"waive", selected}}}}},
	}}}
}

// variantRules say which variants each service has. A service without any is
// named in one rule with the others.
func (w *words) variantRules() []any {
	var rules []any
	var none []string
	for _, id := range w.services {
		if len(w.variants[id]) == 0 {
			none = append(none, id)
			continue
		}
		rules = append(rules, variantRule(object{{"const", id}}, wordOrList(w.variants[id], "")))
	}
	return append(rules, variantRule(object{{"enum", none}}, false))
}

func variantRule(use object, variant any) object {
	return object{
		{"if", object{{"required", []string{"use"}}, {"properties", object{{"use", use}}}}},
		{"then", object{{"properties", object{{"variant", variant}}}}},
	}
}

func enumOr(list []string, pattern string) object {
	return Key{Kind: Word, Words: list, Other: pattern}.word()
}

func wordOrList(list []string, pattern string) object {
	return Key{Kind: Words, Words: list, Other: pattern}.shape()
}

// selectorKeys are the keys by which rules, overrides and waivers select rows.
func selectorKeys(w *words) []Key {
	return []Key{
		{Name: "service", Kind: Words, Words: w.services, Other: anyPattern, Text: "Rows of entries that use the service.", Example: "service: [rds, s3]"},
		{Name: "entry", Kind: Words, Text: `Rows of the entry, by its name; "provider" and "organization" are the duties done once.`, Example: "entry: orders-db"},
		{Name: "control", Kind: Words, Words: w.controls, Other: anyPattern, Text: "Rows of the control.", Example: "control: identity-access"},
		{Name: "duty", Kind: Words, Words: w.duties, Other: anyPattern, Text: "Rows of the duty.", Example: "duty: back-up-data"},
		{Name: "category", Kind: Words, Words: []string{"inherited", "shared", "customer-specific", "*"}, Text: "Rows of controls of the category.", Example: "category: customer-specific"},
		{Name: "split", Kind: Words, Text: "Rows with the split: aws, customer, shared or an operator.", Example: "split: [customer, shared]"},
		{Name: "tag", Kind: Words, Text: "Rows of entries with the tag.", Example: "tag: pci"},
		{Name: "environment", Kind: Words, Text: "Rows of entries in the environment.", Example: "environment: production"},
		{Name: "account", Kind: Words, Text: "Rows of entries in the account.", Example: `account: "111122223333"`},
		{Name: "requirement", Kind: Words, Text: "Rows that answer the requirement, written FRAMEWORK/ID.", Example: "requirement: pci-dss-4.0.1/6.3.3"},
	}
}

// holderKeys are the keys that give letters.
func holderKeys() []Key {
	return []Key{
		{Name: "responsible", Kind: Words, Text: "Parties that do the customer's part. none takes the letter from everybody.", Example: "responsible: [data, platform]"},
		{Name: "accountable", Kind: OneWord, Text: "The one party that answers for it. none leaves a gap.", Example: "accountable: ciso"},
		{Name: "consulted", Kind: Words, Text: "Parties that are asked before.", Example: "consulted: [grc]"},
		{Name: "informed", Kind: Words, Text: "Parties that are told after.", Example: "informed: [grc]"},
	}
}

// Keys returns the keys of a manifest, in the order in which they are
// documented.
func Keys(w *words) []Key {
	if w == nil {
		w = &words{}
	}
	return append(topKeys(w), bodyKeys(w)...)
}

func topKeys(w *words) []Key {
	return []Key{
		{Name: "version", Kind: Word, Words: nil, Required: true, Text: "Version of the manifest's format; 1 is the only one.", Example: "version: 1"},
		{Name: "organization", Kind: Text, Required: true, Text: "Name of the organization that answers for the system.", Example: "organization: Northwind Payments"},
		{Name: "system", Kind: Text, Required: true, Text: "Name of the system.", Example: "system: Checkout"},
		{Name: "revision", Kind: Text, Text: "Revision of the matrix, printed on every page.", Example: `revision: "2026.2"`},
		{Name: "date", Kind: Day, Default: "SOURCE_DATE_EPOCH, or no date", Text: "Date of the matrix. It is printed, and stored in the files; the clock is never read.", Example: "date: 2026-11-21"},
		{Name: "accountability", Kind: Word, Words: []string{"customer", "provider"}, Default: "customer",
			Text: "Who holds the A of what AWS performs alone: the customer's accountable party, or AWS itself.", Example: "accountability: customer"},
		{Name: "frameworks", Kind: MixedAll, Words: w.frameworks, Other: anyPattern, Text: "Frameworks whose requirements the matrix answers, each with an optional baseline.",
			Example: "frameworks: [nist-800-53-r5/moderate, {use: pci-dss-4.0.1, exclude: {12.3.2: No customized approach is used.}}]", Keys: []Key{
				{Name: "use", Kind: Word, Words: w.frameworks, Other: anyPattern, Required: true, Text: "FRAMEWORK or FRAMEWORK/BASELINE.", Example: "use: nist-800-53-r5/moderate"},
				{Name: "include", Kind: Words, Text: "Requirements taken in beside the baseline.", Example: "include: [AC-2(11)]"},
				{Name: "exclude", Kind: TextMap, Text: "Requirements left out, each with the reason.", Example: "exclude: {PE-13: No data centre of our own.}"},
			}},
		{Name: "environments", Kind: Words, Text: "Environments that the entries must cover.", Example: "environments: [production, staging]"},
		{Name: "accounts", Kind: TextMap, Text: "AWS accounts that the entries must cover, each with its name.", Example: `accounts: {"111122223333": Production}`},
		{Name: "parties", Kind: PartyMap, Required: true, Text: "Who can hold a letter: teams and roles of the customer, and other operators, by id. aws is built in.",
			Example: "parties:\n  ciso: {name: Chief Information Security Officer, contact: ciso@northwind.example}\n  data: Data Platform", Keys: []Key{
				{Name: "name", Kind: Text, Required: true, Text: "Name in the reports.", Example: "name: Data Platform"},
				{Name: "contact", Kind: Text, Text: "Where the party can be reached: a mail address or a page.", Example: "contact: data@northwind.example"},
				{Name: "kind", Kind: Word, Words: []string{"team", "operator"}, Default: "team",
					Text: "operator is another company that performs duties itself, such as an MSP.", Example: "kind: operator"},
			}},
		{Name: "defaults", Kind: Map, Text: "Who holds which letter unless something more specific says otherwise.", Example: "defaults: {accountable: ciso, informed: [grc]}", Keys: holderKeys()},
	}
}

func bodyKeys(w *words) []Key {
	return []Key{
		{Name: "services", Kind: List, Least: 1, Required: true, Text: "The services in use, one entry for each use.", Example: "services:\n  - use: rds\n    name: orders-db\n    variant: aurora\n    owner: data", Keys: []Key{
			{Name: "use", Kind: Word, Words: w.services, Other: anyPattern, Required: true, Text: "The service, by its id or any other of its names.", Example: "use: rds"},
			{Name: "name", Kind: Text, Default: "the value of use", Text: "Tells two entries of one service apart, and begins the ids of its rows.", Example: "name: orders-db"},
			{Name: "variant", Kind: Words, Text: "How the service is used, where that changes who does what. See raci catalog show SERVICE.", Example: "variant: [custom-oracle, outposts]"},
			{Name: "owner", Kind: Word, Text: "Party that does the customer's part of this entry.", Example: "owner: data"},
			{Name: "environment", Kind: Words, Text: "Environments in which the entry runs.", Example: "environment: production"},
			{Name: "account", Kind: Words, Text: "AWS accounts in which the entry runs.", Example: `account: "111122223333"`},
			{Name: "tags", Kind: Words, Text: "Words by which rules can select the entry.", Example: "tags: [pci]"},
		}},
		{Name: "assign", Kind: List, Text: "Rules that give letters. The most specific rule wins; of two equal ones the later. Selectors that are left out, and \"*\", select everything.",
			Example: "assign:\n  - control: identity-access\n    responsible: security", Extra: anyOfRequired("responsible", "accountable", "consulted", "informed"),
			Keys: append(append(selectorKeys(w), holderKeys()...), Key{Name: "reason", Kind: LongText, Text: "Why; explain and the reports show it.", Example: "reason: The data team runs the restore drills."})},
		{Name: "overrides", Kind: List, Text: "Deviations from the catalog. Exactly one of sides and applies is given.", Extra: oneOfRequired("sides", "applies"),
			Example: "overrides:\n  - entry: orders-db\n    duty: patch-guest-os\n    sides: {msp: Patches the hosts under contract MSP-12.}\n    reason: Outsourced.\n    expires: 2027-06-30",
			Keys: append(selectorKeys(w),
				Key{Name: "sides", Kind: TextMap, Text: "What each side does: aws, customer, or a party of kind operator. Replaces all sides of the catalog.", Example: "sides: {msp: Patches the hosts each month.}"},
				Key{Name: "applies", Kind: False, Text: "false where the duty does not apply.", Example: "applies: false"},
				Key{Name: "reason", Kind: LongText, Text: "Why the system deviates.", Example: "reason: Outsourced."},
				Key{Name: "expires", Kind: Day, Text: "Last day of the deviation. After it the catalog applies again.", Example: "expires: 2027-06-30"})},
		reportKey(),
		{Name: "catalog", Kind: Words, Text: "Folders with catalogs of your own, relative to the manifest: in-house services, other clouds, corrected texts.", Example: "catalog: [./our-services]"},
		checkKey(w),
	}
}

func reportKey() Key {
	return Key{Name: "report", Kind: Map, Text: "How the reports look.", Example: "report: {title: Checkout responsibility matrix, classification: Confidential, approvers: [ciso]}", Keys: []Key{
		{Name: "title", Kind: Text, Default: "a title of the report's own", Text: "Title of the reports.", Example: "title: Checkout responsibility matrix"},
		{Name: "classification", Kind: Text, Text: "Printed on every page.", Example: "classification: Confidential"},
		{Name: "approvers", Kind: Words, Text: "Parties that sign.", Example: "approvers: [ciso, grc]"},
		{Name: "logo", Kind: Word, Text: "PNG or JPEG file, at most 2 MiB and 4,000 pixels a side.", Example: "logo: ./logo.png"},
		{Name: "colour", Kind: Word, Other: `^#[0-9A-Fa-f]{6}$`, Words: []string{"#1F3A5F"}, Default: "#1F3A5F", Text: "Colour of headings.", Example: `colour: "#1F3A5F"`},
		{Name: "paper", Kind: Word, Words: []string{"a4", "letter"}, Default: "a4", Text: "Paper of the PDF.", Example: "paper: letter"},
		{Name: "font", Kind: Words, Text: "TrueType files for scripts that the PDF's own font lacks, the first that has a character wins.", Example: "font: [./fonts/NotoSansArabic-Regular.ttf]"},
		{Name: "protect", Kind: YesNo, Default: "false", Text: "Locks the workbook, without a password, but for letters, dates and signatures.", Example: "protect: true"},
		{Name: "columns", Kind: Mixed, Words: matrix.ColumnIDs, Default: "all", Text: "Columns of the sheet Matrix, in their order, each with an optional heading of your own.",
			Example: "columns: [duty, {column: aws, title: Provider}, customer, parties]", Keys: []Key{
				{Name: "column", Kind: Word, Words: matrix.ColumnIDs, Required: true, Text: "The column.", Example: "column: aws"},
				{Name: "title", Kind: Text, Text: "Its heading.", Example: "title: Provider"},
			}},
	}}
}

func checkKey(w *words) Key {
	return Key{Name: "check", Kind: Map, Text: "Thresholds of raci check, and findings that are accepted.", Example: "check: {max-consulted: 2}", Keys: []Key{
		{Name: "max-accountable-share", Kind: Number, Default: "80", Text: "Percent of all As that one party may hold.", Example: "max-accountable-share: 60"},
		{Name: "max-consulted", Kind: Number, Default: "3", Text: "Consulted parties of a row.", Example: "max-consulted: 2"},
		{Name: "warn-before-end", Kind: Number, Default: "30", Text: "Days before an override ends at which check says so.", Example: "warn-before-end: 60"},
		{Name: "max-source-age", Kind: Number, Default: "24", Text: "Months since a source was checked.", Example: "max-source-age: 12"},
		{Name: "waive", Kind: List, Text: "Findings that are accepted, for a reason and until a day.",
			Example: "waive: [{rule: unknown-contact, reason: The team is being formed., expires: 2027-01-31}]",
			Keys: append([]Key{{Name: "rule", Kind: Word, Words: check.IDs(), Other: anyPattern, Required: true, Text: "Id of the rule; see raci check --list.", Example: "rule: unknown-contact"},
				{Name: "reason", Kind: LongText, Required: true, Text: "Why the finding is accepted.", Example: "reason: The team is being formed."},
				{Name: "expires", Kind: Day, Required: true, Text: "Last day of the waiver.", Example: "expires: 2027-01-31"}}, selectorKeys(w)...)},
	}}
}

func anyOfRequired(keys ...string) object { return object{{"anyOf", requiredEach(keys)}} }

func oneOfRequired(keys ...string) object { return object{{"oneOf", requiredEach(keys)}} }

func requiredEach(keys []string) []any {
	var list []any
	for _, k := range keys {
		list = append(list, object{{"required", []string{k}}})
	}
	return list
}
