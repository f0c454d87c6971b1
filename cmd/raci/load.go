package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"raci/matrix"
	"raci/matrix/check"
)

// loaded is a manifest made into a matrix, with what check says of it.
type loaded struct {
	path     string // as the user wrote it; "-" is standard input
	source   []byte // of the manifest
	inputs   inputs
	overlays []overlay
	catalog  *matrix.Catalog
	matrix   *matrix.Matrix
	findings []matrix.Finding
	waived   []matrix.Waived
}

// overlay is a folder with a catalog of the user's.
type overlay struct {
	name   string // in places: relative to the manifest
	folder string // as the user can open it
}

// loadAll loads several manifests. The error holds the problems of all.
func (p *program) loadAll(paths []string) ([]*loaded, error) {
	if first := slices.Index(paths, "-"); first >= 0 && slices.Contains(paths[first+1:], "-") {
		return nil, errors.New("standard input (-) can be named once; write the other manifest to a file")
	}
	var all []*loaded
	var problems matrix.Problems
	for _, path := range paths {
		l, err := p.load(path)
		if more, ok := err.(matrix.Problems); ok {
			problems = append(problems, more...)
			continue
		} else if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, problems.Err()
}

// load reads a manifest ("-" is standard input), its overlays and the files
// that it names for its reports, and builds the matrix. The error holds the
// problems of all.
func (p *program) load(path string) (*loaded, error) {
	l := &loaded{path: path}
	var err error
	if l.source, err = p.readFile(path, &l.inputs); err != nil {
		return nil, err
	}
	man, err := matrix.ParseManifest(l.file(), l.source)
	var problems matrix.Problems
	errors.As(err, &problems)
	problems = append(problems, l.readAssets(&man.Report)...)
	if err := l.build(p.catalog, man); err != nil {
		var more matrix.Problems
		if !errors.As(err, &more) {
			return nil, err
		}
		problems = append(problems, more...)
	}
	for i := range problems {
		problems[i].Pos = l.locate(problems[i].Pos)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	l.findings, l.waived = check.Run(l.matrix)
	return l, nil
}

// file is the name of the manifest in places. They must not depend on the
// folder in which a report was made.
func (l *loaded) file() string {
	if l.path == "-" {
		return "stdin"
	}
	return filepath.Base(l.path)
}

// beside returns the path of what the manifest names relative to itself.
func (l *loaded) beside(name string) string {
	path := filepath.FromSlash(name)
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(l.path), path)
}

// locate returns a place with the path that the user can open. A place in the
// catalog that ships has none, and keeps its name.
func (l *loaded) locate(at matrix.Pos) matrix.Pos {
	if at.File == l.file() {
		if l.path != "-" {
			at.File = l.path
		}
		return at
	}
	for _, o := range slices.Backward(l.overlays) {
		rest, inside := at.File, true
		if o.name != "." {
			rest, inside = strings.CutPrefix(at.File, o.name+"/")
		}
		file := filepath.Join(o.folder, filepath.FromSlash(rest))
		if _, err := os.Stat(file); inside && err == nil {
			at.File = file
			return at
		}
	}
	return at
}

// build makes the matrix of a manifest, with the overlays that it names.
func (l *loaded) build(shipped matrix.Layer, man *matrix.Manifest) error {
	layers := []matrix.Layer{shipped}
	var problems matrix.Problems
	for _, o := range man.Overlays {
		dir := l.beside(o.ID)
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			problems = append(problems, matrix.Problem{Pos: o.At, Message: fmt.Sprintf("the catalog %q is not a folder", o.ID),
				Hint: "name a folder with services, models or controls, relative to the manifest"})
			continue
		}
		l.overlays = append(l.overlays, overlay{filepath.ToSlash(filepath.Clean(o.ID)), dir})
		layers = append(layers, matrix.Layer{Name: o.ID, FS: watched{os.DirFS(dir), dir, &l.inputs}})
	}
	var err error
	var more matrix.Problems
	if l.catalog, err = matrix.OpenCatalog(layers...); err != nil {
		errors.As(err, &more)
		return append(problems, more...)
	}
	if man.Date == "" {
		if man.Date, err = sourceDate(); err != nil {
			return err
		}
	}
	if l.matrix, err = matrix.Build(man, l.catalog); err != nil {
		errors.As(err, &more)
		problems = append(problems, more...)
	}
	return problems.Err()
}

// sourceDate is the date for a manifest that has none: SOURCE_DATE_EPOCH of
// the reproducible-builds specification, in UTC, or "".
func sourceDate() (string, error) {
	s := os.Getenv("SOURCE_DATE_EPOCH")
	if s == "" {
		return "", nil
	}
	seconds, err := strconv.ParseInt(s, 10, 64)
	if err != nil || seconds < 0 || seconds > 253402300799 { // the end of the year 9999
		return "", fmt.Errorf("SOURCE_DATE_EPOCH is %q; it must be a number of seconds since 1970", s)
	}
	return time.Unix(seconds, 0).UTC().Format(time.DateOnly), nil
}

// readFile reads at most a little more than a manifest may have.
func (p *program) readFile(path string, read *inputs) ([]byte, error) {
	r, name := p.in, "standard input"
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, fileError(path, err)
		}
		defer f.Close()
		r, name = f, path
	}
	read.add(name, r)
	data, err := io.ReadAll(io.LimitReader(r, matrix.MaxFileSize+1))
	if err != nil {
		return nil, fileError(path, err)
	}
	return data, nil
}

// fileError says what is wrong with a file, without the name of a system call.
func fileError(path string, err error) error {
	hint := ""
	if errors.Is(err, fs.ErrNotExist) {
		hint = "name the manifest to read, for example examples/checkout/manifest.yaml"
	}
	return matrix.Problems{{Pos: matrix.Pos{File: path}, Message: cause(err).Error(), Hint: hint}}
}

// cause returns an error without the name of a system call and its file.
func cause(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
