//go:build unix

package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestForeignJournals: a journal that anybody may have put there makes nobody
// change another file. It is named, and the run goes on.
func TestForeignJournals(t *testing.T) {
	sweepAll(t) // but what a journal names
	id := strings.Repeat("A", 26)
	sums := map[string]string{}
	for _, text := range []string{"evil", "mine"} {
		sums[text] = sum(text).Is
	}
	entry := func(name, now, old string) string {
		return fmt.Sprintf(`{"schema":"raci/journal/v3","files":[{"number":0,"name":%q,"new":{"is":%q,"size":4},"old":{"is":%q,"size":4}},{"number":1,"name":"none","new":{"is":%[2]q,"size":4},"old":{"is":""}}]}`, name, now, old)
	}
	const unread = "it is not one that this version of raci writes"
	for _, test := range []struct {
		text, want string
		make       func(path string) error
	}{
		{"", unread, nil},
		{"\x00\x01", unread, nil},
		{entry("mine", sums["evil"], sums["mine"])[:80], unread, nil},
		{entry("mine", sums["evil"], sums["mine"]) + "{}", unread, nil},
		{strings.Replace(entry("mine", sums["evil"], ""), "v3", "v9", 1), unread, nil},
		{strings.Replace(entry("mine", sums["evil"], ""), `"schema"`, `"more":1,"schema"`, 1), unread, nil},
		{entry("../mine", sums["mine"], ""), `it names a file "../mine" that no run of raci writes`, nil},
		{entry("/mine", sums["mine"], ""), `it names a file "/mine" that no run`, nil},
		{entry("sub/mine", sums["mine"], ""), `it names a file "sub/mine" that no run`, nil},
		{entry("..", sums["mine"], ""), `it names a file ".." that no run`, nil},
		{entry("none", sums["mine"], ""), `it names a file "none" that no run`, nil},
		{entry("mine", "", ""), `it does not say what "mine" held`, nil},
		{entry("mine", sums["evil"], "anything"), `it does not say what "mine" held`, nil},
		{"", "it is not a regular file", func(path string) error { return replaceWith(path, func() error { return syscall.Mkfifo(path, 0o600) }) }},
		{"", "it is not a regular file", func(path string) error { return replaceWith(path, func() error { return os.Symlink("mine", path) }) }},
		{"", "it is not a regular file", func(path string) error { return replaceWith(path, func() error { return os.Mkdir(path, 0o700) }) }},
	} {
		folder := t.TempDir()
		before := map[string]string{"mine": "mine", temporaryName(id, 0): "evil", keptName(id, 0): "evil", "else": "else"}
		put(t, folder, before)
		path := filepath.Join(folder, journalName(id))
		if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if test.make != nil {
			if err := test.make(path); err != nil {
				t.Fatal(err)
			}
		}
		var said []string
		if err := publish(folder, Options{Say: func(line string) { said = append(said, line) }}, map[string]string{"a": "a", "b": "b"}); err != nil {
			t.Errorf("%q: %v", test.text, err)
		}
		if len(said) != 1 || !strings.Contains(said[0], test.want) {
			t.Errorf("%q: said %q\nwant %s", test.text, said, test.want)
		}
		got := held(t, folder)
		maps.DeleteFunc(got, func(name, _ string) bool { return strings.Contains(name, ".journal") })
		want := maps.Clone(before)
		want["a"], want["b"] = "a", "b"
		if !maps.Equal(got, want) {
			t.Errorf("%q: the folder holds %q", test.text, got)
		}
	}
}

// sum is the content of a file.
func sum(text string) content {
	all := sha256.Sum256([]byte(text))
	return content{hex.EncodeToString(all[:]), int64(len(text))}
}

// forge writes a journal of files that are all there, as a batch in the folder does.
func forge(t *testing.T, folder string, files ...move) (id string) {
	t.Helper()
	b := New(folder, Options{})
	if err := b.open(); err != nil {
		t.Fatal(err)
	}
	defer b.Discard()
	for i := range files {
		files[i].Part = b.identify(temporaryName(b.id, i))
	}
	if err := b.writeJournal(journal{Schema: journalSchema, Folder: b.identify(".").Inode, id: b.id, Files: files}); err != nil {
		t.Fatal(err)
	}
	return b.id
}

