package oscal

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix"
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
	Remarks    string              `json:"remarks,omitempty"`
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
	Status      *status      `json:"implementation-status,omitempty"`
	Export      *export      `json:"export,omitempty"`
	Inherited   []inherited  `json:"inherited,omitempty"`
	Satisfied   []satisfied  `json:"satisfied,omitempty"`
	Responsible []assignment `json:"responsible-roles,omitempty"`
	Remarks     string       `json:"remarks,omitempty"`
}

type export struct {
	Provided         []exported       `json:"provided,omitempty"`
	Responsibilities []responsibility `json:"responsibilities,omitempty"`
}

type exported struct {
	UUID        string       `json:"uuid"`
	Description string       `json:"description"`
	Props       []prop       `json:"props,omitempty"`
	Responsible []assignment `json:"responsible-roles,omitempty"`
}

type responsibility struct {
	UUID        string       `json:"uuid"`
	Provided    string       `json:"provided-uuid,omitempty"`
	Description string       `json:"description"`
	Props       []prop       `json:"props,omitempty"`
	Responsible []assignment `json:"responsible-roles,omitempty"`
}

type inherited struct {
	UUID        string       `json:"uuid"`
	Provided    string       `json:"provided-uuid"`
	Description string       `json:"description"`
	Props       []prop       `json:"props,omitempty"`
	Responsible []assignment `json:"responsible-roles,omitempty"`
}

type satisfied struct {
	UUID           string       `json:"uuid"`
	Responsibility string       `json:"responsibility-uuid"`
	Description    string       `json:"description"`
	Props          []prop       `json:"props,omitempty"`
	Responsible    []assignment `json:"responsible-roles,omitempty"`
	Remarks        string       `json:"remarks,omitempty"`
}

// controlImplementation answers each requirement of a selection. The first of
// the parts is the system itself.
func (d *document) controlImplementation(s *matrix.Selection, parts []part) controlImplementation {
	c := controlImplementation{Description: "Who does what for each control of " + markup(selectionName(s)) + ". " +
		"The component of a service exports what its operator provides and what it leaves to its customer; these statements are those of the catalog of raci, not of the operator's own plan. " +
		"The component of the system inherits the one and says who satisfies the other. How a responsibility is met is for the system's owner to add, and so is the state of its implementation."}
	ids := controlsOf(s.Framework)
	for _, a := range d.m.Answers(s) {
		q := &answer{d: d, Answer: &a, framework: s.Framework.ID}
		c.Requirements = append(c.Requirements, q.requirement(ids, parts))
	}
	return c
}

// answer is an answer that is being written.
type answer struct {
	*matrix.Answer
	d         *document
	framework string
}

func (a *answer) uuid(kind string, names ...string) string {
	return a.d.uuid(kind, append([]string{a.framework, a.Requirement.ID}, names...)...)
}

// requirement answers a control: at its lettered statements where it has any,
// else as a whole.
func (a *answer) requirement(ids controls, parts []part) requirement {
	q := requirement{UUID: a.uuid("requirement"), Control: ids.ids[a.Requirement.ID], Props: a.props()}
	if len(a.Statements) == 0 || a.Excluded != "" {
		q.Components = a.components(parts)
		return q
	}
	for i := range a.Statements {
		s := &answer{d: a.d, Answer: &a.Statements[i], framework: a.framework}
		q.Statements = append(q.Statements, answeredStatement{
			ID: ids.statementID(a.Requirement, i), UUID: s.uuid("statement"), Props: s.props(), Components: s.components(parts),
		})
	}
	return q
}

func (a *answer) props() []prop {
	return slices.Concat(own("requirement", a.Requirement.ID), own("ownership", a.Ownership), a.origination())
}

// components say what each part does for the control or statement. The first
// is the system itself.
func (a *answer) components(parts []part) []byComponent {
	self := a.self(&parts[0])
	var components []byComponent
	for i := range parts[1:] {
		p := &parts[1+i]
		rows := p.of(a.Rows)
		if len(rows) == 0 {
			continue
		}
		_, sentence := ownership(rows)
		by := byComponent{Component: a.d.systemComponentUUID(p), UUID: a.uuid("by-component", p.id), Links: sourceLinks(rows), Export: &export{},
			Description: p.title + ": " + sentence}
		for _, r := range rows {
			a.split(r, by.Export, &self)
		}
		components = append(components, by)
	}
	return append([]byComponent{self}, components...)
}

