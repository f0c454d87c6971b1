package view

import (
	"cmp"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

// Labels of statements that are not about one service.
const (
	AllServices  = "All services" // what AWS does once for all
	Organization = "Organization" // what the organization does once
)

// AnswerText says who does what to answer a requirement, in lines that begin
// with the names of services and a colon, a statement of several services once.
type AnswerText struct {
	AWS      []string
	Customer []string // with what other operators do, and how it is done where the manifest says so
	Services bool     // some of the customer's part is about a service
	Once     bool     // some of it is done once, outside of the services
	Asked    bool     // the customer itself has a part
	Operator bool     // another operator has one
}

// AnswerText returns both parts of an answer. What the organization does itself
// belongs to the customer's, also where AWS performs all duties. What it does
// outside of AWS is said there too, and asks nothing of it in the system.
func (r *Report) AnswerText(a *matrix.Answer) AnswerText {
	var out AnswerText
	var aws, customer statements
	if a.Requirement.Organization != "" {
		customer.add(Organization, a.Requirement.Organization)
		out.Asked, out.Once = true, true
	}
	if a.Requirement.Outside != "" {
		customer.add(matrix.OutsideLabel, a.Requirement.Outside)
	}
	for _, row := range a.Rows {
		for _, side := range row.Sides {
			label := r.statementLabel(row, side.Who)
			switch side.Who {
			case catalog.AWS:
				if a.AWSCounts(row) {
					aws.add(label, side.Text)
				}
				continue
			case catalog.Customer:
				customer.add(label, side.Text)
				out.Asked = true
			default:
				customer.add(label+" (by "+OneLine(r.PartyName(side.Who))+")", side.Text)
				out.Operator = true
			}
			if row.Scope == catalog.ServiceScope {
				out.Services = true
			} else {
				out.Once = true
			}
		}
	}
	out.AWS, out.Customer = aws.lines(), append(customer.lines(), howLines(a)...)
	return out
}

// ServiceLabels returns the labels of the services in use, in the order of the
// manifest.
func (r *Report) ServiceLabels() []string {
	var list []string
	seen := map[string]bool{}
	for i := range r.Matrix.Entries {
		if l := ServiceLabel(&r.Matrix.Entries[i]); !seen[l] {
			seen[l] = true
			list = append(list, l)
		}
	}
	return list
}

// ServiceLabel returns the name of a service with the variants in use, which
// decide who does what.
func ServiceLabel(e *matrix.Entry) string {
	name := cmp.Or(e.ServiceName, e.Service)
	if len(e.VariantNames) > 0 {
		name += " (" + strings.Join(e.VariantNames, ", ") + ")"
	}
	return OneLine(name)
}

// statementLabel returns what a row's statements on one side begin with.
func (r *Report) statementLabel(row *matrix.Row, side string) string {
	label, known := r.labels[row.Entry]
	switch {
	case row.Entry == matrix.ProviderEntry || side == catalog.AWS && row.Entry == matrix.OrganizationEntry:
		return AllServices
	case row.Entry == matrix.OrganizationEntry:
		return Organization
	case !known:
		return OneLine(row.Entry)
	}
	return label
}

// statements collects texts with the labels that they hold for.
type statements struct {
	texts  []string
	labels map[string][]string // by text
	seen   map[statement]bool
	last   statement // most rows say what the one before them says
}

// statement is a text with what it holds for.
type statement struct{ label, text string }

func (s *statements) add(label, text string) {
	said := statement{label, text}
	if s.seen == nil {
		s.seen, s.labels = map[statement]bool{}, map[string][]string{}
	} else if said == s.last || s.seen[said] {
		return
	}
	s.last = said
	line := statement{label, OneLine(text)}
	if s.seen[line] {
		return // the same text was broken into other lines
	}
	s.seen[said], s.seen[line] = true, true
	if _, known := s.labels[line.text]; !known {
		s.texts = append(s.texts, line.text)
	}
	s.labels[line.text] = append(s.labels[line.text], label)
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
