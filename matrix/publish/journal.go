package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Names of what a batch makes: .raci-ID-NUMBER.part and .old, .raci-ID.journal.
const prefix = ".raci-"

var (
	leftoverName = regexp.MustCompile(`^\.raci-([A-Z2-7]{26})-(?:[0-9]+\.(?:part|old)|journal\.part)$`)
	journalNames = regexp.MustCompile(`^\.raci-([A-Z2-7]{26})\.journal$`)
)

func temporaryName(id string, number int) string {
	return fmt.Sprintf("%s%s-%d.part", prefix, id, number)
}
func keptName(id string, number int) string { return fmt.Sprintf("%s%s-%d.old", prefix, id, number) }
func journalName(id string) string          { return prefix + id + ".journal" }

const journalSchema = "raci/journal/v1"

// journal is what the next batch needs to know of one that was stopped.
type journal struct {
	Schema string `json:"schema"`
	Files  []move `json:"files"`
	id     string // from the file's name
}

// move is one file of a journal. Content is a SHA-256 in hex, otherKind for what is
// not a regular file, or "" for nothing.
type move struct {
	Number int    `json:"number"`
	Name   string `json:"name"`
	New    string `json:"new"`
	Old    string `json:"old"`
}

const (
	otherKind  = "not a regular file"
	folderKind = "a folder" // which no batch replaces
)

// maxJournal bounds a journal that is read, in bytes: some 50,000 files.
const maxJournal = 16 << 20

// writeJournal writes the journal under another name first, so that there is none
// but a whole one.
func (b *Batch) writeJournal(j journal) error {
	text, err := json.Marshal(j)
	if err != nil {
		return err
	}
	temporary := prefix + j.id + "-journal.part"
	file, err := b.root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err == nil {
		err = do("sync the journal", file.Sync)
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = do("begin", func() error { return b.root.Rename(temporary, journalName(j.id)) })
	}
	if err != nil {
		_ = b.root.Remove(temporary)
		return err
	}
	b.sync()
	return nil
}

func (b *Batch) removeJournal(j journal) {
	_ = do("end", func() error { return b.root.Remove(journalName(j.id)) })
}

// content describes what stands under a name.
func (b *Batch) content(name string) (string, error) {
	info, err := b.root.Lstat(name)
	switch {
	case isMissing(err):
		return "", nil
	case err != nil:
		return "", err
	case info.IsDir():
		return folderKind, nil
	case !info.Mode().IsRegular():
		return otherKind, nil
	}
	file, err := b.openRegular(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func (b *Batch) holds(name, content string) bool {
	now, err := b.content(name)
	return err == nil && now == content
}

// openRegular opens a regular file that is no link, and waits for nothing.
func (b *Batch) openRegular(name string) (*os.File, error) {
	before, err := b.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	file, err := b.root.OpenFile(name, os.O_RDONLY|noWait, 0)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() || !os.SameFile(before, info) {
		_ = file.Close()
		return nil, errors.New("it is not a regular file")
	}
	return file, nil
}

// tidy ends what batches that were stopped have begun, and removes old leftovers.
// It is the first to write into the folder, so it says where nobody can.
func (b *Batch) tidy() error {
	lock, err := b.lock()
	if err != nil {
		return err
	}
	defer lock.Close()
	if b.ours, err = b.probe(); err != nil {
		return err
	}
	if lock.held { // else a journal may be one of a batch that is alive
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
}

// probe makes a file and removes it. Its time is what the file system calls now,
// and its owner whom it calls us.
func (b *Batch) probe() (fs.FileInfo, error) {
	name := temporaryName(b.id, 0)
	file, err := b.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("cannot write into %s: %w", b.folder, cause(err))
	}
	info, err := file.Stat()
	_ = file.Close()
	_ = b.root.Remove(name)
	return info, err
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
			b.options.Say(fmt.Sprintf("%s: this journal of an interrupted run is left alone: %v; look at the reports beside it, then remove it", b.path(name), err))
			continue
		}
		b.recover(j)
	}
	return nil
}

// recover ends one batch: it stands where all files are in their places, and else
// everything is put back.
func (b *Batch) recover(j journal) {
	stands := !slices.ContainsFunc(j.Files, func(m move) bool { return !b.holds(m.Name, m.New) })
	if stands {
		b.finish(j)
		b.options.Say(fmt.Sprintf("%s: an earlier run was interrupted after it had written %s; what it left was removed", b.folder, j.list()))
		return
	}
	problems := b.undo(j)
	for _, err := range problems {
		b.options.Say(fmt.Sprintf("an earlier run was interrupted while it wrote %v", err))
	}
	if problems == nil {
		b.options.Say(fmt.Sprintf("%s: an earlier run was interrupted while it wrote %s; every file is as it was before that run", b.folder, j.list()))
	}
}

// list names the files for a reader.
func (j *journal) list() string {
	const most = 4
	var names []string
	for _, m := range j.Files[:min(len(j.Files), most)] {
		names = append(names, m.Name)
	}
	if rest := len(j.Files) - most; rest > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names, ", "), rest)
	}
	return strings.Join(names, ", ")
}

// readJournal reads a journal that may be anything.
func (b *Batch) readJournal(name string) (journal, error) {
	file, err := b.openRegular(name)
	if err != nil {
		return journal{}, cause(err)
	}
	defer file.Close()
	info, err := file.Stat()
	switch {
	case err != nil:
		return journal{}, cause(err)
	case !sameOwner(info, b.ours) || info.Mode() != b.ours.Mode() || !oneName(info):
		return journal{}, errors.New("it belongs to somebody else, or others may write it")
	}
	data, err := io.ReadAll(io.LimitReader(file, maxJournal+1))
	if err != nil {
		return journal{}, cause(err)
	}
	return parseJournal(journalNames.FindStringSubmatch(name)[1], data)
}

func parseJournal(id string, data []byte) (journal, error) {
	j := journal{id: id}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&j); err != nil || len(data) > maxJournal || d.More() || j.Schema != journalSchema {
		return journal{}, errors.New("it is not one that this version of raci writes")
	}
	names, numbers := map[string]bool{}, map[int]bool{}
	for _, m := range j.Files {
		switch {
		case !isPlain(m.Name) || m.Number < 0 || names[m.Name] || numbers[m.Number]:
			return journal{}, fmt.Errorf("it names a file %q that no run of raci writes", m.Name)
		case !isSum(m.New) || m.Old != "" && m.Old != otherKind && !isSum(m.Old):
			return journal{}, fmt.Errorf("it does not say what %q held", m.Name)
		}
		names[m.Name], numbers[m.Number] = true, true
	}
	return j, nil
}

func isSum(s string) bool {
	sum, err := hex.DecodeString(s)
	return err == nil && len(sum) == sha256.Size
}
