package publish

import (
	"errors"
	"fmt"
	"io"
	"time"
)

// lockName is the file that whoever moves files into the folder has locked. Who
// may write the folder may open it, and nobody else.
const lockName = prefix + "lock"

// folderLock is held while files are moved.
type folderLock struct {
	io.Closer
	held bool // the file system has locks
}

// Reasons to try again for the lock.
var (
	errLocked = errors.New("locked")
	errTheirs = errors.New("a lock that only another user may open")
)

// Tries for the lock, and the time between them. A lock is held for the time of a
// few renames.
const (
	lockTries = 600
	lockPause = 50 * time.Millisecond
)

// lock waits until nobody else moves files into the folder, and says so where that
// is more than a moment.
func (b *Batch) lock() (folderLock, error) {
	var err error
	for try := range lockTries {
		b.mu.Lock()
		if b.over.Load() {
			b.mu.Unlock()
			return folderLock{}, errOver
		}
		var lock io.Closer
		lock, err = lockFolder(b.root, b.folder)
		b.mu.Unlock()
		switch {
		case err == nil:
			return folderLock{lock, true}, nil
		case errors.Is(err, errNoLock):
			return folderLock{}, fmt.Errorf("cannot write into %s: %s %w; remove it", quoted(b.folder), b.path(lockName), errNoLock)
		case !errors.Is(err, errLocked) && !errors.Is(err, errTheirs):
			return folderLock{io.NopCloser(nil), false}, nil
		}
		if try == 1 {
			b.say("%s: waiting for %s", quoted(b.folder), b.waitsFor(err))
		}
		time.Sleep(lockPause)
	}
	return folderLock{}, fmt.Errorf("cannot write into %s: waited %v for %s; or name another folder", quoted(b.folder), lockTries*lockPause, b.waitsFor(err))
}

// errNoLock is about what stands in the place of the lock.
var errNoLock = errors.New("is not a file that can be locked")

func (b *Batch) waitsFor(err error) string {
	if errors.Is(err, errTheirs) {
		return fmt.Sprintf("a run of another user, whose file %s is there; where that run was ended, remove the file", b.path(lockName))
	}
	return fmt.Sprintf("another run that moves its reports into this folder, and has locked %s; where it hangs, end it", b.path(lockName))
}
