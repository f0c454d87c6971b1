package schema_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"raci/matrix"
	"raci/matrix/catalog"
)

// go test ./matrix/schema -timeout 30m -args -thorough
var thorough = flag.Bool("thorough", false, "judge all mutants, those of the examples and the starters too; it takes minutes")

// Of other values and keys, one in so many is judged unless all are: in each
// place other ones than in the place before.
const oneIn = 7

const overlay = "catalog: ours\n"

// parts are manifests of which the first part is mutated. They are small,
// because thousands of mutants are read of each.
var parts = []struct{ mutated, context string }{
	{base, ""},
	{"revision: \"2\"\ndate: 2026-11-21\naccountability: customer\nenvironments: [prod]\naccounts: {\"1234\": Main}\ncatalog: ours\n", base},
	{"frameworks: [soc2/security, {use: cis-aws-foundations, include: [2.1.2], exclude: {2.1.1: Not used.}}]\n", base},
	{"frameworks: [soc2/security, {use: cis-aws-foundations}]\n", base + overlay},
	{"defaults: {accountable: ciso, responsible: data, consulted: none, informed: [ciso, data], process: Ask the CISO., evidence: [+minutes], frequency: yearly}\n", base},
	{"duties: all\nassign:\n  - {duty: back-up-data, informed: [+ciso, +data], process: [{title: Restore runbook, url: \"https://wiki.example.com/restore\"}, Ask the data team.],\n" +
		"     evidence: [restore test, log], frequency: quarterly}\n", base},
	{"services:\n  - {use: rds, name: db, variant: [aurora], owner: data, environment: prod, account: \"1234\", tags: [pci]}\n" +
		"  - {use: k8s, variant: fargate}\n", head + parties},
	{"services:\n  - {use: rds, variant: aurora}\n", head + parties + overlay},
	{"assign:\n  - {service: s3, duty: back-up-data, entry: s3, control: \"*\", category: shared, split: [customer], tag: pci, environment: prod,\n" +
		"     account: \"1234\", requirement: soc2-tsc-2017/CC6.1, responsible: [data], accountable: [ciso], consulted: none, informed: ciso, reason: Because.}\n",
		head + parties + "services: [{use: s3, tags: pci, environment: prod, account: \"1234\"}]\nframeworks: soc2\n"},
	{"assign: [{service: s3, duty: back-up-data, control: business-continuity, informed: ciso}]\n", base + overlay},
	{"overrides:\n  - {duty: back-up-data, sides: {msp: Backs up., customer: Tests.}, evidence: [backup report], reason: Outsourced., expires: 2027-01-31}\n" +
		"  - {duty: govern-data, applies: false}\n", base},
	{"report: {title: T, classification: C, approvers: ciso, logo: a.png, colour: \"#123ABC\", paper: letter, font: [b.ttf], protect: true,\n" +
		"  columns: [duty, {column: aws, title: Provider}]}\n", base},
	{"check: {max-consulted: 0, max-accountable-share: 100, warn-before-end: 10, max-source-age: 6, rules: [no-process],\n" +
		"  waive: [{rule: unknown-contact, duty: back-up-data, reason: New., expires: 2027-01-31}]}\n", base},
}

