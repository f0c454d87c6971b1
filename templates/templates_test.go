package templates_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"raci/matrix"
	"raci/matrix/check"
	"raci/templates"
)

var update = flag.Bool("update", false, "write the index anew")

func open(t *testing.T, layer matrix.Layer) *matrix.Catalog {
	t.Helper()
	cat, err := matrix.OpenCatalog(layer)
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

// TestCatalogIsHonest lints every file of the catalog that ships: strict
// decoding, ids that exist, an answer to every duty, the style of the texts,
// and a source for each specific fact.
func TestCatalogIsHonest(t *testing.T) {
	findings, err := check.LintCatalog(open(t, matrix.Layer{Name: "templates", FS: templates.FS}))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Errorf("%s: %s; %s [%s]", f.At, f.Message, f.Fix, f.Rule)
	}
}

// TestControlsHaveSources: what is said once for all services needs a page as
// well.
func TestControlsHaveSources(t *testing.T) {
	cat := open(t, matrix.Layer{Name: "templates", FS: templates.FS})
	service, err := cat.Lookup(matrix.Ref{ID: "ec2"})
	if err != nil {
		t.Fatal(err)
	}
	r, err := cat.Resolve(service, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Facts {
		if f.Basis == matrix.BasisControl && len(f.Sources) == 0 {
			t.Errorf("%s has no source", f.Duty.ID)
		}
	}
}

// TestIndex holds the index equal to the services' files, so that a list of
// services need not read them.
func TestIndex(t *testing.T) {
	whole := matrix.Layer{Name: "templates", FS: os.DirFS(".")}
	shipped, err := os.ReadFile(matrix.IndexFile)
	if err != nil {
		t.Fatal(err)
	}
	want, err := index(open(t, whole))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(matrix.IndexFile, want, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(shipped, want) {
		t.Errorf("%s is not what the services' files say; write it anew with: go test ./templates -update", matrix.IndexFile)
	}
}

// index lists the services from their files, one line each.
func index(cat *matrix.Catalog) ([]byte, error) {
	list, err := cat.ReadServices()
	if err != nil {
		return nil, err
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
