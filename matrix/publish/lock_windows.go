package publish

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// lockFolder opens a file that nobody else can open meanwhile, and that goes when
// it is closed or the process ends, or returns errLocked.
func lockFolder(_ *os.Root, folder string) (io.Closer, error) {
	const deleteOnClose, sharingViolation, deletePending = 0x04000000, syscall.Errno(32), syscall.Errno(303)
	name, err := syscall.UTF16PtrFromString(filepath.Join(folder, lockName))
	if err != nil {
		return nil, err
	}
	handle, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS,
		syscall.FILE_ATTRIBUTE_HIDDEN|syscall.FILE_FLAG_OPEN_REPARSE_POINT|deleteOnClose, 0)
	switch err {
	case nil:
		return os.NewFile(uintptr(handle), lockName), nil
	case sharingViolation, deletePending:
		return nil, errLocked
	}
	return nil, err
}

const noWait = 0

// Owners and second names do not show in what Windows says of a file; what it
// holds is looked at all the same.
func sameOwner(_, _ fs.FileInfo) bool { return true }
func oneName(fs.FileInfo) bool        { return true }
