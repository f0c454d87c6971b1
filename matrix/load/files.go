package load

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"raci/matrix/source"
)

// file is one that was read. No report may take the place of one.
type file struct {
	path string
	info fs.FileInfo
}

// remember keeps a file that is open. What is not a file, such as a pipe, has no
// place that a report could take.
func (l *Loader) remember(path string, f any) {
	if f, ok := f.(interface{ Stat() (fs.FileInfo, error) }); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.files = append(l.files, file{path, info})
		}
	}
}

// HasRead returns the path of the file that was read for some input and is this
// one, however it is spelled, or "".
func (l *Loader) HasRead(info fs.FileInfo) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range l.files {
		if os.SameFile(f.info, info) {
			return f.path
		}
	}
	return ""
}

// watched remembers the files that are read from a folder.
type watched struct {
	fs.FS
	folder string
	loader *Loader
}

func (w watched) Open(name string) (fs.File, error) {
	f, err := w.FS.Open(name)
	if err == nil {
		w.loader.remember(filepath.Join(w.folder, filepath.FromSlash(name)), f)
	}
	return f, err
}

// Stat looks at a file without opening it: a pipe would be waited for.
func (w watched) Stat(name string) (fs.FileInfo, error) { return fs.Stat(w.FS, name) }

// open opens the file, or standard input.
func (l *Loader) open(in *Input) (io.ReadCloser, source.Diagnostics) {
	if in.Path == Stdin {
		l.remember("standard input", l.Stdin)
		return io.NopCloser(l.Stdin), nil
	}
	f, err := os.Open(in.Path)
	if err != nil {
		return nil, fileError(in.Path, err)
	}
	l.remember(in.Path, f)
	return f, nil
}

// nameError says what is wrong with the name of a manifest, which reports print
// in places: a matrix with such a name in it could not be read again.
func nameError(path, name string) source.Diagnostics {
	if utf8.ValidString(name) && !strings.ContainsFunc(name, unicode.IsControl) {
		i, bad := source.BadCharacter(name, false)
		if i < 0 {
			return nil
		}
		return source.Diagnostics{{At: source.Pos{File: path}, Hint: "rename the file", Message: fmt.Sprintf("the file name %q contains %s", name, bad)}}
	}
	return source.Diagnostics{{At: source.Pos{File: path}, Hint: "rename the file",
		Message: fmt.Sprintf("the file name %q has a control character, or is not UTF-8 text", name)}}
}

// fileError says what is wrong with a file, without the name of a system call.
func fileError(path string, err error) source.Diagnostics {
	hint := ""
	if errors.Is(err, fs.ErrNotExist) {
		hint = "name the manifest to read, for example examples/checkout/manifest.yaml"
	}
	return source.Diagnostics{{At: source.Pos{File: path}, Message: Cause(err).Error(), Hint: hint}}
}

// Cause returns an error without the name of a system call and its file.
func Cause(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
