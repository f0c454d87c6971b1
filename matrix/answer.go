package matrix

import (
	"slices"
	"strings"

	"raci/matrix/catalog"
)

// Ownership says who acts to answer a requirement in a system.
type Ownership string

// The ownerships, in the order in which they are printed.
const (
	Inherited       Ownership = "inherited"      // AWS performs every duty that answers it
	OwnedByBoth     Ownership = "shared"         // AWS and the customer, or another operator, each perform a part
	OwnedByCustomer Ownership = "customer"       // AWS performs no part of it
	NotApplicable   Ownership = "not-applicable" // the duties that would answer it do not occur, or the manifest leaves it out
)

// Ownerships are all ownerships, in the order in which they are printed.
var Ownerships = []Ownership{Inherited, OwnedByBoth, OwnedByCustomer, NotApplicable}

// OutsideLabel stands before what the organization does outside of the system
// on AWS.
const OutsideLabel = "Outside of AWS"

// Answer says how a system answers one requirement of a framework.
type Answer struct {
	Requirement *catalog.Requirement
	Ownership   Ownership
	Excluded    string // the reason for which the manifest leaves the requirement out, or ""
	Rows        []*Row
	// Responsible and Accountable are the parties with an R and an A in the
	// rows, in the order of Matrix.Parties; where there are none, those whom
	// rules by requirement and the defaults name for what the organization does
	// itself.
	Responsible, Accountable []string
	// AWS and Customer say what each does: one line for each service, which
	// begins with the service's name, or with no name where it is done once.
	// Other operators' sides stand with the customer's, under their names.
	AWS, Customer []string
	// Own is what the organization does itself, in the system and then outside
	// of it. No row says it, so a report that tells it must tell all of it.
	Organization []string
	Evidence     []string
	Statements   []Answer // to the lettered parts of the requirement
}

// Answers returns the answers to all requirements of a selection that are no
// headings, in the order of the framework. Ownership follows from the rows and
// from what the organization does itself, which is a part of the customer's:
// inherited if AWS alone performs all of it, customer if AWS has a side in
// nothing, shared otherwise. What the organization does outside of the system
// is told and does not count.
func (m *Matrix) Answers(s *catalog.Selection) []Answer {
	byDuty, inUse := map[string][]*Row{}, m.servicesInUse()
	for i := range m.Rows {
		byDuty[m.Rows[i].Duty] = append(byDuty[m.Rows[i].Duty], &m.Rows[i])
	}
	var answers []Answer
	for _, q := range s.Requirements {
		if !q.Group {
			answers = append(answers, m.answer(&s.Framework, q, s.Excluded[q.ID], byDuty, inUse))
		}
	}
	return answers
}

func (m *Matrix) answer(f *catalog.FrameworkInfo, q *catalog.Requirement, excluded string, byDuty map[string][]*Row, inUse map[string]bool) Answer {
	a := Answer{Requirement: q, Excluded: excluded}
	for i := range q.Statements {
		a.Statements = append(a.Statements, m.answer(f, &q.Statements[i], excluded, byDuty, inUse))
	}
	if excluded != "" {
		a.Ownership = NotApplicable
		return a
	}
	for _, d := range q.Duties {
		for _, r := range byDuty[d] {
			if slices.ContainsFunc(q.Parts(), func(p *catalog.Requirement) bool { return slices.Contains(p.Duties, d) && p.IsAbout(r.Service, inUse) }) {
				a.Rows = append(a.Rows, r)
			}
		}
	}
	if !q.Occurs(inUse) {
		a.Ownership = NotApplicable
		return a
	}
	a.Ownership = ownership(q, a.Rows)
	rows := a.Rows
	if own := m.organizationRow(f.ID, q.ID); own != nil {
		rows = []*Row{own}
	}
	for _, p := range m.Parties {
		if slices.ContainsFunc(rows, func(r *Row) bool { return r.Letters(p.ID).Has(Responsible) }) {
			a.Responsible = append(a.Responsible, p.ID)
		}
		if slices.ContainsFunc(rows, func(r *Row) bool { return r.Letters(p.ID).Has(Accountable) }) {
			a.Accountable = append(a.Accountable, p.ID)
		}
	}
	if a.Ownership == Inherited || a.Ownership == OwnedByBoth {
		a.Evidence = append(a.Evidence, f.Reports...)
	}
	a.Evidence = append(a.Evidence, q.Evidence...)
	var aws, customer lines
	if q.Organization != "" {
		a.Organization = append(a.Organization, q.Organization)
	}
	if q.Outside != "" {
		a.Organization = append(a.Organization, OutsideLabel+": "+q.Outside)
	}
	for _, r := range a.Rows {
		for _, side := range r.Sides {
			switch service := m.serviceName(r); side.Who {
			case catalog.AWS:
				aws.add(service, side.Text)
			case catalog.Customer:
				customer.add(service, side.Text)
			default:
				customer.add(strings.TrimPrefix(service+", "+m.partyName(side.Who), ", "), side.Text)
			}
		}
		for _, e := range r.Evidence {
			if !slices.Contains(a.Evidence, e) {
				a.Evidence = append(a.Evidence, e)
			}
		}
	}
	a.AWS, a.Customer = aws.text(), customer.text()
	return a
}

func ownership(q *catalog.Requirement, rows []*Row) Ownership {
	provided, left := false, q.Organization != ""
	for _, r := range rows {
		provided = provided || r.Side(catalog.AWS) != ""
		left = left || r.Split != catalog.AWS
	}
	switch {
	case provided && left:
		return OwnedByBoth
	case provided:
		return Inherited
	case left:
		return OwnedByCustomer
	}
	return NotApplicable
}

// partyName returns the name of a party, or its id where nothing is known of it.
func (m *Matrix) partyName(id string) string {
	if p := m.Party(id); p != nil {
		return p.Name
	}
	return id
}

func (m *Matrix) serviceName(r *Row) string {
	if e := m.Entry(r.Entry); e != nil {
		return e.ServiceName
	}
	return ""
}

// lines collects texts by service, each text once.
type lines struct {
	services []string
	texts    map[string][]string
}

func (l *lines) add(service, text string) {
	if l.texts == nil {
		l.texts = map[string][]string{}
	}
	if _, ok := l.texts[service]; !ok {
		l.services = append(l.services, service)
	}
	if !slices.Contains(l.texts[service], text) {
		l.texts[service] = append(l.texts[service], text)
	}
}

func (l *lines) text() []string {
	var out []string
	for _, s := range l.services {
		line := strings.Join(l.texts[s], " ")
		if s != "" {
			line = s + ": " + line
		}
		out = append(out, line)
	}
	return out
}

// AuthorizationBaselines returns the selected baselines of FedRAMP revision 5
// and NIST SP 800-53 revision 5: FedRAMP's before NIST's, each in the order of
// the manifest. A report that an authorization rests on is for the first.
func (m *Matrix) AuthorizationBaselines() []*catalog.Selection {
	var list []*catalog.Selection
	for _, framework := range []string{"fedramp-rev5", "nist-800-53-r5"} {
		for i := range m.Frameworks {
			if s := &m.Frameworks[i]; s.Framework.ID == framework && s.Baseline() != "" {
				list = append(list, s)
			}
		}
	}
	return list
}
