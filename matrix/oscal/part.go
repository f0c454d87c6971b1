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

// division is the parts of a document. Each row belongs to one of them at most.
type division struct {
	parts   []part
	byEntry map[string]string // ids of parts
}

// byService has a part for each service in use with the same variants, in the
// order of the entries. They follow the parts that are done once.
func (d *document) byService(once ...part) *division {
	div, known := &division{once, map[string]string{}}, map[string]int{}
	for i := range d.m.Entries {
		e := &d.m.Entries[i]
		id := serviceID(e)
		at, ok := known[id]
		if !ok {
			at = len(div.parts)
			known[id] = at
			title := escapeMarkdown(serviceTitle(e))
			div.parts = append(div.parts, part{id: id, kind: serviceKind, title: title, description: title + ", as " + escapeMarkdown(line(d.m.Organization)) + " uses it.",
				props: slices.Concat(customProp("service", e.Service), customProps("variant", e.Variants))})
		}
		div.parts[at].entries = append(div.parts[at].entries, e)
		div.parts[at].props = append(div.parts[at].props, customProp("entry", e.Name)...)
		div.byEntry[e.Name] = id
	}
	return d.withRows(div)
}

// withRows gives the parts their rows.
func (d *document) withRows(div *division) *division {
	rows := map[string][]*matrix.Row{}
	for i := range d.m.Rows {
		id := div.partOf(&d.m.Rows[i])
		rows[id] = append(rows[id], &d.m.Rows[i])
	}
	for i := range div.parts {
		div.parts[i].rows = rows[div.parts[i].id]
	}
	return div
}

// partOf returns the id of the part that a row belongs to. What AWS does for a duty
// of the organization belongs to the part of AWS, where the customer inherits
// it.
func (div *division) partOf(r *matrix.Row) string {
	switch {
	case r.Entry == matrix.OrganizationEntry && r.Side(catalog.AWS) != "":
		return matrix.ProviderEntry
	case r.Entry == matrix.OrganizationEntry || r.Entry == matrix.ProviderEntry:
		return r.Entry
	}
	return div.byEntry[r.Entry]
}

// divide returns the rows of each part, by its id.
func (div *division) divide(rows []*matrix.Row) map[string][]*matrix.Row {
	divided := map[string][]*matrix.Row{}
	for _, r := range rows {
		id := div.partOf(r)
		divided[id] = append(divided[id], r)
	}
	return divided
}

// serviceID is the id of the part of an entry's service.
func serviceID(e *matrix.Entry) string {
	return strings.Join(append([]string{"service", e.Service}, e.Variants...), "/")
}

// byEntry has a part for each entry, after the parts that are done once.
func (d *document) byEntry(once ...part) *division {
	div := &division{once, map[string]string{}}
	for i := range d.m.Entries {
		e := &d.m.Entries[i]
		title := escapeMarkdown(line(e.Name))
		if e.Name != e.Service {
			title += ": " + escapeMarkdown(serviceTitle(e))
		} else {
			title = escapeMarkdown(serviceTitle(e))
		}
		p := part{id: "entry/" + e.Name, kind: serviceKind, title: title, entries: []*matrix.Entry{e},
			description: fmt.Sprintf("The use of %s that the manifest calls %s.", escapeMarkdown(serviceTitle(e)), escapeMarkdown(line(e.Name))),
			props: slices.Concat(customProp("entry", e.Name), customProp("service", e.Service), customProps("variant", e.Variants), customProps("environment", e.Environments),
				customProps("account", e.Accounts), customProps("tag", e.Tags))}
		div.parts = append(div.parts, p)
		div.byEntry[e.Name] = p.id
	}
	return d.withRows(div)
}

// providerPart is the part of what AWS does once for all.
func (d *document) providerPart(kind string) part {
	return part{id: matrix.ProviderEntry, kind: kind, title: "Amazon Web Services",
		description: "What Amazon Web Services does once for all of its services, such as running its data centres.", props: customProp("entry", matrix.ProviderEntry)}
}

// organizationPart is the part of what the organization does once for all services.
func (d *document) organizationPart(kind string) part {
	return part{id: matrix.OrganizationEntry, kind: kind, title: escapeMarkdown(line(d.m.System)), props: customProp("entry", matrix.OrganizationEntry),
		description: "What " + escapeMarkdown(line(d.m.Organization)) + " does once for all services of the system."}
}

func serviceTitle(e *matrix.Entry) string {
	if len(e.VariantNames) == 0 {
		return line(e.ServiceName)
	}
	return line(e.ServiceName + " (" + strings.Join(e.VariantNames, ", ") + ")")
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
		for _, s := range r.Sides {
			if s.Who != catalog.Customer && !slices.Contains(ids, s.Who) {
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

// carries reports whether the customer can lean on a side of a row, which is not
// its own, to answer a requirement.
func carries(a *matrix.Answer, r *matrix.Row, who string) bool {
	return who != catalog.AWS || a.AWSCarries(r)
}

// hasProvider reports whether something is provided in a row to answer a
// requirement.
func hasProvider(a *matrix.Answer, r *matrix.Row) bool {
	return slices.ContainsFunc(provided(r), func(s catalog.Side) bool { return carries(a, r, s.Who) })
}

// ownership says who performs these rows of an answer, in the words of
// matrix.Answer, and in a sentence.
func ownership(a *matrix.Answer, rows []*matrix.Row) (word matrix.Ownership, sentence string) {
	isProvided, isLeft := false, false
	for _, r := range rows {
		isProvided = isProvided || hasProvider(a, r)
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

// paragraphs are the paragraphs of a text, each of them once.
type paragraphs struct {
	list []string
	seen map[string]bool
	last string // most rows say what the one before them says
}

func (p *paragraphs) add(text string) {
	if text == "" || text == p.last {
		return
	}
	p.last = text
	if p.seen == nil {
		p.seen = map[string]bool{}
	}
	if !p.seen[text] {
		p.seen[text] = true
		p.list = append(p.list, text)
	}
}

func (p *paragraphs) String() string { return strings.Join(p.list, "\n\n") }
