package catalog_test

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// below is a small catalog that has something for every key of an overlay to
// change.
var below = map[string]string{
	"catalog.yaml": `version: "1"`,
	"controls.yaml": `
controls:
  - id: care
    name: Care
    category: shared
    duties:
      - {id: feed, scope: service, title: Feed}
      - {id: house, scope: provider, title: House, aws: Houses it., evidence: [a photo], source: {url: "https://example.com/house", checked: 2026-10}, note: Dry.}
`,
	"facts.yaml":            `{facts: [{id: sleeps, question: When does it sleep, values: [by-day, by-night], listed-at: {url: "https://example.com/sleep", checked: 2026-10}}]}`,
	"programs.yaml":         `programs: {audit: {name: Audit, page: "https://example.com/audit", reports: [a report], lists: [{month: 2026-10, services: cat}]}}`,
	"models/pet.yaml":       `{id: pet, name: Pet, description: Lives with people., duties: {feed: {aws: Delivers., customer: Feeds it., evidence: [a photo], note: Daily.}}}`,
	"models/wild.yaml":      `{id: wild, name: Wild, duties: {feed: none}}`,
	"models/cub.yaml":       `{id: cub, name: Cub, model: pet, duties: {}}`,
	"models/young.yaml":     `{id: young, name: Young, model: cub, duties: {}}`,
	"variants/indoors.yaml": `{id: indoors, name: Indoors, description: In a flat., duties: {feed: {customer: Fills the bowl., evidence: [a bowl], note: Twice.}}}`,
	"variants/outside.yaml": `{id: outside, name: Outside, duties: {house: {customer: Digs a den.}}}`,
	"services/cat.yaml": `
id: cat
name: Cat
aliases: [tom]
category: animals
model: pet
note: Meows.
assumes: [kitten]
facts: {sleeps: by-day}
operators: {sitter: Cat Sitter}
found-as: {terraform: [cat], cloudformation: [Cat]}
duties:
  feed: {customer: Opens a tin., evidence: [a tin], source: {url: "https://example.com/tin", checked: 2026-10}, note: Daily.}
variants:
  kitten: {name: Kitten, group: age, note: Plays., like: indoors, found-as: {terraform: [kitten], cloudformation: [Kitten]}, duties: {house: {customer: Sews a basket.}}}
  adult: {name: Adult, group: age, like: indoors}
  old: {name: Old, group: age}
`,
	"services/lion.yaml": `{id: lion, name: Lion, model: young}`,
	"frameworks/wellbeing.yaml": `
id: wellbeing
name: Wellbeing
publisher: Somebody
note: Short.
aliases: [wb]
source: {url: "https://example.com/", checked: 2026-10}
baselines: [low, high]
reports: [a report]
requirements:
  "W": {title: Part, group: true}
  "W1": {title: Food, in: [low], duties: [feed], services: [cat], inheritance: partial, organization: Buys food., evidence: [a bill], outside: Cooks.}
  "W2": {title: Rest, in: [low, high], statements: {a: {duties: [feed], services: [cat], inheritance: partial, organization: Keeps quiet., evidence: [a log], outside: Sleeps.}, b: {duties: [house]}}}
  "W3": {title: Old, withdrawn: true}
`,
	"frameworks/other.yaml": `{id: other, name: Other, requirements: {"W9": {title: Sun, organization: Opens the window.}}}`,
}

// overlayCase is a key of a file of an overlay. What it says shows in the catalog,
// or it is refused with these words.
type overlayCase struct{ key, file, text, refused string }

const (
	catFile     = "services/cat.yaml"
	petFile     = "models/pet.yaml"
	indoorsFile = "variants/indoors.yaml"
	wbFile      = "frameworks/wellbeing.yaml"
)

