package xlsx

import (
	"strings"

	"raci/matrix"
)

// sourceWidth is the width of the column with the link to a source.
const sourceWidth = 22

// matrixColumn is a column of the sheet Matrix.
type matrixColumn struct {
	heading string
	width   float64
	turned  bool
	cell    func(i int, r *matrix.Row) cell
}

// field makes a column of plain text.
func field(heading string, width float64, l look, text func(r *matrix.Row) string) matrixColumn {
	return matrixColumn{heading: heading, width: width, cell: func(_ int, r *matrix.Row) cell {
		return cell{look: l, text: text(r)}
	}}
}

// matrixColumns returns the columns in their order.
func (b *book) matrixColumns() []matrixColumn {
	columns := []matrixColumn{
		field("Entry", 15, plain, func(r *matrix.Row) string { return b.m.EntryTitle(r.Entry) }),
		field("Duty", 25, strong, func(r *matrix.Row) string { return or(r.Title, r.Duty) }),
		field("Row", 15, small, func(r *matrix.Row) string { return r.ID }),
		field("Service", 12, plain, b.serviceName()),
		field("Variant", 12, plain, b.variantNames()),
		field("Control", 13, plain, func(r *matrix.Row) string { return or(r.ControlName, r.Control) }),
		field("Category", 10, plain, func(r *matrix.Row) string { return r.Category }),
		{heading: "Split", width: 10, cell: func(_ int, r *matrix.Row) cell {
			return cell{look: splitLook(r.Split), text: b.splitName(r.Split)}
		}},
		field("What AWS does", 32, plain, func(r *matrix.Row) string { return r.Side(matrix.AWS) }),
		field("What the customer does", 32, plain, func(r *matrix.Row) string { return r.Side(matrix.Customer) }),
	}
	for _, op := range b.layout.operators {
		columns = append(columns, field("What "+or(op.Name, op.ID)+" does", 24, plain, func(r *matrix.Row) string { return r.Side(op.ID) }))
	}
	columns = append(columns, b.partyColumns()...)
	columns = append(columns,
		matrixColumn{heading: "Check", width: 8, cell: b.checkCell},
		matrixColumn{heading: "Marks", width: 11, cell: b.marksCell})
	return append(columns, b.referenceColumns()...)
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
			return cell{look: letter, text: r.Letters(p.ID).String()}
		}})
	}
	return columns
}

// unprinted is how many of the last columns a print leaves out.
const unprinted = 2

// referenceColumns returns what stands right of the letters.
func (b *book) referenceColumns() []matrixColumn {
	return []matrixColumn{
		field("Evidence", 25, plain, func(r *matrix.Row) string { return bullets(r.Evidence) }),
		{heading: "Source", width: sourceWidth, cell: func(_ int, r *matrix.Row) cell {
			if len(r.Sources) == 0 {
				return cell{look: small}
			}
			return cell{look: smallLink, text: b.shortAddress(r.Sources[0].URL, smallLink, sourceWidth), link: r.Sources[0].URL}
		}},
		field("Checked", 9, centred, func(r *matrix.Row) string {
			if len(r.Sources) == 0 {
				return ""
			}
			return r.Sources[0].Checked
		}),
		field("Basis", 9, centred, func(r *matrix.Row) string { return string(r.Basis) }),
		field("Note", 21, plain, func(r *matrix.Row) string { return r.Note }),
		field("Further sources", 46, small, func(r *matrix.Row) string {
			var list []string
			for _, s := range r.Sources[min(1, len(r.Sources)):] {
				list = append(list, strings.TrimSuffix(s.URL+" ("+s.Checked+")", " ()"))
			}
			return strings.Join(list, "\n")
		}),
		field("Why these letters", 60, trail, b.why),
	}
}

// bullets returns the items one to a line.
func bullets(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return "• " + strings.Join(items, "\n• ")
}
