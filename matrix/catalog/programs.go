package catalog

import (
	"cmp"
	"slices"
	"strings"

	"raci/matrix/source"
)

// Program is a program under which others examine AWS, such as SOC or PCI DSS, and of
// which AWS publishes the services in scope.
type Program struct {
	ID      string
	Name    string
	Page    string   // of AWS, that lists the services; or ""
	Reports []string // what it ends in, as the evidence of duties and frameworks names it
	// Baselines are those of frameworks for which the program counts where a manifest
	// chooses some; none for all.
	Baselines []string
	At        source.Pos
}

// Coverage says that the lists of a program have a service: that it was in scope in
// these months. What no list has is unknown, and nothing says that it is out of scope.
type Coverage struct {
	Program string // its id
	Since   string // the month of the first list that has it, as 2006-01
	Seen    string // the month of the last one
	Page    string // of the last one, or "" where it is that of the program
	Limit   string // what the last one leaves out or is restricted to, or ""
}

// Confirmed reports whether these lists have a service, without a limit, in scope of one
// of the programs.
func Confirmed(coverage []Coverage, programs []string) bool {
	return slices.ContainsFunc(coverage, func(c Coverage) bool { return c.Limit == "" && slices.Contains(programs, c.Program) })
}

// Unconfirmed is what evidence says behind the name of a report of AWS, where no list
// at hand has the service of the row.
var Unconfirmed = IfItCovers("the service")

// IfItCovers is what evidence says behind the name of a report of AWS, where no list at
// hand has these services.
func IfItCovers(services string) string { return ", if it covers " + services + ": confirm it there" }

// Names reports whether this is a report of the program.
func (p *Program) Names(report string) bool { return slices.Contains(p.Reports, report) }

// CountsFor reports whether the program counts where these baselines of a framework
// are chosen.
func (p *Program) CountsFor(baselines []string) bool {
	return len(baselines) == 0 || len(p.Baselines) == 0 || slices.ContainsFunc(baselines, func(b string) bool { return slices.Contains(p.Baselines, b) })
}

// programs are all programs, and what their lists say.
type programs struct {
	list     []*Program
	lists    map[string][]programList // by program, in the order of their months
	byReport map[string][]string      // ids of the programs that end in a report
	problems source.Diagnostics
}

// programList is what AWS listed as in scope of a program in a month.
type programList struct {
	month string
	page  string // if it is not that of the program
	// complete says that the list has all that was in scope, so that what older lists
	// name beside it is unknown again.
	complete bool
	services string // SERVICE or SERVICE/VARIANT, each between blanks
	limits   map[string]string
}

// Programs returns the programs, in the order of their files.
func (c *Catalog) Programs() ([]*Program, source.Diagnostics) {
	p := c.readPrograms()
	return p.list, p.problems
}

// Coverage returns which programs have a service in these variants in scope, in the
// order of the programs. A list that names a variant says nothing of the others.
func (c *Catalog) Coverage(service string, variants ...string) ([]Coverage, source.Diagnostics) {
	p := c.readPrograms()
	return p.of(service, variants), p.problems
}

// Listed returns all that the lists of a program name, sorted, each as SERVICE or
// SERVICE/VARIANT, and the month of the newest list.
func (c *Catalog) Listed(program string) (names []string, newest string) {
	p := c.readPrograms()
	for _, l := range p.lists[program] {
		newest = l.month
		names = slices.AppendSeq(names, strings.FieldsSeq(l.services))
	}
	slices.Sort(names)
	names = slices.DeleteFunc(slices.Compact(names), func(name string) bool { return !p.covers(program, name, &Coverage{}) })
	return names, newest
}

func (p *programs) of(service string, variants []string) (list []Coverage) {
	for _, program := range p.list {
		c := Coverage{Program: program.ID}
		if p.covers(program.ID, service, &c) || slices.ContainsFunc(variants, func(v string) bool { return p.covers(program.ID, service+"/"+v, &c) }) {
			list = append(list, c)
		}
	}
	return list
}

// covers goes through the lists of a program by their months, and reports whether they
// have the service. Lists are searched and not taken apart: a system uses few of the
// services that they name.
func (p *programs) covers(program, service string, c *Coverage) bool {
	word := " " + service + " "
	for _, l := range p.lists[program] {
		switch {
		case strings.Contains(l.services, word):
			c.Since, c.Seen, c.Page, c.Limit = cmp.Or(c.Since, l.month), l.month, l.page, l.limits[service]
		case l.complete:
			*c = Coverage{Program: c.Program}
		}
	}
	return c.Since != ""
}

// confirm says behind reports of AWS that the evidence of a service names that none of
// its programs has the service, where that is so. Evidence of what is done once stays.
func (p *programs) confirm(f *DutySplit, covered []Coverage) {
	if f.Scope != ServiceScope {
		return
	}
	shared := true
	for i, e := range f.Evidence {
		ids := p.byReport[e]
		if len(ids) == 0 || Confirmed(covered, ids) {
			continue
		}
		if shared {
			f.Evidence, shared = slices.Clone(f.Evidence), false
		}
		f.Evidence[i] += Unconfirmed
	}
}

// Unqualified returns evidence without Unconfirmed, and whether it had it.
func Unqualified(evidence string) (report string, unconfirmed bool) {
	return strings.CutSuffix(evidence, Unconfirmed)
}
