package check_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/check"
	"raci/matrix/source"
	"raci/templates"
)

var update = flag.Bool("update", false, "rewrite the expected findings")

// go test ./matrix/check -args -thorough
var thorough = flag.Bool("thorough", false, "check ten times as many manifests at random")

func build(t testing.TB, manifest []byte, overlay ...txtar.File) *matrix.Matrix {
	t.Helper()
	man, problems := matrix.ParseManifest("m.yaml", manifest)
	if problems != nil {
		t.Fatal(problems)
	}
	layers := []catalog.Layer{{Name: "templates", FS: templates.FS}}
	if len(overlay) > 0 {
		ours := fstest.MapFS{}
		for _, f := range overlay {
			ours[strings.TrimPrefix(f.Name, "ours/")] = &fstest.MapFile{Data: f.Data}
		}
		layers = append(layers, catalog.Layer{Name: "ours", FS: ours})
	}
	cat, problems := catalog.Open(layers...)
	if problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		t.Fatal(problems)
	}
	return m
}

// shownFindings keeps scripts short where a rule has much to say.
const shownFindings = 3

func findings(t *testing.T, id string, manifest []byte, overlay []txtar.File) string {
	var b strings.Builder
	found := check.Run(build(t, manifest, overlay...)).Open
	n := 0
	for _, f := range found {
		if f.Rule != id {
			continue
		}
		if n++; n <= shownFindings {
			fmt.Fprintf(&b, "%s: %s: %s %s\n", f.At, f.Severity, f.Row, f.Message)
		}
	}
	return b.String()
}

// byHand are rules that no manifest can break; tests of their own build the
// matrix that does.
var byHand = map[string]bool{"two-accountables": true}

// TestRules runs the script of each rule: a manifest that breaks it with what
// is found, and one that does not. A rule without a script fails, and so does
// a script without a rule.
func TestRules(t *testing.T) {
	scripts, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range scripts {
		if id := strings.TrimSuffix(filepath.Base(path), ".txtar"); check.Find(id) == nil {
			t.Errorf("%s: unknown rule", path)
		}
	}
	for _, rule := range check.Rules {
		if byHand[rule.ID] {
			continue
		}
		t.Run(rule.ID, func(t *testing.T) { runScript(t, rule.ID) })
	}
}

