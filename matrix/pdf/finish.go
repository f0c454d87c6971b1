package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strconv"
)

// finish adds what the library cannot write: the language, that a viewer
// shows the title in place of the file name, and an identifier. The catalog
// is the last object before the cross-reference table, so growing it moves
// nothing but that table. A document of any other shape is returned as it is.
func finish(pdf []byte, digest string) []byte {
	const before, startMark = "\n>>\nendobj\nxref\n", "startxref\n"
	xref := bytes.LastIndex(pdf, []byte(before))
	start := bytes.LastIndex(pdf, []byte(startMark))
	trailer := bytes.LastIndex(pdf, []byte("trailer\n<<\n"))
	if xref < 0 || trailer < xref || start < trailer || !bytes.Contains(pdf[max(0, xref-400):xref], []byte("/Type /Catalog")) {
		return pdf
	}
	table := xref + len(before) - len("xref\n")
	end := bytes.IndexByte(pdf[start+len(startMark):], '\n')
	if end < 0 || string(pdf[start+len(startMark):][:end]) != strconv.Itoa(table) {
		return pdf
	}
	extra := "\n/Lang (en)\n/ViewerPreferences <</DisplayDocTitle true>>"
	// The identifier follows from the content, so that equal documents stay equal.
	sum := sha256.Sum256(append([]byte(digest), pdf[:xref]...))
	id := fmt.Sprintf("/ID [<%x> <%x>]\n", sum[:16], sum[:16])
	keys := trailer + len("trailer\n<<\n")

	out := make([]byte, 0, len(pdf)+len(extra)+len(id)+8)
	out = append(out, pdf[:xref]...)
	out = append(out, extra...)
	out = append(out, pdf[xref:keys]...)
	out = append(out, id...)
	out = append(out, pdf[keys:start+len(startMark)]...)
	out = strconv.AppendInt(out, int64(table+len(extra)), 10)
	return append(out, pdf[start+len(startMark)+end:]...)
}
