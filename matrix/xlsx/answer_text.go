package xlsx

import (
	"fmt"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

// Labels of statements that are not about one service.
const (
	allServices  = "All services" // what AWS does once for all
	organization = "Organization" // what the organization does once
)

// answerText says who does what to answer a requirement: lines that begin with
// the names of services and a colon, a statement of several services once.
type answerText struct {
	aws      []string
	customer []string // with what other operators do
	services bool     // some of the customer's half is about a service
	once     bool     // some of it is done once, outside of the services
	asked    bool     // the customer itself has a part
	operator bool     // another operator has one
}

// answerWriter puts the answers to requirements into words.
type answerWriter struct {
	m       *matrix.Matrix
	labels  map[string]string // of entries, by name
	parties map[string]*matrix.Party
}

func newAnswerWriter(m *matrix.Matrix) *answerWriter {
	t := &answerWriter{m, map[string]string{matrix.ProviderEntry: allServices, matrix.OrganizationEntry: organization}, m.PartiesByID()}
	for i := range m.Entries {
		t.labels[m.Entries[i].Name] = serviceLabel(&m.Entries[i])
	}
	return t
}

// serviceLabel returns the name of a service with the variants in use, which
// decide who does what.
func serviceLabel(e *matrix.Entry) string {
	name := or(e.ServiceName, e.Service)
	if len(e.VariantNames) > 0 {
		name += " (" + strings.Join(e.VariantNames, ", ") + ")"
	}
	return oneLine(name)
}

// label returns what a row's statements on one side begin with.
func (t *answerWriter) label(r *matrix.Row, side string) string {
	if side == catalog.AWS && r.Entry == matrix.OrganizationEntry {
		return allServices
	}
	return or(t.labels[r.Entry], oneLine(r.Entry))
}

// services returns the labels of the services in use, in the order of the
// manifest.
func (t *answerWriter) services() []string {
	var list []string
	seen := map[string]bool{}
	for i := range t.m.Entries {
		if l := t.labels[t.m.Entries[i].Name]; !seen[l] {
			seen[l] = true
			list = append(list, l)
		}
	}
	return list
}

// answer returns both halves of an answer. What the organization does itself
// belongs to the customer's, also where AWS performs all duties. What it does
// outside of AWS is told there too, and asks nothing of it in the system.
func (t *answerWriter) answer(a *matrix.Answer) answerText {
	var h answerText
	var aws, customer statements
	if a.Requirement.Organization != "" {
		customer.add(organization, a.Requirement.Organization)
		h.asked, h.once = true, true
	}
	if a.Requirement.Outside != "" {
		customer.add(matrix.OutsideLabel, a.Requirement.Outside)
	}
	for _, r := range a.Rows {
		for _, side := range r.Sides {
			label := t.label(r, side.Who)
			switch side.Who {
			case catalog.AWS:
				aws.add(label, side.Text)
				continue
			case catalog.Customer:
				customer.add(label, side.Text)
				h.asked = true
			default:
				customer.add(fmt.Sprintf("%s (by %s)", label, t.operator(side.Who)), side.Text)
				h.operator = true
			}
			if r.Scope == catalog.ServiceScope {
				h.services = true
			} else {
				h.once = true
			}
		}
	}
	h.aws, h.customer = aws.lines(), customer.lines()
	return h
}

func (t *answerWriter) operator(id string) string {
	if p := t.parties[id]; p != nil {
		return oneLine(or(p.Name, p.ID))
	}
	return id
}

// statements collects texts with the labels that they hold for.
type statements struct {
	texts  []string
	labels map[string][]string // by text
	seen   map[[2]string]bool  // labels with their texts
}

func (s *statements) add(label, text string) {
	text = oneLine(text)
	if s.labels == nil {
		s.labels, s.seen = map[string][]string{}, map[[2]string]bool{}
	}
	if _, known := s.labels[text]; !known {
		s.texts = append(s.texts, text)
	}
	if pair := [2]string{label, text}; !s.seen[pair] {
		s.seen[pair] = true
		s.labels[text] = append(s.labels[text], label)
	}
}

// lineLimit keeps a line of statements well within a cell.
const lineLimit = 4000

// lines returns the texts, those of the same services in one line.
func (s *statements) lines() []string {
	var list []string
	at := map[string]int{}
	for _, text := range s.texts {
		who := strings.Join(s.labels[text], ", ")
		i, known := at[who]
		if !known || len(list[i])+len(text) > lineLimit {
			at[who] = len(list)
			list = append(list, who+": "+text)
			continue
		}
		list[i] += " " + text
	}
	return list
}

// continued begins the rest of a text that one cell cannot hold.
const continued = "(continued)"

// chunks joins lines to texts that fit into a cell each. The customer's half
// stands apart from what is before it.
func chunks(lines []string) []string {
	var list []string
	var text strings.Builder
	size := 0 // of the text, in units
	for _, l := range lines {
		if l == customerHalf {
			l = "\n" + l
		}
		n := units(l)
		switch {
		case size > 0 && size+n+len(continued)+2 > cellLimit:
			list = append(list, text.String())
			text.Reset()
			text.WriteString(continued + "\n")
			size = len(continued) + 1
		case size > 0:
			text.WriteByte('\n')
			size++
		}
		text.WriteString(l)
		size += n
	}
	return append(list, text.String())
}
