package load

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

const shop = `version: 1
organization: Example
system: Shop
parties: {boss: The Boss, team: The Team}
defaults: {accountable: boss}
services: [{use: s3, owner: team}]
`

// TestIsManifest: nothing in a folder that is meant as a manifest is passed over,
// however it is spelled and whatever is wrong with it; what is none is.
func TestIsManifest(t *testing.T) {
	broken := strings.TrimSuffix(shop, "\n") + "\nassign: [\n"
	wide := func(s string) string {
		var b strings.Builder
		for _, c := range utf16.Encode([]rune("\uFEFF" + s)) {
			b.Write([]byte{byte(c), byte(c >> 8)})
		}
		return b.String()
	}
	for name, test := range map[string]struct {
		text string
		want bool
	}{
		"plain.yaml":          {shop, true},
		"ends in yml.yml":     {shop, true},
		"capitals.YAML":       {shop, true},
		"json.json":           {`{"version": 1, "organization": "E", "system": "S", "parties": {"a": "A"}, "services": []}`, true},
		"text.txt":            {shop, false},
		"version 1 text.yaml": {strings.Replace(shop, "version: 1", `version: "1"`, 1), true},
		"tag.yaml":            {strings.Replace(shop, "version: 1", "version: !!int 1", 1), true},
		"no version.yaml":     {strings.Replace(shop, "version: 1\n", "", 1), true},
		"version 2.yaml":      {strings.Replace(shop, "version: 1", "version: 2", 1), true},
		"no services.yaml":    {strings.Replace(shop, "services:", "service:", 1), true},
		"only services.yaml":  {"version: 1\nservices: []\n", true},
		"with a schema.yaml":  {"schema: mine\n" + shop, true},
		"mark.yaml":           {"\uFEFF" + shop, true},
		"broken.yaml":         {broken, true},
		"broken mark.yaml":    {"\uFEFF" + broken, true},
		"broken old mac.yaml": {strings.ReplaceAll(broken, "\n", "\r"), true},
		"broken indent.yaml":  {"  " + strings.ReplaceAll(broken, "\n", "\n  "), true},
		"broken quotes.yaml":  {"'version': 1\n'organization': E\n'system': [\n", true},
		"broken anchor.yaml":  {"version: &v 1\nservices: [\n", true},
		"broken json.yaml":    {`{"version":1,"organization":"E","system":"S","services":[`, true},
		"broken flow.yaml":    {"--- {version: 1, services: [}", true},
		"utf16.yaml":          {wide(shop), true},
		"compose.yaml":        {"version: \"3\"\nservices: {web: {image: nginx}}\n", false},
		"broken compose.yaml": {"version: 3\nservices: {web: [}\n", false},
		"matrix.json":         {`{"schema": "raci/matrix/v2", "organization": "E", "system": "S", "parties": []}`, false},
		"broken matrix.json":  {`{"schema": "raci/matrix/v2", "organization": "E", "system": "S", "parties": [`, false},
		"list.yaml":           {"- version: 1\n", false},
		"empty.yaml":          {"", false},
	} {
		path := filepath.Join(t.TempDir(), name)
		write(t, path, []byte(test.text))
		found, problems := Find([]string{filepath.Dir(path)})
		if (len(found) == 1) != test.want || test.want && problems != nil {
			t.Errorf("%s: found %v, want %v: %v", name, found, test.want, problems)
		}
	}
}

// TestIgnored: what Git ignores is passed over as Git has it, and without Git nearly so.
func TestIgnored(t *testing.T) {
	for _, git := range []bool{true, false} {
		root := t.TempDir()
		put := func(name, text string) {
			t.Helper()
			if err := os.MkdirAll(filepath.Dir(filepath.Join(root, name)), 0o777); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(root, name), []byte(text))
		}
		put(".gitignore", "\uFEFFbuild/\n/raci\n*.gen.yaml\n")
		for _, name := range []string{"a.yaml", "build/b.yaml", "x/build/c.yaml", "d.gen.yaml", "kept.gen.yaml", "raci/e.yaml", "x/f.yaml", "x/g.yaml"} {
			put(name, shop)
		}
		put("x/.gitignore", "g.yaml\n!../build\n")
		if git {
			for _, args := range [][]string{{"init", "-q"}, {"add", "-f", "kept.gen.yaml"}} {
				cmd := exec.Command("git", append([]string{"-C", root}, args...)...)
				cmd.Env = slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, "GIT_") })
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("git %v: %v\n%s", args, err, out)
				}
			}
		}
		names := func(dir string) string {
			found, _ := Find([]string{dir})
			var list []string
			for _, n := range found {
				list = append(list, n.Name)
			}
			return strings.Join(list, " ")
		}
		want := "a x-f"
		if git { // it keeps a file although a pattern ignores it
			want = "a kept.gen x-f"
		}
		if got := names(root); got != want {
			t.Errorf("git %v: found %s, want %s", git, got, want)
		}
		if got := names(filepath.Join(root, "raci")); git && got != "e" {
			t.Errorf("in a folder that is named although it is ignored: %q", got)
		}
	}
}

// TestUnreadFolder: a folder that cannot be read ends nothing: what lies behind it is
// found. Where the tests may read everything, a link to nothing stands in its place.
func TestUnreadFolder(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"a", "m", "z"} {
		if err := os.Mkdir(filepath.Join(root, name), 0o777); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(root, name, "shop.yaml"), []byte(shop))
	}
	if err := os.Chmod(filepath.Join(root, "m"), 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(filepath.Join(root, "m"), 0o700)
	if err := os.Symlink("nowhere", filepath.Join(root, "z", "gone.yaml")); err != nil {
		t.Fatal(err)
	}
	found, problems := Find([]string{root})
	in, unread := loader().Load(filepath.Join(root, "z", "gone.yaml"))
	if in != nil || unread == nil {
		t.Errorf("a link to nothing is read: %v", unread)
	}
	var names []string
	for _, n := range found {
		names = append(names, n.Name)
	}
	want := "a-shop z-gone z-shop"
	if os.Geteuid() == 0 {
		want = "a-shop m-shop z-gone z-shop"
	} else if !strings.Contains(problems.String(), "m: cannot look for manifests: permission denied") {
		t.Errorf("problems: %v", problems)
	}
	if got := strings.Join(names, " "); got != want {
		t.Errorf("found %s, want %s", got, want)
	}
}
