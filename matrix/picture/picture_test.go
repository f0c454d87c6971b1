package picture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// secret stands for what does not belong to a picture.
const secret = "47.3769N-8.5417E"

// chunk is a part of a PNG.
func chunk(kind string, data []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(append(out, kind...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// exifOf is the metadata of a camera that was held in this way.
func exifOf(order binary.AppendByteOrder, held uint16) []byte {
	out := []byte("MM\x00*")
	if order.String() == "LittleEndian" {
		out = []byte("II*\x00")
	}
	out = order.AppendUint32(out, 8)
	out = order.AppendUint16(out, 2)
	out = order.AppendUint32(order.AppendUint16(order.AppendUint16(out, 0x10e), 2), uint32(len(secret))) // ImageDescription
	out = order.AppendUint32(out, 38)
	out = order.AppendUint32(order.AppendUint16(order.AppendUint16(out, 0x112), 3), 1)
	out = append(order.AppendUint16(out, held), 0, 0)
	return append(order.AppendUint32(out, 0), secret...)
}

func encodePNG(t testing.TB, img image.Image, more ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	const head = 8 + 25 // the signature and the first chunk
	out := bytes.Clone(b.Bytes()[:head])
	for _, m := range more {
		out = append(out, m...)
	}
	return append(out, b.Bytes()[head:]...)
}

// encodeJPEG puts segments behind the first two bytes.
func encodeJPEG(t testing.TB, img image.Image, segments ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	out := []byte{0xff, 0xd8}
	for _, s := range segments {
		out = append(binary.BigEndian.AppendUint16(append(out, 0xff, s[0]), uint16(len(s)+1)), s[1:]...)
	}
	return append(out, b.Bytes()[2:]...)
}

func plain(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = byte(i * 7)
	}
	return img
}

func mustRead(t testing.TB, data []byte, side int) (*Picture, image.Image) {
	t.Helper()
	p, err := Read(data, side)
	if err != nil {
		t.Fatal(err)
	}
	img, format, err := image.Decode(bytes.NewReader(p.Data))
	if err != nil || format != p.Format || img.Bounds() != image.Rect(0, 0, p.Width, p.Height) {
		t.Fatalf("%s %dx%d is %s %v: %v", p.Format, p.Width, p.Height, format, img.Bounds(), err)
	}
	return p, img
}

// TestNothingElse: what does not belong to the picture stays behind.
func TestNothingElse(t *testing.T) {
	exif := exifOf(binary.LittleEndian, 1)
	for name, data := range map[string][]byte{
		"png": append(encodePNG(t, plain(9, 5), chunk("eXIf", exif), chunk("tEXt", []byte("Author\x00"+secret)), chunk("iCCP", []byte("x\x00\x00"+secret)),
			chunk("gAMA", []byte{0, 0, 1, 1}), chunk("zzZz", []byte(secret))), secret...),
		"jpeg": append(encodeJPEG(t, plain(9, 5), "\xe1Exif\x00\x00"+string(exif), "\xe1http://ns.adobe.com/xap/1.0/\x00"+secret, "\xe2ICC_PROFILE\x00\x01\x01"+secret,
			"\xedPhotoshop 3.0\x00"+secret, "\xfe"+secret), secret...),
	} {
		if !bytes.Contains(data, []byte(secret)) {
			t.Fatal(name)
		}
		p, _ := mustRead(t, data, 100)
		if p.Format != name {
			t.Errorf("%s became %s", name, p.Format)
		}
		for _, trace := range []string{secret, "Exif", "eXIf", "tEXt", "iCCP", "gAMA", "zzZz", "ICC_PROFILE", "Photoshop", "adobe"} {
			if bytes.Contains(p.Data, []byte(trace)) {
				t.Errorf("the %s holds %s", name, trace)
			}
		}
	}
}

// held is a letter F as a camera stores it that was held in each of eight ways.
var held = [9]string{1: "### #.. ##. #.. #..", 2: "### ..# .## ..# ..#", 3: "..# ..# .## ..# ###", 4: "#.. #.. ##. #.. ###",
	5: "##### #.#.. #....", 6: "#.... #.#.. #####", 7: "....# ..#.# #####", 8: "##### ..#.# ....#"}

// TestUpright: however the camera was held, the F stands.
func TestUpright(t *testing.T) {
	letter := func(rows []string, grain int) *image.NRGBA {
		img := image.NewNRGBA(image.Rect(0, 0, len(rows[0])*grain, len(rows)*grain))
		for y := range img.Rect.Dy() {
			for x := range img.Rect.Dx() {
				img.Set(x, y, color.White)
				if rows[y/grain][x/grain] == '#' {
					img.Set(x, y, color.Black)
				}
			}
		}
		return img
	}
	show := func(img image.Image, grain int) string {
		var rows []string
		for y := grain / 2; y < img.Bounds().Dy(); y += grain {
			row := ""
			for x := grain / 2; x < img.Bounds().Dx(); x += grain {
				dark, _, _, _ := img.At(x, y).RGBA()
				row += map[bool]string{true: "#", false: "."}[dark < 0x8000]
			}
			rows = append(rows, row)
		}
		return strings.Join(rows, " ")
	}
	for way, stored := range held {
		if way == 0 {
			continue
		}
		const grain = 8
		img := letter(strings.Fields(stored), grain)
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			exif := exifOf(order, uint16(way))
			for _, data := range [][]byte{encodePNG(t, img, chunk("eXIf", exif)), encodeJPEG(t, img, "\xe1Exif\x00\x00"+string(exif))} {
				if _, got := mustRead(t, data, 100); show(got, grain) != held[1] {
					t.Errorf("held the way %d: %s", way, show(got, grain))
				}
			}
		}
	}
}

// TestKinds: each way to store a picture works, and looks the same.
func TestKinds(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) < 6 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		p, img := mustRead(t, data, 100)
		if "."+p.Format != filepath.Ext(name) || p.Width != 24 || p.Height != 16 {
			t.Errorf("%s: %s, %d by %d", name, p.Format, p.Width, p.Height)
		}
		red, _, blue, _ := img.At(12, 1).RGBA()
		redBelow, _, blueBelow, _ := img.At(12, 14).RGBA()
		if gray := strings.Contains(name, "gray"); !gray && (red < 2*blue || blueBelow < 2*redBelow) || gray && red != blue {
			t.Errorf("%s is not red above and blue below: %x %x, %x %x", name, red, blue, redBelow, blueBelow)
		}
	}
	animated := encodePNG(t, plain(4, 3), chunk("acTL", []byte{0, 0, 0, 2, 0, 0, 0, 0}))
	if p, _ := mustRead(t, animated, 100); p.Width != 4 || bytes.Contains(p.Data, []byte("acTL")) {
		t.Error("an animated picture is not its first one")
	}
}

