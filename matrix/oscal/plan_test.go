package oscal

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"raci/matrix"
)

func testPlan(t *testing.T) (*document, *plan) {
	t.Helper()
	d := newDocument(build(t, manifest))
	chosen, _ := chooseFramework(d.m)
	return d, d.plan(chosen)
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
	if i < 0 || len(q.Components) > 0 {
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
	warnings, err := WritePlan(&b, d.m, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "a plan rests on one profile, and this one is about nist-800-53-r5/moderate; left out: nist-800-171-r2"; len(warnings) != 2 || warnings[0] != want {
		t.Errorf("the warnings are %q", warnings)
	}
	if got, want := p.Profile.Href, nistRevision5+"MODERATE-baseline_profile.json"; got != want {
		t.Errorf("the profile is %s, want %s", got, want)
	}
	if got := len(p.Controls.Requirements); got != 287 {
		t.Errorf("%d controls, want the 287 of the baseline", got)
	}
	if p.BackMatter != nil || p.Characteristics.Sensitivity != "moderate" {
		t.Errorf("back matter %v, sensitivity %q", p.BackMatter, p.Characteristics.Sensitivity)
	}
}

// TestPlanWithoutProfile refers to a resource in the document.
func TestPlanWithoutProfile(t *testing.T) {
	d := newDocument(build(t, manifest))
	p := d.plan(&d.m.Frameworks[0])
	if p.Profile.Href != "#"+p.BackMatter.Resources[0].UUID || !strings.HasPrefix(p.Profile.Remarks, "PLACEHOLDER") {
		t.Errorf("the profile is %+v, the resources are %+v", p.Profile, p.BackMatter)
	}
	if got := find(t, p, "_3.14.1"); values(got.Props, "requirement") != "3.14.1" {
		t.Errorf("3.14.1 has the properties %v", got.Props)
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
		follow(t, d, q.Components, row)
	}
}

// follow compares what the documents say of a row with the matrix.
func follow(t *testing.T, d *document, components []byComponent, id string) {
	t.Helper()
	self := &components[0]
	row := d.m.Rows[slices.IndexFunc(d.m.Rows, func(r matrix.Row) bool { return r.ID == id })]
	is := func(props []prop) bool { return values(props, "row") == id }
	for _, s := range provided(&row) {
		found := false
		for _, in := range self.Inherited {
			for _, by := range components {
				if !is(in.Props) || by.Export == nil {
					continue
				}
				found = found || slices.ContainsFunc(by.Export.Provided, func(e exported) bool {
					return e.UUID == in.Provided && strings.HasSuffix(e.Description, s.Text) && e.Responsible[0].Parties[0] == d.parties[s.Who]
				})
			}
		}
		if !found {
			t.Errorf("%s: what %s does is not inherited", id, s.Who)
		}
	}
	i := slices.IndexFunc(self.Satisfied, func(s satisfied) bool { return is(s.Props) })
	if want := row.Side(matrix.Customer) != ""; (i >= 0) != want {
		t.Errorf("%s: satisfied is %v, want %v", id, i >= 0, want)
	}
	if i >= 0 && !strings.Contains(self.Satisfied[i].Description, `Responsible: Platform\_Engineering. Accountable: Chief Technology Officer.`) {
		t.Errorf("%s: %s", id, self.Satisfied[i].Description)
	}
}

func TestExcluded(t *testing.T) {
	_, p := testPlan(t)
	q := find(t, p, "pe-2")
	by := q.Components[0]
	if len(q.Components) != 1 || by.Status == nil || by.Status.State != "not-applicable" || by.Description != `The manifest leaves this control out: No \*buildings\*.` {
		t.Errorf("pe-2 is %+v", q)
	}
}

// TestGap tells of rows without an accountable party.
func TestGap(t *testing.T) {
	d := newDocument(build(t, strings.Replace(manifest, "accountable: cto, ", "", 1)))
	q := findStatement(t, d.plan(&d.m.Frameworks[1]), "si-2", "si-2_smt.c")
	if got := q.Components[0].Satisfied[0].Description; !strings.HasSuffix(got, "Accountable: nobody yet.") {
		t.Errorf("a gap reads: %s", got)
	}
}

// TestDefinedComponents leads from the plan to the component definition.
func TestDefinedComponents(t *testing.T) {
	d, p := testPlan(t)
	known := map[string]string{}
	for _, c := range d.componentDefinition().Components {
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
	d := newDocument(build(t, manifest))
	def := d.componentDefinition()
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
	if len(q.Statements) == 0 || q.Statements[0].ID != "si-2_smt.a" || values(q.Props, "ownership") != "shared" || len(q.Links) == 0 {
		out, _ := json.MarshalIndent(q, "", " ")
		t.Errorf("SI-2 of RDS is %s", out)
	}
}
