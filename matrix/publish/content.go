package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
)

// maxRead bounds the older files that a batch reads before it replaces them, in
// bytes each. Larger ones, and such as it may not read, it knows by their size,
// and keeps them by moving them.
const maxRead = 1 << 30

// content says what stands under a name: a SHA-256 in hex, one of the kinds below,
// or "" for nothing. Regular files also have a size.
type content struct {
	Is   string `json:"is"`
	Size int64  `json:"size"`
}

const (
	otherKind  = "not a regular file"
	unread     = "a file that was not read"
	folderKind = "a folder" // which no batch replaces
)

// describe looks at a name; it reads no file.
func (b *Batch) describe(name string) (content, fs.FileInfo, error) {
	info, err := b.root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return content{}, nil, nil
	case err != nil:
		return content{}, nil, err
	case info.IsDir():
		return content{Is: folderKind}, info, nil
	case !info.Mode().IsRegular():
		return content{Is: otherKind}, info, nil
	}
	return content{unread, info.Size()}, info, nil
}

// content describes what stands under a name, and reads it where that is bounded
// and allowed. Of what it cannot even look at it returns the error.
func (b *Batch) content(name string) (content, fs.FileInfo, error) {
	c, info, err := b.describe(name)
	if err != nil || c.Is != unread || c.Size > maxRead {
		return c, info, err
	}
	sum, err := b.digest(name, c.Size, func() bool { return b.over.Load() })
	switch {
	case errors.Is(err, errOver):
		return c, info, err
	case err == nil:
		c.Is = sum
	}
	return c, info, nil
}

// holds reports whether this content stands under a name. It reads no more than
// the content is long.
func (b *Batch) holds(name string, want content) bool {
	now, _, err := b.describe(name)
	if err != nil || now == want || now.Is != unread || now.Size != want.Size || !isSum(want.Is) {
		return err == nil && now == want
	}
	sum, err := b.digest(name, now.Size, func() bool { return false })
	return err == nil && sum == want.Is
}

// exists reports whether anything stands under a name. Where nobody can tell, it
// is taken to be there.
func (b *Batch) exists(name string) bool {
	_, err := b.root.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}

// digest reads a file of this size, until it is told to give up.
func (b *Batch) digest(name string, size int64, giveUp func() bool) (string, error) {
	file, err := b.openRegular(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	const part = 4 << 20
	sum, read := sha256.New(), int64(0)
	for {
		if giveUp() {
			return "", errOver
		}
		n, err := io.CopyN(sum, file, part)
		if read += n; read > size {
			return "", errors.New("it grows")
		}
		if err == io.EOF {
			break
		} else if err != nil {
			return "", err
		}
	}
	if read != size {
		return "", errors.New("it shrinks")
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
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

// measured remembers the contents of older files while they do not change.
type measured map[string]struct {
	content
	info fs.FileInfo
}

// measure reads the older files that it does not know yet, or not as they are.
func (b *Batch) measure(files []*File, known measured) error {
	if len(files) < 2 {
		return nil // no journal
	}
	for _, f := range files {
		if known.fresh(b, f.name) {
			continue
		}
		c, info, err := b.content(f.name)
		if err != nil {
			return b.cannotWrite(f.name, err)
		}
		entry := known[f.name]
		entry.content, entry.info = c, info
		known[f.name] = entry
	}
	return nil
}

func (known measured) fresh(b *Batch, name string) bool {
	entry, ok := known[name]
	_, now, err := b.describe(name)
	switch {
	case !ok || err != nil:
		return false
	case entry.info == nil || now == nil:
		return entry.info == nil && now == nil
	}
	return os.SameFile(entry.info, now) && entry.info.Size() == now.Size() && entry.info.Mode() == now.Mode() && entry.info.ModTime().Equal(now.ModTime())
}
