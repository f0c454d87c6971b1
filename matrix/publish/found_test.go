//go:build unix

package publish

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// stoppedAt leaves a folder as a kill at this step does, without the lock.
func stoppedAt(t *testing.T, step string, before map[string]string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	put(t, folder, before)
	if stopWhere(func(name string) bool { return name == step }, func() { _ = publish(folder, Options{}, newer) }) == "" {
		t.Fatalf("no step is called %q", step)
	}
	return folder
}

// recovered begins a batch twice, and returns what was said.
func recovered(t *testing.T, folder string) (said []string) {
	t.Helper()
	for range 2 {
		b, err := begin(folder, func(line string) { said = append(said, strings.ReplaceAll(line, folder, "F")) })
		if err != nil {
			t.Fatal(err)
		}
		b.Discard()
	}
	return said
}

// TestStands: once all files were moved nothing is undone, whatever is done to one
// of them before the next run.
func TestStands(t *testing.T) {
	for _, before := range []map[string]string{older, {}} {
		for change, happens := range map[string]func(path string) error{
			"edited":  func(path string) error { return os.WriteFile(path, []byte("by hand"), 0o644) },
			"moved":   func(path string) error { return os.Rename(path, path+".mine") },
			"removed": os.Remove,
		} {
			folder := stoppedAt(t, "end", before)
			if err := happens(filepath.Join(folder, "b")); err != nil {
				t.Fatal(err)
			}
			want := maps.Clone(newer)
			maps.Copy(want, held(t, folder))
			maps.DeleteFunc(want, func(name, _ string) bool { return strings.HasPrefix(name, prefix) })
			delete(want, "b")
			if change == "edited" {
				want["b"] = "by hand"
			}
			said := recovered(t, folder)
			wantHeld(t, folder, want)
			const line = "F: an earlier run had written a, b, c, same, and not removed what it left beside them; that is gone now; changed since then, and left as found: b"
			if len(said) != 1 || said[0] != line {
				t.Errorf("%s: said %q\nwant %s", change, said, line)
			}
		}
	}
}

// TestUndoneByName: what recovery puts back and removes is named.
func TestUndoneByName(t *testing.T) {
	folder := stoppedAt(t, "move same", older)
	const line = "F: an earlier run was interrupted while it wrote a, b, c, same; the older content was put back: a, b; removed, for they were not there before: c; every file is as it was before that run"
	if said := recovered(t, folder); len(said) != 1 || said[0] != line {
		t.Errorf("said %q\nwant %s", said, line)
	}
	wantHeld(t, folder, older)
}

// TestLost: an older file that nobody can put back is named, and the others are not
// put back either.
func TestLost(t *testing.T) {
	folder := stoppedAt(t, "move same", older)
	kept, err := filepath.Glob(filepath.Join(folder, prefix+"*-0.old"))
	if err != nil || len(kept) != 1 || os.Remove(kept[0]) != nil {
		t.Fatal(kept, err)
	}
	before := held(t, folder)
	wantLeftAlone(t, recovered(t, folder), "the older content is not there any more: a; so no file was put back; it says that older reports are beside it: b as "+prefix)
	wantHeld(t, folder, before)
}

// TestEmptyJournal: one that names nothing is removed.
func TestEmptyJournal(t *testing.T) {
	folder := t.TempDir()
	forge(t, folder)
	if said := recovered(t, folder); len(said) != 1 || said[0] != "F: an earlier run was interrupted before it wrote anything; its journal was removed" {
		t.Errorf("said %q", said)
	}
	wantHeld(t, folder, nil)
}

// TestLargeOlder: a file of any size is replaced without being read to its end, and
// put back where another one fails.
func TestLargeOlder(t *testing.T) {
	for _, fails := range []bool{false, true} {
		folder := t.TempDir()
		large := filepath.Join(folder, "a")
		if err := os.WriteFile(large, []byte("large"), 0o644); err != nil {
			t.Fatal(err)
		}
		const size = 1 << 43 // which takes hours to read
		if err := os.Truncate(large, size); err != nil {
			t.Log("not tried: this file system has no such files:", err)
			return
		}
		before, err := os.Stat(large)
		if err != nil {
			t.Fatal(err)
		}
		beforeStep = func(step string) error {
			if fails && step == "move b" {
				return syscall.EIO
			}
			return nil
		}
		err = publish(folder, Options{}, newer)
		beforeStep = func(string) error { return nil }
		if fails != (err != nil) {
			t.Fatal(err)
		}
		after, err := os.Stat(large)
		if err != nil || fails != os.SameFile(before, after) {
			t.Errorf("fails %t: %v %v", fails, after, err)
		}
		if !fails {
			wantHeld(t, folder, newer)
		}
	}
}

