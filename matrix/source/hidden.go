package source

import (
	"fmt"
	"unicode"
)

// hidden is a range of characters that cannot be seen, or that change the order in
// which others are shown.
type hidden struct {
	first, last rune
	name        string
	inTexts     bool // refused in texts of any length, too
}

// hiddenRanges are characters that no name holds: with them two names look like one,
// or one like another. Prose needs some of them: marks of direction in texts of
// two scripts, and signs of where a line may end.
var hiddenRanges = []hidden{
	{0x00AD, 0x00AD, "a soft hyphen", false},
	{0x034F, 0x034F, "a grapheme joiner", true},
	{0x061C, 0x061C, "an Arabic letter mark", false},
	{0x115F, 0x1160, "a Hangul filler", true},
	{0x17B4, 0x17B5, "an invisible Khmer vowel", true},
	{0x200B, 0x200B, "a zero-width space", false},
	{0x200E, 0x200E, "a left-to-right mark", false},
	{0x200F, 0x200F, "a right-to-left mark", false},
	{0x2028, 0x2028, "a line separator", true},
	{0x2029, 0x2029, "a paragraph separator", true},
	{0x202A, 0x202B, "a bidirectional embedding", true},
	{0x202C, 0x202C, "the end of a bidirectional embedding", true},
	{0x202D, 0x202E, "a bidirectional override", true},
	{0x2060, 0x2060, "a word joiner", false},
	{0x2061, 0x2065, "an invisible operator", true},
	{0x2066, 0x2069, "a bidirectional isolate", true},
	{0x206A, 0x206F, "a deprecated format character", true},
	{0x2800, 0x2800, "a blank Braille pattern", true},
	{0x3164, 0x3164, "a Hangul filler", true},
	{0xFEFF, 0xFEFF, "a byte order mark", true},
	{0xFFA0, 0xFFA0, "a Hangul filler", true},
	{0xFFF0, 0xFFFB, "an invisible format character", true},
	{0x1BCA0, 0x1BCA3, "an invisible format character", true},
	{0x1D159, 0x1D159, "an invisible note", true},
	{0x1D173, 0x1D17A, "an invisible format character", true},
	{0xE0000, 0xE001F, "an invisible tag", true},
	{0xE0080, 0xE00FF, "an invisible character", true},
	{0xE01F0, 0xE0FFF, "an invisible character", true},
}

// HiddenInNames are the first and the last character of each range that no name
// holds wherever it stands, for patterns.
func HiddenInNames() (ranges [][2]rune) {
	for _, h := range hiddenRanges {
		ranges = append(ranges, [2]rune{h.first, h.last})
	}
	return ranges
}

// HiddenInTexts are those that no text holds either.
func HiddenInTexts() (ranges [][2]rune) {
	for _, h := range hiddenRanges {
		if h.inTexts {
			ranges = append(ranges, [2]rune{h.first, h.last})
		}
	}
	return ranges
}

func findHidden(c rune) *hidden {
	if c < 0x00AD {
		return nil
	}
	for i := range hiddenRanges {
		if h := &hiddenRanges[i]; c >= h.first && c <= h.last {
			return h
		}
	}
	return nil
}

// IsInvisible reports whether a reader sees nothing of this character itself, though
// it may change how its neighbours look.
func IsInvisible(c rune) bool {
	return findHidden(c) != nil || isJoiner(c) || isSelector(c) || isTag(c) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, c)
}

// BadCharacter returns the place, in characters, and the name of the first
// character that a name must not hold, or -1. In a text of any length fewer are
// refused.
func BadCharacter(text string, isText bool) (i int, what string) {
	plain := true
	for _, c := range text {
		plain = plain && c < 0x7F && c >= ' '
	}
	if plain {
		return -1, ""
	}
	cs := []rune(text)
	for i, c := range cs {
		switch h := findHidden(c); {
		case unicode.IsControl(c) && c != '\n' && c != '\t':
			return i, fmt.Sprintf("the control character U+%04X", c)
		case h != nil && (h.inTexts || !isText):
			return i, fmt.Sprintf("U+%04X, %s", c, h.name)
		case isText && !isTag(c):
		case isJoiner(c) && !joins(cs, i):
			return i, fmt.Sprintf("U+%04X, a zero-width joiner or non-joiner that joins nothing", c)
		case isSelector(c) && !selects(cs, i):
			return i, fmt.Sprintf("U+%04X, an invisible selector that selects nothing", c)
		case isTag(c) && !inFlag(cs, i):
			return i, fmt.Sprintf("U+%04X, an invisible tag outside of a flag", c)
		}
	}
	return -1, ""
}

