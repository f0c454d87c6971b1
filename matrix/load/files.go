package load

import (
	"fmt"
	"io/fs"
	"os"
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

// remember keeps a file that was opened.
func (l *Loader) remember(path string, info fs.FileInfo) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.files = append(l.files, file{path, info})
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
