package matrix

import (
	"slices"
	"strings"

	"raci/matrix/catalog"
)

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
