package xlsx

// continued begins the rest of a text that one cell cannot hold.
const continued = "(continued)"

// chunks joins lines to texts that fit into a cell each. The customer's half
// stands apart from what is before it.
func chunks(lines []string) []string {
	var list []string
	text := ""
	for _, l := range lines {
		if l == customerHalf {
			l = "\n" + l
		}
		if text != "" && units(text)+units(l)+len(continued)+2 > cellLimit {
			list = append(list, text)
			text = continued + "\n" + l
			continue
		}
		if text != "" {
			text += "\n"
		}
		text += l
	}
	return append(list, text)
}
