package load

import (
	"cmp"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/git-pkgs/gitignore"
	"raci/matrix"
	"raci/matrix/source"
)

// Named is an input, and the name of the reports that are made of it.
type Named struct {
	Path string
	Name string
}

// Find returns the inputs that the paths name, in their order. A folder stands for
// the manifests in it and in the folders below it, sorted by path; files that are
// no manifests are passed over, and so is what Git ignores, what begins with a
// dot, and node_modules. A manifest that is named as well is found once.
//
// A manifest is known by "version: 1" beside "services:", or beside two of
// "organization:", "system:" and "parties:": one whose services are forgotten is
// no other file. One that cannot be read is known by its lines.
func Find(paths []string) ([]Named, source.Diagnostics) {
	var all []Named
	var problems source.Diagnostics
	if first := slices.Index(paths, Stdin); first >= 0 && slices.Contains(paths[first+1:], Stdin) {
		problems.Add(source.Pos{}, "write the other input to a file", "standard input (-) can be named once")
		rest := slices.DeleteFunc(slices.Clone(paths[first+1:]), func(p string) bool { return p == Stdin })
		paths = slices.Concat(paths[:first+1], rest)
	}
	found := map[string]bool{} // absolute paths
	for _, path := range paths {
		found[absolute(path)] = true
	}
	for _, path := range paths {
		if info, err := os.Stat(path); path == Stdin || err != nil || !info.IsDir() {
			all = append(all, Named{path, reportName(path)})
			continue
		}
		more, err := findIn(path)
		switch {
		case err != nil:
			problems.Add(source.Pos{File: path}, "make it readable, or name the manifests themselves", "cannot look for manifests: %v", err)
		case len(more) == 0:
			problems.Add(source.Pos{File: path}, `name a folder with files that say "version: 1" and "services:", or the manifest itself`, "there is no manifest in this folder")
		}
		for _, n := range more {
			if file := absolute(n.Path); !found[file] {
				found[file] = true
				all = append(all, n)
			}
		}
	}
	return all, problems
}

// absolute returns one spelling of a path.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return filepath.Clean(path)
}

// reportName is the name of the reports: the manifest's file without its
// extension, or its folder where the file is just called manifest.
func reportName(path string) string {
	if path == Stdin {
		return "matrix"
	}
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	if name != "manifest" {
		return name
	}
	if dir := filepath.Base(filepath.Dir(absolute(path))); dir != string(filepath.Separator) && dir != "." {
		return dir
	}
	return name
}

// nameIn is the name of the reports of a manifest that was found in a folder: its
// path in it, so that manifests of one name have different reports.
func nameIn(folder, path string) string {
	inside, err := filepath.Rel(folder, path)
	if err != nil {
		return reportName(path)
	}
	inside = strings.TrimSuffix(inside, filepath.Ext(inside))
	if filepath.Base(inside) == "manifest" {
		inside = filepath.Dir(inside)
	}
	if inside == "." {
		return reportName(path)
	}
	return strings.ReplaceAll(filepath.ToSlash(inside), "/", "-")
}

// findIn returns the manifests in a folder and below it.
func findIn(folder string) ([]Named, error) {
	ignored := newIgnored(folder)
	var all []Named
	top := folder + string(filepath.Separator) // what a link leads to is looked at, too
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path == top:
			ignored.enter(path)
			return nil
		case strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || ignored.has(path, d.IsDir()):
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		case d.IsDir():
			ignored.enter(path)
			return nil
		case isManifest(path):
			all = append(all, Named{path, nameIn(folder, path)})
		}
		return nil
	})
	return all, err
}

// ignored knows what Git ignores by the files .gitignore of a repository. The
// settings of a user do not count: everybody finds the same manifests.
type ignored struct {
	root    string // of the repository, or the folder itself
	matcher gitignore.Matcher
}

func newIgnored(folder string) *ignored {
	dir := absolute(folder)
	g := &ignored{root: cmp.Or(rootAbove(dir), dir)}
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

// enter adds what the folder's own file ignores.
func (g *ignored) enter(dir string) {
	if data, err := readHead(filepath.Join(dir, ".gitignore")); err == nil {
		inside := g.inside(dir)
		if inside == "." {
			inside = ""
		}
		g.matcher.AddPatterns(data, inside)
	}
}

func (g *ignored) has(path string, folder bool) bool {
	return g.matcher.MatchPath(g.inside(path), folder)
}

// inside is a path as it stands in the repository.
func (g *ignored) inside(path string) string {
	rel, err := filepath.Rel(g.root, absolute(path))
	if err != nil {
		return path
	}
	return filepath.ToSlash(rel)
}

// isManifest reports whether a file is a manifest, whether or not it can be read
// without an error.
func isManifest(path string) bool {
	if !slices.Contains([]string{".yaml", ".yml", ".json"}, strings.ToLower(filepath.Ext(path))) {
		return false
	}
	data, err := readHead(path)
	return err == nil && matrix.IsManifest(data)
}

// readHead returns what a file holds, or as much of it as a manifest may have.
func readHead(path string) ([]byte, error) {
	f, _, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, source.MaxFileSize))
}
