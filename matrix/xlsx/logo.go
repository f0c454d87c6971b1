package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"raci/matrix/picture"
)

// The room for a logo, in pixels of the screen: the heading of the summary. It is
// stored with up to three times as many, for paper.
const (
	logoWidth  = 300
	logoHeight = 64
	logoPixels = 3 * logoWidth
)

// logo puts the logo, if there is one, into the right corner of the summary.
func (p *summary) logo() error {
	file := p.b.m.Appearance.Logo
	if len(file.Data) == 0 {
		return nil
	}
	logo, err := picture.Read(file.Data, logoPixels)
	if err != nil {
		return fmt.Errorf("%s: the logo %q %w", file.At, file.ID, err)
	}
	scale := min(logoWidth/float64(logo.Width), logoHeight/float64(logo.Height))
	free := rightColumns*rightWidth*8 - int(float64(logo.Width)*scale)
	skipped := free / (rightWidth * 8)
	return p.b.file.AddPictureFromBytes(summarySheet, ref(len(p.grid)+2+skipped, 1), &excelize.Picture{
		Extension: "." + logo.Format,
		File:      logo.Data,
		Format: &excelize.GraphicOptions{AltText: "Logo of " + oneLine(p.b.m.Organization), Name: "Logo", ScaleX: scale, ScaleY: scale,
			OffsetX: free % (rightWidth * 8), OffsetY: 2, LockAspectRatio: true, Positioning: "oneCell"},
	})
}
