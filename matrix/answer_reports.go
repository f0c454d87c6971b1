package matrix

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix/catalog"
)

// evidenceList collects evidence, each once. A report of AWS stands there plainly, and
// once more with the services of which no list says that it covers them.
type evidenceList struct {
	order       []string
	plain       map[string]bool
	unconfirmed map[string][]string // names of services, by report
}

func newEvidenceList() *evidenceList { return &evidenceList{plain: map[string]bool{}} }

func (l *evidenceList) add(evidence string) {
	if !l.plain[evidence] {
		l.plain[evidence] = true
		if l.unconfirmed[evidence] == nil {
			l.order = append(l.order, evidence)
		}
	}
}

func (l *evidenceList) addUnconfirmed(report, service string) {
	if !l.plain[report] && l.unconfirmed[report] == nil {
		l.order = append(l.order, report)
	}
	if l.unconfirmed == nil {
		l.unconfirmed = map[string][]string{}
	}
	if !slices.Contains(l.unconfirmed[report], service) {
		l.unconfirmed[report] = append(l.unconfirmed[report], service)
	}
}

// mostUnconfirmed is how many services evidence names; the entries of the matrix say
// it of all.
const mostUnconfirmed = 5

func (l *evidenceList) texts() []string {
	var texts []string
	for _, e := range l.order {
		if l.plain[e] {
			texts = append(texts, e)
		}
		if services := l.unconfirmed[e]; services != nil {
			texts = append(texts, e+catalog.IfItCovers(SomeServices(services, mostUnconfirmed)))
		}
	}
	return texts
}

// SomeServices names the first of some services, and says how many more there are.
func SomeServices(names []string, most int) string {
	switch last := len(names) - 1; {
	case last > most:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	case last > 0:
		return strings.Join(names[:last], ", ") + " and " + names[last]
	}
	return strings.Join(names, "")
}

// addReports adds the reports of AWS that show its part in any requirement of the
// framework: plainly for what AWS does for all services, and for services that a list
// has.
func (w *answerWriter) addReports(list *evidenceList, a *Answer, kinds []*rowKind) {
	for i, report := range w.selection.Framework.Reports {
		counted := false
		for _, k := range kinds {
			if k.Side(catalog.AWS) == "" || !a.AWSCounts(k.Row) {
				continue
			}
			counted = true
			if e := w.entries[k.Entry]; e == nil || len(w.programs[i]) == 0 || catalog.Confirmed(e.Coverage, w.programs[i]) {
				list.add(report)
			} else {
				list.addUnconfirmed(report, k.serviceName)
			}
		}
		if !counted {
			list.add(report)
		}
	}
}
