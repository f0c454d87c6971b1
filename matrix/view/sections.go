package view

// sections are what a report is made of, in its order. A function returns nil
// where there is nothing to say. To add a section, write a function and add a
// line.
var sections = []func(*Report) *Section{
	documentControl,
	history,
	approval,
	state,
	attention,
	coverage,
	splits,
	controls,
	letters,
	matrixSection,
	splitGrid,
	entries,
	parties,
	requirements,
	exceptions,
	findings,
	accepted,
	sourceList,
	legend,
	method,
}

// The ids of sections that some formats render in a way of their own.
const (
	DocumentControl = "document-control"
	History         = "history"
	Approval        = "approval"
	State           = "state"
	Attention       = "attention"
	Coverage        = "coverage"
	Splits          = "splits"
	Controls        = "controls"
	LettersSection  = "letters"
	MatrixSection   = "matrix"
	SplitGrid       = "split"
	Entries         = "entries"
	Parties         = "parties"
	Requirements    = "requirements"
	Exceptions      = "exceptions"
	Findings        = "findings"
	Accepted        = "accepted"
	Sources         = "sources"
	Legend          = "legend"
	Method          = "method"
)

// Sections returns what the report is made of, in its order.
func (r *Report) Sections() []*Section {
	var list []*Section
	for _, make := range sections {
		if s := make(r); s != nil {
			list = append(list, s)
		}
	}
	return list
}
