package xlsx

import (
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

// sourceWidth is the width of the column with the link to a source.
const sourceWidth = 17

// matrixColumn is a column of a sheet.
type matrixColumn struct {
	heading string
	width   float64
	turned  bool
	cell    func(i int, r *matrix.Row) cell // in the sheet Matrix
}

// field makes a column of plain text.
func field(heading string, width float64, l look, text func(r *matrix.Row) string) matrixColumn {
	return matrixColumn{heading: heading, width: width, cell: func(_ int, r *matrix.Row) cell {
		return cell{look: l, text: text(r)}
	}}
}

// usualColumns are the columns of the sheet Matrix where the manifest names
// none. What an entry's heading or a duty's title says already stands last.
func usualColumns() []string {
	return []string{"entry", "duty", "control", "split", "aws", "customer", "operators", "parties", "check", "marks", "requirements",
		"evidence", "source", "note", "checked", "row", "service", "variant", "category", "basis", "further-sources", "reasons"}
}

// isUnprinted reports whether a print leaves the column out, if none that it
// keeps stands right of it: a page has room for so many columns.
func isUnprinted(id string) bool {
	return slices.Contains([]string{"checked", "row", "service", "variant", "category", "basis", "further-sources", "reasons"}, id)
}

// chosenColumns returns the columns of the sheet Matrix, each once.
func chosenColumns(m *matrix.Matrix) []matrix.Column {
	var list []matrix.Column
	for _, c := range m.Appearance.Columns {
		if !slices.ContainsFunc(list, func(o matrix.Column) bool { return o.ID == c.ID }) {
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		for _, id := range usualColumns() {
			list = append(list, matrix.Column{ID: id})
		}
	}
	return list
}

// matrixColumns returns the columns in their order, with the headings that
// the manifest gives them.
func (b *book) matrixColumns() []matrixColumn {
	var columns []matrixColumn
	chosen := chosenColumns(b.m)
	for i, c := range chosen {
		group := b.columnsOf(c.ID, i == len(chosen)-1)
		for j := range group {
			switch {
			case c.Title == "":
			case len(group) == 1 || c.ID != "parties" && c.ID != "operators" && c.ID != "requirements":
				group[j].heading = c.Title
			default:
				group[j].heading = c.Title + ": " + group[j].heading
			}
		}
		columns = append(columns, group...)
	}
	return columns
}

// columnsOf returns the columns that an id stands for.
func (b *book) columnsOf(id string, last bool) []matrixColumn {
	switch id {
	case "parties":
		return b.partyColumns()
	case "operators":
		return b.operatorColumns()
	case "requirements":
		return b.requirementColumns()
	case "check":
		return []matrixColumn{{heading: "Check", width: 7.5, cell: b.checkCell}}
	case "marks":
		return []matrixColumn{{heading: "Marks", width: 11, cell: b.marksCell}}
	case "split":
		return []matrixColumn{{heading: "Split", width: 10, cell: func(_ int, r *matrix.Row) cell {
			return cell{look: splitLook(r.Split), text: b.splitName(r.Split)}
		}}}
	case "evidence", "source", "checked", "further-sources", "basis", "note", "reasons":
		return []matrixColumn{b.referenceColumn(id, last)}
	}
	return []matrixColumn{b.dutyColumn(id)}
}

// dutyColumn returns a column that says what a duty is.
func (b *book) dutyColumn(id string) matrixColumn {
	switch id {
	case "entry":
		return field("Entry", 15, dense, func(r *matrix.Row) string { return b.m.EntryTitle(r.Entry) })
	case "duty":
		return field("Duty", 26, strong, func(r *matrix.Row) string { return or(r.Title, r.Duty) })
	case "row":
		return field("Row", 26, small, func(r *matrix.Row) string { return r.ID })
	case "service":
		return field("Service", 14, plain, b.serviceName())
	case "variant":
		return field("Variant", 16, plain, b.variantNames())
	case "control":
		return field("Control", 14, plain, func(r *matrix.Row) string { return or(r.ControlName, r.Control) })
	case "category":
		return field("Category", 12, plain, func(r *matrix.Row) string { return string(r.Category) })
	case "aws":
		return field("What AWS does", 36, plain, func(r *matrix.Row) string { return r.Side(catalog.AWS) })
	case "customer":
		return field("What the customer does", 36, plain, func(r *matrix.Row) string { return r.Side(catalog.Customer) })
	}
	return field(id, 14, plain, func(*matrix.Row) string { return "" })
}

func (b *book) operatorColumns() []matrixColumn {
	var columns []matrixColumn
	for _, op := range b.layout.operators {
		columns = append(columns, field("What "+or(op.Name, op.ID)+" does", 18, plain, func(r *matrix.Row) string { return r.Side(op.ID) }))
	}
	return columns
}

// serviceName returns the column text with the name of a row's service.
func (b *book) serviceName() func(r *matrix.Row) string {
	names := map[string]string{}
	for _, e := range b.m.Entries {
		names[e.Service] = e.ServiceName
	}
	return func(r *matrix.Row) string { return or(names[r.Service], r.Service) }
}

// variantNames returns the column text with the names of a row's variants.
func (b *book) variantNames() func(r *matrix.Row) string {
	names := map[[2]string]string{}
	for _, e := range b.m.Entries {
		for i, v := range e.Variants {
			if i < len(e.VariantNames) {
				names[[2]string{e.Service, v}] = e.VariantNames[i]
			}
		}
	}
	return func(r *matrix.Row) string {
		var list []string
		for _, v := range r.Variants {
			list = append(list, or(names[[2]string{r.Service, v}], v))
		}
		return strings.Join(list, ", ")
	}
}

// partyColumns returns a column of letters for each party, with headings
// turned where there are many of them.
func (b *book) partyColumns() []matrixColumn {
	turned := len(b.m.Parties) > 6
	var columns []matrixColumn
	for _, p := range b.m.Parties {
		columns = append(columns, matrixColumn{heading: or(p.Name, p.ID), width: 11, turned: turned, cell: func(_ int, r *matrix.Row) cell {
			return cell{look: letter, text: b.letters[r.Letters(p.ID)&15]}
		}})
	}
	return columns
}

// requirementColumns returns a column for each framework.
func (b *book) requirementColumns() []matrixColumn {
	var columns []matrixColumn
	for i := range b.m.Frameworks {
		f := b.m.Frameworks[i].Framework
		columns = append(columns, field(or(f.Name, f.ID), 16, small, func(r *matrix.Row) string {
			for _, q := range r.Requirements {
				if q.Framework == f.ID {
					return strings.Join(q.IDs, ", ")
				}
			}
			return ""
		}))
	}
	return columns
}

// referenceColumn returns a column that says what a row rests on.
func (b *book) referenceColumn(id string, last bool) matrixColumn {
	switch id {
	case "evidence":
		return field("Evidence", 28, dense, func(r *matrix.Row) string { return bullets(r.Evidence) })
	case "source":
		return matrixColumn{heading: "Source", width: sourceWidth, cell: func(_ int, r *matrix.Row) cell {
			if len(r.Sources) == 0 {
				return cell{look: small}
			}
			return cell{look: smallLink, text: b.page(r.Sources[0].URL).short, link: r.Sources[0].URL}
		}}
	case "checked":
		return field("Checked", 9, centred, func(r *matrix.Row) string {
			if len(r.Sources) == 0 {
				return ""
			}
			return r.Sources[0].Checked
		})
	case "basis":
		return field("Basis", 9, centred, func(r *matrix.Row) string { return string(r.Basis) })
	case "note":
		return field("Note", 30, dense, func(r *matrix.Row) string { return r.Note })
	case "further-sources":
		return field("Further sources", 46, small, furtherSources)
	}
	if last {
		return field("Why these letters", 60, trail, b.why)
	}
	return field("Why these letters", 60, small, b.why)
}

func furtherSources(r *matrix.Row) string {
	var list []string
	for _, s := range r.Sources[min(1, len(r.Sources)):] {
		list = append(list, strings.TrimSuffix(s.URL+" ("+s.Checked+")", " ()"))
	}
	return strings.Join(list, "\n")
}

// bullets returns the items one to a line.
func bullets(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return "• " + strings.Join(items, "\n• ")
}
