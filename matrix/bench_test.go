package matrix_test

import (
	"bytes"
	"fmt"
	"testing"
	"testing/fstest"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// manifestOf writes a manifest with this many entries.
func manifestOf(entries int) []byte {
	var b bytes.Buffer
	b.WriteString("version: 1\norganization: Example\nsystem: Shop\nparties: {cto: Chief Technology Officer, platform: Platform, data: Data}\n" +
		"defaults: {accountable: cto, responsible: platform}\nassign:\n  - {service: rds, control: data-protection, responsible: data}\n" +
		"  - {duty: configure-firewall, consulted: data}\nservices:\n")
	uses := []string{"ec2", "rds", "s3", "lambda", "vpc"}
	for i := range entries {
		fmt.Fprintf(&b, "  - {use: %s, name: entry-%d, owner: platform}\n", uses[i%len(uses)], i)
	}
	return b.Bytes()
}

func BenchmarkParseManifest(b *testing.B) {
	for _, entries := range []int{10, 1000} {
		data := manifestOf(entries)
		b.Run(fmt.Sprint(entries, "-entries"), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := matrix.ParseManifest("m.yaml", data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkBuild opens the catalog, reads the services in use, and merges.
func BenchmarkBuild(b *testing.B) {
	for _, entries := range []int{10, 1000} {
		man, problems := matrix.ParseManifest("m.yaml", manifestOf(entries))
		if problems != nil {
			b.Fatal(problems)
		}
		b.Run(fmt.Sprint(entries, "-entries"), func(b *testing.B) {
			b.ReportAllocs()
			rows := 0
			for b.Loop() {
				m, problems := matrix.Build(man, shipped(b))
				if problems != nil {
					b.Fatal(problems)
				}
				rows += len(m.Rows)
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// FuzzCatalog: no file of a catalog makes the loader panic, and what resolves
// has every duty once.
func FuzzCatalog(f *testing.F) {
	f.Add([]byte("id: new\nname: New\nmodel: base\nduties: {patch-app: {customer: Patches.}}\n"), []byte("controls: []\n"))
	f.Add(small["services/db.yaml"].Data, small["controls.yaml"].Data)
	f.Fuzz(func(t *testing.T, service, controls []byte) {
		cat, err := catalog.Open(catalog.Layer{Name: "catalog", FS: small},
			catalog.Layer{Name: "ours", FS: fstest.MapFS{"services/new.yaml": {Data: service}, "controls.yaml": {Data: controls}}})
		if err != nil {
			return
		}
		n, err := cat.Lookup(source.Ref{ID: "new"})
		if err != nil {
			return
		}
		s := n.Service
		var variants []source.Ref
		if len(s.Variants) > 0 {
			variants = []source.Ref{{ID: s.Variants[0].ID}}
		}
		r, err := cat.Resolve(s, variants)
		if err != nil {
			return
		}
		if len(r.Splits) != len(cat.Duties()) {
			t.Errorf("%d facts of %d duties", len(r.Splits), len(cat.Duties()))
		}
	})
}
