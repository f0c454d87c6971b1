package oscal

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/view"
)

func testPlan(t *testing.T) (*document, *plan) {
	t.Helper()
	d := newDocument(view.New(build(t, manifest), matrix.Findings{}))
	chosen, _ := chooseFramework(d.m)
	return d, wholePlan(d, chosen)
}

// wholePlan returns a plan with its requirements.
func wholePlan(d *document, s *catalog.Selection) *plan {
	p, requirements := d.plan(s, d.m.Answers(s))
	p.Controls.Requirements = slices.Collect(requirements)
	return p
}

func find(t *testing.T, p *plan, control string) *requirement {
	t.Helper()
	i := slices.IndexFunc(p.Controls.Requirements, func(q requirement) bool { return q.Control == control })
	if i < 0 {
		t.Fatalf("the plan has no %s", control)
	}
	return &p.Controls.Requirements[i]
}

// findStatement returns a lettered statement of a control.
func findStatement(t *testing.T, p *plan, control, id string) *answeredStatement {
	t.Helper()
	q := find(t, p, control)
	i := slices.IndexFunc(q.Statements, func(s answeredStatement) bool { return s.ID == id })
	if i < 0 || len(q.Statements[i].Components) != 1 {
		t.Fatalf("%s is not answered by %s: %+v", control, id, q)
	}
	return &q.Statements[i]
}

// values returns the values of the properties of this name.
func values(props []prop, name string) string {
	var all []string
	for _, p := range props {
		if p.Name == name {
			all = append(all, p.Value)
		}
	}
	return strings.Join(all, " ")
}

// TestPlanOfOneProfile chooses the framework with a profile though it stands
// second, and says what was left out.
func TestPlanOfOneProfile(t *testing.T) {
	d, p := testPlan(t)
	var b bytes.Buffer
	warnings, err := WritePlan(&b, d.report)
	if err != nil {
		t.Fatal(err)
	}
	if want := "a plan rests on one profile, and this one is about nist-800-53-r5/moderate; left out: nist-800-171-r2"; len(warnings) != 3 || warnings[0] != want {
		t.Errorf("the warnings are %q", warnings)
	}
	if got, want := p.Profile.Href, nistRevision5+"MODERATE-baseline_profile.json"; got != want {
		t.Errorf("the profile is %s, want %s", got, want)
	}
	if got := len(p.Controls.Requirements); got != 287 {
		t.Errorf("%d controls, want the 287 of the baseline", got)
	}
	if r := p.BackMatter.Resources[0]; values(r.Props, "row") == "" || p.Characteristics.Sensitivity != "fips-199-moderate" {
		t.Errorf("the first resource is %+v, the sensitivity %q", r, p.Characteristics.Sensitivity)
	}
}

// TestPlanWithoutProfile refers to a resource in the document.
func TestPlanWithoutProfile(t *testing.T) {
	d := newDocument(view.New(build(t, manifest), matrix.Findings{}))
	p := wholePlan(d, &d.m.Frameworks[0])
	if p.Profile.Href != "#"+p.BackMatter.Resources[0].UUID || !strings.HasPrefix(p.Profile.Remarks, "PLACEHOLDER") {
		t.Errorf("the profile is %+v, the resources are %+v", p.Profile, p.BackMatter)
	}
	if got := find(t, p, "_3.14.1"); values(got.Props, "requirement") != "3.14.1" {
		t.Errorf("3.14.1 has the properties %v", got.Props)
	}
	number := prop{Name: "requirement", NS: NS, Value: "3.14.1", Class: "_3.14.1"}
	if got := p.BackMatter.Resources[0].Props; !slices.Contains(got, number) {
		t.Errorf("the framework has the properties %v", got)
	}
}

// TestChoose takes FedRAMP's baseline before NIST's, whichever comes first in
// the manifest, as the FedRAMP workbook does; then what has a profile.
func TestChoose(t *testing.T) {
	for frameworks, want := range map[string]string{
		"nist-800-53-r5/moderate, fedramp-rev5/high":             "fedramp-rev5/high",
		"fedramp-rev5/low, nist-800-53-r5/high, pci-dss-4.0.1":   "fedramp-rev5/low",
		"fedramp-rev5, nist-800-53-r5/low":                       "nist-800-53-r5/low",
		"pci-dss-4.0.1, nist-800-53-r5":                          "pci-dss-4.0.1",
		"pci-dss-4.0.1, nist-800-53-r5/privacy, nist-800-171-r2": "nist-800-53-r5/privacy",
	} {
		source := "version: 1\norganization: X\nsystem: Y\nparties: {a: A}\ndefaults: {accountable: a}\nservices: [{use: s3, owner: a}]\nframeworks: [" + frameworks + "]\n"
		if got, _ := chooseFramework(build(t, source)); got.Name != want {
			t.Errorf("of %s the plan takes %s, want %s", frameworks, got.Name, want)
		}
	}
}

