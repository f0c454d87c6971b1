package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"raci/matrix/check"
	"raci/matrix/load"
	"raci/matrix/source"
)

// checkOptions are the flags of check.
type checkOptions struct {
	format, failOn, explain, root string
	rooted                        bool // root is given
	list                          bool
	rules                         []string
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

Of several inputs those that cannot be read are reported, the others are checked
all the same, and the exit status is 2. Every format but text is a valid document
then as well: SARIF with a failed invocation and a result for each error, JUnit
with an error, JSON with errors, annotations. What is wrong with the command line
itself, such as an unknown format, prints no document.

SARIF, JUnit and annotations name files as the repository does: from the nearest
folder above the first input that holds .git, or from that of --root, wherever
raci runs. Text and JSON name them as they can be opened from the working folder.

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
			p.rules, o.rooted = o.rules, cmd.Flags().Changed("root")
			return p.checkInputs(args, o)
		},
	}
	cmd.Flags().StringVar(&o.format, "format", "text", "format of the findings: "+strings.Join(outputIDs(), ", "))
	cmd.Flags().StringVar(&o.root, "root", "", "`FOLDER` from which sarif, junit and github name files, instead of the repository's")
	_ = cmd.MarkFlagDirname("root")
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

func (p *program) checkInputs(args []string, o checkOptions) error {
	failOn := source.Severity(o.failOn)
	if failOn != source.Error && failOn != source.Warning && failOn != source.Note {
		return fmt.Errorf("unknown severity %q for --fail-on; use error, warning or note", o.failOn)
	}
	i := slices.Index(outputIDs(), o.format)
	if i < 0 {
		return fmt.Errorf("unknown format %q; the formats are %s", o.format, strings.Join(outputIDs(), ", "))
	}
	repository := load.FindRepository(args)
	if o.rooted {
		var err error
		if repository, err = load.NewRepository(o.root); err != nil {
			return fmt.Errorf("--root: %w", err)
		}
	}
	r := p.findings(args)
	r.InRepository, r.Text = repository.Path, load.Text
	if err := check.Outputs[i].Write(p.out, r); err != nil {
		return err
	}
	if err := r.AllErrors().Err(); err != nil {
		return err
	}
	for _, f := range r.Files {
		if check.AtLeast(f.Findings, failOn) > 0 {
			return errFindings
		}
	}
	return nil
}

// findings checks the inputs that the arguments name, and keeps of each no more
// than its findings.
func (p *program) findings(args []string) check.Result {
	l, err := p.loader()
	if err != nil {
		return check.Result{Version: version, Errors: source.Diagnostics{{Message: err.Error()}}}
	}
	inputs, problems := load.Find(args)
	r := check.Result{Version: version, Color: p.color, Files: make([]check.FileFindings, len(inputs)), Errors: problems}
	unknown := make([]bool, len(inputs)) // whether the input is a matrix, or may be one
	bar := p.startProgress("checking", len(inputs))
	defer bar.stop()
	l.Each(inputs, func(i int, in *load.Input, problems source.Diagnostics) {
		bar.add(1)
		r.Files[i], unknown[i] = fileFindings(inputs[i].Path, in, problems), in == nil || isStored(in)
	})
	if err := p.checkAssets(slices.Contains(unknown, true)); err != nil && problems == nil {
		r.Errors.Add(source.Pos{}, "", "%v", err)
	}
	return r
}

// fileFindings is what check found in an input, or why it could not be read.
func fileFindings(path string, in *load.Input, problems source.Diagnostics) check.FileFindings {
	if in == nil {
		return check.FileFindings{Path: path, Errors: problems}
	}
	found := in.LocatedFindings()
	return check.FileFindings{Path: path, Source: in.Source, Stored: isStored(in), Absent: absentFiles(in),
		Rows: len(in.Matrix.Rows), Gaps: in.Matrix.Gaps(), Findings: found.Open, Accepted: found.Accepted}
}

// absentFiles are the files that the findings of a stored matrix name, and that are not
// beside it. One of that name in the working folder is another file.
func absentFiles(in *load.Input) map[string]bool {
	absent := map[string]bool{}
	if !isStored(in) {
		return absent
	}
	look := func(x source.Diagnostic) {
		located := in.Locate(x.At).File
		if x.At.File == "" || located == in.Path {
			return
		}
		if _, known := absent[located]; known {
			return
		}
		beside := filepath.FromSlash(x.At.File)
		if !filepath.IsAbs(beside) {
			beside = filepath.Join(filepath.Dir(in.Path), beside)
		}
		info, err := os.Stat(located)
		absent[located] = err != nil || !info.Mode().IsRegular() || located != beside
	}
	for _, x := range in.Findings.Open {
		look(x)
	}
	for _, x := range in.Findings.Accepted {
		look(x.Diagnostic)
	}
	return absent
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
	r := check.Describe(id)
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
