package schema_test

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/check"
	"raci/matrix/source"
	"raci/templates"
)

// excuse is a kind of problem of which JSON Schema cannot know.
type excuse struct{ why, problem string }

// inManifests are the excuses where the file is a manifest.
var inManifests = []excuse{
	{"parties are declared in the manifest", `^unknown party `},
	{"operators are declared in the manifest", `^unknown (split|side) |is a team of the customer, not an operator$`},
	{"entries, and what they say of themselves, stand in the manifest", `^unknown (entry|tag|environment|account) `},
	{"requirements are too many to list, and can be selected where their framework is in use",
		`^unknown requirement |^the requirement .* (is not in .* anyway$|fits several)|is a statement of the requirement`},
	{"names are unique", `^two entries are named |^the (framework|baseline|requirement) .* is named twice|which is selected as a whole$`},
	{"variants are of different groups", `exclude each other`},
	{"a number, and true, is the same to JSON however it is spelt",
		`^version "(0|\+|1[._eE])|^"-?[0-9]*[^-0-9"][^"]*" is not a whole number |^the list of .* with and without \+, such as .*"\+[0-9]+"|^"\+[0-9]+" cannot be added `},
	{"patterns that work everywhere cannot distinguish the letters of all scripts", `contains the character '[^\x00-\xff]'$`},
	{"joiners and selectors are right or wrong by what stands beside them", `that (joins|selects) nothing$|an invisible tag outside`},
	{"two forms of one name are one", `^the key .* occurs twice`},
	{"the words of an overlay stand in its files", `^in an overlay: `},
}

// wordOfOverlay are words that may be those of an overlay.
var wordOfOverlay = regexp.MustCompile(`^unknown (service|variant|duty|control|framework|baseline) `)

// notJSON are problems of a file that is not YAML, or does not fit into JSON.
var notJSON = regexp.MustCompile(`^not valid YAML|^the file is |is not UTF-8|^the control character|^a second document|^nested deeper|contains itself$|^aliases make|^a key of .* must be text$|` +
	`^the tag |is used nowhere$|which is a comment$|^the key << |is not an escape|is half of a character$|is not the code of|^the key "x-.*" occurs twice$|directive|version .* of YAML`)

// judges ask the schema and raci what they think of a file.
type judges struct {
	schema *jsonschema.Schema
	// raci returns what raci says. Where some of it is enough, it may leave
	// out what takes time.
	raci          func(src []byte, some bool) source.Diagnostics
	excuses       map[string]*regexp.Regexp
	verdicts      map[string]int // how often they agreed, or why not
	disagreements []string
}

func newJudges(s *jsonschema.Schema, excuses []excuse, raci func([]byte, bool) source.Diagnostics) *judges {
	j := &judges{schema: s, raci: raci, excuses: map[string]*regexp.Regexp{}, verdicts: map[string]int{}}
	for _, e := range excuses {
		j.excuses[e.why] = regexp.MustCompile(e.problem)
	}
	return j
}

// ofManifests are the judges of manifests. Those that name overlays are built
// with these.
func ofManifests(t testing.TB, overlays ...catalog.Layer) *judges {
	t.Helper()
	alone := shipped(t)
	overlaid, problems := catalog.Open(append([]catalog.Layer{{Name: "templates", FS: templates.FS}}, overlays...)...)
	if problems != nil {
		t.Fatal(problems)
	}
	return newJudges(manifestSchema(t), inManifests, func(src []byte, some bool) source.Diagnostics {
		man, problems := matrix.ParseManifest("m.yaml", src)
		rules := slices.Clone(man.Check.Rules)
		for _, w := range man.Check.Waivers {
			rules = append(rules, w.Rule)
		}
		for _, rule := range rules {
			// What rules there are only check knows, and says it in a finding.
			// To an editor that is a mistake like others.
			if rule.ID != "" && check.Find(rule.ID) == nil {
				problems = append(problems, source.Diagnostic{At: rule.At, Message: "unknown rule " + rule.ID})
			}
		}
		if some && len(problems) > 0 {
			return problems
		}
		// One whose name is wrong is said to be so, and then its words are missing.
		named := len(man.Overlays) > 0 || len(problems) > 0 && bytes.Contains(src, []byte("catalog"))
		catalog := alone
		if named {
			catalog = overlaid
		}
		if _, err := matrix.Build(man, catalog); err != nil {
			problems = append(problems, err...)
		}
		for i := range problems {
			if m := &problems[i].Message; named && wordOfOverlay.MatchString(*m) {
				*m = "in an overlay: " + *m
			}
		}
		return problems
	})
}

// judge notes what is said of a file. The label names it.
func (j *judges) judge(label string, src []byte) {
	var root yaml.Node
	if yaml.Unmarshal(src, &root) != nil || len(root.Content) == 0 {
		return
	}
	first := j.raci(src, true)
	if slices.ContainsFunc(first, func(p source.Diagnostic) bool { return notJSON.MatchString(p.Message) }) {
		return
	}
	v, ok := plain(&root)
	if !ok {
		return
	}
	refusal := j.schema.Validate(v)
	switch {
	case refusal == nil && len(first) == 0:
		j.verdicts["both accept"]++
	case refusal != nil && len(first) > 0:
		j.verdicts["both refuse"]++
	case refusal != nil:
		j.disagree(label, fmt.Sprintf("the schema alone refuses it: %.300v", refusal))
	default:
		j.excuse(label, j.raci(src, false))
	}
}

// excuse looks at what raci alone says: each problem must be one of which the
// schema cannot know.
func (j *judges) excuse(label string, problems source.Diagnostics) {
	reasons := slices.Sorted(maps.Keys(j.excuses))
	why := ""
	for _, p := range problems {
		i := slices.IndexFunc(reasons, func(why string) bool { return j.excuses[why].MatchString(p.Message) })
		if i < 0 {
			j.disagree(label, "raci alone refuses it: "+p.String())
			return
		}
		why = reasons[i]
	}
	j.verdicts["only raci refuses: "+why]++
}

func (j *judges) disagree(label, what string) {
	j.disagreements = append(j.disagreements, label+": "+what)
}

func (j *judges) forget() { j.verdicts, j.disagreements = map[string]int{}, nil }

// expect fails the test unless the one file that was judged got this verdict.
func (j *judges) expect(t *testing.T, want verdict) {
	t.Helper()
	for _, d := range j.disagreements {
		t.Error(d)
	}
	if j.verdicts["both accept"] == 1 != (want == good) || j.verdicts["both refuse"] == 1 != (want == bad) {
		t.Errorf("the verdict is %v", j.verdicts)
	}
}

// report fails the test where the two disagree.
func (j *judges) report(t *testing.T) {
	t.Helper()
	for _, d := range j.disagreements[:min(len(j.disagreements), 30)] {
		t.Error(d)
	}
	for _, v := range slices.Sorted(maps.Keys(j.verdicts)) {
		t.Logf("%6d %s", j.verdicts[v], v)
	}
	t.Logf("%6d disagreements", len(j.disagreements))
}
