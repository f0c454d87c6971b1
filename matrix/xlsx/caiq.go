package xlsx

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/view"
)

// Values of the CSA for who owns a control.
const (
	cspOwned       = "CSP-owned"
	cscOwned       = "CSC-owned"
	thirdParty     = "3rd-party outsourced"
	sharedCSC      = "Shared CSP and CSC"
	sharedOutsider = "Shared CSP and 3rd-party"
)

// ownerNames are the CSA's values with what they mean here.
var ownerNames = [][2]string{
	{cspOwned, "AWS performs all of it."},
	{cscOwned, "The organization performs it, perhaps with another operator."},
	{thirdParty, "Another operator performs all of it for the organization."},
	{sharedCSC, "AWS and the organization each have a part."},
	{sharedOutsider, "AWS and another operator each have a part, and the organization none."},
}

var ownerLooks = map[string]look{cspOwned: onAWS, cscOwned: onCustomer, thirdParty: onOperator, sharedCSC: onShared, sharedOutsider: onShared, "": onNone}

const (
	sheetCAIQ = "CAIQ"
	caiqHead  = 3 // row of the headings
)

var caiqHeadings = []string{"CCM ID", "Control", "CSP CAIQ answer", "SSRM control ownership", "CSP implementation description", "CSC responsibilities", "Inheritance"}

// openQuestion stands where a control has no owner.
const openQuestion = "No duty that answers this control occurs with the services in use. Confirm that it does not apply, or describe how it is met."

// WriteCAIQ writes who owns each control of the Cloud Controls Matrix 4.0 in
// the layout and the words of the CSA's questionnaire (CAIQ): AWS is the
// provider (CSP), the organization its customer (CSC). The answers to the
// questions themselves are left to those who can give them.
//
// It either writes a whole workbook or returns an error, which says what to
// write in the manifest where csa-ccm-4.0 is not selected. The findings have
// no place in this layout.
func WriteCAIQ(w io.Writer, r *view.Report) (warnings []string, err error) {
	m := r.Matrix
	i := slices.IndexFunc(m.Frameworks, func(s catalog.Selection) bool { return s.Framework.ID == "csa-ccm-4.0" })
	if i < 0 {
		return nil, errors.New("the manifest does not select the Cloud Controls Matrix; write for example \"frameworks: [csa-ccm-4.0]\" in it")
	}
	q := &caiq{m: m, selection: &m.Frameworks[i], report: r}
	answers := r.Answers(q.selection)
	for i := range answers {
		q.controls = append(q.controls, q.control(&answers[i]))
	}
	return writeBook(w, r.Titled("CAIQ of "+cmp.Or(m.System, m.Organization)),
		[]content{{name: sheetInstructions, write: q.writeInstructions}, {name: sheetCAIQ, write: q.writeControls}})
}

// caiq is the workbook in the making.
type caiq struct {
	m         *matrix.Matrix
	selection *catalog.Selection
	report    *view.Report
	controls  []caiqControl
}

// caiqControl is one line of the questionnaire.
type caiqControl struct {
	id, title, answer, owner string
	inheritance              string
	csp, csc                 []string // lines
}

// control derives a line from the answer to a requirement.
func (q *caiq) control(a *matrix.Answer) caiqControl {
	c := caiqControl{id: a.Requirement.ID, title: a.Requirement.Title}
	if a.Excluded != "" {
		c.answer, c.csc = "NA", []string{notAsked + oneLine(a.Excluded)}
		return c
	}
	h := q.report.AnswerText(a)
	c.owner, c.csp, c.csc, c.inheritance = owner(&h), h.AWS, h.Customer, view.InheritanceName(a.Inheritance)
	if c.owner == "" {
		c.csc = []string{openQuestion}
	}
	return c
}

// owner returns the CSA's word for who has a part. It has none for a customer
// and a third party without the provider: the customer owns such a control.
func owner(h *view.AnswerText) string {
	switch provider := len(h.AWS) > 0; {
	case provider && h.Asked:
		return sharedCSC
	case provider && h.Operator:
		return sharedOutsider
	case provider:
		return cspOwned
	case h.Asked:
		return cscOwned
	case h.Operator:
		return thirdParty
	}
	return ""
}

