package publish

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
)

// Files of a batch that cannot be undone, and about which nothing is left to do.
var (
	errChanged = errors.New("somebody has changed it since, and it stays as it is")
	errLost    = errors.New("its older content is not there any more, and it stays as it is")
)

// look reports whether a file has to be put back, or says why it cannot be.
func (b *Batch) look(j journal, m move) (back bool, err error) {
	kept := keptName(j.id, m.Number)
	isOld := b.holds(m.Name, m.Old)
	if m.Old.Is != "" && !isSum(m.Old.Is) { // of which kind and size say little, and which was moved
		isOld = isOld && !b.exists(kept)
	}
	switch {
	case isOld:
		return false, nil
	case b.exists(m.Name) && !b.isMoved(j, m):
		return false, errChanged
	case m.Old.Is == "":
		return true, nil
	case !b.exists(kept):
		return false, errLost
	case !b.holds(kept, m.Old):
		return false, b.notKept(kept, m)
	}
	return true, nil
}

// isMoved reports whether the file in its place is the one that the batch has moved
// there, and not one of the same content that somebody else has made since. Such a
// one may even have the inode, once that was free again, but it was written later.
func (b *Batch) isMoved(j journal, m move) bool {
	if !b.holds(m.Name, m.New) {
		return false
	}
	if j.id == b.id { // under its lock nobody else moves files, and inodes may be unknown
		return true
	}
	info, err := b.root.Lstat(m.Name)
	return err == nil && m.Part.Inode != 0 && b.identify(m.Name).Inode == m.Part.Inode && info.ModTime().UnixNano() <= m.Part.Changed
}

// obstacle says why the files of an earlier batch cannot all get their older content
// back. Where a later run, or anybody, has written one of them, the others may
// belong to that.
func (b *Batch) obstacle(j journal) error {
	var changed, lost, texts []string
	for _, m := range j.Files {
		switch _, err := b.look(j, m); {
		case errors.Is(err, errChanged):
			changed = append(changed, m.Name)
		case errors.Is(err, errLost):
			lost = append(lost, m.Name)
		case err != nil:
			texts = append(texts, err.Error())
		}
	}
	if len(changed) > 0 {
		texts = append(texts, "written or changed since then: "+namesOf(changed))
	}
	if len(lost) > 0 {
		texts = append(texts, "the older content is not there any more: "+namesOf(lost))
	}
	if len(texts) == 0 {
		return nil
	}
	return fmt.Errorf("%s; so no file was put back", strings.Join(texts, "; "))
}

// undone names the files that undo has changed.
type undone struct{ back, removed []string }

// undo puts every file back that has its new content, and says where it cannot.
// Where nothing is left that could be put back the journal goes, and only then the
// temporaries: a journal without them is one of a batch that stands.
func (b *Batch) undo(j journal) (done undone, problems []error) {
	settled := true
	for _, m := range j.Files {
		if err := b.undoOne(j, m, &done); err != nil {
			problems = append(problems, err)
			settled = settled && (errors.Is(err, errChanged) || errors.Is(err, errLost))
		}
	}
	b.sync()
	if settled {
		if err := b.removeJournal(j); err != nil {
			problems = append(problems, fmt.Errorf("%s cannot be removed: %w", b.path(journalName(j.id)), cause(err)))
			settled = false
		}
	}
	if !settled {
		return done, append(problems, errors.New(triesAgain))
	}
	b.sync()
	if j.id == b.id {
		b.unsettled = false
	}
	for _, m := range j.Files {
		b.removeIf(temporaryName(j.id, m.Number), m.New)
	}
	return done, problems
}

func (b *Batch) undoOne(j journal, m move, done *undone) error {
	kept := keptName(j.id, m.Number)
	back, err := b.look(j, m)
	switch {
	case errors.Is(err, errChanged) || errors.Is(err, errLost):
		err = fmt.Errorf("%s: %w", b.path(m.Name), err)
	case !back:
	case m.Old.Is == "":
		if err = do("take back "+m.Name, func() error { return b.root.Remove(m.Name) }); err != nil {
			return fmt.Errorf("%s, which was not there before, cannot be removed: %w", b.path(m.Name), cause(err))
		}
		done.removed = append(done.removed, m.Name)
	default:
		if err = do("put back "+m.Name, func() error { return b.root.Rename(kept, m.Name) }); err != nil {
			return fmt.Errorf("%s, the older %s, cannot get its name again: %w", b.path(kept), quoted(m.Name), cause(err))
		}
		done.back = append(done.back, m.Name)
	}
	if err == nil || errors.Is(err, errChanged) {
		err = cmp.Or(b.removeKept(kept, m), err)
	}
	return err
}
