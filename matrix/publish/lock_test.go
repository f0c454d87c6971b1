//go:build unix

package publish

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestReadersCannotLock: a lock on the folder itself, or one by somebody who may
// only read it, holds nobody up.
func TestReadersCannotLock(t *testing.T) {
	folder := t.TempDir()
	f, err := os.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	if err := publish(folder, Options{Say: func(line string) { t.Error(line) }}, newer); err != nil {
		t.Error(err)
	}
	for mode, want := range map[os.FileMode]os.FileMode{0o755: 0o600, 0o775: 0o660, 0o777: 0o666} {
		if err := os.Chmod(folder, mode); err != nil {
			t.Fatal(err)
		}
		root, err := os.OpenRoot(folder)
		if err != nil {
			t.Fatal(err)
		}
		lock, err := lockFolder(root, folder)
		if err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(filepath.Join(folder, lockName)); err != nil || info.Mode() != want {
			t.Errorf("in a folder of %v the lock has %v, want %v: %v", mode, info.Mode(), want, err)
		}
		_ = lock.Close()
		_ = root.Close()
	}
	wantHeld(t, folder, newer)
}

// TestWaits: who waits says so at once; a lock that was left by a process that is
// gone is none, and what is no file is refused.
func TestWaits(t *testing.T) {
	folder := t.TempDir()
	put(t, folder, map[string]string{lockName: ""})
	if err := publish(folder, Options{Say: func(line string) { t.Error(line) }}, newer); err != nil {
		t.Error(err)
	}
	wantHeld(t, folder, newer)
	root, err := os.OpenRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	lock, err := lockFolder(root, folder)
	if err != nil {
		t.Fatal(err)
	}
	said := make(chan string, 5)
	done := make(chan error)
	go func() { done <- publish(folder, Options{Say: func(line string) { said <- line }}, newer) }()
	want := folder + ": waiting for another run that moves its reports into this folder, and has locked " + filepath.Join(folder, lockName) + "; where it hangs, end it"
	select {
	case line := <-said:
		if line != want {
			t.Errorf("said %s\nwant %s", line, want)
		}
	case <-time.After(10 * time.Second):
		t.Error("nothing is said")
	}
	_ = lock.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if err := os.Symlink("a", filepath.Join(folder, lockName)); err != nil {
		t.Fatal(err)
	}
	if err := publish(folder, Options{}, newer); err == nil || !strings.HasSuffix(err.Error(), lockName+" is not a file that can be locked; remove it") {
		t.Error(err)
	}
}

// TestLockOfOthers: root makes a lock that the owner of the folder may open, and a
// lock that only somebody else may open is waited for. Only root can try that.
func TestLockOfOthers(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Log("not tried: it needs root")
		return
	}
	const nobody = 65534
	folder := t.TempDir()
	if err := os.Chown(folder, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	lock, err := lockFolder(root, folder)
	if err != nil {
		t.Fatal(err)
	}
	try := func(want error) {
		t.Helper()
		if err := syscall.Seteuid(nobody); err != nil {
			t.Fatal(err)
		}
		_, err := lockFolder(root, folder)
		if back := syscall.Seteuid(0); back != nil || !errors.Is(err, want) {
			t.Errorf("%v, want %v; %v", err, want, back)
		}
	}
	try(errLocked)
	_ = lock.Close()
	wantHeld(t, folder, nil)
	if err := os.WriteFile(filepath.Join(folder, lockName), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	try(errTheirs)
}

// TestFailedCommitLeavesNoFolder: the lock does not keep a folder that the batch made.
func TestFailedCommitLeavesNoFolder(t *testing.T) {
	root := t.TempDir()
	b, err := fill(filepath.Join(root, "made", "here"), Options{MakeFolder: true}, newer)
	if err != nil {
		t.Fatal(err)
	}
	beforeStep = func(step string) error {
		if step == "move b" {
			return syscall.EIO
		}
		return nil
	}
	defer func() { beforeStep = func(string) error { return nil } }()
	if err := b.Commit(); !errors.Is(err, syscall.EIO) {
		t.Error(err)
	}
	wantHeld(t, root, nil)
}
