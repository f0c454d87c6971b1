//go:build unix

package publish

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// put writes files into a folder.
func put(t testing.TB, folder string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// held returns what a folder holds: the texts of its files, and "/" for folders.
func held(t testing.TB, folder string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, e := range entries {
		if e.IsDir() {
			all[e.Name()] = "/"
		} else if !e.Type().IsRegular() {
			all[e.Name()] = e.Type().String()
		} else if data, err := os.ReadFile(filepath.Join(folder, e.Name())); err == nil {
			all[e.Name()] = string(data)
		}
	}
	return all
}

// fill begins a batch and writes files into it.
func fill(folder string, o Options, files map[string]string) (*Batch, error) {
	b := New(folder, o)
	if err := fillBatch(b, files); err != nil {
		b.Discard()
		return nil, err
	}
	return b, nil
}

func fillBatch(b *Batch, files map[string]string) error {
	if err := b.Begin(); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := b.Create(name)
		if err == nil {
			_, err = f.Write([]byte(files[name]))
		}
		if err == nil {
			err = f.Close()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// publish does all that a run does.
func publish(folder string, o Options, files map[string]string) error {
	b, err := fill(folder, o, files)
	if err != nil {
		return err
	}
	defer b.Discard()
	return b.Commit()
}

var (
	older = map[string]string{"a": "old a", "b": "old b", "same": "same", "else": "not ours"}
	newer = map[string]string{"a": "new a", "b": "new b", "c": "new c", "same": "same"}
)

// after is what the folder holds once the newer files are there.
func after() map[string]string {
	all := maps.Clone(older)
	maps.Copy(all, newer)
	return all
}

func wantHeld(t testing.TB, folder string, want map[string]string) {
	t.Helper()
	if got := held(t, folder); !maps.Equal(got, want) {
		t.Errorf("the folder holds %q\nwant %q", got, want)
	}
}

func TestCommit(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "made", "here")
	if err := publish(folder, Options{MakeFolder: true}, older); err != nil {
		t.Fatal(err)
	}
	wantHeld(t, folder, older)
	if err := os.Chmod(filepath.Join(folder, "a"), 0o640); err != nil {
		t.Fatal(err)
	}
	umask := syscall.Umask(0o027)
	defer syscall.Umask(umask)
	if err := publish(folder, Options{}, newer); err != nil {
		t.Fatal(err)
	}
	wantHeld(t, folder, after())
	for name, want := range map[string]fs.FileMode{"a": 0o640, "b": 0o666 &^ fs.FileMode(umask), "c": 0o640} {
		if info, err := os.Stat(filepath.Join(folder, name)); err != nil || info.Mode() != want {
			t.Errorf("%s has the mode %v, want %v", name, info.Mode(), want)
		}
	}
}

// TestSecret: while a file is made nobody reads it who could not read the one
// that it replaces.
func TestSecret(t *testing.T) {
	folder := t.TempDir()
	put(t, folder, older)
	if err := os.Chmod(filepath.Join(folder, "a"), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := begin(folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Discard()
	if _, err := b.Create("a"); err != nil {
		t.Fatal(err)
	}
	parts, _ := filepath.Glob(filepath.Join(folder, ".raci-*.part"))
	if info, err := os.Stat(parts[0]); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// TestDiscard: what is given up leaves nothing behind, not even the folder.
func TestDiscard(t *testing.T) {
	root := t.TempDir()
	b, err := fill(filepath.Join(root, "made", "here"), Options{MakeFolder: true}, newer)
	if err != nil {
		t.Fatal(err)
	}
	b.Drop("a", "c")
	if n := len(held(t, filepath.Join(root, "made", "here"))); n != 2 {
		t.Errorf("%d files are there after two of four were dropped", n)
	}
	b.Discard()
	b.Discard()
	wantHeld(t, root, map[string]string{})
	if err := b.Commit(); !errors.Is(err, errOver) {
		t.Errorf("Commit after Discard: %v", err)
	}
	if _, err := b.Create("d"); !errors.Is(err, errOver) {
		t.Errorf("Create after Discard: %v", err)
	}

	b, err = fill(root, Options{}, newer)
	if err != nil {
		t.Fatal(err)
	}
	b.Drop("a")
	if err := b.Commit(); err != nil {
		t.Error(err)
	}
	wantHeld(t, root, map[string]string{"b": "new b", "c": "new c", "same": "same"})
}

// TestNotComplete: a file that was not closed, or not written to the disk, holds
// all of them back.
func TestNotComplete(t *testing.T) {
	folder := t.TempDir()
	put(t, folder, older)
	b, err := fill(folder, Options{}, newer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Create("open"); err != nil {
		t.Fatal(err)
	}
	if err := b.Commit(); err == nil || !strings.HasSuffix(err.Error(), "open: it is not complete") {
		t.Error(err)
	}
	wantHeld(t, folder, older)

	defer func(before func(string) error) { beforeStep = before }(beforeStep)
	beforeStep = func(step string) error {
		if step == "sync b" {
			return syscall.ENOSPC
		}
		return nil
	}
	if _, err := fill(folder, Options{}, newer); !errors.Is(err, syscall.ENOSPC) {
		t.Error(err)
	}
	wantHeld(t, folder, older)
}

func TestNames(t *testing.T) {
	b, err := begin(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Discard()
	for _, name := range []string{"", ".", "..", "a/b", "/a", "../a", "a\x00b", ".raci-x"} {
		if f, err := b.Create(name); err == nil {
			t.Errorf("%q is the name of a file: %v", name, f)
		}
	}
	long := strings.Repeat("n", 255)
	for _, name := range []string{"a b", ".hidden", "é.pdf", long} {
		if _, err := b.Create(name); err != nil {
			t.Error(err)
		}
	}
	if _, err := b.Create(long); err == nil {
		t.Error("a file is written twice")
	}
}

// TestWhatIsThere: what is no plain file stays unless that is asked for, and then
// the thing itself is replaced, not what it points at.
func TestWhatIsThere(t *testing.T) {
	kinds := []struct {
		want string
		make func(path string) error
	}{
		{`it is a link to "target"`, func(path string) error { return os.Symlink("target", path) }},
		{`it is a link to "nowhere"`, func(path string) error { return os.Symlink("nowhere", path) }},
		{"it is a named pipe", func(path string) error { return syscall.Mkfifo(path, 0o600) }},
		{"it is a socket", func(path string) error {
			fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
			if err == nil {
				defer syscall.Close(fd)
				err = syscall.Bind(fd, &syscall.SockaddrUnix{Name: path})
			}
			return err
		}},
		{"it is read-only", func(path string) error { return os.WriteFile(path, []byte("mine"), 0o444) }},
	}
	for _, kind := range kinds {
		for _, single := range []bool{true, false} {
			folder := t.TempDir()
			t.Chdir(folder) // the name of a socket is short
			put(t, folder, map[string]string{"target": "not ours", "a": "old a"})
			if err := kind.make("b"); err != nil {
				t.Fatal(err)
			}
			files := map[string]string{"a": "new a", "b": "new b"}
			if single {
				delete(files, "a")
			}
			before := held(t, folder)
			var refused Refusal
			if err := publish(folder, Options{}, files); !errors.As(err, &refused) || !strings.HasSuffix(err.Error(), "b: "+kind.want) {
				t.Errorf("%v, want %s", err, kind.want)
			}
			if err := Check("b", false); err == nil || err.Error() != kind.want {
				t.Errorf("Check: %v, want %s", err, kind.want)
			}
			wantHeld(t, folder, before)
			if err := Check("b", true); err != nil {
				t.Error(err)
			}
			if err := publish(folder, Options{Replace: true}, files); err != nil {
				t.Error(err)
			}
			want := map[string]string{"target": "not ours", "a": "new a", "b": "new b"}
			if single {
				want["a"] = "old a"
			}
			wantHeld(t, folder, want)
			if info, err := os.Lstat("b"); err != nil || !info.Mode().IsRegular() || kind.want == "it is read-only" && info.Mode() != 0o444 {
				t.Errorf("%s became %v", kind.want, info.Mode())
			}
		}
	}
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "b"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := publish(folder, Options{Replace: true}, newer); err == nil || !strings.HasSuffix(err.Error(), "b: it is a folder") {
		t.Error(err)
	}
	wantHeld(t, folder, map[string]string{"b": "/"})
}

func TestWriteFile(t *testing.T) {
	folder := t.TempDir()
	for _, text := range []string{"first", "second"} {
		if err := New(folder, Options{}).WriteFile("a", []byte(text)); err != nil {
			t.Fatal(err)
		}
		wantHeld(t, folder, map[string]string{"a": text})
	}
	if err := New(filepath.Join(folder, "no"), Options{}).WriteFile("a", nil); err == nil || !strings.HasSuffix(err.Error(), "a: no such file or directory") || !strings.HasPrefix(err.Error(), "cannot write ") {
		t.Error(err)
	}
}
