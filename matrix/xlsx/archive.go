package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
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
	bodies   map[string]*body // by part
	parts    []*part
	pack     *packer
	err      error // the first one; nothing is written after it
}

// body is what excelize does not write of a part: the rows of a sheet, and
// what is inserted before a mark.
type body struct {
	rows   *stream // compressed, or nil
	insert stream  // not compressed
	mark   string
}

// newBody returns the body of a sheet, whose links stand before the margins.
func newBody() *body { return &body{rows: &stream{}, mark: "<pageMargins"} }

// part is one file of an archive.
type part struct {
	stream
	name  string
	body  *body
	frame bytes.Buffer // what excelize writes of a sheet that has a body
	pack  *packer
}

// Write compresses p.
func (e *part) Write(p []byte) (int, error) {
	if e.body != nil {
		return e.frame.Write(p)
	}
	return e.pack.Write(p)
}

// Create begins a part and ends the one before.
func (a *archive) Create(name string) (io.Writer, error) {
	if err := a.endPart(); err != nil {
		a.err = err
		return nil, err
	}
	e := &part{name: name, body: a.bodies[name], pack: a.pack}
	a.pack.begin(&e.stream)
	a.parts = append(a.parts, e)
	return e, nil
}

func (a *archive) endPart() error {
	if len(a.parts) == 0 {
		return nil
	}
	e := a.parts[len(a.parts)-1]
	if e.body != nil {
		if err := e.assemble(); err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
	}
	return a.pack.close()
}

// assemble puts the body of a part into its frame.
func (e *part) assemble() error {
	const begin, end = "<sheetData>", "</sheetData>"
	// exceljs knows ids of relationships by their usual prefix alone.
	frame := bytes.ReplaceAll(e.frame.Bytes(), []byte(` xmlns:relationships="`+relationsSpace+`" relationships:id=`), []byte(" r:id="))
	if e.body.rows != nil {
		head, rest, ok := bytes.Cut(frame, []byte(begin))
		_, rest, ok2 := bytes.Cut(rest, []byte(end))
		if !ok || !ok2 {
			return fmt.Errorf("the library wrote a sheet without rows")
		}
		e.pack.Write(head)
		e.pack.Write([]byte(begin))
		if err := e.pack.flush(); err != nil {
			return err
		}
		e.append(e.body.rows)
		frame = append([]byte(end), rest...)
	}
	tail := stream{}
	e.pack.begin(&tail)
	before, after, ok := bytes.Cut(frame, []byte(e.body.mark))
	if !ok {
		return fmt.Errorf("the library wrote a part without %s", e.body.mark)
	}
	e.pack.Write(before)
	e.body.writeInsert(e.pack)
	e.pack.Write([]byte(e.body.mark))
	e.pack.Write(after)
	if err := e.pack.close(); err != nil {
		return err
	}
	e.append(&tail)
	e.pack.begin(&stream{}) // endPart closes it
	e.frame, e.body = bytes.Buffer{}, nil
	return nil
}

// writeInsert writes what is inserted. Links of a sheet have an element
// around them.
func (b *body) writeInsert(p *packer) {
	if len(b.insert.chunks) == 0 {
		return
	}
	if b.rows != nil {
		p.Write([]byte("<hyperlinks>"))
	}
	for _, c := range b.insert.chunks {
		p.Write(c)
	}
	if b.rows != nil {
		p.Write([]byte("</hyperlinks>"))
	}
}

// AddFS is here because excelize asks for it, and is never called.
func (a *archive) AddFS(fs.FS) error { return fs.ErrInvalid }

// Close writes the archive. excelize calls it after an error, too.
func (a *archive) Close() error {
	if a.err != nil {
		return a.err
	}
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
		for _, c := range e.chunks {
			if _, err := w.Write(c); err != nil {
				return err
			}
		}
	}
	return zw.Close()
}

func (a *archive) header(e *part) *zip.FileHeader {
	h := &zip.FileHeader{
		Name:               e.name,
		Method:             zip.Deflate,
		CRC32:              e.crc,
		CompressedSize64:   e.packed,
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
