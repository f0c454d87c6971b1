package pdf

import (
	"fmt"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"raci/matrix"
	"raci/matrix/source"
)

// face is one of the embedded fonts.
type face uint8

const (
	regular face = iota
	bold
	italic
	faceCount
)

// style is the face's name in the library's words.
func (f face) style() string { return [faceCount]string{"", "B", "I"}[f] }

func (f face) ttf() []byte {
	return [faceCount][]byte{goregular.TTF, gobold.TTF, goitalic.TTF}[f]
}

// lastRune is the highest character that the fonts are asked for.
const lastRune = 0xfffd

// builtinFont is the value of fonts.from for the report's own faces; higher ones are
// the fonts of the manifest, in their order.
const builtinFont = 1

// maxExtra bounds the fonts of a manifest.
const maxExtra = 100

// fonts knows how wide characters are, in thousandths of the type size. A
// character that the report's own faces do not have comes from the first of the
// manifest's fonts that has it, and is the same in all three faces.
type fonts struct {
	widths [faceCount][]uint16 // by character
	from   []uint8             // by character: own, a font of the manifest, or 0
	extra  []matrix.File
}

// CheckFonts returns what is wrong with fonts of a manifest, which Write would
// return as its error.
func CheckFonts(extra []matrix.File) source.Diagnostics {
	_, problems := loadFonts(extra)
	return problems
}

// loadFonts reads the widths out of the report's own fonts and those of the
// manifest, and says which of these cannot be used.
func loadFonts(extra []matrix.File) (*fonts, source.Diagnostics) {
	fs := &fonts{from: make([]uint8, lastRune+1)}
	for f := range faceCount {
		fs.widths[f] = make([]uint16, lastRune+1)
		parsed, err := sfnt.Parse(f.ttf())
		if err == nil {
			// What the regular face does not have is of no use in the others.
			wanted := func(r rune) bool { return f == regular || fs.widths[regular][r] > 0 }
			var buf sfnt.Buffer
			glyph := func(r rune) (sfnt.GlyphIndex, error) { return parsed.GlyphIndex(&buf, r) }
			err = readWidths(parsed, wanted, glyph, func(r rune, w uint16) { fs.widths[f][r] = w })
		}
		if err != nil {
			return nil, source.Diagnostics{{Message: fmt.Sprintf("embedded font %q: %v", f.style(), err)}}
		}
	}
	for r := range fs.from {
		if fs.widths[regular][r] > 0 && fs.widths[bold][r] > 0 && fs.widths[italic][r] > 0 {
			fs.from[r] = builtinFont
		}
	}
	var problems source.Diagnostics
	for i, e := range extra[:min(len(extra), maxExtra)] {
		if problem := fs.addFont(e, uint8(builtinFont+1+i)); problem != nil {
			problems = append(problems, *problem)
		}
	}
	return fs, problems.Sorted()
}

// addFont takes the characters that are still missing from a font of the manifest.
func (fs *fonts) addFont(e matrix.File, from uint8) *source.Diagnostic {
	t, problem := checkFont(e)
	if problem != nil {
		return problem
	}
	missing := func(r rune) bool { return fs.from[r] == 0 }
	glyph := func(r rune) (sfnt.GlyphIndex, error) {
		g := t.characters[r]
		if err := t.check(int(g)); err != nil {
			return 0, fmt.Errorf("%w (character U+%04X)", err, r)
		}
		return sfnt.GlyphIndex(g), nil
	}
	err := readWidths(t.parsed, missing, glyph, func(r rune, w uint16) {
		fs.from[r] = from
		for f := range faceCount {
			fs.widths[f][r] = w
		}
	})
	if err != nil {
		problem := brokenFont(e, err)
		return &problem
	}
	fs.extra = append(fs.extra, e)
	return nil
}

// readWidths returns the width of each wanted character that a font has.
func readWidths(parsed *sfnt.Font, wanted func(rune) bool, glyphOf func(rune) (sfnt.GlyphIndex, error), found func(rune, uint16)) error {
	var buf sfnt.Buffer
	for r := ' '; r <= lastRune; r++ {
		if !wanted(r) {
			continue
		}
		glyph, err := glyphOf(r)
		if err != nil {
			return err
		}
		if glyph == 0 {
			continue
		}
		// At 1000 units per em the advance is in thousandths.
		advance, err := parsed.GlyphAdvance(&buf, glyph, fixed.I(1000), font.HintingNone)
		if err != nil {
			return err
		}
		found(r, uint16(advance.Round()))
	}
	return nil
}

// has reports whether a font can print r.
func (fs *fonts) has(r rune) bool {
	return r >= ' ' && r <= lastRune && fs.from[r] != 0
}

// width returns the width of a cleaned text at a type size.
func (fs *fonts) width(s string, f face, size float64) float64 {
	return float64(fs.word(s, f)) * size / 1000
}

// word measures a word, or any cleaned text.
func (fs *fonts) word(w string, f face) int {
	n, widths := 0, fs.widths[f]
	for _, r := range w {
		n += int(widths[r])
	}
	return n
}
