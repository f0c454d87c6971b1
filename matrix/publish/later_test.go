//go:build unix

package publish

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestLaterBuild: what a later run has written stays, though a run that was stopped
// before wanted to write the same: as of another user, who may not obey the journal
// of the first.
func TestLaterBuild(t *testing.T) {
	for _, later := range []map[string]string{newer, {"b": newer["b"]}, {"b": newer["b"], "c": newer["c"]}} {
		folder := stoppedAt(t, "move c", older)
		path, _ := findJournal(t, folder)
		if err := os.Rename(path, path+".hidden"); err != nil {
			t.Fatal(err)
		}
		if err := publish(folder, Options{}, later); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+".hidden", path); err != nil {
			t.Fatal(err)
		}
		before := held(t, folder)
		said := recovered(t, folder)
		wantLeftAlone(t, said, "written or changed since then: ")
		if !strings.Contains(said[0], "b as "+prefix) {
			t.Errorf("said %q", said)
		}
		wantHeld(t, folder, before)
	}
}

// TestInodeAgain: a later file of the same content that has got the inode of the
// one that was moved is another one.
func TestInodeAgain(t *testing.T) {
	folder := stoppedAt(t, "move c", older)
	later := time.Now().Add(time.Minute)
	if err := os.Chtimes(filepath.Join(folder, "b"), later, later); err != nil {
		t.Fatal(err)
	}
	before := held(t, folder)
	wantLeftAlone(t, recovered(t, folder), "written or changed since then: b; so no file was put back")
	wantHeld(t, folder, before)
}

// TestHalfUndone: what cannot be put back is said once in a run, with what the next
// one does. That one puts the rest back, unless a build has come between: then
// nothing more is put back.
func TestHalfUndone(t *testing.T) {
	defer func() { beforeStep = func(string) error { return nil } }()
	for _, build := range []bool{false, true} {
		folder := stoppedAt(t, "move same", older)
		kept, _ := filepath.Glob(filepath.Join(folder, prefix+"*-1"+keptSuffix))
		var said []string
		say := func(line string) { said = append(said, strings.ReplaceAll(line, folder, "F")) }
		beforeStep = func(step string) error {
			if step == "put back b" {
				return syscall.EPERM
			}
			return nil
		}
		files := map[string]string{"else": "else"}
		if build {
			files = newer
		}
		err := publish(folder, Options{Say: say}, files)
		beforeStep = func(string) error { return nil }
		want := "; the older content was put back: a; removed, for they were not there before: c; F/" + filepath.Base(kept[0]) + ", the older b, cannot get its name again: operation not permitted; the next run into this folder tries it again"
		if err != nil || len(said) != 1 || !strings.HasSuffix(said[0], want) {
			t.Errorf("%v, said %q\nwant %s", err, said, want)
		}
		before := held(t, folder)
		said = recovered(t, folder)
		if build {
			wantLeftAlone(t, said, "written or changed since then: a, b, c; so no file was put back; it says that older reports are beside it: b as "+prefix)
			wantHeld(t, folder, before)
			continue
		}
		if len(said) != 1 || !strings.HasSuffix(said[0], "; the older content was put back: b; every file is as it was before that run") {
			t.Errorf("said %q", said)
		}
		after := maps.Clone(older)
		after["else"] = "else"
		wantHeld(t, folder, after)
	}
}
