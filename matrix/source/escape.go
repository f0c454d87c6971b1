package source

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// standIn takes the place of the \ of each escape that the YAML library refuses,
// so that it reads on and each can be looked at in its scalar: those of JSON are
// decoded, others are problems at their own places, and outside of double quotes
// a \ is a \. It is one character for one character, so no column moves, and a
// noncharacter, which no file holds.
const standIn = '\uFDD0'

// withStandIns returns the text of a file with stand-ins.
func withStandIns(data []byte) string {
	var b strings.Builder
	from := 0
	for i := 0; i < len(data); {
		k := bytes.IndexByte(data[i:], '\\')
		if k < 0 {
			break
		}
		i += k
		run := i
		for i < len(data) && data[i] == '\\' {
			i++
		}
		if (i-run)%2 == 1 && (!isEscape(data[i:]) || i-run == 1 && isDrive(data[:run], data[i:])) {
			b.Write(data[from : i-1])
			b.WriteRune(standIn)
			from = i
		}
	}
	if from == 0 {
		return string(data)
	}
	b.Write(data[from:])
	return b.String()
}

// isEscape reports whether the YAML library takes what follows a \ for an escape.
func isEscape(after []byte) bool {
	if len(after) == 0 {
		return true // the text ends here, which is the fault to report
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[after[0]]
	if digits == 0 {
		return strings.IndexByte("0abt\tnvfre \"'\\N_LP\n\r", after[0]) >= 0
	}
	if len(after) <= digits {
		return false
	}
	c, err := strconv.ParseUint(string(after[1:1+digits]), 16, 32)
	return err == nil && c <= utf8.MaxRune && !utf16.IsSurrogate(rune(c)) && !isNoncharacter(rune(c))
}

// isDrive reports whether a \ stands where it does in a path of Windows: behind
// a letter and a colon, and before a letter. Before an n it may also end a line.
func isDrive(before, after []byte) bool {
	isLetter := func(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
	n := len(before)
	return n >= 2 && before[n-1] == ':' && isLetter(before[n-2]) && (n == 2 || !isLetter(before[n-3])) &&
		len(after) > 0 && isLetter(after[0]) && after[0] != 'n' && after[0] != 'u' && after[0] != 'U' && after[0] != 'x'
}

// unescape puts what they mean in the place of the stand-ins of a scalar, and
// reports the first that means nothing.
func (d *Reader) unescape(n *yaml.Node) {
	if !strings.ContainsRune(n.Value, standIn) {
		return
	}
	if n.Style&yaml.DoubleQuotedStyle == 0 {
		n.Value = strings.ReplaceAll(n.Value, string(standIn), `\`)
		return
	}
	parts := strings.Split(n.Value, string(standIn))
	var value strings.Builder
	value.WriteString(parts[0])
	good := true
	for i := 1; i < len(parts); i++ {
		part := parts[i]
		half, size := surrogate(part)
		if strings.HasPrefix(part, "/") {
			value.WriteString(part)
			continue
		}
		if size > 0 && len(part) == size && i+1 < len(parts) {
			other, _ := surrogate(parts[i+1])
			if c := utf16.DecodeRune(half, other); c != utf8.RuneError {
				i++
				value.WriteRune(c)
				value.WriteString(parts[i][size:])
				continue
			}
		}
		if good {
			d.addBadEscape(d.placeOf(n, standIn, i), part, size > 0)
		}
		good, d.bad[n] = false, true
		value.WriteString(`\` + part)
	}
	n.Value = value.String()
}

func (d *Reader) addBadEscape(at Pos, after string, isHalf bool) {
	code, digits := escapedCode(after)
	switch {
	case isHalf:
		d.Problems.Add(at, `write both halves, such as \ud83d\ude80, or the character itself`, `\%s is half of a character`, after[:5])
	case code >= 0 && utf16.IsSurrogate(code):
		d.Problems.Add(at, `write the character itself`, `\%s is half of a character`, OneLine(after[:digits+1]))
	case code >= 0:
		d.Problems.Add(at, "remove it", `\%s is the code of U+%04X, which is not a character`, OneLine(after[:digits+1]), code)
	case after == "" || strings.IndexByte("xuU", after[0]) < 0 || len(after) > 1 && strconv.IsPrint(rune(after[1])) && !isHex(after[1]):
		d.Problems.Add(at, `write \\ for a \, or put ' in the place of " around the text`, `\%s is not an escape between double quotes`, OneLine(firstOf(after)))
	default:
		d.Problems.Add(at, `write \\ for a \, or the code of a character: \x and 2, \u and 4 or \U and 8 hexadecimal digits`, `\%s is not the code of a character`, OneLine(firstOf(after)))
	}
}

// escapedCode returns the code that an escape with all of its digits names, or -1.
func escapedCode(after string) (code rune, digits int) {
	if after == "" {
		return -1, 0
	}
	digits = map[byte]int{'x': 2, 'u': 4, 'U': 8}[after[0]]
	if digits == 0 || len(after) <= digits {
		return -1, digits
	}
	c, err := strconv.ParseUint(after[1:1+digits], 16, 31)
	if err != nil {
		return -1, digits
	}
	return rune(c), digits
}

func isHex(c byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 }

func firstOf(text string) string {
	if c, size := utf8.DecodeRuneInString(text); size > 0 {
		return string(c)
	}
	return ""
}

// surrogate returns the half of a character that a text names at its beginning, as
// ud83d, and how many bytes that takes, or 0.
func surrogate(text string) (half rune, size int) {
	if len(text) < 5 || text[0] != 'u' {
		return 0, 0
	}
	c, err := strconv.ParseUint(text[1:5], 16, 32)
	if err != nil || !utf16.IsSurrogate(rune(c)) {
		return 0, 0
	}
	return rune(c), 5
}
