package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"raci/matrix/check"
	"raci/matrix/report"
	"raci/matrix/source"
	"raci/matrix/view"
)

func catalogLintCommand(p *program) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "lint [DIR]",
		Short: "Say what is wrong with the words of a catalog",
		Long: `Say what is wrong with the words of the folder's catalog, an overlay of the one
that ships: duties without an answer, texts that no auditor can ask evidence
for, statements without a source, texts of models that name what not every service
has, and duties of which nobody looked whether they occur for a service. Without
a folder, the catalog that ships is read. Exits 1 where an error or a warning is
found, 2 where a file of the catalog cannot be read.`,
		Example: `  raci catalog lint examples/in-house/our-services
  raci catalog lint --format json`,
		Args: argCount(0, 1, "a folder"),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return p.catalogLint("", format)
			}
			if args[0] == "" {
				return fmt.Errorf("the name of the folder is empty; name a folder with a catalog, or none for the one that ships")
			}
			return p.catalogLint(args[0], format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	return cmd
}

func (p *program) catalogLint(dir, format string) error {
	if format != "text" && format != "json" {
		return unknownFormat(format)
	}
	var folders []string
	if dir != "" {
		folders = []string{dir}
	}
	cat, err := p.openCatalog(folders)
	if err != nil {
		return err
	}
	findings, problems := check.LintCatalog(cat)
	if problems != nil {
		return problems.Err()
	}
	findings = slices.DeleteFunc(findings, func(f source.Diagnostic) bool { return !cat.InLastLayer(f.At) })
	if format == "json" {
		err = p.printJSON(report.ShowLint(findings))
	} else {
		p.forPeople().printLint(findings)
	}
	if err == nil && check.AtLeast(findings, source.Warning) > 0 {
		return errFindings
	}
	return err
}

func (p *program) printLint(findings source.Diagnostics) {
	for _, f := range findings {
		fmt.Fprintf(p.out, "%s:%d:%d: %s: %s; %s [%s]\n", source.Quoted(f.At.File), f.At.Line, f.At.Col, f.Severity, f.Message, f.Hint, f.Rule)
	}
	errors, warnings := check.AtLeast(findings, source.Error), check.AtLeast(findings, source.Warning)
	p.say("%s, %s, %s", view.Count(errors, "error"), view.Count(warnings-errors, "warning"), view.Count(len(findings)-warnings, "note"))
}
