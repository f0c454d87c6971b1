package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// pond is a catalog whose model says what differs by facts.
var pond = map[string]string{
	"catalog.yaml":  `version: "1"`,
	"controls.yaml": `{controls: [{id: care, name: Care, category: shared, duties: [{id: feed, scope: service, title: Feed}, {id: heat, scope: service, title: Heat}]}]}`,
	"facts.yaml": `
facts:
  - {id: deep, question: Is it deep, listed-at: {url: "https://example.com/deep", checked: 2026-10}}
  - {id: water, question: Which water has it, values: [salt, fresh]}
`,
	"models/pond.yaml": `
id: pond
name: Pond
duties:
  feed:
    - {when: {deep: true, water: salt}, aws: Dives., evidence: [a log]}
    - {when: {deep: true}, aws: Throws., evidence: [a log]}
    - {customer: Feeds., evidence: [a log]}
  heat:
    - {when: {water: [salt, fresh]}, none: Water of its own is warm.}
    - none
`,
	"services/koi.yaml": `{id: koi, name: Koi, model: pond, variants: {sea: {name: Sea, group: water, facts: {water: {is: salt, source: {url: "https://example.com/sea", checked: 2026-09}}}}}}`,
}

// TestFacts: of the texts of a model the first whose facts hold counts. What is
// unknown is said, and chooses nothing.
func TestFacts(t *testing.T) {
	for _, c := range []struct{ facts, variant, want string }{
		{"{}", "", "customer: Feeds.|model||deep,water|"},
		{"{deep: false}", "", "customer: Feeds.|fact|deep: false||https://example.com/deep 2026-10"},
		{"{deep: true}", "", "aws: Throws.|fact|deep: true|water|https://example.com/deep 2026-10"},
		{"{deep: true}", "sea", "aws: Dives.|fact|deep: true,water: salt||https://example.com/deep 2026-10,https://example.com/sea 2026-09"},
		{"{deep: {is: true, source: {url: 'https://example.com/koi', checked: 2026-11}}}", "", "aws: Throws.|fact|deep: true|water|https://example.com/koi 2026-11"},
		{"{}", "sea", "customer: Feeds.|model|water: salt|deep|https://example.com/sea 2026-09"},
	} {
		cat, problems := overPond("services/koi.yaml", "{id: koi, facts: "+c.facts+"}")
		if problems != nil {
			t.Fatal(problems)
		}
		r := resolvedKoi(t, cat, c.variant)
		if got := describe(&r.Splits[0]); got != c.want {
			t.Errorf("facts %s, variant %q:\nis   %s\nwant %s", c.facts, c.variant, got, c.want)
		}
	}
}

// TestFactsOfNothing: a duty that does not occur says why, where a fact or a page
// does.
func TestFactsOfNothing(t *testing.T) {
	for _, c := range []struct{ text, variant, want string }{
		{"{id: koi}", "", "|model||water|"},
		{"{id: koi}", "sea", "|fact|water: salt||https://example.com/sea 2026-09|Water of its own is warm."},
		{"{id: koi, duties: {heat: {none: It sleeps., source: {url: 'https://example.com/sleep', checked: 2026-11}}}}", "", "|overlay|||https://example.com/sleep 2026-11|It sleeps."},
	} {
		cat, problems := overPond("services/koi.yaml", c.text)
		if problems != nil {
			t.Fatal(problems)
		}
		d := &resolvedKoi(t, cat, c.variant).Splits[1]
		got := describe(d)
		if d.Note != "" {
			got += "|" + d.Note
		}
		if got != c.want || d.Split() != catalog.NoSplit {
			t.Errorf("%s, variant %q: %s, want %s", c.text, c.variant, got, c.want)
		}
	}
}

