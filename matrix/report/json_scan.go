package report

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// Kinds of tokens beside the brackets, the comma and the colon, which stand for
// themselves.
const (
	endToken    = 0 // the end of the file
	textToken   = '"'
	numberToken = '0'
	trueToken   = 't'
	falseToken  = 'f'
	nullToken   = 'n'
)

// where is a place in the file that is read. The zero value is not a place.
type where struct{ line, col int }

func (w *where) set(at where) { *w = at }

// scanner reads the tokens of a JSON file, each with its place. The decoder of
// encoding/json knows no lines, replaces bytes that are not text without a word,
// and takes three times as long.
type scanner struct {
	r    *bufio.Reader
	file *io.LimitedReader
	here where  // of the next byte; columns count characters
	at   where  // of the token that was read last
	text []byte // of the text or number that was read last, until the next one
	long []byte // room for a token that is not in the buffer of r as a whole
}

// A syntaxError says what is not JSON at the place of the last token.
type syntaxError string

func (e syntaxError) Error() string { return string(e) }

var errTooLarge = errors.New("too large")

func newScanner(r io.Reader) *scanner {
	file := &io.LimitedReader{R: r, N: maxJSONSize + 1}
	s := &scanner{r: bufio.NewReaderSize(file, 1<<16), file: file, here: where{1, 1}}
	if mark, _ := s.r.Peek(3); string(mark) == "\uFEFF" {
		_, _ = s.r.Discard(3)
	}
	return s
}

// next reads a token.
func (s *scanner) next() (byte, error) {
	c, err := s.byte()
	for err == nil && (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
		if s.here.col++; c == '\n' {
			s.here = where{s.here.line + 1, 1}
		}
		c, err = s.byte()
	}
	s.at = s.here
	switch {
	case err == io.EOF:
		return endToken, nil
	case err != nil:
		return endToken, err
	}
	s.here.col++
	switch c {
	case '{', '}', '[', ']', ',', ':':
		return c, nil
	case '"':
		return textToken, s.quoted()
	}
	return s.bare(c)
}

func (s *scanner) byte() (byte, error) {
	c, err := s.r.ReadByte()
	return c, s.checked(err)
}

// checked turns the end of what may be read into an error of its own.
func (s *scanner) checked(err error) error {
	if err == io.EOF && s.file.N == 0 {
		return errTooLarge
	}
	return err
}

// quoted reads a text behind its first quote.
func (s *scanner) quoted() error {
	raw, err := s.r.ReadSlice('"')
	if err != nil || endsEscaped(raw) {
		s.long = append(s.long[:0], raw...)
		for err == bufio.ErrBufferFull || err == nil && endsEscaped(s.long) {
			if len(s.long) > maxJSONText {
				return syntaxError(fmt.Sprintf("text is longer than %d KiB", maxJSONText>>10))
			}
			raw, err = s.r.ReadSlice('"')
			s.long = append(s.long, raw...)
		}
		raw = s.long
	}
	s.here.col += utf8.RuneCount(raw)
	if err == io.EOF && s.checked(err) == err {
		return io.ErrUnexpectedEOF
	} else if err != nil {
		return s.checked(err)
	}
	return s.unquote(raw[:len(raw)-1])
}

// endsEscaped reports whether the quote at the end is a part of the text.
func endsEscaped(raw []byte) bool {
	n := 0
	for i := len(raw) - 2; i >= 0 && raw[i] == '\\'; i-- {
		n++
	}
	return n%2 == 1
}

func (s *scanner) unquote(raw []byte) error {
	escaped := false
	for _, c := range raw {
		if escaped = escaped || c == '\\'; c < ' ' {
			return syntaxError(fmt.Sprintf("text contains the character U+%04X", c))
		}
	}
	if !utf8.Valid(raw) {
		return syntaxError("text is not UTF-8")
	}
	if s.text = raw; !escaped {
		return nil
	}
	var text string
	if json.Unmarshal([]byte(`"`+string(raw)+`"`), &text) != nil {
		return syntaxError(`text contains a \ that escapes nothing`)
	}
	s.text = []byte(text)
	return nil
}

// bare reads a number, true, false or null of which c is the first byte.
func (s *scanner) bare(c byte) (byte, error) {
	const most = 100 // bytes, more than any value needs
	s.long = append(s.long[:0], c)
	var err error
	for len(s.long) < most {
		if c, err = s.byte(); err != nil || !isBare(c) {
			break
		}
		s.long, s.here.col = append(s.long, c), s.here.col+1
	}
	switch {
	case err == nil && len(s.long) < most:
		err = s.r.UnreadByte()
	case err == io.EOF:
		err = nil // which the next token is
	}
	if s.text = s.long; err == nil && !json.Valid(s.text) {
		err = syntaxError(fmt.Sprintf("%.20q is not a value", s.text))
	}
	switch first := s.text[0]; first {
	case trueToken, falseToken, nullToken:
		return first, err
	}
	return numberToken, err
}

func isBare(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c == 'E' || c == '+' || c == '-' || c == '.'
}
