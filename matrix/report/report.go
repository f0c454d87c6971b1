// Package report holds the list of formats in which a matrix can be written,
// and those that need the standard library alone.
package report

import (
	"io"

	"raci/matrix"
	"raci/matrix/oscal"
	"raci/matrix/pdf"
	"raci/matrix/source"
	"raci/matrix/view"
	"raci/matrix/xlsx"
)

// Format is one way to write a matrix.
type Format struct {
	ID          string
	Extension   string // what the file's name has after the manifest's, such as .pdf or -caiq.xlsx
	Description string
	// Write writes the whole report or fails. Warnings are what the reader
	// should know of a report that was written, such as a character that no
	// font has. The bytes depend on the arguments alone.
	Write func(w io.Writer, r *view.Report) (warnings []string, err error)
}

// Formats are all formats. To add one, write a function and add a line.
var Formats = []Format{
	{"xlsx", ".xlsx", "a workbook to work in", xlsx.Write},
	{"pdf", ".pdf", "a report to sign and to file, with the matrix as JSON attached", writePDF},
	{"json", ".json", "the matrix for programs, schema " + JSONSchema, writeJSON},
	{"csv", ".csv", "the rows for programs, as RFC 4180 has it", writeCSV},
	{"csv-excel", ".excel.csv", "the rows for Excel, to open by a double click where lists are separated by semicolons", writeExcelCSV},
	{"md", ".md", "a report to read on a web page, in Markdown", writeMarkdown},
	{"fedramp", "-fedramp.xlsx", "the CIS/CRM workbook of a FedRAMP package", xlsx.WriteFedRAMP},
	{"caiq", "-caiq.xlsx", "who owns the controls of CSA's questionnaire (CAIQ)", xlsx.WriteCAIQ},
	{"oscal-component", "-oscal-component.json", "what each service provides and leaves to its customer, in OSCAL " + oscal.Version, oscal.WriteComponents},
	{"oscal-ssp", "-oscal-ssp.json", "a system security plan in OSCAL " + oscal.Version, oscal.WritePlan},
}

// writePDF attaches the matrix to the report: the record carries its own data.
func writePDF(w io.Writer, r *view.Report) ([]string, error) {
	with := *r
	with.Attachments = []view.Attachment{{Name: "matrix.json", Type: "application/json", Description: "The matrix, schema " + JSONSchema,
		Write: func(w io.Writer) error { return encodeJSON(w, r, "") }}}
	return pdf.Write(w, &with)
}

// CheckFonts returns what is wrong with fonts of a manifest, as source.Diagnostics:
// what the PDF would not be written for.
func CheckFonts(fonts []matrix.File) source.Diagnostics {
	if len(fonts) == 0 {
		return nil
	}
	return pdf.CheckFonts(fonts)
}
