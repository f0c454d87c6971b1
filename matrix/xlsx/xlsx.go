// Package xlsx writes a matrix as a workbook that a compliance team can
// filter, edit, print and sign.
//
// The sheets are Summary, Matrix, Split, Parties, Requirements and Exceptions
// (where there are any), Findings, Sources and Legend. Letters in the sheet
// Matrix can be edited: drop-down lists, colours, the check of each row and
// the counter of the summary follow.
//
// The same matrix gives the same bytes with the same version of Go. Text of
// the user's is never read as a formula, and what XML cannot carry is
// replaced by U+FFFD.
package xlsx

import (
	"fmt"
	"io"

	"raci/matrix/view"
)

// Write writes the workbook to w. It either writes a whole workbook or
// returns an error; the error of a text that is too long names its row.
// Warnings say what the workbook shows less well than it should.
func Write(w io.Writer, r *view.Report) (warnings []string, err error) {
	b, err := newBook(r)
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	defer func() {
		// Streams of 16 MB and more are in temporary files until here.
		if e := b.file.Close(); err == nil && e != nil {
			err = fmt.Errorf("workbook: %w", e)
		}
	}()
	if err := b.fill(); err != nil {
		return b.warnings, fmt.Errorf("workbook: %w", err)
	}
	if err := b.save(w); err != nil {
		return b.warnings, fmt.Errorf("workbook: %w", err)
	}
	return b.warnings, nil
}

// content is a sheet and what writes it.
type content struct {
	name  string
	about string
	write func(*book) error
}

// contents returns the sheets, in their order.
func (b *book) contents() []content {
	list := []content{
		{"Summary", "Document control, counts, charts, approval", (*book).writeSummary},
		{"Matrix", "Every duty: texts, letters, evidence, sources", (*book).writeMatrix},
		{"Split", "Who performs what, all entries at a glance", (*book).writeSplit},
		{"Parties", "The duties and letters of each party", (*book).writeParties},
	}
	if len(b.m.Frameworks) > 0 {
		list = append(list, content{"Requirements", "How each requirement of the frameworks is answered", (*book).writeRequirements})
	}
	if len(b.m.Exceptions) > 0 {
		list = append(list, content{"Exceptions", "Deviations from the catalog, with reason and end", (*book).writeExceptions})
	}
	return append(list,
		content{"Findings", "What the checks have to say about this matrix", (*book).writeFindings},
		content{"Sources", "Pages behind the statements, with dates of checks", (*book).writeSources},
		content{"Legend", "What letters, splits, categories, bases and marks mean", (*book).writeLegend})
}

// fill writes all sheets.
func (b *book) fill() error {
	if err := b.properties(); err != nil {
		return err
	}
	for _, c := range b.contents() {
		if err := c.write(b); err != nil {
			return err
		}
	}
	return nil
}
