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
	if b.layout.firstParty == 0 {
		return cell{look: mark, text: value}
	}
	as := b.countAs(i)
	return cell{look: mark, text: value, formula: `IF(` + as + `=1,"ok",IF(` + as + `=0,"no A","two As"))`}
}

// countAs returns the formula that counts the As of a row.
func (b *book) countAs(i int) string {
	row := b.layout.at[i]
	return `COUNTIF(` + area(b.layout.firstParty, row, b.layout.lastParty, row) + `,"*A*")`
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
	var formula string
	switch {
	case b.layout.firstParty == 0:
		return cell{look: mark, text: value}
	case b.layout.check > 0:
		formula = `IF(` + ref(b.layout.check, b.layout.at[i]) + `="no A","` + gap + `","")`
	default:
		formula = `IF(` + b.countAs(i) + `=0,"` + gap + `","")`
	}
	if rest != "" {
		formula += `&"` + rest + `"`
	}
	return cell{look: mark, text: value, formula: formula}
}

// letterTools gives the letters a drop-down list and colours that follow
// edits.
func (b *book) letterTools() error {
	l := &b.layout
	if l.last < 2 {
		return nil
	}
	below := func(col int) string { return area(col, 2, col, l.last) }
	var errs []error
	if l.firstParty > 0 {
		errs = append(errs, b.letterList(area(l.firstParty, 2, l.lastParty, l.last)))
	}
	if l.check > 0 {
		errs = append(errs, b.colour(below(l.check), `"no A"`, gapMark, `"two As"`, gapMark))
		if l.duty > 0 {
			check := "$" + ref(l.check, 2)
			errs = append(errs, b.colourWhere(below(l.duty), `OR(`+check+`="no A",`+check+`="two As")`, gapText))
		}
	}
	if l.marks > 0 {
		errs = append(errs, b.colourWhere(below(l.marks), `LEFT(`+ref(l.marks, 2)+`,3)="gap"`, gapMark))
	}
	return errors.Join(errs...)
}

// letterList gives the letters their drop-down list and colours.
func (b *book) letterList(letters string) error {
	list := excelize.NewDataValidation(true)
	list.SetSqref(letters)
	if err := list.SetDropList(b.letterChoices()); err != nil {
		return err
	}
	list.SetError(excelize.DataValidationErrorStyleStop, "Not a letter of this matrix", "Use R, A, C, I or A/R, or leave the cell empty.")
	return errors.Join(b.file.AddDataValidation("Matrix", list),
		b.colour(letters, `"A"`, letterA, `"A/R"`, letterAR, `"R"`, letterR, `"C"`, letterC, `"I"`, letterI))
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
