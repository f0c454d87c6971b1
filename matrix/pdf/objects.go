package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"raci/matrix/view"
)

// packed is how many objects share a stream.
const packed = 200

// place says where an object is: at an offset of the document, or within a
// stream of objects.
type place struct {
	offset int
	within int // number of the stream, or 0
	index  int
}

// objectWriter writes the objects of a document.
type objectWriter struct {
	*press
	out       bytes.Buffer
	contents  [][]byte // of the pages that are still to come, compressed
	toUnicode []byte   // of every font
	places    []place  // by number
	small     []object
	names     [2][]string // the library's of fonts and pictures, in the order of their first use
}

// write writes a stream, and keeps whatever else is small for pack.
func (b *objectWriter) write(o object, names string) error {
	dict, stream, ok := bytes.Cut(o.body, []byte(">>\nstream\n"))
	if ok {
		switch {
		case bytes.HasPrefix(stream, []byte("/CIDInit")):
			stream = b.toUnicode
			dict = fmt.Appendf(nil, "%d 0 obj\n<</Length %d", o.number, len(stream))
		case bytes.Count(dict, []byte("/")) == 1: // the content of a page
			return b.content(o.number, stream)
		}
		dict, data, err := b.stream(dict, stream)
		if err != nil {
			return err
		}
		b.places[o.number] = place{offset: b.out.Len()}
		b.out.Write(dict)
		b.out.WriteString(">>\nstream\n")
		b.out.Write(data)
		b.out.WriteString("\nendstream\nendobj\n")
		return nil
	}
	const catalog = "/Type /Catalog\n"
	body := bytes.TrimPrefix(o.body, fmt.Appendf(nil, "%d 0 obj\n", o.number))
	body, ok = bytes.CutSuffix(bytes.TrimSpace(body), []byte("endobj"))
	if !ok {
		return errShape
	}
	if bytes.Contains(body, []byte(catalog)) && len(body) < 1000 {
		body = bytes.Replace(body, []byte(catalog), []byte(catalog+extras), 1)
		body = emptyNames.ReplaceAll(body, []byte(names))
		// Not packed, so that the simplest program can read the language.
		b.places[o.number] = place{offset: b.out.Len()}
		fmt.Fprintf(&b.out, "%d 0 obj\n%sendobj\n", o.number, body)
		return nil
	}
	if bytes.Contains(body, []byte("/Font <<")) {
		body = b.shortNames(body)
	}
	b.small = append(b.small, object{o.number, body})
	if len(b.small) == packed {
		return b.pack()
	}
	return nil
}

// content writes the content of the next page in place of the library's.
func (b *objectWriter) content(number int, old []byte) error {
	if len(b.contents) == 0 {
		return errShape
	}
	b.shortNames(old) // in the order in which the first page uses them
	b.places[number] = place{offset: b.out.Len()}
	fmt.Fprintf(&b.out, "%d 0 obj\n<</Length %d/Filter /FlateDecode>>\nstream\n", number, len(b.contents[0]))
	b.out.Write(b.contents[0])
	b.out.WriteString("\nendstream\nendobj\n")
	b.contents = b.contents[1:]
	return nil
}

// longName is a name that the library gives to a font or a picture.
var longName = regexp.MustCompile(`/([FI])([0-9a-f]{40}) `)

// shortNames replaces the long names by those that the contents use.
func (b *objectWriter) shortNames(data []byte) []byte {
	return longName.ReplaceAllFunc(data, func(m []byte) []byte {
		kind, name := bytes.IndexByte([]byte("FI"), m[1]), string(m[2:])
		n := slices.Index(b.names[kind], name)
		if n < 0 {
			n = len(b.names[kind])
			b.names[kind] = append(b.names[kind], name)
		}
		return fmt.Appendf(nil, "/%c%d ", m[1], n)
	})
}

// emptyNames is what the library writes for the attachments that it has not.
var emptyNames = regexp.MustCompile(`/Names <<\s*/EmbeddedFiles << /Names \[\s*\] >>\s*>>\s*`)

// pack writes the objects that were kept, as one stream.
func (b *objectWriter) pack() error {
	if len(b.small) == 0 {
		return nil
	}
	number := len(b.places)
	var index, bodies bytes.Buffer
	for i, o := range b.small {
		fmt.Fprintf(&index, "%d %d ", o.number, bodies.Len())
		bodies.Write(o.body)
		b.places[o.number] = place{within: number, index: i}
	}
	first := index.Len()
	index.Write(bodies.Bytes())
	n := len(b.small)
	b.small = b.small[:0]
	return b.add(fmt.Sprintf("/Type /ObjStm /N %d /First %d", n, first), index.Bytes())
}

// add writes a new stream under the next number.
func (b *objectWriter) add(keys string, data []byte) error {
	data, err := b.squeeze(bytes.NewReader(data))
	if err != nil {
		return err
	}
	b.addSqueezed(keys, data)
	return nil
}

