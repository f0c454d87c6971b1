package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"raci/matrix"
)

type shownService struct {
	Service  string      `json:"service"`
	Variants []string    `json:"variants"`
	Name     string      `json:"name"`
	Model    string      `json:"model"`
	Duties   []shownDuty `json:"duties"`
}

type shownDuty struct {
	Duty    string            `json:"duty"`
	Control string            `json:"control"`
	Scope   string            `json:"scope"`
	Split   string            `json:"split"`
	Sides   map[string]string `json:"sides"`
	Basis   string            `json:"basis"`
	Sources []shownSource     `json:"sources"`
}

type shownSource struct {
	URL     string `json:"url"`
	Checked string `json:"checked"`
}

func catalogShowCommand(p *program) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "show SERVICE[/VARIANT...]|FRAMEWORK",
		Short: "Show who does what for a service, by any of its names, or what answers a framework",
		Example: `  raci catalog show rds/custom-oracle
  raci catalog show lambda/container-image --format json
  raci catalog show nist-800-171-r2`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.catalogShow(args[0], format) },
	}
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	return cmd
}

func (p *program) catalogShow(name, format string) error {
	cat, err := matrix.OpenCatalog(p.catalog)
	if err != nil {
		return err
	}
	if f, err := cat.Framework(name); f != nil || err != nil {
		if err != nil {
			return err
		}
		return p.showFramework(f, format)
	}
	here := matrix.Pos{File: name}
	parts := strings.Split(name, "/")
	service, err := cat.Lookup(matrix.Ref{ID: parts[0], At: here})
	if service == nil {
		return err
	}
	var variants []matrix.Ref
	for _, v := range parts[1:] {
		variants = append(variants, matrix.Ref{ID: v, At: here})
	}
	r, err := cat.Resolve(service, variants)
	if err != nil {
		return err
	}
	switch format {
	case "json":
		return p.printJSON(shown(r))
	case "text":
		p.printService(r)
		return nil
	}
	return unknownFormat(format)
}

func shown(r *matrix.Resolved) shownService {
	s := shownService{Service: r.Service.ID, Variants: []string{}, Name: serviceTitle(r), Model: r.Service.Model}
	for _, v := range r.Variants {
		s.Variants = append(s.Variants, v.ID)
	}
	for _, f := range r.Facts {
		d := shownDuty{Duty: f.Duty.ID, Control: f.Duty.Control.ID, Scope: string(f.Scope), Split: f.Split(),
			Sides: map[string]string{}, Basis: string(f.Basis), Sources: []shownSource{}}
		for _, side := range f.Sides {
			d.Sides[side.Who] = side.Text
		}
		for _, src := range f.Sources {
			d.Sources = append(d.Sources, shownSource(src))
		}
		s.Duties = append(s.Duties, d)
	}
	return s
}

// serviceTitle names the service, or its variants where it has some.
func serviceTitle(r *matrix.Resolved) string {
	if len(r.Variants) == 0 {
		return r.Service.Name
	}
	names := make([]string, len(r.Variants))
	for i, v := range r.Variants {
		names[i] = v.Name
	}
	return strings.Join(names, ", ")
}

func (p *program) printService(r *matrix.Resolved) {
	fmt.Fprintf(p.out, "%s (%s), model %s\n", serviceTitle(r), r.Service.ID, r.Service.Model)
	if len(r.Assumed) > 0 {
		fmt.Fprintf(p.out, "Assumed, because the split depends on it: %s\n", strings.Join(r.Assumed, ", "))
	}
	if r.Service.Lifecycle != "available" {
		fmt.Fprintf(p.out, "Lifecycle: %s\n", r.Service.Lifecycle)
	}
	printWrapped(p.out, "Note: ", "", r.Service.Note)
	if len(r.Service.Variants) > 0 {
		fmt.Fprintln(p.out, "\nVariants:")
		for _, v := range r.Service.Variants {
			fmt.Fprintf(p.out, "  %-28s %s\n", r.Service.ID+"/"+v.ID, v.Name)
		}
	}
	control := ""
	for _, f := range r.Facts {
		if f.Split() == matrix.NoSplit {
			continue
		}
		if f.Duty.Control.ID != control {
			control = f.Duty.Control.ID
			fmt.Fprintf(p.out, "\n%s\n", strings.ToUpper(f.Duty.Control.Name))
		}
		fmt.Fprintf(p.out, "  %s [%s]  %s\n", f.Duty.ID, f.Split(), f.Duty.Title)
		for _, s := range f.Sides {
			printWrapped(p.out, fmt.Sprintf("    %-9s ", s.Who), "              ", s.Text)
		}
		printWrapped(p.out, "    note      ", "              ", f.Note)
		for _, src := range f.Sources {
			fmt.Fprintf(p.out, "    source    %s (checked %s)\n", src.URL, src.Checked)
		}
		if f.Basis == matrix.BasisModel {
			fmt.Fprintf(p.out, "    basis     service model %s\n", r.Service.Model)
		}
	}
}
