package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"raci/matrix/check"
	"raci/matrix/source"
)

// checkOptions are the flags of check.
type checkOptions struct {
	format, failOn, explain string
	list                    bool
	rules                   []string
}

func checkCommand(p *program) *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check INPUT...",
		Short: "Say what is missing or dubious in a matrix",
		Long: `Say what is missing or dubious in the matrix of a manifest: rows that nobody
answers for, duties that are assigned to nobody, rules that change nothing.
Exits 1 where something is found. --list names the rules, --explain says what
one of them means. Thresholds and waivers go into the manifest, under check:.
Rules that are off look only where check.rules of the manifest or --rule names
them.

` + inputHelp + `
Formats:
` + outputList(),
		Example: `  raci check examples/checkout/manifest.yaml
  raci check --format sarif --fail-on error payments.yaml > raci.sarif
  raci check --explain no-accountable`,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case o.list:
				return p.listRules()
			case o.explain != "":
				return p.explainRule(o.explain)
			case len(args) == 0:
				return fmt.Errorf("name the inputs to check, or --list")
			}
			if err := knownRules(o.rules); err != nil {
				return err
			}
			p.rules = o.rules
			return p.checkInputs(args, o)
		},
	}
	cmd.Flags().StringVar(&o.format, "format", "text", "format of the findings: "+strings.Join(outputIDs(), ", "))
	cmd.Flags().StringVar(&o.failOn, "fail-on", string(source.Warning), "exit 1 from this severity on: error, warning or note")
	cmd.Flags().BoolVar(&o.list, "list", false, "list the rules")
	cmd.Flags().StringSliceVar(&o.rules, "rule", nil, "look for breaches of this rule as well, which is off otherwise; several times or with commas")
	cmd.Flags().StringVar(&o.explain, "explain", "", "show what the rule with this id means, and how to fix it")
	p.inputFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("explain", cobra.FixedCompletions(check.IDs(), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("rule", cobra.FixedCompletions(offRules(), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(outputIDs(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func outputIDs() []string {
	ids := make([]string, len(check.Outputs))
	for i, o := range check.Outputs {
		ids[i] = o.ID
	}
	return ids
}

func outputList() string {
	var b strings.Builder
	for _, o := range check.Outputs {
		fmt.Fprintf(&b, "  %-7s %s\n", o.ID, o.Description)
	}
	return b.String()
}

func (p *program) checkInputs(paths []string, o checkOptions) error {
	failOn := source.Severity(o.failOn)
	if failOn != source.Error && failOn != source.Warning && failOn != source.Note {
		return fmt.Errorf("unknown severity %q for --fail-on; use error, warning or note", o.failOn)
	}
	i := slices.Index(outputIDs(), o.format)
	if i < 0 {
		return fmt.Errorf("unknown format %q; the formats are %s", o.format, strings.Join(outputIDs(), ", "))
	}
	output := check.Outputs[i]
	all, err := p.loadAll(paths)
	if err != nil && output.ID == "github" {
		return errors.Join(err, output.Write(p.out, asFindings(err)))
	} else if err != nil {
		return err
	}
	r := check.Result{Version: version, Color: p.color}
	failed := false
	for _, l := range all {
		found := l.LocatedFindings()
		r.Files = append(r.Files, check.FileFindings{Path: l.Path, Source: l.Source, Rows: len(l.Matrix.Rows),
			Gaps: l.Matrix.Gaps(), Findings: found.Open, Accepted: found.Accepted})
		failed = failed || check.AtLeast(l.Findings.Open, failOn) > 0
	}
	if err := output.Write(p.out, r); err != nil {
		return err
	}
	if failed {
		return errFindings
	}
	return nil
}

// asFindings makes findings of problems, each alone: a pull request shows
// nothing of standard error.
func asFindings(err error) check.Result {
	r := check.Result{Version: version}
	for _, p := range source.FromError(err) {
		r.Files = append(r.Files, check.FileFindings{Path: p.At.File, Findings: []source.Diagnostic{
			{Rule: "bad-input", Severity: source.Error, At: p.At, Message: p.Message, Hint: p.Hint}}})
	}
	return r
}

// knownRules refuses rules that check does not have.
func knownRules(ids []string) error {
	for _, id := range ids {
		if check.Find(id) == nil {
			return unknownRule(id)
		}
	}
	return nil
}

func unknownRule(id string) error {
	return fmt.Errorf("unknown rule %q; %s", id, source.DidYouMean(id, check.IDs(), "see raci check --list"))
}

// offRules are the rules that must be chosen.
func offRules() []string {
	var ids []string
	for _, r := range check.Rules {
		if r.Off {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

func (p *program) listRules() error {
	var rows [][]string
	for _, r := range check.Rules {
		rows = append(rows, []string{r.ID, string(r.Severity), r.Finds()})
	}
	printTable(p.out, []string{"ID", "SEVERITY", "FINDS"}, rows)
	return nil
}

func (p *program) explainRule(id string) error {
	r := check.Find(id)
	if r == nil {
		return unknownRule(id)
	}
	fmt.Fprintf(p.out, "%s (%s): %s\n\n", r.ID, r.Severity, r.Title)
	printWrapped(p.out, "", "", r.Meaning)
	if r.Off {
		printWrapped(p.out, "", "", "It is off: choose it with --rule "+r.ID+", or in the manifest under check.rules.")
	}
	printWrapped(p.out, "", "", "To fix it, "+r.Fix+".")
	fmt.Fprintf(p.out, "\nBefore:\n%s\n\nAfter:\n%s\n", indented(r.Before), indented(r.After))
	return nil
}

func indented(text string) string { return "  " + strings.ReplaceAll(text, "\n", "\n  ") }
