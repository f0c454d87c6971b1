package oscal

import (
	"crypto/sha256"
	"slices"
)

// layout is JSON with a line for each object of a list, indented by the number
// of lists around that. With a line for each member as well, indentation would
// be more than half of a document. A document may be long, so it is kept in
// pieces: one text would be copied whenever it grows.
type layout struct {
	pieces [][]byte
	text   []byte // after the last piece
	lists  int
}

// cut makes a piece of what came after the last one.
func (l *layout) cut() {
	l.pieces = append(l.pieces, l.text)
	l.text = nil
}

// digest returns the SHA-256 of the pieces.
func (l *layout) digest() []byte {
	h := sha256.New()
	for _, piece := range l.pieces {
		h.Write(piece)
	}
	return h.Sum(nil)
}

// Write takes compact JSON, in pieces that do not end within a string. It
// never fails.
func (l *layout) Write(compact []byte) (int, error) {
	l.text = slices.Grow(l.text, len(compact)+len(compact)/16) // about what spaces and line ends take
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

// object begins a line if the object that comes next is an item of a list. It
// looks at what comes before, so no piece ends there. After a comma in an object
// comes a name, and never an object.
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