func overlayCases() []overlayCase {
	cases := []overlayCase{
		{"version.version", "catalog.yaml", `{version: "7"}`, ""},

		{"controls.controls.id", "controls.yaml", `controls: [{id: fun, name: Fun, category: shared, duties: []}]`, ""},
		{"controls.controls.name", "controls.yaml", `controls: [{id: care, name: Custody}]`, ""},
		{"controls.controls.category", "controls.yaml", `controls: [{id: care, category: inherited}]`, ""},
		{"controls.controls.duties.id", "controls.yaml", `controls: [{id: care, duties: [{id: walk, scope: organization, title: Walk, customer: Walks.}]}]`, ""},
		{"controls.controls.duties.title", "controls.yaml", `controls: [{id: care, duties: [{id: feed, title: Feed well}]}]`, ""},
		{"controls.controls.duties.aliases", "controls.yaml", `controls: [{id: care, duties: [{id: feed, aliases: [meals]}]}]`, ""},
		{"controls.controls.duties.scope", "controls.yaml", `controls: [{id: care, duties: [{id: feed, scope: organization}]}]`, `^ours/controls.yaml:1:50: the scope of the duty "feed" is service and cannot be changed`},
		{"controls.controls.duties.scope", "controls.yaml", `controls: [{id: care, duties: [{id: house, scope: service}]}]`, `^ours/controls.yaml:1:51: the scope of the duty "house" is provider and cannot be changed`},
		{"controls.controls.duties.aws-part", "controls.yaml", `controls: [{id: care, duties: [{id: feed, aws-part: at-home}]}]`, ""},
		{"controls.controls.duties.frequency", "controls.yaml", `controls: [{id: care, duties: [{id: feed, frequency: daily}]}]`, ""},
		{"controls.controls.duties.none-needs-reason", "controls.yaml", `{controls: [{id: care, duties: [{id: feed, none-needs-reason: true}]}]}`, ""},
		{"controls.controls.duties.requirements", "controls.yaml", `controls: [{id: care, duties: [{id: house, requirements: [wellbeing/W1]}]}]`, ""},
		{"controls.controls.duties.aws", "controls.yaml", `controls: [{id: care, duties: [{id: house, aws: Builds it.}]}]`, ""},
		{"controls.controls.duties.aws", "controls.yaml", `controls: [{id: care, duties: [{id: feed, aws: Feeds it.}]}]`, `^ours/controls.yaml:1:32: the duty "feed" of scope service has sides`},
		{"controls.controls.duties.customer", "controls.yaml", `controls: [{id: care, duties: [{id: house, customer: Builds it.}]}]`, ""},
		{"controls.controls.duties.evidence", "controls.yaml", `controls: [{id: care, duties: [{id: house, evidence: [a plan]}]}]`, ""},
		{"controls.controls.duties.evidence", "controls.yaml", `controls: [{id: care, duties: [{id: feed, evidence: [a plan]}]}]`, `of scope service has sides, offers, evidence`},
		{"controls.controls.duties.source.url", "controls.yaml", `controls: [{id: care, duties: [{id: house, source: {url: "https://example.com/plan", checked: 2026-10}}]}]`, ""},
		{"controls.controls.duties.source.checked", "controls.yaml", `controls: [{id: care, duties: [{id: house, source: {url: "https://example.com/house", checked: 2026-11}}]}]`, ""},
		{"controls.controls.duties.offers", "controls.yaml", `controls: [{id: care, duties: [{id: house, offers: Lends tools.}]}]`, ""},
		{"controls.controls.duties.offers", "controls.yaml", `controls: [{id: care, duties: [{id: feed, offers: Lends tools.}]}]`, `of scope service has sides, offers`},
		{"controls.controls.duties.note", "controls.yaml", `controls: [{id: care, duties: [{id: house, note: Wet.}]}]`, ""},

		{"service.id", catFile, `{id: dog}`, `^ours/services/cat.yaml:1:6: the id "dog" is not the name of the file`},
		{"service.name", catFile, `{id: cat, name: House Cat}`, ""},
		{"service.aliases", catFile, `{id: cat, aliases: [puss]}`, ""},
		{"service.category", catFile, `{id: cat, category: mammals}`, ""},
		{"service.model", catFile, `{id: cat, model: wild}`, ""},
		{"service.lifecycle", catFile, `{id: cat, lifecycle: maintenance}`, ""},
		{"service.note", catFile, `{id: cat, note: Purrs.}`, ""},
		{"service.assumes", catFile, `{id: cat, assumes: [adult]}`, ""},
		{"service.assumes", catFile, `{id: cat, assumes: [adult, kitten]}`, `^ours/services/cat.yaml:1:28: assumes: the variants "adult" and "kitten" exclude each other`},
		{"service.operators", catFile, `{id: cat, operators: {sitter: Sitters Ltd}}`, ""},
		{"service.operators", catFile, `{id: cat, operators: {walker: Walkers Ltd}, duties: {feed: {walker: Walks it.}}}`, ""},
		{"service.found-as.terraform", catFile, `{id: cat, found-as: {terraform: [puss]}}`, ""},
		{"service.found-as.cloudformation", catFile, `{id: cat, found-as: {cloudformation: [Puss]}}`, ""},
		{"service.variants.name", catFile, `{id: cat, variants: {kitten: {name: Small Cat}}}`, ""},
		{"service.variants.aliases", catFile, `{id: cat, variants: {kitten: {aliases: [kitty]}}}`, ""},
		{"service.variants.group", catFile, `{id: cat, variants: {kitten: {group: size}}}`, ""},
		{"service.variants.note", catFile, `{id: cat, variants: {kitten: {note: Sleeps.}}}`, ""},
		{"service.variants.like", catFile, `{id: cat, variants: {kitten: {like: outside}}}`, ""},
		{"service.variants.found-as.terraform", catFile, `{id: cat, variants: {kitten: {found-as: {terraform: [puss]}}}}`, ""},
		{"service.variants.found-as.cloudformation", catFile, `{id: cat, variants: {kitten: {found-as: {cloudformation: [Puss]}}}}`, ""},

		{"questions.facts.id", "facts.yaml", `{facts: [{id: barks, question: Does it bark}]}`, ""},
		{"questions.facts.question", "facts.yaml", `{facts: [{id: sleeps, question: How does it sleep}]}`, ""},
		{"questions.facts.values", "facts.yaml", `{facts: [{id: sleeps, values: [by-day, by-night, never]}]}`, ""},
		{"questions.facts.named-as", "facts.yaml", `{facts: [{id: sleeps, named-as: [nap]}]}`, ""},
		{"questions.facts.listed-at.url", "facts.yaml", `{facts: [{id: sleeps, listed-at: {url: "https://example.com/beds", checked: 2026-10}}]}`, ""},
		{"questions.facts.listed-at.checked", "facts.yaml", `{facts: [{id: sleeps, listed-at: {url: "https://example.com/sleep", checked: 2026-11}}]}`, ""},
		{"service.facts", catFile, `{id: cat, facts: {sleeps: often}}`, `^ours/services/cat.yaml:1:27: unknown value of sleeps "often"`},
		{"service.facts", catFile, `{id: cat, facts: {sleep: by-day}}`, `^ours/services/cat.yaml:1:19: unknown fact "sleep"; did you mean "sleeps"`},
		{"model.id", petFile, `{id: cat}`, `is not the name of the file`},
		{"model.name", petFile, `{id: pet, name: House animal}`, ""},
		{"service.level", catFile, `{id: cat, level: saas}`, ""},
		{"service.variants.level", catFile, `{id: cat, variants: {kitten: {level: saas}}}`, ""},
		{"variant.level", indoorsFile, `{id: indoors, level: saas}`, ""},
		{"model.level", petFile, `{id: pet, level: saas}`, ""},
		{"model.description", petFile, `{id: pet, description: Lives in a house.}`, ""},
		{"model.model", "models/cub.yaml", `{id: cub, model: wild}`, ""},
		{"model.model", petFile, `{id: pet, model: young}`, `^ours/models/pet.yaml:1:18: the model "(pet|cub|young)" starts from itself`},
		{"variant.id", indoorsFile, `{id: cat}`, `is not the name of the file`},
		{"variant.name", indoorsFile, `{id: indoors, name: In the house}`, ""},
		{"variant.description", indoorsFile, `{id: indoors, description: In a house.}`, ""},
		{"variant.model", indoorsFile, `{id: indoors, model: outside}`, ""},

		{"framework.id", wbFile, `{id: cat}`, `is not the name of the file`},
		{"framework.name", wbFile, `{id: wellbeing, name: Welfare}`, ""},
		{"framework.publisher", wbFile, `{id: wellbeing, publisher: Somebody else}`, ""},
		{"framework.note", wbFile, `{id: wellbeing, note: Long.}`, ""},
		{"framework.aliases", wbFile, `{id: wellbeing, aliases: wf}`, ""},
		{"framework.source.url", wbFile, `{id: wellbeing, source: {url: "https://example.com/new", checked: 2026-10}}`, ""},
		{"framework.source.checked", wbFile, `{id: wellbeing, source: {url: "https://example.com/", checked: 2026-11}}`, ""},
		{"framework.like", wbFile, `{id: wellbeing, like: other, requirements: {W9: {}}}`, ""},
		{"framework.baselines", wbFile, `{id: wellbeing, baselines: [middle]}`, ""},
		{"framework.reports", wbFile, `{id: wellbeing, reports: [another report]}`, ""},
		{"framework.other-ids", wbFile, `{id: wellbeing, other-ids: {F-1: W1, F-2: [W1, W2]}}`, ""},
		{"framework.other-ids", wbFile, `{id: wellbeing, other-ids: {F-1: W11}}`, `^ours/frameworks/wellbeing.yaml:1:34: unknown requirement "W11"; did you mean "W1"`},
		{"framework.requirements.title", wbFile, `{id: wellbeing, requirements: {W1: {title: Meals}}}`, ""},
		{"framework.requirements.in", wbFile, `{id: wellbeing, requirements: {W1: {in: [low, high]}}}`, ""},
		{"framework.requirements.in", wbFile, `{id: wellbeing, requirements: {W2: {in: high}}}`, `^ours/frameworks/wellbeing.yaml:1:32: the requirement "W2" is in the baseline "low", and an overlay cannot take it out`},
		{"framework.requirements.group", wbFile, `{id: wellbeing, requirements: {W1: {group: true}}}`, `^ours/frameworks/wellbeing.yaml:1:32: the requirement "W1" must be answered, or be a heading`},
		{"framework.requirements.group", wbFile, `{id: wellbeing, requirements: {W: {group: false, duties: feed}}}`, ""},
		{"framework.requirements.withdrawn", wbFile, `{id: wellbeing, requirements: {W1: {withdrawn: true}}}`, `to leave out what it asks for, write W1: omit`},
		{"framework.requirements.withdrawn", wbFile, `{id: wellbeing, requirements: {W3: {withdrawn: false, duties: feed}}}`, ""},
		{"framework.requirements.statements.duties", wbFile, `{id: wellbeing, requirements: {W2: {statements: {a: {duties: house}}}}}`, ""},
		{"framework.requirements.duties", wbFile, `{id: wellbeing, requirements: {W2: {duties: house}}}`, `^ours/frameworks/wellbeing.yaml:1:36: the requirement "W2" is answered by its statements`},
		{"framework.requirements.statements.duties", wbFile, `{id: wellbeing, requirements: {W1: {statements: {a: {duties: house}}}}}`, `the requirement "W1" has statements and an answer of its own; clear its answer`},
	}
	for _, in := range []struct{ key, file, before, after string }{
		{"service.facts", catFile, "{id: cat, facts: {sleeps: ", "}}"},
		{"service.variants.facts", catFile, "{id: cat, variants: {kitten: {facts: {sleeps: ", "}}}}"},
		{"variant.facts", indoorsFile, "{id: indoors, facts: {sleeps: ", "}}"},
	} {
		for key, text := range map[string]string{
			"": "by-night", ".is": "{is: by-night}", ".source.url": `{is: by-day, source: {url: "https://example.com/cats", checked: 2026-10}}`,
			".source.checked": `{is: by-day, source: {url: "https://example.com/sleep", checked: 2026-11}}`,
		} {
			cases = append(cases, overlayCase{in.key + key, in.file, in.before + text + in.after, ""})
		}
	}
	for _, in := range []struct{ key, file, before, after string }{
		{"service.duties", catFile, "{id: cat, duties: {feed: {", "}}}"},
		{"service.variants.duties", catFile, "{id: cat, variants: {kitten: {duties: {feed: {", "}}}}}"},
		{"model.duties", petFile, "{id: pet, duties: {feed: {", "}}}"},
		{"variant.duties", indoorsFile, "{id: indoors, duties: {feed: {", "}}}"},
	} {
		for key, text := range map[string]string{
			"aws": "aws: Acts.", "customer": "customer: Acts.", "offers": "offers: Lends tools.", "evidence": "evidence: [a list]", "note": "note: Now.",
			"none":       "none: It needs nothing.",
			"source.url": `source: {url: "https://example.com/new", checked: 2026-10}`, "source.checked": `source: {url: "https://example.com/tin", checked: 2026-11}`,
		} {
			cases = append(cases, overlayCase{in.key + "." + key, in.file, in.before + text + in.after, ""})
		}
		cases = append(cases, overlayCase{in.key, in.file, strings.Replace(in.before, "feed: {", "feed: none", 1) + in.after[1:], ""},
			overlayCase{in.key + ".when", in.file, strings.Replace(in.before, "feed: {", "feed: [{when: {sleeps: by-day}, customer: Acts.}, none]", 1) + in.after[1:], ""},
			overlayCase{in.key + ".when", in.file, in.before + "when: {sleeps: by-day}" + in.after, `unknown key "when" in the duty feed`})
	}
	for _, in := range []struct{ key, before, after string }{
		{"framework.requirements", "{id: wellbeing, requirements: {W1: {", "}}}"},
		{"framework.requirements.statements", "{id: wellbeing, requirements: {W2: {statements: {a: {", "}}}}}"},
	} {
		for key, text := range map[string]string{
			"duties": "duties: [house]", "aws-part": "aws-part: []", "inheritance": "inheritance: none", "services": "services: [lion]", "organization": "organization: Acts.", "evidence": "evidence: a list", "outside": "outside: Acts."} {
			cases = append(cases, overlayCase{in.key + "." + key, wbFile, in.before + text + in.after, ""})
		}
		for _, text := range []string{"services: []", "organization: omit", "outside: omit", "evidence: []", "inheritance: omit"} {
			key, _, _ := strings.Cut(text, ":")
			cases = append(cases, overlayCase{in.key + "." + key, wbFile, in.before + text + in.after, ""})
		}
	}
	return append(cases, programCases...)
}

