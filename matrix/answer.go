package matrix

import (
	"cmp"
	"maps"
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
func (x *AnswerIndex) Answers(s *catalog.Selection) []Answer {
	w := x.writer(s)
	return w.all(func(q *catalog.Requirement, out leftOut) Answer { return w.answer(q, q.ID, out) })
}

// AnswersInBrief returns the same answers without texts, evidence and
// statements: who owns each requirement, with which rows, and who holds an A or
// an R for it.
func (x *AnswerIndex) AnswersInBrief(s *catalog.Selection) []Answer {
	w := x.writer(s)
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

// answerWriter writes the answers to the requirements of a selection.
type answerWriter struct {
	*AnswerIndex
	selection *catalog.Selection
	lists     map[string][]*Row // rows of several duties, which many requirements have in common
	programs  [][]string        // ids of those that end in each of the reports of the framework
}

func (x *AnswerIndex) writer(s *catalog.Selection) *answerWriter {
	w := &answerWriter{AnswerIndex: x, selection: s, lists: map[string][]*Row{}}
	for _, report := range s.Framework.Reports {
		w.programs = append(w.programs, x.m.ProgramsOf(report, s))
	}
	return w
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
	a, kinds := w.brief(q, within, out)
	for i := range q.Statements {
		part := &q.Statements[i]
		a.Statements = append(a.Statements, w.answer(part, q.ID, cmp.Or(out, w.leftOut(part))))
	}
	if out.reason == "" && q.Occurs(w.inUse) {
		a.Organization = organizationTexts(q)
		a.AWS, a.Customer, a.Offers = w.sides(q, kinds)
		kinds = w.assigned(q, kinds)
		a.Process, a.OwnEvidence = processes(kinds), ownEvidence(kinds)
		a.Evidence = w.evidence(&a, kinds)
	}
	return a
}

// brief returns an answer without texts, and the kinds of its rows.
func (w *answerWriter) brief(q *catalog.Requirement, within string, out leftOut) (Answer, []*rowKind) {
	a := Answer{Requirement: q, Excluded: out.reason, OmittedAt: out.at, Ownership: NotApplicable}
	if out.reason != "" {
		return a, nil
	}
	var kinds []*rowKind
	a.Rows, kinds = w.rows(q)
	if !q.Occurs(w.inUse) {
		return a, kinds
	}
	a.Ownership, a.Inheritance = ownership(q, kinds), w.inheritance(q)
	if a.Ownership != NotApplicable {
		w.assign(&a, within, kinds)
	}
	return a, kinds
}

// rows returns the rows that answer a requirement, those of its duties that are
// about their service, and their kinds.
func (w *answerWriter) rows(q *catalog.Requirement) (rows []*Row, kinds []*rowKind) {
	var lists [][]*Row
	var key strings.Builder
	for _, d := range q.Duties {
		of := w.byDuty[d]
		if of == nil {
			continue
		}
		parts := slices.DeleteFunc(q.Parts(), func(p *catalog.Requirement) bool { return !slices.Contains(p.Duties, d) })
		before, about := len(kinds), map[string]bool{}
		for _, k := range of.kinds {
			if slices.ContainsFunc(parts, func(p *catalog.Requirement) bool { return p.IsAbout(k.Service, w.inUse) }) {
				kinds, about[k.Service] = append(kinds, k), true
			}
		}
		switch len(kinds) - before {
		case 0:
		case len(of.kinds):
			lists = append(lists, of.rows)
			key.WriteString(d + "\n")
		default:
			services := slices.Sorted(maps.Keys(about))
			lists = append(lists, w.list(d+" "+strings.Join(services, " "), func() []*Row {
				return slices.DeleteFunc(slices.Clone(of.rows), func(r *Row) bool { return !about[r.Service] })
			}))
			key.WriteString(d + " " + strings.Join(services, " ") + "\n")
		}
	}
	if len(lists) == 1 {
		return slices.Clip(lists[0]), kinds
	}
	return w.list(key.String(), func() []*Row { return slices.Clip(slices.Concat(lists...)) }), kinds
}

// list returns the rows with this key, which are listed once.
func (w *answerWriter) list(key string, rows func() []*Row) []*Row {
	list, known := w.lists[key]
	if !known {
		list = rows()
		w.lists[key] = list
	}
	return list
}
