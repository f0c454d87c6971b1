package xlsx

import "strings"

// continued begins the rest of a text that one cell cannot hold.
const continued = "(continued)"

// chunks joins lines to texts that fit into a cell each. The customer's half
// stands apart from what is before it.
func chunks(lines []string) []string {
	var list []string
	var text strings.Builder
	size := 0 // of the text, in units
	for _, l := range lines {
		if l == customerHalf {
			l = "\n" + l
		}
		n := units(l)
		switch {
		case size > 0 && size+n+len(continued)+2 > cellLimit:
			list = append(list, text.String())
			text.Reset()
			text.WriteString(continued + "\n")
			size = len(continued) + 1
		case size > 0:
			text.WriteByte('\n')
			size++
		}
		text.WriteString(l)
		size += n
	}
	return append(list, text.String())
}
