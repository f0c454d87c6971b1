package publish

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// quoted returns a path as it can stand in a message: as it is, or between double
// quotes with escapes where it holds what cannot be seen or moves the cursor, is
// not UTF-8, or could be a command to a program that reads the log of a build.
func quoted(path string) string {
	odd := func(c rune) bool {
		return !unicode.IsPrint(c) || unicode.In(c, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) || c == '\u2800'
	}
	if utf8.ValidString(path) && !strings.ContainsFunc(path, odd) && !strings.Contains(path, "##") &&
		!strings.HasPrefix(path, "::") && !strings.HasPrefix(path, `"`) && strings.Trim(path, " ") == path {
		return path
	}
	return strings.ReplaceAll(strconv.QuoteToASCII(path), "##", `#\x23`)
}
