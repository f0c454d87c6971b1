package xlsx

import (
	"encoding/xml"
	"testing"

	"github.com/xuri/excelize/v2"
)

// anchor is where a drawing lies: the cells are counted from 0, offsets into
// them and sizes are in EMU.
type anchor struct {
	From corner `xml:"from"`
	To   corner `xml:"to"`
	Ext  struct {
		CX int `xml:"cx,attr"`
		CY int `xml:"cy,attr"`
	} `xml:"ext"`
}

type corner struct {
	Col    int `xml:"col"`
	ColOff int `xml:"colOff"`
	Row    int `xml:"row"`
	RowOff int `xml:"rowOff"`
}

// check reports a corner that is not inside its cell. Excel cuts what an
// offset leads out of the cell, and other programs do not.
func (c corner) check(t *testing.T, f *excelize.File) {
	t.Helper()
	width, err := f.GetColWidth("Summary", column(c.Col+1))
	if err != nil {
		t.Fatal(err)
	}
	height, err := f.GetRowHeight("Summary", c.Row+1)
	if err != nil {
		t.Fatal(err)
	}
	if float64(c.ColOff) >= width*8*9525 || float64(c.RowOff) >= height*12700 || c.ColOff < 0 || c.RowOff < 0 {
		t.Errorf("corner %+v lies outside its cell of %v digits and %v points", c, width, height)
	}
}

// TestAnchors checks where the charts and the logo of the summary lie.
func TestAnchors(t *testing.T) {
	t.Parallel()
	for name, m := range allShapes(t) {
		if len(m.Parties) == 0 {
			continue // and nothing to draw
		}
		t.Run(name, func(t *testing.T) {
			data := write(t, m)
			var drawing struct {
				Charts   []anchor `xml:"twoCellAnchor"`
				Pictures []anchor `xml:"oneCellAnchor"`
			}
			if err := xml.Unmarshal(unpacked(t, data, "xl/drawings/drawing1.xml"), &drawing); err != nil {
				t.Fatal(err)
			}
			if len(drawing.Charts) != 2 || len(drawing.Pictures) != min(1, len(m.Appearance.Logo.Data)) {
				t.Fatalf("the drawing holds %+v", drawing)
			}
			f := open(t, data)
			for _, p := range drawing.Pictures {
				p.From.check(t, f)
				if p.Ext.CX <= 0 || p.Ext.CY <= 0 {
					t.Errorf("the logo has the size %+v", p.Ext)
				}
			}
			checkCharts(t, f, drawing.Charts)
		})
	}
}

// checkCharts checks that each chart fills the columns that are there for it,
// and rows beside its table, and that nothing else lies there.
func checkCharts(t *testing.T, f *excelize.File, charts []anchor) {
	rows, err := f.GetRows("Summary")
	if err != nil {
		t.Fatal(err)
	}
	for i, heading := range []string{"Control", "Party"} {
		c := charts[i]
		c.From.check(t, f)
		c.To.check(t, f)
		if c.To.Col-c.From.Col != rightColumns-1 || rows[c.From.Row][0] != heading {
			t.Errorf("the chart beside the table %s lies at %+v", heading, c)
		}
		points := float64(c.To.RowOff) / 12700
		for row := c.From.Row; row < c.To.Row; row++ {
			height, err := f.GetRowHeight("Summary", row+1)
			if err != nil {
				t.Fatal(err)
			}
			points += height
			if row < len(rows) && len(rows[row]) > c.From.Col {
				t.Errorf("the chart beside the table %s covers %q", heading, rows[row])
			}
		}
		if points < 90 {
			t.Errorf("the chart beside the table %s is %v points high", heading, points)
		}
	}
	if charts[0].To.Row >= charts[1].From.Row-1 {
		t.Errorf("the first chart ends beside the next table: %+v", charts)
	}
}