// TestSplit follows one row of each kind from the side that provides it to the
// system that inherits it or satisfies what is left.
func TestSplit(t *testing.T) {
	d, p := testPlan(t)
	if got := values(find(t, p, "si-2").Props, "control-origination"); got != "inherited organization system-specific" {
		t.Errorf("si-2 originates from %s", got)
	}
	q := findStatement(t, p, "si-2", "si-2_smt.c")
	if got := values(q.Props, "requirement") + " " + values(q.Props, "ownership"); got != "SI-2c shared" {
		t.Errorf("the statement says of itself: %s", got)
	}
	self := q.Components[0]
	if self.Component != p.System.Components[0].UUID || p.System.Components[0].Type != "this-system" {
		t.Fatal("the first component is not the system")
	}
	for _, row := range []string{"orders-db/patch-platform", "ledger-db/patch-guest-os", "s3/patch-host"} {
		follow(t, d, p, &self, find(t, p, "si-2").Components, row)
	}
}

// follow compares what the documents say of a row with the matrix: what the
// components export, and what the system makes of it.
func follow(t *testing.T, d *document, p *plan, self *byComponent, exports []byComponent, id string) {
	t.Helper()
	row := d.m.Rows[slices.IndexFunc(d.m.Rows, func(r matrix.Row) bool { return r.ID == id })]
	of := map[string]string{} // rows by the UUID of what is exported of them
	provider := map[string]string{}
	var left responsibility
	for _, by := range exports {
		for _, e := range by.Export.Provided {
			of[e.UUID], provider[e.UUID] = linkedRow(p, e.Links), d.parties[catalog.AWS]
			if len(e.Responsible) > 0 {
				provider[e.UUID] = e.Responsible[0].Parties[0]
			}
		}
		for _, r := range by.Export.Responsibilities {
			if of[r.UUID] = of[r.Provided]; r.Provided == "" {
				of[r.UUID] = linkedRow(p, r.Links)
			}
			if of[r.UUID] == id {
				left = r
			}
		}
	}
	for _, s := range provided(&row) {
		if !slices.ContainsFunc(self.Inherited, func(in inherited) bool {
			return of[in.Provided] == id && provider[in.Provided] == d.parties[s.Who] && strings.HasPrefix(in.Description, escapeMarkdown(row.Title))
		}) {
			t.Errorf("%s: what %s does is not inherited", id, s.Who)
		}
	}
	i := slices.IndexFunc(self.Satisfied, func(s satisfied) bool { return of[s.Responsibility] == id })
	if want := row.Side(catalog.Customer); (i >= 0) != (want != "") || left.Description != escapeMarkdown(want) {
		t.Errorf("%s: satisfied is %v, and left is %q, want %q", id, i >= 0, left.Description, want)
	}
	if i < 0 {
		return
	}
	want := []assignment{{"accountable", []string{d.parties["cto"]}}, {"responsible", []string{d.parties["platform"]}}}
	if got := self.Satisfied[i].Responsible; !reflect.DeepEqual(got, want) {
		t.Errorf("%s: the roles are %v", id, got)
	}
}

// linkedRow returns the id of the row that the links lead to.
func linkedRow(p *plan, links []link) string {
	if len(links) != 1 {
		return ""
	}
	i := slices.IndexFunc(p.BackMatter.Resources, func(r resource) bool { return "#"+r.UUID == links[0].Href })
	return values(p.BackMatter.Resources[i].Props, "row")
}

// TestLetters checks that every row says once who holds which letter, what to ask for
// and where it comes from.
func TestLetters(t *testing.T) {
	d, p := testPlan(t)
	seen := map[string]bool{}
	for _, r := range p.BackMatter.Resources {
		id := values(r.Props, "row")
		row := d.m.Rows[slices.IndexFunc(d.m.Rows, func(r matrix.Row) bool { return r.ID == id })]
		seen[id] = true
		if got, want := values(r.Props, "accountable"), row.Accountable(); got != want {
			t.Errorf("%s: %q is accountable, want %q", id, got, want)
		}
		if len(r.Links) != len(sources(&row)) || len(row.Evidence) > 0 && !strings.Contains(r.Description, escapeMarkdown(row.Evidence[0])) {
			t.Errorf("%s: evidence or sources are missing: %+v", id, r)
		}
	}
	for _, r := range d.m.Rows {
		if answers := slices.ContainsFunc(r.Requirements, func(q matrix.RowRequirements) bool { return q.Framework == "nist-800-53-r5" }); answers && !seen[r.ID] {
			t.Errorf("%s has no resource", r.ID)
		}
	}
}

