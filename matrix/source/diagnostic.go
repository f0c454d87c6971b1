package source

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Pos is a place in an input file. Line and Col start at 1; Col counts
// characters, not bytes. The zero Pos means that no place is known.
type Pos struct {
	File      string
	Line, Col int
}

// String returns file:line:col, and the file alone where no line is known. The file
// is Quoted.
func (p Pos) String() string {
	if p.Line == 0 {
		return Quoted(p.File)
	}
	return fmt.Sprintf("%s:%d:%d", Quoted(p.File), p.Line, p.Col)
}

// ParsePos reads what String writes. Line and column are read from the right,
// because a file's name may hold colons; what ends in no line and column is a
// file's name as a whole.
func ParsePos(s string) Pos {
	if file, rest, ok := unquoted(s); ok {
		if at := parsePos(rest); at.File == "" {
			return Pos{file, at.Line, at.Col}
		}
	}
	return parsePos(s)
}

func parsePos(s string) Pos {
	rest, col, ok := cutNumber(s)
	if !ok {
		return Pos{File: s}
	}
	file, line, ok := cutNumber(rest)
	if !ok || line == 0 {
		return Pos{File: s}
	}
	return Pos{file, line, col}
}

// cutNumber cuts the number behind the last colon off.
func cutNumber(s string) (before string, n int, ok bool) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 || strings.Trim(s[i+1:], "0123456789") != "" {
		return s, 0, false
	}
	n, err := strconv.Atoi(s[i+1:])
	return s[:i], n, err == nil
}

// ComparePos orders by file, line and column.
func ComparePos(a, b Pos) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
}

// Ref is an id and the place where a file names it.
type Ref struct {
	ID string
	At Pos
}

// IDs returns the ids alone.
func IDs(refs []Ref) []string {
	var out []string
	for _, r := range refs {
		out = append(out, r.ID)
	}
	return out
}

// Severity says how bad a diagnostic is.
type Severity string

// The severities, the worst first.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// A Diagnostic says what is wrong, where, and what to do about it. Problems in
// an input, findings of check and lint, rules that change nothing and rules
// that disagree all have this shape.
type Diagnostic struct {
	Rule     string   // id of the rule that was broken, or "" for an input that cannot be read
	Severity Severity // "" means Error
	At       Pos      // where to correct it
	Row      string   // id of the row of the matrix that it is about, or ""
	Message  string   // what is wrong
	Hint     string   // what to do; may be empty
	Related  []Related
}

// Related is another place that has to do with a diagnostic.
type Related struct {
	At      Pos
	Message string // what is there, such as "the rule that it won over"
}

// String returns "file:line:col: message; hint", without the place where none
// is known.
func (d Diagnostic) String() string {
	s := d.Message
	if at := d.At.String(); at != "" {
		s = at + ": " + s
	}
	if d.Hint != "" {
		s += "; " + d.Hint
	}
	return s
}

// Lines returns String, and below it a line for each related place.
func (d Diagnostic) Lines() []string {
	lines := []string{d.String()}
	for _, r := range d.Related {
		lines = append(lines, "  see: "+r.At.String()+": "+r.Message)
	}
	return lines
}

// Diagnostics are all diagnostics of an input. What collects them returns them
// by this type. It is not an error by itself, so that an empty list can never pass
// for one: Err makes an error of it.
type Diagnostics []Diagnostic

// Relate adds the other place of what a diagnostic is about, where that is among these and
// the diagnostic names none.
func (ds Diagnostics) Relate(places map[Pos]Related) {
	for i := range ds {
		if other, ok := places[ds[i].At]; ok && len(ds[i].Related) == 0 {
			ds[i].Related = []Related{other}
		}
	}
}

// String returns one line for each diagnostic, and below it one for each related
// place.
func (ds Diagnostics) String() string {
	lines := make([]string, 0, len(ds))
	for _, d := range ds {
		lines = append(lines, d.Lines()...)
	}
	return strings.Join(lines, "\n")
}

// failure is diagnostics as an error.
type failure struct{ Diagnostics }

func (f failure) Error() string { return f.String() }

// Err returns Sorted as an error, or nil if there are none.
func (ds Diagnostics) Err() error {
	if len(ds) == 0 {
		return nil
	}
	return failure{ds.Sorted()}
}

// FromError returns the diagnostics that an error holds, or nil where it is of
// another kind.
func FromError(err error) Diagnostics {
	var f failure
	errors.As(err, &f)
	return f.Diagnostics
}

// Sorted returns the diagnostics by place, row, rule and message, each once.
func (ds Diagnostics) Sorted() Diagnostics {
	if len(ds) == 0 {
		return nil
	}
	sorted := slices.Clone(ds)
	slices.SortStableFunc(sorted, Compare)
	return slices.CompactFunc(sorted, func(a, b Diagnostic) bool { return Compare(a, b) == 0 && a.Hint == b.Hint })
}

// Compare orders diagnostics by place, row, rule and message.
func Compare(a, b Diagnostic) int {
	return cmp.Or(ComparePos(a.At, b.At), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
}

// Add appends an error without a rule. The arguments belong to the format of
// the message.
func (ds *Diagnostics) Add(at Pos, hint, format string, args ...any) {
	*ds = append(*ds, Diagnostic{At: at, Message: fmt.Sprintf(format, args...), Hint: hint})
}