// origination says in the words of OSCAL who implements a control, of which
// several may be true.
func (a *answer) origination() []prop {
	var words []string
	for _, r := range a.Rows {
		if len(provided(r)) > 0 {
			words = append(words, "inherited")
		}
		switch {
		case r.Side(matrix.Customer) == "":
		case r.Entry == matrix.OrganizationEntry:
			words = append(words, "organization")
		default:
			words = append(words, "system-specific")
		}
	}
	if a.Requirement.Organization != "" && a.Excluded == "" {
		words = append(words, "organization")
	}
	slices.Sort(words)
	var props []prop
	for _, w := range slices.Compact(words) {
		props = append(props, prop{Name: "control-origination", Value: w})
	}
	return props
}

// self is what the system as a whole does for the requirement: what the
// organization does once for all services. What it inherits and satisfies is
// added by split.
func (a *answer) self(p *part) byComponent {
	by := byComponent{Component: a.d.systemComponentUUID(p), UUID: a.uuid("by-component", p.id)}
	if a.Ownership == matrix.NotApplicable {
		by.Description = "No duty that answers this control occurs in the system."
		if a.Excluded != "" {
			by.Description = "The manifest leaves this control out: " + markup(a.Excluded)
		}
		by.Status = &status{State: "not-applicable"}
		return by
	}
	rows := p.of(a.Rows)
	texts := []string{markup(a.Requirement.Organization), outside(a.Requirement)}
	for _, r := range rows {
		for _, s := range provided(r) {
			texts = append(texts, a.d.providedText(r, s))
		}
		if text := customerText(r); text != "" {
			texts = append(texts, text+" "+a.d.holders(r))
		}
	}
	by.Description = paragraphs(texts)
	if by.Description == "" {
		by.Description = "The system answers this control by what it inherits and satisfies."
	}
	by.Links, by.Responsible, by.Remarks = sourceLinks(rows), a.d.letters(rows...), evidence(rows)
	if by.Remarks == "" && len(rows) == 0 && a.Requirement.Organization != "" {
		by.Remarks = "The matrix assigns nobody to what the organization does for this control itself."
	}
	return by
}

// split adds the sides of a row: to the export of its component, and to what
// the system inherits and satisfies.
func (a *answer) split(r *matrix.Row, out *export, self *byComponent) {
	d, props, first := a.d, own("row", r.ID), ""
	for _, s := range provided(r) {
		id := a.uuid("provided", r.ID, s.Who)
		if first == "" {
			first = id
		}
		out.Provided = append(out.Provided, exported{id, d.providedText(r, s), props, d.assign(providerRole, []string{s.Who})})
		self.Inherited = append(self.Inherited, inherited{a.uuid("inherited", r.ID, s.Who), id, inheritedText(d, r, s), props, d.assign("accountable", []string{r.Accountable()})})
	}
	if r.Side(matrix.Customer) == "" {
		return
	}
	id := a.uuid("responsibility", r.ID)
	responsible := d.letters(r)
	out.Responsibilities = append(out.Responsibilities, responsibility{id, first, customerText(r), props, only("responsible", responsible)})
	self.Satisfied = append(self.Satisfied, satisfied{a.uuid("satisfied", r.ID), id, satisfiedText(d, r), props, responsible, evidence([]*matrix.Row{r})})
}

// outside is what the organization does outside of AWS, or "".
func outside(q *matrix.Requirement) string {
	if q.Outside == "" {
		return ""
	}
	return matrix.OutsideLabel + ": " + markup(q.Outside)
}

// inheritedText says from whom the system inherits a duty.
func inheritedText(d *document, r *matrix.Row, s matrix.Side) string {
	return fmt.Sprintf("%s, for %s: inherited from %s.", markup(line(r.Title)), markup(line(d.m.EntryTitle(r.Entry))), markup(line(d.m.Party(s.Who).Name)))
}

// satisfiedText says who satisfies a responsibility.
func satisfiedText(d *document, r *matrix.Row) string {
	return fmt.Sprintf("%s, for %s. %s", markup(line(r.Title)), markup(line(d.m.EntryTitle(r.Entry))), d.holders(r))
}

// holders says who is responsible and accountable for the customer's part in
// a row. A gap is told, not hidden.
func (d *document) holders(r *matrix.Row) string {
	return fmt.Sprintf("Responsible: %s. Accountable: %s.", d.names(r, matrix.Responsible), d.names(r, matrix.Accountable))
}

// only keeps one role.
func only(role string, all []assignment) []assignment {
	i := slices.IndexFunc(all, func(a assignment) bool { return a.Role == role })
	if i < 0 {
		return nil
	}
	return all[i : i+1]
}

// evidence lists what an auditor can ask for, or returns "".
func evidence(rows []*matrix.Row) string {
	var items []string
	for _, r := range rows {
		for _, e := range r.Evidence {
			if e = markup(line(e)); !slices.Contains(items, e) {
				items = append(items, e)
			}
		}
	}
	if len(items) == 0 {
		return ""
	}
	return "Evidence: " + strings.Join(items, "; ") + "."
}
