package report

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// formulaSigns begin a formula in a spreadsheet. Those of full width do so in
// some languages, and the small ones are read as they are.
const formulaSigns = "=+-@＝＋－＠﹦﹢﹣﹫"

// withoutFormula returns s with a ' before each sign that would begin a
// formula where a cell begins: at the beginning, and after everything that ends
// a cell for a reader who takes another separator than ours, such as a
// spreadsheet whose settings separate lists by semicolons. Such a reader sees
// our quotes as text, so what is within them is no safer.
//
// To take off one ' before each such sign gives the text back.
func withoutFormula(s string) string {
	if !strings.ContainsAny(s, formulaSigns) {
		return s
	}
	var b strings.Builder
	begins := true
	for _, r := range s {
		if begins && strings.ContainsRune(formulaSigns, r) {
			b.WriteByte('\'')
		}
		begins = endsCell(r) || begins && isPassedOver(r)
		b.WriteRune(r)
	}
	return b.String()
}

// endsCell reports whether r ends a cell for some reader.
func endsCell(r rune) bool { return strings.ContainsRune(",;\t\r\n", r) }

// isPassedOver reports whether a reader may pass over r before a formula.
func isPassedOver(r rune) bool {
	return r == '"' || r == '\'' || unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf)
}

// asText returns s as [withoutFormula] does, and with a ' before it where Excel
// would turn the whole of it into a number, a date or a truth value: 0012 into
// 12, 1E5 into 100000, 2-3 into a day. No mark of CSV says that a cell is text;
// what does, ="0012", is a formula.
func asText(s string) string {
	if looksLikeValue(s) {
		return "'" + s
	}
	return withoutFormula(s)
}

// looksLikeValue reports whether a spreadsheet would take s for something else
// than text. What it would do depends on its language, so some texts are named
// that would stay as they are; these lose nothing.
func looksLikeValue(s string) bool {
	if len(s) > longestValue || strings.Contains(s, "\n") {
		return false
	}
	if !strings.ContainsFunc(s, unicode.IsNumber) {
		return slices.Contains(truthValues, strings.ToLower(s))
	}
	return number.MatchString(s) || isDate(s)
}

// longestValue is more bytes than a number or a date has.
const longestValue = 80

// number matches numbers, sums, dates, times and fractions in figures, 1E5 and
// 3:15 PM.
var number = regexp.MustCompile(`(?i)^(?:[\pN\p{Sc}\s.,:/%()'’+-]+|[\d.,]+e[+-]?\d+|[\d:]+\s*[ap]m?)$`)

// isDate reports whether s, which has figures, has no words but names of months, or
// their beginnings, and parts of the day.
func isDate(s string) bool {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.ContainsFunc(words, isMonth) && !slices.ContainsFunc(words, func(w string) bool { return w != "am" && w != "pm" && !isMonth(w) })
}

func isMonth(word string) bool {
	return utf8.RuneCountInString(word) >= 3 && slices.ContainsFunc(months, func(m string) bool { return strings.HasPrefix(m, word) })
}

// truthValues and months are words in English, German, French, Spanish, Italian,
// Portuguese, Dutch and Polish.
var truthValues = strings.Fields("true false wahr falsch vrai faux verdadero falso vero verdadeiro waar onwaar prawda fałsz")

var months = strings.Fields(`
	january february march april may june july august september sept october november december
	januar jänner februar märz april mai juni juli august september oktober november dezember
	janvier février mars avril mai juin juillet août septembre octobre novembre décembre
	enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
	gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
	janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
	januari februari maart mrt april mei juni juli augustus september oktober november december
	styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień`)
