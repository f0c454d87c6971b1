package view

import (
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

// How a duty is done, in the words of every format.
const (
	ProcessTitle   = "Process"
	EvidenceTitle  = "Evidence"
	FrequencyTitle = "Frequency"
)

// FrequencyName returns what a frequency is called: Half-yearly, On change.
func FrequencyName(frequency catalog.Frequency) string {
	if frequency == "" {
		return ""
	}
	name := string(frequency)
	if strings.Count(name, "-") > 1 || strings.HasPrefix(name, "on-") {
		name = strings.ReplaceAll(name, "-", " ")
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

// ProcessTexts returns how duties are done, pages with their addresses.
func ProcessTexts(list []matrix.Process) []string {
	texts := make([]string, len(list))
	for i, p := range list {
		texts[i] = p.String()
	}
	return texts
}

// ProcessLines returns how duties are done, pages by their titles, which lead there.
func ProcessLines(list []matrix.Process) []Line {
	lines := make([]Line, len(list))
	for i, p := range list {
		if lines[i].Text = p.Text; p.URL != "" {
			lines[i].Link = Link{ToPage, p.URL}
		}
	}
	return lines
}

// howLines say behind their names how and how often the duties of an answer are
// done, and which evidence the manifest names, for layouts that have no places for
// these.
func howLines(a *matrix.Answer) []string {
	var lines []string
	for _, p := range a.Process {
		lines = append(lines, ProcessTitle+": "+OneLine(p.String()))
	}
	seen := map[string]bool{}
	for _, row := range a.Rows {
		line := FrequencyTitle + ": " + OneLine(DutyTitle(row)) + ": " + strings.ToLower(FrequencyName(row.Frequency))
		if row.Frequency != "" && !seen[line] {
			seen[line] = true
			lines = append(lines, line)
		}
	}
	for _, e := range a.OwnEvidence {
		lines = append(lines, EvidenceTitle+": "+OneLine(e))
	}
	return lines
}

// sometimes are columns of the matrix for what few matrices say.
var sometimes = []string{matrix.ProcessDetail, matrix.FrequencyDetail, "offers"}

// IsEmptyColumn reports whether a column of the matrix can be left out, because no
// row says what only few matrices do.
func (r *Report) IsEmptyColumn(id string) bool {
	if !slices.Contains(sometimes, id) {
		return false
	}
	return !r.HasText(r.singleColumns()[id])
}

// HasText reports whether any row has a text in a column.
func (r *Report) HasText(c MatrixColumn) bool {
	for i := range r.Matrix.Rows {
		if c.Text(&r.Matrix.Rows[i]) != "" {
			return true
		}
	}
	return false
}

// dutySelection says which duties of the organization the report has where these
// are not all.
func (r *Report) dutySelection() string {
	text := "Of the organization only those that a chosen framework asks for"
	if n := len(r.Matrix.LeftOut); n > 0 {
		text += "; " + Count(n, "duty") + " left out, listed under Method"
	}
	return text
}

// leftOut lists the duties that no framework asks for.
func (r *Report) leftOut() []*Table {
	if r.Matrix.Duties != matrix.AskedDuties {
		return nil
	}
	var rows []Row
	for _, l := range r.Matrix.LeftOut {
		rows = append(rows, cells(toned(nonEmpty(l.Title, l.Duty), Strong), text(nonEmpty(l.ControlName, l.Control)), toned(l.Duty, Quiet)))
	}
	return []*Table{fixed(&Table{ID: "left-out", Title: "Duties left out", Empty: "No duty is left out: the chosen frameworks ask for all.",
		Intro:   "The manifest leaves out the duties of the organization that no requirement of the chosen frameworks names (duties: asked-only). Others may ask for them all the same.",
		Columns: []Column{{Title: "Duty", Chars: 70}, {Title: "Control", Chars: 40}, {Title: "Id", Chars: 24}}}, rows)}
}
