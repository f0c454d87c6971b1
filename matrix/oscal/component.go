package oscal

import (
	"slices"

	"raci/matrix"
)

type componentDefinition struct {
	UUID       string             `json:"uuid"`
	Metadata   metadata           `json:"metadata"`
	Components []definedComponent `json:"components,omitempty"`
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
	Links       []link       `json:"links,omitempty"`
	Responsible []assignment `json:"responsible-roles,omitempty"`
	Statements  []statement  `json:"statements,omitempty"`
}

type statement struct {
	ID          string       `json:"statement-id"`
	UUID        string       `json:"uuid"`
	Description string       `json:"description"`
	Props       []prop       `json:"props,omitempty"`
	Responsible []assignment `json:"responsible-roles,omitempty"`
}

func (d *document) componentDefinition() *componentDefinition {
	def := &componentDefinition{Metadata: d.metadata("Components of " + d.m.System)}
	var selections []*matrix.Selection
	for i := range d.m.Frameworks {
		selections = append(selections, &d.m.Frameworks[i])
	}
	def.BackMatter = d.resources(selections)
	organization := d.self(processKind)
	organization.title = "Organization-wide duties of " + markup(line(d.m.Organization))
	parts := d.services(d.provider(serviceKind), organization)
	for i := range parts {
		p := &parts[i]
		def.Components = append(def.Components, definedComponent{
			UUID: d.componentUUID(p.id), Type: p.kind, Title: p.title, Description: p.description, Props: p.props, Responsible: d.rolesOf(p),
		})
	}
	for n, s := range selections {
		answers, ids := d.m.Answers(s), controlsOf(s.Framework)
		for i := range parts {
			if c := d.implementation(&parts[i], s, n, answers, ids); c != nil {
				def.Components[i].Controls = append(def.Components[i].Controls, *c)
			}
		}
	}
	return def
}

// componentUUID is that of a component of the definition.
func (d *document) componentUUID(id string) string { return d.uuid("defined-component", id) }

// implementation returns what the part does for the controls of the nth
// selection, or nil if it does nothing for any.
func (d *document) implementation(p *part, s *matrix.Selection, n int, answers []matrix.Answer, ids controls) *implementation {
	c := &implementation{
		UUID: d.uuid("defined-implementation", p.id, s.Name, key(n, d.m.Frameworks)), Source: d.source(s),
		Description: p.title + ": controls of " + markup(selectionName(s)) + ". The description of each control says what is provided, its statements what the customer is responsible for.",
		Props:       slices.Concat(own("framework", s.Framework.ID), own("selection", s.Name)),
	}
	for i := range answers {
		if q := d.definedRequirement(p, c.UUID, &answers[i], ids); q != nil {
			c.Requirements = append(c.Requirements, *q)
		}
	}
	if len(c.Requirements) == 0 {
		return nil
	}
	return c
}

// key tells selections of the same name apart: it is "" for the first.
func key(n int, all []matrix.Selection) string {
	k := ""
	for i := range n {
		if all[i].Name == all[n].Name {
			k += "+"
		}
	}
	return k
}

// definedRequirement returns what the part does for a requirement, or nil.
func (d *document) definedRequirement(p *part, within string, a *matrix.Answer, ids controls) *definedRequirement {
	rows, left := p.of(a.Rows), d.left(p, a)
	if len(rows) == 0 && left == "" {
		return nil
	}
	word, sentence := ownership(rows)
	var given, providers, names []string
	for _, r := range rows {
		names = append(names, r.ID)
		for _, s := range provided(r) {
			given, providers = append(given, d.providedText(r, s)), append(providers, s.Who)
		}
	}
	q := &definedRequirement{
		UUID: newUUID(namespace, within, a.Requirement.ID), Control: ids.ids[a.Requirement.ID], Description: paragraphs(given),
		Props: slices.Concat(own("requirement", a.Requirement.ID), own("ownership", word), ownAll("row", names)),
		Links: sourceLinks(rows), Responsible: d.assign(providerRole, providers),
	}
	if q.Description == "" {
		q.Description = sentence
	}
	if len(a.Statements) == 0 {
		q.Statements = d.responsibility(p, within, a, q.Control+ids.statement)
	}
	for i := range a.Statements {
		q.Statements = append(q.Statements, d.responsibility(p, within, &a.Statements[i], ids.statementID(a.Requirement, i))...)
	}
	return q
}

// left is what the part leaves to the customer, or "".
func (d *document) left(p *part, a *matrix.Answer) string {
	var texts []string
	if p.id == matrix.OrganizationEntry && len(p.entries) == 0 && a.Excluded == "" {
		texts = append(texts, markup(a.Requirement.Organization), outside(a.Requirement))
	}
	for _, r := range p.of(a.Rows) {
		texts = append(texts, customerText(r))
	}
	return paragraphs(texts)
}

// responsibility is the statement of what the part leaves to the customer, if
// it leaves anything.
func (d *document) responsibility(p *part, within string, a *matrix.Answer, id string) []statement {
	text := d.left(p, a)
	if text == "" {
		return nil
	}
	return []statement{{
		ID: id, UUID: newUUID(namespace, within, a.Requirement.ID, "responsibility"), Description: text,
		Props: own("responsibility-of", matrix.Customer), Responsible: d.letters(withCustomer(p.of(a.Rows))...),
	}}
}

// withCustomer returns the rows with a side of the customer.
func withCustomer(rows []*matrix.Row) []*matrix.Row {
	return slices.DeleteFunc(slices.Clone(rows), func(r *matrix.Row) bool { return r.Side(matrix.Customer) == "" })
}
