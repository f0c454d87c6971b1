package xlsx

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// findHidden returns what a reader of the sheet would not see, and conditional
// formats that lost their cells.
func findHidden(f *excelize.File, sheet string) []string {
	var broken []string
	if seen, err := f.GetSheetVisible(sheet); err != nil || !seen {
		broken = append(broken, sheet+": the sheet is hidden")
	}
	for i := range 1 + flagCount {
		if seen, err := f.GetColVisible(sheet, column(i+1)); err == nil && !seen {
			broken = append(broken, fmt.Sprintf("%s: column %s is hidden", sheet, column(i+1)))
		}
	}
	formats, err := f.GetConditionalFormats(sheet)
	if err != nil {
		return append(broken, fmt.Sprintf("%s: conditional formats: %v", sheet, err))
	}
	for cells, list := range formats {
		for _, o := range list {
			if strings.Contains(cells+o.Criteria+o.Value, "#REF!") {
				return append(broken, sheet+": a conditional format refers to cells that are gone")
			}
		}
	}
	return broken
}

// readServices returns the names of services that the sheet Instructions
// lists.
func readServices(f *excelize.File) ([]string, error) {
	rows, err := f.GetRows(sheetInstructions)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(rows, func(r []string) bool { return len(r) > 0 && r[0] == servicesHeading })
	var list []string
	for i := at + 1; at >= 0 && i < len(rows) && len(rows[i]) > 0 && rows[i][0] != ""; i++ {
		list = append(list, rows[i][0])
	}
	return list, nil
}

// readControls reads both worksheets. What they say of their form, and not of
// one control, comes back as broken.
func readControls(f *excelize.File) (controls []control, broken []string, err error) {
	cis, err := f.GetRows(sheetCIS)
	if err != nil {
		return nil, nil, err
	}
	crm, err := f.GetRows(sheetCRM)
	if err != nil {
		return nil, nil, err
	}
	if len(cis) < cisHead || !slices.Equal(cis[cisHead-1], cisHeadings()) {
		return nil, []string{fmt.Sprintf("%s: the headings in row %d are not those of the template", sheetCIS, cisHead)}, nil
	}
	if len(crm) < crmHead || !slices.Equal(crm[crmHead-1], crmHeadings) {
		return nil, []string{fmt.Sprintf("%s: the headings in row %d are not those of the template", sheetCRM, crmHead)}, nil
	}
	controls = readCRM(crm[crmHead:])
	broken = readCIS(controls, cis[cisHead:])
	return controls, broken, nil
}

// readCRM returns the controls with answers and texts.
func readCRM(rows [][]string) []control {
	var list []control
	for _, r := range rows {
		r = append(r, "", "", "")
		lines := slices.DeleteFunc(strings.Split(r[2], "\n"), func(l string) bool { return strings.TrimSpace(l) == "" })
		if n := len(list); n > 0 && list[n-1].id == r[0] && len(lines) > 0 && lines[0] == continued {
			list[n-1].text = append(list[n-1].text, lines[1:]...)
			continue
		}
		list = append(list, control{id: r[0], answer: r[1], text: lines})
	}
	return list
}

// readCIS adds the flags to the controls, which must be the same.
func readCIS(controls []control, rows [][]string) (broken []string) {
	if len(rows) != len(controls) {
		broken = append(broken, fmt.Sprintf("%s has %d controls, %s %d", sheetCIS, len(rows), sheetCRM, len(controls)))
	}
	for i := range min(len(rows), len(controls)) {
		c, r := &controls[i], rows[i]
		if len(r) == 0 || r[0] != c.id {
			broken = append(broken, fmt.Sprintf("%s: row %d is not %s, as in %s", sheetCIS, cisHead+1+i, c.id, sheetCRM))
			continue
		}
		for j, v := range r[1:] {
			switch {
			case j < flagCount && (v == "" || v == flagged):
				c.flags[j] = v == flagged
			default:
				broken = append(broken, fmt.Sprintf("%s: %s in the column %d of %s is neither X nor empty", sheetCIS, head(v, 20), j+2, c.id))
			}
		}
	}
	return broken
}