// TestSizes: a picture has as many pixels as it may, and at least one.
func TestSizes(t *testing.T) {
	for _, c := range [][4]int{{1, 1, 1, 1}, {100, 100, 100, 100}, {400, 100, 100, 25}, {100, 4000, 2, 100}, {4000, 1, 100, 1}, {101, 100, 100, 99}} {
		data := encodePNG(t, plain(c[0], c[1]))
		p, _ := mustRead(t, data, 100)
		if p.Width != c[2] || p.Height != c[3] {
			t.Errorf("%v became %d by %d", c, p.Width, p.Height)
		}
		if again, _ := mustRead(t, data, 100); !bytes.Equal(p.Data, again.Data) {
			t.Error("the bytes differ")
		}
	}
}

// TestAverage: of a picture that is far too large, the smaller one has the colours.
func TestAverage(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 1001, 503))
	for i := range img.Pix {
		img.Pix[i] = [4]byte{200, 100, byte(i / 4 % 2 * 80), 255}[i%4]
	}
	p, small := mustRead(t, encodePNG(t, img), 50)
	if p.Width != 50 || p.Height != 25 {
		t.Errorf("%d by %d", p.Width, p.Height)
	}
	for y := range 25 {
		for x := range 50 {
			r, g, b, a := small.At(x, y).RGBA()
			if r>>8 != 200 || g>>8 != 100 || b>>8 < 35 || b>>8 > 45 || a != 0xffff {
				t.Fatal(x, y, r>>8, g>>8, b>>8, a)
			}
		}
	}
}

