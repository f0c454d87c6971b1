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
	isFound := func(name string) error {
		if len(cat.Meanings(name)) > 1 {
			return nil // whoever uses it is shown what it fits
		}
		_, err := cat.Lookup(source.Ref{ID: name})
		return err.Err()
	}
	for _, row := range rows[1:] {
		id, sdk := row[0], row[1]
		switch err := isFound(id); {
		case err == nil:
			found++
		case strings.Contains(err.Error(), "is not a service with duties"):
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
			if err := isFound(name); err != nil {
				t.Errorf("%s is not found by its name %q: %v", id, name, err)
			}
		}
	}
	t.Logf("%d of %d names of AWS are services or parts of one, %d are not services", found, len(rows)-1, none)
}

// TestProductNames walks names as AWS and its customers write them: each means
// what it says, and one that fits several is answered with all of them.
func TestProductNames(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	data, err := os.ReadFile("testdata/product-names.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		name, means, _ := strings.Cut(line, ",")
		n, problems := cat.Lookup(source.Ref{ID: name})
		got := strings.Join(cat.Meanings(name), " ")
		switch text := problems.String(); {
		case problems == nil:
			got = n.ID()
		case strings.Contains(text, "is not a service with duties"):
			got = "none"
		case !strings.Contains(text, "fits several: "+strings.ReplaceAll(got, " ", ", ")):
			t.Errorf("%s: %s", name, text)
		}
		if got != means {
			t.Errorf("%s means %s, not %s", name, means, got)
		}
	}
}

// TestEveryName walks all names in the files of services, in the list of other
// names and in that of ambiguous ones: each means what it stands for there, and
// no more.
func TestEveryName(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	services, problems := cat.Services()
	if problems != nil {
		t.Fatal(problems)
	}
	walked := 0
	means := func(name, meaning string) {
		walked++
		got := cat.Meanings(name)
		if slices.Contains(got, meaning) && len(got) > 1 {
			t.Errorf("%q stands for %s and is ambiguous as well", name, meaning)
		} else if !slices.Equal(got, []string{meaning}) {
			t.Errorf("%q means %v, not %s", name, got, meaning)
		}
		if n, problems := cat.Lookup(source.Ref{ID: strings.ToUpper(name)}); problems != nil || n.ID() != meaning {
			t.Errorf("%q in capitals means %v, not %s: %v", name, n, meaning, problems)
		}
	}
	for _, s := range services {
		for _, name := range append([]string{s.ID, s.Name}, s.Aliases...) {
			means(name, s.ID)
		}
		for _, v := range s.Variants {
			if n, problems := cat.Lookup(source.Ref{ID: strings.ToUpper(s.ID + "/" + v)}); problems != nil || n.ID() != s.ID+"/"+v {
				t.Errorf("%s/%s means %v: %v", s.ID, v, n, problems)
			}
			for i, name := range s.VariantNames[v] {
				for _, short := range []string{strings.TrimPrefix(name, "Amazon "), strings.TrimPrefix(name, "AWS ")} {
					if len(cat.Meanings(short)) == 0 {
						t.Errorf("%q means nothing without the maker before it", name)
					}
				}
				if printed := i == 0; printed && !slices.Contains(cat.Meanings(name), s.ID+"/"+v) {
					continue // a service has it, as Amazon S3 on Outposts
				}
				means(name, s.ID+"/"+v)
			}
		}
	}
	t.Logf("%d names", walked)
	clashes, problems := cat.Clashes()
	if problems != nil || len(clashes) > 0 {
		t.Errorf("%v %v", clashes, problems)
	}
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
