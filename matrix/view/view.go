// Package view is the report without a format: what a report says, in which
// words and in which order. Every format renders it and adds nothing to what is
// said.
//
// # The walk
//
// New takes a matrix and the findings on it. Sections returns what the report
// is made of, in its order: each section is made of tables, tables of rows, rows
// of cells, cells of lines, and a line has a text, a tone and a link. None of
// them knows a format: a column says what it holds and about how many characters
// it needs, a tone says what a line is about, and a link names its target.
//
// What only one format can do stays there: the wide table of the matrix, the
// grid of splits, the pages for parties, charts. Such a renderer takes its words
// from the functions of this package, MatrixColumns among them.
//
// # To add a section
//
// Write a function from *Report to *Section, and add a line to the list
// sections. It then stands in every format that has sections. The goldens in
// testdata show what a reader gets: see Dump.
package view

import (
	"io"
	"sync"
	"sync/atomic"

	"raci/matrix"
	"raci/matrix/catalog"
)

// Report is what every format renders. Several formats can render it at the same
// time; what more than one needs is computed once.
type Report struct {
	Matrix      *matrix.Matrix
	Findings    matrix.Findings
	Edited      bool         // made from a matrix that was edited after it was built; every report says so
	Attachments []Attachment // files that travel within the report, where its format can carry any; their names differ

	title    string // instead of the matrix's own
	digest   func() string
	answers  *answers
	names    map[string]string        // of parties, by id
	entries  map[string]*matrix.Entry // by name
	labels   map[string]string        // of entries, by name
	services map[string]string        // names, by id
	duties   func() []*GridDuty
	letters  func() map[string][4]int // counted, by party
	sources  func() *sources
	lettered *atomic.Pointer[lettered]
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
	r := &Report{Matrix: m, Findings: findings, answers: &answers{index: sync.OnceValue(m.AnswerIndex), lists: map[string]func() []matrix.Answer{}}, lettered: &atomic.Pointer[lettered]{}, names: map[string]string{},
		entries: map[string]*matrix.Entry{}, labels: map[string]string{}, services: map[string]string{}}
	for _, p := range m.Parties {
		r.names[p.ID] = p.Name
	}
	for i := range m.Entries {
		e := &m.Entries[i]
		r.entries[e.Name], r.labels[e.Name] = e, ServiceLabel(e)
		r.services[e.Service] = e.ServiceName
	}
	r.digest = sync.OnceValue(m.Digest)
	r.duties = sync.OnceValue(r.collectDuties)
	r.letters = sync.OnceValue(r.countLetters)
	r.sources = sync.OnceValue(r.collectSources)
	return r
}

// Titled returns the report under another title, for a document that holds another
// selection of it.
func (r *Report) Titled(title string) *Report {
	titled := *r
	titled.title = title
	return &titled
}

// Digest returns the digest of the matrix.
func (r *Report) Digest() string { return r.digest() }

// answers are how the system answers the requirements of the selections.
type answers struct {
	index func() *matrix.AnswerIndex
	mu    sync.Mutex
	lists map[string]func() []matrix.Answer // by the name of the selection
}

// Answers returns how the system answers the requirements of a selection.
func (r *Report) Answers(s *catalog.Selection) []matrix.Answer {
	r.answers.mu.Lock()
	list, known := r.answers.lists[s.Name]
	if !known {
		list = sync.OnceValue(func() []matrix.Answer { return r.answers.index().Answers(s) })
		r.answers.lists[s.Name] = list
	}
	r.answers.mu.Unlock()
	return list()
}

// Entry returns the entry with this name, or nil for the duties of the provider
// and the organization.
func (r *Report) Entry(name string) *matrix.Entry { return r.entries[name] }
