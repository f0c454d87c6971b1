//go:build unix

package publish

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestInterrupted gives a batch up at each of its steps, as a signal does. Once
// Discard returns, nothing is left that the batch has made, not even the folder; or
// the batch stands as a whole, and Discard says so.
func TestInterrupted(t *testing.T) {
	for _, before := range []map[string]string{nil, older} {
		steps := map[string]bool{}
		for number := 0; ; number++ {
			root := t.TempDir()
			folder := filepath.Join(root, "made", "here")
			if before != nil {
				if err := os.MkdirAll(folder, 0o777); err != nil {
					t.Fatal(err)
				}
				put(t, folder, before)
			}
			b := New(folder, Options{MakeFolder: true})
			count, step := number, ""
			stands := make(chan bool, 1)
			beforeStep = func(name string) error {
				if count--; count == -1 {
					step = name
					go func() { stands <- b.Discard() }()
					time.Sleep(2 * time.Millisecond) // so that it is done, or waits
				}
				return nil
			}
			err := fillBatch(b, newer)
			if err == nil {
				err = b.Commit()
			}
			beforeStep = func(string) error { return nil }
			if step == "" {
				break
			}
			steps[step] = true
			if stood := <-stands; stood != (err == nil) || !stood && !errors.Is(err, errOver) && !errors.Is(err, os.ErrClosed) {
				t.Errorf("given up at %q: it stands: %t, and Commit says: %v", step, stood, err)
			}
			switch {
			case err == nil:
				want := maps.Clone(newer)
				maps.Copy(want, before)
				maps.Copy(want, newer)
				wantHeld(t, folder, want)
			case before == nil:
				wantHeld(t, root, nil)
			default:
				wantHeld(t, folder, before)
			}
		}
		for _, want := range []string{"make the folder", "lock", "remove the probe", "sync a", "begin", "move same"} {
			if !steps[want] {
				t.Errorf("no batch was given up at %q: %v", want, steps)
			}
		}
	}
}

// TestInterruptedWhileWaiting: who waits for the lock to begin is given up at once.
func TestInterruptedWhileWaiting(t *testing.T) {
	folder := t.TempDir()
	first := New(folder, Options{})
	if err := first.open(); err != nil {
		t.Fatal(err)
	}
	defer first.Discard()
	if held, err := first.waitForLock(); !held || err != nil {
		t.Fatal(held, err)
	}
	waits := make(chan string, 1)
	b := New(folder, Options{Say: func(line string) { waits <- line }})
	done := make(chan error, 1)
	go func() { done <- b.Begin() }()
	<-waits
	b.Discard()
	wantHeld(t, folder, map[string]string{lockName: ""})
	select {
	case err := <-done:
		if !errors.Is(err, errOver) {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("it still waits")
	}
}
