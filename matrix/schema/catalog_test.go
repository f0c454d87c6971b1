package schema_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"raci/matrix/catalog"
	"raci/matrix/schema"
	"raci/matrix/source"
)

// ships is a small catalog: it is read anew for each mutant of an overlay.
var ships = fstest.MapFS{
	"catalog.yaml": file("version: \"1\""),
	"controls.yaml": file(`
controls:
  - id: care
    name: Care
    category: shared
    duties:
      - {id: feed, scope: service, title: Feed}
      - {id: house, scope: provider, title: House, aws: Houses it.}
`),
	"models/pet.yaml":       file("{id: pet, name: Pet, duties: {feed: {customer: Feeds it.}}}"),
	"variants/indoors.yaml": file("{id: indoors, name: Indoors, duties: {feed: none}}"),
	"services/cat.yaml":     file("{id: cat, name: Cat, model: pet, variants: {kitten: {name: Kitten, group: age}}}"),
	"frameworks/wellbeing.yaml": file("{id: wellbeing, name: Wellbeing, requirements: {\"1\": {title: Food, duties: feed}, \"2\": {title: Walks, duties: feed}, " +
		"\"3\": {title: Rest, statements: {a: {duties: feed}, b: {duties: feed}}}}}"),
}

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// kind is a kind of file of a catalog: where it lies, and one that has every
// key.
type kind struct {
	name  string // of the definition; empty for the whole schema
	path  string
	rich  string
	extra map[string]string // files beside it
	read  func(*catalog.Catalog) error
	more  []excuse // beside those of all kinds
}

var kinds = []kind{
	{"", "services/dog.yaml", `
id: dog
name: Dog
aliases: [hound]
category: animals
model: pet
lifecycle: available
note: Barks.
assumes: [puppy]
operators: {walker: Dog Walker}
found-as:
  terraform: [dog, hound]
  cloudformation: {Dog: {size: "big*", kind: [a, b]}}
duties:
  feed: {aws: Fills., customer: Feeds., walker: Walks., evidence: [a photo], source: {url: "https://example.com/", checked: 2026-11}, note: Daily.}
  house: none
variants:
  puppy: {name: Puppy, group: age, note: Bites., like: indoors, found-as: {terraform: puppy}, duties: {feed: none}}
`, nil, lookup("dog"), nil},
	{"", "services/cat.yaml", "id: cat\naliases: [tom]\nvariants: {kitten: {note: Plays.}}\n", nil, lookup("cat"), nil},
	{"model", "models/bird.yaml", "id: bird\nname: Bird\ndescription: It flies.\nmodel: pet\nduties: {feed: {customer: Feeds it.}, house: none}\n", nil,
		func(c *catalog.Catalog) error { _, err := c.Model("bird"); return err.Err() }, nil},
	{"variant", "variants/outdoors.yaml", "id: outdoors\nname: Outdoors\ndescription: In the garden.\nmodel: indoors\nduties: {feed: {customer: Feeds it.}}\n",
		map[string]string{"services/fish.yaml": "{id: fish, name: Fish, model: pet, variants: {pond: {name: Pond, group: place, like: outdoors}}}"}, lookup("fish"), nil},
	{"controls", "controls.yaml", `
controls:
  - id: care
    duties:
      - {id: feed, title: Feed it, scope: service}
      - {id: house, aws: Builds houses., evidence: [a photo], note: Daily., source: [{url: "https://example.com/", checked: 2026-11}]}
      - {id: groom, scope: organization, title: Groom, aws: Combs., customer: Brushes., requirements: [wellbeing/1]}
  - {id: fun, name: Fun, category: customer-specific, duties: [{id: play, scope: service, title: Play}]}
`, nil, func(c *catalog.Catalog) error { return nil }, nil},
	{"programs", "programs.yaml", `
programs:
  audit:
    name: Audit
    page: "https://example.com/"
    reports: [a report]
    baselines: [low]
    lists:
      - {month: 2026-10, page: "https://example.com/list", complete: true, services: cat cat/kitten, limits: {cat: without its tail}}
      - {month: 2026-11, services: [Cat, Kitten]}
`, nil, func(c *catalog.Catalog) error { _, err := c.Programs(); return err.Err() }, nil},
	{"framework", "frameworks/rules.yaml", `
id: rules
name: Rules
publisher: Somebody
note: Short.
aliases: [rulez]
source: {url: "https://example.com/", checked: 2026-11}
baselines: [low, high]
requirements:
  "1": {title: Food, group: true}
  "1.1": {title: Feed, in: [low, high], duties: [feed], organization: Buys food., outside: Cooks.}
  "1.2": {title: Water, statements: {a: {duties: feed, outside: Rains.}, b: {organization: Fills the bowl.}}}
  "2": {title: Old, withdrawn: true}
`, nil, readFramework, nil},
	{"framework", "frameworks/rules.yaml", "id: rules\nname: Rules\nlike: wellbeing\nrequirements: {\"1\": {outside: Nothing., duties: feed}}\n", nil, readFramework, likeAnother},
	{"framework", "frameworks/wellbeing.yaml", `
id: wellbeing
publisher: Somebody
like: wellbeing
baselines: low
requirements:
  "1": {title: Feed, in: low, outside: Cooks.}
  "1a": {title: Drink, statements: {a: {duties: feed, organization: Pours.}}}
  "2": omit
  "3": {statements: {a: omit, b: {outside: Rains.}}}
`, nil, func(c *catalog.Catalog) error { _, err := c.Framework("wellbeing"); return err.Err() }, corrections},
	{"version", "catalog.yaml", "version: \"2\"\n", map[string]string{"controls.yaml": "controls: []"}, func(c *catalog.Catalog) error { return nil }, nil},
}