func (q *caiq) writeInstructions(b *book, name string) error {
	g := newGuide(b, "Ownership of the controls of the Cloud Controls Matrix in the layout of the CSA's questionnaire")
	g.parties([2]string{"Framework", view.FrameworkName(q.selection)})
	g.heading("Ownership (SSRM)")
	last := max(caiqHead+len(q.controls), caiqHead+1)
	for _, o := range ownerNames {
		n := 0
		for i := range q.controls {
			if q.controls[i].owner == o[0] {
				n++
			}
		}
		g.count(o[0], n, fmt.Sprintf(`COUNTIF(%s!$D$%d:$D$%d,"%s")`, sheetCAIQ, caiqHead+1, last, o[0]), o[1])
	}
	g.heading("How to read it")
	for _, text := range caiqGuide {
		g.text(plain, text)
	}
	g.services()
	return g.write(name)
}

var caiqGuide = []string{
	"The CSP is AWS, and the CSC is the organization that runs the system on AWS. One row is one control; it holds for all questions of the CSA about that control. The titles are raci's own words.",
	"The answers are left empty: AWS gives its own in the questionnaire that it publishes, and the organization gives those for its part. NA stands only where a control is left out, for the reason given.",
	"A statement begins with the name of the service for which it holds and a colon. All services: holds whatever is used. Organization: is done once, outside of the services. Process, Frequency and Evidence stand where it is stated how the customer's part is done, how often, and what the manifest shows for it.",
	"The last column is raci's own: whether the organization can lean on the work of AWS. Full: on all of it. Partial: AWS does a part in its stead. None: AWS does nothing of it, or does the like for itself.",
	"Where an operator and the organization share a control without AWS, it is " + cscOwned + ": the CSA has no word of its own for this.",
}

func (q *caiq) writeControls(b *book, _ string) error {
	s, err := b.newSheet(tableOf(sheetCAIQ, []float64{10, 28, 10, 21, 92, 92, 12}, caiqHead, len(q.controls)))
	if err != nil {
		return err
	}
	if err := q.lists(b); err != nil {
		return err
	}
	s.add(line{cells: []cell{{look: title, text: "Ownership of controls"}}, height: 28})
	s.add(band(cell{look: plain, text: "CSP: Amazon Web Services. CSC: " + orNotStated(q.m.Organization) + "."}, len(caiqHeadings)))
	s.add(headingLine(caiqHeadings))
	for i := range q.controls {
		q.controls[i].write(s)
	}
	return s.close()
}

// write adds the line. Texts that one cell cannot hold go on in a row of the
// same control.
func (c *caiqControl) write(s *sheet) {
	csp, csc := chunks(c.csp), chunks(c.csc)
	for i := range max(len(csp), len(csc)) {
		text := func(list []string) string {
			if i < len(list) {
				return list[i]
			}
			return ""
		}
		answer, name, inheritance := c.answer, c.owner, c.inheritance
		if i > 0 {
			answer, name, inheritance = "", continued, ""
		}
		s.add(line{about: c.id, cells: []cell{{look: strong, text: c.id}, {look: plain, text: c.title}, {look: centred, text: answer},
			{look: ownerLooks[c.owner], text: name}, {look: plain, text: text(csp)}, {look: plain, text: text(csc)}, {look: centred, text: inheritance}}})
	}
}

// lists gives the cells of values drop-down lists.
func (q *caiq) lists(b *book) error {
	n := len(q.controls)
	if n == 0 {
		return nil
	}
	var owners []string
	for _, o := range ownerNames {
		owners = append(owners, o[0])
	}
	return errors.Join(
		b.addDropDown(sheetCAIQ, area(3, caiqHead+1, 3, caiqHead+n), "Yes", "No", "NA"),
		b.addDropDown(sheetCAIQ, area(4, caiqHead+1, 4, caiqHead+n), owners...))
}
