package xlsx

import (
	"bytes"
	"flag"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/view"
	"raci/templates"
)

// system is a manifest with six services; the lines come before them.
const system = `version: 1
organization: Northwind Payments
system: Checkout
revision: "2026.2"
date: 2026-11-21
parties: {ciso: Chief Information Security Officer, platform: Platform Engineering, msp: {name: "Harbour, Managed (Services)", kind: operator}}
defaults: {accountable: ciso, responsible: platform}
services:
  - {use: ec2, owner: platform}
  - {use: rds, owner: platform}
  - {use: rds, name: ledger, variant: custom-oracle, owner: platform}
  - {use: s3, owner: platform}
  - {use: vpc, owner: platform}
  - {use: iam, owner: platform}
  - {use: cloudtrail, owner: platform}
`

// built makes the matrix of a manifest with the catalog that ships.
func built(t testing.TB, lines string) *matrix.Matrix {
	t.Helper()
	man, problems := matrix.ParseManifest("manifest.yaml", []byte(system+lines))
	if problems != nil {
		t.Fatal(problems)
	}
	cat, problems := catalog.Open(catalog.Layer{Name: "templates", FS: templates.FS})
	if problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		t.Fatal(problems)
	}
	return m
}

// go test ./matrix/xlsx -args -thorough
var thorough = flag.Bool("thorough", false, "write FedRAMP's workbook for every baseline, also for those of which another has all controls")

// baselines are those that the workbook can be for: first those that have all
// controls between them, then the others.
var baselines = []string{
	"fedramp-rev5/high", "fedramp-rev5/moderate", "nist-800-53-r5/privacy",
	"fedramp-rev5/li-saas", "fedramp-rev5/low", "nist-800-53-r5/low", "nist-800-53-r5/moderate", "nist-800-53-r5/high",
}

// fedrampOf returns the workbook of m, without warnings that it broke a rule.
func fedrampOf(t testing.TB, m *matrix.Matrix) []byte {
	t.Helper()
	var buf bytes.Buffer
	warnings, err := WriteFedRAMP(&buf, view.New(m, matrix.Findings{}))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range warnings {
		if !strings.Contains(w, "higher than Excel allows") {
			t.Errorf("warning: %s", w)
		}
	}
	return buf.Bytes()
}

