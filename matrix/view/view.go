// Package view is the report without a format: what a report says, in which
// words and in which order. Every format renders it.
package view

import (
	"io"

	"raci/matrix"
	"raci/matrix/catalog"
)

// Report is what every format renders.
type Report struct {
	Matrix      *matrix.Matrix
	Findings    matrix.Findings
	Edited      bool         // made from a matrix that was edited after it was built; every report says so
	Attachments []Attachment // files that travel within the report, where its format can carry any; their names differ

	digest  string
	answers map[string][]matrix.Answer // by the name of the selection
}

// Origin returns what a report says of a matrix that was edited, and "" of one
// that follows from a manifest.
func (r *Report) Origin() string {
	if r.Edited {
		return "made from an edited matrix, which does not follow from its manifest"
	}
	return ""
}

// Attachment is a file that travels within a report.
type Attachment struct {
	Name        string // such as matrix.json
	Type        string // media type, such as application/json
	Description string
	Write       func(w io.Writer) error // writes the content; the same bytes each time
}

// New returns the report on a matrix and the findings on it.
func New(m *matrix.Matrix, findings matrix.Findings) *Report {
	return &Report{Matrix: m, Findings: findings, answers: map[string][]matrix.Answer{}}
}

// Digest returns the digest of the matrix, which is computed once.
func (r *Report) Digest() string {
	if r.digest == "" {
		r.digest = r.Matrix.Digest()
	}
	return r.digest
}

// Answers returns how the system answers the requirements of a selection. They
// are computed once.
func (r *Report) Answers(s *catalog.Selection) []matrix.Answer {
	list, known := r.answers[s.Name]
	if !known {
		list = r.Matrix.Answers(s)
		r.answers[s.Name] = list
	}
	return list
}
