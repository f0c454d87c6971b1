// Package report holds the list of formats in which a matrix can be written,
// and those that need the standard library alone.
package report

import (
	"io"

	"raci/matrix"
	"raci/matrix/pdf"
	"raci/matrix/xlsx"
)

// Format is one way to write a matrix.
type Format struct {
	ID          string
	Extension   string // of the file, with its dot
	Description string
	// Write writes the whole report or fails. Warnings are what the reader
	// should know of a report that was written, such as a character that no
	// font has. The bytes depend on the arguments alone.
	Write func(w io.Writer, m *matrix.Matrix, findings []matrix.Finding) (warnings []string, err error)
}

// Formats are all formats. To add one, write a function and add a line.
var Formats = []Format{
	{"xlsx", ".xlsx", "a workbook to work in", xlsx.Write},
	{"pdf", ".pdf", "a report to sign and to file", pdf.Write},
	{"json", ".json", "the matrix for programs, schema " + JSONSchema, writeJSON},
}
