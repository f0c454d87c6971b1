package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestProgressBar: the bar counts on one line, and is gone when it is stopped. What
// is no terminal shows none.
func TestProgressBar(t *testing.T) {
	var shown bytes.Buffer
	bar := newProgressBar(&shown, "writing reports", 4)
	bar.add(1)
	bar.add(2)
	bar.stop()
	for _, want := range []string{"writing reports", "0/4", "1/4", "3/4"} {
		if !strings.Contains(shown.String(), want) {
			t.Errorf("%q is not in %q", want, shown.String())
		}
	}
	if lines := strings.Split(strings.TrimRight(shown.String(), "\r"), "\r"); strings.Contains(shown.String(), "\n") || strings.TrimSpace(lines[len(lines)-1]) != "" {
		t.Errorf("the bar stays: %q", shown.String())
	}
	if bar := (&program{err: &shown}).startProgress("x", 3); bar != nil {
		t.Error("a file has a bar")
	}
}
