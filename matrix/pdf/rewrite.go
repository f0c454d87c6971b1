package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// extras are the keys of the catalog that the library cannot write: the
// language, and that a viewer shows the title in place of the file name.
const extras = "/Lang (en)\n/ViewerPreferences <</DisplayDocTitle true>>\n"

var errShape = errors.New("the PDF library wrote a document of unknown shape")

// object is a numbered part of the document.
type object struct {
	number int
	body   []byte // from "1 0 obj" to "endobj"
}

// rewrite rewrites the library's document: the pages get their contents, which
// are compressed already; streams are compressed well; everything that is not a stream is packed into streams, too;
// the catalog gets its extras and the attachments, and the document an
// identifier that follows from the content. PDF 1.5 allows that.
func rewrite(pdf []byte, press *press, contents [][]byte, files []attachment) ([]byte, error) {
	objects, trailer, err := parse(pdf)
	if err != nil {
		return nil, err
	}
	b := &objectWriter{press: press, contents: contents, toUnicode: toUnicode(), places: make([]place, len(objects)+1)}
	size := len(pdf) / 3 // about what is left of it
	for _, c := range contents {
		size += len(c)
	}
	for _, f := range files {
		size += len(f.data)
	}
	b.out.Grow(size)
	b.out.WriteString("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
	names := b.attach(files)
	for _, o := range objects {
		if err := b.write(o, names); err != nil {
			return nil, err
		}
	}
	if err := b.pack(); err != nil {
		return nil, err
	}
	return b.close(trailer)
}

// parse cuts a document of the library's into its objects, in their order in
// the file, and the keys of the trailer.
func parse(pdf []byte) (objects []object, trailer []byte, err error) {
	const startMark, trailerMark, entry = "startxref\n", "trailer\n<<\n", 20
	start := bytes.LastIndex(pdf, []byte(startMark))
	if start < 0 {
		return nil, nil, errShape
	}
	line, _, _ := bytes.Cut(pdf[start+len(startMark):], []byte("\n"))
	xref, err := strconv.Atoi(string(line))
	if err != nil || xref < 0 || xref > start {
		return nil, nil, errShape
	}
	var n int
	if _, err := fmt.Sscanf(string(pdf[xref:min(xref+40, start)]), "xref\n0 %d\n", &n); err != nil {
		return nil, nil, errShape
	}
	table := xref + len("xref\n0 \n") + len(strconv.Itoa(n))
	end := table + n*entry
	if n < 2 || end > start || !bytes.HasPrefix(pdf[end:], []byte(trailerMark)) {
		return nil, nil, errShape
	}
	trailer = bytes.TrimSuffix(pdf[end+len(trailerMark):start], []byte(">>\n"))
	offsets := make([][2]int, 0, n) // offset and number
	for i := 1; i < n; i++ {
		at, err := strconv.Atoi(string(pdf[table+i*entry:][:10]))
		if err != nil || at <= 0 || at >= xref {
			return nil, nil, errShape
		}
		offsets = append(offsets, [2]int{at, i})
	}
	slices.SortFunc(offsets, func(a, b [2]int) int { return a[0] - b[0] })
	for i, o := range offsets {
		next := xref
		if i+1 < len(offsets) {
			next = offsets[i+1][0]
		}
		objects = append(objects, object{o[1], pdf[o[0]:next]})
	}
	return objects, trailer, nil
}

// press compresses the streams of a document.
type press struct {
	buf    bytes.Buffer
	zip    *zlib.Writer
	length *regexp.Regexp
}

// presses are not in use: to make one takes over a megabyte.
var presses = sync.Pool{New: func() any {
	p := &press{length: regexp.MustCompile(`/Length (\d+)`)}
	p.zip, _ = zlib.NewWriterLevel(&p.buf, 5) // the level is valid
	return p
}}

func newPress() *press { return presses.Get().(*press) }

// release gives a press to the next one who needs it.
func (p *press) release() { presses.Put(p) }

// squeezeFrom returns what is written compressed, until it is called again, and
// how many bytes were written.
func (p *press) squeezeFrom(write func(io.Writer) error) (data []byte, size int, err error) {
	p.buf.Reset()
	p.zip.Reset(&p.buf)
	c := counter{w: p.zip}
	if err := write(&c); err != nil {
		return nil, 0, err
	}
	if err := p.zip.Close(); err != nil {
		return nil, 0, err
	}
	return p.buf.Bytes(), c.n, nil
}

// counter counts the bytes that go through it.
type counter struct {
	w io.Writer
	n int
}

func (c *counter) Write(data []byte) (int, error) {
	n, err := c.w.Write(data)
	c.n += n
	return n, err
}

// squeeze returns data compressed, until it is called again.
func (p *press) squeeze(data io.Reader) ([]byte, error) {
	p.buf.Reset()
	p.zip.Reset(&p.buf)
	if _, err := io.Copy(p.zip, data); err != nil {
		return nil, err
	}
	if err := p.zip.Close(); err != nil {
		return nil, err
	}
	return p.buf.Bytes(), nil
}

// stream returns the dictionary of an object that is a stream, without its
// end, and the stream, both compressed. Pictures stay as they are.
func (p *press) stream(dict, stream []byte) (newDict, data []byte, err error) {
	const filter = "/Filter /FlateDecode"
	m := p.length.FindSubmatchIndex(dict)
	if m == nil {
		return nil, nil, errShape
	}
	n, err := strconv.Atoi(string(dict[m[2]:m[3]]))
	if err != nil || n > len(stream) {
		return nil, nil, errShape
	}
	stream = stream[:n]
	var in io.Reader = bytes.NewReader(stream)
	switch {
	case bytes.Contains(dict, []byte(filter)):
		if in, err = zlib.NewReader(in); err != nil {
			return nil, nil, err
		}
	case bytes.Contains(dict, []byte("/Filter /DCTDecode")):
		return dict, stream, nil
	default:
		dict = slices.Concat(dict, []byte(filter))
	}
	data, err = p.squeeze(in)
	return slices.Concat(dict[:m[2]], strconv.AppendInt(nil, int64(len(data)), 10), dict[m[3]:]), data, err
}
