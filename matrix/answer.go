package matrix

import (
	"cmp"
	"slices"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// Ownership says who acts to answer a requirement in a system.
type Ownership string

// The ownerships, in the order in which they are printed.
const (
	Inherited       Ownership = "inherited"      // AWS performs every duty that answers it
	OwnedByBoth     Ownership = "shared"         // AWS and the customer, or another operator, each perform a part
	OwnedByCustomer Ownership = "customer"       // AWS performs no part of it
	NotApplicable   Ownership = "not-applicable" // the duties that would answer it do not occur, or it is left out
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
	// Inheritance says whether the customer can lean on AWS's work; it is ""
	// where the requirement does not apply.
	Inheritance catalog.Inheritance
	Excluded    string     // the reason for which the manifest or an overlay leaves the requirement out, or ""
	OmittedAt   source.Pos // where an overlay leaves it out; zero where the manifest does, or nothing
	Rows        []*Row
	// Accountable is the one party that answers for the requirement, or "": the
	// one that the manifest's answers name; or else the one that all rows with a
	// part of the customer's share, or all rows where there are none of these;
	// or else the one of the defaults. Why says which, and where that stands.
	Accountable string
	Why         Reason
	// RowAccountable are the other parties with an A in the rows, and
	// Responsible those with an R; both in the order of Matrix.Parties. Whom the
	// manifest's answers name as responsible take the place of the customer's
	// parties, and AWS and operators with a side stay. Where no row answers the requirement, they
	// are those whom rules by requirement and the defaults name for what the
	// organization does itself.
	RowAccountable, Responsible []string
	// AWS and Customer say what each does: one line for each service, which
	// begins with the service's name, or with no name where it is done once.
	// Other operators' sides stand with the customer's, under their names.
	// AWS's side of a row stands there only where it is about the requirement.
	AWS, Customer []string
	Offers        []string // what AWS offers that the customer may use for its part, in lines like those
	// Own is what the organization does itself, in the system and then outside
	// of it. No row says it, so a report that shows it must show all of it.
	Organization []string
	Process      []Process // of the rows, or of what the organization does itself, each once
	Evidence     []string
	OwnEvidence  []string // those of Evidence that rules of the manifest name
	Statements   []Answer // to the lettered parts of the requirement
}

// Answers returns the answers to all requirements of a selection that are no
// headings, in the order of the framework. Ownership follows from the rows and
// from what the organization does itself, which is a part of the customer's:
// inherited if AWS alone performs all of it, customer if AWS has a side in
// nothing, shared otherwise. AWS's side of a row counts where the requirement
// takes AWS's part from its duty. What the organization does outside of the
// system is shown and does not count.
//
// Inheritance is another matter: full where AWS alone acts, partial where it
// does a part in the customer's stead, none where it does nothing or does it for
// its own organization. A requirement may say that it is less.
func (m *Matrix) Answers(s *catalog.Selection) []Answer {
	w := newAnswerWriter(m, s)
	return w.all(func(q *catalog.Requirement, out leftOut) Answer { return w.answer(q, q.ID, out) })
}

// AnswersInBrief returns the same answers without texts, evidence and
// statements: who owns each requirement, with which rows, and who holds an A or
// an R for it.
func (m *Matrix) AnswersInBrief(s *catalog.Selection) []Answer {
	w := newAnswerWriter(m, s)
	return w.all(func(q *catalog.Requirement, out leftOut) Answer {
		a, _ := w.brief(q, q.ID, out)
		return a
	})
}

// AWSCounts reports whether AWS's side of a row is about the requirement.
func (a *Answer) AWSCounts(r *Row) bool { return a.Requirement.TakesAWSPartFrom(r.Duty) }

// AWSCarries reports whether the customer can lean on AWS's side of a row to
// answer the requirement.
func (a *Answer) AWSCarries(r *Row) bool {
	return a.AWSCounts(r) && a.Inheritance != catalog.NoInheritance && (a.Inheritance == catalog.FullInheritance || !slices.Contains(a.Requirement.AWSApart, r.Duty))
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
	rules     answerRules
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
	w := &answerWriter{m: m, selection: s, inUse: m.servicesInUse(), parties: map[string]int{}, byDuty: map[string][]*answerRow{}, own: map[string]*answerRow{}, rules: m.answerRules()}
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

// leftOut says why something is left out, and where an overlay does so. It is zero
// for what is asked for.
type leftOut struct {
	reason string
	at     source.Pos
}

func (w *answerWriter) leftOut(q *catalog.Requirement) leftOut {
	out := leftOut{reason: w.selection.LeftOut(q)}
	if out.reason != "" && w.selection.Excluded[q.ID] == "" {
		out.at = q.At
	}
	return out
}

func (w *answerWriter) all(answer func(q *catalog.Requirement, out leftOut) Answer) []Answer {
	var answers []Answer
	for _, q := range w.selection.Requirements {
		if !q.Group {
			answers = append(answers, answer(q, w.leftOut(q)))
		}
	}
	return answers
}

// answer returns the answer to a requirement or, within one, to a statement.
func (w *answerWriter) answer(q *catalog.Requirement, within string, out leftOut) Answer {
	a, rows := w.brief(q, within, out)
	for i := range q.Statements {
		part := &q.Statements[i]
		a.Statements = append(a.Statements, w.answer(part, q.ID, cmp.Or(out, w.leftOut(part))))
	}
	if out.reason == "" && q.Occurs(w.inUse) {
		a.Organization = organizationTexts(q)
		a.AWS, a.Customer, a.Offers = w.sides(q, rows)
		rows = w.assigned(q, rows)
		a.Process, a.OwnEvidence = processes(rows), ownEvidence(rows)
		a.Evidence = w.evidence(&a, rows)
	}
	return a
}

// brief returns an answer without texts, and its rows.
func (w *answerWriter) brief(q *catalog.Requirement, within string, out leftOut) (Answer, []*answerRow) {
	a := Answer{Requirement: q, Excluded: out.reason, OmittedAt: out.at, Ownership: NotApplicable}
	if out.reason != "" {
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
	a.Ownership, a.Inheritance = ownership(q, a.Rows), w.inheritance(q)
	if a.Ownership != NotApplicable {
		w.assign(&a, within, w.assigned(q, rows))
	}
	return a, rows
}

// assigned returns the rows in which the manifest assigns the requirement: those
// that answer it and, where AWS is alone in all of them or there are none, what
// the organization does itself.
func (w *answerWriter) assigned(q *catalog.Requirement, rows []*answerRow) []*answerRow {
	if own := w.own[organizationRowID(w.selection.Framework.ID, q.ID)]; own != nil {
		return append(slices.Clip(rows), own)
	}
	return rows
}

// ownEvidence returns the evidence of rows that the manifest names, each once.
func ownEvidence(rows []*answerRow) []string {
	var list []string
	for _, r := range rows {
		for _, e := range r.OwnEvidence() {
			if !slices.Contains(list, e) {
				list = append(list, e)
			}
		}
	}
	return list
}

// processes returns how the duties of rows are done, each once.
func processes(rows []*answerRow) []Process {
	var list []Process
	seen := map[Process]bool{}
	for _, r := range rows {
		for _, p := range r.Process {
			if !seen[p] {
				seen[p] = true
				list = append(list, p)
			}
		}
	}
	return list
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
// order of the matrix. AWS holds none where its side is not about the
// requirement.
func (w *answerWriter) holders(q *catalog.Requirement, rows []*answerRow) (responsible, accountable []string) {
	letters := make([]Letters, len(w.m.Parties))
	for _, r := range rows {
		counts := q.TakesAWSPartFrom(r.Duty)
		for _, h := range r.holders {
			if counts || w.m.Parties[h.party].Kind != Provider {
				letters[h.party] |= h.letters
			}
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

// assign says who answers for a requirement, and who does what it asks for.
func (w *answerWriter) assign(a *Answer, within string, rows []*answerRow) {
	rule := w.rule(a.Requirement.ID, within)
	var all []string
	a.Responsible, all = w.holders(a.Requirement, rows)
	if rule != nil && len(rule.Responsible) > 0 && a.Ownership != Inherited {
		a.Responsible = w.responsible(a, rule)
	}
	a.Accountable, a.Why = w.accountable(rule, rows)
	a.RowAccountable = slices.DeleteFunc(all, func(p string) bool { return p == a.Accountable })
}

// responsible returns whom the manifest's answer names, beside AWS and operators
// with a side of their own: they perform it all the same.
func (w *answerWriter) responsible(a *Answer, rule *AnswerRule) []string {
	named := source.IDs(rule.Responsible)
	var list []string
	for _, p := range w.m.Parties {
		performs := slices.Contains(a.Responsible, p.ID) && slices.ContainsFunc(a.Rows, func(r *Row) bool { return r.Side(p.ID) != "" })
		if performs || slices.Contains(named, p.ID) {
			list = append(list, p.ID)
		}
	}
	return list
}

// rule returns the manifest's answer to a requirement or to one of its
// statements, for which that to the whole requirement holds as well; or nil.
func (w *answerWriter) rule(id, within string) *AnswerRule {
	framework := w.selection.Framework.ID + "/"
	if rule := w.rules[framework+id]; rule != nil {
		return rule
	}
	return w.rules[framework+within]
}

// accountable returns who answers for a requirement, and why; the party is ""
// where nobody is named.
func (w *answerWriter) accountable(rule *AnswerRule, rows []*answerRow) (party string, why Reason) {
	if rule != nil && rule.Accountable.ID != "" {
		return rule.Accountable.ID, Reason{At: rule.Accountable.At, Letters: Accountable, Text: cmp.Or(rule.Reason, "answer of the manifest")}
	}
	if shared, why := sharedAccountable(rows); shared != "" {
		return shared, Reason{Letters: Accountable, Text: why}
	}
	if d := w.m.DefaultAccountable; d.ID != "" {
		return d.ID, Reason{At: d.At, Letters: Accountable, Text: "default of the manifest: its rows do not share one A"}
	}
	return "", Reason{}
}

// sharedAccountable returns the party with the A in all rows with a part that is
// not AWS's or, where there are none of these, in all rows, and says which rows
// these are. The party is "" where they do not agree.
func sharedAccountable(rows []*answerRow) (party, why string) {
	why = "holds the A of all its rows"
	ours := slices.DeleteFunc(slices.Clone(rows), func(r *answerRow) bool { return r.Split == catalog.AWS })
	switch len(ours) {
	case 0:
		ours = rows
	case len(rows):
	default:
		why += " in which AWS is not alone"
	}
	for i, r := range ours {
		switch a := r.Accountable(); {
		case a == "" || i > 0 && a != party:
			return "", ""
		default:
			party = a
		}
	}
	return party, why
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

// sides returns what AWS and what the others do in these rows, and what AWS
// offers for them.
func (w *answerWriter) sides(q *catalog.Requirement, rows []*answerRow) (provided, left, offered []string) {
	var aws, customer, offers lines
	for _, r := range rows {
		if r.Offers != "" {
			offers.add(r.serviceName, r.Offers)
		}
		for _, side := range r.Sides {
			switch side.Who {
			case catalog.AWS:
				if q.TakesAWSPartFrom(r.Duty) {
					aws.add(r.serviceName, side.Text)
				}
			case catalog.Customer:
				customer.add(r.serviceName, side.Text)
			default:
				customer.add(strings.TrimPrefix(r.serviceName+", "+w.partyName(side.Who), ", "), side.Text)
			}
		}
	}
	return aws.text(), customer.text(), offers.text()
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
		if r.Split == catalog.AWS && !a.AWSCounts(r.Row) {
			continue // it shows what the requirement does not ask for
		}
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
		provided = provided || r.Side(catalog.AWS) != "" && q.TakesAWSPartFrom(r.Duty)
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

// inheritance sums up whether the customer can lean on AWS's work for the parts of
// a requirement: in full where it can for all of them, not at all where it can
// for none.
func (w *answerWriter) inheritance(q *catalog.Requirement) catalog.Inheritance {
	var sum catalog.Inheritance
	for _, p := range q.Parts() {
		switch next := w.inheritanceOfPart(p); {
		case next == "" || next == sum:
		case sum == "":
			sum = next
		default:
			sum = catalog.PartialInheritance
		}
	}
	return lessOf(sum, q.Inheritance)
}

func (w *answerWriter) inheritanceOfPart(q *catalog.Requirement) catalog.Inheritance {
	provided, carried, left := false, false, q.Organization != ""
	for _, d := range q.Duties {
		counts, carries := q.TakesAWSPartFrom(d), !slices.Contains(q.AWSApart, d)
		for _, r := range w.byDuty[d] {
			if !q.IsAbout(r.Service, w.inUse) {
				continue
			}
			left = left || r.Split != catalog.AWS
			if counts && r.Side(catalog.AWS) != "" {
				provided, carried = true, carried || carries
			}
		}
	}
	switch {
	case !provided && !left:
		return ""
	case provided && !left:
		return lessOf(catalog.FullInheritance, q.Inheritance)
	case carried:
		return lessOf(catalog.PartialInheritance, q.Inheritance)
	}
	return catalog.NoInheritance
}

// lessOf returns the lesser of an inheritance and the most that there may be,
// where that is not "".
func lessOf(i, most catalog.Inheritance) catalog.Inheritance {
	if i == "" || most == "" {
		return i
	}
	return catalog.Inheritances[max(slices.Index(catalog.Inheritances, i), slices.Index(catalog.Inheritances, most))]
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
