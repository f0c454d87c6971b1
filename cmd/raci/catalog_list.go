package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// listing is one line of a list: for programs as it is, for people its cells.
type listing struct {
	value any
	cells []string
}

type listService struct {
	catalog.ServiceSummary
	Variants []string `json:"variants"` // also where there are none
}

type listControl struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Category string `json:"category"`
	Duties   int    `json:"duties"`
}

type listDuty struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Control string `json:"control"`
	Scope   string `json:"scope"`
}

type listFramework struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	Requirements int      `json:"requirements"`
	Baselines    []string `json:"baselines"`
}

type listModel struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// lists are what can be listed, each with the headings of its table.
var lists = []struct {
	name     string
	headings []string
	list     func(*catalog.Catalog) ([]listing, source.Diagnostics)
}{
	{"services", []string{"ID", "NAME", "MODEL", "VARIANTS"}, listServices},
	{"models", []string{"ID", "NAME"}, listModels},
	{"controls", []string{"ID", "NAME", "CATEGORY", "DUTIES"}, listControls},
	{"duties", []string{"ID", "CONTROL", "SCOPE", "NAME"}, listDuties},
	{"frameworks", []string{"ID", "NAME", "REQUIREMENTS", "BASELINES"}, listFrameworks},
}

func listNames() []string {
	names := make([]string, len(lists))
	for i, l := range lists {
		names[i] = l.name
	}
	return names
}

func catalogListCommand(p *program) *cobra.Command {
	var format string
	var folders []string
	cmd := &cobra.Command{
		Use:       "list services|models|controls|duties|frameworks",
		Short:     "List what the catalog holds",
		Example:   "  raci catalog list services\n  raci catalog list duties --format json\n  raci catalog list services --catalog examples/in-house/our-services",
		ValidArgs: listNames(),
		Args:      argCount(1, 1, "a list"),
		RunE:      func(_ *cobra.Command, args []string) error { return p.catalogList(args[0], folders, format) },
	}
	overlayFlag(cmd, &folders)
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	return cmd
}

func (p *program) catalogList(name string, folders []string, format string) error {
	i := slices.Index(listNames(), name)
	if i < 0 {
		return fmt.Errorf("unknown list %q; the lists are %s", name, strings.Join(listNames(), ", "))
	}
	cat, err := p.openCatalog(folders)
	if err != nil {
		return err
	}
	lines, problems := lists[i].list(cat)
	if problems != nil {
		return problems.Err()
	}
	switch format {
	case "json":
		values := make([]any, len(lines))
		for j, l := range lines {
			values[j] = l.value
		}
		return p.printJSON(values)
	case "text":
		rows := make([][]string, len(lines))
		for j, l := range lines {
			rows[j] = l.cells
		}
		printTable(p.out, lists[i].headings, rows)
		return nil
	}
	return unknownFormat(format)
}

func unknownFormat(format string) error {
	return fmt.Errorf("unknown format %q; the formats are text, json", format)
}

func (p *program) printJSON(v any) error {
	enc := json.NewEncoder(p.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

func listServices(cat *catalog.Catalog) ([]listing, source.Diagnostics) {
	services, err := cat.Services()
	var lines []listing
	for _, s := range services {
		name := s.Name
		if s.Lifecycle != "" {
			name += " (" + string(s.Lifecycle) + ")"
		}
		lines = append(lines, listing{listService{s, append([]string{}, s.Variants...)}, []string{s.ID, name, s.Model, strings.Join(s.Variants, " ")}})
	}
	return lines, err
}

func listModels(cat *catalog.Catalog) ([]listing, source.Diagnostics) {
	var lines []listing
	for _, id := range cat.ModelIDs() {
		name, err := cat.Model(id)
		if err != nil {
			return nil, err
		}
		lines = append(lines, listing{listModel{id, name}, []string{id, name}})
	}
	return lines, nil
}

func listControls(cat *catalog.Catalog) ([]listing, source.Diagnostics) {
	var lines []listing
	for _, c := range cat.Controls {
		lines = append(lines, listing{listControl{c.ID, c.Name, string(c.Category), len(c.Duties)},
			[]string{c.ID, c.Name, string(c.Category), fmt.Sprint(len(c.Duties))}})
	}
	return lines, nil
}

func listDuties(cat *catalog.Catalog) ([]listing, source.Diagnostics) {
	var lines []listing
	for _, d := range cat.Duties() {
		lines = append(lines, listing{listDuty{d.ID, d.Title, d.Control.ID, string(d.Scope)},
			[]string{d.ID, d.Control.ID, string(d.Scope), d.Title}})
	}
	return lines, nil
}

func listFrameworks(cat *catalog.Catalog) ([]listing, source.Diagnostics) {
	var lines []listing
	for _, id := range cat.FrameworkIDs() {
		f, err := cat.Framework(id)
		if err != nil {
			return nil, err
		}
		n := 0
		for _, q := range f.Requirements {
			if !q.Group && !q.Withdrawn {
				n++
			}
		}
		lines = append(lines, listing{listFramework{f.ID, f.Name, n, append([]string{}, f.Baselines...)},
			[]string{f.ID, f.Name, fmt.Sprint(n), strings.Join(f.Baselines, " ")}})
	}
	return lines, nil
}
