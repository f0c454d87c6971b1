package draft

import (
	"regexp"
	"strings"
	"unicode"
)

// separators stand between the names of a list as people write it.
var separators = regexp.MustCompile(`(?i)\s*[,;，、；\t\n][,;，、；\s]*(?:(?:and|&|\+)\s+)?|\s+(?:and|&|\+)\s+`)

const longestName = 4 // separators that a name may hold and one more: Identity and Access Management

// splitList splits a list at commas, semicolons, line breaks, "and" and "&". What
// as a whole is known stays one name.
func splitList(text string, known func(string) bool) []string {
	text = strings.TrimSpace(strings.Map(plain, text))
	starts, ends := []int{0}, []int{}
	for _, sep := range separators.FindAllStringIndex(text, -1) {
		ends, starts = append(ends, sep[0]), append(starts, sep[1])
	}
	ends = append(ends, len(text))
	var names []string
	for i := 0; i < len(starts); {
		j := min(i+longestName, len(ends)) - 1
		for j > i && !known(text[starts[i]:ends[j]]) {
			j--
		}
		names = append(names, text[starts[i]:ends[j]])
		i = j + 1
	}
	return names
}

// plain writes the blanks and hyphens that pages of documentation hold as a keyboard
// writes them.
func plain(c rune) rune {
	switch {
	case c >= '\u2010' && c <= '\u2015' || c == '\u2212':
		return '-'
	case unicode.IsSpace(c) && c != '\t' && c != '\n':
		return ' '
	}
	return c
}

// CutSeparator returns a list without what separates it from nothing, and whether
// there was such: the list goes on elsewhere.
func CutSeparator(text string) (list string, goesOn bool) {
	for {
		text = strings.TrimSpace(text)
		spans := separators.FindAllStringIndex(text+" ", -1)
		if len(spans) == 0 || spans[len(spans)-1][1] < len(text)+1 {
			return text, goesOn
		}
		text, goesOn = text[:spans[len(spans)-1][0]], true
	}
}

// SplitTeams splits a list of teams: at its semicolons, or where it has none at its
// commas. "And" belongs to a name, and so does all between double quotes.
func SplitTeams(text string) (teams []string) {
	separator := byte(',')
	if _, _, found := cutUnquoted(text, ';'); found {
		separator = ';'
	}
	for more := true; more; {
		var team string
		team, text, more = cutUnquoted(text, separator)
		teams = append(teams, inQuotes.ReplaceAllString(strings.TrimSpace(team), "$1$2$3"))
	}
	return teams
}

// inQuotes is a team with its name in quotes, which do not belong to it.
var inQuotes = regexp.MustCompile(`^([^"=]*=\s*)?"([^"]*)"(\s*<[^<>]*>)?$`)

// cutUnquoted cuts a text at the first separator that stands outside of quotes. A
// quote that is not closed is none.
func cutUnquoted(text string, separator byte) (before, after string, found bool) {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case separator:
			return text[:i], text[i+1:], true
		case '"':
			i += 1 + strings.IndexByte(text[i+1:], '"')
		}
	}
	return text, "", false
}
