package oscal

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

type controlImplementation struct {
	Description  string        `json:"description"`
	Requirements []requirement `json:"implemented-requirements"`
}

type requirement struct {
	UUID       string              `json:"uuid"`
	Control    string              `json:"control-id"`
	Props      []prop              `json:"props,omitempty"`
	Statements []answeredStatement `json:"statements,omitempty"`
	Components []byComponent       `json:"by-components,omitempty"`
}

type answeredStatement struct {
	ID         string        `json:"statement-id"`
	UUID       string        `json:"uuid"`
	Props      []prop        `json:"props,omitempty"`
	Components []byComponent `json:"by-components"`
}

type byComponent struct {
	Component   string       `json:"component-uuid"`
	UUID        string       `json:"uuid"`
	Description string       `json:"description"`
	Links       []link       `json:"links,omitempty"`
	Status      *status      `json:"implementation-status"`
	Export      *export      `json:"export,omitempty"`
	Inherited   []inherited  `json:"inherited,omitempty"`
	Satisfied   []satisfied  `json:"satisfied,omitempty"`
	Responsible []assignment `json:"responsible-roles,omitempty"`
}

type export struct {
	Provided         []exported       `json:"provided,omitempty"`
	Responsibilities []responsibility `json:"responsibilities,omitempty"`
}

type exported struct {
	UUID        string       `json:"uuid"`
	Description string       `json:"description"`
	Links       []link       `json:"links"`
	Responsible []assignment `json:"responsible-roles,omitempty"`
}

type responsibility struct {
	UUID        string `json:"uuid"`
	Provided    string `json:"provided-uuid,omitempty"`
	Description string `json:"description"`
	Links       []link `json:"links,omitempty"`
}

type inherited struct {
	UUID        string       `json:"uuid"`
	Provided    string       `json:"provided-uuid"`
	Description string       `json:"description"`
	Responsible []assignment `json:"responsible-roles,omitempty"`
}

type satisfied struct {
	UUID           string       `json:"uuid"`
	Responsibility string       `json:"responsibility-uuid"`
	Description    string       `json:"description"`
	Responsible    []assignment `json:"responsible-roles,omitempty"`
}

// controlsText says how to read the answers.
func controlsText(s *catalog.Selection) string {
	return "Who does what for each control of " + escapeMarkdown(selectionName(s)) + ". " +
		"The component of a service exports what its operator, which is AWS where no role names another, provides and what it leaves to its customer; these statements are those of the catalog of raci, not of the operator's own plan. " +
		"The component of the system inherits the one and says who satisfies the other, at the lettered statements of a control where it has any. " +
		"How a responsibility is met stands where the manifest names a process; the rest is for the system's owner to add. " +
		"The state of an implementation is no more than the matrix shows: implemented where AWS does all of it and its pages say so, partial where they say so of a part, " +
		"planned where someone else does it, of whom the matrix does not know how far they are. Set it when that is known. " +
		"The resources that the exports link to are the rows of the matrix: they show who holds which letter, the evidence to ask for and the sources."
}

// requirements answers each requirement of a selection. The first part of the
// division is the system itself.
func (d *document) requirements(s *catalog.Selection, answers []matrix.Answer, div *division) iter.Seq[requirement] {
	ids := controlsOf(s)
	return func(yield func(requirement) bool) {
		for i := range answers {
			a := &answer{d: d, Answer: &answers[i], framework: s.Framework.ID, control: answers[i].Requirement.ID}
			if !yield(a.requirement(ids, div)) {
				return
			}
		}
	}
}

// answer is an answer that is being written.
type answer struct {
	*matrix.Answer
	d         *document
	framework string
	control   string // the id of the requirement that a statement belongs to, or of the requirement itself
}

func (a *answer) uuid(kind string, names ...string) string {
	return a.d.uuid(kind, append([]string{a.framework, a.Requirement.ID}, names...)...)
}

