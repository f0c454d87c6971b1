package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

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
Exits 1 where something is found, 2 where a file of the catalog cannot be read.`,
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
	read := p.catalog.Name
	if dir != "" {
		folders, read = []string{dir}, filepath.ToSlash(filepath.Clean(dir))
	}
	cat, err := p.openCatalog(folders)
	if err != nil {
		return err
	}
	all, problems := check.LintCatalog(cat)
	if problems != nil {
		return problems.Err()
	}
	// Places in the folder in which raci runs do not begin with its name.
	inside := func(file string) bool {
		if read != "." {
			return strings.HasPrefix(file, read+"/")
		}
		return !strings.HasPrefix(file, p.catalog.Name+"/")
	}
	findings := []lintFinding{}
	for _, f := range all {
		if inside(f.At.File) {
			findings = append(findings, lintFinding{f.Rule, string(f.Severity), f.At.File, f.At.Line, f.At.Col, f.Message, f.Hint})
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
