package matrix

import (
	"regexp"

	"gopkg.in/yaml.v3"

	"raci/matrix/source"
)

var colorPattern = regexp.MustCompile(`^#[0-9A-Fa-f]{6}$`)

// Paper sizes of the PDF.
const (
	PaperA4     = "a4"
	PaperLetter = "letter"
)

// report reads how the reports look. Files that it names are read by the
// caller, who knows the manifest's folder: see Report.Logo and Report.Fonts.
func (r *manifestReader) report(n *yaml.Node) {
	rep := &r.m.Appearance
	r.Object(n, "report", []source.Field{
		source.Optional("title", func(n *yaml.Node) { rep.Title = r.Name(n, "title") }),
		source.Optional("classification", func(n *yaml.Node) { rep.Classification = r.Name(n, "classification") }),
		source.Optional("approvers", func(n *yaml.Node) {
			r.m.approvers = r.RefsUnder("approvers", n, "approver")
			rep.Approvers = source.IDs(r.m.approvers)
		}),
		source.Optional("logo", func(n *yaml.Node) { rep.Logo = File{Ref: r.Path(n, "logo")} }),
		source.Optional("colour", func(n *yaml.Node) {
			if rep.Color = r.Word(n, "colour"); rep.Color != "" && !colorPattern.MatchString(rep.Color) {
				r.Add(n, "write it as \"#1F3A5F\", with the quotes", "%q is not a colour", rep.Color)
			}
		}),
		source.Optional("paper", func(n *yaml.Node) { rep.Paper = r.OneOf(n, "paper", PaperA4, PaperLetter) }),
		source.Optional("font", func(n *yaml.Node) {
			for _, ref := range r.Paths(n, "font") {
				rep.Fonts = append(rep.Fonts, File{Ref: ref})
			}
		}),
		source.Optional("protect", func(n *yaml.Node) { rep.Protect, _ = r.Bool(n, "protect") }),
		source.Optional("columns", func(n *yaml.Node) { r.Items(n, "columns", false, r.column) }),
	})
}

// column reads the id of a column of the sheet Matrix, alone or with the
// heading that it gets.
func (r *manifestReader) column(n *yaml.Node) {
	c := Column{At: r.Pos(n)}
	if source.Deref(n).Kind != yaml.MappingNode {
		c.ID = r.OneOf(n, "column", ColumnIDs...)
	} else {
		r.Object(n, "a column", []source.Field{
			source.Required("column", func(n *yaml.Node) { c.ID = r.OneOf(n, "column", ColumnIDs...) }),
			source.Optional("title", func(n *yaml.Node) { c.Title = r.Name(n, "title") }),
		})
	}
	if c.ID != "" {
		r.m.Appearance.Columns = append(r.m.Appearance.Columns, c)
	}
}
