package main

import (
	"io/fs"
	"os"
	"path/filepath"
)

// inputs are the files from which a matrix was made. No report may take the
// place of one.
type inputs []input

type input struct {
	path string
	info fs.FileInfo
}

// add remembers a file that is open. What is no file, such as a pipe, has no
// place that a report could take.
func (in *inputs) add(path string, f any) {
	if f, ok := f.(interface{ Stat() (fs.FileInfo, error) }); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			*in = append(*in, input{path, info})
		}
	}
}

// find returns the path of the input that is this file, however it is spelled,
// or "".
func (in inputs) find(info fs.FileInfo) string {
	for _, i := range in {
		if os.SameFile(i.info, info) {
			return i.path
		}
	}
	return ""
}

// watched remembers the files that are read from a folder.
type watched struct {
	fs.FS
	folder string
	read   *inputs
}

func (w watched) Open(name string) (fs.File, error) {
	f, err := w.FS.Open(name)
	if err == nil {
		w.read.add(filepath.Join(w.folder, filepath.FromSlash(name)), f)
	}
	return f, err
}
