package xlsx

import "github.com/xuri/excelize/v2"

// Colours. All text on them has a contrast of at least 4.5 to 1, and no
// meaning hangs on a colour alone.
const (
	ink       = "1A1A1A"
	quiet     = "595959"
	white     = "FFFFFF"
	navy      = "1F3A5F"
	linkBlue  = "0B4F9E"
	groupBlue = "DCE6F0"
	lineGrey  = "C9D0D8"
	alarm     = "A4161A"
	alarmFill = "FBE3E4"
	labelGrey = "F2F4F7"

	awsFill      = "FCE4CC"
	customerFill = "D6E6F5"
	sharedFill   = "E4DDF0"
	operatorFill = "DDEBDA"

	accountableFill = "F3D9DC"
	bothFill        = "E9C3C8"
	responsibleFill = "D9EAD3"
	consultedFill   = "FFF2CC"
	informedFill    = "ECEFF3"
)

// look is the number of a way to print a cell.
type look int

const (
	bare look = iota // text that may run over the empty cells at its right
	plain
	small
	dense // small, and as dark as plain
	trail // in the last column, so that it may run on to the right
	strong
	centred
	number
	link
	smallLink
	title
	subtitle
	section
	heading
	turned // heading, turned by 90 degrees
	group
	groupText
	groupOpen // group that may run over the empty cells at its right
	label
	missing
	prose // text of the sheet, in no field
	note
	letter
	mark
	signBox
	dateBox
	onAWS
	onCustomer
	onShared
	onOperator
	onNone
	letterA
	letterAR
	letterR
	letterC
	letterI
	gapMark
	gapText
	counter
	lookCount
)

// face says how a look prints.
type face struct {
	size   float64 // points
	bold   bool
	colour string
	fill   string
	centre bool
	middle bool // vertically
	bottom bool
	wrap   bool
	turned bool
	border bool
	line   bool // underlined, as links are
	open   bool // can be edited in a protected sheet
	date   bool
}

const (
	bodySize  = 9
	smallSize = 8
)

// faces returns the face of each look.
func faces(p palette) [lookCount]face {
	cell := face{size: bodySize, colour: ink, wrap: true, border: true}
	on := func(fill string) face {
		return face{size: bodySize, bold: true, colour: ink, fill: fill, centre: true, wrap: true, border: true}
	}
	with := func(f face, change func(*face)) face { change(&f); return f }
	head := face{size: bodySize, bold: true, colour: p.onHead, fill: p.head, wrap: true, border: true, bottom: true}
	linked := func(f *face) { f.colour, f.line = linkBlue, true }
	return [lookCount]face{
		bare:       {size: bodySize, colour: ink},
		plain:      cell,
		small:      with(cell, func(f *face) { f.size, f.colour = smallSize, quiet }),
		dense:      with(cell, func(f *face) { f.size = smallSize }),
		trail:      {size: smallSize, colour: quiet},
		strong:     with(cell, func(f *face) { f.bold = true }),
		centred:    with(cell, func(f *face) { f.centre = true }),
		number:     with(cell, func(f *face) { f.centre, f.wrap = true, false }),
		link:       with(cell, linked),
		smallLink:  with(cell, func(f *face) { linked(f); f.size = smallSize }),
		title:      {size: 16, bold: true, colour: p.text},
		subtitle:   {size: 10, colour: quiet},
		section:    {size: 11, bold: true, colour: p.text},
		heading:    head,
		turned:     with(head, func(f *face) { f.turned, f.centre = true, true }),
		group:      {size: 10, bold: true, colour: p.text, fill: p.group, middle: true, wrap: true},
		groupText:  {size: bodySize, colour: ink, fill: p.group, middle: true},
		groupOpen:  {size: 10, bold: true, colour: p.text, fill: p.group, middle: true},
		label:      with(cell, func(f *face) { f.bold, f.fill = true, labelGrey }),
		missing:    with(cell, func(f *face) { f.colour = quiet }),
		prose:      {size: bodySize, colour: ink, wrap: true},
		note:       {size: smallSize, colour: quiet, wrap: true},
		letter:     with(cell, func(f *face) { f.centre, f.size, f.open = true, 10, true }),
		mark:       with(cell, func(f *face) { f.bold, f.centre = true, true }),
		signBox:    with(cell, func(f *face) { f.open = true }),
		dateBox:    with(cell, func(f *face) { f.open, f.date = true, true }),
		onAWS:      on(awsFill),
		onCustomer: on(customerFill),
		onShared:   on(sharedFill),
		onOperator: on(operatorFill),
		onNone:     with(on(""), func(f *face) { f.bold, f.colour = false, quiet }),
		letterA:    with(on(accountableFill), func(f *face) { f.colour = navy }),
		letterAR:   with(on(bothFill), func(f *face) { f.colour = navy }),
		letterR:    with(on(responsibleFill), func(f *face) { f.bold = false }),
		letterC:    with(on(consultedFill), func(f *face) { f.bold = false }),
		letterI:    with(on(informedFill), func(f *face) { f.bold = false }),
		gapMark:    with(on(alarm), func(f *face) { f.colour = white }),
		gapText:    with(on(alarmFill), func(f *face) { f.colour = alarm }),
		counter:    with(on(""), func(f *face) { f.size = 14 }),
	}
}

// style returns the face as excelize wants it.
func (f face) style() *excelize.Style {
	s := &excelize.Style{
		Font:      &excelize.Font{Family: "Arial", Size: f.size, Bold: f.bold, Color: f.colour},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: f.wrap},
	}
	if f.line {
		s.Font.Underline = "single"
	}
	if f.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{f.fill}}
	}
	if f.centre {
		s.Alignment.Horizontal = "center"
	}
	switch {
	case f.middle:
		s.Alignment.Vertical = "center"
	case f.bottom:
		s.Alignment.Vertical = "bottom"
	}
	if f.open {
		s.Protection = &excelize.Protection{Locked: false}
	}
	if f.date {
		s.CustomNumFmt = ptr("yyyy-mm-dd")
	}
	if f.turned {
		s.Alignment.TextRotation = 90
	}
	if f.border {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: lineGrey, Style: 1})
		}
	}
	return s
}

// styles makes the styles of a workbook. ids are by look; guarded are the
// same for text that a spreadsheet would take for a formula when edited.
func (b *book) styles() error {
	b.faces = faces(b.palette)
	for l, f := range b.faces {
		id, err := b.file.NewStyle(f.style())
		if err != nil {
			return err
		}
		guarded := f.style()
		guarded.NumFmt = 49 // text
		gid, err := b.file.NewStyle(guarded)
		if err != nil {
			return err
		}
		quote := true
		b.file.Styles.CellXfs.Xf[gid].QuotePrefix = &quote
		b.ids[l], b.guarded[l] = id, gid
	}
	return nil
}

// conditional returns a conditional format that prints as the look does.
func (b *book) conditional(l look) (int, error) {
	f := b.faces[l]
	return b.file.NewConditionalStyle(&excelize.Style{
		Font: &excelize.Font{Bold: f.bold, Color: f.colour},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{f.fill}},
	})
}