// addSqueezed writes a new stream that is compressed already.
func (b *objectWriter) addSqueezed(keys string, data []byte) {
	b.places = append(b.places, place{offset: b.out.Len()})
	fmt.Fprintf(&b.out, "%d 0 obj\n<<%s /Length %d /Filter /FlateDecode>>\nstream\n", len(b.places)-1, keys, len(data))
	b.out.Write(data)
	b.out.WriteString("\nendstream\nendobj\n")
}

// attachment is a file that travels within the document.
type attachment struct {
	view.Attachment
	data []byte // compressed
	size int    // of the file itself
}

// squeezeFiles compresses the files, and returns them by name.
func (p *press) squeezeFiles(files []view.Attachment) ([]attachment, error) {
	files = slices.Clone(files)
	slices.SortStableFunc(files, func(x, y view.Attachment) int { return strings.Compare(x.Name, y.Name) })
	var list []attachment
	for _, f := range files {
		data, size, err := p.squeezeFrom(f.Write)
		if err != nil {
			return nil, err
		}
		list = append(list, attachment{f, bytes.Clone(data), size})
	}
	return list, nil
}

// attach writes the attachments, and returns the keys of the catalog that
// lead to them.
func (b *objectWriter) attach(files []attachment) (names string) {
	if len(files) == 0 {
		return ""
	}
	var tree, list strings.Builder
	for _, f := range files {
		b.addSqueezed(fmt.Sprintf("/Type /EmbeddedFile /Subtype /%s /Params <</Size %d>>", pdfName(f.Type), f.size), f.data)
		stream, spec, name := len(b.places)-1, len(b.places), pdfString(f.Name)
		b.places = append(b.places, place{})
		b.small = append(b.small, object{spec, fmt.Appendf(nil, "<</Type /Filespec /F %s /UF %s /Desc %s /AFRelationship /Data /EF <</F %d 0 R /UF %d 0 R>>>>\n",
			name, name, pdfString(f.Description), stream, stream)})
		fmt.Fprintf(&tree, "%s %d 0 R ", name, spec)
		fmt.Fprintf(&list, "%d 0 R ", spec)
	}
	return fmt.Sprintf("/Names <</EmbeddedFiles <</Names [%s]>>>>\n/AF [%s]\n", tree.String(), list.String())
}

// pdfName writes what a name in a document may not hold as numbers.
func pdfName(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c > '~' || strings.IndexByte("#/()<>[]{}%", c) >= 0 {
			fmt.Fprintf(&b, "#%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// pdfString writes a text as UTF-16.
func pdfString(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, r := range s {
		if r > 0xffff {
			r = box
		}
		fmt.Fprintf(&b, "%04X", r)
	}
	return b.String() + ">"
}

// close writes the table of the objects and ends the document.
func (b *objectWriter) close(trailer []byte) ([]byte, error) {
	keys := trailerSize.ReplaceAll(trailer, nil)
	sum := sha256.Sum256(b.out.Bytes())
	at := b.out.Len()
	b.places = append(b.places, place{offset: at}) // of the table itself
	table := []byte{0, 0, 0, 0, 0, 0xff, 0xff}
	for _, p := range b.places[1:] {
		if p.within > 0 {
			table = append(binary.BigEndian.AppendUint32(append(table, 2), uint32(p.within)), byte(p.index>>8), byte(p.index))
		} else {
			table = append(binary.BigEndian.AppendUint32(append(table, 1), uint32(p.offset)), 0, 0)
		}
	}
	n := len(b.places)
	b.places = b.places[:n-1]
	err := b.add(fmt.Sprintf("/Type /XRef /W [1 4 2] /Size %d %s /ID [<%x> <%x>]", n, bytes.TrimSpace(keys), sum[:16], sum[:16]), table)
	fmt.Fprintf(&b.out, "startxref\n%d\n%%%%EOF\n", at)
	return b.out.Bytes(), err
}

var trailerSize = regexp.MustCompile(`/Size \d+\n`)

// toUnicode says to a reader which letters the characters of a font stand for:
// themselves, but for the forms of Arabic letters.
func toUnicode() []byte {
	var chars []string
	for _, span := range append(formRanges[:], [2]rune{lamAlef, lamAlefTo}) {
		for r := span[0]; r <= span[1]; r++ {
			var hex strings.Builder
			for _, letter := range plainLetter(r) {
				fmt.Fprintf(&hex, "%04X", letter)
			}
			chars = append(chars, fmt.Sprintf("<%04X> <%s>\n", r, hex.String()))
		}
	}
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n<</Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0\n>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n" +
		"1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange\n")
	for part := range slices.Chunk(chars, 100) {
		fmt.Fprintf(&b, "%d beginbfchar\n%sendbfchar\n", len(part), strings.Join(part, ""))
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	return b.Bytes()
}