// TestUnpacked: a journal that came from an archive, a clone or a copy, and all that
// is beside it, stays as it is, though it belongs to whoever runs.
func TestUnpacked(t *testing.T) {
	for _, step := range []string{"keep b", "move same", "end"} {
		for how, unpack := range map[string]func(from, to string) error{
			"copy": func(from, to string) error { return exec.Command("cp", "-a", from+"/.", to).Run() },
			"move": func(from, to string) error { return moveContents(from, to) },
			"back from copy": func(from, to string) error {
				return errors.Join(exec.Command("cp", "-a", from+"/.", to).Run(), os.RemoveAll(from), exec.Command("cp", "-a", to, from).Run(), os.RemoveAll(to), os.Rename(from, to))
			},
		} {
			sweepAll(t)
			folder := t.TempDir()
			if how == "back from copy" && step == "end" {
				continue // the inodes may be the same, and nothing can be put back
			}
			if err := unpack(stoppedAt(t, step, older), folder); err != nil {
				t.Fatal(err)
			}
			before := held(t, folder)
			var said []string
			b, err := begin(folder, func(line string) { said = append(said, line) })
			if err != nil {
				t.Fatal(err)
			}
			b.Discard()
			if len(said) != 1 || !strings.Contains(said[0], "is left alone: it or what it names was not made in this folder") {
				t.Errorf("%s, %s: said %q", how, step, said)
			}
			if step != "end" && !strings.Contains(strings.Join(said, ""), "it says that older reports are beside it: a as "+prefix) {
				t.Errorf("%s, %s: said %q", how, step, said)
			}
			wantHeld(t, folder, before)
		}
	}
}

func moveContents(from, to string) error {
	entries, err := os.ReadDir(from)
	for _, e := range entries {
		err = errors.Join(err, os.Rename(filepath.Join(from, e.Name()), filepath.Join(to, e.Name())))
	}
	return err
}

// TestLeftAloneReasons: what is said of a journal of this folder that is left alone,
// and of one that a clone brings along, is what is wrong with it.
func TestLeftAloneReasons(t *testing.T) {
	for want, change := range map[string]func(path string) error{
		"it has a second name, a hard link; ":                                      func(path string) error { return os.Link(path, path+".second") },
		"its mode was changed to -rw-rw-rw-, and others may have written it; ":     func(path string) error { return os.Chmod(path, 0o666) },
		"it or what it names was not made in this folder, as of an archive, a clo": cloned,
	} {
		folder := stoppedAt(t, "move same", older)
		if path, _ := findJournal(t, folder); change(path) != nil {
			t.Fatal(path)
		}
		before := held(t, folder)
		wantLeftAlone(t, recovered(t, folder), want)
		wantHeld(t, folder, before)
	}
}

// cloned makes a file again as git does.
func cloned(path string) error {
	text, err := os.ReadFile(path)
	return errors.Join(err, os.WriteFile(path+".new", text, 0o644), os.Rename(path+".new", path))
}

// wantLeftAlone checks what two runs say of a journal.
func wantLeftAlone(t *testing.T, said []string, reason string) {
	t.Helper()
	if len(said) != 2 || said[0] != said[1] || !strings.Contains(said[0], ".journal: this journal of an interrupted run is left alone: "+reason) {
		t.Errorf("said %q\nwant %s", said, reason)
	}
}

