package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"time"
)

// archive is the zip writer that excelize writes a workbook to. excelize
// hands over the parts in no certain order: an archive compresses each as it
// comes and writes them when closed, [Content_Types].xml first, the others
// by name, all with the same date.
type archive struct {
	out      io.Writer
	modified time.Time
	parts    []*part
	deflate  *flate.Writer
}

// part is one compressed file of an archive.
type part struct {
	name    string
	crc     uint32
	size    uint64
	data    bytes.Buffer
	deflate *flate.Writer
}

// Write compresses p.
func (e *part) Write(p []byte) (int, error) {
	e.crc = crc32.Update(e.crc, crc32.IEEETable, p)
	e.size += uint64(len(p))
	return e.deflate.Write(p)
}

// Create begins a part and ends the one before.
func (a *archive) Create(name string) (io.Writer, error) {
	if err := a.endPart(); err != nil {
		return nil, err
	}
	e := &part{name: name}
	if a.deflate == nil {
		w, err := flate.NewWriter(&e.data, 5) // a third quicker than 6, and a twentieth larger
		if err != nil {
			return nil, err
		}
		a.deflate = w
	} else {
		a.deflate.Reset(&e.data)
	}
	e.deflate = a.deflate
	a.parts = append(a.parts, e)
	return e, nil
}

func (a *archive) endPart() error {
	if len(a.parts) == 0 {
		return nil
	}
	return a.deflate.Close()
}

// AddFS is here because excelize asks for it, and is never called.
func (a *archive) AddFS(fs.FS) error { return fs.ErrInvalid }

// Close writes the archive.
func (a *archive) Close() error {
	if err := a.endPart(); err != nil {
		return err
	}
	const first = "[Content_Types].xml"
	slices.SortFunc(a.parts, func(x, y *part) int {
		switch first {
		case x.name:
			return -1
		case y.name:
			return 1
		}
		return cmp.Compare(x.name, y.name)
	})
	zw := zip.NewWriter(a.out)
	for _, e := range a.parts {
		w, err := zw.CreateRaw(a.header(e))
		if err != nil {
			return err
		}
		if _, err := e.data.WriteTo(w); err != nil {
			return err
		}
	}
	return zw.Close()
}

func (a *archive) header(e *part) *zip.FileHeader {
	h := &zip.FileHeader{
		Name:               e.name,
		Method:             zip.Deflate,
		CRC32:              e.crc,
		CompressedSize64:   uint64(e.data.Len()),
		UncompressedSize64: e.size,
		CreatorVersion:     20,
		ReaderVersion:      20,
	}
	t := a.modified
	//lint:ignore SA1019 CreateRaw writes this field and not Modified.
	h.ModifiedDate = uint16(t.Day() + int(t.Month())<<5 + (t.Year()-1980)<<9)
	return h
}

// zipDate returns date, which reads 2006-01-02, as a time that a zip can
// hold: from 1980 to 2107, and 1980-01-01 where there is none.
func zipDate(date string) time.Time {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil || t.Year() < 1980 || t.Year() > 2107 {
		return time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	return t
}
