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
)

// builder lays out one matrix.
type builder struct {
	*layout
	m        *matrix.Matrix
	findings []source.Diagnostic
	waived   []matrix.Accepted
	digest   string
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
	// partyLinks are the targets of the parties' sections.
	partyLinks []int
	row        string // the row being laid out, for errors
}

// Attachment is a file that travels within the document.
type Attachment struct {
	Name        string // such as checkout.json
	Type        string // media type, such as application/json
	Description string
	Data        []byte
}

// Write writes the matrix and the findings on it as one PDF, landscape.
// The bytes depend on its arguments alone.
//
// Warnings tell of characters that the report's fonts lack, and of texts that
// were cut. After an error w may hold part of a document only if w itself
// failed. A font of the manifest that cannot be used is source.Diagnostics.
func Write(w io.Writer, m *matrix.Matrix, findings []source.Diagnostic) (warnings []string, err error) {
	return WriteWith(w, m, findings, nil, nil)
}

// WriteWith is Write with findings that the manifest accepts, and with files
// attached to the document. Their names differ.
func WriteWith(w io.Writer, m *matrix.Matrix, findings []source.Diagnostic, waived []matrix.Accepted, files []Attachment) (warnings []string, err error) {
	fs, problems := loadFonts(m.Appearance.Fonts)
	if problems != nil {
		return nil, problems.Err()
	}
	r := &builder{layout: newLayout(fs, newLook(m.Appearance)), m: m, findings: findings, waived: waived, digest: m.Digest()}
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
	data, err := r.draw(files)
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
	if len(r.m.Exceptions) > 0 || len(r.findings) > 0 || len(r.waived) > 0 {
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
	if len(r.findings) > 0 {
		r.found = r.newTarget()
	}
	if len(r.waived) > 0 {
		r.accepted = r.newTarget()
	}
	r.rowNo = make(map[string]int, len(r.m.Rows))
	for i := range r.m.Rows {
		r.rowNo[r.m.Rows[i].ID] = i
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