// TestOrganizationRows names who answers for what the organization does itself where no row
// says it.
func TestOrganizationRows(t *testing.T) {
	d, p := testPlan(t)
	by := findStatement(t, p, "ac-1", "ac-1_smt.b").Components[0]
	want := []assignment{{"accountable", []string{d.parties["cto"]}}, {"responsible", []string{d.parties["platform"]}}}
	if !reflect.DeepEqual(by.Responsible, want) || by.Status.Remarks != remarkPlanned {
		t.Errorf("AC-1b is %+v", by)
	}
}

func TestExcluded(t *testing.T) {
	_, p := testPlan(t)
	q := find(t, p, "pe-2")
	if len(q.Components) != 0 || len(q.Statements) < 2 {
		t.Fatalf("pe-2 is %+v", q)
	}
	for _, statement := range q.Statements {
		by := statement.Components[0]
		if why := `This control is left out: No \*buildings\*.`; by.Description != why || *by.Status != (status{"not-applicable", why}) || values(statement.Props, "control-origination") != "" {
			t.Errorf("%s is %+v", statement.ID, statement)
		}
	}
}

// TestGap: rows without an accountable party.
func TestGap(t *testing.T) {
	d := newDocument(view.New(build(t, strings.Replace(manifest, "accountable: cto, ", "", 1)), matrix.Findings{}))
	q := findStatement(t, wholePlan(d, &d.m.Frameworks[1]), "si-2", "si-2_smt.c")
	if got := q.Components[0].Satisfied[0].Description; !strings.HasSuffix(got, "Accountable: nobody yet.") {
		t.Errorf("a gap reads: %s", got)
	}
}

// TestDefinedComponents leads from the plan to the component definition.
func TestDefinedComponents(t *testing.T) {
	d, p := testPlan(t)
	known := map[string]string{}
	_, components := d.componentDefinition()
	for c := range components {
		known[c.UUID] = c.Title
	}
	for _, c := range p.System.Components[2:] {
		if title := known[values(c.Props, "defined-component")]; title == "" || !strings.HasSuffix(c.Title, title) {
			t.Errorf("%s is defined by %q", c.Title, title)
		}
	}
}

// TestComponents has one component for each service and variant, and both
// sides of a requirement.
func TestComponents(t *testing.T) {
	d := newDocument(view.New(build(t, manifest), matrix.Findings{}))
	def, components := d.componentDefinition()
	def.Components = slices.Collect(components)
	var titles []string
	for _, c := range def.Components {
		titles = append(titles, c.Title)
		if len(c.Controls) != 2 {
			t.Errorf("%s has the controls of %d frameworks, want 2", c.Title, len(c.Controls))
		}
	}
	want := []string{"Amazon Web Services", `Organization-wide duties of Example \*Corp\*`, "Amazon S3", "Amazon RDS", "Amazon RDS (Amazon RDS Custom for Oracle)"}
	if !slices.Equal(titles, want) {
		t.Errorf("the components are %q, want %q", titles, want)
	}
	rds := def.Components[3]
	if got := values(rds.Props, "entry"); got != "orders-db stock-db" {
		t.Errorf("the entries of RDS are %s", got)
	}
	i := slices.IndexFunc(rds.Controls[1].Requirements, func(q definedRequirement) bool { return q.Control == "si-2" })
	q := rds.Controls[1].Requirements[i]
	if len(q.Statements) == 0 || q.Statements[0].ID != "si-2_smt.a" || q.Props[0].Class != "shared" || !strings.Contains(q.Props[0].Value, "patch-platform") {
		out, _ := json.MarshalIndent(q, "", " ")
		t.Errorf("SI-2 of RDS is %s", out)
	}
}

// TestDuties leads from the duties of each control to the rows of the matrix,
// and to all of them.
func TestDuties(t *testing.T) {
	d := newDocument(view.New(build(t, manifest), matrix.Findings{}))
	def, components := d.componentDefinition()
	unseen := map[string]bool{}
	for _, r := range def.BackMatter.Resources {
		if id := values(r.Props, "row"); id != "" {
			unseen[id] = true
		}
	}
	all := maps.Clone(unseen)
	for c := range components {
		for _, i := range c.Controls {
			for _, q := range i.Requirements {
				for _, duty := range strings.Fields(values(q.Props, "duties")) {
					found := false
					for _, entry := range strings.Fields(values(c.Props, "entry")) {
						found = found || all[entry+"/"+duty]
						delete(unseen, entry+"/"+duty)
					}
					if !found {
						t.Errorf("%s: no row of %s is about %s", c.Title, q.Control, duty)
					}
				}
			}
		}
	}
	delete(unseen, matrix.OrganizationEntry+"/train-provider-staff") // AWS trains its own staff, and the customer cannot lean on it
	if len(all) < 50 || len(unseen) > 0 {
		t.Errorf("no control leads to the rows %v", slices.Sorted(maps.Keys(unseen)))
	}
}
