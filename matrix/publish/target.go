package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A Refusal says what stands in the place of a file and is not replaced unless
// that is asked for, in words that follow "it is".
type Refusal string

func (r Refusal) Error() string { return "it is " + string(r) }

// errFolder is what no option replaces.
var errFolder = errors.New("it is a folder")

// Check says why no file can be written to this path, where something stands
// there already: a [Refusal], unless replace is set, or an error. What cannot be
// looked at is no error here; writing will say what is wrong.
func Check(path string, replace bool) error {
	info, err := os.Lstat(path)
	if err != nil {
		return nil
	}
	return check(info, replace, func() (string, error) { return os.Readlink(path) })
}

func check(info fs.FileInfo, replace bool, readlink func() (string, error)) error {
	switch mode := info.Mode(); {
	case mode.IsDir():
		return errFolder
	case replace:
		return nil
	case mode&fs.ModeSymlink != 0:
		if to, err := readlink(); err == nil {
			return Refusal(fmt.Sprintf("a link to %q", to))
		}
		return Refusal("a link")
	case mode&fs.ModeNamedPipe != 0:
		return Refusal("a named pipe")
	case mode&fs.ModeSocket != 0:
		return Refusal("a socket")
	case mode&fs.ModeDevice != 0:
		return Refusal("a device")
	case !mode.IsRegular():
		return Refusal("not a regular file")
	case mode.Perm()&0o200 == 0:
		return Refusal("read-only")
	}
	return nil
}

// isPlain reports whether a name is one of a file in a folder, and none of ours.
func isPlain(name string) bool {
	return name != "" && name != "." && filepath.IsLocal(name) && filepath.Base(name) == name && !strings.ContainsAny(name, "/\x00") && !strings.HasPrefix(name, prefix)
}