// TestAllPairs: where older reports are to be renamed, all are named.
func TestAllPairs(t *testing.T) {
	folder, before, files := t.TempDir(), map[string]string{}, map[string]string{}
	for i := range 9 {
		before[fmt.Sprint("f", i)], files[fmt.Sprint("f", i)] = "old", "new"
	}
	put(t, folder, before)
	if stopWhere(func(step string) bool { return step == "move f8" }, func() { _ = publish(folder, Options{}, files) }) == "" {
		t.Fatal("it did not stop")
	}
	path, _ := findJournal(t, folder)
	id := journalNames.FindStringSubmatch(filepath.Base(path))[1]
	var names, pairs []string
	for i := range 9 {
		names = append(names, keptName(id, i))
		pairs = append(pairs, fmt.Sprintf("f%d as %s", i, names[i]))
	}
	for want, change := range map[string]func() error{
		"are beside it: " + strings.Join(pairs, ", ") + "; give those": func() error { return os.Chmod(path, 0o644) },
		"may be beside it as " + strings.Join(names, ", ") + ", and":   func() error { return os.WriteFile(path, nil, 0o600) },
		"journal is gone: " + strings.Join(names, ", ") + "; give":     func() error { return os.Rename(path, path+".aside") },
	} {
		text, _ := os.ReadFile(path)
		if err := change(); err != nil {
			t.Fatal(err)
		}
		if said := recovered(t, folder); len(said) != 2 || !strings.Contains(said[0], want) {
			t.Errorf("said %q\nwant %s", said, want)
		}
		_ = os.Rename(path+".aside", path)
		if err := errors.Join(os.WriteFile(path, text, 0o600), os.Chmod(path, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestChangedTemporary: a journal of this folder whose temporary is another one
// neither puts back nor removes anything.
func TestChangedTemporary(t *testing.T) {
	for _, change := range []func(path string) error{
		func(path string) error {
			return replaceWith(path, func() error { return os.WriteFile(path, []byte("same"), 0o644) })
		},
		func(path string) error { return os.Chmod(path, 0o666) },
	} {
		folder := stoppedAt(t, "move same", older)
		parts, err := filepath.Glob(filepath.Join(folder, prefix+"*-3.part"))
		time.Sleep(20 * time.Millisecond) // the clock of a file system is coarse
		if err != nil || len(parts) != 1 || change(parts[0]) != nil {
			t.Fatal(parts, err)
		}
		before := held(t, folder)
		if said := recovered(t, folder); len(said) != 2 || !strings.Contains(said[0], "was changed since") {
			t.Errorf("said %q", said)
		}
		wantHeld(t, folder, before)
	}
}

// TestKeptOfMissing: the temporaries of a batch that was stopped while the place of
// a report was empty are gone. Its only copy stays.
func TestKeptOfMissing(t *testing.T) {
	folder := t.TempDir()
	put(t, folder, map[string]string{"b": "old b"})
	id := forge(t, folder, move{Number: 0, Name: "a", New: sum("new a"), Old: sum("old a")}, move{Number: 1, Name: "b", New: sum("new b"), Old: sum("old b")})
	put(t, folder, map[string]string{keptName(id, 0): "old a"})
	before := held(t, folder)
	want := fmt.Sprintf("; F/%s is the older a, which is missing; give it its name again, or remove it; ", keptName(id, 0))
	if said := recovered(t, folder); len(said) != 2 || !strings.Contains(said[0], want) {
		t.Errorf("said %q\nwant %s", said, want)
	}
	wantHeld(t, folder, before)
}

// TestKeptChanged: what somebody writes under the second name of an older file is
// neither put back nor removed, and the journal stays.
func TestKeptChanged(t *testing.T) {
	folder := t.TempDir()
	put(t, folder, map[string]string{"a": "new a", "b": "new b"})
	id := forge(t, folder, move{Number: 0, Name: "a", New: sum("new a"), Old: sum("old a")}, move{Number: 1, Name: "b", New: sum("new b")})
	put(t, folder, map[string]string{keptName(id, 0): "by hand"})
	before := held(t, folder)
	want := fmt.Sprintf("F: an earlier run had written a, b, and not removed what it left beside them; F/%s is not the older a any more, or cannot be read, and stays; look at it, and remove it; the next run into this folder tries it again", keptName(id, 0))
	if said := recovered(t, folder); len(said) != 2 || said[0] != want || said[1] != want {
		t.Errorf("said %q\nwant %s", said, want)
	}
	wantHeld(t, folder, before)
}

func replaceWith(path string, make func() error) error {
	if err := os.Remove(path); err != nil {
		return err
	}
	return make()
}

// FuzzJournal: whatever a journal says, only files of these names change.
func FuzzJournal(f *testing.F) {
	f.Add(`{"schema":"raci/journal/v3","files":[{"number":0,"name":"a","new":{"is":"` + strings.Repeat("0", 64) + `"},"old":{}}]}`)
	f.Add(`{"schema":"raci/journal/v3","files":[{"number":0,"name":"../a"}]}`)
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		j, err := parseJournal(strings.Repeat("A", 26), []byte(text))
		if err != nil {
			return
		}
		for _, m := range j.Files {
			if strings.ContainsAny(m.Name, "/\x00") || m.Name == "." || m.Name == ".." || m.Name == "" || strings.HasPrefix(m.Name, prefix) {
				t.Errorf("it may name %q", m.Name)
			}
			for _, name := range []string{temporaryName(j.id, m.Number), keptName(j.id, m.Number)} {
				if !leftoverName.MatchString(name) {
					t.Errorf("it may name %q", name)
				}
			}
		}
	})
}
