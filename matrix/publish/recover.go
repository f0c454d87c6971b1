package publish

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// recoverAll ends the batches whose journals are in the folder. The folder is
// locked, so none of them is alive.
func (b *Batch) recoverAll() error {
	names, err := b.names()
	if err != nil {
		return err
	}
	names = slices.DeleteFunc(names, func(name string) bool { return !journalNames.MatchString(name) })
	for _, name := range names {
		if slices.Contains(b.foreign, name) {
			continue
		}
		j, err := b.readJournal(name)
		if err != nil {
			b.foreign = append(b.foreign, name)
			b.say("%s: this journal of an interrupted run is left alone: %v; look at the reports beside it, then remove it", b.path(name), err)
			continue
		}
		b.recover(j)
	}
	return nil
}

// recover ends one batch. Once none of its temporaries is there, all files were
// moved: whatever became of them since then stays. Else everything is put back.
func (b *Batch) recover(j journal) {
	folder := quoted(b.folder)
	moving := slices.ContainsFunc(j.Files, func(m move) bool { return b.exists(temporaryName(j.id, m.Number)) })
	switch {
	case len(j.Files) == 0:
		b.removeJournal(j)
		b.say("%s: an earlier run was interrupted before it wrote anything; its journal was removed", folder)
		return
	case !moving:
		var changed []string
		for _, m := range j.Files {
			if !b.holds(m.Name, m.New) {
				changed = append(changed, m.Name)
			}
		}
		b.finish(j)
		text := fmt.Sprintf("%s: an earlier run was interrupted after it had written %s; only what it left beside them was removed", folder, j.list())
		if len(changed) > 0 {
			text += "; changed since then, and left as found: " + namesOf(changed)
		}
		b.say("%s", text)
		return
	}
	done, problems := b.undo(j)
	text := fmt.Sprintf("%s: an earlier run was interrupted while it wrote %s", folder, j.list())
	if len(done.back) > 0 {
		text += "; the older content was put back: " + namesOf(done.back)
	}
	if len(done.removed) > 0 {
		text += "; removed, for they were not there before: " + namesOf(done.removed)
	}
	if problems == nil {
		b.say("%s; every file is as it was before that run", text)
		return
	}
	for _, err := range problems {
		text += fmt.Sprintf("; %v", err)
	}
	b.say("%s", text)
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
			problems = append(problems, fmt.Errorf("%s: %w", b.path(m.Name), cause(err)))
			settled = settled && (errors.Is(err, errChanged) || errors.Is(err, errLost))
		}
	}
	b.sync()
	if !settled || b.removeJournal(j) != nil {
		return done, problems
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
	isNew, isOld := b.holds(m.Name, m.New), b.holds(m.Name, m.Old)
	if isNew && m.Old.Is == unread { // of which the size says little
		isOld = !b.exists(kept)
	}
	var err error
	switch {
	case isOld:
	case !isNew && b.exists(m.Name):
		err = errChanged
	case m.Old.Is == "":
		if err = do("take back "+m.Name, func() error { return b.root.Remove(m.Name) }); err == nil {
			done.removed = append(done.removed, m.Name)
		}
	case !b.holds(kept, m.Old):
		err = errLost
	default:
		if err = do("put back "+m.Name, func() error { return b.root.Rename(kept, m.Name) }); err == nil {
			done.back = append(done.back, m.Name)
		}
	}
	if err == nil || errors.Is(err, errChanged) {
		b.removeIf(kept, m.Old)
	}
	return err
}

// Files of a batch that cannot stand, and about which nothing is left to do.
var (
	errChanged = errors.New("somebody has changed it since, and it stays as it is")
	errLost    = errors.New("its older content is not there any more, and it stays as it is")
)

// finish removes what nobody needs once all files have their places. What it
// cannot remove the next batch will.
func (b *Batch) finish(j journal) {
	for _, m := range j.Files {
		b.removeIf(keptName(j.id, m.Number), m.Old)
	}
	_ = b.removeJournal(j)
}

// removeIf removes what a batch has left, if it is that.
func (b *Batch) removeIf(name string, c content) {
	if c.Is != "" && b.holds(name, c) {
		_ = do("remove "+name, func() error { return b.root.Remove(name) })
	}
}

func (b *Batch) removeJournal(j journal) error {
	return do("end", func() error { return b.root.Remove(journalName(j.id)) })
}

// list names the files for a reader.
func (j *journal) list() string {
	const most = 4
	var names []string
	for _, m := range j.Files[:min(len(j.Files), most)] {
		names = append(names, m.Name)
	}
	if rest := len(j.Files) - most; rest > 0 {
		return fmt.Sprintf("%s and %d more", namesOf(names), rest)
	}
	return namesOf(names)
}

func namesOf(names []string) string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = quoted(name)
	}
	return strings.Join(all, ", ")
}
