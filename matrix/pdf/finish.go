package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
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

// finish rewrites the library's document: streams are compressed well, with
// one compressor for all, the catalog gets its extras, and the trailer an
// identifier that follows from the content. The header says 1.4, as the
// extras need it.
func finish(pdf []byte) ([]byte, error) {
	objects, trailer, err := parse(pdf)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Grow(len(pdf) / 2)
	out.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(objects)+1)
	c := newPress()
	for _, o := range objects {
		offsets[o.number] = out.Len()
		if err := c.write(&out, o.body); err != nil {
			return nil, err
		}
	}
	sum := sha256.Sum256(out.Bytes())
	xref := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets))
	for _, at := range offsets[1:] {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer\n<<\n%s/ID [<%x> <%x>]\n>>\nstartxref\n%d\n%%%%EOF\n", trailer, sum[:16], sum[:16], xref)
	return out.Bytes(), nil
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

func newPress() *press {
	p := &press{length: regexp.MustCompile(`/Length (\d+)`)}
	p.zip, _ = zlib.NewWriterLevel(&p.buf, 7) // the level is valid
	return p
}

// write writes an object with its stream compressed.
func (p *press) write(out *bytes.Buffer, body []byte) error {
	const filter, catalog = "/Filter /FlateDecode", "/Type /Catalog\n"
	dict, stream, ok := bytes.Cut(body, []byte(">>\nstream\n"))
	if !ok {
		if at := bytes.Index(body, []byte(catalog)); at >= 0 && len(body) < 1000 {
			at += len(catalog)
			body = slices.Concat(body[:at], []byte(extras), body[at:])
		}
		out.Write(body)
		return nil
	}
	m := p.length.FindSubmatchIndex(dict)
	if m == nil {
		return errShape
	}
	n, err := strconv.Atoi(string(dict[m[2]:m[3]]))
	if err != nil || n > len(stream) {
		return errShape
	}
	stream = stream[:n]
	p.buf.Reset()
	p.zip.Reset(&p.buf)
	if bytes.Contains(dict, []byte(filter)) {
		r, err := zlib.NewReader(bytes.NewReader(stream))
		if err != nil {
			return err
		}
		if _, err := io.Copy(p.zip, r); err != nil {
			return err
		}
	} else {
		p.zip.Write(stream) // into memory: never fails
		dict = slices.Concat(dict, []byte(filter))

	}
	if err := p.zip.Close(); err != nil {
		return err
	}
	out.Write(dict[:m[2]])
	out.WriteString(strconv.Itoa(p.buf.Len()))
	out.Write(dict[m[3]:])
	out.WriteString(">>\nstream\n")
	out.Write(p.buf.Bytes())
	out.WriteString("\nendstream\nendobj\n")
	return nil
}
