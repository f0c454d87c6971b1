package check

import (
	"encoding/xml"
	"fmt"
	"io"
	"path/filepath"
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
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
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

// writeJUnit writes a test suite for each manifest and in it a test case for
// each rule. Errors and warnings fail it; notes and what was waived do not.
func writeJUnit(w io.Writer, r Result) error {
	out := junitSuites{Name: "raci check"}
	rules := reportedRules(r)
	for i := range r.Files {
		suite := newJUnitSuite(&r.Files[i], rules)
		out.Tests += suite.Tests
		out.Failures += suite.Failures
		out.Suites = append(out.Suites, suite)
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

func newJUnitSuite(f *FileFindings, rules []Rule) junitSuite {
	// A class with a dot is taken apart into package and class.
	class := strings.TrimSuffix(f.file(), filepath.Ext(f.file()))
	suite := junitSuite{Name: f.file(), Tests: len(rules), Properties: []junitProperty{
		{"rows", fmt.Sprint(f.Rows)}, {"gaps", fmt.Sprint(f.Gaps)},
	}}
	findings, accepted := f.byRule()
	for _, rule := range rules {
		c := newJUnitCase(rule, findings[rule.ID], accepted[rule.ID])
		c.Class = class
		if c.Failure != nil {
			suite.Failures++
		}
		suite.Cases = append(suite.Cases, c)
	}
	return suite
}

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
func newJUnitCase(rule Rule, findings []source.Diagnostic, accepted []matrix.Accepted) junitCase {
	var failures, out []string
	var worst source.Diagnostic
	for _, x := range findings {
		if x.Severity == source.Note {
			out = append(out, junitLine(x))
			continue
		}
		if len(failures) == 0 || rank(x.Severity) < rank(worst.Severity) {
			worst = x
		}
		failures = append(failures, junitLine(x))
	}
	for _, x := range accepted {
		out = append(out, strings.TrimSuffix("waived: "+junitLine(x.Diagnostic)+"; "+x.Reason, "; "))
	}
	c := junitCase{Name: rule.ID}
	if n := len(failures); n > 0 {
		message := worst.Message
		if n > 1 {
			message = fmt.Sprintf("%s: %s", rule.Title, counted(n, "finding"))
		}
		c.Failure = &junitFailure{message, string(worst.Severity), *newJUnitText(append(failures, oneLiners(hints(findings))...))}
	}
	if len(out) > 0 {
		c.Out = newJUnitText(out)
	}
	return c
}

func junitLine(x source.Diagnostic) string {
	return fmt.Sprintf("%s: %s: %s", position(x.At), x.Severity, withRow(x))
}

// newJUnitText escapes the lines. EscapeText replaces what XML cannot hold at
// all, but it also writes the breaks between the lines as references.
func newJUnitText(lines []string) *junitText {
	var b strings.Builder
	for _, line := range lines {
		b.WriteByte('\n')
		xml.EscapeText(&b, []byte(line)) // a Builder returns no error
	}
	b.WriteByte('\n')
	return &junitText{b.String()}
}
