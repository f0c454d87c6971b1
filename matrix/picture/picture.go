// Package picture makes of a logo what reports embed: its pixels, and nothing
// else that the file holds. Where it was taken, by whom and with which program,
// thumbnails, comments, colour profiles and whatever follows the picture stay
// behind; how a camera was held is applied. All pictures come out as plain 8-bit
// PNG or JPEG files, which every reader of reports shows alike.
//
// A picture from anywhere costs a bounded amount of memory and time.
package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"sync"

	"golang.org/x/image/draw"
)

// MaxSide is how many pixels a side of a picture may have.
const MaxSide = 4000

// maxBytes is how much memory the pixels of a picture may take while it is read:
// that of MaxSide by MaxSide pixels with four channels of 8 bits.
const maxBytes int64 = MaxSide * MaxSide * 4

// Picture is a file to embed.
type Picture struct {
	Format        string // "png" or "jpeg"
	Data          []byte
	Width, Height int // of Data, in pixels
}

// An Error says what is wrong with a picture, in words that follow "the logo", and
// what to do.
type Error struct{ Message, Hint string }

func (e *Error) Error() string { return e.Message + "; " + e.Hint }

const useAnother = "use a PNG or JPEG file"

// Check says why a file cannot be embedded. One that passes can be read.
func Check(data []byte) error {
	one.Lock()
	defer one.Unlock()
	_, _, err := decode(data)
	return err
}

// Read returns the picture with at most side pixels a side. The result depends on
// data and side alone.
func Read(data []byte, side int) (*Picture, error) {
	small, kind, err := readSmall(data, side)
	if err != nil {
		return nil, err
	}
	img := turn(small, orientation(kind, data))
	p := &Picture{Format: kind, Width: img.Bounds().Dx(), Height: img.Bounds().Dy()}
	var out bytes.Buffer
	if kind == "jpeg" {
		err = jpeg.Encode(&out, img, &jpeg.Options{Quality: 90})
	} else {
		err = png.Encode(&out, img)
	}
	p.Data = out.Bytes()
	return p, err
}

// readSmall reads a picture; the whole of it is given up when this returns.
func readSmall(data []byte, side int) (*image.NRGBA, string, error) {
	one.Lock()
	defer one.Unlock()
	img, kind, err := decode(data)
	if err != nil {
		return nil, "", err
	}
	return shrink(img, side), kind, nil
}

// one picture is read at a time: many reports are made at once, each with its logo.
var one sync.Mutex

// decode reads a file of the two kinds that the manual names, after a look at what
// that will cost.
func decode(data []byte) (image.Image, string, error) {
	kind, readConfig, read := "png", png.DecodeConfig, png.Decode
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		kind, readConfig, read = "jpeg", jpeg.DecodeConfig, jpeg.Decode
	default:
		return nil, "", &Error{otherKind(data), useAnother}
	}
	config, err := readConfig(bytes.NewReader(data))
	switch {
	case err != nil:
		return nil, "", unreadable(err)
	case config.Width > MaxSide || config.Height > MaxSide:
		return nil, "", &Error{fmt.Sprintf("has %d by %d pixels", config.Width, config.Height), fmt.Sprintf("make it at most %d by %d", MaxSide, MaxSide)}
	case config.Width < 1 || config.Height < 1:
		return nil, "", &Error{"has no pixels", useAnother}
	case cost(kind, data, config) > maxBytes:
		return nil, "", &Error{fmt.Sprintf("takes %d MB of memory to read, for its %d by %d pixels are stored %s",
			cost(kind, data, config)/1_000_000, config.Width, config.Height, manner(kind, data)), fmt.Sprintf("save it plainly with 8 bits a channel, or smaller, so that it takes at most %d MB", maxBytes/1_000_000)}
	case kind == "jpeg" && scans(data) > maxScans:
		return nil, "", &Error{fmt.Sprintf("has more than %d layers", maxScans), "save it again as a plain JPEG or PNG file"}
	}
	img, err := read(bytes.NewReader(data)) // a broken picture shows only here
	if err != nil {
		return nil, "", unreadable(err)
	}
	return img, kind, nil
}

