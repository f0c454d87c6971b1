package matrix

import (
	"fmt"
	"strings"
)

// Letters is the content of a cell: a set of R, A, C and I.
type Letters uint8

// The four letters of a RACI matrix.
const (
	Responsible Letters = 1 << iota // does the work
	Accountable                     // answers for it; exactly one party of each row
	Consulted                       // is asked before
	Informed                        // is told after
)

var letterOrder = []struct {
	letter Letters
	name   string
}{{Accountable, "A"}, {Responsible, "R"}, {Consulted, "C"}, {Informed, "I"}}

// String returns the letters as they stand in a cell: "A/R", "R", or "" for
// an empty cell.
func (l Letters) String() string { return setNames[l%Letters(len(setNames))] }

// setNames are the names of all sets of letters, by set: every cell of every
// report asks for one.
var setNames = nameSets()

func nameSets() (list [16]string) {
	for l := range list {
		var names []string
		for _, o := range letterOrder {
			if Letters(l).Has(o.letter) {
				names = append(names, o.name)
			}
		}
		list[l] = strings.Join(names, "/")
	}
	return list
}

// Has reports whether all letters of o are in l.
func (l Letters) Has(o Letters) bool { return l&o == o }

// ParseLetters reads what String writes; "R/A" and lower case are accepted.
func ParseLetters(s string) (Letters, error) {
	var l Letters
	if strings.TrimSpace(s) == "" {
		return 0, nil
	}
parts:
	for _, part := range strings.Split(s, "/") {
		for _, o := range letterOrder {
			if strings.EqualFold(strings.TrimSpace(part), o.name) {
				l |= o.letter
				continue parts
			}
		}
		return 0, fmt.Errorf("%q is not a letter of R, A, C and I", part)
	}
	return l, nil
}
