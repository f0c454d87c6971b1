package matrix

import "strings"

// Nearest returns the candidate most like word, or "" if none is near: one
// with a single slip of the keys, else one that begins with the word, else
// the one with the smallest edit distance, of at most a third of the word's
// length.
func Nearest(word string, candidates []string) string {
	limit := max(1, min(len(word)/3, 4))
	best, distance, longer := "", limit+1, ""
	for _, c := range candidates {
		if d := editDistance(word, c, distance); d < distance {
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

// editDistance counts the insertions, deletions, substitutions and swaps of
// neighbours that turn a into b. It stops counting at limit.
func editDistance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) >= limit || len(y)-len(x) >= limit {
		return limit
	}
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}

// didYouMean returns a hint that names the nearest candidate, or otherwise.
func didYouMean(word string, candidates []string, otherwise string) string {
	if n := Nearest(word, candidates); n != "" {
		return `did you mean "` + n + `"?`
	}
	return otherwise
}