// What stands in for every value in turn: shapes, words of manifests or of
// catalogs, and texts, which stand in for keys as well.
var (
	shapes = []string{
		"null", "42", "-1", "0", "1.5", "1.0", "010", "true", "False", `"true"`, `"5"`, "[]", "{}", "[null]", "[zzz, zzz]", "[[a]]", "{a: b}", "{a: null}",
		"2026-02-30", "2028-02-29", "2027-02-29", "2026-1-1", "yesterday",
	}
	words = []string{
		"+data", "[+ciso, data]", "['+']", "['+ ciso']", "[++data]", "None", "[none, data]", "+none", "on-change", "{title: A page, url: 'https://a.example/'}", "{title: A page, url: 'javascript:alert(1)'}",
		"https://example.com/a?b=c#d", "https://", "docs/runbook.md", "101", "3651", "1e1", "0x10", "+5", `"1"`, `"false"`, "[aurora, custom-oracle]", "[ciso]", "[data, ciso]", "[duty]", "[customer]", "['*']",
		"{aws: Does it.}", "{use: soc2}", "{use: soc2/}", "{column: duty}",
		"RDS", "import/export", "Amazon Simple Storage Service", "AWS::Lambda", "Amazon Nothing", "qldb", "rds/aurora", "lamda", "K8s", "AURORA", "iam",
		"soc2/", "/security", "soc2/zzz", "SOC2", "cis-aws-foundations/level-1", "soc2-tsc-2017/CC6.1", "soc2/CC6.1", "CC6.1",
		"'#abcdef'", "a4", "provider", "customer", "inherited", "backup-data", "back-up-data", "unknown-contakt", "old-source", "identity-access",
	}
	catalogWords = []string{
		"none", "retired", "service", "provider", "inherited", "pet", "cat", "[feed]", "[feed, zzz]", "{aws: Does it.}", "{feed: none}", "{zzz: [a, b]}", "{zzz: {a: b}}",
		"{url: 'https://example.com', checked: 2026-10}", "2026-13", "2026-10", "https://example.com", "http://example.com", "{a: {duties: feed}}", "{ab: {duties: feed}}",
	}
	texts = []string{"", "  ", "a b", "a/b", " a", "a ", "a\n", "x\ny", "x\ty", "x\x01y", "\u3000", "\u00a0a", "*", "none", "aws", "shared", "organization",
		"-a", "a.b_c-d", "Ünal", "a\u2014b", "\U0001F600", "42", "a\u202eb", "a\u200bb", "a\u2800", "\u3164", "a\u200db", "\u2764\ufe0f", "a\U000E0041",
		strings.Repeat("x", 200), strings.Repeat("ü", 201), " " + strings.Repeat("x", 200) + " "}
)

// freeKeys are the paths of keys that the user chooses.
var freeKeys = regexp.MustCompile(`(accounts|parties|exclude|sides)\.[^.]*$`)

// TestMutants spoils good manifests in every place and in many ways, and asks
// the schema and raci what they think of each.
func TestMutants(t *testing.T) {
	for _, p := range parts {
		key, _, _ := strings.Cut(p.mutated, ":")
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			j := ofManifests(t)
			j.accepts(t, p.mutated+p.context)
			j.mutate(t, p.mutated+p.context, len(parse(t, p.mutated).Content), words)
			j.report(t)
		})
	}
}

// TestWholeManifests: the schema and raci agree on the examples and starters,
// and on their mutants where that is asked for.
func TestWholeManifests(t *testing.T) {
	examples, _ := filepath.Glob("../../examples/*/manifest.yaml")
	starters, _ := filepath.Glob("../../templates/starters/*.yaml")
	if len(examples) == 0 || len(starters) == 0 {
		t.Fatal("no examples or no starters found")
	}
	for _, path := range append(examples, starters...) {
		t.Run(filepath.ToSlash(path), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			man, _ := matrix.ParseManifest(path, data)
			var overlays []catalog.Layer
			for _, o := range man.Overlays {
				overlays = append(overlays, catalog.Layer{Name: o.ID, FS: os.DirFS(filepath.Join(filepath.Dir(path), o.ID))})
			}
			j := ofManifests(t, overlays...)
			j.accepts(t, string(data))
			if *thorough {
				j.mutate(t, string(data), len(parse(t, string(data)).Content), words)
			}
			j.report(t)
		})
	}
}

// accepts checks that a manifest is valid before it is spoilt.
func (j *judges) accepts(t *testing.T, src string) {
	t.Helper()
	before := j.verdicts["both accept"]
	if j.judge("unspoilt", []byte(src)); j.verdicts["both accept"] == before && !strings.Contains(src, overlay) {
		t.Fatalf("not a valid manifest to begin with:\n%s\n%v %v", src, j.disagreements, j.verdicts)
	}
}

func parse(t *testing.T, src string) *yaml.Node {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(src), &root); err != nil {
		t.Fatal(err)
	}
	return root.Content[0]
}

