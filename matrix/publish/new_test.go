//go:build unix

package publish

import (
	"errors"
	"io/fs"
	"testing"
)

// TestNew: a file that is to be new replaces none, also not one that comes just
// before it is moved, and leaves nothing then.
func TestNew(t *testing.T) {
	for _, comes := range []string{"", "sync a", "move a"} {
		folder := t.TempDir()
		if comes == "" {
			put(t, folder, map[string]string{"a": "theirs"})
		}
		beforeStep = func(step string) error {
			if step == comes {
				put(t, folder, map[string]string{"a": "theirs"})
			}
			return nil
		}
		err := New(folder, Options{New: true}).WriteFile("a", []byte("ours"))
		beforeStep = func(string) error { return nil }
		if !errors.Is(err, fs.ErrExist) {
			t.Errorf("%q: %v", comes, err)
		}
		wantHeld(t, folder, map[string]string{"a": "theirs"})
	}
	folder := t.TempDir()
	if err := New(folder, Options{New: true}).WriteFile("a", []byte("ours")); err != nil {
		t.Error(err)
	}
	wantHeld(t, folder, map[string]string{"a": "ours"})
}