// TestOverlayKeys: whatever key of a file an overlay gives, it shows in the
// catalog or is refused.
func TestOverlayKeys(t *testing.T) {
	without := shown(t, openBelow(t, "", ""))
	tried := map[string]bool{}
	for _, c := range overlayCases() {
		tried[c.key] = true
		cat, problems := openOver(c.file, c.text)
		if problems == nil {
			problems = readWhole(cat)
		}
		switch {
		case c.refused == "" && problems != nil:
			t.Errorf("%s: %s is refused: %v", c.key, c.text, problems)
		case c.refused == "" && shown(t, cat) == without:
			t.Errorf("%s: %s changes nothing", c.key, c.text)
		case c.refused != "" && !regexp.MustCompile(c.refused).MatchString(problems.String()):
			t.Errorf("%s: %s: %v\nwant %s", c.key, c.text, problems, c.refused)
		}
	}
	for key := range keysOfSchema(t) {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(tried)), func(k string) bool { return k == key || strings.HasPrefix(k, key+".") }) {
			t.Errorf("%s: no case says what this key of an overlay does", key)
		}
	}
}

func openBelow(t *testing.T, file, text string) *catalog.Catalog {
	t.Helper()
	cat, problems := openOver(file, text)
	if problems != nil {
		t.Fatal(problems)
	}
	return cat
}

