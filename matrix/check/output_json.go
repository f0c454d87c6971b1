package check

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"slices"

	"raci/matrix/source"
)

// FindingsSchema names the shape of the JSON output and its version. A change
// that an existing reader would notice needs a new version.
const FindingsSchema = "raci/findings/v2"

type jsonError struct {
	Input   string `json:"input"` // as the user named it; "" for what belongs to none
	File    string `json:"file"`  // the input, or a file that it names
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	Message string `json:"message"`
	Fix     string `json:"fix"`
}

type jsonFinding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	File     string `json:"file"`
	Line     int    `json:"line"` // 0 where it is not known
	Col      int    `json:"col"`  // in characters, from 1; 0 where it is not known
	Row      string `json:"row"`
	Message  string `json:"message"`
	Fix      string `json:"fix"`
	// Related are other places that have to do with the finding.
	Related []jsonRelated `json:"related"`
}

type jsonRelated struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	Message string `json:"message"`
}

type jsonAccepted struct {
	jsonFinding
	Reason string `json:"reason"`
}

// writeJSON writes empty lists as [], never as null. It names files as the user
// can open them from where raci ran. There may be a great many findings: each is
// written before the next is made.
func writeJSON(w io.Writer, r Result) error {
	out := &jsonOutput{w: bufio.NewWriter(w)}
	errors := []jsonError{}
	out.raw("{\n  \"schema\": \"" + FindingsSchema + "\",\n  \"files\": ")
	read := slices.DeleteFunc(slices.Clone(r.Files), func(f FileFindings) bool { return f.failed() })
	out.list("  ", len(read), func(i int) { out.file(&read[i]) })
	for i := range r.Files {
		errors = addErrors(errors, r.Files[i].Path, r.Files[i].Errors)
	}
	errors = addErrors(errors, "", r.Errors)
	out.raw(",\n  \"errors\": ")
	out.list("  ", len(errors), func(i int) { out.value("    ", errors[i]) })
	out.raw("\n}\n")
	if out.err != nil {
		return out.err
	}
	return out.w.Flush()
}

func addErrors(list []jsonError, input string, errors source.Diagnostics) []jsonError {
	for _, x := range errors {
		list = append(list, jsonError{input, x.At.File, x.At.Line, x.At.Col, x.Message, x.Hint})
	}
	return list
}

// newJSONFinding places at the input what names a file that is not here.
func (f *FileFindings) newJSONFinding(x source.Diagnostic) jsonFinding {
	if f.isAbsent(x.At.File) {
		g := group{Diagnostic: x, all: []source.Diagnostic{x}}
		g.placeAt(f.file())
		x = g.all[0]
		x.Message = withPlace(x.Message, g.recorded)
	}
	related := []jsonRelated{}
	for _, r := range x.Related {
		related = append(related, jsonRelated{r.At.File, r.At.Line, r.At.Col, r.Message})
	}
	return jsonFinding{x.Rule, string(x.Severity), x.At.File, x.At.Line, x.At.Col, x.Row, x.Message, x.Hint, related}
}

// jsonOutput writes JSON piece by piece, and keeps the first error.
type jsonOutput struct {
	w   *bufio.Writer
	err error
}

func (o *jsonOutput) raw(text string) {
	if o.err == nil {
		_, o.err = o.w.WriteString(text)
	}
}

// value writes a value whose first line is begun, and the others behind an indent.
func (o *jsonOutput) value(indent string, v any) {
	if o.err != nil {
		return
	}
	text, err := encodeJSON(indent, v)
	if o.err = err; err == nil {
		_, o.err = o.w.Write(text)
	}
}

// member writes a member of an object.
func (o *jsonOutput) member(indent, key string, v any) {
	o.raw(indent + `"` + key + `": `)
	o.value(indent, v)
	o.raw(",\n")
}

// list writes n items, each on lines of its own below an indent.
func (o *jsonOutput) list(indent string, n int, item func(i int)) {
	o.raw("[")
	for i := range n {
		if i > 0 {
			o.raw(",")
		}
		o.raw("\n" + indent + "  ")
		item(i)
	}
	if n > 0 {
		o.raw("\n" + indent)
	}
	o.raw("]")
}

// file writes what was found in an input that could be read.
func (o *jsonOutput) file(f *FileFindings) {
	const in, items = "      ", "        "
	o.raw("{\n")
	o.member(in, "path", f.Path)
	o.member(in, "rows", f.Rows)
	o.member(in, "gaps", f.Gaps)
	o.raw(in + `"findings": `)
	o.list(in, len(f.Findings), func(i int) { o.value(items, f.newJSONFinding(f.Findings[i])) })
	o.raw(",\n" + in + `"waived": `)
	o.list(in, len(f.Accepted), func(i int) {
		o.value(items, jsonAccepted{f.newJSONFinding(f.Accepted[i].Diagnostic), f.Accepted[i].Reason})
	})
	o.raw("\n    }")
}

// encodeJSON returns a value as JSON in which no CI server finds a command, and which
// no terminal takes for more than text. It leaves <, > and & as they are: the output
// is not part of a page.
func encodeJSON(indent string, v any) ([]byte, error) {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent(indent, "  ")
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	out := bytes.TrimSuffix(text.Bytes(), []byte("\n"))
	return source.InertJSON(out), nil
}
