package pdf

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
)

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

// readLogo reads a PNG or JPEG. The library knows neither every kind of PNG
// nor how to make a picture smaller, so it gets one that is plain and no
// larger than needed.
func readLogo(data []byte) (*logo, error) {
	img, format, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	size := img.Bounds().Size()
	part := min(1, logoPixels/float64(max(size.X, size.Y)))
	scaled := image.NewNRGBA(image.Rect(0, 0, max(int(float64(size.X)*part), 1), max(int(float64(size.Y)*part), 1)))
	if part < 1 {
		draw.CatmullRom.Scale(scaled, scaled.Bounds(), img, img.Bounds(), draw.Src, nil)
	} else {
		draw.Draw(scaled, scaled.Bounds(), img, img.Bounds().Min, draw.Src)
	}
	fit := min(logoWidth/float64(size.X), logoHeight/float64(size.Y))
	l := &logo{kind: "PNG", width: float64(size.X) * fit, height: float64(size.Y) * fit}
	var out bytes.Buffer
	if format == "jpeg" {
		l.kind = "JPG"
		err = jpeg.Encode(&out, scaled, &jpeg.Options{Quality: 90})
	} else {
		err = png.Encode(&out, scaled)
	}
	l.data = out.Bytes()
	return l, err
}
