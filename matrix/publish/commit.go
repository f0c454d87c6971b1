package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// Commit moves all files to their places, or none, and ends the batch. An error
// says of one file why it could not be moved; the folder is as it was then.
func (b *Batch) Commit() error {
	lock, err := b.lock()
	if err != nil {
		return err
	}
	defer lock.Close()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.over {
		return errOver
	}
	if err = b.commit(lock.held); err != nil {
		for _, f := range b.files {
			f.remove()
		}
	}
	b.end()
	if err != nil {
		b.removeMade()
	}
	return err
}

func (b *Batch) commit(locked bool) error {
	if here, err := b.root.Stat("."); err != nil {
		return fmt.Errorf("cannot write into %s: %w", b.folder, cause(err))
	} else if now, err := os.Stat(b.folder); err != nil || !os.SameFile(here, now) {
		return fmt.Errorf("cannot write into %s: the folder was removed or moved while the files were made", b.folder)
	}
	if locked { // a batch may have been stopped since this one began
		if err := b.recoverAll(); err != nil {
			return err
		}
	}
	moves := make([]move, len(b.files))
	for i, f := range b.files {
		if f.sum == "" {
			return fmt.Errorf("cannot write %s: it is not complete", b.path(f.name))
		}
		if info, err := b.root.Lstat(f.name); err == nil {
			if err := check(info, b.options.Replace, func() (string, error) { return b.root.Readlink(f.name) }); err != nil {
				return fmt.Errorf("cannot write %s: %w", b.path(f.name), err)
			}
		}
		moves[i] = move{Number: f.number, Name: f.name, New: f.sum}
	}
	switch len(moves) {
	case 0:
		return nil
	case 1:
		return b.moveOne(moves[0])
	}
	return b.moveAll(journal{Schema: journalSchema, id: b.id, Files: moves})
}

func (b *Batch) moveOne(m move) error {
	err := do("move "+m.Name, func() error { return b.root.Rename(temporaryName(b.id, m.Number), m.Name) })
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", b.path(m.Name), cause(err))
	}
	b.sync()
	return nil
}

// moveAll moves several files under a journal.
func (b *Batch) moveAll(j journal) error {
	for i, m := range j.Files {
		var err error
		if j.Files[i].Old, err = b.content(m.Name); err != nil {
			return fmt.Errorf("cannot write %s: the older file cannot be read, so that it could not be put back: %w", b.path(m.Name), cause(err))
		}
	}
	if err := b.writeJournal(j); err != nil {
		return fmt.Errorf("cannot write into %s: %w", b.folder, cause(err))
	}
	failed, err := b.tryMoves(j)
	if err == nil {
		b.finish(j)
		return nil
	}
	err = fmt.Errorf("cannot write %s: %w", b.path(failed), cause(err))
	if problems := b.undo(j); len(problems) > 0 {
		return fmt.Errorf("%w; not all files could be put back: %w", err, errors.Join(problems...))
	}
	return fmt.Errorf("%w; every file is as it was before", err)
}

// tryMoves keeps the older files, then moves the new ones. It returns the name of
// the file that stopped it.
func (b *Batch) tryMoves(j journal) (failed string, err error) {
	for _, m := range j.Files {
		if err := do("keep "+m.Name, func() error { return b.keep(j, m) }); err != nil {
			return m.Name, err
		}
	}
	for _, m := range j.Files {
		if err := do("move "+m.Name, func() error { return b.root.Rename(temporaryName(j.id, m.Number), m.Name) }); err != nil {
			return m.Name, err
		}
	}
	b.sync()
	return "", nil
}

// keep gives the older file a second name. Where it can have but one (it is no
// regular file, or the file system has no links), it is moved, and its place is
// empty until the new file comes.
func (b *Batch) keep(j journal, m move) error {
	if m.Old == "" {
		return nil
	}
	kept := keptName(j.id, m.Number)
	if m.Old != otherKind && b.mayLink(m.Name) && b.root.Link(m.Name, kept) == nil {
		return nil
	}
	return b.root.Rename(m.Name, kept)
}

