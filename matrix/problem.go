package matrix

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Pos is a place in an input file. Line and Col start at 1; Col counts
// characters, not bytes. The zero Pos means that no place is known.
type Pos struct {
	File      string
	Line, Col int
}

// String returns file:line:col, and the file alone where no line is known.
func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// comparePos orders by file, line and column.
func comparePos(a, b Pos) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
}

// A Problem says what is wrong in an input, where, and what to do about it.
type Problem struct {
	Pos     Pos
	Message string // what is wrong
	Hint    string // what to do; may be empty
}

// Error returns "file:line:col: message; hint".
func (p Problem) Error() string {
	s := p.Pos.String() + ": " + p.Message
	if p.Hint != "" {
		s += "; " + p.Hint
	}
	return s
}

// Problems are all the problems of an input.
type Problems []Problem

// Error returns one line for each problem.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Err returns the problems sorted by place and without repetitions, or nil if
// there are none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(comparePos(a.Pos, b.Pos), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(ps)
}

func (ps *Problems) add(pos Pos, hint, format string, args ...any) {
	*ps = append(*ps, Problem{pos, fmt.Sprintf(format, args...), hint})
}
