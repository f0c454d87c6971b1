package report

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"raci/matrix/source"
)

// Limits on a file of the JSON format. A matrix of 100,000 rows is about 300 MiB.
const (
	maxJSONSize     = 1 << 30 // bytes
	maxJSONText     = 1 << 20 // bytes of a text; no cell of a report holds as much
	maxJSONDepth    = 32
	maxJSONProblems = 20 // then reading ends: what else is wrong follows from them, most often
)

// errStop ends the reading of a file. The problems say why.
var errStop = errors.New("stopped")

// walker goes through the values of a JSON file and collects what is wrong with
// them. A value is read from its first token on.
type walker struct {
	*scanner
	name     string // of the file
	problems source.Diagnostics
	path     []string // the keys to what is being read
	keyAt    where    // the place of the last one
	depth    int
	cut      bool              // the file ended too early
	known    map[string]string // texts, so that each is kept once
}

func newWalker(name string, r io.Reader) *walker {
	return &walker{scanner: newScanner(r), name: name, known: map[string]string{}}
}

// add reports a problem, up to the limit: a file in which everything is wrong is
// to give a screen of them.
func (d *walker) add(at where, hint, format string, args ...any) {
	if len(d.problems) >= maxJSONProblems {
		return
	}
	d.problems.Add(source.Pos{File: d.name, Line: at.line, Col: at.col}, hint, format, args...)
}

// what names the value that is being read, in messages.
func (d *walker) what() string {
	if len(d.path) == 0 {
		return "the file"
	}
	return strings.Join(d.path, ".")
}

// token reads the next token.
func (d *walker) token() (byte, error) {
	if len(d.problems) >= maxJSONProblems {
		return endToken, errStop
	}
	t, err := d.next()
	if err == nil && t == endToken {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return t, d.fail(err)
	}
	return t, nil
}

// fail reports an error of the scanner or of the file.
func (d *walker) fail(err error) error {
	var syntax syntaxError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		d.cut = true
		d.add(d.here, "it was cut off: copy or build it again", "the file ends in the middle of the matrix")
	case errors.Is(err, errTooLarge):
		d.add(where{}, "", "the file is larger than %d MiB", maxJSONSize>>20)
	case errors.As(err, &syntax):
		d.add(d.at, "build the matrix again", "not valid JSON: %s", syntax)
	default:
		d.add(where{}, "", "cannot read on: %v", err)
	}
	return errStop
}

var tokenNames = map[byte]string{'{': "an object", '[': "a list", textToken: "text", numberToken: "a number", trueToken: "true", falseToken: "false", nullToken: "null"}

// want reports a token in the wrong place.
func (d *walker) want(want string, t byte) error {
	name, ok := tokenNames[t]
	if !ok {
		name = string(t)
	}
	return d.fail(syntaxError(fmt.Sprintf("%s is expected here, not %s", want, name)))
}

// value reads the first token of a value.
func (d *walker) value() (byte, error) {
	t, err := d.token()
	if err == nil && strings.IndexByte("}],:", t) >= 0 {
		err = d.want("a value", t)
	}
	return t, err
}

// wrong reports a value of another kind, and reads past it.
func (d *walker) wrong(t byte, want string) error {
	d.add(d.at, "", "%s must be %s, not %s", d.what(), want, tokenNames[t])
	return d.skip(t)
}

// skip reads past the value that begins with this token.
func (d *walker) skip(t byte) error {
	switch t {
	case '[':
		return d.items(d.skip)
	case '{':
		return d.members(func(string) error { return d.skipNext() })
	}
	return nil
}

// skipNext reads past the next value.
func (d *walker) skipNext() error {
	t, err := d.value()
	if err != nil {
		return err
	}
	return d.skip(t)
}

// items calls do with the first token of each item of a list that is open.
func (d *walker) items(do func(t byte) error) error {
	return d.until(']', func(t byte) error {
		if strings.IndexByte("},:", t) >= 0 {
			return d.want("a value", t)
		}
		return do(t)
	})
}

// members calls do with the key of each member of an object that is open, at the
// value.
func (d *walker) members(do func(key string) error) error {
	return d.until('}', func(t byte) error {
		if t != textToken {
			return d.want("a key", t)
		}
		key, at := d.kept(d.text), d.at
		if t, err := d.token(); err != nil {
			return err
		} else if t != ':' {
			return d.want("a colon", t)
		}
		d.path, d.keyAt = append(d.path, key), at
		err := do(key)
		d.path = d.path[:len(d.path)-1]
		return err
	})
}

// until calls do with the first token of what stands between commas, up to the
// bracket.
func (d *walker) until(bracket byte, do func(t byte) error) error {
	if d.depth++; d.depth > maxJSONDepth {
		d.add(d.at, "", "nested deeper than %d levels", maxJSONDepth)
		return errStop
	}
	defer func() { d.depth-- }()
	t, err := d.token()
	if err != nil || t == bracket {
		return err
	}
	for {
		if err = do(t); err != nil {
			return err
		}
		if t, err = d.token(); err != nil || t == bracket {
			return err
		}
		if t != ',' {
			return d.want("a comma or "+string(bracket), t)
		}
		if t, err = d.token(); err != nil {
			return err
		}
		if t == bracket {
			return d.want("a value", t)
		}
	}
}

// kept returns the text as it was met first, so that texts that many rows share
// are in memory once. It reports what no manifest and no catalog can hold.
func (d *walker) kept(text []byte) string {
	if known, ok := d.known[string(text)]; ok {
		return known
	}
	s := string(text)
	if i, bad := source.BadCharacter(s, true); i >= 0 {
		d.add(d.at, "remove it", "%s contains %s", d.what(), bad)
	} else if strings.ContainsRune(s, utf8.RuneError) {
		d.add(d.at, "remove it", "%s contains the character U+FFFD", d.what())
	}
	d.known[s] = s
	return s
}
