package check

import (
	"encoding/json"
	"io"

	"raci/matrix/source"
)

// FindingsSchema names the shape of the JSON output and its version. A change
// that an existing reader would notice needs a new version.
const FindingsSchema = "raci/findings/v1"

type jsonReport struct {
	Schema string     `json:"schema"`
	Files  []jsonFile `json:"files"`
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

// writeJSON writes empty lists as [], never as null.
func writeJSON(w io.Writer, r Result) error {
	out := jsonReport{Schema: FindingsSchema, Files: []jsonFile{}}
	for i := range r.Files {
		f := &r.Files[i]
		file := jsonFile{Path: f.Path, Rows: f.Rows, Gaps: f.Gaps, Findings: []jsonFinding{}, Waived: []jsonAccepted{}}
		for _, x := range f.Findings {
			file.Findings = append(file.Findings, newJSONFinding(x))
		}
		for _, x := range f.Accepted {
			file.Waived = append(file.Waived, jsonAccepted{newJSONFinding(x.Diagnostic), x.Reason})
		}
		out.Files = append(out.Files, file)
	}
	return encodeJSON(w, out)
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
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
