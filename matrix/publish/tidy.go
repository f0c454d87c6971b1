package publish

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
)

// leftoverAge is the age from which a temporary is one of a batch that was killed.
var leftoverAge = 24 * time.Hour

// tidy ends what batches that were stopped have begun, and removes old leftovers.
// It is the first to write into the folder, so it says where nobody can.
func (b *Batch) tidy() error {
	held, err := b.waitForLock()
	if err != nil {
		return err
	}
	defer func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.unlock()
	}()
	if err := b.unlessOver(b.probe); err != nil {
		return err
	}
	return b.unlessOver(func() error {
		if held { // else a journal may be one of a batch that is alive
			if err := b.recoverAll(); err != nil {
				return err
			}
		}
		return b.sweep()
	})
}

// probe makes a file and removes it. Its time is what the file system calls now,
// and its owner whom it calls us.
func (b *Batch) probe() error {
	name := probeName(b.id)
	file, err := b.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("cannot write into %s: %w", quoted(b.folder), cause(err))
	}
	b.ours, err = file.Stat()
	_ = file.Close()
	if err == nil {
		b.now = b.changed(name, b.ours)
	}
	removed := do("remove the probe", func() error { return b.root.Remove(name) })
	if removed == nil {
		return err
	}
	b.unlock()
	stays := b.path(name) + " stays"
	if b.exists(lockName) {
		stays = fmt.Sprintf("%s and %s stay", b.path(name), b.path(lockName))
	}
	return fmt.Errorf("cannot write into %s: a file can be made there, but not removed again: %w; %s", quoted(b.folder), cause(removed), stays)
}

// changed is when a file was last changed in any way, as far as the file system
// knows. Nobody can set that time, unlike the one of its content.
func (b *Batch) changed(name string, info fs.FileInfo) time.Time {
	last := time.Unix(0, b.identify(name).Changed)
	if last.Before(info.ModTime()) {
		return info.ModTime()
	}
	return last
}

// names lists what begins like the names of a batch.
func (b *Batch) names() ([]string, error) {
	folder, err := b.root.Open(".")
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	names, err := folder.Readdirnames(-1)
	if err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(names, func(name string) bool { return !strings.HasPrefix(name, prefix) })
	slices.Sort(names)
	return names, nil
}

// sweep removes leftovers that are old, and says so. What a journal still names is
// none; nor is an older file under its second name, about which a journal alone
// could say that nobody needs it.
func (b *Batch) sweep() error {
	names, err := b.names()
	if err != nil {
		return err
	}
	var swept, kept []string
	for _, name := range names {
		ours := leftoverName.FindStringSubmatch(name)
		if ours == nil || slices.Contains(names, journalName(ours[1])) {
			continue
		}
		info, err := b.root.Lstat(name)
		switch {
		case err != nil || !info.Mode().IsRegular():
		case strings.HasSuffix(name, keptSuffix):
			kept = append(kept, name)
		case b.now.Sub(b.changed(name, info)) < leftoverAge:
		case do("remove "+name, func() error { return b.root.Remove(name) }) == nil:
			swept = append(swept, name)
		}
	}
	if len(swept) > 0 {
		b.say("%s: removed temporary files that runs which were killed had left: %s", quoted(b.folder), someOf(swept))
	}
	if len(kept) > 0 {
		b.say("%s: older reports that an interrupted run has put aside, and whose journal is gone: %s; give those that you miss their names again, and remove the others", quoted(b.folder), namesOf(kept))
	}
	return nil
}
