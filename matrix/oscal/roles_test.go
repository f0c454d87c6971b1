package oscal

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/view"
)

// byComponents are all of a requirement, with where they stand.
func byComponents(q *requirement) map[string][]byComponent {
	all := map[string][]byComponent{q.Control: q.Components}
	for _, s := range q.Statements {
		all[s.ID] = s.Components
	}
	return all
}

// TestRolesAndStates: whatever a plan says of a component, it says who holds
// which letter there, and how far it is.
func TestRolesAndStates(t *testing.T) {
	_, p := testPlan(t)
	states := map[string]int{}
	for i := range p.Controls.Requirements {
		q := &p.Controls.Requirements[i]
		for at, list := range byComponents(q) {
			for _, by := range list {
				states[by.Status.State]++
				if by.Status.Remarks == "" || len(by.Responsible) == 0 {
					t.Errorf("%s: status %+v, roles %v", at, by.Status, by.Responsible)
				}
				var roles []string
				for _, r := range by.Responsible {
					roles = append(roles, r.Role)
				}
				if slices.Sort(roles); len(slices.Compact(slices.Clone(roles))) != len(roles) {
					t.Errorf("%s: the roles are %v", at, roles)
				}
				if by.Status.State != "not-applicable" && !slices.Contains(roles, "accountable") {
					t.Errorf("%s: nobody is accountable: %v", at, by.Responsible)
				}
			}
		}
		if len(q.Statements) == 0 {
			t.Errorf("%s has no statement", q.Control)
		}
	}
	for _, s := range []string{"implemented", "partial", "planned", "not-applicable"} {
		if states[s] == 0 {
			t.Errorf("nothing is %s: %v", s, states)
		}
	}
}

// TestExportRoles: the roles of a component at a control are the letters of its
// rows there.
func TestExportRoles(t *testing.T) {
	letters := strings.Replace(manifest, "overrides:", "assign:\n  - {entry: ledger-db, duty: patch-guest-os, consulted: [platform]}\n  - {entry: ledger-db, duty: patch-platform, informed: [msp]}\noverrides:", 1)
	d := newDocument(view.New(build(t, letters), matrix.Findings{}))
	q := find(t, wholePlan(d, &d.m.Frameworks[1]), "si-2")
	ledger := d.uuid("component", "entry/ledger-db")
	i := slices.IndexFunc(q.Components, func(by byComponent) bool { return by.Component == ledger })
	party := func(ids ...string) (uuids []string) {
		for _, id := range ids {
			uuids = append(uuids, d.parties[id])
		}
		return uuids
	}
	want := []assignment{{"provider", party("aws", "msp")}, {"accountable", party("cto")}, {"responsible", party("platform")}, {"consulted", party("platform")}, {"informed", party("msp")}}
	if got := q.Components[i].Responsible; !reflect.DeepEqual(got, want) {
		t.Errorf("the roles are %v, want %v", got, want)
	}
	if got := *q.Components[i].Status; got != (status{"partial", remarkPartial}) {
		t.Errorf("the status is %+v", got)
	}
}