func unreadable(err error) *Error {
	return &Error{fmt.Sprintf("is not a picture that can be read: %v", err), useAnother}
}

// otherKinds are known by their first bytes, so that it can be said what they are.
var otherKinds = []struct{ start, name string }{
	{"GIF8", "a GIF picture"}, {"BM", "a BMP picture"}, {"II*\x00", "a TIFF picture"}, {"MM\x00*", "a TIFF picture"},
	{"<svg", "an SVG drawing"}, {"<?xml", "an SVG drawing or another XML file"}, {"%PDF", "a PDF document"}, {"\x00\x00\x01\x00", "an icon"},
}

func otherKind(data []byte) string {
	for _, k := range otherKinds {
		if bytes.HasPrefix(data, []byte(k.start)) {
			return "is " + k.name
		}
	}
	if len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP" {
		return "is a WebP picture"
	}
	if len(data) >= 12 && string(data[4:8]) == "ftyp" {
		return "is a HEIF or AVIF picture"
	}
	return "is not a picture"
}

// shrink returns the picture with 8 bits a channel, and at most side pixels a side.
func shrink(img image.Image, side int) *image.NRGBA {
	size := img.Bounds().Size()
	part := min(1, float64(side)/float64(max(size.X, size.Y)))
	if by := max(size.X, size.Y) / (2 * side); by > 1 { // a good filter over so many pixels takes seconds
		img = average(img, by)
	}
	small := image.NewNRGBA(image.Rect(0, 0, max(int(float64(size.X)*part), 1), max(int(float64(size.Y)*part), 1)))
	if part < 1 {
		draw.CatmullRom.Scale(small, small.Bounds(), img, img.Bounds(), draw.Src, nil)
	} else {
		draw.Draw(small, small.Bounds(), img, img.Bounds().Min, draw.Src)
	}
	return small
}

// average makes one pixel of each square of by pixels a side.
func average(img image.Image, by int) image.Image {
	from := img.Bounds()
	rows := image.NewRGBA(image.Rect(0, 0, from.Dx(), by))
	out := image.NewRGBA(image.Rect(0, 0, (from.Dx()+by-1)/by, (from.Dy()+by-1)/by))
	for y := range out.Rect.Dy() {
		all := image.Rect(0, 0, from.Dx(), min(by, from.Dy()-y*by))
		draw.Draw(rows, all, img, from.Min.Add(image.Pt(0, y*by)), draw.Src)
		for x := range out.Rect.Dx() {
			square := image.Rect(x*by, 0, x*by+by, by).Intersect(all)
			var sums [4]int
			for row := range square.Dy() {
				line := rows.Pix[rows.PixOffset(square.Min.X, row) : rows.PixOffset(square.Max.X-1, row)+4]
				for i, v := range line {
					sums[i&3] += int(v)
				}
			}
			for i, sum := range sums {
				out.Pix[out.PixOffset(x, y)+i] = uint8(sum / (square.Dx() * square.Dy()))
			}
		}
	}
	return out
}

// turn undoes how the camera was held, in the numbers of Exif: 1 is upright.
func turn(img *image.NRGBA, held int) *image.NRGBA {
	if held < 2 || held > 8 {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	if held >= 5 {
		out = image.NewNRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			toX, toY := [9]int{2: w - 1 - x, 3: w - 1 - x, 4: x, 5: y, 6: h - 1 - y, 7: h - 1 - y, 8: y}[held],
				[9]int{2: y, 3: h - 1 - y, 4: h - 1 - y, 5: x, 6: x, 7: w - 1 - x, 8: w - 1 - x}[held]
			out.SetNRGBA(toX, toY, img.NRGBAAt(x, y))
		}
	}
	return out
}
