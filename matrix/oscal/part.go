package oscal

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

// part is what becomes a component: an entry, a service with its variants, or
// what is done once by AWS or by the organization.
type part struct {
	id          string // what its UUIDs are made from
	kind        string // of component, in the words of OSCAL
	title       string
	description string
	entries     []*matrix.Entry // none for what is done once
	props       []prop
	rows        []*matrix.Row
}

// Kinds of components.
const (
	serviceKind = "service"
	systemKind  = "system"
	selfKind    = "this-system"
	processKind = "process-procedure"
)

// services returns a part for each service in use with the same variants, in
// the order of the entries. They follow the parts that are done once.
func (d *document) services(once ...part) []part {
	parts := once
	for i := range d.m.Entries {
		e := &d.m.Entries[i]
		id := serviceID(e)
		at := slices.IndexFunc(parts, func(p part) bool { return p.id == id && len(p.entries) > 0 })
		if at < 0 {
			at = len(parts)
			title := markup(serviceTitle(e))
			parts = append(parts, part{id: id, kind: serviceKind, title: title, description: title + ", as " + markup(line(d.m.Organization)) + " uses it.",
				props: slices.Concat(customProp("service", e.Service), ownAll("variant", e.Variants))})
		}
		parts[at].entries = append(parts[at].entries, e)
		parts[at].props = append(parts[at].props, customProp("entry", e.Name)...)
	}
	return d.withRows(parts)
}

// withRows gives the parts their rows.
func (d *document) withRows(parts []part) []part {
	for i := range parts {
		p := &parts[i]
		for j := range d.m.Rows {
			if r := &d.m.Rows[j]; p.holds(r) {
				p.rows = append(p.rows, r)
			}
		}
	}
	return parts
}

// serviceID is the id of the part of an entry's service.
func serviceID(e *matrix.Entry) string {
	return strings.Join(append([]string{"service", e.Service}, e.Variants...), "/")
}

// uses returns a part for each entry, after the parts that are done once.
func (d *document) uses(once ...part) []part {
	parts := once
	for i := range d.m.Entries {
		e := &d.m.Entries[i]
		title := markup(line(e.Name))
		if e.Name != e.Service {
			title += ": " + markup(serviceTitle(e))
		} else {
			title = markup(serviceTitle(e))
		}
		parts = append(parts, part{id: "entry/" + e.Name, kind: serviceKind, title: title, entries: []*matrix.Entry{e},
			description: fmt.Sprintf("The use of %s that the manifest calls %s.", markup(serviceTitle(e)), markup(line(e.Name))),
			props: slices.Concat(customProp("entry", e.Name), customProp("service", e.Service), ownAll("variant", e.Variants), ownAll("environment", e.Environments),
				ownAll("account", e.Accounts), ownAll("tag", e.Tags))})
	}
	return d.withRows(parts)
}

// provider is the part of what AWS does once for all.
func (d *document) provider(kind string) part {
	return part{id: matrix.ProviderEntry, kind: kind, title: "Amazon Web Services",
		description: "What Amazon Web Services does once for all of its services, such as running its data centres.", props: customProp("entry", matrix.ProviderEntry)}
}

// self is the part of what the organization does once for all services.
func (d *document) self(kind string) part {
	return part{id: matrix.OrganizationEntry, kind: kind, title: markup(line(d.m.System)), props: customProp("entry", matrix.OrganizationEntry),
		description: "What " + markup(line(d.m.Organization)) + " does once for all services of the system."}
}

func serviceTitle(e *matrix.Entry) string {
	if len(e.VariantNames) == 0 {
		return line(e.ServiceName)
	}
	return line(e.ServiceName + " (" + strings.Join(e.VariantNames, ", ") + ")")
}

// holds reports whether a row is one of this part. What AWS does for a duty of
// the organization belongs to the part of AWS, where the customer inherits it.
func (p *part) holds(r *matrix.Row) bool {
	if len(p.entries) == 0 {
		return p.id == r.Entry && (r.Entry != matrix.OrganizationEntry || r.Side(catalog.AWS) == "") ||
			p.id == matrix.ProviderEntry && r.Entry == matrix.OrganizationEntry && r.Side(catalog.AWS) != ""
	}
	return slices.ContainsFunc(p.entries, func(e *matrix.Entry) bool { return e.Name == r.Entry })
}

// of returns those of the rows that belong to the part.
func (p *part) of(rows []*matrix.Row) []*matrix.Row {
	var mine []*matrix.Row
	for _, r := range rows {
		if p.holds(r) {
			mine = append(mine, r)
		}
	}
	return mine
}

// rolesOf returns who provides the part, by its rows, and who owns it.
func (d *document) rolesOf(p *part) []assignment {
	var owners []string
	for _, e := range p.entries {
		owners = append(owners, e.Owner)
	}
	return append(d.assign(providerRole, providers(p.rows)), d.assign(ownerRole, owners)...)
}

// providers returns who provides something in these rows, each once.
func providers(rows []*matrix.Row) []string {
	var ids []string
	for _, r := range rows {
		for _, s := range provided(r) {
			if !slices.Contains(ids, s.Who) {
				ids = append(ids, s.Who)
			}
		}
	}
	return ids
}

// operators names the providers of something, unless it is AWS alone.
func (d *document) operators(ids ...string) []assignment {
	if !slices.ContainsFunc(ids, func(id string) bool { return id != catalog.AWS }) {
		return nil
	}
	return d.assign(providerRole, ids)
}

// provided returns the sides of a row that are not the customer's.
func provided(r *matrix.Row) []catalog.Side {
	var sides []catalog.Side
	for _, s := range r.Sides {
		if s.Who != catalog.Customer {
			sides = append(sides, s)
		}
	}
	return sides
}

// ownership says who performs these rows, in the words of matrix.Answer, and
// in a sentence.
func ownership(rows []*matrix.Row) (word matrix.Ownership, sentence string) {
	isProvided, isLeft := false, false
	for _, r := range rows {
		isProvided = isProvided || len(provided(r)) > 0
		isLeft = isLeft || r.Side(catalog.Customer) != ""
	}
	switch {
	case isProvided && isLeft:
		return matrix.OwnedByBoth, "A part is provided."
	case isProvided:
		return matrix.Inherited, "All is provided."
	}
	return matrix.OwnedByCustomer, "Nothing is provided."
}

// paragraphs joins texts to paragraphs, each text once.
func paragraphs(texts []string) string {
	var unique []string
	for _, t := range texts {
		if t != "" && !slices.Contains(unique, t) {
			unique = append(unique, t)
		}
	}
	return strings.Join(unique, "\n\n")
}
