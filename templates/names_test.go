package templates_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/templates"
)

// TestEveryAWSService walks a table of AWS's services and parts of services:
// each of their names finds a service, or the reason why it is not one.
func TestEveryAWSService(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	f, err := os.Open("testdata/aws-names.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	found, none := 0, 0
	for _, row := range rows[1:] {
		id, sdk := row[0], row[1]
		switch _, err := cat.Lookup(source.Ref{ID: id}); {
		case err == nil:
			found++
		case strings.Contains(err.String(), "is not a service with duties"):
			none++
			continue
		default:
			t.Errorf("%s: %v", id, err)
			continue
		}
		for _, name := range append(strings.Split(row[2]+"|"+row[3], "|"), sdk) {
			if name = strings.TrimSuffix(strings.TrimSpace(name), "_"); name == "" {
				continue
			}
			if _, err := cat.Lookup(source.Ref{ID: name}); err != nil {
				t.Errorf("%s is not found by its name %q: %v", id, name, err)
			}
		}
	}
	t.Logf("%d of %d names of AWS are services or parts of one, %d are not services", found, len(rows)-1, none)
}

// TestIDsLast: customers' manifests name these ids. One may be added, none
// lost or renamed without an alias.
func TestIDsLast(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	const file = "testdata/ids.txt"
	data, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	known := strings.Fields(string(data))
	have := allIDs(t, cat)
	for _, id := range known {
		if slices.Contains(have, id) {
			continue
		}
		kind, name, _ := strings.Cut(id, ":")
		if kind == "service" {
			if _, err := cat.Lookup(source.Ref{ID: name}); err == nil {
				continue // the name lives on as an alias
			}
		}
		t.Errorf("%s is gone", id)
	}
	added := slices.DeleteFunc(slices.Clone(have), func(id string) bool { return slices.Contains(known, id) })
	if len(added) == 0 {
		return
	}
	if !*update {
		t.Fatalf("%s misses %s; add them with: go test ./templates -update", file, strings.Join(added, " "))
	}
	all := append(known, added...)
	slices.Sort(all)
	if err := os.WriteFile(file, []byte(strings.Join(all, "\n")+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
}

func allIDs(t *testing.T, cat *catalog.Catalog) []string {
	var ids []string
	services, problems := cat.Services()
	if problems != nil {
		t.Fatal(problems)
	}
	for _, s := range services {
		ids = append(ids, "service:"+s.ID)
		for _, v := range s.Variants {
			ids = append(ids, "variant:"+s.ID+"/"+v)
		}
	}
	for _, m := range cat.ModelIDs() {
		ids = append(ids, "model:"+m)
	}
	for _, c := range cat.Controls {
		ids = append(ids, "control:"+c.ID)
	}
	for _, d := range cat.Duties() {
		ids = append(ids, "duty:"+d.ID)
	}
	for _, f := range cat.FrameworkIDs() {
		ids = append(ids, "framework:"+f)
	}
	return ids
}
