package schema_test

import (
	"strings"
	"testing"
)

const (
	head     = "version: 1\norganization: Example\nsystem: Shop\n"
	parties  = "parties: {ciso: {name: CISO, contact: ciso@example.com}, data: Data, msp: {name: Helpers, kind: operator}}\n"
	services = "services: [{use: s3, owner: data}]\n"
	base     = head + parties + services
)

// verdict says who refuses a manifest.
type verdict int

const (
	good     verdict = iota // neither
	bad                     // both
	onlyRaci                // raci alone: JSON Schema cannot say it
)

// corpus are manifests that go through raci and through the schema.
var corpus = []struct {
	name     string
	manifest string
	want     verdict
}{
	{"least", base, good},
	{"numbers as texts", strings.Replace(base, "Shop", "2026.2", 1), good},
	{"all keys of an entry", head + parties + "environments: [prod]\naccounts: {\"1234\": Main}\nservices: [{use: rds, name: db, variant: [aurora], owner: data, environment: prod, account: \"1234\", tags: [pci]}]\n", good},
	{"other names of services", head + parties + "services: [{use: k8s}, {use: Amazon S3}, {use: \"AWS::Lambda\"}]\n", good},
	{"a retired service", head + parties + "services: [{use: qldb}]\n", good},
	{"rules", base + "assign:\n  - {service: s3, duty: back-up-data, responsible: [data], accountable: [ciso], consulted: none}\n  - {entry: organization, informed: ciso}\n  - {control: \"*\", informed: data, reason: Because.}\n", good},
	{"selectors", base + "assign: [{category: shared, split: [customer, shared], informed: ciso}]\n", good},
	{"overrides", base + "overrides:\n  - {duty: back-up-data, sides: {msp: Backs up., customer: Tests.}, evidence: [backup report], reason: Outsourced., expires: 2027-01-31}\n  - {duty: govern-data, applies: false}\n", good},
	{"frameworks", base + "frameworks: [nist-800-53-r5/moderate, soc2, {use: pci-dss-4.0.1, include: [6.3.3], exclude: {12.3.2: Not used.}}]\n", good},
	{"blanks around the signs of baselines", base + "frameworks: [soc2 / security + availability, SOC 2 /privacy]\n", good},
	{"one framework", base + "frameworks: iso-27001-2022\n", good},
	{"report", base + "report: {title: T, classification: C, approvers: ciso, colour: \"#123ABC\", paper: letter, protect: true, columns: [duty, {column: aws, title: Provider}]}\n", good},
	{"check", base + "check: {max-consulted: 0, max-accountable-share: 100, warn-before-end: 10, max-source-age: 6, waive: [{rule: unknown-contact, duty: back-up-data, reason: New., expires: 2027-01-31}]}\n", good},
	{"date and defaults", base + "date: 2026-11-21\ndefaults: {accountable: ciso, responsible: data, informed: [ciso, data]}\n", good},
	{"accountability", base + "accountability: provider\n", good},

	{"lists that add", base + "assign: [{duty: back-up-data, responsible: [+data], consulted: +ciso, informed: [+ciso, +msp]}]\n", good},
	{"how a duty is done", base + "assign: [{duty: back-up-data, process: [Ask., {title: T, url: \"https://example.com:8443/a?b#c\"}], evidence: [+log], frequency: on-event}]\ndefaults: {process: none}\n", good},
	{"a merge key", "x-data: &data {owner: data, tags: [pci]}\n" + head + parties + "services: [{<<: *data, use: s3}, {<<: [*data, {use: ec2, owner: ciso}], name: host}]\n", good},
	{"an unknown key that is merged", "x-data: &data {ownr: data}\n" + head + parties + "services: [{<<: *data, use: s3}]\n", bad},
	{"a merge key between quotes", "x-data: &data {owner: data}\n" + head + parties + "services: [{\"<<\": *data, use: s3}]\n", bad},
	{"a merge key of the manifest", "<<: {organization: Example, system: Shop}\nversion: 1\n" + parties + services, good},
	{"an extension below the top", head + parties + "services: [{use: s3, x-note: Mine.}]\n", bad},
	{"anything in an extension", base + "x-: null\nx-notes: [1, {a: [b]}]\n", good},
	{"true with a capital", base + "report: {protect: True}\noverrides: [{duty: govern-data, applies: FALSE}]\n", good},
	{"applies: true", base + "overrides: [{duty: govern-data, applies: true}]\n", bad},
	{"no for false", base + "overrides: [{duty: govern-data, applies: no}]\n", bad},
	{"a bidirectional override", strings.Replace(base, "Shop", "Sh\u202eop", 1), bad},
	{"a zero-width space", strings.Replace(base, "Shop", "Sh\u200bop", 1), bad},
	{"a tag of Unicode", strings.Replace(base, "Shop", "Shop\U000E0041", 1), onlyRaci},
	{"a zero-width space in a text", base + "scope: a\u200bb\n", good},
	{"a bidirectional override in a text", base + "scope: a\u202eb\n", bad},
	{"a filler in an address", base + "defaults: {process: [{title: T, url: \"https://example.com/\u3164\"}]}\n", bad},
	{"a joiner between letters of a script that joins", strings.Replace(base, "Shop", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \U0001F468\u200D\U0001F469", 1), good},
	{"a joiner that joins nothing", strings.Replace(base, "Shop", "Sh\u200dop", 1), onlyRaci},
	{"two forms of one id", strings.Replace(base, "data: Data", "caf\u00e9: Data, cafe\u0301: More", 1), onlyRaci},

	{"duties that are asked for", base + "duties: asked-only\n", good},

	{"a list that adds and replaces", base + "assign: [{duty: back-up-data, informed: [+data, ciso]}]\n", bad},
	{"evidence that adds and replaces", base + "assign: [{duty: back-up-data, evidence: [log, +test]}]\n", bad},
	{"nobody to add", base + "assign: [{duty: back-up-data, informed: [+]}]\n", bad},
	{"accountable cannot be added", base + "assign: [{duty: back-up-data, accountable: +ciso}]\n", bad},
	{"a list of accountable that adds", base + "assign: [{duty: back-up-data, accountable: [+ciso]}]\n", bad},
	{"an item with two marks", base + "assign: [{duty: back-up-data, evidence: [++log]}]\n", bad},
	{"a process cannot be added", base + "assign: [{duty: back-up-data, process: +Ask.}]\n", bad},
	{"a process in a list cannot be added", base + "defaults: {process: [Ask., + Wait.]}\n", bad},
	{"a page cannot be added", base + "assign: [{duty: back-up-data, process: {title: +Runbook, url: \"https://example.com\"}}]\n", bad},
	{"no process beside a process", base + "assign: [{duty: back-up-data, process: [Ask., none]}]\n", bad},
	{"no process in capitals", base + "assign: [{duty: back-up-data, process: None}]\n", bad},
	{"no evidence", base + "assign: [{duty: back-up-data, evidence: none}]\n", good},
	{"no evidence beside evidence", base + "assign: [{duty: back-up-data, evidence: [none, log]}]\n", bad},
	{"no evidence in a list", base + "assign: [{duty: back-up-data, evidence: [\" None \"]}]\n", bad},
	{"no evidence that adds", base + "assign: [{duty: back-up-data, evidence: [+none]}]\n", bad},
	{"texts with the word none", base + "assign: [{duty: back-up-data, process: None of us., evidence: [nonetheless a log, 5]}]\n", good},
	{"evidence of an override cannot be added", base + "overrides: [{duty: back-up-data, sides: {msp: Backs up.}, evidence: +log}]\n", bad},
	{"an override without evidence", base + "overrides: [{duty: back-up-data, sides: {msp: Backs up.}, evidence: none}]\n", bad},
	{"a link that runs", base + "assign: [{duty: back-up-data, process: {title: T, url: \"javascript:alert(1)\"}}]\n", bad},
	{"a link to a file", base + "assign: [{duty: back-up-data, process: {title: T, url: \"file:///etc/passwd\"}}]\n", bad},
	{"a link with a blank", base + "assign: [{duty: back-up-data, process: {title: T, url: \"https://example.com/a b\"}}]\n", bad},
	{"a link to nowhere", base + "assign: [{duty: back-up-data, process: {title: T, url: \"https://\"}}]\n", bad},
	{"a link to a port out of range", base + "assign: [{duty: back-up-data, process: {title: T, url: \"https://example.com:65536/\"}}]\n", bad},
	{"a link to port 0", base + "assign: [{duty: back-up-data, process: {title: T, url: \"https://example.com:0/\"}}]\n", bad},
	{"a link to the last port", base + "assign: [{duty: back-up-data, process: {title: T, url: \"https://example.com:65535/\"}}]\n", good},
	{"a link with a name and a password", base + "assign: [{duty: back-up-data, process: {title: T, url: \"https://a:b@example.com\"}}]\n", bad},
	{"a link that is not https", base + "assign: [{duty: back-up-data, process: {title: T, url: \"http://example.com\"}}]\n", bad},
	{"a link to a mailbox", base + "assign: [{duty: back-up-data, process: {title: T, url: \"mailto:a@example.com\"}}]\n", bad},
	{"a link with a backslash", base + "assign: [{duty: back-up-data, process: {title: T, url: 'https://a.example\\@b.example'}}]\n", bad},
	{"a page without a title", base + "assign: [{duty: back-up-data, process: {url: \"https://example.com\"}}]\n", bad},
	{"an unknown frequency", base + "assign: [{duty: back-up-data, frequency: often}]\n", bad},
	{"an unknown choice of duties", base + "duties: some\n", bad},
	{"an unknown rule that is chosen", base + "check: {rules: [no-proces]}\n", bad},
	{"a list", "- a\n", bad},
	{"a text", "hello\n", bad},
	{"no version", strings.Replace(base, "version: 1\n", "", 1), bad},
	{"no parties", head + services, bad},
	{"no services", head + parties, bad},
	{"services is empty", head + parties + "services: []\n", bad},
	{"services is a map", head + parties + "services: {use: s3}\n", bad},
	{"unknown key", base + "ownner: data\n", bad},
	{"unknown key of an entry", head + parties + "services: [{use: s3, ower: data}]\n", bad},
	{"unknown key of a party", head + "parties: {a: {name: A, mail: a@example.com}}\n" + services, bad},
	{"unknown key of a rule", base + "assign: [{dutty: back-up-data, informed: ciso}]\n", bad},
	{"unknown service", head + parties + "services: [{use: lamda}]\n", bad},
	{"unknown variant", head + parties + "services: [{use: rds, variant: aurorra}]\n", bad},
	{"variant of a service that has none", head + parties + "services: [{use: iam, variant: big}]\n", bad},
	{"unknown duty", base + "assign: [{duty: back-up, informed: ciso}]\n", bad},
	{"unknown control", base + "overrides: [{control: backups, applies: false}]\n", bad},
	{"unknown category", base + "assign: [{category: private, informed: ciso}]\n", bad},
	{"unknown framework", base + "frameworks: [nist-800-53-r4]\n", bad},
	{"unknown baseline", base + "frameworks: [{use: nist-800-53-r5/modest}]\n", bad},
	{"tags as one text", head + parties + "services: [{use: s3, tags: \"pci, eu\"}]\n", bad},
	{"environments as one text", base + "environments: prod; dev\n", bad},
	{"null", head + parties + "services:\n", bad},
	{"party without a name", head + "parties: {a: {contact: a@example.com}}\n" + services, bad},
	{"party id with a space", head + "parties: {\"a b\": A}\n" + services, bad},
	{"two accountable", base + "defaults: {accountable: [ciso, data]}\n", bad},
	{"a rule that gives nothing", base + "assign: [{duty: back-up-data}]\n", bad},
	{"an override that says nothing", base + "overrides: [{duty: back-up-data}]\n", bad},
	{"an override that says both", base + "overrides: [{duty: back-up-data, applies: false, sides: {aws: Does it.}}]\n", bad},
	{"applies: true", base + "overrides: [{duty: back-up-data, applies: true}]\n", bad},
	{"a selector of nothing", base + "assign: [{duty: [], informed: ciso}]\n", bad},
	{"no day", base + "date: yesterday\n", bad},
	{"an impossible day", base + "date: 2026-02-30\n", bad},
	{"accountability of nobody", base + "accountability: nobody\n", bad},
	{"no colour", base + "report: {colour: blue}\n", bad},
	{"no paper", base + "report: {paper: a5}\n", bad},
	{"no column", base + "report: {columns: [dutty]}\n", bad},
	{"protect: maybe", base + "report: {protect: maybe}\n", bad},
	{"a number of words", base + "check: {max-consulted: many}\n", bad},
	{"a waiver without an end", base + "check: {waive: [{rule: unknown-contact, reason: New.}]}\n", bad},
	{"a long name", strings.Replace(base, "Shop", strings.Repeat("x", 201), 1), bad},
	{"a map as a name", strings.Replace(base, "Shop", "{a: b}", 1), bad},

	{"the version as text", strings.Replace(base, "version: 1", "version: \"1\"", 1), good},
	{"numbers at their upper ends", base + "check: {max-accountable-share: 100, max-consulted: 1000, warn-before-end: 3650, max-source-age: 1200}\n", good},
	{"numbers at their lower ends", base + "check: {max-accountable-share: 1, max-consulted: 0, warn-before-end: 0, max-source-age: 1}\n", good},
	{"too large a share", base + "check: {max-accountable-share: 101}\n", bad},
	{"too many consulted", base + "check: {max-consulted: 1001}\n", bad},
	{"too long a warning", base + "check: {warn-before-end: 3651}\n", bad},
	{"too old a source", base + "check: {max-source-age: 1201}\n", bad},
	{"a share of nothing", base + "check: {max-accountable-share: 0}\n", bad},
	{"another version", strings.Replace(base, "version: 1", "version: 7", 1), bad},
	{"a blank name", strings.Replace(base, "Shop", `"  "`, 1), bad},
	{"a name of two lines", strings.Replace(base, "Shop", `"a\nb"`, 1), bad},
	{"reserved party", head + "parties: {aws: Amazon}\n" + services, bad},
	{"a party like a side", head + "parties: {customer: Us}\n" + services, bad},
	{"a party like a split", head + "parties: {shared: Both}\n" + services, bad},
	{"a party like nobody", head + "parties: {none: Nobody}\n" + services, bad},
	{"a reserved party in capitals", head + "parties: {AWS: Amazon}\n" + services, bad},
	{"a party like a side in capitals", head + "parties: {Customer: Us}\n" + services, bad},
	{"a party like nobody in capitals", head + "parties: {NONE: Nobody}\n" + services, bad},
	{"a party like a split in part", head + "parties: {Shared-services: Both}\n" + "services: [{use: s3}]\n", good},
	{"reserved entry in capitals", head + parties + "services: [{use: s3, name: Organization}]\n", bad},
	{"an entry like the provider in capitals", head + parties + "services: [{use: s3, name: PROVİDER}]\n", bad},
	{"reserved entry", head + parties + "services: [{use: s3, name: organization}]\n", bad},
	{"a slash in a name", head + parties + "services: [{use: s3, name: a/b}]\n", bad},
	{"a service and its variant in one word", head + parties + "services: [{use: rds/aurora}]\n", good},
	{"a service by a name of its variant", head + parties + "services: [{use: AWS Aurora, variant: Outposts}, {use: Aurora/outposts, name: b}, {use: ECS Anywhere}]\nassign: [{service: [rds/Aurora, \"*\"], informed: ciso}]\n", good},
	{"a variant that its service does not have", head + parties + "services: [{use: rds/fargate}]\n", bad},
	{"a word that fits several", head + parties + "services: [{use: fargate}]\n", bad},
	{"a word that fits several, in a rule", base + "assign: [{service: Fargate, informed: ciso}]\n", bad},
	{"a control and a duty in capitals", base + "assign: [{control: Identity-Access, informed: ciso}, {duty: [BACK-UP-DATA], informed: ciso}]\n", good},
	{"several baselines", base + "frameworks: [SOC2/security+Availability, soc 2/confidentiality, \"PCI DSS\", hipaa security rule, ISO/IEC 27001:2022]\n", good},
	{"several baselines, one of them unknown", base + "frameworks: [soc2/security+safety]\n", bad},
	{"a baseline twice", base + "frameworks: [soc2/security, soc2/security]\n", onlyRaci},
	{"a framework as a whole and by baseline", base + "frameworks: [soc2, soc2/security]\n", onlyRaci},
	{"an alias with a slash and no name", head + parties + "services: [{use: import/export}]\n", good},
	{"an alias with a slash and a name", head + parties + "services: [{use: Import/Export, name: disks}]\nassign: [{service: import/export, informed: ciso}]\n", good},
	{"a variant by another name of the service", head + parties + "services: [{use: Amazon RDS, variant: aurora}, {use: K8S, variant: [fargate]}]\n", good},
	{"unknown variant by another name of the service", head + parties + "services: [{use: K8s, variant: zzz}]\n", bad},
	{"unknown name that looks like one", head + parties + "services: [{use: Amazon Nothing}]\n", bad},
	{"spaces around a word", base + "frameworks: \" soc2\"\n", bad},
	{"spaces around a name", strings.Replace(base, "Shop", `" Shop "`, 1), good},
	{"a framework without the baseline", base + "frameworks: soc2/\n", bad},
	{"an alias of a framework", base + "frameworks: [soc-2/privacy]\n", good},
	{"no overlay", base + "catalog: []\nassign: [{duty: feed-hamster, informed: ciso}]\n", bad},
	{"no sides", base + "overrides: [{duty: back-up-data, sides: {}}]\n", bad},
	{"applies in quotes", base + "overrides: [{duty: back-up-data, applies: \"false\"}]\n", bad},
	{"a number in quotes", base + "check: {max-consulted: \"5\"}\n", bad},
	{"unknown rule", base + "check: {waive: [{rule: old-sorce, reason: New., expires: 2027-01-31}]}\n", bad},

	// What needs the whole file, or more than the shape of a value.
	{"unknown party", head + parties + "services: [{use: s3, owner: dta}]\n", onlyRaci},
	{"two entries of one name", head + parties + "services: [{use: s3}, {use: s3}]\n", onlyRaci},
	{"variants that exclude each other", head + parties + "services: [{use: lambda, variant: [container-image, custom-runtime]}]\n", onlyRaci},
	{"unknown requirement", base + "frameworks: [{use: pci-dss-4.0.1, include: [99.9]}]\n", onlyRaci},
	{"a requirement without its framework", base + "assign: [{requirement: CC6.1, informed: ciso}]\n", onlyRaci},
	{"unknown tag", base + "assign: [{tag: none-has-it, informed: ciso}]\n", onlyRaci},
	{"unknown side", base + "overrides: [{duty: back-up-data, sides: {nobody: Does it.}}]\n", onlyRaci},
	{"unknown word of an overlay", base + "catalog: [./ours]\nassign: [{duty: feed-hamster, informed: ciso}]\n", onlyRaci},
}

// TestCorpus: what the schema refuses raci refuses, and the other way round
// but for what a schema cannot say.
func TestCorpus(t *testing.T) {
	j := ofManifests(t)
	for _, c := range corpus {
		t.Run(c.name, func(t *testing.T) {
			j.forget()
			j.judge(c.name, []byte(c.manifest))
			j.expect(t, c.want)
		})
	}
}
