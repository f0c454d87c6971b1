package oscal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/view"
	"raci/templates"
)

// manifest has what the documents must cope with: an operator, two entries of
// one service in two variants, a gap, frameworks with and without content in
// OSCAL, an exclusion, and names with characters of Markdown.
const manifest = `version: 1
organization: "Example *Corp*"
system: Records
date: 2026-11-22
revision: "7"
frameworks: [nist-800-171-r2, {use: nist-800-53-r5/moderate, exclude: {PE-2: "No *buildings*."}}]
parties:
  cto: {name: Chief Technology Officer, contact: cto@example.com}
  platform: {name: "Platform_Engineering", contact: "room 12"}
  msp: {name: Harbour, kind: operator}
defaults: {accountable: cto, responsible: platform}
services:
  - {use: s3, owner: platform}
  - {use: rds, name: orders-db, owner: platform}
  - {use: rds, name: ledger-db, variant: custom-oracle, owner: platform}
  - {use: rds, name: stock-db, owner: platform}
overrides:
  - {entry: ledger-db, duty: patch-guest-os, sides: {msp: "Patches the guests."}, reason: Outsourced.}
report: {classification: Confidential, approvers: [cto]}
`

func build(t testing.TB, source string) *matrix.Matrix {
	t.Helper()
	cat, problems := catalog.Open(catalog.Layer{Name: "templates", FS: templates.FS})
	if problems != nil {
		t.Fatal(problems)
	}
	man, problems := matrix.ParseManifest("manifest.yaml", []byte(source))
	if problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		t.Fatal(problems)
	}
	return m
}

type writer func(io.Writer, *view.Report) ([]string, error)

// formats are both documents, with the names of their roots.
var formats = []struct {
	root  string
	write writer
}{{"component-definition", WriteComponents}, {"system-security-plan", WritePlan}}

func written(t testing.TB, w writer, m *matrix.Matrix) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := w(&b, view.New(m, matrix.Findings{})); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// visit calls f with every object and member below v.
func visit(v any, f func(name string, value any)) {
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			f(name, value)
			visit(value, f)
		}
	case []any:
		for _, value := range v {
			visit(value, f)
		}
	}
}

// collect returns the strings under these names, also those in lists.
func collect(v any, names ...string) []string {
	var out []string
	visit(v, func(name string, value any) {
		if !slices.Contains(names, name) {
			return
		}
		switch value := value.(type) {
		case string:
			out = append(out, value)
		case []any:
			for _, s := range value {
				out = append(out, s.(string))
			}
		}
	})
	return out
}

func parse(t testing.TB, doc []byte, root string) map[string]any {
	t.Helper()
	var v map[string]map[string]any
	if err := json.Unmarshal(doc, &v); err != nil {
		t.Fatal(err)
	}
	return v[root]
}

var version5Pattern = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

func TestUUIDs(t *testing.T) {
	m := build(t, manifest)
	for _, f := range formats {
		seen := map[string]bool{}
		for _, u := range collect(parse(t, written(t, f.write, m), f.root), "uuid") {
			if !version5Pattern.MatchString(u) {
				t.Errorf("%s: %s is not a UUID of version 5", f.root, u)
			}
			if seen[u] {
				t.Errorf("%s: %s appears twice", f.root, u)
			}
			seen[u] = true
		}
	}
}

// TestReferences follows every reference inside the documents.
func TestReferences(t *testing.T) {
	m := build(t, manifest)
	for _, f := range formats {
		doc := parse(t, written(t, f.write, m), f.root)
		uuids := collect(doc, "uuid")
		known := map[string]bool{}
		for _, id := range append(uuids, collect(doc["metadata"].(map[string]any)["roles"], "id")...) {
			known[id] = true
		}
		refs := collect(doc, "component-uuid", "party-uuids", "role-id", "provided-uuid", "responsibility-uuid", "member-of-organizations")
		for _, h := range collect(doc, "href", "source") {
			if local, ok := strings.CutPrefix(h, "#"); ok {
				refs = append(refs, local)
			}
		}
		for _, ref := range refs {
			if !known[ref] {
				t.Errorf("%s: nothing has the id %s", f.root, ref)
			}
		}
		if len(refs) < 50 {
			t.Errorf("%s: only %d references", f.root, len(refs))
		}
	}
}

