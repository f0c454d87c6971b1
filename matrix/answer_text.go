package matrix

import (
	"slices"
	"strings"

	"raci/matrix/catalog"
)

// ownEvidence returns the evidence of rows that the manifest names, each once.
func ownEvidence(kinds []*rowKind) []string {
	var list []string
	for _, k := range kinds {
		for _, e := range k.ownEvidence {
			if !slices.Contains(list, e) {
				list = append(list, e)
			}
		}
	}
	return list
}

// processes returns how the duties of rows are done, each once.
func processes(kinds []*rowKind) []Process {
	var list []Process
	seen := map[Process]bool{}
	for _, k := range kinds {
		for _, p := range k.Process {
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
func (w *answerWriter) sides(q *catalog.Requirement, kinds []*rowKind) (provided, left, offered []string) {
	var aws, customer, offers lines
	for _, k := range kinds {
		if k.Offers != "" {
			offers.add(k.serviceName, k.Offers)
		}
		for _, side := range k.Sides {
			switch side.Who {
			case catalog.AWS:
				if q.TakesAWSPartFrom(k.Duty) {
					aws.add(k.serviceName, side.Text)
				}
			case catalog.Customer:
				customer.add(k.serviceName, side.Text)
			default:
				customer.add(strings.TrimPrefix(k.serviceName+", "+w.partyName(side.Who), ", "), side.Text)
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
func (w *answerWriter) evidence(a *Answer, kinds []*rowKind) []string {
	list := newEvidenceList()
	if a.Ownership == Inherited || a.Ownership == OwnedByBoth {
		w.addReports(list, a, kinds)
	}
	for _, e := range a.Requirement.Evidence {
		list.add(e)
	}
	for _, k := range kinds {
		if k.Split == catalog.AWS && !a.AWSCounts(k.Row) {
			continue // it shows what the requirement does not ask for
		}
		for _, e := range k.Evidence {
			if report, unconfirmed := catalog.Unqualified(e); unconfirmed {
				list.addUnconfirmed(report, k.serviceName)
			} else {
				list.add(e)
			}
		}
	}
	return list.texts()
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