// exportUUID is that of something that a component exports for the control.
func (a *answer) exportUUID(kind string, names ...string) string {
	return a.d.uuid(kind, append([]string{a.framework, a.control}, names...)...)
}

// requirement answers a control. What is exported stands once, at the control;
// what the system inherits and satisfies stands at its statements: the lettered
// ones where it has any, or else the whole text, which is where the readers of a
// published catalog look for it. Of other controls no statement has an id.
func (a *answer) requirement(ids controls, div *division) requirement {
	q := requirement{UUID: a.uuid("requirement"), Control: ids.ids[a.Requirement.ID], Props: a.props(), Components: a.exports(div)}
	for i := range a.Statements {
		s := &answer{d: a.d, Answer: &a.Statements[i], framework: a.framework, control: a.control}
		q.Statements = append(q.Statements, s.statement(ids.statementID(a.Requirement, i), div))
	}
	switch {
	case len(a.Statements) > 0:
	case ids.published:
		whole := a.statement(q.Control+ids.statement, div)
		whole.Props = nil // those of the control
		q.Statements = []answeredStatement{whole}
	default:
		q.Components = append([]byComponent{a.systemStatement(div)}, q.Components...)
	}
	return q
}

// statement answers a statement of a control.
func (a *answer) statement(id string, div *division) answeredStatement {
	return answeredStatement{ID: id, UUID: a.uuid("statement"), Props: a.props(), Components: []byComponent{a.systemStatement(div)}}
}

func (a *answer) inheritanceProp() []prop {
	if a.Inheritance == "" {
		return nil
	}
	return customProp("inheritance", string(a.Inheritance))
}

func (a *answer) props() []prop {
	return slices.Concat(customProp("requirement", a.Requirement.ID), customProp("ownership", string(a.Ownership)), a.inheritanceProp(), a.origination())
}

// exports say what each part but the system itself, which is the first,
// provides for the control and leaves to its customer.
func (a *answer) exports(div *division) []byComponent {
	var components []byComponent
	divided := div.divide(a.Rows)
	for i := range div.parts[1:] {
		p := &div.parts[1+i]
		rows := divided[p.id]
		if len(rows) == 0 {
			continue
		}
		_, sentence := ownership(a.Answer, rows)
		by := byComponent{
			Component: a.d.systemComponentUUID(p), UUID: a.uuid("by-component", p.id), Description: sentence, Export: &export{},
			Status: a.status(rows, false), Responsible: a.roles(rows),
		}
		for _, r := range rows {
			a.export(r, by.Export)
		}
		if len(by.Export.Provided)+len(by.Export.Responsibilities) > 0 {
			components = append(components, by)
		}
	}
	return components
}

// export adds the sides of a row. What is left links to the resource of the
// row through what is provided, where anything is.
func (a *answer) export(r *matrix.Row, out *export) {
	d, t, first := a.d, a.d.rowText(r), ""
	for _, s := range t.provided {
		if !carries(a.Answer, r, s.who) {
			continue
		}
		id := a.exportUUID("provided", r.ID, s.who)
		if first == "" {
			first = id
		}
		out.Provided = append(out.Provided, exported{id, s.text, d.rowLinks(r), d.operators(s.who)})
	}
	if t.left.text == "" {
		return
	}
	left := responsibility{UUID: a.exportUUID("responsibility", r.ID), Provided: first, Description: t.left.text}
	if first == "" {
		left.Links = d.rowLinks(r)
	}
	out.Responsibilities = append(out.Responsibilities, left)
}

// origination says in the words of OSCAL who implements a control, of which
// several may be true.
func (a *answer) origination() []prop {
	inherited, organization, specific := false, a.Requirement.Organization != "" && a.Excluded == "", false
	for _, r := range a.Rows {
		inherited = inherited || hasProvider(a.Answer, r)
		switch {
		case r.Side(catalog.Customer) == "":
		case r.Entry == matrix.OrganizationEntry:
			organization = true
		default:
			specific = true
		}
	}
	var props []prop
	for _, w := range []struct {
		word string
		is   bool
	}{{"inherited", inherited}, {"organization", organization}, {"system-specific", specific}} {
		if w.is {
			props = append(props, prop{Name: "control-origination", Value: w.word})
		}
	}
	return props
}

