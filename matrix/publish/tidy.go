package publish

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

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
		names, err := b.names()
		if err != nil {
			return err
		}
		for _, name := range names {
			b.sweep(name, names)
		}
		return nil
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

// sweep removes a leftover that is older than a day. What a journal still names
// is none.
func (b *Batch) sweep(name string, names []string) {
	ours := leftoverName.FindStringSubmatch(name)
	if ours == nil || slices.Contains(names, journalName(ours[1])) {
		return
	}
	info, err := b.root.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || b.ours.ModTime().Sub(info.ModTime()) < 24*time.Hour {
		return
	}
	_ = do("remove "+name, func() error { return b.root.Remove(name) })
}
