package main

import (
	"fmt"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"raci/matrix/catalog"
	"raci/matrix/report"
	"raci/matrix/view"
)

func catalogShowCommand(p *program) *cobra.Command {
	var format string
	var folders []string
	cmd := &cobra.Command{
		Use:   "show SERVICE[/VARIANT...]|FRAMEWORK[/BASELINE+...]",
		Short: "Show who does what for a service, by any of its names, or what answers a framework",
		Example: `  raci catalog show rds/custom-oracle
  raci catalog show lambda/container-image --format json
  raci catalog show nist-800-53-r5/moderate
  raci catalog show paved-road --catalog examples/in-house/our-services`,
		Args: argCount(1, 1, "a service or a framework"),
		RunE: func(_ *cobra.Command, args []string) error { return p.catalogShow(args[0], folders, format) },
	}
	addOverlayFlag(cmd, &folders)
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	return cmd
}

func (p *program) catalogShow(name string, folders []string, format string) error {
	if format != "text" && format != "json" {
		return unknownFormat(format)
	}
	cat, err := p.openCatalog(folders)
	if err != nil {
		return err
	}
	found, problems := cat.Find(name)
	switch {
	case problems != nil:
		return problems.Err()
	case format == "json" && found.Service != nil:
		return p.printJSON(report.ShowService(cat, found.Service))
	case format == "json":
		return p.printJSON(report.ShowFramework(found.Framework, found.Baselines))
	case found.Service != nil:
		programs, problems := cat.Programs()
		if problems != nil {
			return problems.Err()
		}
		p.forPeople().printService(cat, found.Service, programs)
	default:
		p.forPeople().printFramework(found.Framework, found.Baselines)
	}
	return nil
}

func (p *program) printService(cat *catalog.Catalog, r *catalog.Resolved, programs []*catalog.Program) {
	fmt.Fprintf(p.out, "%s (%s), model %s, level %s\n", r.Title(), r.ID(), r.Service.Model, r.Level)
	if len(r.Assumed) > 0 {
		fmt.Fprintf(p.out, "Assumed, because the split depends on it: %s\n", strings.Join(r.Assumed, ", "))
	}
	if r.Service.Lifecycle != catalog.Available {
		fmt.Fprintf(p.out, "Lifecycle: %s\n", r.Service.Lifecycle)
	}
	printWrapped(p.out, "Note: ", "", r.Service.Note)
	if facts := cat.FactsOf(r); len(facts) > 0 {
		fmt.Fprintln(p.out, "\nFacts:")
		for _, f := range facts {
			fmt.Fprintf(p.out, "  %-24s %-14s %s (checked %s)\n", f.ID, f.Is, f.Sources[0].URL, f.Sources[0].Checked)
		}
	}
	if len(r.Service.Variants) > 0 {
		fmt.Fprintln(p.out, "\nVariants:")
		for _, v := range r.Service.Variants {
			fmt.Fprintf(p.out, "  %-28s %s\n", r.Service.ID+"/"+v.ID, v.Name)
		}
	}
	p.printCoverage(r, programs)
	control := ""
	for i := range r.Splits {
		f := &r.Splits[i]
		if f.Split() == catalog.NoSplit {
			continue
		}
		if f.Duty.Control.ID != control {
			control = f.Duty.Control.ID
			fmt.Fprintf(p.out, "\n%s\n", strings.ToUpper(f.Duty.Control.Name))
		}
		p.printDuty(r.Service, f)
	}
	p.printNone(r)
}

// printNone lists the duties that do not occur, with the reason where there is one.
func (p *program) printNone(r *catalog.Resolved) {
	heading := "\nDOES NOT OCCUR\n"
	for i := range r.Splits {
		f := &r.Splits[i]
		if f.Split() != catalog.NoSplit || f.Basis == "" {
			continue
		}
		fmt.Fprint(p.out, heading)
		heading = ""
		fmt.Fprintf(p.out, "  %s  %s\n", f.Duty.ID, f.Duty.Title)
		printWrapped(p.out, "    because   ", "              ", f.Note)
		if f.IsUnexamined() {
			fmt.Fprintln(p.out, "    open      nobody looked whether it occurs")
		}
		p.printBasis(r.Service, f)
	}
}

