package pdf

import (
	"fmt"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
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

// fonts knows how wide characters are, in thousandths of the type size.
type fonts struct {
	widths [faceCount][]uint16 // by character; 0 where a face lacks it
	words  [faceCount]map[string]int
}

// loadFonts reads the widths out of the embedded fonts.
func loadFonts() (*fonts, error) {
	fs := &fonts{}
	for f := range faceCount {
		widths, err := readWidths(f.ttf())
		if err != nil {
			return nil, fmt.Errorf("embedded font %q: %w", f.style(), err)
		}
		fs.widths[f] = widths
		fs.words[f] = map[string]int{}
	}
	return fs, nil
}

func readWidths(ttf []byte) ([]uint16, error) {
	parsed, err := sfnt.Parse(ttf)
	if err != nil {
		return nil, err
	}
	var buf sfnt.Buffer
	widths := make([]uint16, lastRune+1)
	for r := range rune(len(widths)) {
		glyph, err := parsed.GlyphIndex(&buf, r)
		if err != nil {
			return nil, err
		}
		if glyph == 0 {
			continue
		}
		// At 1000 units per em the advance is in thousandths.
		advance, err := parsed.GlyphAdvance(&buf, glyph, fixed.I(1000), font.HintingNone)
		if err != nil {
			return nil, err
		}
		widths[r] = uint16(advance.Round())
	}
	return widths, nil
}

// has reports whether every face can print r.
func (fs *fonts) has(r rune) bool {
	if r < ' ' || r > lastRune {
		return false
	}
	for f := range faceCount {
		if fs.widths[f][r] == 0 {
			return false
		}
	}
	return true
}

// width returns the width of a cleaned text at a type size.
func (fs *fonts) width(s string, f face, size float64) float64 {
	n := 0
	for s != "" {
		word, rest, more := strings.Cut(s, " ")
		n += fs.word(word, f)
		if more {
			n += int(fs.widths[f][' '])
		}
		s = rest
	}
	return float64(n) * size / 1000
}

// longestKept bounds the words whose widths are kept.
const longestKept = 80

// word measures a word once; the words of a report repeat.
func (fs *fonts) word(w string, f face) int {
	if n, ok := fs.words[f][w]; ok {
		return n
	}
	n := 0
	for _, r := range w {
		n += int(fs.widths[f][r])
	}
	if len(w) <= longestKept {
		fs.words[f][w] = n
	}
	return n
}
