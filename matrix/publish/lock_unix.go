//go:build unix

package publish

import (
	"io"
	"io/fs"
	"os"
	"syscall"
)

// lockFolder locks the folder itself, until the file is closed or the process
// ends, or returns errLocked. Another error means that it cannot be locked.
func lockFolder(root *os.Root, _ string) (io.Closer, error) {
	folder, err := root.Open(".")
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(folder.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err != nil {
		_ = folder.Close()
		if err == syscall.EWOULDBLOCK || err == syscall.EINTR {
			err = errLocked
		}
		return nil, err
	}
	return folder, nil
}

// noWait opens what may be a pipe without waiting for its other end.
const noWait = syscall.O_NONBLOCK

// sameOwner reports whether two files belong to one user.
func sameOwner(a, b fs.FileInfo) bool {
	x, ok := a.Sys().(*syscall.Stat_t)
	y, also := b.Sys().(*syscall.Stat_t)
	return ok && also && x.Uid == y.Uid
}

// oneName reports whether a file has no second name.
func oneName(file fs.FileInfo) bool {
	stat, ok := file.Sys().(*syscall.Stat_t)
	return ok && stat.Nlink == 1
}
