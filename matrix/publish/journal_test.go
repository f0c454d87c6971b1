//go:build unix

package publish

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestForeignJournals: a journal that anybody may have put there makes nobody
// change another file. It is named, and the run goes on.
func TestForeignJournals(t *testing.T) {
	id := strings.Repeat("A", 26)
	sums := map[string]string{}
	for _, text := range []string{"evil", "mine", "kept"} {
		folder := t.TempDir()
		put(t, folder, map[string]string{"f": text})
		b, err := begin(folder, nil)
		if err != nil {
			t.Fatal(err)
		}
		c, _, _ := b.content("f")
		sums[text] = c.Is
		b.Discard()
	}
	entry := func(name, now, old string) string {
		return fmt.Sprintf(`{"schema":"raci/journal/v2","files":[{"number":0,"name":%q,"new":{"is":%q,"size":4},"old":{"is":%q,"size":4}},{"number":1,"name":"none","new":{"is":%[2]q,"size":4},"old":{"is":""}}]}`, name, now, old)
	}
	const unread = "it is not one that this version of raci writes"
	const others = "it belongs to somebody else, or others may write it"
	for _, test := range []struct {
		text, want string
		make       func(path string) error
	}{
		{"", unread, nil},
		{"\x00\x01", unread, nil},
		{entry("mine", sums["evil"], sums["mine"])[:80], unread, nil},
		{entry("mine", sums["evil"], sums["mine"]) + "{}", unread, nil},
		{strings.Replace(entry("mine", sums["evil"], ""), "v2", "v9", 1), unread, nil},
		{strings.Replace(entry("mine", sums["evil"], ""), `"schema"`, `"more":1,"schema"`, 1), unread, nil},
		{entry("../mine", sums["mine"], ""), `it names a file "../mine" that no run of raci writes`, nil},
		{entry("/mine", sums["mine"], ""), `it names a file "/mine" that no run`, nil},
		{entry("sub/mine", sums["mine"], ""), `it names a file "sub/mine" that no run`, nil},
		{entry("..", sums["mine"], ""), `it names a file ".." that no run`, nil},
		{entry("none", sums["mine"], ""), `it names a file "none" that no run`, nil},
		{entry("mine", "", ""), `it does not say what "mine" held`, nil},
		{entry("mine", sums["evil"], "anything"), `it does not say what "mine" held`, nil},
		{entry("mine", sums["mine"], ""), others, func(path string) error { return os.Chmod(path, 0o666) }},
		{entry("mine", sums["mine"], ""), others, func(path string) error { return os.Link(path, path+".second") }},
		{"", "it is not a regular file", func(path string) error { return replaceWith(path, func() error { return syscall.Mkfifo(path, 0o600) }) }},
		{"", "it is not a regular file", func(path string) error { return replaceWith(path, func() error { return os.Symlink("mine", path) }) }},
		{"", "it is not a regular file", func(path string) error { return replaceWith(path, func() error { return os.Mkdir(path, 0o700) }) }},
		// One of ours in form and owner, as in a folder that was unpacked, still
		// changes nothing but what it can show to know.
		{entry("mine", sums["evil"], sums["kept"]), "mine: somebody has changed it since, and it stays as it is", nil},
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
		age(t, folder) // what a journal names is not swept
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
		if test.text != "" && strings.HasPrefix(test.want, "mine: ") {
			delete(want, temporaryName(id, 0)) // which holds what the journal says
			delete(want, keptName(id, 0))      // old, and of no journal any more
		}
		if !maps.Equal(got, want) {
			t.Errorf("%q: the folder holds %q", test.text, got)
		}
	}
}

func replaceWith(path string, make func() error) error {
	if err := os.Remove(path); err != nil {
		return err
	}
	return make()
}

// FuzzJournal: whatever a journal says, only files of these names change.
func FuzzJournal(f *testing.F) {
	f.Add(`{"schema":"raci/journal/v2","files":[{"number":0,"name":"a","new":{"is":"` + strings.Repeat("0", 64) + `"},"old":{}}]}`)
	f.Add(`{"schema":"raci/journal/v2","files":[{"number":0,"name":"../a"}]}`)
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
