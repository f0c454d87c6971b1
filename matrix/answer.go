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
	// of it. No row says it, so a report that shows it must show all of it.
	Organization []string
	Evidence     []string
	Statements   []Answer // to the lettered parts of the requirement
}

// Answers returns the answers to all requirements of a selection that are no
// headings, in the order of the framework. Ownership follows from the rows and
// from what the organization does itself, which is a part of the customer's:
// inherited if AWS alone performs all of it, customer if AWS has a side in
// nothing, shared otherwise. What the organization does outside of the system
// is shown and does not count.
func (m *Matrix) Answers(s *catalog.Selection) []Answer {
	w := newAnswerWriter(m, s)
	return w.all(w.answer)
}

// AnswersInBrief returns the same answers without texts, evidence and
// statements: who owns each requirement, with which rows, and who holds an A or
// an R for it.
func (m *Matrix) AnswersInBrief(s *catalog.Selection) []Answer {
	w := newAnswerWriter(m, s)
	return w.all(func(q *catalog.Requirement, excluded string) Answer {
		a, _ := w.brief(q, excluded)
		return a
	})
}

// answerWriter holds what the answers to the requirements of a selection have
// in common, so that no answer searches the matrix.
type answerWriter struct {
	m         *Matrix
	selection *catalog.Selection
	inUse     map[string]bool // services
	parties   map[string]int  // indexes into Matrix.Parties
	byDuty    map[string][]*answerRow
	own       map[string]*answerRow // what the organization does itself, by id
}

// answerRow is a row with what each answer needs of it.
type answerRow struct {
	*Row
	serviceName string
	holders     []holder
}

// holder is a party, as an index into Matrix.Parties, with its letters.
type holder struct {
	party   int
	letters Letters
}

func newAnswerWriter(m *Matrix, s *catalog.Selection) *answerWriter {
	w := &answerWriter{m: m, selection: s, inUse: m.servicesInUse(), parties: map[string]int{}, byDuty: map[string][]*answerRow{}, own: map[string]*answerRow{}}
	for i, p := range m.Parties {
		w.parties[p.ID] = i
	}
	entries := m.EntriesByName()
	rows := make([]answerRow, len(m.Rows))
	for i := range rows {
		rows[i] = w.row(&m.Rows[i])
		if e := entries[rows[i].Entry]; e != nil {
			rows[i].serviceName = e.ServiceName
		}
		w.byDuty[rows[i].Duty] = append(w.byDuty[rows[i].Duty], &rows[i])
	}
	for i := range m.OrganizationRows {
		r := w.row(&m.OrganizationRows[i])
		w.own[r.ID] = &r
	}
	return w
}

func (w *answerWriter) row(r *Row) answerRow {
	row := answerRow{Row: r, holders: make([]holder, 0, len(r.Roles))}
	for _, role := range r.Roles {
		if i, ok := w.parties[role.Party]; ok {
			row.holders = append(row.holders, holder{i, role.Letters})
		}
	}
	return row
}

func (w *answerWriter) all(answer func(q *catalog.Requirement, excluded string) Answer) []Answer {
	var answers []Answer
	for _, q := range w.selection.Requirements {
		if !q.Group {
			answers = append(answers, answer(q, w.selection.Excluded[q.ID]))
		}
	}
	return answers
}

func (w *answerWriter) answer(q *catalog.Requirement, excluded string) Answer {
	a, rows := w.brief(q, excluded)
	for i := range q.Statements {
		a.Statements = append(a.Statements, w.answer(&q.Statements[i], excluded))
	}
	if excluded == "" && q.Occurs(w.inUse) {
		a.Organization = organizationTexts(q)
		a.AWS, a.Customer = w.sides(rows)
		a.Evidence = w.evidence(&a, rows)
	}
	return a
}

// brief returns an answer without texts, and its rows.
func (w *answerWriter) brief(q *catalog.Requirement, excluded string) (Answer, []*answerRow) {
	a := Answer{Requirement: q, Excluded: excluded, Ownership: NotApplicable}
	if excluded != "" {
		return a, nil
	}
	rows := w.rows(q)
	if len(rows) > 0 {
		a.Rows = make([]*Row, len(rows))
	}
	for i, r := range rows {
		a.Rows[i] = r.Row
	}
	if !q.Occurs(w.inUse) {
		return a, rows
	}
	a.Ownership = ownership(q, a.Rows)
	holders := rows
	if own := w.own[organizationRowID(w.selection.Framework.ID, q.ID)]; own != nil {
		holders = []*answerRow{own}
	}
	a.Responsible, a.Accountable = w.holders(holders)
	return a, rows
}

