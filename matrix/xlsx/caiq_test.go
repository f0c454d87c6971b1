package xlsx

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/view"
)

// caiqOf returns the questionnaire of m by the headings of its columns.
func caiqOf(t testing.TB, m *matrix.Matrix) (list []map[string]string, data []byte) {
	t.Helper()
	var buf bytes.Buffer
	if _, err := WriteCAIQ(&buf, view.New(m, matrix.Findings{})); err != nil {
		t.Fatal(err)
	}
	rows := mustRows(t, open(t, buf.Bytes()), sheetCAIQ)
	if !slices.Equal(rows[caiqHead-1], caiqHeadings) {
		t.Fatalf("headings %q", rows[caiqHead-1])
	}
	for _, r := range rows[caiqHead:] {
		line := map[string]string{}
		for i, v := range r {
			line[caiqHeadings[i]] = v
		}
		list = append(list, line)
	}
	return list, buf.Bytes()
}

// TestCAIQ: every control has one of the CSA's values, and texts that fit it.
func TestCAIQ(t *testing.T) {
	m := built(t, "frameworks: [{use: csa-ccm-4.0, exclude: {DSP-19: There are no personal data.}}]\n"+msp)
	list, _ := caiqOf(t, m)
	if want := len(m.Frameworks[0].Requirements); len(list) != want || want != 197 {
		t.Errorf("%d controls, want %d", len(list), want)
	}
	for i, a := range m.Answers(&m.Frameworks[0]) {
		if got := list[i]["Inheritance"]; got != view.InheritanceName(a.Inheritance) || (got == "Full") != (list[i]["SSRM control ownership"] == cspOwned) {
			t.Errorf("%s: inheritance %q, and %s", a.Requirement.ID, got, a.Inheritance)
		}
	}
	seen := map[string]int{}
	for _, l := range list {
		id, csp, csc := l["CCM ID"], l["CSP implementation description"] != "", l["CSC responsibilities"] != ""
		ok := false
		switch o := l["SSRM control ownership"]; o {
		case cspOwned:
			ok = csp && (!csc || strings.HasPrefix(l["CSC responsibilities"], matrix.OutsideLabel+": "))
		case cscOwned, thirdParty:
			ok = !csp && csc
		case sharedCSC, sharedOutsider:
			ok = csp && csc
		case "":
			ok = id == "DSP-19" && l["CSC responsibilities"] == "Not applicable: There are no personal data." && l["CSP CAIQ answer"] == "NA"
		}
		if !ok || l["CSP CAIQ answer"] != "" && id != "DSP-19" {
			t.Errorf("%s: %q", id, l)
		}
		seen[l["SSRM control ownership"]]++
	}
	if seen[cspOwned] == 0 || seen[cscOwned] == 0 || seen[sharedCSC] == 0 {
		t.Errorf("ownership %v", seen)
	}
}

func TestOwner(t *testing.T) {
	aws := []string{"All services: Does it."}
	for want, h := range map[string]view.AnswerText{
		cspOwned: {AWS: aws}, cscOwned: {Asked: true, Operator: true}, thirdParty: {Operator: true},
		sharedCSC: {AWS: aws, Asked: true, Operator: true}, sharedOutsider: {AWS: aws, Operator: true}, "": {},
	} {
		if got := owner(&h); got != want {
			t.Errorf("%+v: %q, want %q", h, got, want)
		}
	}
}

func TestCAIQFormulas(t *testing.T) {
	t.Parallel()
	_, data := caiqOf(t, built(t, "frameworks: [ccm]\n"))
	f := open(t, data)
	for _, name := range []string{cspOwned, cscOwned, sharedCSC} {
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

func TestCAIQSameBytes(t *testing.T) {
	t.Parallel()
	_, first := caiqOf(t, built(t, "frameworks: [ccm]\n"))
	_, second := caiqOf(t, built(t, "frameworks: [ccm]\n"))
	if !bytes.Equal(first, second) {
		t.Error("two workbooks of one matrix differ")
	}
}

// TestCAIQNeedsTheMatrix: what the manifest must say.
func TestCAIQNeedsTheMatrix(t *testing.T) {
	var buf bytes.Buffer
	_, err := WriteCAIQ(&buf, view.New(built(t, "frameworks: [soc2]\n"), matrix.Findings{}))
	if err == nil || !strings.Contains(err.Error(), `write for example "frameworks: [csa-ccm-4.0]" in it`) || buf.Len() > 0 {
		t.Errorf("error %v", err)
	}
}

// TestCAIQLongTexts: what one cell cannot hold goes on in the next row.
func TestCAIQLongTexts(t *testing.T) {
	t.Parallel()
	m := built(t, "frameworks: [ccm]\n")
	lengthen(m)
	list, _ := caiqOf(t, m)
	if !slices.ContainsFunc(list, func(l map[string]string) bool { return l["SSRM control ownership"] == continued }) {
		t.Error("no text goes on")
	}
}
