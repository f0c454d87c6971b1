package oscal

import (
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

// rowText is what the documents say of a row. It is made once, because a row
// answers many requirements.
type rowText struct {
	resource string     // UUID
	title    string     // the duty, and what it is for
	provided []sideText // the sides that are not the customer's
	left     sideText   // the customer's side
	process  string     // how and how often the duty is done, or ""
	gaps     string     // who is missing for the customer's part, or ""
	// accountable answers for the row, or nobody. doers are those who answer
	// for the customer's part and who do it.
	accountable, doers []assignment
}

// sideText is what someone does, and the same after the title of its duty.
type sideText struct{ who, text, titled string }

// rowText returns what the documents say of a row.
func (d *document) rowText(r *matrix.Row) *rowText {
	if t := d.rows[r]; t != nil {
		return t
	}
	t := &rowText{
		resource: d.uuid("row", r.ID), title: escapeMarkdown(line(r.Title)) + ", for " + escapeMarkdown(line(d.m.EntryTitle(r.Entry))),
		process: process(r), gaps: d.gaps(r), accountable: d.assign("accountable", []string{r.Accountable()}), doers: d.doers(r),
	}
	for _, s := range provided(r) {
		t.provided = append(t.provided, d.sideText(r.Title, s))
	}
	if text := r.Side(catalog.Customer); text != "" {
		t.left = d.sideText(r.Title, catalog.Side{Who: catalog.Customer, Text: text})
	}
	d.rows[r] = t
	return t
}

// sideText returns what the documents say of a side. It is made once for all
// entries of a service.
func (d *document) sideText(duty string, s catalog.Side) sideText {
	key := [3]string{duty, s.Who, s.Text}
	t, known := d.sides[key]
	if !known {
		text := d.operator(s) + escapeMarkdown(s.Text)
		t = sideText{s.Who, text, escapeMarkdown(line(duty)) + ": " + text}
		d.sides[key] = t
	}
	return t
}

// operator introduces a side with the name of its operator, unless it is AWS's
// or the customer's.
func (d *document) operator(s catalog.Side) string {
	if i, ok := d.order[s.Who]; ok && s.Who != catalog.AWS && s.Who != catalog.Customer {
		return escapeMarkdown(line(d.m.Parties[i].Name)) + ": "
	}
	return ""
}

// rowLinks refers to the resources of rows.
func (d *document) rowLinks(rows ...*matrix.Row) []link {
	var links []link
	for _, r := range rows {
		links = append(links, link{"#" + d.rowText(r).resource})
	}
	return links
}

// rowResources says, once for each row that answers something, what holds
// wherever the row is mentioned.
func (d *document) rowResources(answers []matrix.Answer) []resource {
	used := map[*matrix.Row]bool{}
	for i := range answers {
		for _, r := range answers[i].Rows {
			used[r] = true
		}
	}
	var all []resource
	for i := range d.m.Rows {
		if r := &d.m.Rows[i]; used[r] {
			t := d.rowText(r)
			all = append(all, resource{UUID: t.resource, Title: t.title, Description: how(r), Props: d.rowProps(r), Links: append(processLinks(r), sources(r)...)})
		}
	}
	return all
}

// rowProps says who provides, and who holds which letter for the customer's
// part.
func (d *document) rowProps(r *matrix.Row) []prop {
	props := customProp("row", r.ID)
	for _, s := range provided(r) {
		props = append(props, customProp(providerRole, s.Who)...)
	}
	for _, l := range letterRoles {
		for _, role := range r.Roles {
			if customerLetters(r, role).Has(l.letter) {
				props = append(props, customProp(l.role, role.Party)...)
			}
		}
	}
	return props
}

// how says how and how often a duty is done, and what shows it, or returns "".
func how(r *matrix.Row) string {
	return strings.TrimSpace(strings.Join([]string{process(r), evidence(r)}, " "))
}

// process says how and how often a duty is done, or returns "".
func process(r *matrix.Row) string {
	text := ""
	if len(r.Process) > 0 {
		items := make([]string, len(r.Process))
		for i, p := range r.Process {
			items[i] = escapeMarkdown(line(p.String()))
		}
		text = "Process: " + strings.TrimSuffix(strings.Join(items, "; "), ".") + "."
	}
	if r.Frequency != "" {
		text += " Frequency: " + string(r.Frequency) + "."
	}
	return strings.TrimSpace(text)
}

// processLinks returns the addresses of the pages that say how a duty is done.
func processLinks(r *matrix.Row) []rlink {
	var links []rlink
	for _, p := range r.Process {
		if to := (rlink{href(p.URL)}); to.Href != "" && !slices.Contains(links, to) {
			links = append(links, to)
		}
	}
	return links
}

// evidence lists what an auditor can ask for, or returns "".
func evidence(r *matrix.Row) string {
	if len(r.Evidence) == 0 {
		return ""
	}
	items := make([]string, len(r.Evidence))
	for i, e := range r.Evidence {
		items[i] = escapeMarkdown(line(e))
	}
	return "Evidence: " + strings.Join(items, "; ") + "."
}

// sources returns the addresses of the sources of a row, each once.
func sources(r *matrix.Row) []rlink {
	var links []rlink
	for _, s := range r.Sources {
		if to := (rlink{href(s.URL)}); to.Href != "" && !slices.Contains(links, to) {
			links = append(links, to)
		}
	}
	return links
}
