package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"raci/matrix/source"
)

// jsonWriter writes objects and lists piece by piece, in the layout of
// json.Encoder. It keeps the first error.
type jsonWriter struct {
	w      *bufio.Writer
	indent string
	depth  int
	filled bool // something stands before, in this object or list
	piece  bytes.Buffer
	err    error
}

func (w *jsonWriter) raw(text string) { _, _ = w.w.WriteString(text) } // Flush returns the error

func (w *jsonWriter) end() error {
	if err := w.w.Flush(); w.err == nil {
		w.err = err
	}
	return w.err
}

func (w *jsonWriter) open(bracket byte) {
	_ = w.w.WriteByte(bracket)
	w.depth++
	w.filled = false
}

func (w *jsonWriter) close(bracket byte) {
	w.depth--
	if w.filled {
		w.newLine()
	}
	_ = w.w.WriteByte(bracket)
	w.filled = true
}

func (w *jsonWriter) newLine() {
	if w.indent != "" {
		w.raw("\n")
		for range w.depth {
			w.raw(w.indent)
		}
	}
}

// next begins a member or an item.
func (w *jsonWriter) next() {
	if w.filled {
		w.raw(",")
	}
	w.newLine()
	w.filled = true
}

// key begins a member.
func (w *jsonWriter) key(key string) {
	w.next()
	w.quote(key)
	w.raw(":")
	if w.indent != "" {
		w.raw(" ")
	}
}

// quote writes a text.
func (w *jsonWriter) quote(s string) {
	if !isPlain(s) {
		_, _ = w.w.Write(w.encode(s, 0))
		return
	}
	w.raw(`"`)
	w.raw(s)
	w.raw(`"`)
}

// isPlain reports whether a text stands in JSON as it is.
func isPlain(s string) bool {
	ascii := true
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' {
			return false
		} else if c >= utf8.RuneSelf {
			ascii = false
		}
	}
	return ascii || utf8.ValidString(s) && !strings.ContainsAny(s, "\u2028\u2029")
}

func (w *jsonWriter) text(key, s string) {
	w.key(key)
	w.quote(s)
}

func (w *jsonWriter) texts(key string, list []string) {
	w.list(key, len(list), func(i int) { w.quote(list[i]) })
}

func (w *jsonWriter) number(key string, n int) {
	w.key(key)
	w.raw(strconv.Itoa(n))
}

func (w *jsonWriter) truth(key string, is bool) {
	w.key(key)
	w.raw(strconv.FormatBool(is))
}

// place writes a position as text.
func (w *jsonWriter) place(key string, at source.Pos) {
	w.key(key)
	if at.Line == 0 || !isPlain(at.File) || source.Quoted(at.File) != at.File {
		w.quote(at.String())
		return
	}
	w.raw(`"`)
	w.raw(at.File)
	b := w.w.AvailableBuffer()
	b = strconv.AppendInt(append(b, ':'), int64(at.Line), 10)
	b = strconv.AppendInt(append(b, ':'), int64(at.Col), 10)
	_, _ = w.w.Write(append(b, '"'))
}

// list writes a member that is a list of n items.
func (w *jsonWriter) list(key string, n int, item func(i int)) {
	w.key(key)
	w.open('[')
	for i := range n {
		w.next()
		item(i)
	}
	w.close(']')
}

// object writes a member that is an object of n members.
func (w *jsonWriter) object(key string, n int, member func(i int)) {
	w.key(key)
	w.open('{')
	for i := range n {
		member(i)
	}
	w.close('}')
}

// members writes those of a struct into the object that is open.
func (w *jsonWriter) members(v any) {
	text := w.encode(v, w.depth-1)
	w.next()
	_, _ = w.w.Write(bytes.TrimSpace(text[1 : len(text)-1]))
}

// encode returns the text of a value, of which further lines are indented as
// deep as this.
func (w *jsonWriter) encode(v any, depth int) []byte {
	w.piece.Reset()
	enc := json.NewEncoder(&w.piece)
	enc.SetEscapeHTML(false)
	enc.SetIndent(strings.Repeat(w.indent, depth), w.indent)
	if err := enc.Encode(v); w.err == nil {
		w.err = err
	}
	return bytes.TrimSpace(w.piece.Bytes())
}
