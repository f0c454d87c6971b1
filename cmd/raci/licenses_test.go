package main

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
)

// noticeFile matches the names of files that a distributor has to pass on.
var noticeFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)(\.|$)`)

// TestLicenses keeps the notices equal to those of Go and of each module that
// is linked into the program, on any system that people use: none is missing,
// none is left over.
func TestLicenses(t *testing.T) {
	t.Parallel()
	want := wantedNotices(t)
	if *update {
		if err := os.RemoveAll("licenses"); err != nil {
			t.Fatal(err)
		}
		for name, text := range want {
			writeNotice(t, filepath.Join("licenses", filepath.FromSlash(name)), text)
		}
	}
	got := map[string][]byte{}
	err := fs.WalkDir(os.DirFS("licenses"), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			got[name], err = os.ReadFile(filepath.Join("licenses", name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	const again = "; write the notices anew with: go test ./cmd/raci -update"
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if !bytes.Equal(got[name], want[name]) {
			t.Errorf("%s is missing or not as published%s", name, again)
		}
		delete(got, name)
	}
	for name := range got {
		t.Errorf("%s is of nothing that is linked in%s", name, again)
	}
}

func writeNotice(t *testing.T, name string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, text, 0o666); err != nil {
		t.Fatal(err)
	}
}

// wantedNotices returns the notices by their names under licenses.
func wantedNotices(t *testing.T) map[string][]byte {
	t.Helper()
	want := map[string][]byte{}
	addNotices(t, want, goNotices, strings.TrimSpace(goCommand(t, "", "env", "GOROOT")))
	for _, system := range []string{"linux", "windows", "darwin"} {
		for line := range strings.Lines(goCommand(t, system, "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}", ".")) {
			if module := strings.Split(strings.TrimSpace(line), "\t"); len(module) == 3 {
				addModule(t, want, module[0], module[1], module[2])
			}
		}
	}
	return want
}

// addModule adds the notices of a module, and of the folders on the way to a
// package of it. The licence of the Go fonts lies beside their packages.
func addModule(t *testing.T, want map[string][]byte, module, root, dir string) {
	t.Helper()
	if n := addNotices(t, want, module, root); n == 0 {
		t.Errorf("the module %s has no notice that could be passed on", module)
	}
	for ; dir != root; dir = filepath.Dir(dir) {
		inside, err := filepath.Rel(root, dir)
		if err != nil {
			t.Fatal(err)
		}
		addNotices(t, want, path.Join(module, filepath.ToSlash(inside)), dir)
	}
	if module == "golang.org/x/image" {
		name := "font/gofont/ttfs/README"
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil || !bytes.Contains(text, []byte("Bigelow & Holmes Inc.")) {
			t.Fatalf("the license of the Go fonts is not in %s: %v", name, err)
		}
		want[path.Join(module, name)] = text
	}
}

func addNotices(t *testing.T, want map[string][]byte, name, dir string) (n int) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() || !noticeFile.MatchString(e.Name()) || strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		want[path.Join(name, e.Name())] = text
		n++
	}
	return n
}

// goCommand runs the go command as on another system, or as on this one if it
// is "".
func goCommand(t *testing.T, system string, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	if cmd.Env = os.Environ(); system != "" {
		cmd.Env = append(cmd.Env, "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0")
	}
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}

// TestNotices prints what the linker took, and all where it does not say.
func TestNotices(t *testing.T) {
	titles := func(info *debug.BuildInfo) []string {
		list, err := notices(licenses, info)
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, n := range list {
			if len(n.text) < 100 {
				t.Errorf("%s holds %q", n.title, n.text)
			}
			titles = append(titles, n.title)
		}
		return titles
	}
	some := &debug.BuildInfo{Deps: []*debug.Module{{Path: "github.com/spf13/cobra"}, {Path: "golang.org/x/image"}, {Path: "example.com/own"}}}
	want := []string{"github.com/spf13/cobra: LICENSE.txt", "Go: LICENSE", "Go: PATENTS", "golang.org/x/image: LICENSE", "golang.org/x/image: PATENTS",
		"golang.org/x/image/font/gofont/ttfs, the fonts in PDF reports: README"}
	if got := titles(some); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	all := titles(nil)
	for _, title := range []string{"gopkg.in/yaml.v3: NOTICE", "github.com/inconshreveable/mousetrap: LICENSE", "github.com/xuri/excelize/v2: LICENSE"} {
		if !slices.Contains(all, title) {
			t.Errorf("%s is not among all notices", title)
		}
	}
}
