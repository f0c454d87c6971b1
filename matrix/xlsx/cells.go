package xlsx

import "strconv"

// The functions of this file write the XML of rows and cells. excelize's own
// take three times as long, which is most of the time that a large workbook
// takes.

// appendRow begins a row.
func appendRow(out []byte, row string, height float64, level int) []byte {
	out = append(append(out, `<row r="`...), row...)
	if height > 0 {
		out = append(out, `" ht="`...)
		out = strconv.AppendFloat(out, height, 'f', -1, 64)
		out = append(out, `" customHeight="1`...)
	}
	if level > 0 {
		out = append(out, `" outlineLevel="`...)
		out = strconv.AppendInt(out, int64(level), 10)
	}
	return append(out, `">`...)
}

// appendCell writes a cell. Its text is clean.
func appendCell(out []byte, column, row string, style int, c *cell) []byte {
	out = append(append(append(out, `<c r="`...), column...), row...)
	out = append(out, `" s="`...)
	out = strconv.AppendInt(out, int64(style), 10)
	switch {
	case c.isNum:
		out = appendFormula(append(out, `">`...), c.formula)
		out = strconv.AppendInt(append(out, `<v>`...), int64(c.number), 10)
		return append(out, `</v></c>`...)
	case c.formula != "":
		out = appendFormula(append(out, `" t="str">`...), c.formula)
		return append(appendText(append(out, `<v>`...), c.text), `</v></c>`...)
	case c.text == "":
		return append(out, `"/>`...)
	}
	out = append(out, `" t="inlineStr"><is><t`...)
	if isSpace(c.text[0]) || isSpace(c.text[len(c.text)-1]) {
		out = append(out, ` xml:space="preserve"`...)
	}
	return append(appendText(append(out, '>'), c.text), `</t></is></c>`...)
}

func appendFormula(out []byte, formula string) []byte {
	if formula == "" {
		return out
	}
	return append(appendText(append(out, `<f>`...), formula), `</f>`...)
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }

// appendText escapes text for XML, and what Excel would read as the code of
// a character, such as _x0041_.
func appendText(out []byte, text string) []byte {
	done := 0
	for i := 0; i < len(text); i++ {
		var code string
		switch c := text[i]; {
		case c > '_' || c > '>' && c < '_':
			continue
		case c == '&':
			code = "&amp;"
		case c == '<':
			code = "&lt;"
		case c == '>':
			code = "&gt;"
		case c == '_' && isCode(text[i:]):
			code = "_x005F_"
		default:
			continue
		}
		out = append(append(out, text[done:i]...), code...)
		done = i + 1
	}
	return append(out, text[done:]...)
}

// isCode reports whether s begins like _x0041_. Some readers take any letters
// for digits.
func isCode(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	for _, c := range []byte(s[2:6]) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}
