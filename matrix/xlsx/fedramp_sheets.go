package xlsx

import (
	"cmp"
	"errors"
	"slices"

	"github.com/xuri/excelize/v2"

	"raci/matrix/view"
)

// The sheets of the template.
const (
	sheetInstructions = "Instructions"
	sheetCIS          = "CIS Worksheet"
	sheetCRM          = "CRM Worksheet"
	sheetExamples     = "Example responses"
)

var fedrampSheets = []string{sheetInstructions, sheetCIS, sheetCRM, sheetExamples}

// Rows of the headings; the controls follow.
const (
	cisHead = 4
	crmHead = 3
)

// flagged is what a cell holds that is ticked.
const flagged = "X"

var crmHeadings = []string{"Control ID", "Can Be Inherited from CSP", "Specific Inheritance and Customer Agency/CSP Responsibilities"}

func cisHeadings() []string { return append([]string{"Control ID"}, flagNames[:]...) }

func (f *fedramp) contents() []content {
	return []content{
		{name: sheetInstructions, write: f.writeInstructions},
		{name: sheetCIS, write: f.writeCIS},
		{name: sheetCRM, write: f.writeCRM},
		{name: sheetExamples, write: writeExamples},
	}
}

// tableOf returns a plan for a table below a band of rows that stays in sight.
func tableOf(name string, widths []float64, head, rows int) plan {
	return plan{name: name, widths: widths, rows: head + rows, freezeCols: 1, freezeRows: head, filter: head, paper: paperA3, tab: navy}
}

// addDropDown gives cells a drop-down list.
func (b *book) addDropDown(sheet, cells string, choices ...string) error {
	list := excelize.NewDataValidation(true)
	list.SetSqref(cells)
	return errors.Join(list.SetDropList(choices), b.file.AddDataValidation(sheet, list))
}

// headingLine returns a line of headings.
func headingLine(names []string) line {
	var l line
	for _, h := range names {
		l.cells = append(l.cells, cell{look: heading, text: h})
	}
	return l
}

// writeCIS writes who implements what, one row for each control.
func (f *fedramp) writeCIS(b *book, _ string) error {
	widths := []float64{13}
	for range flagCount {
		widths = append(widths, 13.5)
	}
	s, err := b.newSheet(tableOf(sheetCIS, widths, cisHead, len(f.controls)))
	if err != nil {
		return err
	}
	if n := len(f.controls); n > 0 {
		if err := b.addDropDown(sheetCIS, area(2, cisHead+1, 1+flagCount, cisHead+n), flagged); err != nil {
			return err
		}
	}
	s.add(line{cells: []cell{{look: title, text: "Control Implementation Summary (CIS) Worksheet"}}, height: 28})
	s.add(band(cell{look: plain, text: "Implementation status is given where AWS performs all of a control, and where one is left out. Every other status is for " +
		cmp.Or(f.m.Organization, "the organization") + " to confirm: tick it only when it has been assessed."}, len(widths)))
	s.add(line{cells: slices.Concat([]cell{{look: heading}},
		wide(cell{look: heading, text: "Implementation Status"}, firstOrigin), wide(cell{look: heading, text: "Control Origination (all that apply)"}, flagCount-firstOrigin))})
	s.add(headingLine(cisHeadings()))
	for i := range f.controls {
		c := &f.controls[i]
		l := line{cells: []cell{{look: strong, text: c.id}}, about: c.id}
		for _, set := range c.flags {
			box := cell{look: mark}
			if set {
				box.text = flagged
			}
			l.cells = append(l.cells, box)
		}
		s.add(l)
	}
	return s.close()
}

var answerLooks = map[string]look{inheritYes: onAWS, inheritPartial: onShared, inheritNo: onCustomer}

// writeCRM writes what can be inherited, one row for each control. A text
// that one cell cannot hold goes on in a row of the same control.
func (f *fedramp) writeCRM(b *book, _ string) error {
	var lines []line
	for i := range f.controls {
		c := &f.controls[i]
		for _, text := range chunks(c.text) {
			lines = append(lines, line{about: c.id, cells: []cell{{look: strong, text: c.id}, {look: answerLooks[c.answer], text: c.answer}, {look: plain, text: text}}})
		}
	}
	s, err := b.newSheet(tableOf(sheetCRM, []float64{13, 14, 150}, crmHead, len(lines)))
	if err != nil {
		return err
	}
	if n := len(lines); n > 0 {
		if err := b.addDropDown(sheetCRM, area(2, crmHead+1, 2, crmHead+n), inheritYes, inheritPartial, inheritNo); err != nil {
			return err
		}
	}
	s.add(line{cells: []cell{{look: title, text: "Customer Responsibility Matrix (CRM) Worksheet"}}, height: 28})
	s.add(band(cell{look: plain, text: "CSP: Amazon Web Services. Customer: " + orNotStated(f.m.Organization) + "."}, len(crmHeadings)))
	s.add(headingLine(crmHeadings))
	for _, l := range lines {
		s.add(l)
	}
	return s.close()
}

// examples are answers of each kind, with what makes them right.
var examples = [][4]string{
	{"PE-13", inheritYes, "", "The provider does all of it. There is no text, because the customer has nothing to do."},
	{"CP-09", inheritPartial, awsHalf + "\nAmazon RDS: Takes the automated backups, and keeps them for the time that is set.\n\n" +
		customerHalf + "\nAmazon RDS: Sets how long backups are kept, and tests a restore.",
		"Both do a part. The text has both halves, so that a reader can tell what is left to do."},
	{"AT-02", inheritNo, noneOfAWS + "\n\n" + customerHalf + "\n" + view.Organization + ": Trains its people when they join and every year.",
		"The customer does all of it. The text gives the reason and says what the customer does."},
	{"SC-28", inheritPartial, awsHalf + "\nAmazon S3: Encrypts new objects.\nAmazon EBS: Encrypts the volumes that are marked for it.\n\n" +
		customerHalf + "\nAmazon EBS: Turns on encryption by default in each region.",
		"A statement holds for one service, which it names first, before a colon: whoever does not use the service can pass it over."},
}

// writeExamples explains the answers; none of it is about the system.
func writeExamples(b *book, _ string) error {
	widths := []float64{13, 14, 80, 60}
	s, err := b.newSheet(plan{name: sheetExamples, widths: widths, rows: 3 + len(examples), paper: paperA4, tab: labelGrey})
	if err != nil {
		return err
	}
	s.add(line{cells: []cell{{look: title, text: "Example responses"}}, height: 28})
	s.add(band(cell{look: plain, text: "These are examples of how the CRM worksheet is filled in. They say nothing about this system."}, len(widths)))
	s.add(headingLine(append(slices.Clone(crmHeadings), "Why it is answered so")))
	for _, e := range examples {
		s.add(line{cells: []cell{{look: strong, text: e[0]}, {look: answerLooks[e[1]], text: e[1]}, {look: plain, text: e[2]}, {look: plain, text: e[3]}}})
	}
	return s.close()
}
