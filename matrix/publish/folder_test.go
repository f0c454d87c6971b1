//go:build unix

package publish

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestFolderGone: a folder that is removed, or moved with another in its place,
// while files are made.
func TestFolderGone(t *testing.T) {
	for _, again := range []bool{false, true} {
		folder := filepath.Join(t.TempDir(), "out")
		b, err := fill(folder, Options{MakeFolder: true}, newer)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(folder, folder+".moved"); err != nil {
			t.Fatal(err)
		}
		if again {
			if err := os.Mkdir(folder, 0o777); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.Commit(); err == nil || !strings.HasSuffix(err.Error(), "the folder was removed or moved while the files were made") {
			t.Error(err)
		}
		if entries, err := os.ReadDir(folder + ".moved"); err != nil || len(entries) > 0 {
			t.Errorf("%v is left, %v", entries, err)
		}
	}
	folder := filepath.Join(t.TempDir(), "out")
	b, err := fill(folder, Options{MakeFolder: true}, newer)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if err := b.Commit(); err == nil {
		t.Error("files went into a folder that is gone")
	}
	if _, err := os.Stat(folder); err == nil {
		t.Error("the folder came back")
	}
}

// TestSweep: leftovers older than a day go, and are named. What somebody dates back
// is no older for that. Other files stay, and so does what may be the only copy of
// an older report.
func TestSweep(t *testing.T) {
	folder := t.TempDir()
	id := strings.Repeat("A", 26)
	swept := []string{temporaryName(id, 3), prefix + id + "-journal.part", probeName(id)}
	kept := keptName(id, 3)
	files := map[string]string{}
	for _, name := range append([]string{kept, temporaryName("short", 3), ".raci-" + id + "-3.txt", "plain.part", "-3.part"}, swept...) {
		files[name] = "x"
	}
	put(t, folder, files)
	past := time.Now().Add(-48 * time.Hour)
	for name := range files {
		if err := os.Chtimes(filepath.Join(folder, name), past, past); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, temporaryName(id, 4)), 0o777); err != nil {
		t.Fatal(err)
	}
	want := maps.Clone(files)
	want["a"], want[temporaryName(id, 4)] = "a", "/"
	aside := "F: older reports that an interrupted run has put aside, and whose journal is gone: " + kept + "; give those that you miss their names again, and remove the others"
	for _, lines := range [][]string{{aside}, {"F: removed temporary files that runs which were killed had left: " + strings.Join(swept, ", "), aside}} {
		var said []string
		err := publish(folder, Options{Say: func(line string) { said = append(said, strings.ReplaceAll(line, folder, "F")) }}, map[string]string{"a": "a"})
		if err != nil || !slices.Equal(said, lines) {
			t.Errorf("%v, said %q\nwant %q", err, said, lines)
		}
		if len(lines) > 1 {
			for _, name := range swept {
				delete(want, name)
			}
		}
		wantHeld(t, folder, want)
		sweepAll(t)
	}
}

// TestTogether: batches of one process, which have equal process ids, into one
// folder at once. Each file is of one batch, and all are of the same.
func TestTogether(t *testing.T) {
	folder := t.TempDir()
	var wait sync.WaitGroup
	for n := range 8 {
		wait.Go(func() {
			for round := range 10 {
				text := fmt.Sprintf("%d of %d ", round, n)
				files := map[string]string{}
				for i, name := range []string{"a", "b", "c"} {
					files[name] = strings.Repeat(text, 1000*(i+1))
				}
				if err := publish(folder, Options{Say: func(line string) {
					if !strings.Contains(line, ": waiting for another run") {
						t.Error(line)
					}
				}}, files); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	got := held(t, folder)
	if len(got) != 3 || got["a"]+got["a"] != got["b"] || got["a"]+got["b"] != got["c"] {
		t.Errorf("%d files, %.10q %.10q %.10q", len(got), got["a"], got["b"], got["c"])
	}
}

// TestWorkers: one batch may be filled by many.
func TestWorkers(t *testing.T) {
	folder := t.TempDir()
	b, err := begin(folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	var wait sync.WaitGroup
	for n := range 50 {
		name := fmt.Sprint("f", n)
		if n%7 > 0 {
			want[name] = name
		}
		wait.Go(func() {
			f, err := b.Create(name)
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = f.Write([]byte(name))
			if err := f.Close(); err != nil {
				t.Error(err)
			}
			if n%7 == 0 {
				b.Drop(name)
			}
		})
	}
	wait.Wait()
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
	wantHeld(t, folder, want)
}

// TestSticky: in a folder like /tmp a file of somebody else stays, even one that
// all may write, and with it all others. Only root can try that.
func TestSticky(t *testing.T) {
	if os.Geteuid() != 0 {
		return
	}
	root := t.TempDir()
	folder := filepath.Join(root, "shared")
	for _, err := range []error{os.Chmod(filepath.Dir(root), 0o755), os.Mkdir(folder, 0o777), os.Chmod(folder, 0o777|os.ModeSticky)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	put(t, folder, older)
	const nobody = 65534
	for _, err := range []error{os.Chmod(filepath.Join(folder, "b"), 0o666), os.Chown(filepath.Join(folder, "a"), nobody, nobody), syscall.Seteuid(nobody)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	err := publish(folder, Options{}, newer)
	journal := os.WriteFile(filepath.Join(folder, journalName(strings.Repeat("A", 26))), []byte(`{"schema":"raci/journal/v3","files":[]}`), 0o600)
	if err := syscall.Seteuid(0); err != nil || journal != nil {
		t.Fatal(err, journal)
	}
	if want := "cannot write " + filepath.Join(folder, "b") + ": operation not permitted; every file is as it was before"; err == nil || err.Error() != want {
		t.Errorf("%v\nwant %s", err, want)
	}
	var said []string
	if err := publish(folder, Options{Say: func(line string) { said = append(said, line) }}, newer); err != nil {
		t.Error(err)
	}
	if len(said) != 1 || !strings.Contains(said[0], "it belongs to somebody else") {
		t.Errorf("said %q of the journal of somebody else", said)
	}
	got := held(t, folder)
	maps.DeleteFunc(got, func(name, _ string) bool { return strings.HasSuffix(name, ".journal") })
	if !maps.Equal(got, after()) {
		t.Errorf("the folder holds %q", got)
	}
}

// TestLocked: while somebody else moves files, Commit waits, and ends when the
// files are given up.
func TestLocked(t *testing.T) {
	folder := t.TempDir()
	for _, giveUp := range []bool{true, false} {
		b, err := fill(folder, Options{}, newer)
		if err != nil {
			t.Fatal(err)
		}
		other, err := lockFolder(b.root, folder)
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan error)
		go func() { done <- b.Commit() }()
		select {
		case err := <-done:
			t.Fatalf("Commit did not wait: %v", err)
		case <-time.After(3 * lockPause):
		}
		if giveUp {
			b.Discard() // while the lock is held
			if err := <-done; !errors.Is(err, errOver) {
				t.Error(err)
			}
			wantHeld(t, folder, map[string]string{lockName: ""})
		}
		if err := other.Close(); err != nil {
			t.Fatal(err)
		}
		if !giveUp {
			if err := <-done; err != nil {
				t.Error(err)
			}
			wantHeld(t, folder, newer)
		}
	}
}
