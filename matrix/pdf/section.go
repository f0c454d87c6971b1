package pdf

import "raci/matrix/view"

const (
	bodySize = 8.5 // type of paragraphs
	// longList is how many rows make a section or a table begin on a new page, if
	// half of this one is used.
	longList = 15
	// someRoom is what is left below a heading, at least, for the head of a table
	// and its first row.
	someRoom = 90
)

// section prints any section of the report.
func (r *builder) section(s *view.Section) {
	rows := 0
	for _, t := range s.Tables {
		rows += t.Count
	}
	r.beginList(rows)
	room := 0.0
	if len(s.Tables) > 0 {
		room = someRoom
	}
	r.sectionTitle(s, room)
	for i, t := range s.Tables {
		if i > 0 {
			r.beginList(t.Count)
		}
		r.printTable(s, t)
	}
}

func (r *builder) beginList(rows int) {
	if rows > longList && r.y > (top+r.bottom)/2 {
		r.endPage()
	}
}

// sectionTitle prints the title of a section and what stands before its tables,
// with room for so much that follows.
func (r *builder) sectionTitle(s *view.Section, room float64) {
	intro := r.intro(s)
	r.title(r.clean(s.Title), r.clean(s.About), r.target(view.ToSection, s.ID), room+r.paragraphsHeight(intro))
	r.paragraphs(intro)
}

// shortened is what the PDF says of the requirements besides the view.
const shortened = "What rows say is shortened here; what the organization does itself, which no row says, comes first and is whole."

func (r *builder) intro(s *view.Section) []string {
	var texts []string
	for _, text := range s.Intro {
		texts = append(texts, r.clean(text))
	}
	if s.ID == view.Requirements {
		texts = append(texts, shortened)
	}
	return texts
}

// paragraphs prints cleaned texts across the page.
func (r *builder) paragraphs(texts []string) {
	for _, text := range texts {
		r.paragraph(margin, r.textWidth, text, regular, bodySize, ink)
	}
	if len(texts) > 0 {
		r.y += 4
	}
}

func (r *builder) paragraphsHeight(texts []string) float64 {
	h := 0.0
	for _, text := range texts {
		h += float64(len(r.wrap(text, regular, bodySize, r.textWidth))) * bodySize * loose
	}
	return h
}

// printTable prints a table of a section across the page.
func (r *builder) printTable(s *view.Section, t *view.Table) {
	target := r.anchors[view.Link{Kind: linkedTables[s.ID], To: t.ID}]
	if t.Title != "" {
		r.y += 6
		r.subtitle(r.clean(t.Title), target, someRoom)
	} else {
		r.place(target)
	}
	if t.Intro != "" {
		r.paragraphs([]string{r.clean(t.Intro)})
	}
	l := r.newListing(t, margin, r.textWidth, small)
	l.in, l.short = s, s.ID == view.Requirements
	l.print()
	r.y += 4
}