// openOver opens the small catalog with a file of an overlay, if it is named.
func openOver(file, text string) (*catalog.Catalog, source.Diagnostics) {
	layers := []catalog.Layer{{Name: "below", FS: files(below)}}
	if file != "" {
		layers = append(layers, catalog.Layer{Name: "ours", FS: files(map[string]string{file: text})})
		if file == "catalog.yaml" {
			layers[1].FS.(fstest.MapFS)["controls.yaml"] = &fstest.MapFile{Data: []byte("controls: []")}
		}
	}
	return catalog.Open(layers...)
}

func files(texts map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range texts {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// readWhole reads every file, and resolves every service.
func readWhole(cat *catalog.Catalog) source.Diagnostics {
	if problems := cat.ReadAll(); problems != nil {
		return problems
	}
	var problems source.Diagnostics
	for _, id := range cat.ServiceIDs() {
		n, _ := cat.Lookup(source.Ref{ID: id})
		_, more := cat.Resolve(n.Service, nil)
		problems = append(problems, more...)
	}
	return problems.Sorted()
}

// shown is all that a catalog says, without places.
func shown(t *testing.T, cat *catalog.Catalog) string {
	t.Helper()
	var b strings.Builder
	print := func(v any) { show(&b, reflect.ValueOf(v)); b.WriteString("\n") }
	print(cat.Version)
	questions, problems := cat.Questions()
	if problems != nil {
		t.Fatal(problems)
	}
	print(questions)
	for _, c := range cat.Controls {
		print(*c)
	}
	for _, id := range cat.ServiceIDs() {
		n, problems := cat.Lookup(source.Ref{ID: id})
		if problems != nil {
			t.Fatal(problems)
		}
		s := n.Service
		print(s)
		for _, v := range append([]*catalog.Variant{nil}, s.Variants...) {
			var refs []source.Ref
			if v != nil {
				refs = append(refs, source.Ref{ID: v.ID})
			}
			r, problems := cat.Resolve(s, refs)
			if problems != nil {
				t.Fatal(problems)
			}
			print(r.Splits)
			print(cat.FactsOf(r))
			print(r.Level)
			print(r.Coverage)
		}
	}
	programs, _ := cat.Programs()
	print(programs)
	for _, id := range cat.ModelIDs() {
		k, _ := cat.Model(id)
		print(k)
	}
	for _, id := range cat.SharedVariantIDs() {
		k, _ := cat.SharedVariant(id)
		print(k)
	}
	for _, id := range cat.FrameworkIDs() {
		f, _ := cat.Framework(id)
		print(f)
	}
	return b.String()
}

// show prints all exported fields but places. A duty names its control, and does
// not hold it.
func show(b *strings.Builder, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if c, ok := v.Interface().(*catalog.Control); ok {
			fmt.Fprint(b, c.ID, " ")
		} else if !v.IsNil() {
			show(b, v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Type != reflect.TypeFor[source.Pos]() {
				fmt.Fprint(b, f.Name, "{")
				show(b, v.Field(i))
				b.WriteString("} ")
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			show(b, v.Index(i))
		}
	default:
		fmt.Fprintf(b, "%v ", v)
	}
}
