package oscal

import (
	"iter"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

type componentDefinition struct {
	UUID       string             `json:"uuid"`
	Metadata   metadata           `json:"metadata"`
	Components []definedComponent `json:"components"`
	BackMatter *backMatter        `json:"back-matter,omitempty"`
}

type definedComponent struct {
	UUID        string           `json:"uuid"`
	Type        string           `json:"type"`
	Title       string           `json:"title"`
	Description string           `json:"description"`
	Props       []prop           `json:"props,omitempty"`
	Responsible []assignment     `json:"responsible-roles,omitempty"`
	Controls    []implementation `json:"control-implementations,omitempty"`
}

type implementation struct {
	UUID         string               `json:"uuid"`
	Source       string               `json:"source"`
	Description  string               `json:"description"`
	Props        []prop               `json:"props,omitempty"`
	Requirements []definedRequirement `json:"implemented-requirements"`
}

type definedRequirement struct {
	UUID        string       `json:"uuid"`
	Control     string       `json:"control-id"`
	Description string       `json:"description"`
	Props       []prop       `json:"props,omitempty"`
	Responsible []assignment `json:"responsible-roles,omitempty"`
	Statements  []statement  `json:"statements,omitempty"`
}

type statement struct {
	ID          string `json:"statement-id"`
	UUID        string `json:"uuid"`
	Description string `json:"description"`
}

// componentDefinition returns the definition without its components, and
// those.
func (d *document) componentDefinition() (*componentDefinition, iter.Seq[definedComponent]) {
	organization := d.organizationPart(processKind)
	organization.title = "Organization-wide duties of " + escapeMarkdown(line(d.m.Organization))
	aws := d.providerPart(serviceKind)
	aws.props = append(aws.props, customProp("entry", matrix.OrganizationEntry)...) // its part in the organization's duties
	div := d.byService(aws, organization)
	var selections []*selection
	var answers []matrix.Answer
	for i := range d.m.Frameworks {
		s := d.selection(i, div)
		selections, answers = append(selections, s), append(answers, s.answers...)
	}
	def := &componentDefinition{
		Metadata: d.metadata("Components of " + d.m.System), Components: []definedComponent{}, BackMatter: d.backMatter(answers, d.m.Frameworks...),
	}
	return def, func(yield func(definedComponent) bool) {
		for i := range div.parts {
			if !yield(d.definedComponent(&div.parts[i], selections)) {
				return
			}
		}
	}
}

// selection is what the components share about a selection.
type selection struct {
	*catalog.Selection
	key     string // tells selections of the same name apart: it is "" for the first
	answers []matrix.Answer
	rows    map[*matrix.Answer]map[string][]*matrix.Row // of answers, also to statements, by part
	ids     controls
}

func (d *document) selection(n int, div *division) *selection {
	s := &selection{Selection: &d.m.Frameworks[n], answers: d.report.Answers(&d.m.Frameworks[n]), rows: map[*matrix.Answer]map[string][]*matrix.Row{}, ids: controlsOf(&d.m.Frameworks[n])}
	for i := range s.answers {
		a := &s.answers[i]
		s.rows[a] = div.divide(a.Rows)
		for j := range a.Statements {
			s.rows[&a.Statements[j]] = div.divide(a.Statements[j].Rows)
		}
	}
	for _, other := range d.m.Frameworks[:n] {
		if other.Name == s.Name {
			s.key += "+"
		}
	}
	return s
}

func (d *document) definedComponent(p *part, selections []*selection) definedComponent {
	c := definedComponent{
		UUID: d.componentUUID(p.id), Type: p.kind, Title: p.title, Description: p.description, Props: p.props,
		Responsible: append(d.rolesOf(p), d.letters(p.rows...)...),
	}
	for _, s := range selections {
		if i := d.implementation(p, s); i != nil {
			c.Controls = append(c.Controls, *i)
		}
	}
	return c
}

// componentUUID is that of a component of the definition.
func (d *document) componentUUID(id string) string { return d.uuid("defined-component", id) }

// implementation returns what the part does for the controls of a selection,
// or nil if it does nothing for any.
func (d *document) implementation(p *part, s *selection) *implementation {
	c := &implementation{
		UUID: d.uuid("defined-implementation", p.id, s.Name, s.key), Source: d.source(s.Selection),
		Description: p.title + ": controls of " + escapeMarkdown(selectionName(s.Selection)) + ". " +
			"The description of each control says what is provided, its statements what the customer is responsible for. " +
			"AWS provides it where no role names another. The property duties names the duties that answer the control, and its class who owns them. " +
			"The row ENTRY/DUTY of an entry of the component and a duty is a resource, which shows who holds which letter, the evidence to ask for and the sources.",
		Props: slices.Concat(customProp("framework", s.Framework.ID), customProp("selection", s.Name)),
	}
	for i := range s.answers {
		if q := d.definedRequirement(p, c.UUID, &s.answers[i], s); q != nil {
			c.Requirements = append(c.Requirements, *q)
		}
	}
	if len(c.Requirements) == 0 {
		return nil
	}
	return c
}

// definedRequirement returns what the part does for a requirement, or nil.
func (d *document) definedRequirement(p *part, within string, a *matrix.Answer, s *selection) *definedRequirement {
	rows, left := s.rows[a][p.id], d.leftToCustomer(p, a, s)
	word, sentence := ownership(a, rows)
	if word == matrix.OwnedByCustomer && left == "" {
		return nil
	}
	var given paragraphs
	var duties []string
	for _, r := range rows {
		if !slices.Contains(duties, r.Duty) {
			duties = append(duties, r.Duty)
		}
		for _, side := range d.rowText(r).provided {
			if carries(a, r, side.who) {
				given.add(side.titled)
			}
		}
	}
	q := &definedRequirement{
		UUID: newUUID(namespace, within, a.Requirement.ID), Control: s.ids.ids[a.Requirement.ID], Description: given.String(),
		Props:       classProp("duties", strings.Join(duties, " "), string(word)),
		Responsible: d.operators(providers(rows)...),
	}
	if q.Description == "" {
		q.Description = sentence
	}
	if len(a.Statements) == 0 {
		q.Statements = responsibilityOf(a, within, q.Control+s.ids.statement, left)
	}
	for i := range a.Statements {
		part := &a.Statements[i]
		q.Statements = append(q.Statements, responsibilityOf(part, within, s.ids.statementID(a.Requirement, i), d.leftToCustomer(p, part, s))...)
	}
	return q
}

// leftToCustomer is what the part leaves to the customer, or "".
func (d *document) leftToCustomer(p *part, a *matrix.Answer, s *selection) string {
	var texts paragraphs
	if p.id == matrix.OrganizationEntry && len(p.entries) == 0 && a.Excluded == "" {
		texts.add(escapeMarkdown(a.Requirement.Organization))
		texts.add(outside(a.Requirement))
	}
	for _, r := range s.rows[a][p.id] {
		texts.add(d.rowText(r).left.titled)
	}
	return texts.String()
}

// responsibilityOf is the statement of what a part leaves to the customer, if
// it leaves anything.
func responsibilityOf(a *matrix.Answer, within, id, left string) []statement {
	if left == "" {
		return nil
	}
	return []statement{{ID: id, UUID: newUUID(namespace, within, a.Requirement.ID, "responsibility"), Description: left}}
}
