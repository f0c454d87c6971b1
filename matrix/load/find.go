package load

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

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
// What a manifest is says [matrix.IsManifest]. What may be one and cannot be opened is
// one, so that nothing is passed over without a word.
func Find(paths []string) ([]Named, source.Diagnostics) {
	var all []Named
	var problems source.Diagnostics
	if first := slices.Index(paths, Stdin); first >= 0 && slices.Contains(paths[first+1:], Stdin) {
		problems.Add(source.Pos{}, "write the other input to a file", "standard input (-) can be named once")
		rest := slices.DeleteFunc(slices.Clone(paths[first+1:]), func(p string) bool { return p == Stdin })
		paths = slices.Concat(paths[:first+1], rest)
	}
	named, taken := map[string]bool{}, map[string]bool{} // absolute paths
	for _, path := range paths {
		named[absolute(path)] = true
	}
	for _, path := range paths {
		if info, err := os.Stat(path); path == Stdin || err != nil || !info.IsDir() {
			if file := absolute(path); !taken[file] {
				taken[file] = true
				all = append(all, Named{path, reportName(path)})
			}
			continue
		}
		more, unread := findIn(path)
		problems = append(problems, unread...)
		if len(more)+len(unread) == 0 {
			problems.Add(source.Pos{File: path}, `name a folder with files that say "version: 1" and "services:" and that Git does not ignore, or the manifest itself`, "there is no manifest in this folder")
		}
		for _, n := range more {
			if file := absolute(n.Path); !named[file] && !taken[file] {
				taken[file] = true
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

// findIn returns the manifests in a folder and below it, and which folders cannot be
// read.
func findIn(folder string) (all []Named, problems source.Diagnostics) {
	ignored := newIgnored(folder)
	top := folder + string(filepath.Separator) // what a link leads to is looked at, too
	_ = filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			hint := "make it readable, or name the manifests themselves"
			if errors.Is(err, fs.ErrNotExist) {
				hint = "it may have been removed; name a folder that is there"
			}
			problems.Add(source.Pos{File: filepath.Clean(path)}, hint, "cannot look for manifests: %v", Cause(err))
			return nil // and go on with the others
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
	return all, problems
}

// isManifest reports whether a file is a manifest, or may be one and cannot be opened.
func isManifest(path string) bool {
	if !slices.Contains([]string{".yaml", ".yml", ".json"}, strings.ToLower(filepath.Ext(path))) {
		return false
	}
	data, err := readHead(path)
	if other := notRegular(""); errors.As(err, &other) || errors.Is(err, syscall.EISDIR) {
		return false // a link to a folder, for example
	}
	return err != nil || matrix.IsManifest(data)
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
