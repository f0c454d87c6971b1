package load

import (
	"os"
	"path/filepath"
	"testing"
)

// TestRepository has two repositories, one in the other, links into and out of
// them, and a file in none, seen from several working folders.
func TestRepository(t *testing.T) {
	top, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	in := func(name string) string { return filepath.Join(top, filepath.FromSlash(name)) }
	for _, dir := range []string{"repo/.git", "repo/raci/ours", "repo/sub/raci", "none/raci"} {
		if err := os.MkdirAll(in(dir), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"repo/raci/shop.yaml", "repo/raci/ours/x.yaml", "repo/sub/.git", "repo/sub/raci/till.yaml", "none/raci/desk.yaml"} {
		if err := os.WriteFile(in(file), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for link, target := range map[string]string{"linked": "repo/raci", "shop.yaml": "repo/raci/shop.yaml", "repo/current.yaml": "repo/raci/shop.yaml",
		"repo/desk.yaml": "none/raci/desk.yaml", "repo/nothing.yaml": "repo/gone.yaml"} {
		if err := os.Symlink(in(target), in(link)); err != nil {
			t.Skipf("needs links: %v", err)
		}
	}
	if root := rootAbove(top); root != "" {
		t.Skipf("the folder of temporary files is in a repository, %s", root)
	}
	for _, c := range []struct{ from, input, file, want string }{
		{"repo", "raci/shop.yaml", "raci/shop.yaml", "raci/shop.yaml"},
		{"repo/raci", "shop.yaml", "ours/x.yaml", "raci/ours/x.yaml"},
		{"repo/raci/ours", "../shop.yaml", "../shop.yaml", "raci/shop.yaml"},
		{".", "repo/raci/shop.yaml", "repo/raci/ours/x.yaml", "raci/ours/x.yaml"},
		{".", in("repo/raci/shop.yaml"), in("repo/raci/shop.yaml"), "raci/shop.yaml"},
		{"none", "../repo/raci/shop.yaml", "../repo/raci/gone/y.yaml", "raci/gone/y.yaml"}, // there or not
		{"repo", ".", "raci/shop.yaml", "raci/shop.yaml"},                                  // a folder
		{"none", "../repo", "../repo/raci/shop.yaml", "raci/shop.yaml"},
		// The nearest root counts, and a file may be what names it.
		{"repo", "sub/raci/till.yaml", "sub/raci/till.yaml", "raci/till.yaml"},
		{"repo", "sub/raci/till.yaml", "raci/shop.yaml", in("repo/raci/shop.yaml")},
		{"repo/sub", "../raci/shop.yaml", "raci/till.yaml", "sub/raci/till.yaml"},
		// Links to a folder, to a file, from one file of the repository to another, and out of it.
		{".", "linked/shop.yaml", "linked/shop.yaml", "raci/shop.yaml"},
		{".", "shop.yaml", "shop.yaml", "raci/shop.yaml"},
		{"repo", "current.yaml", "current.yaml", "raci/shop.yaml"},
		{"repo", "desk.yaml", "desk.yaml", "desk.yaml"},
		{"repo", "nothing.yaml", "nothing.yaml", "nothing.yaml"},
		// In no repository, the working folder counts, and what lies outside of it has its whole path.
		{"none", "raci/desk.yaml", "raci/desk.yaml", "raci/desk.yaml"},
		{"none/raci", "desk.yaml", "desk.yaml", "desk.yaml"},
		{"none/raci", "desk.yaml", "../x.yaml", in("none/x.yaml")},
		{"repo/raci", Stdin, "shop.yaml", "raci/shop.yaml"},
	} {
		t.Chdir(in(c.from))
		if got := FindRepository([]string{Stdin, c.input}).Path(c.file); got != c.want {
			t.Errorf("in %s, of %s: %s is %s, want %s", c.from, c.input, c.file, got, c.want)
		}
	}
	// The first input that lies in a repository says which.
	t.Chdir(top)
	r := FindRepository([]string{"none/raci/desk.yaml", "repo/sub/raci/till.yaml", "repo/raci/shop.yaml"})
	for file, want := range map[string]string{"repo/sub/raci/till.yaml": "raci/till.yaml", "repo/raci/shop.yaml": in("repo/raci/shop.yaml")} {
		if got := r.Path(file); got != want {
			t.Errorf("%s is %s, want %s", file, got, want)
		}
	}
	named, err := NewRepository("linked")
	if err != nil {
		t.Fatal(err)
	}
	if got := named.Path("repo/raci/shop.yaml"); got != "shop.yaml" {
		t.Errorf("from --root it is %s", got)
	}
	for _, dir := range []string{"gone", "repo/raci/shop.yaml", ""} {
		if _, err := NewRepository(dir); err == nil {
			t.Errorf("%q is a root", dir)
		}
	}
}

func TestText(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.yaml")
	if err := os.WriteFile(file, []byte("a: b\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := string(Text(file)); got != "a: b\n" {
		t.Errorf("got %q", got)
	}
	for _, path := range []string{dir, filepath.Join(dir, "gone"), os.DevNull} {
		if got := Text(path); got != nil {
			t.Errorf("%s holds %q", path, got)
		}
	}
}
