package pdf

import "raci/matrix/view"

// style is the look of a text or a field.
type style struct {
	face  face
	color rgb
	fill  rgb // of the field as a whole
}

// styles are the looks of what texts and fields are about.
var styles = [...]style{
	view.Plain:            {regular, ink, 0},
	view.Strong:           {bold, ink, 0},
	view.Quiet:            {regular, grey, 0},
	view.Missing:          {italic, grey, 0},
	view.PerformsAWS:      {regular, ink, 0xFCE4CC},
	view.PerformsCustomer: {regular, ink, 0xD6E6F5},
	view.PerformsShared:   {regular, ink, 0xE4DDF0},
	view.PerformsOperator: {regular, ink, 0xDDEBDA},
	view.PerformsNobody:   {regular, ink, 0},
	view.HoldsA:           {bold, navy, 0xF3D9DC},
	view.HoldsAR:          {bold, navy, 0xF3D9DC},
	view.HoldsR:           {regular, ink, 0xDDE9F3},
	view.HoldsC:           {regular, ink, 0xF2ECD8},
	view.HoldsI:           {regular, ink, 0xECEDEF},
	view.Bad:              {bold, red, pink},
	view.Doubt:            {bold, ink, 0xFDF3DC},
	view.Remark:           {bold, ink, 0},
	view.Mark:             {bold, linkBlue, 0},
}

// bars are the colours of who performs duties where there is no text on them.
// They are stronger than those of fields, and unlike in lightness, too.
var bars = map[view.Tone]rgb{
	view.PerformsAWS:      0xF2B878,
	view.PerformsCustomer: 0x2F6DA3,
	view.PerformsShared:   0xA593CF,
	view.PerformsOperator: 0x4F8F4B,
	view.PerformsNobody:   0xB9C0C8,
}

// gridStyles are the looks of the marks of the split grid. They differ in
// lightness too, so that the grid can be read in grey.
var gridStyles = map[view.Tone]style{
	view.PerformsAWS:      {bold, ink, 0xFCE4CC},
	view.PerformsCustomer: {bold, white, 0x2F6DA3},
	view.PerformsShared:   {bold, ink, 0xC9BCE6},
	view.PerformsOperator: {bold, ink, 0x7DB579},
	view.PerformsNobody:   {bold, grey, 0},
}
