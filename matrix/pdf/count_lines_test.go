package pdf

import (
	"math/rand"
	"strings"
	"testing"
)

// TestCountLines: to count lines is to wrap.
func TestCountLines(t *testing.T) {
	fs, problems := loadFonts(nil)
	if problems != nil {
		t.Fatal(problems)
	}
	random := rand.New(rand.NewSource(1))
	counted := 0
	for range 5000 {
		var words []string
		for range random.Intn(30) {
			words = append(words, strings.Repeat("aWi.é", 3)[:1+random.Intn(12)])
		}
		s, face, width := strings.ToValidUTF8(strings.Join(words, " "), ""), face(random.Intn(int(faceCount))), 10+random.Float64()*200
		list, limit, widest := fs.spacedWords(s, face), lineLimit(small, width), 0
		for _, w := range list {
			widest = max(widest, w.width)
		}
		if widest > limit {
			continue
		}
		counted++
		if got, want := countLines(list, fs.widthOfSpace(face), limit), len(fs.wrap(s, face, small, width)); got != want {
			t.Fatalf("%q at %.1f: %d lines are counted, and wrap makes %d", s, width, got, want)
		}
	}
	if counted < 2000 {
		t.Errorf("only %d texts were counted", counted)
	}
}
