// Package xlsx writes a report as a workbook that a compliance team can filter,
// edit, print and sign.
//
// It renders package view and chooses no words of its own but for what only a
// workbook has. The first sheet, Summary, holds the sections that come first in
// every report, one below another. Each other section is a sheet: most are one
// table at A1 that can be filtered; the sheet of the matrix, the grid of splits
// and the duties of each party are laid out by themselves, see writerOf. To add
// a section, add it to the view.
//
// Letters in the sheet Matrix can be edited: drop-down lists, colours, the check
// of each row and the counts of the summary follow.
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
	return writeBook(w, r, contents(r))
}

// writeBook writes a workbook of these sheets.
func writeBook(w io.Writer, r *view.Report, sheets []content) (warnings []string, err error) {
	b, err := newBook(r, sheets)
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	defer b.pack.release()
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

// fill writes all sheets.
func (b *book) fill() error {
	if err := b.properties(); err != nil {
		return err
	}
	for _, c := range b.contents {
		if err := c.write(b, c.name); err != nil {
			return err
		}
	}
	return nil
}
