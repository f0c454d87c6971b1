package pdf

import "raci/matrix/picture"

// logo is a picture as the library can take it.
type logo struct {
	kind          string // in the library's words
	data          []byte
	width, height float64 // in points
}

// Room of the logo on the cover, and its sharpness: about 300 pixels an inch.
const (
	logoWidth, logoHeight = 170.0, 62.0
	logoPixels            = 720
)

// readLogo makes a logo of a file.
func readLogo(data []byte) (*logo, error) {
	p, err := picture.Read(data, logoPixels)
	if err != nil {
		return nil, err
	}
	fit := min(logoWidth/float64(p.Width), logoHeight/float64(p.Height))
	kind := map[string]string{"png": "PNG", "jpeg": "JPG"}[p.Format]
	return &logo{kind: kind, data: p.Data, width: float64(p.Width) * fit, height: float64(p.Height) * fit}, nil
}
