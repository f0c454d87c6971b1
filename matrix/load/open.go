package load

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"raci/matrix/source"
)

// A notRegular says what stands in the place of a file, in words that follow "it is".
type notRegular string

func (n notRegular) Error() string { return "it is " + string(n) + ", not a file" }

// openFile opens a file to read it. All that this package reads goes through here:
// a regular file only, for a pipe would be waited for, and a device has no end; and
// so it is with files of the kernel, which pass for regular ones. That is asked of
// the open file, which nobody can exchange any more, and opening it
// waits for nothing. Readers bound what they take.
func openFile(path string) (*os.File, fs.FileInfo, error) {
	if info, err := os.Stat(path); err == nil { // a device may do something when it is opened
		if err := regular(info); err != nil {
			return nil, nil, err
		}
	}
	f, err := os.OpenFile(path, os.O_RDONLY|openFlags, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil {
		err = regular(info)
	}
	if err == nil {
		err = stored(f)
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

func regular(info fs.FileInfo) error {
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		return syscall.EISDIR
	case mode&fs.ModeNamedPipe != 0:
		return notRegular("a pipe")
	case mode&fs.ModeDevice != 0:
		return notRegular("a device")
	case mode&fs.ModeSocket != 0:
		return notRegular("a socket")
	}
	return notRegular("something else")
}

// A tooLarge is the number of bytes that a file may have and exceeds.
type tooLarge int64

func (n tooLarge) Error() string { return fmt.Sprintf("it is larger than %d MiB", n>>20) }

// readFile returns what a file holds, at most limit bytes.
func (l *Loader) readFile(path string, limit int64) ([]byte, error) {
	f, info, err := openFile(path)
	if err != nil {
		return nil, Cause(err)
	}
	defer f.Close()
	l.remember(path, info)
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	switch {
	case err != nil:
		return nil, Cause(err)
	case int64(len(data)) > limit:
		return nil, tooLarge(limit)
	}
	return data, nil
}

// open opens the input, or standard input.
func (l *Loader) open(in *Input) (io.ReadCloser, source.Diagnostics) {
	if in.Path == Stdin {
		if f, ok := l.Stdin.(*os.File); ok {
			if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
				l.remember("standard input", info)
			}
		}
		return io.NopCloser(l.Stdin), nil
	}
	f, info, err := openFile(in.Path)
	if err != nil {
		return nil, fileError(in.Path, err)
	}
	l.remember(in.Path, info)
	return f, nil
}

// folder is the folder of an overlay. Of its files the loader remembers which were
// read, if there is one.
type folder struct {
	path   string
	loader *Loader
}

func (d folder) beside(op, name string) (string, error) {
	if !fs.ValidPath(name) {
		return "", &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	return filepath.Join(d.path, filepath.FromSlash(name)), nil
}

// Open opens a file; folders are read with ReadDir.
func (d folder) Open(name string) (fs.File, error) {
	path, err := d.beside("open", name)
	if err != nil {
		return nil, err
	}
	f, info, err := openFile(path)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: Cause(err)}
	}
	if d.loader != nil {
		d.loader.remember(path, info)
	}
	return f, nil
}

// Stat looks at a file without opening it.
func (d folder) Stat(name string) (fs.FileInfo, error) {
	path, err := d.beside("stat", name)
	if err != nil {
		return nil, err
	}
	return os.Stat(path)
}

// ReadDir lists a folder.
func (d folder) ReadDir(name string) ([]fs.DirEntry, error) {
	path, err := d.beside("readdir", name)
	if err != nil {
		return nil, err
	}
	return os.ReadDir(path)
}

// fileError says what is wrong with an input, without the name of a system call.
func fileError(path string, err error) source.Diagnostics {
	hint := ""
	switch pipe := notRegular(""); {
	case errors.Is(err, fs.ErrNotExist):
		hint = "name the manifest to read, for example examples/checkout/manifest.yaml"
	case errors.As(err, &pipe):
		hint = "for what another program writes, name - and pipe it in: program | raci build -"
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