// TestFactProblems: what is wrong with facts and with what needs them.
func TestFactProblems(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"services/koi.yaml", "{id: koi, facts: {deep: maybe}}", `ours/services/koi.yaml:1:25: unknown value of deep "maybe"; write true or false`},
		{"services/koi.yaml", "{id: koi, facts: {deep: 'true'}}", `ours/services/koi.yaml:1:25: the value of deep is text, not true or false; write it without quotes`},
		{"services/koi.yaml", "{id: koi, facts: {water: sweet}}", `ours/services/koi.yaml:1:26: unknown value of water "sweet"; use one of salt, fresh`},
		{"services/koi.yaml", "{id: koi, facts: {water: salt}}", `ours/services/koi.yaml:1:19: no page is named that states the fact "water"; write it as {is: ..., source: {url: ..., checked: YYYY-MM}}`},
		{"services/koi.yaml", "{id: koi, facts: {deap: true}}", `ours/services/koi.yaml:1:19: unknown fact "deap"; did you mean "deep"?`},
		{"services/koi.yaml", "{id: koi, duties: {feed: {none: It fasts., customer: Feeds.}}}", `ours/services/koi.yaml:1:26: the duty "feed" does not occur, and somebody does it; leave out none:, or all but its source`},
		{"services/koi.yaml", "{id: koi, duties: {feed: []}}", `ours/services/koi.yaml:1:26: the duty "feed" has no text; say what each side does, or none`},
		{"services/koi.yaml", "{id: koi, duties: {feed: [{when: {deep: true}, none: It fasts.}]}}", `ours/services/koi.yaml:1:27: the last text of the duty "feed" needs facts; add a last one without when: what holds where no fact is known`},
		{"services/koi.yaml", "{id: koi, duties: {feed: [none, {when: {deep: true}, none: It fasts.}, none]}}", `ours/services/koi.yaml:1:27: the texts of the duty "feed" behind this one never apply: it needs no fact; add when: FACT: VALUE, or put it last`},
		{"services/koi.yaml", "{id: koi, duties: {feed: {when: {deep: true}, none: It fasts.}}}", `ours/services/koi.yaml:1:27: unknown key "when" in the duty feed; the keys are offers, evidence, source, note, aws, customer, none`},
		{"services/koi.yaml", "{id: koi, duties: {feed: {none: false}}}", `ours/services/koi.yaml:1:33: "false" is not a reason for which the duty "feed" does not occur; say it in words, as in none: Its keys are those of AWS alone.`},
		{"services/koi.yaml", "{id: koi, duties: {feed: {none: It fasts., note: In winter.}}}", `ours/services/koi.yaml:1:26: the duty "feed" has a note beside none; say all of it under none:`},
		{"services/koi.yaml", "{id: koi, duties: {feed: [{when: {deep: []}, none: It fasts.}, none]}}", `ours/services/koi.yaml:1:41: no value of the fact "deep" is named, so this never holds; name one of true, false`},
		{"services/koi.yaml", "{id: koi, duties: {feed: [{when: {}, none: It fasts.}, none]}}", `ours/services/koi.yaml:1:34: when names no fact; name a fact, or leave the key out`},
		{"services/koi.yaml", "{id: koi, duties: {feed: [{when: {deap: true}, none: It fasts.}, none]}}", `ours/services/koi.yaml:1:35: unknown fact "deap"; did you mean "deep"?`},
		{"services/koi.yaml", "{id: koi, duties: {feed: [{when: {water: [salt, fresh]}, none: It fasts.}, {when: {deep: true, water: salt}, customer: Feeds.}, none]}}", `ours/services/koi.yaml:1:76: this text of the duty "feed" never applies: the one at line 1 fits wherever it does; put it before that one, or remove it`},
		{"facts.yaml", "{facts: [{id: cold, question: Is it cold}, {id: cold, question: Is it}]}", `ours/facts.yaml:1:44: the fact "cold" stands twice in this file; make them one`},
		{"facts.yaml", "{facts: [{id: water, values: [salt, sweet]}]}", `ours/facts.yaml:1:30: the values of the fact "water" are stated by services and cannot be taken away; list those too: salt, fresh`},
		{"facts.yaml", "{facts: [{id: cold, question: Is it, values: [yes, yes]}]}", `ours/facts.yaml:1:46: the values of the fact "cold" are too few, or one stands twice; list two or more, each once, or leave the key out for true and false`},
		{"models/pond.yaml", "{id: pond, facts: {deep: true}}", `ours/models/pond.yaml:1:19: a model has no facts; state them in the files of services, in their variants and in shared variants`},
		{"facts.yaml", "{facts: [{id: cold}]}", `ours/facts.yaml:1:10: missing key "question" in a fact`},
		{"fact.yaml", "{facts: []}", `ours/fact.yaml: the file is not read under this name; name it facts.yaml`},
	} {
		cat, problems := overPond(c.file, c.text)
		if problems == nil {
			_, problems = cat.Questions()
		}
		if problems == nil {
			_, problems = cat.Lookup(source.Ref{ID: "koi"})
		}
		if got := strings.TrimSpace(problems.String()); got != c.want {
			t.Errorf("%s: %s\nis   %s\nwant %s", c.file, c.text, got, c.want)
		}
	}
}

