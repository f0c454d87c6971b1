// Package pdf writes a matrix as a PDF that can be printed, signed and filed.
//
// Pages are first laid out as lists of texts, areas and links, with text that
// one guard has made printable, and only then drawn. So the page totals and
// the table of contents are right, and nothing that a user writes can reach
// the library unchecked.
package pdf

import (
	"cmp"
	"fmt"
	"io"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/matrix/view"
)

// builder lays out one matrix.
type builder struct {
	*layout
	report   *view.Report
	m        *matrix.Matrix // of the report
	sources  []numberedSource
	sourceNo map[catalog.Source]int // index into sources
	names    map[string]string      // of the parties by id, cleaned
	rowNo    map[string]int         // index into Matrix.Rows by id
	rowLinks map[string]int         // targets of the rows that other pages name
	exceptNo []int                  // targets of the exceptions
	found    int                    // target of the findings
	accepted int                    // target of those that were waived
	logo     *logo                  // or nil
	covered  []coverage             // by framework in use
	holders  map[string]bool        // parties that have a letter anywhere
	// partyLinks are the targets of the parties' sections.
	partyLinks []int
	row        string // the row being laid out, for errors
}

// Write writes the report as one PDF, landscape, with the files that are
// attached to it. The bytes depend on the report alone.
//
// Warnings name characters that the report's fonts lack, and texts that were
// cut. After an error w may hold part of a document only if w itself failed. A
// font of the manifest that cannot be used is an error with its place.
func Write(w io.Writer, v *view.Report) (warnings []string, err error) {
	m := v.Matrix
	fs, problems := loadFonts(m.Appearance.Fonts)
	if problems != nil {
		return nil, problems.Err()
	}
	r := &builder{layout: newLayout(fs, newLook(m.Appearance)), report: v, m: m}
	defer func() {
		if p := recover(); p != nil {
			err = r.failure(p)
		}
	}()
	if len(m.Appearance.Logo.Data) > 0 {
		if r.logo, err = readLogo(m.Appearance.Logo.Data); err != nil {
			at := m.Appearance.Logo
			return nil, source.Diagnostics{{At: at.At, Message: fmt.Sprintf("the logo %q cannot be read: %v", at.ID, err), Hint: "use a PNG or JPEG file"}}.Err()
		}
	}
	r.layOut()
	r.row = ""
	data, err := r.draw(v.Attachments)
	if err != nil {
		return nil, err
	}
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

// layOut fills the pages. The table of contents comes last and is put in
// after the cover, when the sections are known.
func (r *builder) layOut() {
	r.number()
	r.cover()
	front := len(r.pages)
	r.summary()
	r.splitGrid()
	r.matrix()
	r.row = ""
	r.parties()
	r.partyPages()
	r.requirements()
	r.row = ""
	if len(r.m.Exceptions) > 0 || len(r.report.Findings.Open) > 0 || len(r.report.Findings.Accepted) > 0 {
		r.newPage()
	}
	r.exceptions()
	r.problems()
	r.legend()
	r.sourceList()
	body := r.pages[front:]
	r.pages = r.pages[:front:front]
	r.contents()
	r.pages = append(r.pages, body...)
	for i, p := range r.pages {
		p.number = i + 1
	}
	for _, m := range r.marks {
		if p := r.targets[m.target].page; p != nil {
			p.marks = append(p.marks, m)
		}
	}
}

// number names the parties, gives numbers to the sources, and targets to what links lead to.
func (r *builder) number() {
	r.names = map[string]string{}
	for _, p := range r.m.Parties {
		r.names[p.ID] = r.clean(cmp.Or(p.Name, p.ID))
	}
	r.sources, r.sourceNo = numberSources(r.m)
	for i := range r.sources {
		r.sources[i].target = r.newTarget()
	}
	for range r.m.Exceptions {
		r.exceptNo = append(r.exceptNo, r.newTarget())
	}
	r.rowLinks = map[string]int{}
	if len(r.report.Findings.Open) > 0 {
		r.found = r.newTarget()
	}
	if len(r.report.Findings.Accepted) > 0 {
		r.accepted = r.newTarget()
	}
	r.rowNo, r.holders = make(map[string]int, len(r.m.Rows)), map[string]bool{}
	for i := range r.m.Rows {
		row := &r.m.Rows[i]
		r.rowNo[row.ID] = i
		for _, role := range row.Roles {
			r.holders[role.Party] = r.holders[role.Party] || role.Letters != 0
		}
	}
	for i := range r.m.Rows {
		r.rowLinks[r.m.Rows[i].ID] = r.newTarget()
	}
	for range r.m.Parties {
		r.partyLinks = append(r.partyLinks, r.newTarget())
	}
	r.covered = r.coverages()
}

// party returns the printable name of a party.
func (r *builder) party(id string) string {
	if name, ok := r.names[id]; ok {
		return name
	}
	return r.clean(id)
}

// title is the report's title.
func (r *builder) title() string {
	if t := r.clean(r.m.Appearance.Title); t != "" {
		return t
	}
	return "Responsibility matrix (RACI)"
}
