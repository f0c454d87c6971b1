package xlsx

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/view"
)

// WriteFedRAMP writes the CIS/CRM workbook of a FedRAMP package (System
// Security Plan, Appendix J) for the baseline of FedRAMP revision 5 or NIST
// SP 800-53 revision 5 that the manifest selects: the first of
// [matrix.Matrix.AuthorizationBaselines], which an OSCAL plan is for as well. Of
// several baselines it holds the requirements of all, and a warning says so.
//
// The provider is AWS, and the customer the organization of the manifest.
// Nothing is claimed for the organization: an implementation status stands
// only where AWS performs all of a control, or where the requirement is left
// out with a reason. The findings have no place in this layout.
//
// It either writes a whole workbook or returns an error, which says what to
// write in the manifest where no baseline is selected. The workbook keeps the
// rules of [CheckFedRAMP]; should a text break one, a warning names it.
func WriteFedRAMP(w io.Writer, r *view.Report) (warnings []string, err error) {
	m := r.Matrix
	s, others, err := fedrampSelection(m)
	if err != nil {
		return nil, err
	}
	f := &fedramp{selection: s, report: r, m: m}
	answers := r.Answers(s)
	for i := range answers {
		for _, a := range statementsOf(&answers[i]) {
			f.controls = append(f.controls, f.control(a))
		}
	}
	if len(s.Baselines()) > 1 {
		warnings = append(warnings, fmt.Sprintf("the workbook is for the requirements of all baselines of %s, at the highest impact level: %s", s.Name, matrix.ImpactLevel(s)))
	}
	for _, o := range others {
		warnings = append(warnings, fmt.Sprintf("the workbook is for %s; the manifest also selects %s", s.Name, o))
	}
	warnings = append(warnings, brokenRules(f.controls, f.report.ServiceLabels())...)
	more, err := writeBook(w, r.Titled("CIS/CRM workbook of "+cmp.Or(m.System, m.Organization)), f.contents())
	return append(warnings, more...), err
}

// fedramp is a CIS/CRM workbook in the making.
type fedramp struct {
	m         *matrix.Matrix
	selection *catalog.Selection
	report    *view.Report
	controls  []control
}

// The flags of a control, in the order of their columns.
const (
	isImplemented = iota
	isPartly
	isPlanned
	isAlternative
	isNotApplicable
	byCorporate
	bySystem
	byHybrid
	byConfiguration
	byCustomer
	byBoth
	byInheritance
	flagCount
)

// firstOrigin is the first flag that says where a control comes from.
const firstOrigin = byCorporate

var flagNames = [flagCount]string{
	"Implemented", "Partially Implemented", "Planned", "Alternative Implementation", "N/A",
	"Service Provider Corporate", "Service Provider System Specific", "Service Provider Hybrid (Corporate and System Specific)",
	"Configured by Customer", "Provided by Customer", "Shared", "Inherited from pre-existing Authorization",
}

// Answers to "Can Be Inherited from CSP".
const (
	inheritYes     = "Yes"
	inheritPartial = "Partial"
	inheritNo      = "No"
)

// What the parts of a text begin with.
const (
	awsHalf      = "AWS provides:"
	customerHalf = "Customer responsibility:"
	noneOfAWS    = "Not inherited: AWS performs no part of this control for the services in use."
	apartAWS     = "Not inherited: AWS does its part of this control for its own organization, and the customer cannot lean on it."
	notAsked     = "Not applicable: "
	openControl  = "Not inherited: no duty that answers this control occurs with the services in use. Confirm that it does not apply, or describe how it is met."
)

// statementsOf returns what gets a line each: the lettered statements of a control,
// or the control itself where it has none.
func statementsOf(a *matrix.Answer) []*matrix.Answer {
	if len(a.Statements) == 0 {
		return []*matrix.Answer{a}
	}
	list := make([]*matrix.Answer, len(a.Statements))
	for i := range a.Statements {
		list[i] = &a.Statements[i]
	}
	return list
}

// control is one line of the worksheets.
type control struct {
	id     string
	flags  [flagCount]bool
	answer string
	text   []string // lines
}

// control derives a line from the answer to a requirement.
func (f *fedramp) control(a *matrix.Answer) control {
	c := control{id: paddedID(a.Requirement.ID), answer: inheritNo}
	h := f.report.AnswerText(a)
	asked := h.Asked || h.Operator
	switch {
	case a.Excluded != "":
		c.flags[isNotApplicable] = true
		c.text = []string{notAsked + oneLine(a.Excluded)}
	case len(h.AWS) > 0 && a.Inheritance == catalog.NoInheritance:
		c.flags[byConfiguration], c.flags[byCustomer] = h.Services, h.Once
		c.text = slices.Concat([]string{apartAWS, customerHalf}, h.Customer)
	case len(h.AWS) > 0 && asked:
		c.flags[byBoth] = true
		c.answer = inheritPartial
		c.text = slices.Concat([]string{awsHalf}, h.AWS, []string{customerHalf}, h.Customer)
	case len(h.AWS) > 0:
		c.flags[isImplemented], c.flags[byInheritance] = true, true
		c.answer = inheritYes
	case asked:
		c.flags[byConfiguration], c.flags[byCustomer] = h.Services, h.Once
		c.text = slices.Concat([]string{noneOfAWS, customerHalf}, h.Customer)
	default:
		c.text = []string{openControl}
	}
	return c
}

var controlID = regexp.MustCompile(`^([A-Z]{2})-(\d+)(?:\((\d+)\))?(?:\(?([a-z])\)?\.?)?$`)

// paddedID returns the id of a control as the template writes it: AC-02,
// AC-02 (01), and AC-02 (a) for a lettered statement.
func paddedID(id string) string {
	p := controlID.FindStringSubmatch(id)
	if p == nil {
		return id
	}
	s := fmt.Sprintf("%s-%02s", p[1], p[2])
	if p[3] != "" {
		s += fmt.Sprintf(" (%02s)", p[3])
	}
	if p[4] != "" {
		s += " (" + p[4] + ")"
	}
	return s
}

// fedrampSelection returns the baseline that the workbook is for, and the
// names of others that would have done.
func fedrampSelection(m *matrix.Matrix) (s *catalog.Selection, others []string, err error) {
	if all := m.AuthorizationBaselines(); len(all) > 0 {
		for _, o := range all[1:] {
			others = append(others, o.Name)
		}
		return all[0], others, nil
	}
	for i := range m.Frameworks {
		if f := m.Frameworks[i].Framework; f.ID == "fedramp-rev5" || f.ID == "nist-800-53-r5" {
			return nil, nil, fmt.Errorf("the manifest selects %s without a baseline, and this workbook is for one; write for example %s/moderate under frameworks: (the baselines are %s)",
				f.ID, f.ID, strings.Join(f.Baselines, ", "))
		}
	}
	return nil, nil, fmt.Errorf("the manifest selects no baseline of FedRAMP or NIST SP 800-53; write for example \"frameworks: [fedramp-rev5/moderate]\" in it")
}