// TestEvidenceByFact: a text that only adds evidence under a fact leaves what the sides
// rest on.
func TestEvidenceByFact(t *testing.T) {
	cat, problems := overPond("models/pond.yaml", "{id: pond, duties: {feed: [{when: {water: salt}, evidence: [salt]}, {evidence: [sweet]}]}}")
	if problems != nil {
		t.Fatal(problems)
	}
	for variant, evidence := range map[string]string{"": "sweet", "sea": "salt"} {
		d := resolvedKoi(t, cat, variant).Splits[0]
		if got := fmt.Sprint(d.Evidence, " ", d.Basis, " ", d.Unknown); got != "["+evidence+"] model "+map[string]string{"": "[deep water]", "sea": "[deep]"}[variant] {
			t.Errorf("variant %q: %s", variant, got)
		}
	}
}

// TestUnreadFacts: a list of facts that nothing needed is read all the same.
func TestUnreadFacts(t *testing.T) {
	cat, problems := overPond("facts.yaml", "{facts: 7}")
	if problems != nil {
		t.Fatal(problems)
	}
	if got := cat.CheckUnread().String(); !strings.HasPrefix(got, "ours/facts.yaml:1:9: ") {
		t.Error(got)
	}
}

// TestNamedIn: words are found as such.
func TestNamedIn(t *testing.T) {
	q := catalog.Question{NamedAs: []string{"flow log"}}
	for text, want := range map[string]bool{"Flow logs of the VPC": true, "a flow log": true, "flow log": true, "approval workflow logs": false, "flow logging": false, "": false} {
		if q.IsNamedIn(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

func overPond(file, text string) (*catalog.Catalog, source.Diagnostics) {
	return catalog.Open(catalog.Layer{Name: "below", FS: files(pond)}, catalog.Layer{Name: "ours", FS: files(map[string]string{file: text})})
}

func resolvedKoi(t *testing.T, cat *catalog.Catalog, variant string) *catalog.Resolved {
	t.Helper()
	n, problems := cat.Lookup(source.Ref{ID: "koi"})
	if problems != nil {
		t.Fatal(problems)
	}
	var refs []source.Ref
	if variant != "" {
		refs = []source.Ref{{ID: variant}}
	}
	r, problems := cat.Resolve(n.Service, refs)
	if problems != nil {
		t.Fatal(problems)
	}
	return r
}

// describe is sides, basis, facts, unknown facts and sources.
func describe(d *catalog.DutySplit) string {
	var sides, facts, sources []string
	for _, s := range d.Sides {
		sides = append(sides, s.Who+": "+s.Text)
	}
	for _, f := range d.Facts {
		facts = append(facts, f.String())
	}
	for _, s := range d.Sources {
		sources = append(sources, s.URL+" "+s.Checked)
	}
	return fmt.Sprint(strings.Join(sides, " "), "|", d.Basis, "|", strings.Join(facts, ","), "|", strings.Join(d.Unknown, ","), "|", strings.Join(sources, ","))
}