func lookup(id string) func(*catalog.Catalog) error {
	return func(c *catalog.Catalog) error { _, err := c.Lookup(source.Ref{ID: id}); return err.Err() }
}

func readFramework(c *catalog.Catalog) error { _, err := c.Framework("rules"); return err.Err() }

// inCatalogs are the excuses where the file is one of a catalog.
var inCatalogs = []excuse{
	{"files beside this one may add words", `^unknown (duty|model|variant|framework|service) |starts from itself$|cannot itself start from`},
	{"the id is the name of the file", `is not the name of the file$`},
	{"operators are declared in the service", `^unknown key .* in the duty `},
	{"variants and baselines are declared in the file", `^assumes: unknown variant |^unknown baseline `},
	{"whether a variant is new shows only in all files together", `^missing key .* in the (variant|program) `},
	{"what has a limit is among the services", `^the list has a limit of`},
	{"the scope of a duty that ships stays", `cannot be changed: what models`},
	{"texts that stand twice show only together", `behind this one never apply`},
	{"a duty stands in one control", `belongs to the control`},
	{"joiners and selectors are right or wrong by what stands beside them", `that (joins|selects) nothing$|an invisible tag outside`},
	{"two forms of one name are one", `^the key .* occurs twice`},
	{"a number may be an id", `contains the character '[-+]'$`},
	{"patterns that work everywhere cannot distinguish the letters of all scripts", `contains the character '[^\x00-\xff]'$`},
}

// likeAnother are the excuses of a framework that starts from another.
var likeAnother = []excuse{
	{"what a requirement is called, and what answers it, is known to the framework from which it starts",
		`must be answered, or be a heading|^missing key "title" in the requirement `},
}

// corrections are the excuses of a framework of an overlay over one that ships.
var corrections = []excuse{
	{"what an overlay leaves out or adds to stands in the files below it", `must be answered|has statements and an answer|is answered by its statements|to leave out$|^missing key "title"|^no statement of`},
	{"no overlay takes a requirement out of a baseline", `an overlay cannot take it out$`},
}

// judges of files of this kind, with a schema of the small catalog.
func (k kind) judges(t *testing.T, more []excuse) *judges {
	t.Helper()
	overlay := fstest.MapFS{}
	for name, text := range k.extra {
		overlay[name] = file(text)
	}
	open := func() (*catalog.Catalog, source.Diagnostics) {
		return catalog.Open(catalog.Layer{Name: "ships", FS: ships}, catalog.Layer{Name: "ours", FS: overlay})
	}
	return newJudges(k.schema(t), slices.Concat(inCatalogs, more), func(src []byte, _ bool) source.Diagnostics {
		overlay[k.path] = &fstest.MapFile{Data: src}
		cat, problems := open()
		if problems == nil {
			problems = source.FromError(k.read(cat))
		}
		return problems
	})
}

// compiledKinds are the schemas of the kinds, by name. Each is compiled once.
var compiledKinds sync.Map

func (k kind) schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	once, _ := compiledKinds.LoadOrStore(k.name, sync.OnceValue(func() *jsonschema.Schema {
		s, err := schema.Catalog(small(t))
		at := ""
		if k.name != "" {
			at = "#/$defs/" + k.name
		}
		return compile(t, at, s, err)
	}))
	return once.(func() *jsonschema.Schema)()
}

func small(t *testing.T) *catalog.Catalog {
	t.Helper()
	cat, problems := catalog.Open(catalog.Layer{Name: "ships", FS: ships})
	if problems != nil {
		t.Fatal(problems)
	}
	return cat
}

// TestCatalogMutants does with files of catalogs what TestMutants does with
// manifests.
func TestCatalogMutants(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.path, func(t *testing.T) {
			t.Parallel()
			j := k.judges(t, k.more)
			j.accepts(t, k.rich)
			j.mutate(t, k.rich, len(parse(t, k.rich).Content), catalogWords)
			j.report(t)
		})
	}
}

// TestCatalogFiles: every file of the catalog that ships fits the schema of
// its kind.
func TestCatalogFiles(t *testing.T) {
	s, err := schema.Catalog(shipped(t))
	n := 0
	for glob, at := range map[string]string{"services/*.yaml": "", "models/*.yaml": "#/$defs/model", "variants/*.yaml": "#/$defs/variant",
		"controls.yaml": "#/$defs/controls", "programs.yaml": "#/$defs/programs", "frameworks/*.yaml": "#/$defs/framework", "catalog.yaml": "#/$defs/version"} {
		compiled := compile(t, at, s, err)
		paths, _ := filepath.Glob("../../templates/" + glob)
		for _, path := range paths {
			n++
			if name := filepath.Base(path); slices.Contains([]string{"names.yaml", "ambiguous.yaml", "retired.yaml", "not-services.yaml"}, name) {
				continue
			}
			checkFile(t, compiled, path)
		}
	}
	if n < 100 {
		t.Errorf("only %d files were found", n)
	}
}

func checkFile(t *testing.T, compiled *jsonschema.Schema, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value(t, data)); err != nil {
		t.Errorf("%s: %.500s", path, strings.TrimSpace(err.Error()))
	}
}
