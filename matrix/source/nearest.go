package source

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Nearest returns the candidate most like word, in capitals or not, or "" if none
// is near, or the word has fewer than two letters: one with a single slip of the keys, else one that begins with the word,
// else the one with the smallest edit distance, of at most a third of the word's
// length.
func Nearest(word string, candidates []string) string { return NewWords(candidates).Nearest(word) }

// Words are candidates for many unknown words.
type Words struct {
	names, lower []string
	lengths      []int    // in characters
	letters      []uint64 // see letterBit
}

// NewWords makes candidates ready.
func NewWords(names []string) *Words {
	w := &Words{names: names, lower: make([]string, len(names)), lengths: make([]int, len(names)), letters: make([]uint64, len(names))}
	for i, name := range names {
		w.lower[i] = strings.ToLower(name)
		for _, r := range w.lower[i] {
			w.lengths[i]++
			w.letters[i] |= letterBit(r)
		}
	}
	return w
}

// Nearest is as the function of this name.
func (w *Words) Nearest(word string) string {
	word = strings.ToLower(word)
	letters := utf8.RuneCountInString(word)
	if countLetters(word) < 2 { // of which anything short is near
		return ""
	}
	limit := max(1, min(letters/3, 4))
	best, distance, longer := "", limit+1, ""
	m := newMeter(word)
	for i, lower := range w.lower {
		if m.atLeast(w.lengths[i], w.letters[i]) < distance {
			if d := m.distance(lower, distance); d < distance {
				best, distance = w.names[i], d
			}
		}
		if longer == "" && letters >= 3 && strings.HasPrefix(lower, word) {
			longer = w.names[i]
		}
	}
	if longer != "" && distance > 1 {
		return longer
	}
	return best
}

// countLetters counts letters and digits.
func countLetters(word string) (n int) {
	for _, c := range word {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			n++
		}
	}
	return n
}

// meter measures how far other words are from one. It reuses its memory.
type meter struct {
	word, other []rune
	letters     uint64 // of word
	// far says, for each difference between the places in the two words, up to
	// where in the word some number of changes leads; next is for one more.
	far, next []int
}

func newMeter(word string) *meter {
	m := &meter{word: []rune(word), far: make([]int, 0, 16), next: make([]int, 0, 16)}
	for _, r := range m.word {
		m.letters |= letterBit(r)
	}
	return m
}

// letterBit stands for a letter in a set. Some letters share one.
func letterBit(r rune) uint64 { return 1 << (r & 63) }

// atLeast returns how many changes a word of this length and these letters takes at
// least: each letter that is in one word only takes one.
func (m *meter) atLeast(length int, letters uint64) int {
	return max(len(m.word)-length, length-len(m.word), bits.OnesCount64(m.letters&^letters), bits.OnesCount64(letters&^m.letters))
}

// distance counts the insertions, deletions, substitutions and swaps of
// neighbours that turn the word into the other one. Where they are limit or
// more, it returns limit.
func (m *meter) distance(other string, limit int) int {
	m.other = m.other[:0]
	for _, r := range other {
		m.other = append(m.other, r)
	}
	m.reset(limit)
	for changes := range limit {
		if m.change(changes, limit) {
			return changes
		}
	}
	return limit
}

// reset makes room for the differences in place that fewer than limit changes
// can make, and one on either side that none can.
func (m *meter) reset(limit int) {
	m.far, m.next = m.far[:0], m.next[:0]
	for range 2*limit + 1 {
		m.far, m.next = append(m.far, nowhere), append(m.next, nowhere)
	}
}

const nowhere = -10 // far enough before a word

// change finds out how far one more change leads, and reports whether it makes
// the other word. Along equal letters it goes on for nothing, and it always
// starts from as far as fewer changes lead: to start from before gains nothing.
func (m *meter) change(changes, limit int) bool {
	n, o := len(m.word), len(m.other)
	for d := -changes; d <= changes; d++ { // place in the other word less that in the word
		k := d + limit
		i := max(m.far[k]+1, m.far[k-1], m.far[k+1]+1, m.swapped(m.far[k], d))
		if changes == 0 {
			i = 0
		}
		for i = min(i, n, o-d); i >= 0 && i < n && i+d >= 0 && i+d < o && m.word[i] == m.other[i+d]; {
			i++
		}
		if m.next[k] = i; i == n && i+d == o {
			return true
		}
	}
	m.far, m.next = m.next, m.far
	return false
}

// swapped returns where a swap of neighbours at i leads, if one is possible.
func (m *meter) swapped(i, d int) int {
	j := i + d
	if i < 0 || j < 0 || i+1 >= len(m.word) || j+1 >= len(m.other) || m.word[i] != m.other[j+1] || m.word[i+1] != m.other[j] {
		return nowhere
	}
	return i + 2
}

// DidYouMean returns a hint that names the nearest candidate, or otherwise.
func DidYouMean(word string, candidates []string, otherwise string) string {
	return new(Search).DidYouMean(word, candidates, otherwise)
}

// Search looks for likely words for many unknown ones. It compares so many words and
// no more, so that a file with thousands of slips is read in seconds; the words that
// come first have their hints. Its zero value is ready.
type Search struct{ compared int }

const mostCompared = 2_000_000

// Nearest is as the function of this name, or returns "" where the search has ended.
func (s *Search) Nearest(word string, candidates []string) string {
	if s.compared += len(candidates); s.compared > mostCompared {
		return ""
	}
	return Nearest(word, candidates)
}

// DidYouMean is as the function of this name.
func (s *Search) DidYouMean(word string, candidates []string, otherwise string) string {
	if n := s.Nearest(word, candidates); n != "" {
		return `did you mean "` + n + `"?`
	}
	return otherwise
}
