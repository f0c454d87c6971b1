package oscal

// layout is JSON with a line for each object of a list, indented by the number
// of lists around that. With a line for each member as well, indentation would
// be more than half of a document.
type layout struct {
	text  []byte
	lists int
}

// Write takes compact JSON, in pieces that do not end within a string. It
// never fails.
func (l *layout) Write(compact []byte) (int, error) {
	for i := 0; i < len(compact); i++ {
		switch c := compact[i]; c {
		case '"':
			end := stringEnd(compact, i)
			l.text = append(l.text, compact[i:end]...)
			i = end - 1
			continue
		case ':':
			l.text = append(l.text, ": "...)
			continue
		case '\n': // the encoder ends every value with one
			continue
		case '[':
			l.lists++
		case ']':
			l.lists--
		case '{':
			l.object()
		}
		l.text = append(l.text, compact[i])
	}
	return len(compact), nil
}

// object begins a line if the object that comes next is an item of a list.
// After a comma in an object comes a name, and never an object.
func (l *layout) object() {
	n := len(l.text)
	if n == 0 || l.text[n-1] != '[' && l.text[n-1] != ',' {
		return
	}
	l.text = append(l.text, '\n')
	for range l.lists - 1 {
		l.text = append(l.text, ' ')
	}
}

// stringEnd returns where the string that begins at i ends.
func stringEnd(text []byte, i int) int {
	for i++; text[i] != '"'; i++ {
		if text[i] == '\\' {
			i++
		}
	}
	return i + 1
}
