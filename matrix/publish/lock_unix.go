//go:build unix

package publish

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// fileLock is a locked file in a folder of its own handle.
type fileLock struct {
	root *os.Root
	file *os.File
	ours bool // this process made the file
}

// lockFolder locks a file in the folder, until it is closed or the process ends,
// or returns errLocked, errTheirs or errNoLock. Another error means that there are
// no locks.
func lockFolder(folder *os.Root, _ string) (l *fileLock, err error) {
	l = new(fileLock)
	if l.root, err = folder.OpenRoot("."); err != nil {
		return nil, err
	}
	if err = l.open(); err != nil {
		_ = l.root.Close()
		return nil, err
	}
	err = syscall.Flock(int(l.file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	switch {
	case err == nil && l.isThere():
		return l, nil
	case err == nil || err == syscall.EWOULDBLOCK || err == syscall.EINTR:
		err = errLocked // or the file went as we came
	case l.ours:
		_ = l.root.Remove(lockName)
	}
	_ = l.file.Close()
	_ = l.root.Close()
	return nil, err
}

// open makes the file, or opens the one that is there; it follows no link.
func (l *fileLock) open() (err error) {
	l.file, err = l.root.OpenFile(lockName, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		l.ours = true
		l.share()
		return nil
	} else if !errors.Is(err, fs.ErrExist) {
		return err
	}
	before, err := l.root.Lstat(lockName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errLocked // until a moment ago
	case err != nil:
		return err
	case !before.Mode().IsRegular():
		return errNoLock
	}
	l.file, err = l.root.OpenFile(lockName, os.O_RDWR|noWait, 0)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return errTheirs
	case errors.Is(err, fs.ErrNotExist):
		return errLocked
	}
	return err
}

// share lets those lock the file who may write the folder, as far as that can be
// told by owners and modes.
func (l *fileLock) share() {
	folder, err := l.root.Stat(".")
	if err != nil {
		return
	}
	if stat, ok := folder.Sys().(*syscall.Stat_t); ok {
		if l.file.Chown(int(stat.Uid), int(stat.Gid)) != nil {
			_ = l.file.Chown(-1, int(stat.Gid))
		}
	}
	file, err := l.file.Stat()
	if err != nil {
		return
	}
	mode := 0o600 | folder.Mode()&0o002*3
	if sameGroup(file, folder) {
		mode |= folder.Mode() & 0o020 * 3
	}
	_ = l.file.Chmod(mode)
}

// isThere reports whether the file still has its name, so that nobody can lock
// another one.
func (l *fileLock) isThere() bool {
	named, err := l.root.Lstat(lockName)
	held, also := l.file.Stat()
	return err == nil && also == nil && os.SameFile(named, held)
}

// Close removes the file, then frees the lock: who waited for it sees that it has
// no name any more.
func (l *fileLock) Close() error {
	_ = l.root.Remove(lockName)
	_ = l.root.Close()
	return l.file.Close()
}

// noWait opens what may be a pipe without waiting for its other end.
const noWait = syscall.O_NONBLOCK

// sameOwner reports whether two files belong to one user.
func sameOwner(a, b fs.FileInfo) bool {
	x, ok := a.Sys().(*syscall.Stat_t)
	y, also := b.Sys().(*syscall.Stat_t)
	return ok && also && x.Uid == y.Uid
}

func sameGroup(a, b fs.FileInfo) bool {
	x, ok := a.Sys().(*syscall.Stat_t)
	y, also := b.Sys().(*syscall.Stat_t)
	return ok && also && x.Gid == y.Gid
}

// oneName reports whether a file has no second name.
func oneName(file fs.FileInfo) bool {
	stat, ok := file.Sys().(*syscall.Stat_t)
	return ok && stat.Nlink == 1
}
