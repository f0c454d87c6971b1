package publish

import (
	"errors"
	"fmt"
	"time"
)

// lockName is the file that whoever moves files into the folder has locked. Who
// may write the folder may open it, and nobody else.
const lockName = prefix + "lock"

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

// waitForLock waits until nobody else moves files into the folder, and says so
// where that is more than a moment. It reports whether the batch has the lock: not
// so where the file system has none.
func (b *Batch) waitForLock() (held bool, err error) {
	for try := range lockTries {
		err = b.unlessOver(func() error {
			return do("lock", func() error {
				lock, err := lockFolder(b.root, b.folder)
				if err == nil {
					b.lock = lock
				}
				return err
			})
		})
		switch {
		case err == nil:
			return true, nil
		case errors.Is(err, errOver):
			return false, err
		case errors.Is(err, errNoLock):
			return false, fmt.Errorf("cannot write into %s: %s %w; remove it", quoted(b.folder), b.path(lockName), errNoLock)
		case !errors.Is(err, errLocked) && !errors.Is(err, errTheirs):
			return false, nil
		}
		if try == 1 {
			b.say("%s: waiting for %s", quoted(b.folder), b.waitsFor(err))
		}
		time.Sleep(lockPause)
	}
	return false, fmt.Errorf("cannot write into %s: waited %v for %s; or name another folder", quoted(b.folder), lockTries*lockPause, b.waitsFor(err))
}

// unlock frees the folder, if it is locked.
func (b *Batch) unlock() {
	if b.lock != nil {
		_ = b.lock.Close()
		b.lock = nil
	}
}

// errNoLock is about what stands in the place of the lock.
var errNoLock = errors.New("is not a file that can be locked")

func (b *Batch) waitsFor(err error) string {
	if errors.Is(err, errTheirs) {
		return fmt.Sprintf("a run of another user, whose file %s is there; where that run was ended, remove the file", b.path(lockName))
	}
	return fmt.Sprintf("another run that moves its reports into this folder, and has locked %s; where it hangs, end it", b.path(lockName))
}
