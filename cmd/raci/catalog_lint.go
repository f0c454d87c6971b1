package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"raci/matrix"
	"raci/matrix/check"
)

type lintFinding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	Col      int    `json:"col"`
	Message  string `json:"message"`
	Fix      string `json:"fix"`
}

func catalogLintCommand(p *program) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "lint [DIR]",
		Short: "Say what is wrong with the words of a catalog",
		Long: `Say what is wrong with the words of the folder's catalog, an overlay of the one
that ships: duties without an answer, texts that no auditor can ask evidence
for, facts without a source. Without a folder, the catalog that ships is read.
Exits 1 where something is found.`,
		Example: `  raci catalog lint examples/in-house/our-services
  raci catalog lint --format json`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := ""
			if len(args) == 1 {
				dir = args[0]
			}
			return p.catalogLint(dir, format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	return cmd
}

func (p *program) catalogLint(dir, format string) error {
	if format != "text" && format != "json" {
		return unknownFormat(format)
	}
	layers := []matrix.Layer{p.catalog}
	if dir != "" {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return fmt.Errorf("%s is not a folder; name one with services, models or controls", dir)
		}
		layers = append(layers, matrix.Layer{Name: filepath.ToSlash(filepath.Clean(dir)), FS: os.DirFS(dir)})
	}
	cat, err := matrix.OpenCatalog(layers...)
	if err != nil {
		return err
	}
	all, err := check.LintCatalog(cat)
	if err != nil {
		return err
	}
	findings := []lintFinding{}
	for _, f := range all {
		if strings.HasPrefix(f.At.File, layers[len(layers)-1].Name+"/") {
			findings = append(findings, lintFinding{f.Rule, string(f.Severity), f.At.File, f.At.Line, f.At.Col, f.Message, f.Fix})
		}
	}
	if format == "json" {
		err = p.printJSON(findings)
	} else {
		for _, f := range findings {
			fmt.Fprintf(p.out, "%s:%d:%d: %s: %s; %s [%s]\n", f.File, f.Line, f.Col, f.Severity, f.Message, f.Fix, f.Rule)
		}
		fmt.Fprintf(p.err, "%s\n", count(len(findings), "finding"))
	}
	if err == nil && len(findings) > 0 {
		return errFindings
	}
	return err
}