// TestStatus: no more is claimed than the rows show.
func TestStatus(t *testing.T) {
	d, p := testPlan(t)
	rows := map[string]*matrix.Row{}
	for i := range d.m.Rows {
		rows[d.m.Rows[i].ID] = &d.m.Rows[i]
	}
	if got := p.Controls.Requirements[0].Statements[0].Components[0].Status; *got != (status{"planned", remarkPlanned}) {
		t.Errorf("%s: %+v", p.Controls.Requirements[0].Control, got)
	}
	answers := d.m.Answers(&d.m.Frameworks[1])
	i := slices.IndexFunc(answers, func(a matrix.Answer) bool { return a.Requirement.ID == "SI-2" })
	a := &answer{d: d, Answer: &answers[i]}
	guest := *rows["ledger-db/patch-guest-os"]
	host := *rows["s3/patch-host"]
	host.Sources = rows["orders-db/patch-platform"].Sources
	unsourced := host
	unsourced.Sources = nil
	assumed := host
	assumed.Entry = "any"
	d.assumed["any"] = true
	gap := *rows["orders-db/patch-platform"]
	gap.Roles = nil
	for _, test := range []struct {
		name string
		rows []*matrix.Row
		own  bool
		want status
	}{
		{"AWS alone, with a page", []*matrix.Row{&host}, false, status{"implemented", remarkImplemented}},
		{"AWS alone, without a page", []*matrix.Row{&unsourced}, false, status{"planned", remarkPlanned}},
		{"AWS alone, one page of two", []*matrix.Row{&host, &unsourced}, false, status{"partial", remarkPartial}},
		{"AWS alone, for a variant that is assumed", []*matrix.Row{&assumed}, false, status{"planned", remarkPlanned}},
		{"AWS, and the organization itself", []*matrix.Row{&host}, true, status{"partial", remarkPartial}},
		{"an operator", []*matrix.Row{&guest}, false, status{"planned", remarkPlanned}},
		{"both", []*matrix.Row{rows["orders-db/patch-platform"]}, false, status{"partial", remarkPartial}},
		{"nobody", []*matrix.Row{&gap}, false, status{"partial", remarkUnassigned}},
	} {
		if got := a.status(test.rows, test.own); *got != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, *got, test.want)
		}
	}
}

// TestFedRAMPAsks: what a validator of FedRAMP will ask for stands in the plan
// and in a warning, but not what the plan has.
func TestFedRAMPAsks(t *testing.T) {
	for _, test := range []struct{ frameworks, classification, missing, asked string }{
		{"fedramp-rev5/low", "", "a baseline of FedRAMP|security-sensitivity-level;|LI-SaaS", "a classification"},
		{"fedramp-rev5/li-saas", "", "security-sensitivity-level;", "each control as a whole, as LI-SaaS has it"},
		{"fedramp-rev5/low", "report: {classification: CUI}\n", "a classification|security-sensitivity-level;", "inventory items"},
		{"nist-800-53-r5/privacy", "", "CUI", "a baseline of FedRAMP as the profile; |; security-sensitivity-level;"},
	} {
		source := "version: 1\norganization: X\nsystem: Y\nparties: {a: A}\ndefaults: {accountable: a}\nservices: [{use: s3, owner: a}]\nframeworks: [" + test.frameworks + "]\n" + test.classification
		d := newDocument(view.New(build(t, source), matrix.Findings{}))
		p := wholePlan(d, &d.m.Frameworks[0])
		warning := askWarning(asksOf(&d.m.Frameworks[0], p))
		for _, text := range strings.Split(test.missing, "|") {
			if strings.Contains(warning, text) {
				t.Errorf("%s: %q is asked for: %s", test.frameworks, text, warning)
			}
		}
		for _, text := range strings.Split(test.asked, "|") {
			if !strings.Contains(warning, text) {
				t.Errorf("%s: %q is not asked for: %s", test.frameworks, text, warning)
			}
		}
		if !strings.Contains(p.Metadata.Remarks, "\n- inventory items (has-inventory-items)") || strings.Contains(warning, "\n") {
			t.Errorf("%s: the remarks are %s, the warning %s", test.frameworks, p.Metadata.Remarks, warning)
		}
	}
	d := newDocument(view.New(build(t, strings.Replace(manifest, ", {use: nist-800-53-r5/moderate, exclude: {PE-2: \"No *buildings*.\"}}", "", 1)), matrix.Findings{}))
	if p := wholePlan(d, &d.m.Frameworks[0]); asksOf(&d.m.Frameworks[0], p) != nil || strings.Contains(p.Metadata.Remarks, "FedRAMP") {
		t.Errorf("a plan about %s speaks of FedRAMP: %s", d.m.Frameworks[0].Name, p.Metadata.Remarks)
	}
}
