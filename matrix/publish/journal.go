package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
)

// Names of what a batch makes: .raci-ID-NUMBER.part and .old, .raci-ID.journal,
// and for a moment .raci-ID-probe.part and .raci-ID-journal.part.
const (
	prefix     = ".raci-"
	keptSuffix = ".old"
)

var (
	leftoverName = regexp.MustCompile(`^\.raci-([A-Z2-7]{26})-(?:[0-9]+\.(?:part|old)|journal\.part|probe\.part)$`)
	journalNames = regexp.MustCompile(`^\.raci-([A-Z2-7]{26})\.journal$`)
)

func temporaryName(id string, number int) string {
	return fmt.Sprintf("%s%s-%d.part", prefix, id, number)
}
func keptName(id string, number int) string {
	return fmt.Sprintf("%s%s-%d%s", prefix, id, number, keptSuffix)
}
func probeName(id string) string   { return prefix + id + "-probe.part" }
func journalName(id string) string { return prefix + id + ".journal" }

const journalSchema = "raci/journal/v3"

// journal is what the next batch needs to know of one that was stopped.
type journal struct {
	Schema string `json:"schema"`
	Folder uint64 `json:"folder"` // the inode of the folder
	Inode  uint64 `json:"inode"`  // that of the journal
	Files  []move `json:"files"`
	id     string // from the file's name
}

// move is one file of a journal.
type move struct {
	Number int      `json:"number"`
	Name   string   `json:"name"`
	New    content  `json:"new"`
	Old    content  `json:"old"`
	Part   identity `json:"part"` // of the temporary, until it is moved
}

// identity is of a file in a folder what no archive or copy of it brings along: its
// number in the file system, and when it was last changed in any way, in
// nanoseconds since 1970. Where a system does not know, either is 0.
type identity struct {
	Inode   uint64 `json:"inode"`
	Changed int64  `json:"changed"`
}

// maxJournal bounds a journal that is read, in bytes: some 50,000 files.
const maxJournal = 16 << 20

// writeJournal writes the journal under another name first, so that there is none
// but a whole one.
func (b *Batch) writeJournal(j journal) error {
	b.sync() // no journal before the temporaries that it is about
	temporary := prefix + j.id + "-journal.part"
	file, err := b.root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	j.Inode = b.identify(temporary).Inode
	text, err := json.Marshal(j)
	if err == nil {
		_, err = file.Write(text)
	}
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

// readJournal reads a journal that may be anything. With an error that says why it
// is not obeyed, it returns what the journal says, or but its id.
func (b *Batch) readJournal(name string) (journal, error) {
	j := journal{id: journalNames.FindStringSubmatch(name)[1]}
	file, err := b.openRegular(name)
	if err != nil {
		return j, cause(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return j, cause(err)
	}
	data, err := io.ReadAll(io.LimitReader(file, maxJournal+1))
	if err != nil {
		return j, cause(err)
	}
	parsed, err := parseJournal(j.id, data)
	if err == nil {
		j = parsed
	}
	switch {
	case !sameOwner(info, b.ours):
		err = errors.New("it belongs to somebody else")
	case err != nil:
	case !b.isFromHere(j):
		err = errors.New("it or what it names was not made in this folder, as of an archive, a clone or a copy, or was changed since")
	case !oneName(info):
		err = errors.New("it has a second name, a hard link")
	case info.Mode() != b.ours.Mode():
		err = fmt.Errorf("its mode was changed to %v, and others may have written it", info.Mode())
	}
	return j, err
}

// isFromHere reports whether a batch in this folder wrote a journal, and has made
// the temporaries that are there. None need be: then nothing is put back.
func (b *Batch) isFromHere(j journal) bool {
	if j.Inode == 0 || j.Inode != b.identify(journalName(j.id)).Inode || j.Folder != b.identify(".").Inode {
		return false
	}
	for _, m := range j.Files {
		part := temporaryName(j.id, m.Number)
		if b.exists(part) && (m.Part.Inode == 0 || m.Part.Changed == 0 || m.Part != b.identify(part)) {
			return false
		}
	}
	return true
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
		case !isSum(m.New.Is) || m.Old.Is != "" && m.Old.Is != otherKind && m.Old.Is != unread && !isSum(m.Old.Is):
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
