package load

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/git-pkgs/gitignore"
)

// ignored knows what Git ignores in a folder by the files .gitignore of a repository.
// The settings of a user do not count: everybody finds the same manifests.
type ignored struct {
	folder  string
	listed  map[string]bool // paths in the folder, with slashes, as Git lists them; nil where it cannot
	root    string          // of the repository, or the folder itself
	matcher gitignore.Matcher
}

func newIgnored(folder string) *ignored {
	g := &ignored{folder: absolute(folder)}
	if g.listed = askGit(folder); g.listed != nil {
		return g
	}
	dir := g.folder
	g.root = cmp.Or(rootAbove(dir), dir)
	var above []string
	for dir != g.root {
		dir = filepath.Dir(dir)
		above = append(above, dir)
	}
	for _, dir := range slices.Backward(above) { // what is nearer wins
		g.enter(dir)
	}
	return g
}

// askGit returns what Git ignores in the folder, or nil where it cannot be asked. It
// alone knows which files it keeps although a pattern ignores them. Where the folder
// is ignored as a whole, whoever names it wants it nevertheless.
func askGit(folder string) map[string]bool {
	// A monitor that a repository sets up is a program, which is not to be run.
	git := exec.Command("git", "-c", "core.fsmonitor=false", "-C", folder, "ls-files", "-z", "--others", "--ignored", "--directory", "--exclude-per-directory=.gitignore", "--", ".")
	git.Env = slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, "GIT_") })
	out, err := git.Output()
	if err != nil {
		return nil
	}
	listed := map[string]bool{}
	for path := range strings.SplitSeq(string(out), "\x00") {
		if path != "" && path != "./" {
			listed[strings.TrimSuffix(path, "/")] = true
		}
	}
	return listed
}

// enter adds what the folder's own file ignores.
func (g *ignored) enter(dir string) {
	if g.listed != nil {
		return
	}
	if data, err := readHead(filepath.Join(dir, ".gitignore")); err == nil {
		inside := inside(g.root, dir)
		if inside == "." {
			inside = ""
		}
		g.matcher.AddPatterns([]byte(strings.TrimPrefix(string(data), "\uFEFF")), inside)
	}
}

// has reports whether a file or a folder is ignored, of which nothing above it in the
// folder is.
func (g *ignored) has(path string, folder bool) bool {
	if g.listed != nil {
		return g.listed[inside(g.folder, path)]
	}
	return g.matcher.MatchPath(inside(g.root, path), folder)
}

// inside is a path as it stands in a folder, with slashes.
func inside(folder, path string) string {
	rel, err := filepath.Rel(folder, absolute(path))
	if err != nil {
		return path
	}
	return filepath.ToSlash(rel)
}
