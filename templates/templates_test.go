package templates_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"raci/matrix/catalog"
	"raci/matrix/check"
	"raci/matrix/source"
	"raci/templates"
)

var update = flag.Bool("update", false, "rewrite the index")

func open(t *testing.T, layer catalog.Layer) *catalog.Catalog {
	t.Helper()
	cat, problems := catalog.Open(layer)
	if problems != nil {
		t.Fatal(problems)
	}
	return cat
}

// TestCatalogIsHonest lints every file of the catalog that ships: strict
// decoding, ids that exist, an answer to every duty, the style of the texts,
// and a source for each specific fact.
func TestCatalogIsHonest(t *testing.T) {
	findings, problems := check.LintCatalog(open(t, catalog.Layer{Name: "templates", FS: templates.FS}))
	if problems != nil {
		t.Fatal(problems)
	}
	for _, f := range findings {
		if f.Severity == source.Note {
			continue // what nobody looked at yet
		}
		t.Errorf("%s: %s; %s [%s]", f.At, f.Message, f.Hint, f.Rule)
	}
}

// TestControlsHaveSources: what is said once for all services needs a page as
// well.
func TestControlsHaveSources(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	n, problems := cat.Lookup(source.Ref{ID: "ec2"})
	if problems != nil {
		t.Fatal(problems)
	}
	r, problems := cat.Resolve(n.Service, nil)
	if problems != nil {
		t.Fatal(problems)
	}
	for _, f := range r.Splits {
		if f.Basis == catalog.BasisControl && len(f.Sources) == 0 {
			t.Errorf("%s has no source", f.Duty.ID)
		}
	}
}

// TestIndex keeps the index equal to the services' files, so that a list of
// services need not read them.
func TestIndex(t *testing.T) {
	whole := catalog.Layer{Name: "templates", FS: os.DirFS(".")}
	shipped, err := os.ReadFile(catalog.IndexFile)
	if err != nil {
		t.Fatal(err)
	}
	want, err := index(open(t, whole))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(catalog.IndexFile, want, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(shipped, want) {
		t.Errorf("%s is not what the services' files say; rewrite it with: go test ./templates -update", catalog.IndexFile)
	}
}

// index lists the services from their files, one line each.
func index(cat *catalog.Catalog) ([]byte, error) {
	list, err := cat.ReadServices()
	if err != nil {
		return nil, err.Err()
	}
	b := bytes.NewBufferString("[\n")
	for i, s := range list {
		if i > 0 {
			b.WriteString(",\n")
		}
		line, err := json.Marshal(s)
		if err != nil {
			return nil, err
		}
		b.Write(line)
	}
	b.WriteString("\n]\n")
	return b.Bytes(), nil
}
