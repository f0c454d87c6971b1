package check

import (
	"fmt"
	"io"
	"slices"

	"raci/matrix"
	"raci/matrix/source"
)

// Output is one way to write findings.
type Output struct {
	ID          string
	Description string
	// Write writes the whole report or fails. The bytes depend on the report
	// alone, and files and findings keep its order. Whatever could not be read,
	// the report is a valid document.
	Write func(w io.Writer, r Result) error
}

// Outputs are all outputs. To add one, write a function and add a line.
var Outputs = []Output{
	{"text", "for people, with the line of the manifest", writeText},
	{"json", "for programs, schema " + FindingsSchema, writeJSON},
	{"sarif", "SARIF 2.1.0, for code scanning and editors", writeSARIF},
	{"junit", "JUnit XML, for the test reports of CI servers", writeJUnit},
	{"github", "annotations of a pull request, for GitHub Actions", writeGitHub},
}

// Result is what check found in one run.
type Result struct {
	Version string             // of raci; may be empty
	Color   bool               // whether the text may be coloured; no other output ever is
	Files   []FileFindings     // in the order in which the user named the inputs
	Errors  source.Diagnostics // what went wrong in the run and belongs to none of the inputs

	// InRepository returns the path that a file has in its repository, with
	// slashes, or an absolute path where it lies outside of it. SARIF, JUnit and
	// annotations name files like that. Without it, paths stay as they are.
	InRepository func(file string) string
	// Text returns what a file other than a manifest that was read holds, or nil.
	// SARIF looks there where a word ends. It may be nil.
	Text func(file string) []byte
}

// FileFindings is what check found in one input. Each finding names the file
// as the user can open it, and the input as Path does.
type FileFindings struct {
	Path   string // as the user wrote it; "-" is standard input
	Source []byte // what the manifest holds, for the text to quote; may be nil
	// Stored says that the input is a matrix. Its findings name places of the
	// manifest that it was made of, as they were then: SARIF, JUnit and annotations
	// place them at the input.
	Stored bool
	// Absent has the files that findings of a stored matrix name and that are not
	// here. Text and JSON place such a finding at the input as well.
	Absent   map[string]bool
	Rows     int
	Gaps     int                 // the rows without an accountable party
	Findings []source.Diagnostic // in the order in which Run returns them
	Accepted []matrix.Accepted   // those that the user accepted; they are no longer findings
	// Errors say why the input could not be read. Nothing else is known of it then.
	Errors source.Diagnostics
}

// file names the input in positions.
func (f *FileFindings) file() string {
	if f.Path == "-" {
		return "stdin"
	}
	return f.Path
}

// isAbsent reports whether the file is one of a stored matrix that is not here.
func (f *FileFindings) isAbsent(file string) bool {
	return f.Stored && f.Absent[file]
}

// failed reports whether the input could not be read.
func (f *FileFindings) failed() bool { return len(f.Errors) > 0 }

// AllErrors are the errors of the run and of the inputs that could not be read,
// sorted by place, each once.
func (r Result) AllErrors() source.Diagnostics {
	all := slices.Clone(r.Errors)
	for _, f := range r.Files {
		all = append(all, f.Errors...)
	}
	return all.Sorted()
}

// inRepository returns the result with each file named as in its repository.
func (r Result) inRepository() Result {
	if r.InRepository == nil {
		return r
	}
	from := map[string]string{}
	rename := func(file string) string {
		name := r.InRepository(file)
		from[name] = file
		return name
	}
	text := r.Text
	r.Text = func(file string) []byte {
		if text == nil {
			return nil
		}
		return text(from[file])
	}
	r.Files = slices.Clone(r.Files)
	for i := range r.Files {
		r.Files[i].rename(rename)
	}
	return r
}

// rename renames the files of the input and of what was found in it. Standard
// input is no file.
func (f *FileFindings) rename(name func(string) string) {
	stdin := f.Path == "-"
	at := func(at source.Pos) source.Pos {
		if at.File != "" && !(stdin && at.File == f.file()) {
			at.File = name(at.File)
		}
		return at
	}
	renamed := func(x source.Diagnostic) source.Diagnostic {
		x.At = at(x.At)
		x.Related = slices.Clone(x.Related)
		for i := range x.Related {
			x.Related[i].At = at(x.Related[i].At)
		}
		return x
	}
	f.Findings, f.Accepted, f.Errors = slices.Clone(f.Findings), slices.Clone(f.Accepted), slices.Clone(f.Errors)
	for i := range f.Findings {
		f.Findings[i] = renamed(f.Findings[i])
	}
	for i := range f.Accepted {
		f.Accepted[i].Diagnostic = renamed(f.Accepted[i].Diagnostic)
	}
	for i := range f.Errors {
		f.Errors[i] = renamed(f.Errors[i])
	}
	if !stdin {
		f.Path = name(f.Path)
	}
}

// RunRules name what outputs report about a run and not about a matrix. No
// manifest can choose or waive them.
var RunRules = []Rule{
	{ID: "bad-input", Severity: source.Error, Title: "an input that cannot be read",
		Meaning: "A manifest, or a file that it names, is missing or has a mistake in its form, so nothing is known about its matrix. The findings are those of the other inputs alone.",
		Fix:     "correct the file at the place that the message names",
		Before:  "services: [{use: s3, owner: nobody}]", After: "parties: {data: Data Team}\nservices: [{use: s3, owner: data}]"},
	{ID: "findings-left-out", Severity: source.Error, Title: "more findings than the consumers of the format take",
		Meaning: "Code scanning stores 5,000 results of a run and refuses a file with more than 25,000, so SARIF has the worst 5,000. The other outputs have all findings.",
		Fix:     "fix what most findings have in common, such as a missing accountable under defaults, or check fewer inputs in one run",
		Before:  "defaults: {informed: [grc]}", After: "defaults: {accountable: ciso, informed: [grc]}"},
}

// Describe returns the rule of Rules or RunRules with this id, or nil.
func Describe(id string) *Rule {
	if r := Find(id); r != nil {
		return r
	}
	if i := slices.IndexFunc(RunRules, func(r Rule) bool { return r.ID == id }); i >= 0 {
		return &RunRules[i]
	}
	return nil
}

// badInput makes of an error what outputs print like a finding.
func badInput(x source.Diagnostic) source.Diagnostic {
	x.Rule, x.Severity = RunRules[0].ID, source.Error
	return x
}

// ruleOf returns the rule of a finding. One that is not in Rules, such as a
// rule of LintCatalog, is known by its finding alone.
func ruleOf(x source.Diagnostic) Rule {
	if r := Describe(x.Rule); r != nil {
		return *r
	}
	return Rule{ID: x.Rule, Severity: x.Severity, Title: "findings of the rule " + x.Rule, Fix: x.Hint}
}

// reportedRules returns Rules, and behind them the other rules that have a
// finding, in the order of these.
func reportedRules(r Result) []Rule {
	rules := slices.Clone(Rules)
	known := map[string]bool{}
	for _, rule := range rules {
		known[rule.ID] = true
	}
	add := func(x source.Diagnostic) {
		if !known[x.Rule] {
			known[x.Rule] = true
			rules = append(rules, ruleOf(x))
		}
	}
	for _, f := range r.Files {
		for _, x := range f.Findings {
			add(x)
		}
		for _, x := range f.Accepted {
			add(x.Diagnostic)
		}
	}
	return rules
}

// withRow returns the message and the row that it is about, for outputs whose
// readers have no place of their own for the row.
func withRow(x source.Diagnostic) string {
	if x.Row == "" {
		return x.Message
	}
	return x.Message + " (row " + x.Row + ")"
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
