package schema_test

import (
	"slices"
	"testing"
)

const (
	dog   = "id: dog\nname: Dog\nmodel: pet\n"
	rules = "id: rules\nname: Rules\n"
)

// catalogCorpus are files of catalogs, over the small catalog of ships.
var catalogCorpus = []struct {
	name, path, text string
	want             verdict
}{
	{"least", "services/dog.yaml", dog, good},
	{"no duty", "services/dog.yaml", dog + "duties: {feed: none}\n", good},
	{"a duty with nothing to say", "services/dog.yaml", dog + "duties: {feed: {}}\n", good},
	{"no resource types", "services/dog.yaml", dog + "found-as: {terraform: [], cloudformation: {}}\n", good},
	{"a correction of a service that ships", "services/cat.yaml", "id: cat\nnote: Meows.\nvariants: {kitten: {note: Plays.}}\n", good},
	{"a service without a model", "services/dog.yaml", "id: dog\nname: Dog\n", bad},
	{"unknown key of a service", "services/dog.yaml", dog + "duty: {feed: none}\n", bad},
	{"aliases in one text", "services/dog.yaml", dog + "aliases: hound\n", bad},
	{"evidence in one text", "services/dog.yaml", dog + "duties: {feed: {customer: Feeds., evidence: a photo}}\n", bad},
	{"an operator like a side", "services/dog.yaml", dog + "operators: {Customer: Us}\n", bad},
	{"evidence that adds", "services/dog.yaml", dog + "duties: {feed: {customer: Feeds., evidence: [+a photo]}}\n", bad},
	{"no evidence in a list", "services/dog.yaml", dog + "duties: {feed: {customer: Feeds., evidence: [none]}}\n", bad},
	{"a duty that is no", "services/dog.yaml", dog + "duties: {feed: no}\n", bad},
	{"an empty side", "services/dog.yaml", dog + "duties: {feed: {customer: \"\"}}\n", bad},
	{"a source without a date", "services/dog.yaml", dog + "duties: {feed: {customer: Feeds., source: {url: \"https://example.com\"}}}\n", bad},
	{"a source of month 0", "services/dog.yaml", dog + "duties: {feed: {customer: Feeds., source: {url: \"https://example.com\", checked: 2026-00}}}\n", bad},
	{"a source that is not a page", "services/dog.yaml", dog + "duties: {feed: {customer: Feeds., source: {url: example.com, checked: 2026-11}}}\n", bad},
	{"unknown lifecycle", "services/dog.yaml", dog + "lifecycle: old\n", bad},
	{"attributes that are not a map", "services/dog.yaml", dog + "found-as: {terraform: {dog: big}}\n", bad},
	{"unknown duty", "services/dog.yaml", dog + "duties: {walk: none}\n", onlyRaci},
	{"unknown operator", "services/dog.yaml", dog + "duties: {feed: {walker: Walks.}}\n", onlyRaci},
	{"unknown model", "services/dog.yaml", "id: dog\nname: Dog\nmodel: pets\n", onlyRaci},
	{"a new variant without a group", "services/dog.yaml", dog + "variants: {puppy: {name: Puppy}}\n", onlyRaci},
	{"the name of another file", "services/dog.yaml", "id: hound\nname: Dog\nmodel: pet\n", onlyRaci},

	{"a new duty of a control that ships", "controls.yaml", "controls: [{id: care, duties: [{id: groom, scope: service, title: Groom}]}]\n", good},
	{"a correction of a duty", "controls.yaml", "controls: [{id: care, duties: [{id: house, aws: Builds houses.}]}]\n", good},
	{"a new control without a name", "controls.yaml", "controls: [{id: fun, category: shared, duties: []}]\n", bad},
	{"a new duty without a title", "controls.yaml", "controls: [{id: care, duties: [{id: groom, scope: service}]}]\n", bad},
	{"a new duty of each service with a side", "controls.yaml", "controls: [{id: care, duties: [{id: groom, scope: service, title: Groom, aws: Combs.}]}]\n", bad},
	{"a new duty of the provider without a side", "controls.yaml", "controls: [{id: care, duties: [{id: groom, scope: provider, title: Groom}]}]\n", bad},
	{"a duty in the wrong control", "controls.yaml", "controls: [{id: fun, name: Fun, category: shared, duties: [{id: feed}]}]\n", onlyRaci},

	{"a control by another name", "controls.yaml", "controls: [{id: care, name: Custody, category: inherited}]\n", good},
	{"a new control without duties", "controls.yaml", "controls: [{id: fun, name: Fun, category: shared}]\n", bad},
	{"a side of a duty of each service that ships", "controls.yaml", "controls: [{id: care, duties: [{id: feed, customer: Feeds it.}]}]\n", bad},
	{"a note of a duty of each service that ships", "controls.yaml", "controls: [{id: care, duties: [{id: feed, note: Daily.}]}]\n", bad},
	{"another scope", "controls.yaml", "controls: [{id: care, duties: [{id: feed, scope: provider}]}]\n", onlyRaci},
	{"a duty that answers a requirement", "controls.yaml", "controls: [{id: care, duties: [{id: feed, requirements: wellbeing/1}]}]\n", good},
	{"a duty that answers a framework", "controls.yaml", "controls: [{id: care, duties: [{id: feed, requirements: [wellbeing]}]}]\n", bad},

	{"a list of a program", "programs.yaml", "programs: {audit: {name: Audit, lists: [{month: 2026-11, services: [Cat, cat/kitten]}]}}\n", good},
	{"ids in one text", "programs.yaml", "programs: {audit: {name: Audit, lists: [{month: 2026-11, services: cat cat/kitten, limits: {cat: without its tail}}]}}\n", good},
	{"a list without a month", "programs.yaml", "programs: {audit: {name: Audit, lists: [{services: cat}]}}\n", bad},
	{"a list of a day", "programs.yaml", "programs: {audit: {name: Audit, lists: [{month: 2026-11-20, services: cat}]}}\n", bad},
	{"a list without services", "programs.yaml", "programs: {audit: {name: Audit, lists: [{month: 2026-11}]}}\n", bad},
	{"a program that is no address", "programs.yaml", "programs: {audit: {name: Audit, page: example.com}}\n", bad},
	{"an unknown service in a list", "programs.yaml", "programs: {audit: {name: Audit, lists: [{month: 2026-11, services: [Dog]}]}}\n", onlyRaci},
	{"a limit of what the list lacks", "programs.yaml", "programs: {audit: {name: Audit, lists: [{month: 2026-11, services: [], limits: {cat: no tail}}]}}\n", onlyRaci},

	{"a correction of a requirement", "frameworks/wellbeing.yaml", "id: wellbeing\nrequirements: {1: {outside: Cooks.}, 2: omit, 3: {statements: {a: omit}}}\n", good},
	{"another name of a framework that ships", "frameworks/wellbeing.yaml", "id: wellbeing\nname: Welfare\n", good},
	{"a requirement made a heading", "frameworks/wellbeing.yaml", "id: wellbeing\nrequirements: {1: {group: true, duties: feed}}\n", bad},
	{"a word in the place of a requirement", "frameworks/wellbeing.yaml", "id: wellbeing\nrequirements: {1: none}\n", bad},

	{"a heading and its part", "frameworks/rules.yaml", rules + "requirements: {1: {title: A, group: true}, 1.1: {title: B, organization: Acts.}}\n", good},
	{"a heading with an answer", "frameworks/rules.yaml", rules + "requirements: {1: {title: A, group: true, duties: feed}}\n", bad},
	{"a requirement without an answer", "frameworks/rules.yaml", rules + "requirements: {1: {title: A}}\n", bad},
	{"a requirement with no duty", "frameworks/rules.yaml", rules + "requirements: {1: {title: A, duties: []}}\n", bad},
	{"a requirement answered outside alone", "frameworks/rules.yaml", rules + "requirements: {1: {title: A, outside: Acts.}}\n", bad},
	{"a requirement without a title", "frameworks/rules.yaml", rules + "requirements: {1: {duties: feed}}\n", bad},
	{"statements", "frameworks/rules.yaml", rules + "requirements: {1: {title: A, duties: [], statements: {a: {duties: feed}}}}\n", good},
	{"no statements", "frameworks/rules.yaml", rules + "requirements: {1: {title: A, statements: {}}}\n", bad},
	{"statements and an answer", "frameworks/rules.yaml", rules + "requirements: {1: {title: A, organization: Acts., statements: {a: {duties: feed}}}}\n", bad},
	{"statements and something outside", "frameworks/rules.yaml", rules + "requirements: {1: {title: A, outside: Acts., statements: {a: {duties: feed}}}}\n", bad},
	{"a statement without an answer", "frameworks/rules.yaml", rules + "requirements: {1: {title: A, statements: {a: {outside: Acts.}}}}\n", bad},
	{"a statement of two letters", "frameworks/rules.yaml", rules + "requirements: {1: {title: A, statements: {ab: {duties: feed}}}}\n", bad},
	{"unknown baseline", "frameworks/rules.yaml", rules + "requirements: {1: {title: A, duties: feed, in: low}}\n", onlyRaci},
	{"a requirement left out of a framework of one's own", "frameworks/rules.yaml", rules + "requirements: {1: omit}\n", bad},
	{"a framework of one's own without requirements", "frameworks/rules.yaml", rules, bad},
	{"like another framework", "frameworks/rules.yaml", rules + "like: wellbeing\nrequirements: {1: {}, 2: {title: B, duties: feed}}\n", good},
	{"a heading with an answer, like another framework", "frameworks/rules.yaml", rules + "like: wellbeing\nrequirements: {1: {group: true, duties: feed}}\n", bad},
	{"a requirement that is not in the other framework", "frameworks/rules.yaml", rules + "like: wellbeing\nrequirements: {9: {duties: feed}}\n", onlyRaci},
}

// TestCatalogCorpus does with files of catalogs what TestCorpus does with
// manifests.
func TestCatalogCorpus(t *testing.T) {
	for _, c := range catalogCorpus {
		t.Run(c.name, func(t *testing.T) {
			k := kinds[slices.IndexFunc(kinds, func(k kind) bool { return k.path == c.path })]
			j := k.judges(t, slices.Concat(likeAnother, corrections))
			j.judge(c.name, []byte(c.text))
			j.expect(t, c.want)
		})
	}
}
