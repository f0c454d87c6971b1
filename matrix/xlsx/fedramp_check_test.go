package xlsx

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestFedRAMPRules: each rule finds what breaks it, and nothing else.
func TestFedRAMPRules(t *testing.T) {
	services := []string{"Amazon RDS", "Amazon RDS (RDS Custom for Oracle)", "Amazon S3"}
	partial := func(lines ...string) control {
		return control{id: "AC-02", answer: inheritPartial, flags: ticks(byBoth), text: lines}
	}
	yes := control{id: "PE-13 (01)", answer: inheritYes, flags: ticks(isImplemented, byInheritance)}
	for name, c := range map[string]struct {
		control control
		want    string
	}{
		"yes":               {yes, ""},
		"partial":           {partial(awsHalf, "Amazon S3, Amazon RDS (RDS Custom for Oracle) (by Harbour): Does it.", customerHalf, "Organization: Does it."), ""},
		"no":                {control{id: "AC-02 (a)", answer: inheritNo, flags: ticks(byCustomer), text: []string{"We do it."}}, ""},
		"open":              {control{id: "AC-02", answer: inheritNo, text: []string{openControl}}, ""},
		"id":                {control{id: "AC-2", answer: inheritYes, flags: yes.flags}, "the id is not written"},
		"answer":            {control{id: "AC-02", answer: "Maybe", flags: yes.flags}, `the answer "Maybe"`},
		"yes with text":     {control{id: "AC-02", answer: inheritYes, flags: yes.flags, text: []string{"Something."}}, "Yes leaves no text"},
		"no without reason": {control{id: "AC-02", answer: inheritNo, flags: ticks(byCustomer)}, "No needs its reason"},
		"one half":          {partial("AWS does it."), "both halves"},
		"empty first half":  {partial(awsHalf, customerHalf, "Amazon S3: Does it."), "provider's half"},
		"empty second half": {partial(awsHalf, "Amazon S3: Does it.", customerHalf), "customer's half"},
		"no label":          {partial(awsHalf, "Does it.", customerHalf, "Amazon S3: Does it."), `"Does it." does not begin`},
		"unknown service":   {partial(awsHalf, "Amazon S4: Does it.", customerHalf, "Amazon S3: Does it."), "does not begin"},
		"empty statement":   {partial(awsHalf, "Amazon S3: ", customerHalf, "Amazon S3: Does it."), "does not begin"},
		"two statuses":      {control{id: "AC-02", answer: inheritYes, flags: ticks(isImplemented, isPlanned, byInheritance)}, "contradicts itself"},
		"yes but shared":    {control{id: "AC-02", answer: inheritYes, flags: ticks(byInheritance, byBoth)}, "Yes goes with"},
		"partial but own":   {control{id: "AC-02", answer: inheritPartial, flags: ticks(byCustomer), text: []string{awsHalf, "Amazon S3: A.", customerHalf, "Amazon S3: B."}}, "Partial goes with"},
		"no but inherited":  {control{id: "AC-02", answer: inheritNo, flags: ticks(byInheritance), text: []string{"x"}}, "No goes with"},
		"n/a with origin":   {control{id: "AC-02", answer: inheritNo, flags: ticks(isNotApplicable, byCustomer), text: []string{"x"}}, "has no origination"},
		"no origin":         {control{id: "AC-02", answer: inheritNo, flags: ticks(isPlanned), text: []string{"x"}}, "without an origination"},
	} {
		got := brokenRules([]control{c.control}, services)
		if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || !strings.Contains(got[0], c.want)) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if got := brokenRules([]control{yes, yes}, services); len(got) != 1 || !strings.Contains(got[0], "stands twice") {
		t.Errorf("an id that stands twice: %q", got)
	}
}

// TestExamplesKeepTheRules: the sheet that shows how it is done does it so.
func TestExamplesKeepTheRules(t *testing.T) {
	for _, e := range examples {
		c := control{id: e[0], answer: e[1], text: strings.FieldsFunc(e[2], func(r rune) bool { return r == '\n' })}
		c.flags = map[string][flagCount]bool{inheritYes: ticks(byInheritance), inheritPartial: ticks(byBoth), inheritNo: ticks(byCustomer)}[e[1]]
		if got := brokenRules([]control{c}, []string{"Amazon RDS", "Amazon S3", "Amazon EBS"}); len(got) > 0 {
			t.Error(got)
		}
	}
}

// TestCheckFedRAMPFindsEdits: what is done to a workbook by hand is found.
func TestCheckFedRAMPFindsEdits(t *testing.T) {
	t.Parallel()
	data := fedrampOf(t, built(t, "frameworks: [nist-800-53-r5/privacy]\n"))
	for want, edit := range map[string]func(f *excelize.File) error{
		"AC-01 (a): No needs its reason":                func(f *excelize.File) error { return f.SetCellValue(sheetCRM, "C4", "") },
		`AC-01 (a): the answer "Perhaps"`:               func(f *excelize.File) error { return f.SetCellValue(sheetCRM, "B4", "Perhaps") },
		"yes in the column 2 of AC-01 (a) is neither X": func(f *excelize.File) error { return f.SetCellValue(sheetCIS, "B5", "yes") },
		"row 5 is not AC-01":                            func(f *excelize.File) error { return f.SetCellValue(sheetCIS, "A5", "AC-99") },
		"column D is hidden":                            func(f *excelize.File) error { return f.SetColVisible(sheetCIS, "D", false) },
		"CRM Worksheet: the sheet is hidden":            func(f *excelize.File) error { return f.SetSheetVisible(sheetCRM, false) },
		"the headings in row 3 are not": func(f *excelize.File) error {
			return f.SetCellValue(sheetCRM, "D3", "Internal: remove before publishing")
		},
		"the sheets are Instructions, CIS Worksheet, C": func(f *excelize.File) error { _, err := f.NewSheet("Notes"); return err },
		"has 256 controls, CRM Worksheet 255":           func(f *excelize.File) error { return f.RemoveRow(sheetCRM, 10) },
	} {
		f := open(t, data)
		if err := edit(f); err != nil {
			t.Fatal(err)
		}
		var buf bytes.Buffer
		if err := f.Write(&buf); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(broken(t, buf.Bytes()), "\n"); !strings.Contains(got, want) {
			t.Errorf("found %.300q, want %q", got, want)
		}
	}
	if _, err := CheckFedRAMP(strings.NewReader("no zip")); err == nil {
		t.Error("no error for what is no workbook")
	}
}
