// Package pdf writes the report as a PDF that can be printed, signed and filed.
//
// It renders the sections of matrix/view in their order: section prints any of
// them, with the words of the view, so a new one needs no change here. Some have
// renderers of their own, for what only a PDF can do: see layOut and body.
//
// Pages are first laid out as lists of texts, areas and links, with text that
// the sanitizer has made printable, and only then drawn. So the page totals and
// the table of contents are right, and nothing that a user writes can reach
// the library unchecked.
package pdf

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jung-kurt/gofpdf"

	"raci/matrix"
	"raci/matrix/source"
	"raci/matrix/view"
)

// builder lays out one report.
type builder struct {
	*layout
	report   *view.Report
	sections []*view.Section
	m        *matrix.Matrix           // of the report, for the renderers of their own
	anchors  map[view.Link]int        // targets of links
	held     map[string][]*matrix.Row // rows in which a party has a letter, by its id
	names    map[string]string        // of parties by id, cleaned
	logo     *logo                    // or nil
	row      string                   // what is being laid out, for errors
	writer   *writer                  // once the pages are being written, or nil
}

func newBuilder(fs *fonts, v *view.Report) *builder {
	r := &builder{layout: newLayout(fs, newLook(v.Matrix.Appearance)), report: v, sections: v.Sections(), m: v.Matrix, names: map[string]string{}}
	r.number()
	return r
}

// Write writes the report as one PDF, landscape, with the files that are
// attached to it. The bytes depend on the report alone.
//
// Warnings name characters that the report's fonts do not have, and texts that were
// cut. After an error w may hold part of a document only if w itself failed. A
// font of the manifest that cannot be used is an error with its place.
func Write(w io.Writer, v *view.Report) (warnings []string, err error) {
	fs, problems := loadFonts(v.Matrix.Appearance.Fonts)
	if problems != nil {
		return nil, problems.Err()
	}
	r := &builder{}
	defer func() {
		if p := recover(); p != nil {
			err = r.failure(p)
		}
		if err != nil {
			err = cmp.Or(r.brokenFonts().Err(), err)
		}
	}()
	r = newBuilder(fs, v)
	if at := v.Matrix.Appearance.Logo; len(at.Data) > 0 {
		if r.logo, err = readLogo(at.Data); err != nil {
			return nil, source.Diagnostics{{At: at.At, Message: fmt.Sprintf("the logo %q %v", at.ID, err)}}.Err()
		}
	}
	press := newPress()
	attached := later(func() ([]attachment, error) { return press.squeezeFiles(v.Attachments) })
	defer attached() // reads the matrix, which is the caller's again when Write returns
	document := later(func() (*gofpdf.Fpdf, error) { return newDocument(r.paper), nil })
	r.layOut()
	r.row = ""
	data, err := r.draw(press, attached, document)
	if err != nil {
		return nil, err
	}
	press.release() // not after a failure: pages may still be under it
	if _, err := w.Write(data); err != nil {
		return nil, fmt.Errorf("write the PDF: %w", err)
	}
	return r.warnings(), nil
}

func (r *builder) failure(p any) error {
	if r.row != "" {
		return fmt.Errorf("the PDF cannot be made at row %s: %v; shorten or simplify the texts of this row", r.row, p)
	}
	return fmt.Errorf("the PDF cannot be made: %v; the other formats may still work", p)
}

// onSummary are the sections of the first pages that stand on the summary.
var onSummary = []string{view.State, view.Controls, view.Splits, view.LettersSection, view.Coverage, view.Attention}

// layOut fills the pages. The table of contents comes last and is put in
// after the cover, when the sections are known.
func (r *builder) layOut() {
	r.cover()
	cover := r.pages
	r.endPage()
	r.front()
	r.summary()
	for _, s := range r.sections {
		if !s.Front {
			r.body(s)
		}
		r.row = ""
	}
	rest := slices.Clone(r.pages[len(cover):])
	r.pages, r.at = cover, len(cover)-1
	r.contents()
	r.pages = append(r.pages, rest...)
	for i, p := range r.pages {
		p.number = i + 1
	}
	for _, m := range r.marks {
		if p := r.targets[m.target].page; p != nil {
			p.marks = append(p.marks, m)
		}
	}
}

// front prints the first sections that have no place on the cover or on the
// summary.
func (r *builder) front() {
	for _, s := range r.sections {
		if s.Front && !onCover(s) && !slices.Contains(onSummary, s.ID) {
			r.section(s)
		}
	}
}

// body prints one of the sections that follow.
func (r *builder) body(s *view.Section) {
	switch s.ID {
	case view.MatrixSection:
		r.matrix(s)
	case view.SplitGrid:
		r.splitGrid(s)
	case view.Parties:
		r.parties(s)
	case view.Legend:
		r.legend(s)
	default:
		r.section(s)
	}
}

// sectionByID returns a section, an empty one where the report has none.
func (r *builder) sectionByID(id string) *view.Section {
	for _, s := range r.sections {
		if s.ID == id {
			return s
		}
	}
	return &view.Section{ID: id}
}

// party returns the printable name of a party.
func (r *builder) party(id string) string {
	name, known := r.names[id]
	if !known {
		name = r.clean(r.report.PartyName(id))
		r.names[id] = name
	}
	return name
}

// revision is how the revision is printed, or "".
func (r *builder) revision() string {
	if r.m.Revision == "" {
		return ""
	}
	return "revision " + r.clean(r.m.Revision)
}

// join joins the parts that are not empty.
func join(sep string, parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, sep)
}
