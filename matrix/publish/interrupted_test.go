//go:build unix

package publish

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
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

// TestCannotRemoveOlder: an older file that cannot be removed under its second name
// stays with its journal, each run says so, and the first that can removes both.
func TestCannotRemoveOlder(t *testing.T) {
	sweepAll(t)
	defer func() { beforeStep = func(string) error { return nil } }()
	locked := func(step string) error {
		if strings.HasPrefix(step, "remove "+prefix) && strings.HasSuffix(step, "-1"+keptSuffix) {
			return syscall.EPERM
		}
		return nil
	}
	for _, fails := range []string{"", "move a"} {
		folder := t.TempDir()
		put(t, folder, older)
		var said []string
		say := func(line string) { said = append(said, strings.ReplaceAll(line, folder, "F")) }
		beforeStep = func(step string) error {
			if step == fails {
				return syscall.EIO
			}
			return locked(step)
		}
		err := publish(folder, Options{Say: say}, newer)
		if (err != nil) != (fails != "") {
			t.Fatal(err)
		} else if err != nil {
			said = append(said, err.Error())
		}
		want := after()
		if fails != "" {
			want = older
		}
		beforeStep = locked
		for range 2 {
			kept, _ := filepath.Glob(filepath.Join(folder, prefix+"*"+keptSuffix))
			_, journal := findJournal(t, folder)
			if len(kept) != 1 || !journal || len(said) != 1 || !strings.Contains(said[0], filepath.Base(kept[0])+", the older b, cannot be removed: operation not permitted") {
				t.Errorf("%q, a journal is there: %t, said %q", kept, journal, said)
			}
			got := held(t, folder)
			maps.DeleteFunc(got, func(name, _ string) bool { return strings.HasPrefix(name, prefix) })
			if !maps.Equal(got, want) {
				t.Errorf("the folder holds %q", got)
			}
			said = nil
			b, err := begin(folder, say)
			if err != nil {
				t.Fatal(err)
			}
			b.Discard()
		}
		beforeStep = func(string) error { return nil }
		recovered(t, folder)
		wantHeld(t, folder, want)
	}
}

// TestJournalOfAnother: what is said of a journal that may not be read names the
// older reports beside it, and what that leads to destroys none. Only root can try
// that.
func TestJournalOfAnother(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Log("not tried: it needs root")
		return
	}
	sweepAll(t)
	folder := stoppedAt(t, "move same", older)
	journal, _ := findJournal(t, folder)
	kept, _ := filepath.Glob(filepath.Join(folder, prefix+"*-0"+keptSuffix))
	const nobody = 65534
	for _, err := range []error{os.Chmod(filepath.Dir(filepath.Dir(folder)), 0o755), os.Chmod(filepath.Dir(folder), 0o755), os.Chmod(folder, 0o777), os.Remove(filepath.Join(folder, "a"))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	as := func(uid int) []string {
		t.Helper()
		if err := syscall.Seteuid(uid); err != nil {
			t.Fatal(err)
		}
		said := recovered(t, folder)
		if err := syscall.Seteuid(0); err != nil {
			t.Fatal(err)
		}
		return said
	}
	said := as(nobody)
	if want := "is left alone: permission denied; older reports may be beside it as " + filepath.Base(kept[0]); len(said) != 2 || !strings.Contains(said[0], want) {
		t.Errorf("said %q\nwant %s", said, want)
	}
	if err := os.Remove(journal); err != nil {
		t.Fatal(err)
	}
	for _, uid := range []int{nobody, 0} {
		said = as(uid)
		if len(said) == 0 || !strings.Contains(said[len(said)-1], "whose journal is gone: "+filepath.Base(kept[0])) {
			t.Errorf("said %q", said)
		}
		if text, err := os.ReadFile(kept[0]); err != nil || string(text) != "old a" {
			t.Errorf("the only copy holds %q: %v", text, err)
		}
	}
}
