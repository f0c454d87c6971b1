package xlsx

// advance returns the width of r in Arial in thousandths of the size. It is
// exact for ASCII and on the wide side for the rest.
func advance(r rune, widths *[95]uint16) int {
	switch {
	case r >= ' ' && r <= '~':
		return int(widths[r-' '])
	case r >= 0x300 && r < 0x370, r >= 0x200B && r <= 0x200F, r >= 0xFE00 && r <= 0xFE0F:
		return 0 // combining marks, joiners and variation selectors
	case isWide(r):
		return 1050
	}
	return 680
}

// isWide reports whether r takes the width of two letters: Chinese, Japanese,
// Korean, and pictures.
func isWide(r rune) bool {
	return r >= 0x1100 && r <= 0x115F || r >= 0x2E80 && r <= 0xA4CF || r >= 0xAC00 && r <= 0xD7A3 ||
		r >= 0xF900 && r <= 0xFAFF || r >= 0xFF00 && r <= 0xFF60 || r >= 0x1F000
}

// lineCount returns how many lines text needs in a column of width pixels, at
// size em in pixels. Programs break lines differently, so it takes the worse
// of two ways: with and without breaks after hyphens.
func lineCount(text string, width, em float64, widths *[95]uint16) int {
	// In thousandths of the size, so that the loops add integers.
	limit := int(width / em * 1000)
	n, hyphens := wrap(text, limit, widths, false)
	if hyphens && n > 1 {
		m, _ := wrap(text, limit, widths, true)
		n = max(n, m)
	}
	return n
}

// wrap counts the lines of text, broken at spaces, between wide characters,
// within words that are longer than a line and, if so asked, after hyphens.
func wrap(text string, limit int, widths *[95]uint16, atHyphens bool) (lines int, hyphens bool) {
	lines = 1
	line, word := 0, 0 // widths of what stands in the line, and of the word that follows
	commit := func() {
		if line > 0 && line+word > limit {
			lines++
			line = 0
		}
		line, word = line+word, 0
	}
	for _, r := range text {
		if r == '\n' {
			commit()
			lines++
			line = 0
			continue
		}
		w := advance(r, widths)
		if r == ' ' {
			commit()
			line += w
			continue
		}
		if word+w > limit { // a word longer than a line
			commit()
			lines++
			line = 0
		}
		word += w
		if r == '-' {
			hyphens = true
		}
		if r == '-' && atHyphens || isWide(r) {
			commit()
		}
	}
	commit()
	return lines, hyphens
}

// textWidth returns the width of the longest line of text in thousandths of
// the size.
func textWidth(text string, widths *[95]uint16) int {
	longest, n := 0, 0
	for _, r := range text {
		if r == '\n' {
			n = 0
			continue
		}
		n += advance(r, widths)
		longest = max(longest, n)
	}
	return longest
}

// arial holds the advance widths of ASCII in Arial and Arial Bold, which
// Liberation Sans shares.
type arial struct{ regular, bold [95]uint16 }

func newArial() *arial {
	return &arial{
		regular: [95]uint16{
			278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
			556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
			667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
			556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
		},
		bold: [95]uint16{
			278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
			556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
			667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611,
			611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
		},
	}
}
