// Package publish puts finished files in their places in one folder, all or none.
//
// A [Batch] writes each file under a temporary name in the folder itself. Commit
// then moves all of them to their places, and where one cannot be moved it puts
// the older files back. Whenever the process or the machine is stopped, each place
// holds the older file or the new one, whole; the next batch in that folder ends
// what was begun, and says so. The steps of Commit:
//
//	all temporaries are complete and synced
//	a journal names the files, with a digest of the older and of the new content
//	each older file gets a second name (a hard link), or is moved to one
//	each temporary is renamed to its place         the batch stands once all are
//	the second names are removed, then the journal
//
// The folder is synced between these steps. So a journal without temporaries is one
// of a batch that stands, whatever became of its files since then; with temporaries,
// the batch is undone, and they go only after the journal. It is undone as a whole
// or not at all: where one of its files is not the one that it moved there, known by
// content and inode, a later run may have written all of them, and they stay. An
// older file that is larger than a GiB, or that whoever runs may not read, is moved
// to its second name, and known again by its size.
//
// A single file needs no journal: one rename is all or nothing by itself, and so is
// one link, which gives a new file its place where none may be replaced.
//
// All that a batch makes is called .raci- and random letters. A journal names
// places in its own folder alone, and the names of temporaries follow from its own
// name; it is obeyed only where it belongs to whoever runs, and where the files
// hold what it says. It also states what a crash leaves as it is and no archive,
// clone or copy can bring along: the inodes of the folder and of itself, and of
// each temporary the inode and the time of its last change (ctime), which nobody
// can set. So nobody who can put a file into the folder, or has it unpacked there,
// makes a batch touch another one. Any other journal is left alone, and it is said
// what to do; so it is where a file system gives other inodes after it was mounted
// again, and on Windows, where the file index and the time of change stand for
// these, if it has none.
//
// Temporaries of a batch that was killed before its journal was there go once they
// are a day old, by ctime. An older file under its second name is never removed
// without its journal: nothing else says that the newer one has its place. So the
// journal stays as long as one of these cannot be removed.
//
// The folder is locked while files are moved (flock on the file .raci-lock in it,
// which only those may open who may write the folder; on Windows a file that is
// opened for oneself), so that of two batches at once one follows the other whole.
// The lock goes with the batch; one that is left by a process that was killed holds
// nobody up. Where a file system has no locks, the later of two moves of one file
// wins.
package publish

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Options say how a batch treats its folder.
type Options struct {
	MakeFolder bool              // make the folder, and those above it, where it is missing
	New        bool              // replace nothing: where something is, or comes, the error is fs.ErrExist
	Replace    bool              // replace also links, pipes, devices and files that are read-only
	Say        func(line string) // is told what was done about a batch that was stopped, what is waited for, and what stays; may be nil
}

// Batch is a number of files that get their places together. Its methods may be
// called by several goroutines at once. Of these, Discard may be called at any
// time, as when a signal comes: what another one is about to do it does not any
// more, and returns an error.
type Batch struct {
	folder  string
	root    *os.Root // the folder, whatever becomes of its name
	options Options
	id      string      // in the names of all that the batch makes
	made    []string    // the folders that Begin made, the innermost first
	ours    fs.FileInfo // of a file that Begin made: its owner
	now     time.Time   // when it made that, to the file system
	foreign []string    // journals that stay, about which all was said

	mu    sync.Mutex
	files []*File     // in the order of Create
	next  int         // number of the next file
	lock  io.Closer   // of the folder, while it is held
	over  atomic.Bool // committed or discarded; set under mu

	unsettled bool // a journal of this batch is there, and needs the temporaries
	stands    bool // all files have their places
}

// errOver is the error of a batch that was committed or discarded.
var errOver = errors.New("the files were given up")

// New returns a batch of files for a folder. It touches nothing: Begin does.
func New(folder string, o Options) *Batch {
	if o.Say == nil {
		o.Say = func(string) {}
	}
	return &Batch{folder: folder, options: o, id: rand.Text()}
}

// Begin opens the folder. It ends what a batch that was stopped has begun there,
// and removes temporaries that are older than a day. Where it fails, what it made
// is gone again.
func (b *Batch) Begin() error {
	err := b.unlessOver(b.open)
	if err == nil {
		err = b.tidy()
	}
	if err != nil {
		b.Discard()
	}
	return err
}

// unlessOver does something that Discard waits for, and that is not done after it.
func (b *Batch) unlessOver(change func() error) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.over.Load() {
		return errOver
	}
	return change()
}

func (b *Batch) open() error {
	if b.options.MakeFolder {
		if err := do("make the folder", b.makeFolder); err != nil {
			return cannotMake(b.folder, err)
		}
	}
	root, err := os.OpenRoot(b.folder)
	if err != nil {
		return &folderError{b.folder, cause(err)}
	}
	b.root = root
	return nil
}

// folderError is about a folder that cannot be opened.
type folderError struct {
	folder string
	err    error
}

func (e *folderError) Error() string {
	return fmt.Sprintf("cannot write into %s: %v", quoted(e.folder), e.err)
}
func (e *folderError) Unwrap() error { return e.err }

// cannotMake names the folder that stands in the way.
func cannotMake(folder string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		folder = path.Path
	}
	return fmt.Errorf("cannot make the output folder: mkdir %s: %w", quoted(folder), cause(err))
}

