package main

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"raci/matrix"
	"raci/matrix/check"
)

func checkCommand(p *program) *cobra.Command {
	var failOn string
	cmd := &cobra.Command{
		Use:   "check MANIFEST...",
		Short: "Say what is missing or dubious in a matrix",
		Long: `Say what is missing or dubious in the matrix of a manifest: rows that nobody
answers for, duties that nobody was assigned. Exits 1 where something is found.`,
		Example: `  raci check examples/checkout/manifest.yaml
  raci check --fail-on error payments.yaml`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.checkManifests(args, matrix.Severity(failOn)) },
	}
	cmd.Flags().StringVar(&failOn, "fail-on", string(matrix.Warning), "exit 1 from this severity on: error, warning or note")
	return cmd
}

func (p *program) checkManifests(paths []string, failOn matrix.Severity) error {
	if failOn != matrix.Error && failOn != matrix.Warning && failOn != matrix.Note {
		return fmt.Errorf("unknown severity %q for --fail-on; it is one of error, warning, note", failOn)
	}
	failed := false
	var problems matrix.Problems
	for _, path := range paths {
		l, err := p.load(path)
		if more, ok := err.(matrix.Problems); ok {
			problems = append(problems, more...)
			continue
		} else if err != nil {
			return err
		}
		printFindings(p.out, l, matrix.Note)
		fmt.Fprintf(p.err, "%s: %s\n", l.path, l.summary())
		failed = failed || check.AtLeast(l.findings, failOn) > 0
	}
	if err := problems.Err(); err != nil {
		return err
	}
	if failed {
		return errFindings
	}
	return nil
}

// printFindings prints one finding a line, those of this severity and worse.
func printFindings(w io.Writer, l *loaded, severity matrix.Severity) {
	for _, f := range l.findings {
		if check.AtLeast([]matrix.Finding{f}, severity) == 0 {
			continue
		}
		showPath(&f.At, filepath.Base(l.path), l.path)
		row := ""
		if f.Row != "" {
			row = " (row " + f.Row + ")"
		}
		fmt.Fprintf(w, "%s: %s: %s%s; %s [%s]\n", f.At, f.Severity, f.Message, row, f.Fix, f.Rule)
	}
}