func runScript(t *testing.T, id string) {
	path := filepath.Join("testdata", id+".txtar")
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Files) < 3 {
		t.Fatalf("%s contains %d files, want broken.yaml, fixed.yaml, want and those of an overlay, if any", path, len(a.Files))
	}
	got := findings(t, id, a.Files[0].Data, a.Files[3:])
	if got == "" {
		t.Errorf("broken.yaml does not break %s", id)
	}
	if fixed := findings(t, id, a.Files[1].Data, a.Files[3:]); fixed != "" {
		t.Errorf("fixed.yaml breaks %s:\n%s", id, fixed)
	}
	if *update {
		a.Files[2].Data = []byte(got)
		if err := os.WriteFile(path, txtar.Format(a), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if want := string(a.Files[2].Data); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

func TestTwoAccountables(t *testing.T) {
	m := build(t, []byte("version: 1\norganization: E\nsystem: S\nparties: {a: A, b: B}\ndefaults: {accountable: a, responsible: b}\nservices: [{use: s3, owner: b}]\n"))
	for i := range m.Rows[0].Roles {
		m.Rows[0].Roles[i].Letters |= matrix.Accountable
	}
	found := check.Run(m).Open
	for _, f := range found {
		if f.Rule == "two-accountables" && f.Row == m.Rows[0].ID {
			return
		}
	}
	t.Error("two As in a row were not found")
}

// TestRandomManifests: manifests put together at random from the catalog
// never give a row without exactly one A, or a duty of the customer without a
// responsible party, unless a finding says so. The seed is fixed.
func TestRandomManifests(t *testing.T) {
	t.Parallel()
	cat, problems := catalog.Open(catalog.Layer{Name: "templates", FS: templates.FS})
	if problems != nil {
		t.Fatal(problems)
	}
	services, problems := cat.Services()
	if problems != nil {
		t.Fatal(problems)
	}
	n := 300
	if *thorough {
		n = 3000
	}
	r := rand.New(rand.NewPCG(1, 2))
	rows, gaps := 0, 0
	for range n {
		man, problems := matrix.ParseManifest("m.yaml", randomManifest(r, cat, services))
		if problems != nil {
			t.Fatal(problems)
		}
		m, problems := matrix.Build(man, cat)
		if problems != nil {
			t.Fatal(problems)
		}
		found := check.Run(m).Open
		rows += len(m.Rows)
		gaps += lookForSilence(t, m, found)
	}
	t.Logf("%d manifests, %d rows, %d of them with a gap that a finding names", n, rows, gaps)
}

func lookForSilence(t *testing.T, m *matrix.Matrix, found []source.Diagnostic) int {
	named := map[string]bool{}
	for _, f := range found {
		named[f.Row] = true
	}
	gaps := 0
	for i := range m.Rows {
		row, as, rs := &m.Rows[i], 0, 0
		for _, role := range row.Roles {
			if role.Letters.Has(matrix.Accountable) {
				as++
			}
			if role.Letters.Has(matrix.Responsible) {
				rs++
			}
		}
		if as > 1 {
			t.Errorf("row %s has %d As", row.ID, as)
		}
		if as == 1 && rs > 0 && !row.Unassigned {
			continue
		}
		if gaps++; !named[row.ID] {
			t.Errorf("row %s has %d As and %d Rs, and no finding says so", row.ID, as, rs)
		}
	}
	return gaps
}

func randomManifest(r *rand.Rand, cat *catalog.Catalog, services []catalog.ServiceSummary) []byte {
	var b strings.Builder
	b.WriteString("version: 1\norganization: E\nsystem: S\ndate: 2026-11-21\nparties: {a: A, b: B, c: C, op: {name: O, kind: operator}}\n")
	if r.IntN(4) == 0 {
		b.WriteString("accountability: provider\n")
	}
	holders := []string{"a", "b", "c", "[a, b]", "none", "aws"}
	one := []string{"a", "b", "c", "none"}
	if r.IntN(3) > 0 {
		fmt.Fprintf(&b, "defaults: {accountable: %s, responsible: %s}\n", pick(r, one), pick(r, holders))
	}
	b.WriteString("services:\n")
	for i := range 1 + r.IntN(4) {
		s := services[r.IntN(len(services))]
		fmt.Fprintf(&b, "  - {use: %q, name: e%d", s.ID, i)
		if len(s.Variants) > 0 && r.IntN(2) == 0 {
			fmt.Fprintf(&b, ", variant: %s", pick(r, s.Variants))
		}
		if r.IntN(3) > 0 {
			fmt.Fprintf(&b, ", owner: %s", pick(r, []string{"a", "b", "c"}))
		}
		b.WriteString("}\n")
	}
	duties := cat.Duties()
	b.WriteString("assign:\n")
	for range 1 + r.IntN(5) {
		d := duties[r.IntN(len(duties))]
		selector := pick(r, []string{"duty: " + d.ID, "control: " + d.Control.ID, "entry: e0, duty: " + d.ID, "split: shared", "category: inherited", `entry: "*"`})
		fmt.Fprintf(&b, "  - {%s, %s: %s}\n", selector, pick(r, []string{"responsible", "consulted", "informed"}), pick(r, holders))
		fmt.Fprintf(&b, "  - {%s, accountable: %s}\n", selector, pick(r, one))
	}
	d := duties[r.IntN(len(duties))]
	fmt.Fprintf(&b, "overrides:\n  - {duty: %s, sides: {%s}, reason: Random.}\n", d.ID,
		pick(r, []string{"op: Does all of it.", "aws: Does all of it.", "customer: Does all of it.", "op: Does the one half., customer: Does the other half."}))
	return []byte(b.String())
}

func pick(r *rand.Rand, words []string) string { return words[r.IntN(len(words))] }
