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
	for _, name := range names {
		if !journalNames.MatchString(name) || slices.Contains(b.foreign, name) {
			continue
		}
		j, err := b.readJournal(name)
		if err == nil {
			err = b.recover(j)
		}
		if err != nil {
			b.foreign = append(b.foreign, name)
		}
		if err != nil && !errors.Is(err, errSaid) {
			b.say("%s: this journal of an interrupted run is left alone: %v; %s", b.path(name), err, b.advice(names, j))
		}
	}
	return nil
}

// errSaid is about a journal that stays, and about which all was said.
var errSaid = errors.New("the journal stays")

// advice says what to do about a journal that is left alone, of which nothing but
// the id may be known, and what stands beside it.
func (b *Batch) advice(names []string, j journal) string {
	var kept []string
	for _, name := range names {
		if ours := leftoverName.FindStringSubmatch(name); ours != nil && ours[1] == j.id && strings.HasSuffix(name, keptSuffix) {
			kept = append(kept, name)
		}
	}
	if len(kept) == 0 {
		return "look at the reports beside it, then remove it"
	}
	var known []string
	for _, m := range j.Files {
		if name := keptName(j.id, m.Number); slices.Contains(kept, name) {
			known = append(known, fmt.Sprintf("%s as %s", quoted(m.Name), name))
		}
	}
	const then = "give those that you miss their names again, then remove it and all others with its id"
	if len(known) == 0 {
		return fmt.Sprintf("older reports may be beside it as %s, and who can read the journal sees their names in it; have its owner run raci here, or %s", namesOf(kept), then)
	}
	return fmt.Sprintf("it says that older reports are beside it: %s; %s", strings.Join(known, ", "), then)
}

// recover ends one batch. Once none of its temporaries is there, all files were
// moved: whatever became of them since then stays. Else everything is put back, or
// nothing where that cannot be: the error says why. With it the journal stays.
func (b *Batch) recover(j journal) error {
	folder := quoted(b.folder)
	moving := slices.ContainsFunc(j.Files, func(m move) bool { return b.exists(temporaryName(j.id, m.Number)) })
	switch {
	case len(j.Files) == 0:
		b.say("%s: an earlier run was interrupted before it wrote anything; its journal was removed", folder)
		return b.removeJournal(j)
	case !moving:
		return b.recoverStanding(j)
	}
	if err := b.obstacle(j); err != nil {
		return err
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
		return nil
	}
	b.say("%s; %s", text, joined(problems))
	return errSaid
}

// recoverStanding removes what a batch that stands has left.
func (b *Batch) recoverStanding(j journal) (err error) {
	var changed []string
	for _, m := range j.Files {
		if !b.holds(m.Name, m.New) {
			changed = append(changed, m.Name)
		}
	}
	text := fmt.Sprintf("%s: an earlier run had written %s, and not removed what it left beside them", quoted(b.folder), j.list())
	if left := b.finish(j); len(left) > 0 {
		text += "; " + joined(left) + "; " + triesAgain
		err = errSaid
	} else {
		text += "; that is gone now"
	}
	if len(changed) > 0 {
		text += "; changed since then, and left as found: " + namesOf(changed)
	}
	b.say("%s", text)
	return err
}

const triesAgain = "the next run into this folder tries it again"

// finish removes what nobody needs once all files have their places. The journal
// stays with what cannot be removed, and finish returns why.
func (b *Batch) finish(j journal) (left []error) {
	for _, m := range j.Files {
		kept := keptName(j.id, m.Number)
		var err error
		if b.exists(m.Name) || !b.exists(kept) {
			err = b.removeKept(kept, m)
		} else { // the temporaries may have been removed, and this be the only copy
			err = fmt.Errorf("%s is the older %s, which is missing; give it its name again, or remove it", b.path(kept), quoted(m.Name))
		}
		if err != nil {
			left = append(left, err)
		}
	}
	if len(left) > 0 {
		return left
	}
	if err := b.removeJournal(j); err != nil && b.exists(journalName(j.id)) {
		left = append(left, fmt.Errorf("%s cannot be removed: %w", b.path(journalName(j.id)), cause(err)))
	}
	return left
}

// removeKept removes the older file under its second name, where it is that.
func (b *Batch) removeKept(kept string, m move) error {
	if m.Old.Is == "" || !b.exists(kept) {
		return nil
	}
	if !b.holds(kept, m.Old) {
		return b.notKept(kept, m)
	}
	err := do("remove "+kept, func() error { return b.root.Remove(kept) })
	if err == nil || !b.exists(kept) {
		return nil
	}
	return fmt.Errorf("%s, the older %s, cannot be removed: %w", b.path(kept), quoted(m.Name), cause(err))
}

// notKept is about something under the second name of an older file.
func (b *Batch) notKept(kept string, m move) error {
	return fmt.Errorf("%s is not the older %s any more, or cannot be read, and stays; look at it, and remove it", b.path(kept), quoted(m.Name))
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
	var names []string
	for _, m := range j.Files {
		names = append(names, m.Name)
	}
	return someOf(names)
}

func namesOf(names []string) string { return strings.Join(allQuoted(names), ", ") }

// someOf names files, or the first of many.
func someOf(names []string) string {
	const most = 4
	list := namesOf(names[:min(len(names), most)])
	if rest := len(names) - most; rest > 0 {
		list += fmt.Sprintf(" and %d more", rest)
	}
	return list
}

func allQuoted(names []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = quoted(name)
	}
	return all
}

// joined is what several errors say, in one line.
func joined(errs []error) string {
	texts := make([]string, len(errs))
	for i, err := range errs {
		texts[i] = err.Error()
	}
	return strings.Join(texts, "; ")
}