// mutate judges mutants of the first children of the manifest's map.
func (j *judges) mutate(t *testing.T, src string, children int, words []string) {
	top := parse(t, src)
	mutated := &yaml.Node{Kind: yaml.MappingNode, Content: top.Content[:children:children]}
	context := top.Content[children:]
	try := func(label string) {
		top.Content = append(mutated.Content[:len(mutated.Content):len(mutated.Content)], context...)
		data, err := yaml.Marshal(top)
		if err != nil {
			t.Fatal(err)
		}
		j.judge(label, data)
	}
	n := 0
	trySome := func(label string) {
		if n++; n%oneIn == 0 || *thorough {
			try(label)
		}
	}
	for i, p := range places(mutated, "") {
		n = i
		p.replace(t, trySome, append(shapes[:len(shapes):len(shapes)], words...))
		p.rename(trySome)
		p.remove(try)
	}
}

// place is a value in a manifest: child i of a map or a list.
type place struct {
	path   string
	parent *yaml.Node
	i      int
}

// places returns the values under a node, those of maps without their keys.
func places(n *yaml.Node, path string) []place {
	var all []place
	for i, c := range n.Content {
		at := fmt.Sprintf("%s[%d]", path, i)
		if n.Kind == yaml.MappingNode {
			if i%2 == 0 {
				continue
			}
			at = path + "." + n.Content[i-1].Value
		}
		all = append(all, place{at, n, i})
		all = append(all, places(c, at)...)
	}
	return all
}

// replace tries other values.
func (p place) replace(t *testing.T, try func(string), values []string) {
	old := p.parent.Content[p.i]
	defer func() { p.parent.Content[p.i] = old }()
	for _, v := range values {
		p.parent.Content[p.i] = parse(t, v)
		try(p.path + " = " + v)
	}
	if old.Kind == yaml.ScalarNode {
		for _, s := range append(likeness(old), texts...) {
			p.parent.Content[p.i] = text(s)
			try(fmt.Sprintf("%s = %q", p.path, s))
		}
	}
	for n := 1; n <= 2; n++ {
		p.parent.Content[p.i] = &yaml.Node{Kind: yaml.SequenceNode, Content: slices.Repeat([]*yaml.Node{old}, n)}
		try(fmt.Sprintf("%s %d times in a list", p.path, n))
	}
}

// rename tries other keys, all texts where the user chooses the key.
func (p place) rename(try func(string)) {
	if p.parent.Kind != yaml.MappingNode {
		return
	}
	old := p.parent.Content[p.i-1]
	defer func() { p.parent.Content[p.i-1] = old }()
	others := likeness(old)
	if freeKeys.MatchString(p.path) {
		others = append(others, texts...)
	}
	for _, s := range others {
		p.parent.Content[p.i-1] = text(s)
		try(fmt.Sprintf("%s has the key %q", p.path, s))
	}
}

// remove tries to do without the value.
func (p place) remove(try func(string)) {
	all, from := p.parent.Content, p.i
	defer func() { p.parent.Content = all }()
	if p.parent.Kind == yaml.MappingNode {
		from--
	}
	p.parent.Content = append(slices.Clone(all[:from]), all[p.i+1:]...)
	try(p.path + " is gone")
}

// likeness are texts that look like a value or a key.
func likeness(old *yaml.Node) []string {
	if s := old.Value; s != "" {
		return []string{s, s + "x", s + " ", s + "\n", "\t" + s, s + "/", strings.ToUpper(s), strings.ToUpper(s[:1]) + s[1:]}
	}
	return nil
}

func text(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

// FuzzAgree looks for a manifest on which the schema and raci disagree.
func FuzzAgree(f *testing.F) {
	for _, c := range corpus {
		f.Add([]byte(c.manifest))
	}
	for _, p := range parts {
		f.Add([]byte(p.mutated + p.context))
	}
	j := ofManifests(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		j.forget()
		j.judge("fuzz", src)
		for _, d := range j.disagreements {
			t.Error(d)
		}
	})
}
