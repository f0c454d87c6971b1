package source

import "testing"

// TestPagePattern checks that the quick way says what the pattern says.
func TestPagePattern(t *testing.T) {
	addresses := []string{"", "https://", "https:///", "http://a.example/x", "https://a.example", "https://a.example/", "https://a.example?x#y", "https://a.example:0/", "https://a.example:65535/x",
		"https://a.example:65536/x", "https://a@a.example/", "https://-a.example/x", "https://a..example/x", "https://a.example\n", "https://a.example/\n", "https://a.example/\xff", "https://é.example/x", "https://a_b.example/x"}
	for c := range rune(0x3100) {
		addresses = append(addresses, "https://a.example/"+string(c)+"x", "https://a"+string(c)+"b/x")
	}
	for _, a := range addresses {
		if got, want := matchesPage(a), pagePattern.MatchString(a); got != want {
			t.Errorf("matchesPage(%q) = %v, the pattern says %v", a, got, want)
		}
	}
}
