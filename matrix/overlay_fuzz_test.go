package matrix_test

import (
	"bytes"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/check"
	"raci/matrix/report"
	"raci/matrix/source"
	"raci/matrix/view"
)

// overlayFiles are the places that a file of an overlay can have: those that add,
// those that correct what ships, and those that are not read.
var overlayFiles = []string{
	"controls.yaml", "catalog.yaml",
	"services/new.yaml", "services/db.yaml", "models/new.yaml", "models/base.yaml",
	"variants/new.yaml", "variants/site.yaml", "frameworks/new.yaml", "frameworks/house-rules.yaml",
	"services/ambiguous.yaml", "services/retired.yaml", "services/names.yaml", "services/not-services.yaml",
	"starters/web.yaml", "controls.yml", "services/DB.yaml", "services/a/b.yaml", "service/new.yaml", ".new.yaml",
	"programs.yaml",
}

// withHouseRules is the catalog of the tests with a framework.
func withHouseRules() fstest.MapFS {
	files := maps.Clone(small)
	files["frameworks/house-rules.yaml"] = &fstest.MapFile{Data: []byte(houseRules)}
	return files
}

// FuzzOverlay: no file of an overlay makes anything panic that reads it, and what
// is wrong with it is said at a place that is there. Where edits is not 0, the file
// is first edited as YAML.
func FuzzOverlay(f *testing.F) {
	for i, seed := range []string{
		"controls: [{id: patching, duties: [{id: patch-more, scope: service, title: More, aliases: [more], frequency: monthly, requirements: [house-rules/1.1, house-rules/1.8(a)]}]}, {id: own, name: Own, category: shared, duties: [{id: own-duty, scope: organization, title: Own, customer: Does it., aws: Helps., aws-part: in-stead, evidence: [record]}]}]\n",
		"version: ours\n",
		"id: new\nname: New\naliases: [newer]\nmodel: base\nassumes: [a]\nfound-as: {terraform: {aws_x: {y: \"z*\"}}}\nvariants: {a: {name: A, group: g, like: site, aliases: [aa]}, b: {name: B, group: g, found-as: {cloudformation: [\"AWS::X\"]}}}\nduties: {patch-app: {customer: Patches., offers: Offers., note: N., source: {url: \"https://example.com\", checked: 2026-11}, evidence: [e]}}\n",
		"id: db\nduties: {patch-os: {customer: Patches., evidence: [more]}, patch-app: none}\nvariants: {own-os: {duties: {patch-os: {aws: Patches.}}}, more: {name: More, group: g}}\nlifecycle: retired\nassumes: [more]\n",
		"id: new\nname: New\nmodel: base\nduties: {patch-app: {customer: Patches.}}\n",
		"id: base\nduties: {patch-app: {aws: Patches.}}\n",
		"id: new\nname: New\nduties: {patch-app: {customer: Patches.}}\n",
		"id: site\nduties: {guard-site: none}\n",
		strings.Replace(houseRules, "id: house-rules", "id: new", 1),
		"id: house-rules\nrequirements: {\"1.1\": omit, \"1.2\": {title: Fence}, \"1.9\": {title: Own, duties: [patch-app]}, \"1.8\": {statements: {a: omit}}}\n",
	} {
		for edits := range uint64(20) {
			f.Add(uint8(i), []byte(seed), edits)
		}
	}
	programs := "programs: {audit: {name: Audit, page: \"https://example.com/\", reports: [a report], baselines: low, lists: [{month: 2026-10, complete: true, services: db db/own-os, " +
		"limits: {db: own-os}}, {month: 2026-11, services: [DB, \"Amazon DB (x) *\"]}]}}\n"
	for edits := range uint64(20) {
		f.Add(uint8(len(overlayFiles)-1), []byte(programs), edits)
	}
	for i := range overlayFiles {
		f.Add(uint8(i), []byte("a: &a [*a]\n"), uint64(0))
	}
	base := catalog.Layer{Name: "catalog", FS: withHouseRules()}
	f.Fuzz(func(t *testing.T, place uint8, data []byte, edits uint64) {
		name := overlayFiles[int(place)%len(overlayFiles)]
		readOverlay(t, base, name, edited(data, edits))
	})
}

