package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"raci/matrix"
	"raci/matrix/check"
)

// loaded is a manifest made into a matrix, with what check says of it.
type loaded struct {
	path     string // as the user wrote it
	source   []byte // of the manifest
	matrix   *matrix.Matrix
	findings []matrix.Finding
	waived   []check.WaivedFinding
}

// loadAll loads several manifests. The error holds the problems of all.
func (p *program) loadAll(paths []string) ([]*loaded, error) {
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

// load reads a manifest ("-" is standard input) and its overlays, and builds
// the matrix. The error holds all problems of both.
func (p *program) load(path string) (*loaded, error) {
	data, err := p.readFile(path)
	if err != nil {
		return nil, err
	}
	// Positions in a report must not depend on the folder it was made from.
	file := filepath.Base(path)
	if path == "-" {
		file = "stdin"
	}
	man, err := matrix.ParseManifest(file, data)
	var problems matrix.Problems
	errors.As(err, &problems)
	problems = append(problems, readAssets(&man.Report, filepath.Dir(path))...)
	m, err := p.build(man, filepath.Dir(path))
	if err != nil {
		var more matrix.Problems
		if !errors.As(err, &more) {
			return nil, err
		}
		problems = append(problems, more...)
	}
	for i := range problems {
		showPath(&problems[i].Pos, file, path)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	findings, waived := check.Run(m)
	return &loaded{path, data, m, findings, waived}, nil
}

func showPath(pos *matrix.Pos, file, path string) {
	if pos.File == file && path != "-" {
		pos.File = path
	}
}

func (p *program) build(man *matrix.Manifest, folder string) (*matrix.Matrix, error) {
	layers := []matrix.Layer{p.catalog}
	var problems matrix.Problems
	for _, o := range man.Overlays {
		dir := filepath.FromSlash(o.ID)
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(folder, dir)
		}
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			problems = append(problems, matrix.Problem{Pos: o.At, Message: fmt.Sprintf("the catalog %q is not a folder", o.ID),
				Hint: "name a folder with services, models or controls, relative to the manifest"})
			continue
		}
		layers = append(layers, matrix.Layer{Name: o.ID, FS: os.DirFS(dir)})
	}
	cat, err := matrix.OpenCatalog(layers...)
	if err != nil {
		var more matrix.Problems
		errors.As(err, &more)
		return nil, append(problems, more...)
	}
	if man.Date == "" {
		if man.Date, err = sourceDate(); err != nil {
			return nil, err
		}
	}
	m, err := matrix.Build(man, cat)
	if err != nil {
		var more matrix.Problems
		errors.As(err, &more)
		problems = append(problems, more...)
	}
	return m, problems.Err()
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
func (p *program) readFile(path string) ([]byte, error) {
	r := p.in
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, fileError(path, err)
		}
		defer f.Close()
		r = f
	}
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
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return matrix.Problems{{Pos: matrix.Pos{File: path}, Message: err.Error(), Hint: hint}}
}