// mayLink reports whether a second name of the file could be removed again: in a
// sticky folder nobody removes one of a file that is somebody else's.
func (b *Batch) mayLink(name string) bool {
	folder, err := b.root.Stat(".")
	if err != nil || folder.Mode()&fs.ModeSticky == 0 {
		return err == nil
	}
	file, err := b.root.Lstat(name)
	return err == nil && sameOwner(file, b.ours)
}

// finish removes what nobody needs once all files have their places. What it
// cannot remove the next batch will.
func (b *Batch) finish(j journal) {
	for _, m := range j.Files {
		b.removeIf(temporaryName(j.id, m.Number), m.New) // of a batch that changed nothing
		b.removeIf(keptName(j.id, m.Number), m.Old)
	}
	b.removeJournal(j)
}

// undo puts every file back that has its new content, and says where it cannot.
// The journal goes when there is nothing left to put back.
func (b *Batch) undo(j journal) (problems []error) {
	settled := true
	for _, m := range j.Files {
		if err := b.undoOne(j, m); err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", b.path(m.Name), cause(err)))
			settled = settled && errors.Is(err, errChanged)
		}
	}
	if b.sync(); settled {
		b.removeJournal(j)
	}
	return problems
}

func (b *Batch) undoOne(j journal, m move) error {
	now, err := b.content(m.Name)
	if err != nil {
		return err
	}
	kept := keptName(j.id, m.Number)
	switch {
	case now == m.Old:
	case now != m.New && now != "":
		err = errChanged
	case m.Old == "":
		err = do("take back "+m.Name, func() error { return b.root.Remove(m.Name) })
	case !b.holds(kept, m.Old):
		err = errors.New("its older content is not there any more")
	default:
		err = do("put back "+m.Name, func() error { return b.root.Rename(kept, m.Name) })
	}
	if err == nil || errors.Is(err, errChanged) {
		b.removeIf(temporaryName(j.id, m.Number), m.New)
		b.removeIf(kept, m.Old)
	}
	return err
}

// removeIf removes what a batch has left, if it is that.
func (b *Batch) removeIf(name, content string) {
	if content != "" && b.holds(name, content) {
		_ = do("remove "+name, func() error { return b.root.Remove(name) })
	}
}

// errChanged is about a file that somebody wrote while a journal was open.
var errChanged = errors.New("somebody has changed it since, and it stays as it is")

// sync makes the names in the folder last. Where a system cannot, nothing is lost
// but that promise.
func (b *Batch) sync() {
	if folder, err := b.root.Open("."); err == nil {
		_ = do("sync the folder", folder.Sync)
		_ = folder.Close()
	}
}

// folderLock is held while files are moved.
type folderLock struct {
	io.Closer
	held bool // the file system has locks
}

var errLocked = errors.New("locked")

// Tries for the lock, and the time between them. A lock is held for the time of a
// few renames.
const (
	lockTries = 600
	lockPause = 50 * time.Millisecond
)

// lock waits until nobody else moves files into the folder.
func (b *Batch) lock() (folderLock, error) {
	for range lockTries {
		b.mu.Lock()
		over := b.over
		if over {
			b.mu.Unlock()
			return folderLock{}, errOver
		}
		lock, err := lockFolder(b.root, b.folder)
		b.mu.Unlock()
		switch {
		case err == nil:
			return folderLock{lock, true}, nil
		case !errors.Is(err, errLocked):
			return folderLock{io.NopCloser(nil), false}, nil
		}
		time.Sleep(lockPause)
	}
	return folderLock{}, fmt.Errorf("cannot write into %s: another program has locked the folder for %v; end it, or name another folder", b.folder, lockTries*lockPause)
}

// isMissing reports whether a file is not there.
func isMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
