package pdf

import (
	"encoding/binary"
	"fmt"
	"slices"

	"golang.org/x/image/font/sfnt"

	"raci/matrix"
	"raci/matrix/source"
)

// trueType is a font that the library can embed.
type trueType struct {
	*glyphs
	parsed     *sfnt.Font
	characters []uint16 // the glyph of each character, or 0
}

// checkFont parses a font of the manifest if the library can embed it. The
// library itself prints to standard output or panics where a font is not as
// it expects, so all that it relies on is looked at here.
func checkFont(f matrix.File) (*trueType, *source.Diagnostic) {
	bad := func(hint, format string, args ...any) *source.Diagnostic {
		return &source.Diagnostic{At: f.At, Message: fmt.Sprintf("the font %q ", f.ID) + fmt.Sprintf(format, args...), Hint: hint}
	}
	const useTTF = "use a font file with TrueType outlines, which usually ends in .ttf"
	if len(f.Data) < 12 {
		return nil, bad(useTTF, "is not a font")
	}
	switch string(f.Data[:4]) {
	case "\x00\x01\x00\x00", "true":
	case "OTTO":
		return nil, bad(useTTF, "has PostScript outlines (CFF), which the PDF cannot embed")
	case "ttcf":
		return nil, bad(useTTF, "is a collection of several fonts, which the PDF cannot embed")
	case "wOFF", "wOF2":
		return nil, bad(useTTF, "is a web font, which the PDF cannot embed")
	default:
		return nil, bad(useTTF, "is not a TrueType font")
	}
	tables, err := fontTables(f.Data)
	if err != nil {
		p := brokenFont(f, err)
		return nil, &p
	}
	if o := tables["OS/2"]; len(o) >= 10 {
		const restricted, noSubset, bitmapOnly = 0x2, 0x100, 0x200
		if v := binary.BigEndian.Uint16(o[8:]); v&0xf == restricted || v&(noSubset|bitmapOnly) != 0 {
			return nil, bad("use a font whose licence allows it", "forbids to be embedded in documents")
		}
	}
	start, ok := unicodeMap(tables["cmap"])
	if !ok {
		return nil, bad("use another font", "has no Unicode table of characters (cmap format 4)")
	}
	t := &trueType{}
	if t.glyphs, err = readGlyphs(tables); err == nil {
		t.characters, err = readCharacters(tables["cmap"], start, t.count)
	}
	if err == nil {
		err = t.check(0) // which stands for characters without one
	}
	if err == nil {
		t.parsed, err = sfnt.Parse(f.Data)
	}
	if err != nil {
		p := brokenFont(f, err)
		return nil, &p
	}
	return t, nil
}

func brokenFont(f matrix.File, err error) source.Diagnostic {
	return source.Diagnostic{At: f.At, Message: fmt.Sprintf("the font %q is broken: %v", f.ID, err), Hint: "get the file again, or use another font"}
}

// fontTables cuts a font into its tables.
func fontTables(data []byte) (map[string][]byte, error) {
	n := int(binary.BigEndian.Uint16(data[4:]))
	tables := map[string][]byte{}
	for i := range n {
		at := 12 + 16*i
		if at+16 > len(data) {
			return nil, fmt.Errorf("it ends within its list of tables")
		}
		name := string(data[at : at+4])
		start, size := uint64(binary.BigEndian.Uint32(data[at+8:])), uint64(binary.BigEndian.Uint32(data[at+12:]))
		if start+size > uint64(len(data)) {
			return nil, fmt.Errorf("its table %q ends beyond the file", name)
		}
		tables[name] = data[start : start+size]
	}
	for name, least := range map[string]int{"cmap": 4, "glyf": 1, "head": 54, "hhea": 36, "hmtx": 4, "loca": 4, "maxp": 6, "name": 6, "post": 32} {
		if len(tables[name]) < least {
			return nil, fmt.Errorf("a table that it needs is missing or too short")
		}
	}
	if binary.BigEndian.Uint16(tables["hhea"][34:]) == 0 || binary.BigEndian.Uint16(tables["hhea"][32:]) != 0 || binary.BigEndian.Uint16(tables["head"][52:]) != 0 ||
		binary.BigEndian.Uint16(tables["head"][18:]) == 0 {
		return nil, fmt.Errorf("its headers hold values that mean nothing")
	}
	return tables, nil
}

// unicodeMap returns where the library will look for the characters.
func unicodeMap(cmap []byte) (start int, ok bool) {
	for i := range int(binary.BigEndian.Uint16(cmap[2:])) {
		at := 4 + 8*i
		if at+8 > len(cmap) {
			return 0, false
		}
		platform, encoding := binary.BigEndian.Uint16(cmap[at:]), binary.BigEndian.Uint16(cmap[at+2:])
		start := uint64(binary.BigEndian.Uint32(cmap[at+4:]))
		if (platform == 3 && encoding == 1 || platform == 0) && start+2 <= uint64(len(cmap)) && binary.BigEndian.Uint16(cmap[start:]) == 4 {
			return int(start), true
		}
	}
	return 0, false
}

// quiet returns a copy of a font in which the library finds nothing to
// print about: it looks at the names in the font, but uses none of them. The
// library writes into the bytes, too, so each document needs a copy.
func quiet(data []byte) []byte {
	out := slices.Clone(data)
	for i := range int(binary.BigEndian.Uint16(out[4:])) {
		at := 12 + 16*i
		switch start := binary.BigEndian.Uint32(out[at+8:]); string(out[at : at+4]) {
		case "name":
			copy(out[start:], make([]byte, 4)) // format 0, no names
		case "OS/2":
			if binary.BigEndian.Uint32(out[at+12:]) >= 10 {
				copy(out[start+8:], make([]byte, 2)) // checked by checkFont
			}
		}
	}
	return out
}