// printCoverage says which reports of AWS cover a service.
func (p *program) printCoverage(r *catalog.Resolved, programs []*catalog.Program) {
	names := map[string]string{}
	for _, program := range programs {
		names[program.ID] = program.Name
	}
	fmt.Fprintln(p.out, "\nAWS reports, by lists of AWS; where they name none, AWS Artifact says more:")
	for _, line := range view.CoverageLines(names, r.Coverage) {
		printWrapped(p.out, "  ", "    ", line)
	}
	if len(r.Coverage) == 0 {
		fmt.Fprintln(p.out, "  no list at hand has the service")
	}
}

func (p *program) printDuty(s *catalog.Service, f *catalog.DutySplit) {
	fmt.Fprintf(p.out, "  %s [%s]  %s\n", f.Duty.ID, f.Split(), f.Duty.Title)
	for _, side := range f.Sides {
		printWrapped(p.out, fmt.Sprintf("    %-9s ", side.Who), "              ", side.Text)
	}
	printWrapped(p.out, "    offers    ", "              ", f.Offers)
	printWrapped(p.out, "    note      ", "              ", f.Note)
	p.printBasis(s, f)
}

// printBasis says what the words on a duty rest on.
func (p *program) printBasis(s *catalog.Service, f *catalog.DutySplit) {
	for _, src := range f.Sources {
		fmt.Fprintf(p.out, "    source    %s (checked %s)\n", src.URL, src.Checked)
	}
	switch f.Basis {
	case catalog.BasisModel:
		fmt.Fprintf(p.out, "    basis     service model %s\n", s.Model)
	case catalog.BasisFact:
		var facts []string
		for _, known := range f.Facts {
			facts = append(facts, known.String())
		}
		printWrapped(p.out, "    basis     ", "              ", "service model "+s.Model+", "+strings.Join(facts, ", "))
	}
	printWrapped(p.out, "    unknown   ", "              ", strings.Join(f.Unknown, ", "))
}

func (p *program) printFramework(f *catalog.Framework, baselines []string) {
	asked := f.Asked(baselines...)
	fmt.Fprintf(p.out, "%s (%s), %s\n", f.Name, path.Join(f.ID, strings.Join(baselines, "+")), view.Count(len(asked), "requirement"))
	if len(f.Baselines) > 0 && len(baselines) == 0 {
		fmt.Fprintf(p.out, "Baselines: %s\n", strings.Join(f.Baselines, ", "))
	}
	printWrapped(p.out, "Note: ", "", f.Note)
	for _, q := range f.Omitted(baselines...) {
		fmt.Fprintf(p.out, "Left out: %s (%s)\n", q.ID, q.At)
	}
	for _, q := range asked {
		printWrapped(p.out, "\n"+q.ID+"  ", "  ", q.Title)
		if len(q.Statements) == 0 {
			p.printAnswer("  ", &q)
		}
		for _, s := range q.Statements {
			if s.Omitted {
				continue
			}
			fmt.Fprintf(p.out, "  %s\n", s.ID)
			p.printAnswer("    ", &s)
		}
	}
}

func (p *program) printAnswer(indent string, q *catalog.Requirement) {
	under := indent + strings.Repeat(" ", len("organization  "))
	printWrapped(p.out, indent+"duties        ", under, strings.Join(q.Duties, ", "))
	if strings.Join(q.AWSPart, " ") != strings.Join(q.Duties, " ") {
		part := strings.Join(q.AWSPart, ", ")
		if part == "" {
			part = "none"
		}
		printWrapped(p.out, indent+"AWS's part    ", under, part)
	}
	printWrapped(p.out, indent+"inheritance   ", under, string(q.Inheritance))
	printWrapped(p.out, indent+"organization  ", under, q.Organization)
	printWrapped(p.out, indent+"outside       ", under, q.Outside)
}