// makeFolder makes the folder, and remembers what of it was missing.
func (b *Batch) makeFolder() error {
	var missing []string
	for path := filepath.Clean(b.folder); ; path = filepath.Dir(path) {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) || path == filepath.Dir(path) {
			break
		}
		missing = append(missing, path)
	}
	err := os.MkdirAll(b.folder, 0o777)
	if b.made = missing; err != nil {
		b.removeMade()
	}
	return err
}

// removeMade removes the folders that the batch made, unless something is in them.
func (b *Batch) removeMade() {
	for _, path := range b.made {
		_ = os.Remove(path)
	}
}

// path is the place of a file as the user knows it, for messages.
func (b *Batch) path(name string) string { return quoted(filepath.Join(b.folder, name)) }

func (b *Batch) say(format string, a ...any) { b.options.Say(fmt.Sprintf(format, a...)) }

// Create makes a temporary for the file of this name in the folder. It belongs to
// whoever runs, and has the permission bits of the file that it replaces from the
// beginning, else those that umask leaves. The group and the access list of the
// file that it replaces are not taken over.
func (b *Batch) Create(name string) (*File, error) {
	if strings.HasPrefix(name, prefix) {
		return nil, fmt.Errorf("cannot write %s: names that begin with %s are reserved for what raci makes while it writes; choose another name", b.path(name), prefix)
	}
	if !isPlain(name) {
		return nil, fmt.Errorf("cannot write %s: %q is not the name of a file in a folder", b.path(name), name)
	}
	f := &File{batch: b, name: name, digest: sha256.New()}
	err := b.unlessOver(func() error {
		if slices.ContainsFunc(b.files, func(f *File) bool { return f.name == name }) {
			return fmt.Errorf("cannot write %s: it is written twice", b.path(name))
		}
		f.number = b.next
		if err := f.open(); err != nil {
			return b.cannotWrite(name, err)
		}
		b.next++
		b.files = append(b.files, f)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Drop gives up the files of these names; the others stay.
func (b *Batch) Drop(names ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.files = slices.DeleteFunc(b.files, func(f *File) bool {
		dropped := slices.Contains(names, f.name)
		if dropped {
			f.remove()
		}
		return dropped
	})
}

// Discard gives up all files, and removes what the batch has made. After Commit it
// does nothing. It reports whether the files have their places all the same.
func (b *Batch) Discard() (stands bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.over.Load() {
		b.removeTemporaries()
		b.end()
		b.removeMade()
	}
	return b.stands
}

// removeTemporaries gives all files up, but for those that a journal needs.
func (b *Batch) removeTemporaries() {
	for _, f := range b.files {
		if _ = f.file.Close(); !b.unsettled {
			f.remove()
		}
	}
}

// end closes the batch, and frees the folder: the lock lies in one that may go.
func (b *Batch) end() {
	b.over.Store(true)
	b.unlock()
	if b.root != nil {
		_ = b.root.Close()
	}
}

// File is a temporary that gets the place of a file. One goroutine writes it.
type File struct {
	batch  *Batch
	name   string
	number int
	file   *os.File
	digest hash.Hash
	size   int64
	sum    string // of the whole content, once the file is complete
}

// open makes the temporary. It must not be there, so that no link is followed.
func (f *File) open() (err error) {
	mode := fs.FileMode(0o666) // less what umask takes
	before, statErr := f.batch.root.Lstat(f.name)
	keep := statErr == nil && before.Mode().IsRegular()
	if keep {
		mode = before.Mode().Perm()
	}
	f.file, err = f.batch.root.OpenFile(temporaryName(f.batch.id, f.number), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err == nil && keep {
		if err = f.file.Chmod(mode); err != nil {
			f.remove()
		}
	}
	return err
}

func (f *File) Write(data []byte) (int, error) {
	n, err := f.file.Write(data)
	_, _ = f.digest.Write(data[:n])
	f.size += int64(n)
	return n, err
}

// Close completes the file: what was written is on the disk. Only a file that was
// closed without an error can be committed.
func (f *File) Close() error {
	err := do("sync "+f.name, f.file.Sync)
	if closeErr := f.file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		f.sum = hex.EncodeToString(f.digest.Sum(nil))
	}
	return err
}

// remove gives the temporary up.
func (f *File) remove() {
	_ = f.file.Close()
	_ = f.batch.root.Remove(temporaryName(f.batch.id, f.number))
}

// WriteFile writes one file of this name in the folder, as a batch that neither was
// begun nor needs a Commit.
func (b *Batch) WriteFile(name string, data []byte) error {
	defer b.Discard()
	if err := b.Begin(); err != nil {
		if closed := (*folderError)(nil); errors.As(err, &closed) {
			err = b.cannotWrite(name, closed.err)
		}
		return err
	}
	f, err := b.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return b.cannotWrite(name, err)
	}
	return b.Commit()
}

// cause returns an error without the name of a system call and its files.
func cause(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

// beforeStep is called before each change of the folder that Commit or Begin makes;
// an error takes the place of the change. Tests stop here.
var beforeStep = func(string) error { return nil }

func do(step string, change func() error) error {
	if err := beforeStep(step); err != nil {
		return err
	}
	return change()
}
