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
const prefix = ".raci-"

var (
	leftoverName = regexp.MustCompile(`^\.raci-([A-Z2-7]{26})-(?:[0-9]+\.(?:part|old)|journal\.part|probe\.part)$`)
	journalNames = regexp.MustCompile(`^\.raci-([A-Z2-7]{26})\.journal$`)
)

func temporaryName(id string, number int) string {
	return fmt.Sprintf("%s%s-%d.part", prefix, id, number)
}
func keptName(id string, number int) string { return fmt.Sprintf("%s%s-%d.old", prefix, id, number) }
func probeName(id string) string            { return prefix + id + "-probe.part" }
func journalName(id string) string          { return prefix + id + ".journal" }

const journalSchema = "raci/journal/v2"

// journal is what the next batch needs to know of one that was stopped.
type journal struct {
	Schema string `json:"schema"`
	Files  []move `json:"files"`
	id     string // from the file's name
}

// move is one file of a journal.
type move struct {
	Number int     `json:"number"`
	Name   string  `json:"name"`
	New    content `json:"new"`
	Old    content `json:"old"`
}

// maxJournal bounds a journal that is read, in bytes: some 50,000 files.
const maxJournal = 16 << 20

// writeJournal writes the journal under another name first, so that there is none
// but a whole one.
func (b *Batch) writeJournal(j journal) error {
	text, err := json.Marshal(j)
	if err != nil {
		return err
	}
	b.sync() // no journal before the temporaries that it is about
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
