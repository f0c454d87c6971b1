package xlsx

import (
	"errors"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"raci/matrix"
	"raci/matrix/view"
)

// checkCell says whether the row has exactly one A, also after an edit.
func (b *book) checkCell(i int, r *matrix.Row) cell {
	c := cell{look: mark, text: view.CheckWord(r)}
	if b.layout.firstParty > 0 {
		as := b.countAs(i)
		c.formula = `IF(` + as + `=1,"` + view.CheckOK + `",IF(` + as + `=0,"` + view.CheckNoA + `","` + view.CheckTwoAs + `"))`
	}
	return c
}

// countAs returns the formula that counts the As of a row.
func (b *book) countAs(i int) string {
	row := b.layout.at[i]
	return `COUNTIF(` + area(b.layout.firstParty, row, b.layout.lastParty, row) + `,"*A*")`
}

// marksCell says in words what is special about a row. The mark of a gap follows
// edits, the others stay.
func (b *book) marksCell(i int, r *matrix.Row) cell {
	marks := view.Marks(r)
	c := cell{look: mark, text: strings.Join(marks, ", ")}
	fixed := strings.Join(slices.DeleteFunc(marks, func(m string) bool { return m == view.GapMark }), ", ")
	gap := view.GapMark
	if fixed != "" {
		gap += ", "
	}
	switch {
	case b.layout.firstParty == 0:
		return c
	case b.layout.check > 0:
		c.formula = `IF(` + ref(b.layout.check, b.layout.at[i]) + `="` + view.CheckNoA + `","` + gap + `","")`
	default:
		c.formula = `IF(` + b.countAs(i) + `=0,"` + gap + `","")`
	}
	if fixed != "" {
		c.formula += `&"` + fixed + `"`
	}
	return c
}

// editingAids gives the letters a drop-down list, and all that depends on them
// colours that follow edits.
func (b *book) editingAids(sheet string) error {
	l := &b.layout
	if l.last < 2 {
		return nil
	}
	below := func(col int) string { return area(col, 2, col, l.last) }
	var errs []error
	if l.firstParty > 0 {
		errs = append(errs, b.letterList(sheet, area(l.firstParty, 2, l.lastParty, l.last)))
	}
	if l.check > 0 {
		errs = append(errs, b.colourValues(sheet, below(l.check), valueLook{view.CheckNoA, gapMark}, valueLook{view.CheckTwoAs, gapMark}))
		if l.duty > 0 {
			check := "$" + ref(l.check, 2)
			errs = append(errs, b.colourWhere(sheet, below(l.duty), `OR(`+check+`="`+view.CheckNoA+`",`+check+`="`+view.CheckTwoAs+`")`, gapText))
		}
	}
	if l.marks > 0 {
		errs = append(errs, b.colourWhere(sheet, below(l.marks), `LEFT(`+ref(l.marks, 2)+`,`+itoa(len(view.GapMark))+`)="`+view.GapMark+`"`, gapMark))
	}
	return errors.Join(errs...)
}

// usualLetters are what a cell of the matrix may hold, in the order of the
// drop-down list.
var usualLetters = []matrix.Letters{matrix.Responsible, matrix.Accountable, matrix.Consulted, matrix.Informed, matrix.Accountable | matrix.Responsible}

// letterList gives the letters their drop-down list and colours.
func (b *book) letterList(sheet, letters string) error {
	list := excelize.NewDataValidation(true)
	list.SetSqref(letters)
	if err := list.SetDropList(b.letterChoices()); err != nil {
		return err
	}
	list.SetError(excelize.DataValidationErrorStyleStop, "Not a letter of this matrix", "Use R, A, C, I or A/R, or leave the cell empty.")
	var looks []valueLook
	for _, l := range usualLetters {
		looks = append(looks, valueLook{l.String(), toneLook(view.LettersTone(l))})
	}
	return errors.Join(b.file.AddDataValidation(sheet, list), b.colourValues(sheet, letters, looks...))
}

// letterChoices returns what the drop-down list offers: the five usual
// values and any other that the matrix holds.
func (b *book) letterChoices() []string {
	var used [16]bool
	for i := range b.m.Rows {
		for _, role := range b.m.Rows[i].Roles {
			used[role.Letters%16] = true
		}
	}
	var choices []string
	for _, l := range usualLetters {
		choices = append(choices, l.String())
		used[l] = false
	}
	for l := 1; l < len(used); l++ {
		if used[l] {
			choices = append(choices, matrix.Letters(l).String())
		}
	}
	return choices
}

// valueLook is a value of a cell and the look that goes with it.
type valueLook struct {
	value string
	look  look
}

// colourValues gives the cells of a range the look that goes with their value.
func (b *book) colourValues(sheet, cells string, list ...valueLook) error {
	var formats []excelize.ConditionalFormatOptions
	for _, v := range list {
		id, err := b.conditional(v.look)
		if err != nil {
			return err
		}
		formats = append(formats, excelize.ConditionalFormatOptions{Type: "cell", Criteria: "==", Format: &id, Value: `"` + v.value + `"`})
	}
	return b.file.SetConditionalFormat(sheet, cells, formats)
}

// colourWhere gives the cells of a range the look where the formula holds.
func (b *book) colourWhere(sheet, cells, formula string, l look) error {
	id, err := b.conditional(l)
	if err != nil {
		return err
	}
	return b.file.SetConditionalFormat(sheet, cells, []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: formula, Format: &id}})
}
