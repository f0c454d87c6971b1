package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"raci/matrix/report"
	"raci/matrix/source"
)

func listNames() []string {
	names := make([]string, len(report.CatalogLists))
	for i, l := range report.CatalogLists {
		names[i] = l.Name
	}
	return names
}

func catalogListCommand(p *program) *cobra.Command {
	var format string
	var folders []string
	cmd := &cobra.Command{
		Use:       "list services|models|variants|controls|duties|programs|frameworks|facts",
		Short:     "List what the catalog contains",
		Example:   "  raci catalog list services\n  raci catalog list duties --format json\n  raci catalog list services --catalog examples/in-house/our-services",
		ValidArgs: listNames(),
		Args:      argCount(1, 1, "a list"),
		RunE:      func(_ *cobra.Command, args []string) error { return p.catalogList(args[0], folders, format) },
	}
	addOverlayFlag(cmd, &folders)
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
	list := report.CatalogLists[i]
	lines, problems := list.List(cat)
	if problems != nil {
		return problems.Err()
	}
	switch format {
	case "json":
		values := make([]any, len(lines))
		for j, l := range lines {
			values[j] = l.Value
		}
		return p.printJSON(values)
	case "text":
		rows := make([][]string, len(lines))
		for j, l := range lines {
			rows[j] = l.Cells
		}
		printTable(p.forPeople().out, list.Headings, rows)
		return nil
	}
	return unknownFormat(format)
}

func unknownFormat(format string) error {
	return fmt.Errorf("unknown format %q; the formats are text, json", format)
}

func (p *program) printJSON(v any) error {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := p.out.Write(source.InertJSON(text.Bytes()))
	return err
}
