package matrix_test

import (
	"encoding/csv"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/templates"
)

func shipped(t testing.TB) *catalog.Catalog {
	t.Helper()
	cat, problems := catalog.Open(catalog.Layer{Name: "templates", FS: templates.FS})
	if problems != nil {
		t.Fatal(problems)
	}
	return cat
}

func table(t testing.TB, file string) [][]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines[1:]
}

func resolve(t testing.TB, cat *catalog.Catalog, name string) *catalog.Resolved {
	t.Helper()
	n, problems := cat.Lookup(source.Ref{ID: name})
	if problems != nil {
		t.Fatal(problems)
	}
	r, problems := cat.Resolve(n.Service, n.Variants)
	if problems != nil {
		t.Fatalf("%s: %v", name, problems)
	}
	return r
}

func splitOf(r *catalog.Resolved, duty string) string {
	for _, f := range r.Splits {
		if f.Duty.ID == duty {
			return f.Split()
		}
	}
	return "no such duty"
}

// customerHardware are the variants that run on hardware at the customer's
// site. There the statements about every service do not hold for the duties
// that touch the hardware: they become the customer's, wholly or in part.
var customerHardware = regexp.MustCompile(`^(.*/(outposts|customer-site)|ecs/external|eks/hybrid-nodes|ssm/hybrid-nodes|gamelift/anywhere|s3outposts|outposts(/.*)?|snowball(/.*)?|snowcone|panorama|eksanywhere|storagegateway/on-premises|greengrassv2)$`)

var hardwareDuties = []string{
	"facility-access", "environmental-protection", "media-disposal", "host-hypervisor", "network-backbone",
	"patch-host", "configure-infrastructure",
}

// everywhere lists every service, and each of its variants alone.
func everywhere(t testing.TB, cat *catalog.Catalog) []string {
	t.Helper()
	var names []string
	services, problems := cat.Services()
	if problems != nil {
		t.Fatal(problems)
	}
	for _, s := range services {
		names = append(names, s.ID)
		for _, v := range s.Variants {
			names = append(names, s.ID+"/"+v)
		}
	}
	return names
}

// TestSeedStatements compares the catalog with what the source documents say.
func TestSeedStatements(t *testing.T) {
	cat := shipped(t)
	statements := table(t, "testdata/seed-splits.csv")
	if len(statements) != 180 {
		t.Fatalf("%d statements, want 180", len(statements))
	}
	all := map[string]*catalog.Resolved{}
	names := everywhere(t, cat)
	for _, name := range names {
		all[name] = resolve(t, cat, name)
	}
	for _, s := range statements {
		scope, duty, split, statement := s[1], s[2], s[3], s[4]
		id, isControl := strings.CutPrefix(scope, "control:")
		switch {
		case isControl:
			if c := cat.Control(id); c == nil || string(c.Category) != split {
				t.Errorf("%s: control %s is not %s", statement, id, split)
			}
		case split == "present":
			resolve(t, cat, scope)
		case scope == "*":
			applies := 0
			for _, name := range names {
				got := splitOf(all[name], duty)
				if got != catalog.NoSplit {
					applies++
				}
				if customerHardware.MatchString(name) && slices.Contains(hardwareDuties, duty) {
					continue
				}
				if got != catalog.NoSplit && !holds(all[name], duty, split) {
					t.Errorf("%s: %s of %s is %s, want %s", statement, duty, name, got, split)
				}
			}
			if applies == 0 {
				t.Errorf("%s: %s applies to no service", statement, duty)
			}
		default:
			if r := resolve(t, cat, scope); !holds(r, duty, split) {
				t.Errorf("%s: %s of %s is %s, want %s", statement, duty, scope, splitOf(r, duty), split)
			}
		}
	}
}

// holds reports whether the duty has the split; aws-part and customer-part
// ask for a side.
func holds(r *catalog.Resolved, duty, want string) bool {
	who, part := strings.CutSuffix(want, "-part")
	if !part {
		return splitOf(r, duty) == want
	}
	for _, f := range r.Splits {
		if f.Duty.ID == duty {
			return slices.ContainsFunc(f.Sides, func(s catalog.Side) bool { return s.Who == who })
		}
	}
	return false
}

// TestVocabulary compares the catalog with the controls and duties that users'
// manifests name: one may be added, none lost.
func TestVocabulary(t *testing.T) {
	cat := shipped(t)
	for _, line := range table(t, "testdata/duties.csv") {
		control := cat.Control(line[0])
		if control == nil || string(control.Category) != line[1] {
			t.Errorf("control %s: missing, or not %s", line[0], line[1])
			continue
		}
		i := slices.IndexFunc(control.Duties, func(d *catalog.Duty) bool { return d.ID == line[2] })
		if i < 0 {
			t.Errorf("duty %s is not in %s", line[2], line[0])
		} else if d := control.Duties[i]; string(d.Scope) != line[3] || d.Title != line[4] {
			t.Errorf("duty %s: scope %q title %q, want %q %q", d.ID, d.Scope, d.Title, line[3], line[4])
		}
	}
}