// rows returns the rows that answer a requirement: those of its duties that are
// about their service.
func (w *answerWriter) rows(q *catalog.Requirement) []*answerRow {
	most := 0
	for _, d := range q.Duties {
		most += len(w.byDuty[d])
	}
	rows := make([]*answerRow, 0, most)
	for _, d := range q.Duties {
		parts := slices.DeleteFunc(q.Parts(), func(p *catalog.Requirement) bool { return !slices.Contains(p.Duties, d) })
		for _, r := range w.byDuty[d] {
			if slices.ContainsFunc(parts, func(p *catalog.Requirement) bool { return p.IsAbout(r.Service, w.inUse) }) {
				rows = append(rows, r)
			}
		}
	}
	return rows
}

// holders returns the parties that hold an R and those that hold an A, in the
// order of the matrix.
func (w *answerWriter) holders(rows []*answerRow) (responsible, accountable []string) {
	letters := make([]Letters, len(w.m.Parties))
	for _, r := range rows {
		for _, h := range r.holders {
			letters[h.party] |= h.letters
		}
	}
	for i, l := range letters {
		if l.Has(Responsible) {
			responsible = append(responsible, w.m.Parties[i].ID)
		}
		if l.Has(Accountable) {
			accountable = append(accountable, w.m.Parties[i].ID)
		}
	}
	return responsible, accountable
}

func organizationTexts(q *catalog.Requirement) []string {
	var texts []string
	if q.Organization != "" {
		texts = append(texts, q.Organization)
	}
	if q.Outside != "" {
		texts = append(texts, OutsideLabel+": "+q.Outside)
	}
	return texts
}

// sides returns what AWS and what the others do in these rows.
func (w *answerWriter) sides(rows []*answerRow) (provided, left []string) {
	var aws, customer lines
	for _, r := range rows {
		for _, side := range r.Sides {
			switch side.Who {
			case catalog.AWS:
				aws.add(r.serviceName, side.Text)
			case catalog.Customer:
				customer.add(r.serviceName, side.Text)
			default:
				customer.add(strings.TrimPrefix(r.serviceName+", "+w.partyName(side.Who), ", "), side.Text)
			}
		}
	}
	return aws.text(), customer.text()
}

func (w *answerWriter) partyName(id string) string {
	if i, ok := w.parties[id]; ok {
		return w.m.Parties[i].Name
	}
	return id
}

// evidence returns what AWS's reports, the requirement and the rows have to
// show, the evidence of several rows once.
func (w *answerWriter) evidence(a *Answer, rows []*answerRow) []string {
	var list []string
	if a.Ownership == Inherited || a.Ownership == OwnedByBoth {
		list = append(list, w.selection.Framework.Reports...)
	}
	list = append(list, a.Requirement.Evidence...)
	seen := map[string]bool{}
	for _, e := range list {
		seen[e] = true
	}
	for _, r := range rows {
		for _, e := range r.Evidence {
			if !seen[e] {
				seen[e] = true
				list = append(list, e)
			}
		}
	}
	return list
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

// lines collects texts by service, each text once.
type lines struct {
	services []string
	texts    map[string][]string
	seen     map[serviceText]bool
	last     serviceText // most rows say what the one before them says
}

type serviceText struct{ service, text string }

func (l *lines) add(service, text string) {
	statement := serviceText{service, text}
	if l.seen == nil {
		l.seen, l.texts = map[serviceText]bool{}, map[string][]string{}
	} else if statement == l.last || l.seen[statement] {
		return
	}
	l.seen[statement], l.last = true, statement
	if _, ok := l.texts[service]; !ok {
		l.services = append(l.services, service)
	}
	l.texts[service] = append(l.texts[service], text)
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

// AuthorizationBaselines returns the selections of baselines of FedRAMP revision
// 5 and NIST SP 800-53 revision 5: FedRAMP's before NIST's. A report that an
// authorization rests on is for the first. Where it has several baselines, the
// report holds the requirements of all, at the highest impact level: see
// [ImpactLevel].
func (m *Matrix) AuthorizationBaselines() []*catalog.Selection {
	var list []*catalog.Selection
	for _, framework := range []string{"fedramp-rev5", "nist-800-53-r5"} {
		for i := range m.Frameworks {
			if s := &m.Frameworks[i]; s.Framework.ID == framework && len(s.Baselines()) > 0 {
				list = append(list, s)
			}
		}
	}
	return list
}

// ImpactLevel returns the highest impact level among the baselines of a
// selection that [Matrix.AuthorizationBaselines] returned: high, moderate, low or
// li-saas, or else the baseline, such as privacy.
func ImpactLevel(s *catalog.Selection) string {
	selected := s.Baselines()
	for _, level := range []string{"high", "moderate", "low"} {
		if slices.Contains(selected, level) {
			return level
		}
	}
	return selected[0]
}