// FuzzFramework: no framework of an overlay, and no selection of its requirements,
// makes a matrix panic, and what each requirement is answered by can be written and
// read again.
func FuzzFramework(f *testing.F) {
	own := strings.Replace(houseRules, "id: house-rules", "id: new", 1)
	f.Add([]byte(own), "new/core", "1.3", "1.2", "new/1.8", uint64(0))
	f.Add([]byte(own), "new", "1.1", "", "1.4", uint64(1))
	f.Add([]byte("id: new\nname: Like\nlike: house-rules\nbaselines: [low, high]\naliases: [other]\nother-ids: {A1: \"1.1\"}\nrequirements:\n  \"1.1\": {in: [low, high]}\n  \"1.8\": {in: [high], statements: {a: omit}}\n"), "other/low+high", "1.8a", "A1", "new/1.8(b)", uint64(0))
	base := catalog.Layer{Name: "catalog", FS: withHouseRules()}
	f.Fuzz(func(t *testing.T, data []byte, selection, include, exclude, answer string, edits uint64) {
		manifest := head + "defaults: {accountable: boss}\nservices: [{use: db, owner: team}, {use: web, owner: other, variant: fancy}]\nframeworks: [{use: " + quoted(selection)
		if include != "" {
			manifest += ", include: " + quoted(include)
		}
		if exclude != "" {
			manifest += ", exclude: {" + quoted(exclude) + ": Not here.}"
		}
		manifest += "}]\n"
		if answer != "" {
			manifest += "answers: [{requirement: " + quoted(answer) + ", accountable: audit, responsible: team, reason: They know.}]\n"
		}
		o := overlay{base: base, name: "frameworks/new.yaml", data: edited(data, edits)}
		if cat := o.open(t); cat != nil {
			o.build(t, cat, manifest)
		}
	})
}

// edited changes YAML at a few places, which the seed chooses: a text that is no YAML
// stays as it is.
func edited(data []byte, seed uint64) []byte {
	var root yaml.Node
	if seed == 0 || len(data) > 1<<16 || yaml.Unmarshal(data, &root) != nil || root.Kind == 0 {
		return data
	}
	r := rand.New(rand.NewPCG(seed, 1))
	for range 1 + r.IntN(3) {
		editNode(r, &root)
	}
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	if enc.Encode(&root) != nil || enc.Close() != nil {
		return data
	}
	return b.Bytes()
}

// oddValues take the place of others: ids of what there is and is not, and what is
// read as something else than text.
var oddValues = []string{"db", "web", "new", "base", "site", "own-os", "patch-os", "patch-app", "guard-site", "train-staff", "patching", "house-rules", "1.1", "1.8(a)", "A1",
	"aws", "customer", "vendor", "none", "omit", "provider", "organization", "service", "shared", "~", "true", "0", "-1", "1e99", "2026-11", "", "a\nb", "x/y", "+x", "*", "core", "low"}

// editNode changes something somewhere below the node.
func editNode(r *rand.Rand, n *yaml.Node) {
	if len(n.Content) == 0 || n.Kind != yaml.DocumentNode && r.IntN(5) == 0 {
		switch r.IntN(4) {
		case 0:
			*n = yaml.Node{Kind: yaml.ScalarNode, Value: oddValues[r.IntN(len(oddValues))]}
		case 1:
			*n = yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: oddValues[r.IntN(len(oddValues))]}}}
		case 2:
			*n = yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: oddValues[r.IntN(len(oddValues))]}, {Kind: yaml.ScalarNode, Value: oddValues[r.IntN(len(oddValues))]}}}
		case 3:
			n.Value = strings.Repeat(n.Value, 1+r.IntN(60))
		}
		return
	}
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	i := r.IntN(len(n.Content)/step) * step
	item := n.Content[i : i+step]
	switch {
	case n.Kind == yaml.DocumentNode || r.IntN(5) > 0:
		editNode(r, n.Content[i+r.IntN(step)])
		if step == 2 {
			editNode(r, n.Content[i+1])
		}
	case r.IntN(2) == 0:
		n.Content = slices.Delete(slices.Clone(n.Content), i, i+step)
	default:
		n.Content = append(slices.Clone(n.Content), item...)
	}
}

// quoted writes a text as YAML reads it back, with what YAML cannot hold left out.
func quoted(s string) string {
	var b strings.Builder
	for _, c := range strings.ToValidUTF8(s, "") {
		if c >= ' ' && c != 0x7F {
			b.WriteRune(c)
		}
	}
	return "'" + strings.ReplaceAll(b.String(), "'", "''") + "'"
}

