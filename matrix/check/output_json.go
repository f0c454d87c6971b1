package check

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"raci/matrix/source"
)

// FindingsSchema names the shape of the JSON output and its version. A change
// that an existing reader would notice needs a new version.
const FindingsSchema = "raci/findings/v2"

type jsonReport struct {
	Schema string     `json:"schema"`
	Files  []jsonFile `json:"files"` // those that could be read
	// Errors say why inputs could not be read. While there are any, the findings
	// are not all.
	Errors []jsonError `json:"errors"`
}

type jsonError struct {
	Input   string `json:"input"` // as the user named it; "" for what belongs to none
	File    string `json:"file"`  // the input, or a file that it names
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	Message string `json:"message"`
	Fix     string `json:"fix"`
}

type jsonFile struct {
	Path     string         `json:"path"`
	Rows     int            `json:"rows"`
	Gaps     int            `json:"gaps"`
	Findings []jsonFinding  `json:"findings"`
	Waived   []jsonAccepted `json:"waived"`
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
// can open them from where raci ran.
func writeJSON(w io.Writer, r Result) error {
	out := jsonReport{Schema: FindingsSchema, Files: []jsonFile{}, Errors: []jsonError{}}
	for i := range r.Files {
		f := &r.Files[i]
		out.addErrors(f.Path, f.Errors)
		if f.failed() {
			continue
		}
		file := jsonFile{Path: f.Path, Rows: f.Rows, Gaps: f.Gaps, Findings: []jsonFinding{}, Waived: []jsonAccepted{}}
		for _, x := range f.Findings {
			file.Findings = append(file.Findings, newJSONFinding(x))
		}
		for _, x := range f.Accepted {
			file.Waived = append(file.Waived, jsonAccepted{newJSONFinding(x.Diagnostic), x.Reason})
		}
		out.Files = append(out.Files, file)
	}
	out.addErrors("", r.Errors)
	return encodeJSON(w, out)
}

func (r *jsonReport) addErrors(input string, errors source.Diagnostics) {
	for _, x := range errors {
		r.Errors = append(r.Errors, jsonError{input, x.At.File, x.At.Line, x.At.Col, x.Message, x.Hint})
	}
}

func newJSONFinding(x source.Diagnostic) jsonFinding {
	related := []jsonRelated{}
	for _, r := range x.Related {
		related = append(related, jsonRelated{r.At.File, r.At.Line, r.At.Col, r.Message})
	}
	return jsonFinding{x.Rule, string(x.Severity), x.At.File, x.At.Line, x.At.Col, x.Row, x.Message, x.Hint, related}
}

// encodeJSON leaves <, > and & as they are: the output is not part of a page.
func encodeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(inertJSON{w})
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// inertJSON writes JSON in which no CI server finds a command, and which no
// terminal takes for more than text. What it escapes stands in strings alone, and
// an encoder writes a value in one piece.
type inertJSON struct{ w io.Writer }

func (i inertJSON) Write(data []byte) (int, error) {
	if _, err := escapeJSON.WriteString(i.w, string(data)); err != nil {
		return 0, err
	}
	return len(data), nil
}

// escapeJSON escapes what an encoder leaves as it is.
var escapeJSON = func() *strings.Replacer {
	pairs := []string{"##", `#\u0023`}
	for r := rune(0x7F); r <= 0xFFFF; r++ {
		if source.Printable(r) != r {
			pairs = append(pairs, string(r), fmt.Sprintf(`\u%04x`, r))
		}
	}
	return strings.NewReplacer(pairs...)
}()
