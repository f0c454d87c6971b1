package templates_test

import (
	"slices"
	"strings"
	"testing"

	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/templates"
)

// ofAWSItself are documents in AWS Artifact that AWS writes about itself, under no
// program that lists services.
var ofAWSItself = []string{"AWS PCI DSS responsibility summary (AWS Artifact)", "AWS answers to the CSA's questionnaire (AWS Artifact)"}

// TestPrograms: programs have their pages and reports, and lists name services that AWS
// still has, by their ids, up to the month of the catalog.
func TestPrograms(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	programs, problems := cat.Programs()
	if problems != nil {
		t.Fatal(problems)
	}
	ids := map[string]bool{}
	for _, id := range cat.ServiceIDs() {
		ids[id] = true
	}
	for _, p := range programs {
		if !strings.HasPrefix(p.Page, "https://aws.amazon.com/compliance/") {
			t.Errorf("%s has the page %q", p.ID, p.Page)
		}
		names, newest := cat.Listed(p.ID)
		for _, name := range names {
			if !ids[name] {
				t.Errorf("%s lists %q, which is the id of no service", p.ID, name)
			}
		}
		if month := strings.ReplaceAll(cat.Version, ".", "-"); newest > month {
			t.Errorf("%s has a list of %s, and the catalog is of %s", p.ID, newest, month)
		}
	}
	for _, id := range cat.ServiceIDs() {
		list, _ := cat.Coverage(id)
		for _, c := range list {
			if c.Since > c.Seen {
				t.Errorf("%s: %s since %s, last seen %s", id, c.Program, c.Since, c.Seen)
			}
		}
	}
}

// TestReportsAreConfirmed: every report of AWS that evidence or a framework names is one
// of a program, and rows of services name it plainly where a list has the service, and
// else say to confirm it.
func TestReportsAreConfirmed(t *testing.T) {
	cat := open(t, catalog.Layer{Name: "templates", FS: templates.FS})
	programs, _ := cat.Programs()
	endingIn := func(report string) (ids []string) {
		for _, p := range programs {
			if p.Names(report) {
				ids = append(ids, p.ID)
			}
		}
		return ids
	}
	known := func(where, evidence string) {
		if strings.HasPrefix(evidence, "AWS ") && strings.HasSuffix(evidence, "(AWS Artifact)") && endingIn(evidence) == nil && !slices.Contains(ofAWSItself, evidence) {
			t.Errorf("%s: %q is the report of no program", where, evidence)
		}
	}
	plain, unconfirmed := 0, 0
	for _, id := range cat.ServiceIDs() {
		for _, r := range inEachVariant(t, cat, id) {
			for _, f := range r.Splits {
				for _, e := range f.Evidence {
					report, open := catalog.Unqualified(e)
					known(r.ID()+" "+f.Duty.ID, report)
					of := endingIn(report)
					if of == nil {
						if strings.Contains(e, "(AWS Artifact)") && !strings.HasPrefix(e, "AWS ") {
							t.Errorf("%s %s: %q does not begin with AWS", r.ID(), f.Duty.ID, e)
						}
						continue
					}
					if want := f.Scope == catalog.ServiceScope && !catalog.Confirmed(r.Coverage, of); open != want {
						t.Errorf("%s %s: the evidence is %q", r.ID(), f.Duty.ID, e)
					}
					if open {
						unconfirmed++
					} else {
						plain++
					}
				}
			}
		}
	}
	if plain == 0 || unconfirmed == 0 {
		t.Errorf("reports are named plainly %d times, and %d times not", plain, unconfirmed)
	}
	for _, id := range cat.FrameworkIDs() {
		f, problems := cat.Framework(id)
		if problems != nil {
			t.Fatal(problems)
		}
		for _, report := range f.Reports {
			known(id, report)
		}
	}
}

// inEachVariant resolves a service alone, and in each of its variants.
func inEachVariant(t *testing.T, cat *catalog.Catalog, id string) (list []*catalog.Resolved) {
	t.Helper()
	n, problems := cat.Lookup(source.Ref{ID: id})
	if problems != nil {
		t.Fatal(problems)
	}
	for _, v := range append([]*catalog.Variant{nil}, n.Service.Variants...) {
		var refs []source.Ref
		if v != nil {
			refs = []source.Ref{{ID: v.ID}}
		}
		r, problems := cat.Resolve(n.Service, refs)
		if problems != nil {
			t.Fatal(problems)
		}
		list = append(list, r)
	}
	return list
}
