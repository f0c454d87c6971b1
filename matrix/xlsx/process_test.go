package xlsx

import (
	"slices"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/view"
)

// TestProcess: a process stands beside its duty as a link, and in the texts of the
// auditors' layouts, with the evidence that the manifest names.
func TestProcess(t *testing.T) {
	const runbook = "https://wiki.example.com/restore?a=1&b=2"
	m := built(t, `frameworks: [fedramp-rev5/low, csa-ccm-4.0]
assign:
  - duty: back-up-data
    process: [{title: Restore runbook, url: "`+runbook+`"}, {title: Write to us, url: "https://data.example.com/form"}, Or call.]
    evidence: [+restore test of the quarter]
    frequency: quarterly
`)
	r := view.New(m, matrix.Findings{})
	f, _ := written(t, r, contents(r))
	rows := mustRows(t, f, "Matrix")
	process, frequency, evidence := slices.Index(rows[0], "Process"), slices.Index(rows[0], "Frequency"), slices.Index(rows[0], "Evidence")
	n := 0
	for i, row := range rows[1:] {
		if len(row) < len(rows[0])-1 || row[slices.Index(rows[0], "Duty")] != "Back up data and test its restoration" {
			continue
		}
		n++
		if row[process] != "Restore runbook (wiki.example.com)\nWrite to us (https://data.example.com/form)\nOr call." || row[frequency] != "Quarterly" || !strings.HasPrefix(row[evidence], "• restore test of the quarter\n• ") {
			t.Errorf("row %d: %q %q %q", i+2, row[process], row[frequency], row[evidence])
		}
		if ok, target, err := f.GetCellHyperLink("Matrix", ref(process+1, i+2)); err != nil || !ok || target != runbook {
			t.Errorf("row %d leads to %q: %v", i+2, target, err)
		}
	}
	if n == 0 {
		t.Error("no such rows")
	}
	if text := textOf(t, f, "Requirements"); !strings.Contains(text, "Restore runbook") {
		t.Error("the requirements name no process")
	}
	controls, odd, err := readControls(open(t, fedrampOf(t, m)))
	if err != nil || len(odd) > 0 {
		t.Fatal(odd, err)
	}
	i := slices.IndexFunc(controls, func(c control) bool { return c.id == "CP-09 (a)" })
	wants := []string{"Process: Restore runbook (" + runbook + ")", "Process: Write to us (https://data.example.com/form)", "Frequency: Back up data and test its restoration: quarterly", "Evidence: restore test of the quarter"}
	for _, want := range wants {
		if !slices.Contains(controls[i].text, want) {
			t.Errorf("FedRAMP: %q is not in %q", want, controls[i].text)
		}
	}
	list, _ := caiqOf(t, m)
	i = slices.IndexFunc(list, func(row map[string]string) bool { return row["CCM ID"] == "BCR-08" })
	for _, want := range wants {
		if !strings.Contains(list[i]["CSC responsibilities"], want) {
			t.Errorf("CAIQ: %q is not in %q", want, list[i])
		}
	}
}

// TestWithoutProcess: where the manifest says nothing, there is no empty column.
func TestWithoutProcess(t *testing.T) {
	r := view.New(sample{entries: 1, parties: 3, duties: 3}.make(), matrix.Findings{})
	f, _ := written(t, r, contents(r))
	head := mustRows(t, f, "Matrix")[0]
	if slices.Contains(head, "Process") || slices.Contains(head, "Frequency") || !slices.Contains(head, "Evidence") {
		t.Errorf("headings %q", head)
	}
}
