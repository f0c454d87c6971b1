package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"raci/matrix/check"
	"raci/matrix/load"
	"raci/matrix/report"
	"raci/matrix/source"
	"raci/matrix/view"
)

// buildOptions are the flags of build.
type buildOptions struct {
	folder                     string
	strict, keepGoing, replace bool
}

func buildCommand(p *program) *cobra.Command {
	var o buildOptions
	var formats []string
	cmd := &cobra.Command{
		Use:   "build INPUT...",
		Short: "Write the reports of one or more manifests",
		Long: `Write the reports of one or more inputs, named after the input's file, or after
its folder where the file is called manifest.yaml; those of a manifest in a
folder INPUT after its path in it, as in eu-shop.xlsx. Either all reports are
written or none, whenever the run is stopped: the next one into the same folder
ends what it began, and says so. With --keep-going those of the inputs that can
be read are written. A link, a pipe, a device or a read-only file in the place
of a report is left alone, unless --replace is given.

A run that is killed may leave files called .raci- and letters in the folder.
Those that end in .part are in the way of nobody, and go with the first run a
day later, which says so. Those that end in .old are the older reports, and
those that end in .journal tell the next run of the same user whose they are:
leave them to it.

` + inputHelp + `
Formats:
` + formatList(),
		Example: `  raci build examples/checkout/manifest.yaml
  raci build -o reports --format xlsx,pdf,json --strict payments.yaml orders.yaml
  raci build -o reports --assets brand archive/payments.json`,
		Args: argCount(1, math.MaxInt, "an input"),
		RunE: func(_ *cobra.Command, args []string) error {
			return p.buildReports(args, splitAll(formats), o)
		},
	}
	cmd.Flags().StringVarP(&o.folder, "output", "o", ".", "`FOLDER` for the reports, made if it is missing")
	cmd.Flags().StringArrayVar(&formats, "format", []string{"xlsx", "pdf"}, "`FORMATS` to write, separated by commas")
	cmd.Flags().BoolVar(&o.strict, "strict", false, "write nothing and exit 1 where a row has no accountable party or check finds an error")
	cmd.Flags().BoolVar(&o.keepGoing, "keep-going", false, "write the reports of the inputs that can be read, where others cannot")
	cmd.Flags().BoolVar(&o.replace, "replace", false, "replace also a link (not what it points at), a pipe, a device or a read-only file")
	p.inputFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formatIDs(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func formatIDs() []string {
	ids := make([]string, len(report.Formats))
	for i, f := range report.Formats {
		ids[i] = f.ID
	}
	for _, g := range formatGroups {
		ids = append(ids, g.id)
	}
	return ids
}

func formatList() string {
	var b strings.Builder
	for _, f := range report.Formats {
		fmt.Fprintf(&b, "  %-15s %s\n", f.ID, f.Description)
	}
	for _, g := range formatGroups {
		fmt.Fprintf(&b, "  %-15s %s\n", g.id, strings.Join(g.formats, " and "))
	}
	return b.String()
}

// formatGroups are names for several formats at once.
var formatGroups = []struct {
	id      string
	formats []string
}{{"oscal", []string{"oscal-component", "oscal-ssp"}}}

// expandGroups puts the formats of a group in its place.
func expandGroups(ids []string) []string {
	var formats []string
	for _, id := range ids {
		formats = append(formats, id)
		for _, g := range formatGroups {
			if g.id == id {
				formats = append(formats[:len(formats)-1], g.formats...)
			}
		}
	}
	return formats
}

// findFormats returns the formats in the order of report.Formats.
func findFormats(ids []string) ([]report.Format, error) {
	var chosen []report.Format
	for _, id := range expandGroups(ids) {
		i := slices.IndexFunc(report.Formats, func(f report.Format) bool { return f.ID == id })
		switch {
		case id == "":
			return nil, fmt.Errorf("no format is named; the formats are %s", strings.Join(formatIDs(), ", "))
		case i < 0:
			return nil, fmt.Errorf("unknown format %q; the formats are %s", id, strings.Join(formatIDs(), ", "))
		}
		if !slices.ContainsFunc(chosen, func(f report.Format) bool { return f.ID == id }) {
			chosen = append(chosen, report.Formats[i])
		}
	}
	slices.SortFunc(chosen, func(a, b report.Format) int {
		return cmp.Compare(slices.Index(formatIDs(), a.ID), slices.Index(formatIDs(), b.ID))
	})
	return chosen, nil
}

func (p *program) buildReports(args, formatIDs []string, o buildOptions) error {
	if o.folder == "" || o.folder == "-" {
		return fmt.Errorf("the output %q is not a directory; name one with -o (reports are not printed)", o.folder)
	}
	formats, err := findFormats(formatIDs)
	if err != nil {
		return err
	}
	inputs, loader, err := p.find(args)
	if err != nil && (!o.keepGoing || len(inputs) == 0) {
		return err
	}
	b := building{program: p, buildOptions: o, formats: formats, loader: loader, inputs: inputs, lost: err}
	return b.run()
}

// refusesStrict reports whether --strict refuses an input.
func refusesStrict(in *load.Input) bool {
	return in.Matrix.Gaps() > 0 || check.AtLeast(in.Findings.Open, source.Error) > 0
}

// sayer prints a message as one line.
type sayer func(format string, args ...any)

// printStrictErrors shows what prevents a strict build.
func printStrictErrors(say sayer, l *load.Input) {
	named := map[string]bool{}
	for _, f := range l.LocatedFindings().Open {
		if f.Severity != source.Error {
			continue
		}
		row := ""
		if f.Row != "" {
			row = " (row " + f.Row + ")"
			named[f.Row] = true
		}
		say("%s: %s: %s%s; %s [%s]", f.At, f.Severity, f.Message, row, f.Hint, f.Rule)
	}
	var gaps []string
	for i := range l.Matrix.Rows {
		if r := &l.Matrix.Rows[i]; r.Accountable() == "" && !named[r.ID] {
			gaps = append(gaps, r.ID)
		}
	}
	printGaps(say, l.Path, gaps)
}

// printGaps names rows without an accountable party that no finding names,
// because the manifest waives it.
func printGaps(say sayer, path string, rows []string) {
	const most = 10
	if len(rows) == 0 {
		return
	}
	say("%s: nobody is accountable for %s, which a waiver hides from check but not from --strict; name accountable in a rule under assign:", source.Quoted(path), view.Count(len(rows), "row"))
	for _, id := range rows[:min(len(rows), most)] {
		say("  %s", id)
	}
	if rest := len(rows) - most; rest > 0 {
		say("  and %d more", rest)
	}
}
