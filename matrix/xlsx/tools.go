package xlsx

import (
	"errors"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"raci/matrix"
)

// checkCell says whether the row has exactly one A, also after an edit.
func (b *book) checkCell(i int, r *matrix.Row) cell {
	value := "ok"
	if r.Accountable() == "" {
		value = "no A"
	}
	if len(b.m.Parties) == 0 {
		return cell{look: mark, text: value}
	}
	row := b.layout.at[i]
	as := `COUNTIF(` + area(b.layout.firstParty, row, b.layout.lastParty, row) + `,"*A*")`
	return cell{look: mark, text: value, formula: `IF(` + as + `=1,"ok",IF(` + as + `=0,"no A","two As"))`}
}

// marksCell says in words what is special about a row.
func (b *book) marksCell(i int, r *matrix.Row) cell {
	var fixed []string
	if r.Exception >= 0 {
		fixed = append(fixed, "exception "+itoa(r.Exception+1))
	}
	if r.Unassigned {
		fixed = append(fixed, "unassigned")
	}
	rest := strings.Join(fixed, ", ")
	gap := "gap"
	if rest != "" {
		gap = "gap, "
	}
	value := rest
	if r.Accountable() == "" {
		value = gap + rest
	}
	formula := `IF(` + ref(b.layout.check, b.layout.at[i]) + `="no A","` + gap + `","")`
	if rest != "" {
		formula += `&"` + rest + `"`
	}
	return cell{look: mark, text: value, formula: formula}
}

// letterTools gives the letters a drop-down list and colours that follow
// edits.
func (b *book) letterTools(s *sheet) error {
	l := &b.layout
	if l.last < 2 || len(b.m.Parties) == 0 {
		return nil
	}
	letters := area(l.firstParty, 2, l.lastParty, l.last)
	list := excelize.NewDataValidation(true)
	list.SetSqref(letters)
	if err := list.SetDropList(b.letterChoices()); err != nil {
		return err
	}
	list.SetError(excelize.DataValidationErrorStyleStop, "Not a letter of this matrix", "Use R, A, C, I or A/R, or leave the cell empty.")
	check, marks := area(l.check, 2, l.check, l.last), area(l.marks, 2, l.marks, l.last)
	return errors.Join(
		b.file.AddDataValidation("Matrix", list),
		b.colour(letters, `"A"`, letterA, `"A/R"`, letterAR, `"R"`, letterR, `"C"`, letterC, `"I"`, letterI),
		b.colour(check, `"no A"`, gapMark, `"two As"`, gapMark),
		b.colourWhere(marks, `LEFT(`+ref(l.marks, 2)+`,3)="gap"`, gapMark))
}

// letterChoices returns what the drop-down list offers: the five usual
// values and any other that the matrix holds.
func (b *book) letterChoices() []string {
	choices := []string{"R", "A", "C", "I", "A/R"}
	for l, used := range b.stats.used {
		if name := matrix.Letters(l).String(); used && l > 0 && !slices.Contains(choices, name) {
			choices = append(choices, name)
		}
	}
	return choices
}

// colour gives the cells of a range in the sheet Matrix the look that goes
// with their value. pairs are values, as in formulas, and looks.
func (b *book) colour(cells string, pairs ...any) error {
	var formats []excelize.ConditionalFormatOptions
	for i := 0; i < len(pairs); i += 2 {
		id, err := b.conditional(pairs[i+1].(look))
		if err != nil {
			return err
		}
		formats = append(formats, excelize.ConditionalFormatOptions{Type: "cell", Criteria: "==", Format: &id, Value: pairs[i].(string)})
	}
	return b.file.SetConditionalFormat("Matrix", cells, formats)
}

// colourWhere gives the cells of a range the look where the formula holds.
func (b *book) colourWhere(cells, formula string, l look) error {
	id, err := b.conditional(l)
	if err != nil {
		return err
	}
	return b.file.SetConditionalFormat("Matrix", cells, []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: formula, Format: &id}})
}