func TestRefused(t *testing.T) {
	var asGIF bytes.Buffer
	if err := gif.Encode(&asGIF, plain(3, 3), nil); err != nil {
		t.Fatal(err)
	}
	whole := encodePNG(t, plain(50, 50))
	photo := encodeJPEG(t, plain(50, 50))
	wide := bytes.Clone(whole)
	binary.BigEndian.PutUint32(wide[16:], 100_000)
	binary.BigEndian.PutUint32(wide[29:], crc32.ChecksumIEEE(wide[12:29]))
	// heads alone: what a picture costs shows before it is read
	deep := func(side uint32, depth, interlaced byte) []byte {
		head := bytes.Clone(whole)
		binary.BigEndian.PutUint32(head[16:], side)
		binary.BigEndian.PutUint32(head[20:], side)
		head[24], head[28] = depth, interlaced
		binary.BigEndian.PutUint32(head[29:], crc32.ChecksumIEEE(head[12:29]))
		return head
	}
	progressive, err := os.ReadFile("testdata/progressive.jpeg")
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.LastIndex(progressive, []byte{0xff, startOfScan})
	layers := append(bytes.Clone(progressive[:at]), bytes.Repeat(progressive[at:len(progressive)-2], 100)...)
	frame := bytes.Index(progressive, []byte{0xff, startOfProgressive})
	large := bytes.Clone(progressive)
	binary.BigEndian.PutUint16(large[frame+5:], 4000)
	binary.BigEndian.PutUint16(large[frame+7:], 4000)
	const smaller = "; save it plainly with 8 bits a channel, or smaller, so that it takes at most 64 MB"
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"16 bits":     {deep(4000, 16, 0), "takes 128 MB of memory to read, for its 4000 by 4000 pixels are stored with 16 bits a channel" + smaller},
		"interlaced":  {deep(4000, 8, 1), "takes 128 MB of memory to read, for its 4000 by 4000 pixels are stored interlaced" + smaller},
		"both":        {deep(2100, 16, 1), "takes 70 MB of memory to read, for its 2100 by 2100 pixels are stored interlaced with 16 bits a channel" + smaller},
		"16 bits, ok": {deep(2828, 16, 0), "is not a picture that can be read: png: invalid format: "},
		"8 bits, ok":  {deep(4000, 8, 0), "is not a picture that can be read: png: invalid format: "},
		"progressive": {large, "takes "},
		"nothing":     {nil, "is not a picture; use a PNG or JPEG file"},
		"text":        {[]byte("not a picture"), "is not a picture; use"},
		"gif":         {asGIF.Bytes(), "is a GIF picture; use a PNG or JPEG file"},
		"webp":        {[]byte("RIFF\x00\x00\x00\x00WEBPVP8 "), "is a WebP picture; use"},
		"svg":         {[]byte("<svg xmlns="), "is an SVG drawing; use"},
		"avif":        {[]byte("\x00\x00\x00\x20ftypavif"), "is a HEIF or AVIF picture; use"},
		"cut":         {whole[:len(whole)/2], "is not a picture that can be read: png: invalid format: not enough pixel data; use"},
		"cut jpeg":    {photo[:len(photo)/2], "is not a picture that can be read: invalid JPEG format: short Huffman data; use"},
		"checksum":    {bytes.Replace(whole, []byte("IDAT"), []byte("IDAU"), 1), "is not a picture that can be read: png: invalid format: "},
		"wide":        {wide, "has 100000 by 50 pixels; make it at most 4000 by 4000"},
		"many layers": {layers, "has more than 30 layers; save it again as a plain JPEG or PNG file"},
	} {
		if err := Check(c.data); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant %s", name, err, c.want)
		}
		if p, err := Read(c.data, 100); err == nil {
			t.Errorf("%s is read as %v", name, p)
		}
	}
}

// FuzzPicture: a file from anywhere is refused or becomes a plain picture, the
// same each time.
func FuzzPicture(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.*")
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add(encodePNG(f, plain(3, 2), chunk("eXIf", exifOf(binary.BigEndian, 6))))
	f.Add(encodeJPEG(f, plain(3, 2), "\xe1Exif\x00\x00"+string(exifOf(binary.LittleEndian, 7))))
	f.Fuzz(func(t *testing.T, data []byte) {
		if config, _, err := image.DecodeConfig(bytes.NewReader(data)); len(data) > 1<<14 || err == nil && config.Width*config.Height > 1<<16 {
			return
		}
		checked := Check(data)
		p, err := Read(data, 16)
		if (checked == nil) != (err == nil) {
			t.Fatal(checked, err)
		}
		if err != nil {
			return
		}
		if p.Width < 1 || p.Height < 1 || p.Width > 16 || p.Height > 16 {
			t.Error(fmt.Sprint(p.Width, p.Height))
		}
		if again, _ := mustRead(t, data, 16); !bytes.Equal(p.Data, again.Data) {
			t.Error("the bytes differ")
		}
		if left := bytes.TrimSuffix(p.Data, []byte("IEND\xaeB`\x82")); p.Format == "png" && len(left) == len(p.Data) {
			t.Error("something follows the picture")
		}
	})
}