// TestRequired holds what the JSON schema wants of every string.
func TestRequired(t *testing.T) {
	m := build(t, strings.Replace(manifest, `revision: "7"`, "", 1))
	for _, f := range formats {
		doc := parse(t, written(t, f.write, m), f.root)
		visit(doc, func(name string, value any) {
			switch value := value.(type) {
			case []any:
				if len(value) == 0 {
					t.Errorf("%s: %s is an empty list", f.root, name)
				}
			case string:
				if value == "" || strings.TrimSpace(value) != value {
					t.Errorf("%s: %s is %q", f.root, name, value)
				}
			}
		})
		for _, token := range collect(doc, "control-id", "statement-id", "role-id", "name") {
			if !tokenType.MatchString(token) && !slices.ContainsFunc(m.Parties, func(p matrix.Party) bool { return p.Name == token }) && token != m.Organization {
				t.Errorf("%s: %q is not a token", f.root, token)
			}
		}
		md := doc["metadata"].(map[string]any)
		got := fmt.Sprint(md["last-modified"], md["version"], md["oscal-version"])
		if want := fmt.Sprint("2026-11-22T00:00:00Z", "unversioned", Version); got != want {
			t.Errorf("%s: the metadata is %s, want %s", f.root, got, want)
		}
	}
}

// TestStable builds twice, and again after changes: UUIDs of what did not
// change stay, that of the document does not.
func TestStable(t *testing.T) {
	for _, f := range formats {
		first := written(t, f.write, build(t, manifest))
		if !bytes.Equal(first, written(t, f.write, build(t, manifest))) {
			t.Errorf("%s: two builds differ", f.root)
		}
		old := parse(t, first, f.root)
		dated := parse(t, written(t, f.write, build(t, strings.Replace(manifest, "2026-11-22", "2026-12-01", 1))), f.root)
		if old["uuid"] == dated["uuid"] {
			t.Errorf("%s: another date, and the same document", f.root)
		}
		more := parse(t, written(t, f.write, build(t, strings.Replace(manifest, "services:", "services:\n  - {use: ec2, owner: platform}", 1))), f.root)
		kept := map[string]bool{}
		for _, u := range collect(more, "uuid") {
			kept[u] = true
		}
		for _, u := range collect(old, "uuid") {
			if !kept[u] && u != old["uuid"] {
				t.Errorf("%s: %s went when a service came", f.root, u)
			}
		}
	}
}

// TestRevisions: the history of the manifest stands in the metadata.
func TestRevisions(t *testing.T) {
	history := "history: [{revision: \"6\", date: 2026-05-04, by: cto, change: First *issue*.}, {revision: \"7\", date: 2026-11-22, change: Second.}]\n"
	d := newDocument(view.New(build(t, manifest+history), matrix.Findings{}))
	want := []revision{{"2026-05-04T00:00:00Z", "6", `Chief Technology Officer: First \*issue\*.`}, {"2026-11-22T00:00:00Z", "7", "Second."}}
	if got := d.metadata("x").Revisions; !slices.Equal(got, want) {
		t.Errorf("revisions %+v, want %+v", got, want)
	}
}

func TestWithoutDate(t *testing.T) {
	m := build(t, strings.Replace(manifest, "date: 2026-11-22", "", 1))
	md := newDocument(view.New(m, matrix.Findings{})).metadata("x")
	if md.LastModified != "1970-01-01T00:00:00Z" || !strings.Contains(md.Remarks, "placeholder") {
		t.Errorf("last-modified %s, remarks %q", md.LastModified, md.Remarks)
	}
}

func TestNoFramework(t *testing.T) {
	m := build(t, manifest)
	m.Frameworks = nil
	for _, f := range formats {
		var b bytes.Buffer
		if _, err := f.write(&b, view.New(m, matrix.Findings{})); err == nil || b.Len() > 0 || !strings.Contains(err.Error(), "under frameworks:") {
			t.Errorf("%s: %d bytes, error %v", f.root, b.Len(), err)
		}
	}
}

// large has twenty entries more.
func large(t testing.TB) *matrix.Matrix {
	var entries strings.Builder
	for i := range 20 {
		fmt.Fprintf(&entries, "\n  - {use: rds, name: db-%d, owner: platform}", i)
	}
	return build(t, strings.Replace(manifest, "\nservices:", "\nservices:"+entries.String(), 1))
}

// TestSize limits what a row costs, in bytes, at each control that it answers:
// in a large system there are tens of thousands of such pairs.
func TestSize(t *testing.T) {
	m := large(t)
	limits := map[string]int{"component-definition": 150, "system-security-plan": 1300}
	pairs := map[string]int{}
	for i := range m.Frameworks {
		for _, a := range m.Answers(&m.Frameworks[i]) {
			pairs["component-definition"] += len(a.Rows)
			if m.Frameworks[i].Name == "nist-800-53-r5/moderate" {
				pairs["system-security-plan"] += len(a.Rows)
			}
		}
	}
	for _, f := range formats {
		if got := len(written(t, f.write, m)) / pairs[f.root]; got > limits[f.root] {
			t.Errorf("%s: a row costs %d bytes at each control, at most %d are fine", f.root, got, limits[f.root])
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	m := large(b)
	for _, f := range formats {
		b.Run(f.root, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := f.write(io.Discard, view.New(m, matrix.Findings{})); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
