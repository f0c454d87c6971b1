package matrix

import (
	"regexp"

	"gopkg.in/yaml.v3"
)

var colourPattern = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)

// Paper sizes of the PDF.
const (
	PaperA4     = "a4"
	PaperLetter = "letter"
)

// report reads how the reports look. Files that it names are read by the
// caller, who knows the manifest's folder: see Report.Logo and Report.Fonts.
func (r *manifestReader) report(n *yaml.Node) {
	rep := &r.m.Report
	r.object(n, "report", []field{
		{"title", false, func(n *yaml.Node) { rep.Title = r.name(n, "title") }},
		{"classification", false, func(n *yaml.Node) { rep.Classification = r.name(n, "classification") }},
		{"approvers", false, func(n *yaml.Node) {
			r.m.approvers = r.refs(n, "approver")
			rep.Approvers = ids(r.m.approvers)
		}},
		{"logo", false, func(n *yaml.Node) { rep.Logo = File{Ref: r.ref(n, "logo")} }},
		{"colour", false, func(n *yaml.Node) {
			if rep.Colour = r.word(n, "colour"); rep.Colour != "" && !colourPattern.MatchString(rep.Colour) {
				r.add(n, "write it as \"#1F3A5F\", with the quotes", "%q is not a colour", rep.Colour)
			}
		}},
		{"paper", false, func(n *yaml.Node) { rep.Paper = r.oneOf(n, "paper", PaperA4, PaperLetter) }},
		{"font", false, func(n *yaml.Node) {
			for _, ref := range r.refs(n, "font") {
				rep.Fonts = append(rep.Fonts, File{Ref: ref})
			}
		}},
		{"protect", false, func(n *yaml.Node) { rep.Protect = r.truth(n, "protect", "true", "false") == "true" }},
		{"columns", false, func(n *yaml.Node) { r.items(n, "columns", false, r.column) }},
	})
}

// column reads the id of a column of the sheet Matrix, alone or with the
// heading that it gets.
func (r *manifestReader) column(n *yaml.Node) {
	c := Column{At: r.pos(n)}
	if resolve(n).Kind != yaml.MappingNode {
		c.ID = r.oneOf(n, "column", ColumnIDs...)
	} else {
		r.object(n, "a column", []field{
			{"column", true, func(n *yaml.Node) { c.ID = r.oneOf(n, "column", ColumnIDs...) }},
			{"title", false, func(n *yaml.Node) { c.Title = r.name(n, "title") }},
		})
	}
	if c.ID != "" {
		r.m.Report.Columns = append(r.m.Report.Columns, c)
	}
}
