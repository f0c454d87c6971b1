package check

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/source"
)

// There is no standard for JUnit's XML. These are the elements that the
// schema of Jenkins and the parsers of GitLab and Azure have in common.
type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string           `xml:"name,attr"`
	Tests      int              `xml:"tests,attr"`
	Failures   int              `xml:"failures,attr"`
	Errors     int              `xml:"errors,attr"`
	Skipped    int              `xml:"skipped,attr"`
	Properties *junitProperties `xml:"properties"` // what is written has at least one
	Cases      []junitCase      `xml:"testcase"`
}

type junitProperties struct {
	Properties []junitProperty `xml:"property"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Error   *junitFailure `xml:"error"`
	Failure *junitFailure `xml:"failure"`
	Out     *junitText    `xml:"system-out"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	junitText
}

type junitText struct {
	Text string `xml:",innerxml"` // escaped by newJUnitText
}

// junitGroups is how many groups of findings a test case lists. GitLab takes no
// file of more than 30 MB, and no text of more than 10.
const junitGroups = 500

// writeJUnit writes a test suite for each input and in it a test case for each
// rule. Errors and warnings fail it; notes and what was waived do not. An input
// that could not be read has one test case, with an error; the others have that
// case too, so that a test report can say that it was mended.
func writeJUnit(w io.Writer, r Result) error {
	r = r.inRepository()
	out := junitSuites{Name: "raci check"}
	rules := reportedRules(r)
	taken := map[string]bool{}
	for i := range r.Files {
		f := &r.Files[i]
		out.add(newJUnitSuite(f, junitName(f.file(), taken), rules))
	}
	if len(r.Errors) > 0 {
		out.add(junitFailedSuite(junitName("raci check", taken), r.Errors))
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (s *junitSuites) add(suite junitSuite) {
	s.Tests += suite.Tests
	s.Failures += suite.Failures
	s.Errors += suite.Errors
	s.Suites = append(s.Suites, suite)
}

func newJUnitSuite(f *FileFindings, name string, rules []Rule) junitSuite {
	class := junitClass.Replace(name)
	if f.failed() {
		return junitFailedSuite(name, f.Errors)
	}
	suite := junitSuite{Name: name, Tests: 1 + len(rules), Properties: &junitProperties{[]junitProperty{
		{"rows", fmt.Sprint(f.Rows)}, {"gaps", fmt.Sprint(f.Gaps)},
	}}, Cases: []junitCase{{Class: class, Name: RunRules[0].ID}}}
	findings, accepted := f.byRule()
	for _, rule := range rules {
		c := f.newJUnitCase(rule, findings[rule.ID], accepted[rule.ID])
		c.Class = class
		if c.Failure != nil {
			suite.Failures++
		}
		suite.Cases = append(suite.Cases, c)
	}
	return suite
}

func junitFailedSuite(name string, errors source.Diagnostics) junitSuite {
	message := errors[0].Message
	if len(errors) > 1 {
		message = counted(len(errors), "error")
	}
	var lines []string
	for _, x := range errors[:min(len(errors), junitGroups)] {
		lines = append(lines, x.String())
	}
	if rest := len(errors) - len(lines); rest > 0 {
		lines = append(lines, "... and "+counted(rest, "more error"))
	}
	failure := &junitFailure{source.OneLine(message), string(source.Error), *newJUnitText(lines)}
	return junitSuite{Name: name, Tests: 1, Errors: 1, Cases: []junitCase{{Class: junitClass.Replace(name), Name: RunRules[0].ID, Error: failure}}}
}

// junitName returns the name of the suite of an input. Of two with one name, such
// as a file and a link to it, consumers show but one.
func junitName(file string, taken map[string]bool) string {
	name := source.OneLine(file)
	unique := name
	for n := 2; taken[unique]; n++ {
		unique = fmt.Sprintf("%s (%d)", name, n)
	}
	taken[unique] = true
	return unique
}

// junitClass makes of the name of a suite that of the class of its test cases. A
// class with a dot is taken apart into package and class, so that a dot in the
// middle of the line stands for it; and of two test cases with equal names in classes
// with equal names GitLab shows but one, so that different names stay different.
var junitClass = strings.NewReplacer(".", "·", "·", "%B7", "%", "%25")

func (f *FileFindings) byRule() (findings map[string][]source.Diagnostic, accepted map[string][]matrix.Accepted) {
	findings, accepted = map[string][]source.Diagnostic{}, map[string][]matrix.Accepted{}
	for _, x := range f.Findings {
		findings[x.Rule] = append(findings[x.Rule], x)
	}
	for _, x := range f.Accepted {
		accepted[x.Rule] = append(accepted[x.Rule], x)
	}
	return findings, accepted
}

// newJUnitCase writes one failure however many findings there are: Jenkins
// keeps but one of several.
func (f *FileFindings) newJUnitCase(rule Rule, findings []source.Diagnostic, accepted []matrix.Accepted) junitCase {
	var failed, notes []source.Diagnostic
	for _, x := range findings {
		if x.Severity == source.Note {
			notes = append(notes, x)
		} else {
			failed = append(failed, x)
		}
	}
	c := junitCase{Name: source.OneLine(rule.ID)}
	if n := len(failed); n > 0 {
		worst := slices.MinFunc(failed, func(a, b source.Diagnostic) int { return rank(a.Severity) - rank(b.Severity) })
		message := worst.Message
		if n > 1 {
			message = fmt.Sprintf("%s: %s", rule.Title, counted(n, "finding"))
		}
		c.Failure = &junitFailure{source.OneLine(message), string(worst.Severity), *newJUnitText(append(f.junitLines(failed), oneLiners(hints(failed))...))}
	}
	if out := append(f.junitLines(notes), f.junitWaived(accepted)...); len(out) > 0 {
		c.Out = newJUnitText(out)
	}
	return c
}

// junitLines has a line for each group of findings, and below it the first of
// its rows.
func (f *FileFindings) junitLines(findings []source.Diagnostic) []string {
	var lines []string
	groups := f.placed(grouped(findings))
	left := len(findings)
	for _, g := range groups[:min(len(groups), junitGroups)] {
		left -= len(g.all)
		text := withPlace(withRow(g.Diagnostic), g.recorded)
		if len(g.all) > 1 {
			text = g.headline()
		}
		lines = append(lines, fmt.Sprintf("%s: %s: %s", position(g.At), g.Severity, text))
		if len(g.all) > 1 {
			for _, n := range g.details() {
				lines = append(lines, "  "+n.String())
			}
		}
	}
	if left > 0 {
		lines = append(lines, "... and "+counted(left, "more finding"))
	}
	return lines
}

func (f *FileFindings) junitWaived(accepted []matrix.Accepted) []string {
	var lines []string
	for _, x := range accepted[:min(len(accepted), junitGroups)] {
		g := f.placed([]group{{Diagnostic: x.Diagnostic, all: []source.Diagnostic{x.Diagnostic}}})[0]
		line := fmt.Sprintf("waived: %s: %s: %s; %s", position(g.At), x.Severity, withPlace(withRow(x.Diagnostic), g.recorded), x.Reason)
		lines = append(lines, strings.TrimSuffix(line, "; "))
	}
	if rest := len(accepted) - len(lines); rest > 0 {
		lines = append(lines, "waived: ... and "+counted(rest, "more finding"))
	}
	return lines
}

// newJUnitText escapes the lines. EscapeText replaces what XML cannot hold at
// all, but it also writes the breaks between the lines as references.
func newJUnitText(lines []string) *junitText {
	var b strings.Builder
	for _, line := range lines {
		b.WriteByte('\n')
		xml.EscapeText(&b, []byte(source.OneLine(line))) // a Builder returns no error
	}
	b.WriteByte('\n')
	return &junitText{b.String()}
}
