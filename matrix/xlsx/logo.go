package xlsx

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // logos are PNG or JPEG
	_ "image/png"

	"github.com/xuri/excelize/v2"
)

// The room for a logo, in pixels: the heading of the summary.
const (
	logoWidth  = 300
	logoHeight = 64
)

// logo puts the logo, if there is one, into the right corner of the summary.
func (p *summary) logo() error {
	file := p.b.m.Appearance.Logo
	if len(file.Data) == 0 {
		return nil
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(file.Data))
	if err != nil {
		return fmt.Errorf("%s: the logo %q is not a PNG or JPEG picture: %w", file.At, file.ID, err)
	}
	scale := min(logoWidth/float64(max(config.Width, 1)), logoHeight/float64(max(config.Height, 1)))
	free := rightColumns*rightWidth*8 - int(float64(config.Width)*scale)
	skipped := free / (rightWidth * 8)
	return p.b.file.AddPictureFromBytes(summarySheet, ref(len(p.grid)+2+skipped, 1), &excelize.Picture{
		Extension: "." + format,
		File:      file.Data,
		Format: &excelize.GraphicOptions{AltText: "Logo of " + oneLine(p.b.m.Organization), Name: "Logo", ScaleX: scale, ScaleY: scale,
			OffsetX: free % (rightWidth * 8), OffsetY: 2, LockAspectRatio: true, Positioning: "oneCell"},
	})
}
