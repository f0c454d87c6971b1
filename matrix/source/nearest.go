package source

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// Nearest returns the candidate most like word, or "" if none is near: one
// with a single slip of the keys, else one that begins with the word, else
// the one with the smallest edit distance, of at most a third of the word's
// length.
func Nearest(word string, candidates []string) string {
	limit := max(1, min(len(word)/3, 4))
	best, distance, longer := "", limit+1, ""
	m := newMeter(word)
	for _, c := range candidates {
		if d := m.distance(c, distance); d < distance {
			best, distance = c, d
		}
		if longer == "" && len(word) >= 3 && strings.HasPrefix(c, word) {
			longer = c
		}
	}
	if longer != "" && distance > 1 {
		return longer
	}
	return best
}

// meter measures how far other words are from one. It reuses its memory.
type meter struct {
	word, other       []rune
	letters           uint64 // of word
	before, last, row []int
}

func newMeter(word string) *meter {
	m := &meter{word: []rune(word)}
	for _, r := range m.word {
		m.letters |= letterBit(r)
	}
	return m
}

// letterBit stands for a letter in a set. Some letters share one.
func letterBit(r rune) uint64 { return 1 << (r & 63) }

// distance counts the insertions, deletions, substitutions and swaps of
// neighbours that turn the word into the other one. Where they are limit or
// more, it returns limit.
func (m *meter) distance(other string, limit int) int {
	if n := utf8.RuneCountInString(other); max(len(m.word)-n, n-len(m.word)) >= limit {
		return limit
	}
	var letters uint64
	m.other = m.other[:0]
	for _, r := range other {
		m.other = append(m.other, r)
		letters |= letterBit(r)
	}
	if max(bits.OnesCount64(m.letters&^letters), bits.OnesCount64(letters&^m.letters)) >= limit {
		return limit // each letter that one of the words lacks takes a change
	}
	m.reset()
	reached := 0 // the least of the last row
	for i := 1; i <= len(m.word); i++ {
		least := m.fill(i)
		if min(least, reached) >= limit {
			return limit // a swap looks back two rows, and nothing further
		}
		reached = least
		m.before, m.last, m.row = m.last, m.row, m.before
	}
	return min(m.last[len(m.other)], limit)
}

// reset makes the rows fit the other word.
func (m *meter) reset() {
	n := len(m.other) + 1
	if cap(m.last) < n {
		m.before, m.last, m.row = make([]int, n, 2*n), make([]int, n, 2*n), make([]int, n, 2*n)
	}
	m.before, m.last, m.row = m.before[:n], m.last[:n], m.row[:n]
	for j := range m.last {
		m.last[j] = j
	}
}

// fill computes the row of the first i letters of the word: how far they are
// from each beginning of the other one. It returns the least.
func (m *meter) fill(i int) (least int) {
	x, y := m.word, m.other
	m.row[0], least = i, i
	for j := 1; j <= len(y); j++ {
		cost := 1
		if x[i-1] == y[j-1] {
			cost = 0
		}
		d := min(m.last[j]+1, m.row[j-1]+1, m.last[j-1]+cost)
		if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
			d = min(d, m.before[j-2]+1)
		}
		m.row[j], least = d, min(least, d)
	}
	return least
}

// DidYouMean returns a hint that names the nearest candidate, or otherwise.
func DidYouMean(word string, candidates []string, otherwise string) string {
	if n := Nearest(word, candidates); n != "" {
		return `did you mean "` + n + `"?`
	}
	return otherwise
}
