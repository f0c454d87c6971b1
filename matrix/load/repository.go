package load

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"raci/matrix/source"
)

// Repository is the folder to which CI systems relate the names of files.
type Repository struct {
	root  string // absolute, without links
	names map[string]string
}

// NewRepository returns the repository with this root.
func NewRepository(root string) (*Repository, error) {
	if info, err := os.Stat(root); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("%q is not a directory", root)
	}
	return &Repository{root: resolved(root), names: map[string]string{}}, nil
}

// FindRepository returns the repository in which the first of the inputs lies
// that lies in one, wherever the command runs: the nearest folder above the input
// that holds .git. Behind a link to an input it is looked for as well. Where none
// lies in one, it is that of the working folder, or the working folder itself.
func FindRepository(inputs []string) *Repository {
	for _, path := range slices.DeleteFunc(slices.Clone(inputs), func(p string) bool { return p == Stdin }) {
		for _, name := range bothNames(path) {
			if root := rootAbove(name); root != "" { // an input may be a folder
				return &Repository{root, map[string]string{}}
			}
		}
	}
	here := resolved(".")
	if root := rootAbove(here); root != "" {
		here = root
	}
	return &Repository{here, map[string]string{}}
}

// rootAbove returns the nearest folder, from a path upwards, that holds .git, or "".
// A working tree and a submodule have a file of that name.
func rootAbove(dir string) string {
	for {
		if info, err := os.Stat(filepath.Join(dir, ".git")); err == nil && (info.IsDir() || info.Mode().IsRegular()) {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// Path returns the name of a file in the repository, with slashes. Where a link
// in the repository leads to another file of it, it is the name of that file. A
// file outside of the repository keeps an absolute path.
func (r *Repository) Path(file string) string {
	name, known := r.names[file]
	if !known {
		name = r.path(file)
		r.names[file] = name
	}
	return name
}

func (r *Repository) path(file string) string {
	names := bothNames(file)
	for _, name := range slices.Backward(names) {
		if rel, err := filepath.Rel(r.root, name); err == nil && filepath.IsLocal(rel) {
			return filepath.ToSlash(rel)
		}
	}
	return filepath.ToSlash(names[0])
}

// bothNames returns two absolute paths of a file without links among its folders:
// the one under which it was named, and that of the file to which this leads.
func bothNames(file string) []string {
	full, err := filepath.Abs(file)
	if err != nil { // the working folder is gone
		full = file
	}
	return []string{filepath.Join(resolved(filepath.Dir(full)), filepath.Base(full)), resolved(full)}
}

// resolved returns an absolute path without links. What does not exist lies in its
// folder, and has no other name.
func resolved(path string) string {
	full, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(full); err == nil {
		return real
	}
	if parent := filepath.Dir(full); parent != full {
		return filepath.Join(resolved(parent), filepath.Base(full))
	}
	return full
}

// Text returns what a file with words of YAML holds, or nil where it is none, or
// is larger than one may be.
func Text(path string) []byte {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() || info.Size() > source.MaxFileSize {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, source.MaxFileSize))
	if err != nil {
		return nil
	}
	return data
}
