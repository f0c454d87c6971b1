package xlsx

import (
	"strings"

	"raci/matrix/view"
)

// toneLooks says how a field or text of each tone prints; all others are plain.
var toneLooks = map[view.Tone]look{
	view.Strong:           strong,
	view.Quiet:            small,
	view.Missing:          missing,
	view.PerformsAWS:      onAWS,
	view.PerformsCustomer: onCustomer,
	view.PerformsShared:   onShared,
	view.PerformsOperator: onOperator,
	view.PerformsNobody:   onNone,
	view.HoldsA:           letterA,
	view.HoldsAR:          letterAR,
	view.HoldsR:           letterR,
	view.HoldsC:           letterC,
	view.HoldsI:           letterI,
	view.Bad:              gapMark,
	view.Doubt:            letterC,
	view.Remark:           letterI,
	view.Mark:             mark,
}

// kindLooks says how the plain fields of a column print.
var kindLooks = map[view.Kind]look{
	view.Number:  number,
	view.Rows:    number,
	view.Letters: letter,
	view.Date:    centred,
	view.Sign:    signBox,
	view.SignOn:  dateBox,
	view.RowID:   small,
}

// toneLook returns how a tone prints.
func toneLook(t view.Tone) look {
	if l, ok := toneLooks[t]; ok {
		return l
	}
	return plain
}

// fieldLook returns how a field of a column prints: by its tone, or that of its
// first line, or what the column holds.
func fieldLook(c *view.Cell, kind view.Kind) look {
	tone := c.Tone
	if tone == view.Plain && len(c.Lines) > 0 {
		if tone = c.Lines[0].Tone; tone == view.Bad {
			return gapText
		}
	}
	if l, ok := kindLooks[kind]; ok && (tone == view.Plain || tone == view.Missing) {
		return l
	}
	return toneLook(tone)
}

// field returns a field of the view as a cell. A cell has one look and one link:
// those of its first line.
func (b *book) field(c *view.Cell, kind view.Kind) cell {
	out := cell{look: fieldLook(c, kind), number: c.Number, isNum: c.IsNumber}
	switch {
	case c.IsNumber:
		return out
	case kind == view.Rows:
		out.isNum, out.number = true, len(c.Lines)+c.More
		return out
	case len(c.Lines) > 0:
		out.link = b.target(c.Lines[0].Link)
	}
	out.text = withAddresses(c)
	if out.link != "" && out.look == plain {
		out.look = link
	}
	return out
}

// withAddresses returns the text of a cell, in which each line after the first
// that leads to a page names its address, and the first its host.
func withAddresses(c *view.Cell) string {
	switch len(c.Lines) {
	case 0:
		return ""
	case 1:
		return c.Lines[0].WithHost()
	}
	texts := make([]string, len(c.Lines))
	for i, l := range c.Lines {
		if i == 0 {
			texts[i] = l.WithHost()
			continue
		}
		texts[i] = l.Text
		if l.Link.Kind == view.ToPage && l.Link.To != l.Text {
			texts[i] += " (" + l.Link.To + ")"
		}
	}
	return strings.Join(texts, "\n")
}

// target returns where a link leads: a URL, "#" and a place in the workbook, or ""
// where that is not in it.
func (b *book) target(l view.Link) string {
	switch l.Kind {
	case view.ToPage:
		return l.To
	case view.ToRow:
		return b.rowTarget(l.To)
	case view.ToSection:
		return b.sheetTarget(l.To)
	case view.ToParty:
		return b.partyTarget(l.To)
	case view.ToException:
		return b.sheetTarget(view.Exceptions)
	case view.ToFramework:
		return b.sheetTarget(view.Requirements)
	}
	return ""
}

func (b *book) sheetTarget(section string) string {
	name := b.sheetOf(section)
	if name == "" {
		return ""
	}
	return "#" + quoted(name) + "!A1"
}

// rowTarget returns where a row of the matrix stands.
func (b *book) rowTarget(id string) string {
	row := b.layout.byID[id]
	if row == 0 {
		return ""
	}
	return "#" + b.matrixSheet() + "!" + b.layout.target(row)
}

// rowLink returns a cell that leads to a row of the matrix by its number in the
// sheet.
func (b *book) rowLink(id string) cell {
	row := b.layout.byID[id]
	if row == 0 {
		return cell{look: centred}
	}
	return cell{look: link, text: "row " + itoa(row), link: b.rowTarget(id)}
}

// rowOf returns the row that a field leads to, the first one of several.
func rowOf(c *view.Cell) string {
	for i := range c.Lines {
		if l := &c.Lines[i].Link; l.Kind == view.ToRow {
			return l.To
		}
	}
	return ""
}

// Limits on the text of a cell that sums up rows of the matrix, in bytes, so that
// a line does not get higher than a page. The rest stands in the sheet of the
// matrix.
const (
	wideLimit   = 800 // in a column of wideColumn characters or more
	narrowLimit = 250
	wideColumn  = 50
)

// summedUp returns the lines of a cell, as many as have room in a column, and says
// how many are left out. Neither the first one is, nor what stands nowhere else.
func (b *book) summedUp(lines []view.Line, column *view.Column) string {
	limit := narrowLimit
	if column.Chars >= wideColumn {
		limit = wideLimit
	}
	var texts []string
	summed, left := 0, 0
	for _, l := range lines {
		limit -= len(l.Text)
		switch {
		case l.Whole:
		case limit < 0 && summed > 0:
			left++
			continue
		default:
			summed++
		}
		texts = append(texts, l.Text)
	}
	if left > 0 {
		texts = append(texts, "… and "+itoa(left)+" more: see the sheet "+b.sheetOf(view.MatrixSection))
	}
	return strings.Join(texts, "\n")
}
