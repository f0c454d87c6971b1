package source

import (
	"encoding/json"
	"flag"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"raci/templates"
)

// go test ./matrix/source -args -thorough
var thorough = flag.Bool("thorough", false, "look for slips in the names of all services, not of one in eight")

// serviceNames returns the names of all services that ship.
func serviceNames(t testing.TB) []string {
	t.Helper()
	data, err := templates.FS.ReadFile("index.json")
	if err != nil {
		t.Fatal(err)
	}
	var services []struct {
		ID, Name string
		Aliases  []string
	}
	if err := json.Unmarshal(data, &services); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range services {
		for _, name := range append(s.Aliases, s.ID, s.Name) {
			if name = strings.ToLower(name); !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// slip makes mistakes in a word.
func slip(r *rand.Rand, word string, mistakes int) string {
	letters := []rune(word)
	for range mistakes {
		i := r.IntN(len(letters) + 1)
		switch {
		case i == len(letters) || r.IntN(4) == 0:
			letters = slices.Insert(letters, i, []rune("aeirst-é")[r.IntN(8)])
		case r.IntN(3) == 0:
			letters = slices.Delete(letters, i, i+1)
		case i > 0 && r.IntN(2) == 0:
			letters[i-1], letters[i] = letters[i], letters[i-1]
		default:
			letters[i] = 'x'
		}
	}
	return string(letters)
}

// plainNearest is Nearest with no shortcut but the length of the words.
func plainNearest(word string, candidates []string) string {
	if countLetters(word) < 2 {
		return ""
	}
	letters := utf8.RuneCountInString(word)
	limit := max(1, min(letters/3, 4))
	best, distance, longer := "", limit+1, ""
	for _, c := range candidates {
		if d := plainDistance([]rune(word), []rune(c), distance); d < distance {
			best, distance = c, d
		}
		if longer == "" && letters >= 3 && strings.HasPrefix(c, word) {
			longer = c
		}
	}
	if longer != "" && distance > 1 {
		return longer
	}
	return best
}

func plainDistance(x, y []rune, limit int) int {
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

// TestNearest gives the answers of the plain search for slips in the name of
// each service.
func TestNearest(t *testing.T) {
	names := serviceNames(t)
	r := rand.New(rand.NewPCG(1, 2))
	looked, found := 0, 0
	for i, name := range names {
		if i%8 != 0 && !*thorough {
			continue
		}
		looked++
		word := slip(r, name, r.IntN(6))
		got, want := Nearest(word, names), plainNearest(word, names)
		if got != want {
			t.Errorf("%q is nearest to %q, want %q", word, got, want)
		}
		if got == name {
			found++
		}
	}
	if found < looked/20 {
		t.Errorf("of %d names only %d were found", looked, found)
	}
}

// TestDistance gives the answers of the plain count for all words of a few
// letters, which swap, repeat and share their letters in every way.
func TestDistance(t *testing.T) {
	words := []string{""}
	for first := 0; first < len(words) && len(words) < 400; first++ {
		for _, letter := range []string{"a", "b", "é"} {
			words = append(words, words[first]+letter)
		}
	}
	for _, word := range words {
		m := newMeter(word)
		for _, other := range words {
			for limit := 1; limit <= 5; limit++ {
				if got, want := m.distance(other, limit), min(plainDistance([]rune(word), []rune(other), limit), limit); got != want {
					t.Fatalf("from %q to %q it is %d, want %d (at most %d)", word, other, got, want, limit)
				}
			}
		}
	}
}

func TestNearestOf(t *testing.T) {
	for _, test := range []struct{ word, candidates, want string }{
		{"", "a b", ""},
		{"é", "e", ""}, // anything short is near to a single letter
		{"&&", "&", ""},
		{"s3", "s2 ec2", "s2"},
		{"s3", "rds ec2", ""},
		{"cloud", "cloudfront clod", "clod"},
		{"cloudfr", "cloudfront", "cloudfront"},
		{"labmda", "lambda", "lambda"},
		{"éa", "ea", "ea"},
		{"北京", "ds s3", ""}, // two letters, in six bytes
		{"rds", "rds rdt", "rds"},
	} {
		if got := Nearest(test.word, strings.Fields(test.candidates)); got != test.want {
			t.Errorf("of %s %q is nearest to %q, want %q", test.candidates, test.word, got, test.want)
		}
	}
}

func BenchmarkNearest(b *testing.B) {
	names := serviceNames(b)
	r := rand.New(rand.NewPCG(1, 2))
	words := make([]string, 100)
	for i := range words {
		words[i] = slip(r, names[r.IntN(len(names))], 1+i%5)
	}
	for name, nearest := range map[string]func(string, []string) string{"quick": Nearest, "plain": plainNearest} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, w := range words {
					nearest(w, names)
				}
			}
		})
	}
}