// readOverlay does with a catalog with this file in an overlay all that raci can do.
func readOverlay(t *testing.T, base catalog.Layer, name string, data []byte) {
	o := overlay{base: base, name: name, data: data}
	cat := o.open(t)
	if cat == nil {
		return
	}
	manifest := head + "defaults: {accountable: boss}\n"
	switch name {
	case "services/new.yaml":
		manifest += "services: [{use: db, owner: team}, {use: new, owner: other}]\n"
	default:
		manifest += "services: [{use: db, owner: team, variant: [own-os, site]}, {use: web, owner: other, variant: fancy}]\n"
	}
	if name == "frameworks/new.yaml" {
		manifest += "frameworks: [house-rules/core, new]\n"
	} else {
		manifest += "frameworks: [house-rules/core]\n"
	}
	o.build(t, cat, manifest)
	fresh := o.open(t)
	findings, problems := check.LintCatalog(fresh)
	o.checkProblems(t, "", problems)
	o.checkPlaces(t, "", findings)
	for _, id := range fresh.ServiceIDs() {
		fresh.Find(id)
	}
	for _, id := range fresh.FrameworkIDs() {
		fresh.Find(id)
	}
}

// beside is another file of each overlay, so that one with a version alone is one.
const beside = "id: beside\nname: Beside\nmodel: base\n"

// overlay is one file of an overlay over a catalog.
type overlay struct {
	base catalog.Layer
	name string
	data []byte
}

// open opens the catalog, or returns nil where its problems are said.
func (o *overlay) open(t *testing.T) *catalog.Catalog {
	cat, problems := catalog.Open(o.base, catalog.Layer{Name: "ours", FS: fstest.MapFS{"services/beside.yaml": {Data: []byte(beside)}, o.name: {Data: o.data}}})
	o.checkProblems(t, "", problems)
	if problems != nil {
		return nil
	}
	return cat
}

// build builds and checks the matrix of a manifest, and writes it in the formats
// that take little time.
func (o *overlay) build(t *testing.T, cat *catalog.Catalog, manifest string) {
	man, problems := matrix.ParseManifest("m.yaml", []byte(manifest))
	var m *matrix.Matrix
	if problems == nil {
		m, problems = matrix.Build(man, cat)
	}
	o.checkProblems(t, manifest, problems)
	if problems != nil {
		return
	}
	found := check.Run(m)
	o.checkPlaces(t, manifest, found.Open)
	for i := range m.Frameworks {
		m.Answers(&m.Frameworks[i])
	}
	for _, f := range report.Formats {
		if slices.Contains([]string{"csv", "md", "oscal-component", "oscal-ssp"}, f.ID) {
			if _, err := f.Write(io.Discard, view.New(m, found)); err != nil {
				t.Errorf("%s: %v", f.ID, err)
			}
		}
	}
	i := slices.IndexFunc(report.Formats, func(f report.Format) bool { return f.ID == "json" })
	var b bytes.Buffer
	if _, err := report.Formats[i].Write(&b, view.New(m, found)); err != nil {
		t.Fatal(err)
	}
	again, problems := report.ReadJSON("m.json", &b)
	if problems != nil || again.Edited || again.Matrix.Digest() != m.Digest() {
		t.Errorf("written as JSON and read again it is another matrix: %v", problems)
	}
}

// checkProblems checks that each place is in the manifest or in the file of the
// overlay, and inside of it: what ships is not to blame.
func (o *overlay) checkProblems(t *testing.T, manifest string, problems source.Diagnostics) {
	for _, d := range problems {
		if strings.HasPrefix(d.At.File, o.base.Name+"/") {
			t.Errorf("%q is said of what ships", d.String())
		}
	}
	o.checkPlaces(t, manifest, problems)
}

// checkPlaces checks that each place is inside of its file.
func (o *overlay) checkPlaces(t *testing.T, manifest string, ds source.Diagnostics) {
	for _, d := range ds {
		text, ok := o.text(manifest, d.At.File)
		if !ok || d.At.Line > 0 && !hasPlace(text, d.At) {
			t.Errorf("%q is said at a place that is not there, in\n%q", d.String(), text)
		}
	}
}

// text returns the text of a file that a place names: nothing for a folder.
func (o *overlay) text(manifest, file string) (text string, ok bool) {
	switch {
	case file == "ours/"+o.name:
		return string(o.data), true
	case file == "ours/services/beside.yaml":
		return beside, true
	case file == "m.yaml":
		return manifest, manifest != ""
	case strings.HasPrefix("ours/"+o.name, file+"/"):
		return "", true
	}
	data, err := fs.ReadFile(o.base.FS, strings.TrimPrefix(file, o.base.Name+"/"))
	return string(data), err == nil
}

// hasPlace reports whether a text has a line with this column, or with one less:
// what is missing is missing behind the end. Lines end where YAML ends them, or at
// line feeds alone, as in a file that is no text.
func hasPlace(text string, at source.Pos) bool {
	asYAML := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text)
	for _, text := range []string{asYAML, text} {
		lines := strings.Split(text, "\n")
		if at.Line <= len(lines) && at.Col >= 1 && at.Col <= utf8.RuneCountInString(lines[at.Line-1])+1 {
			return true
		}
	}
	return false
}
