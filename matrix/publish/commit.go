package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
)

// Commit moves all files to their places, or none, and ends the batch. An error
// says of one file why it could not be moved; the folder is as it was then.
//
// It reads the older files, up to a GiB each, and waits for others that move files
// into the folder; meanwhile Discard ends it.
func (b *Batch) Commit() error {
	b.mu.Lock()
	files, older := slices.Clone(b.files), measured{}
	b.mu.Unlock()
	err := b.measure(files, older) // here, since nobody waits for it
	if errors.Is(err, errOver) {
		return errOver
	}
	held, lockErr := b.waitForLock()
	if lockErr != nil {
		return lockErr
	}
	if err == nil {
		err = b.prepare(held, files, older)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.over.Load() {
		return errOver
	}
	if err == nil {
		err = b.commit(older)
	}
	if b.stands = err == nil; !b.stands {
		b.removeTemporaries()
	}
	b.end()
	if err != nil {
		b.removeMade()
	}
	return err
}

// prepare looks once more at what may have changed until the folder was locked.
func (b *Batch) prepare(locked bool, files []*File, older measured) error {
	err := b.unlessOver(func() error {
		if here, err := b.root.Stat("."); err != nil {
			return fmt.Errorf("cannot write into %s: %w", quoted(b.folder), cause(err))
		} else if now, err := os.Stat(b.folder); err != nil || !os.SameFile(here, now) {
			return fmt.Errorf("cannot write into %s: the folder was removed or moved while the files were made", quoted(b.folder))
		}
		if locked { // a batch may have been stopped since this one began
			return b.recoverAll()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return b.measure(files, older)
}

func (b *Batch) commit(older measured) error {
	if err := b.measure(b.files, older); err != nil { // of what changed in this moment
		return err
	}
	moves := make([]move, len(b.files))
	for i, f := range b.files {
		if f.sum == "" {
			return fmt.Errorf("cannot write %s: it is not complete", b.path(f.name))
		}
		if info, err := b.root.Lstat(f.name); err == nil {
			if b.options.New {
				return b.cannotWrite(f.name, fs.ErrExist)
			}
			if err := check(info, b.options.Replace, func() (string, error) { return b.root.Readlink(f.name) }); err != nil {
				return fmt.Errorf("cannot write %s: %w", b.path(f.name), err)
			}
		}
		moves[i] = move{Number: f.number, Name: f.name, New: content{f.sum, f.size}, Old: older[f.name].content, Part: b.identify(temporaryName(b.id, f.number))}
	}
	switch len(moves) {
	case 0:
		return nil
	case 1:
		return b.moveOne(moves[0])
	}
	return b.moveAll(journal{Schema: journalSchema, Folder: b.identify(".").Inode, id: b.id, Files: moves})
}

// cannotWrite is the error of one file.
func (b *Batch) cannotWrite(name string, err error) error {
	return fmt.Errorf("cannot write %s: %w", b.path(name), cause(err))
}

func (b *Batch) moveOne(m move) error {
	part := temporaryName(b.id, m.Number)
	err := do("move "+m.Name, func() error {
		if b.options.New { // a link, unlike a rename, replaces nothing that comes in this moment
			if err := b.root.Link(part, m.Name); err == nil || errors.Is(err, fs.ErrExist) {
				_ = b.root.Remove(part)
				return err
			} // the file system has no links
		}
		return b.root.Rename(part, m.Name)
	})
	if err != nil {
		return b.cannotWrite(m.Name, err)
	}
	b.sync()
	return nil
}

// moveAll moves several files under a journal.
func (b *Batch) moveAll(j journal) error {
	b.unsettled = true
	if err := b.writeJournal(j); err != nil {
		b.unsettled = b.exists(journalName(j.id))
		return fmt.Errorf("cannot write into %s: %w", quoted(b.folder), cause(err))
	}
	failed, err := b.tryMoves(j)
	if err == nil {
		b.unsettled = false
		for _, left := range b.finish(j) {
			b.say("%v; %s", left, triesAgain)
		}
		return nil
	}
	err = fmt.Errorf("cannot write %s: %w", b.path(failed), cause(err))
	if _, problems := b.undo(j); len(problems) > 0 {
		return fmt.Errorf("%w; not all could be undone: %w", err, errors.Join(problems...))
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
	b.sync() // no move before what it replaces is kept
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
	if m.Old.Is == "" {
		return nil
	}
	kept := keptName(j.id, m.Number)
	if isSum(m.Old.Is) && b.mayLink(m.Name) && b.root.Link(m.Name, kept) == nil {
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

// sync makes the names in the folder last. Where a system cannot, nothing is lost
// but that promise.
func (b *Batch) sync() {
	if folder, err := b.root.Open("."); err == nil {
		_ = do("sync the folder", folder.Sync)
		_ = folder.Close()
	}
}
