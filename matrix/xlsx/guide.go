package xlsx

import (
	"slices"
	"strings"

	"raci/matrix/view"
)

// servicesHeading stands above the list of services in use.
const servicesHeading = "Service"

// guide is the first sheet of a workbook in an auditors' layout: what the document
// is, as every report says it, and how to read the others.
type guide struct{ stack }

// guideWidths are the widths of its columns.
var guideWidths = []float64{38, 14, 60, 34}

// notInGuide are the first sections of a report that say how the system stands, and
// not what the document is.
var notInGuide = []string{view.Approval, view.State, view.Attention, view.Coverage, view.Splits, view.Controls, view.LettersSection}

func newGuide(b *book, below string) *guide {
	g := &guide{stack{b: b, grid: guideWidths}}
	g.title(b.report.Title(), below)
	for _, s := range b.report.Sections() {
		if s.Front && !slices.Contains(notInGuide, s.ID) {
			g.section(s)
		}
	}
	return g
}

func (g *guide) fact(name, text string) {
	g.row([]cell{{look: label, text: name}, {look: plain, text: text}}, []int{1, len(g.grid) - 1}, 0)
}

// count adds a number, which its formula keeps current.
func (g *guide) count(name string, n int, formula, text string) {
	g.row([]cell{{look: label, text: name}, {look: number, isNum: true, number: n, formula: formula}, {look: plain, text: text}}, []int{1, 1, len(g.grid) - 2}, 0)
}

// parties adds who the provider and the customer are, and what else the workbook
// is about.
func (g *guide) parties(facts ...[2]string) {
	g.heading("Provider and customer")
	g.fact("Cloud service provider (CSP)", "Amazon Web Services (AWS)")
	g.fact("Customer", orNotStated(g.b.m.Organization))
	for _, f := range facts {
		g.fact(f[0], f[1])
	}
}

// services adds the list of services in use, with their entries.
func (g *guide) services() {
	r := g.b.report
	g.heading("Services in use")
	spans := []int{1, len(g.grid) - 1}
	g.row([]cell{{look: heading, text: servicesHeading}, {look: heading, text: "Entries in the manifest"}}, spans, 0)
	for _, s := range r.ServiceLabels() {
		var names []string
		for i := range r.Matrix.Entries {
			if e := &r.Matrix.Entries[i]; view.ServiceLabel(e) == s {
				names = append(names, oneLine(e.Name))
			}
		}
		g.row([]cell{{look: plain, text: s}, {look: plain, text: strings.Join(names, ", ")}}, spans, 0)
	}
}

func (g *guide) write(name string) error { return g.stack.write(plan{name: name, tab: navy}) }

// orNotStated returns s, or that there is none.
func orNotStated(s string) string {
	if s == "" {
		return "not stated"
	}
	return s
}