func isJoiner(c rune) bool { return c == 0x200C || c == 0x200D || c == 0x180E }

// isSelector: these choose another form of the character before them.
func isSelector(c rune) bool {
	return c >= 0xFE00 && c <= 0xFE0F || c >= 0xE0100 && c <= 0xE01EF || c >= 0x180B && c <= 0x180F && c != 0x180E
}

// isTag: these spell the name of a region behind a black flag.
func isTag(c rune) bool { return c >= 0xE0020 && c <= 0xE007F }

// joining are the scripts of which letters join or form conjuncts.
var joining = []*unicode.RangeTable{
	unicode.Adlam, unicode.Arabic, unicode.Hanifi_Rohingya, unicode.Mandaic, unicode.Manichaean, unicode.Mongolian, unicode.Nko, unicode.Phags_Pa, unicode.Syriac,
	unicode.Balinese, unicode.Bengali, unicode.Brahmi, unicode.Chakma, unicode.Devanagari, unicode.Grantha, unicode.Gujarati, unicode.Gurmukhi, unicode.Javanese,
	unicode.Kannada, unicode.Khmer, unicode.Malayalam, unicode.Meetei_Mayek, unicode.Myanmar, unicode.Newa, unicode.Oriya, unicode.Sinhala, unicode.Sundanese,
	unicode.Tamil, unicode.Telugu, unicode.Tibetan, unicode.Tirhuta,
}

// joins reports whether a joiner stands between letters of a script that needs it,
// or in an emoji of several.
func joins(cs []rune, i int) bool {
	if i == 0 || i+1 == len(cs) {
		return false
	}
	before, after := cs[i-1], cs[i+1]
	switch {
	case cs[i] == 0x180E:
		return unicode.Is(unicode.Mongolian, before) && unicode.IsLetter(after) && unicode.Is(unicode.Mongolian, after)
	case cs[i] == 0x200D && isEmoji(after):
		return isEmoji(before) || before == 0xFE0F && i > 1 && isEmoji(cs[i-2])
	}
	return isJoining(before) && isJoining(after) && unicode.IsLetter(after)
}

func isJoining(c rune) bool {
	return !isJoiner(c) && !isSelector(c) && (unicode.IsLetter(c) || unicode.IsMark(c)) && unicode.In(c, joining...)
}

// isEmoji: symbols, and the tones of skin.
func isEmoji(c rune) bool {
	return c >= 0x2000 && unicode.Is(unicode.So, c) || c >= 0x1F3FB && c <= 0x1F3FF
}

// selects reports whether a selector stands behind a character that has other forms.
func selects(cs []rune, i int) bool {
	if i == 0 {
		return false
	}
	switch c, before := cs[i], cs[i-1]; {
	case c >= 0x180B && c <= 0x180F:
		return unicode.IsLetter(before) && unicode.Is(unicode.Mongolian, before)
	case c == 0xFE0E || c == 0xFE0F:
		keycap := i+1 < len(cs) && cs[i+1] == 0x20E3 && (before >= '0' && before <= '9' || before == '#' || before == '*')
		return isEmoji(before) || unicode.Is(unicode.Sm, before) && before > 0x2000 || keycap ||
			before == 0x00A9 || before == 0x00AE || before == 0x203C || before == 0x2049 || before == 0x2139 || before == 0x3030
	default:
		return unicode.Is(unicode.Han, before)
	}
}

// inFlag reports whether the tags up to this one begin behind a black flag.
func inFlag(cs []rune, i int) bool {
	for i >= 0 && isTag(cs[i]) {
		i--
	}
	return i >= 0 && cs[i] == 0x1F3F4
}