// systemStatement is what the system as a whole does for the requirement: what the
// organization does once for all services, and what it inherits from the
// exports and satisfies.
func (a *answer) systemStatement(div *division) byComponent {
	p := &div.parts[0]
	by := byComponent{Component: a.d.systemComponentUUID(p), UUID: a.uuid("by-component", p.id)}
	if a.Ownership == matrix.NotApplicable {
		by.Description = "No duty that answers this control occurs in the system."
		if a.Excluded != "" {
			by.Description = "This control is left out: " + escapeMarkdown(a.Excluded)
		}
		by.Status, by.Responsible = &status{"not-applicable", by.Description}, a.d.assign("accountable", []string{a.d.m.DefaultAccountable.ID})
		return by
	}
	var mine []*matrix.Row
	var texts paragraphs
	texts.add(escapeMarkdown(a.Requirement.Organization))
	texts.add(outside(a.Requirement))
	for _, r := range a.Rows {
		if div.partOf(r) != p.id {
			a.answerExport(r, &by)
			continue
		}
		mine = append(mine, r)
		t := a.d.rowText(r)
		for _, s := range t.provided {
			if s.who != catalog.AWS || a.AWSCounts(r) {
				texts.add(s.titled)
			}
		}
		if t.left.text != "" {
			texts.add(strings.TrimSuffix(t.left.titled+" "+a.d.holders(r)+" "+t.process, " "))
		}
	}
	by.Description = texts.String()
	if by.Description == "" {
		by.Description = "The system answers this control by what it inherits and satisfies."
	}
	by.Links, by.Status, by.Responsible = a.d.rowLinks(mine...), a.status(a.Rows, a.Requirement.Organization != ""), a.systemRoles()
	return by
}

// answerExport says from where the system inherits what is provided in a row,
// and who satisfies what is left. The accountable party stands once, with the
// latter where there is one.
func (a *answer) answerExport(r *matrix.Row, self *byComponent) {
	t := a.d.rowText(r)
	var accountable []assignment
	if t.left.text == "" {
		accountable = t.accountable
	}
	for _, s := range t.provided {
		if !carries(a.Answer, r, s.who) {
			continue
		}
		self.Inherited = append(self.Inherited, inherited{a.uuid("inherited", r.ID, s.who), a.exportUUID("provided", r.ID, s.who), t.title + ".", accountable})
	}
	if t.left.text != "" {
		self.Satisfied = append(self.Satisfied, satisfied{a.uuid("satisfied", r.ID), a.exportUUID("responsibility", r.ID), strings.TrimSuffix(t.title+"."+t.gaps+" "+t.process, " "), t.doers})
	}
}

// outside is what the organization does outside of AWS, or "".
func outside(q *catalog.Requirement) string {
	if q.Outside == "" {
		return ""
	}
	return matrix.OutsideLabel + ": " + escapeMarkdown(q.Outside)
}

// gaps says who is missing for the customer's part in a row, or returns "".
func (d *document) gaps(r *matrix.Row) string {
	text := ""
	if d.names(r, matrix.Responsible) == nobody {
		text = " Responsible: " + nobody + "."
	}
	if d.names(r, matrix.Accountable) == nobody {
		text += " Accountable: " + nobody + "."
	}
	return text
}

// holders says who is responsible and accountable for the customer's part in
// a row. A gap is shown, not hidden.
func (d *document) holders(r *matrix.Row) string {
	return fmt.Sprintf("Responsible: %s. Accountable: %s.", d.names(r, matrix.Responsible), d.names(r, matrix.Accountable))
}
