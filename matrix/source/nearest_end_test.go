package source

import "testing"

// TestSearchHasAnEnd: the words that come first have their hints, those behind the
// end what is said otherwise.
func TestSearchHasAnEnd(t *testing.T) {
	var s Search
	words := []string{"backup", "restore"}
	if got := s.DidYouMean("bakcup", words, "see the list"); got != `did you mean "backup"?` {
		t.Error(got)
	}
	s.compared = mostCompared
	if got := s.DidYouMean("bakcup", words, "see the list"); got != "see the list" {
		t.Error(got)
	}
}