// broken returns what the rules find in a workbook.
func broken(t testing.TB, data []byte) []string {
	t.Helper()
	list, err := CheckFedRAMP(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

const msp = `overrides:
  - {service: rds, duty: patch-guest-os, sides: {msp: "Patches: all hosts\n\nof the ledger.", customer: Accepts the reports.}, reason: Outsourced.}
`

// TestFedRAMPKeepsTheRules runs the rules of the guidance over every baseline.
func TestFedRAMPKeepsTheRules(t *testing.T) {
	t.Parallel()
	wanted := baselines[:3]
	if *thorough {
		wanted = baselines
	}
	for _, b := range wanted {
		for i, more := range []string{msp, "", "accountability: provider\n"} {
			if i > 0 && b != "fedramp-rev5/moderate" {
				continue
			}
			m := built(t, "frameworks: ["+b+"]\n"+more)
			data := fedrampOf(t, m)
			for _, what := range broken(t, data) {
				t.Errorf("%s: %s", b, what)
			}
			want := 0
			for _, q := range m.Frameworks[0].Requirements {
				want += max(1, len(q.Statements))
			}
			if got := len(mustRows(t, open(t, data), sheetCIS)) - cisHead; got != want || want <= len(m.Frameworks[0].Requirements) {
				t.Errorf("%s: %d controls and statements, want %d", b, got, want)
			}
		}
	}
}

func mustRows(t testing.TB, f *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestFedRAMPReadsBack looks at a control of each kind.
func TestFedRAMPReadsBack(t *testing.T) {
	t.Parallel()
	m := built(t, `frameworks: [{use: fedramp-rev5/moderate, exclude: {AC-18: There is no wireless network.}}]`+"\n"+msp)
	f := open(t, fedrampOf(t, m))
	controls, odd, err := readControls(f)
	if err != nil || len(odd) > 0 {
		t.Fatal(odd, err)
	}
	want := map[string]control{
		"AC-01 (a)":      {answer: inheritNo, flags: ticks(byCustomer)},
		"AC-02 (a)":      {answer: inheritNo, flags: ticks(byConfiguration, byCustomer)},
		"AC-02 (f)":      {answer: inheritNo, flags: ticks(byConfiguration, byCustomer)}, // AWS does its part for itself
		"AU-03 (a)":      {answer: inheritPartial, flags: ticks(byBoth)},
		"AC-18 (b)":      {answer: inheritNo, flags: ticks(isNotApplicable), text: []string{"Not applicable: There is no wireless network."}},
		"PE-03 (a)":      {answer: inheritYes, flags: ticks(isImplemented, byInheritance)}, // offices of the organization's own do not count
		"PE-13":          {answer: inheritYes, flags: ticks(isImplemented, byInheritance)},
		"AC-02 (05)":     {answer: inheritNo, flags: ticks(byConfiguration, byCustomer)},
		"AC-02 (03) (d)": {answer: inheritNo, flags: ticks(byConfiguration, byCustomer)},
	}
	for _, c := range controls {
		w, ok := want[c.id]
		if !ok {
			continue
		}
		delete(want, c.id)
		if c.answer != w.answer || c.flags != w.flags || w.text != nil && !slices.Equal(c.text, w.text) || (len(c.text) == 0) != (c.answer == inheritYes) {
			t.Errorf("%+v, want %+v", c, w)
		}
	}
	if len(want) > 0 {
		t.Errorf("not in the workbook: %v", want)
	}
	services, err := readServices(f)
	if err != nil || len(services) < 7 || services[0] != "Amazon EC2" {
		t.Errorf("services %q: %v", services, err)
	}
	for _, c := range controls {
		if c.flags[isImplemented] && c.answer != inheritYes || c.flags[isPartly] || c.flags[isPlanned] || c.flags[isAlternative] {
			t.Errorf("%s: a status is claimed: %v", c.id, c.flags)
		}
	}
}

func ticks(list ...int) (flags [flagCount]bool) {
	for _, i := range list {
		flags[i] = true
	}
	return flags
}

// TestFedRAMPFormulas: the counts of the instructions follow the worksheets.
func TestFedRAMPFormulas(t *testing.T) {
	t.Parallel()
	f := open(t, fedrampOf(t, built(t, "frameworks: [fedramp-rev5/moderate]\n")))
	for _, name := range []string{"Can be inherited: Yes", "Can be inherited: Partial", "Can be inherited: No", "Controls without a status"} {
		found, err := f.SearchSheet(sheetInstructions, name)
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: %v %v", name, found, err)
		}
		at := "B" + found[0][1:]
		stored, _ := f.GetCellValue(sheetInstructions, at)
		if got, err := f.CalcCellValue(sheetInstructions, at); err != nil || got != stored || got == "0" {
			t.Errorf("%s: %s stored, %s computed: %v", name, stored, got, err)
		}
	}
}

// TestFedRAMPSelection: what the manifest must say.
func TestFedRAMPSelection(t *testing.T) {
	t.Parallel()
	for lines, want := range map[string]string{
		"":                                     `write for example "frameworks: [fedramp-rev5/moderate]"`,
		"frameworks: [soc2-tsc-2017]\n":        `write for example "frameworks: [fedramp-rev5/moderate]"`,
		"frameworks: [fedramp-rev5]\n":         "selects fedramp-rev5 without a baseline, and this workbook is for one; write for example fedramp-rev5/moderate under frameworks: (the baselines are li-saas, low, moderate, high)",
		"frameworks: [soc2, nist-800-53-r5]\n": "selects nist-800-53-r5 without a baseline",
	} {
		var buf bytes.Buffer
		if _, err := WriteFedRAMP(&buf, view.New(built(t, lines), matrix.Findings{})); err == nil || !strings.Contains(err.Error(), want) || buf.Len() > 0 {
			t.Errorf("%q: error %v, want %s", lines, err, want)
		}
	}
	var buf bytes.Buffer
	warnings, err := WriteFedRAMP(&buf, view.New(built(t, "frameworks: [nist-800-53-r5/high, fedramp/low]\n"), matrix.Findings{}))
	if err != nil || !slices.Contains(warnings, "the workbook is for fedramp-rev5/low; the manifest also selects nist-800-53-r5/high") {
		t.Errorf("warnings %q, error %v", warnings, err)
	}
}

func TestFedRAMPSameBytes(t *testing.T) {
	t.Parallel()
	lines := "frameworks: [fedramp-rev5/high]\n" + msp
	first := fedrampOf(t, built(t, lines))
	for range 3 {
		if !bytes.Equal(first, fedrampOf(t, built(t, lines))) {
			t.Fatal("two workbooks of one matrix differ")
		}
	}
}

// TestFedRAMPLongTexts: what one cell cannot hold goes on in the next row.
func TestFedRAMPLongTexts(t *testing.T) {
	t.Parallel()
	m := built(t, "frameworks: [nist-800-53-r5/privacy]\n")
	lengthen(m)
	data := fedrampOf(t, m)
	if list := broken(t, data); len(list) > 0 {
		t.Errorf("broken: %.500q", list)
	}
	rows := mustRows(t, open(t, data), sheetCRM)
	if !slices.ContainsFunc(rows, func(r []string) bool { return len(r) > 2 && strings.HasPrefix(r[2], continued) }) {
		t.Error("no text goes on")
	}
}

func TestPaddedID(t *testing.T) {
	for id, want := range map[string]string{"AC-2": "AC-02", "AC-2(1)": "AC-02 (01)", "SC-28(11)": "SC-28 (11)", "AC-2a": "AC-02 (a)", "AC-2(1)(b)": "AC-02 (01) (b)", "own/1": "own/1"} {
		if got := paddedID(id); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}

// lengthen makes every text of m long, and different from all others.
func lengthen(m *matrix.Matrix) {
	for i := range m.Rows {
		r := &m.Rows[i]
		r.Sides = slices.Clone(r.Sides) // rows may share them
		for j := range r.Sides {
			r.Sides[j].Text += " " + itoa(i) + strings.Repeat(" and more", 800)
		}
	}
}
