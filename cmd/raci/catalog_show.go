package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"raci/matrix/catalog"
	"raci/matrix/source"
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
	var folders []string
	cmd := &cobra.Command{
		Use:   "show SERVICE[/VARIANT...]|FRAMEWORK[/BASELINE]",
		Short: "Show who does what for a service, by any of its names, or what answers a framework",
		Example: `  raci catalog show rds/custom-oracle
  raci catalog show lambda/container-image --format json
  raci catalog show nist-800-53-r5/moderate
  raci catalog show paved-road --catalog examples/in-house/our-services`,
		Args: argCount(1, 1, "a service or a framework"),
		RunE: func(_ *cobra.Command, args []string) error { return p.catalogShow(args[0], folders, format) },
	}
	overlayFlag(cmd, &folders)
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	return cmd
}

func (p *program) catalogShow(name string, folders []string, format string) error {
	cat, err := p.openCatalog(folders)
	if err != nil {
		return err
	}
	id, rest, _ := strings.Cut(name, "/")
	f, problems := cat.Framework(strings.ToLower(id))
	switch {
	case problems != nil:
		return problems.Err()
	case f != nil:
		return p.showFramework(f, rest, format)
	}
	here := source.Pos{File: name}
	parts := strings.Split(name, "/")
	service, problems := cat.Lookup(source.Ref{ID: parts[0], At: here})
	if service == nil {
		return orFramework(cat, id, problems)
	}
	var variants []source.Ref
	for _, v := range parts[1:] {
		variants = append(variants, source.Ref{ID: v, At: here})
	}
	r, problems := cat.Resolve(service, variants)
	if problems != nil {
		return problems.Err()
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

// orFramework returns the error of an unknown service, or one that names a
// framework where that is nearer.
func orFramework(cat *catalog.Catalog, name string, unknown source.Diagnostics) error {
	services, problems := cat.Services()
	if problems != nil {
		return problems.Err()
	}
	words := cat.FrameworkIDs()
	for _, id := range words {
		f, problems := cat.Framework(id)
		if problems != nil {
			return problems.Err()
		}
		words = append(words, f.Aliases...)
	}
	frameworks := len(words)
	for _, s := range services {
		words = append(append(words, s.ID, strings.ToLower(s.Name)), s.Aliases...)
	}
	nearest := source.Nearest(strings.ToLower(name), words)
	if !slices.Contains(words[:frameworks], nearest) {
		return unknown.Err()
	}
	return fmt.Errorf("unknown service or framework %q; did you mean %q?", name, nearest)
}

func shown(r *catalog.Resolved) shownService {
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
func serviceTitle(r *catalog.Resolved) string {
	if len(r.Variants) == 0 {
		return r.Service.Name
	}
	names := make([]string, len(r.Variants))
	for i, v := range r.Variants {
		names[i] = v.Name
	}
	return strings.Join(names, ", ")
}

func (p *program) printService(r *catalog.Resolved) {
	fmt.Fprintf(p.out, "%s (%s), model %s\n", serviceTitle(r), r.Service.ID, r.Service.Model)
	if len(r.Assumed) > 0 {
		fmt.Fprintf(p.out, "Assumed, because the split depends on it: %s\n", strings.Join(r.Assumed, ", "))
	}
	if r.Service.Lifecycle != catalog.Available {
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
		if f.Split() == catalog.NoSplit {
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
		if f.Basis == catalog.BasisModel {
			fmt.Fprintf(p.out, "    basis     service model %s\n", r.Service.Model)
		}
	}
}
