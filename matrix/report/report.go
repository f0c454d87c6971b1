// Package report holds the list of formats in which a matrix can be written,
// and those that need the standard library alone.
package report

import (
	"bytes"
	"fmt"
	"io"

	"raci/matrix"
	"raci/matrix/oscal"
	"raci/matrix/pdf"
	"raci/matrix/source"
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
	Write func(w io.Writer, c Content) (warnings []string, err error)
}

// Content is what a report is made from.
type Content struct {
	Matrix   *matrix.Matrix
	Findings matrix.Findings
	Made     []Made // reports of the same matrix that are written already
}

// Made is a report that was written, with the SHA-256 of its bytes in hex.
type Made struct{ Name, SHA256 string }

// plain makes a format of a function that needs nothing but the matrix and the
// findings.
func plain(write func(io.Writer, *matrix.Matrix, []source.Diagnostic) ([]string, error)) func(io.Writer, Content) ([]string, error) {
	return func(w io.Writer, c Content) ([]string, error) { return write(w, c.Matrix, c.Findings.Open) }
}

// Formats are all formats. To add one, write a function and add a line.
var Formats = []Format{
	{"xlsx", ".xlsx", "a workbook to work in", writeWorkbook},
	{"pdf", ".pdf", "a report to sign and to file, with the matrix as JSON attached", writePDF},
	{"json", ".json", "the matrix for programs, schema " + JSONSchema, plain(writeJSON)},
	{"csv", ".csv", "the rows for spreadsheets and scripts", plain(writeCSV)},
	{"md", ".md", "a report to read on a web page, in Markdown", writeMarkdown},
	{"fedramp", "-fedramp.xlsx", "the CIS/CRM workbook of a FedRAMP package", plain(xlsx.WriteFedRAMP)},
	{"caiq", "-caiq.xlsx", "who owns the controls of CSA's questionnaire (CAIQ)", plain(xlsx.WriteCAIQ)},
	{"oscal-component", "-oscal-component.json", "what each service provides and leaves to its customer, in OSCAL " + oscal.Version, plain(oscal.WriteComponents)},
	{"oscal-ssp", "-oscal-ssp.json", "a system security plan in OSCAL " + oscal.Version, plain(oscal.WritePlan)},
}

func writeWorkbook(w io.Writer, c Content) ([]string, error) {
	return xlsx.Write(w, c.Matrix, c.Findings.Open, c.Findings.Accepted)
}

// writePDF attaches the matrix to the report, and the digests of the reports
// that were written before it: the record carries its own data.
func writePDF(w io.Writer, c Content) ([]string, error) {
	var data bytes.Buffer
	if err := encodeJSON(&data, c.Matrix, ""); err != nil {
		return nil, err
	}
	files := []pdf.Attachment{{Name: "matrix.json", Type: "application/json", Description: "The matrix, schema " + JSONSchema, Data: data.Bytes()}}
	if len(c.Made) > 0 {
		var sums bytes.Buffer
		for _, m := range c.Made {
			fmt.Fprintf(&sums, "%s  %s\n", m.SHA256, m.Name)
		}
		files = append(files, pdf.Attachment{Name: "SHA256SUMS", Type: "text/plain", Description: "SHA-256 of the reports that belong to this one", Data: sums.Bytes()})
	}
	return pdf.WriteWith(w, c.Matrix, c.Findings.Open, c.Findings.Accepted, files)
}

// CheckFonts returns what is wrong with fonts of a manifest, as source.Diagnostics:
// what the PDF would not be written for.
func CheckFonts(fonts []matrix.File) source.Diagnostics {
	if len(fonts) == 0 {
		return nil
	}
	return pdf.CheckFonts(fonts)
}