// TestDiscardWhileReading: older files are read while nobody is held up, and
// Discard, as of a signal, ends that.
func TestDiscardWhileReading(t *testing.T) {
	folder := t.TempDir()
	put(t, folder, older)
	for _, name := range []string{"a", "b"} {
		if err := os.Truncate(filepath.Join(folder, name), maxRead); err != nil {
			t.Log("not tried: this file system has no such files:", err)
			return
		}
	}
	b, err := fill(folder, Options{}, newer)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- b.Commit() }()
	time.Sleep(20 * time.Millisecond)
	if _, err := os.Lstat(filepath.Join(folder, lockName)); err == nil {
		t.Error("the folder is locked while older files are read")
	}
	b.Discard()
	select {
	case err := <-done:
		if !errors.Is(err, errOver) {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Error("Commit reads on")
	}
	if parts, _ := filepath.Glob(filepath.Join(folder, prefix+"*")); len(parts) > 0 {
		t.Errorf("%v is left", parts)
	}
}

// TestUnreadable: an older file that may not be read is replaced alone and with
// others. Only root can make one of somebody else.
func TestUnreadable(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Log("not tried: it needs root")
		return
	}
	const nobody = 65534
	for _, files := range []map[string]string{{"a": "new a"}, newer} {
		root := t.TempDir()
		folder := filepath.Join(root, "out")
		for _, err := range []error{os.Chmod(filepath.Dir(root), 0o755), os.Chmod(root, 0o755), os.Mkdir(folder, 0o755), os.Chown(folder, nobody, nobody),
			os.WriteFile(filepath.Join(folder, "a"), []byte("secret"), 0o600)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := syscall.Seteuid(nobody); err != nil {
			t.Fatal(err)
		}
		err := publish(folder, Options{}, files)
		if back := syscall.Seteuid(0); err != nil || back != nil {
			t.Error(err, back)
		}
		wantHeld(t, folder, files)
	}
}

// TestAppendOnly: in a folder in which nothing can be removed, that is said.
func TestAppendOnly(t *testing.T) {
	folder := t.TempDir()
	if err := exec.Command("chattr", "+a", folder).Run(); err != nil {
		t.Log("not tried: it needs chattr +a:", err)
		return
	}
	defer exec.Command("chattr", "-a", folder).Run()
	err := publish(folder, Options{}, newer)
	if err == nil || !strings.Contains(err.Error(), "a file can be made there, but not removed again: operation not permitted; ") || !strings.HasSuffix(err.Error(), "-probe.part and "+filepath.Join(folder, lockName)+" stay") {
		t.Error(err)
	}
}

// TestQuoted: no name moves the cursor of who reads a message.
func TestQuoted(t *testing.T) {
	for path, want := range map[string]string{"a b/é.csv": "a b/é.csv", "a\x1b[2J": `"a\x1b[2J"`, "a\nb": `"a\nb"`, "a\u202eb": `"a\u202eb"`, "\xff": `"\xff"`,
		"::error": `"::error"`, "##[x": `"#\x23[x"`, ` a`: `" a"`, "a\u3164": `"a\u3164"`} {
		if got := quoted(path); got != want {
			t.Errorf("%q is quoted as %s, want %s", path, got, want)
		}
	}
	folder := filepath.Join(t.TempDir(), "x\x1b[31m\ny")
	check := func(text string) {
		if strings.ContainsAny(text, "\x1b\n") || !strings.Contains(text, `x\x1b[31m\ny`) {
			t.Errorf("not quoted: %q", text)
		}
	}
	fails := func(err error) {
		if err == nil {
			t.Error("no error")
		} else {
			check(err.Error())
		}
	}
	fails(publish(folder, Options{}, newer))
	fails(New(folder, Options{}).WriteFile("a", nil))
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	fails(publish(folder, Options{MakeFolder: true}, newer))
	fails(publish(filepath.Join(folder, "below"), Options{MakeFolder: true}, newer))
	if err := errors.Join(os.Remove(folder), os.MkdirAll(filepath.Join(folder, "b"), 0o777)); err != nil {
		t.Fatal(err)
	}
	fails(publish(folder, Options{}, newer))
	put(t, folder, map[string]string{journalName(strings.Repeat("A", 26)): ""})
	b, err := begin(folder, check)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Discard()
	_, err = b.Create("a/b")
	fails(err)
}
