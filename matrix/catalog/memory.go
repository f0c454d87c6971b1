package catalog

import (
	"crypto/sha256"
	"io/fs"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"

	"raci/matrix/source"
)

// memory keeps the files of a layer that were parsed, for all catalogs that are
// opened with it. What it keeps is only read.
type memory struct {
	mu    sync.Mutex
	files map[string]*parsedFile
}

// parsedFile is a file of a layer, once it was asked for.
type parsedFile struct {
	once sync.Once
	top  *yaml.Node // nil where it is not there, or has mistakes in its form
	read source.Reader
	sum  [sha256.Size]byte
}

// Remembering returns the layer with a memory. Of several catalogs that are opened
// with it, at the same time or one after the other, the first that needs a file
// reads it for all: a file that changes meanwhile stays for them as it was.
func (l Layer) Remembering() Layer {
	l.memory = &memory{files: map[string]*parsedFile{}}
	return l
}

// ReadAhead has another processor read the file of a layer with a memory that every
// catalog needs.
func (l Layer) ReadAhead() { go l.parsed(controlsFile) }

// ReadAheadOf does so with what a catalog is going to need: frameworks and services, by
// their ids. What is not there, or has mistakes, is for that catalog to say.
func (l Layer) ReadAheadOf(frameworks, services []string) {
	go func() {
		l.parsed(programsFile)
		for _, id := range frameworks {
			l.parsed("frameworks/" + id + ".yaml")
		}
		for _, id := range slices.Backward(services) { // the catalog begins at the front
			l.parsed(servicesFolder + "/" + id + ".yaml")
		}
	}()
}

// parsed returns a file from the memory, which reads it where it has not yet; or
// nil where there is no memory, no file, or a mistake in it.
func (l *Layer) parsed(name string) *parsedFile {
	if l.memory == nil {
		return nil
	}
	l.memory.mu.Lock()
	f := l.memory.files[name]
	if f == nil {
		f = &parsedFile{}
		l.memory.files[name] = f
	}
	l.memory.mu.Unlock()
	f.once.Do(func() {
		if _, err := fs.Stat(l.FS, name); err != nil {
			return
		}
		data, problem := l.read(name)
		if problem != nil {
			return
		}
		var r source.Reader
		if top := r.Parse(data); len(r.Problems) == 0 {
			f.top, f.read, f.sum = top, r, sha256.Sum256(data)
		}
	})
	if f.top == nil {
		return nil
	}
	return f
}
