package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"raci/matrix/draft"
	"raci/matrix/load"
	"raci/matrix/publish"
	"raci/matrix/source"
	"raci/matrix/view"
)

// initOptions are the flags of init.
type initOptions struct {
	output string
	force  bool
	draft  draft.Draft
}

func initCommand(p *program) *cobra.Command {
	o := initOptions{output: "manifest.yaml"}
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a starter manifest",
		Long: `Write a starter manifest, with comments that say what to fill in. On a terminal it
asks four questions, unless a flag answers one; otherwise it asks nothing. An
existing file is left alone unless --force is given.

Starters:
` + p.starterList(),
		Example: `  raci init
  raci init --starter containers --system Checkout --organization "Northwind Payments"
  raci init --team platform="Platform Engineering" --team data="Data Platform" \
            --service ecs/fargate --service rds --framework soc2-tsc-2017 -o -`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("unexpected %q; name the file to write with -o", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkNotEmpty(cmd); err != nil {
				return err
			}
			o.draft.Services, o.draft.Frameworks = splitAll(o.draft.Services), splitAll(o.draft.Frameworks)
			return p.initManifest(o, !answersQuestion(cmd) && isTerminal(p.in) && isTerminal(p.err))
		},
	}
	f := cmd.Flags()
	f.StringVarP(&o.output, "output", "o", o.output, "`FILE` to write, - for standard output")
	f.BoolVar(&o.force, "force", false, "overwrite the file if it exists")
	f.StringVar(&o.draft.Starter, "starter", draft.DefaultStarter, "`ID` of the starter: "+strings.Join(draft.Starters(p.catalog), ", "))
	f.StringVar(&o.draft.System, "system", "", "system's `NAME`")
	f.StringVar(&o.draft.Organization, "organization", "", "organization's `NAME`")
	f.StringArrayVar(&o.draft.Teams, "team", nil, "a team as `ID=NAME`, instead of the starter's; may be repeated")
	f.StringArrayVar(&o.draft.Services, "service", nil, "a service as `SERVICE[/VARIANT]`, instead of the starter's; may be repeated")
	f.StringArrayVar(&o.draft.Frameworks, "framework", nil, "a framework as `ID[/BASELINE+...]`, or none; may be repeated")
	_ = cmd.RegisterFlagCompletionFunc("starter", cobra.FixedCompletions(draft.Starters(p.catalog), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// answersQuestion reports whether a flag answers one of the questions.
func answersQuestion(cmd *cobra.Command) bool {
	return slices.ContainsFunc([]string{"starter", "system", "organization", "team", "service", "framework"}, cmd.Flags().Changed)
}

// checkNotEmpty refuses a flag with an empty value, such as one from a variable of
// the shell that is not set.
func checkNotEmpty(cmd *cobra.Command) (err error) {
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Value.String() == "" {
			err = fmt.Errorf("--%s is empty", f.Name)
		}
	})
	return err
}

// splitAll splits each value at its commas.
func splitAll(values []string) []string {
	var all []string
	for _, v := range values {
		all = append(all, splitCommas(v)...)
	}
	return all
}

// initManifest asks where it may, fills the starter in, and writes it.
func (p *program) initManifest(o initOptions, ask bool) error {
	if err := checkOverwrite(o.output, o.force); err != nil {
		return err
	}
	if ask {
		var err error
		if o.draft, err = p.askDraft(o.draft); err != nil {
			return err
		}
	}
	text, in, err := p.tryDraft(&o.draft)
	if err != nil {
		return err
	}
	if o.output == "-" {
		_, err = p.out.Write(text)
	} else if err = publish.WriteFile(o.output, text, publish.Options{Say: p.say}); err == nil {
		fmt.Fprintf(p.err, "wrote %s: %s, %s\n", o.output, view.Count(len(in.Matrix.Entries), "service"), view.Count(len(in.Matrix.Rows), "row"))
	}
	if err != nil {
		return err
	}
	p.printDoubts(in.Findings.Open)
	if o.output != "-" {
		fmt.Fprintf(p.err, "next: raci check %[1]s, then raci build %[1]s\n", shellWord(o.output))
	}
	return nil
}

// checkOverwrite refuses a target that exists, and one that cannot be a file.
func checkOverwrite(target string, force bool) error {
	if target == "-" {
		return nil
	}
	info, err := os.Stat(target)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("%s is a folder; name a file in it with -o", target)
	case err == nil && !force:
		return fmt.Errorf("%s exists; overwrite it with --force, or name another file with -o", target)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("cannot write %s: %w", target, load.Cause(err))
	}
	if err := publish.Check(target, false); err != nil {
		return fmt.Errorf("cannot write %s: %w; name another file with -o, or - for standard output", target, err)
	}
	return nil
}

// tryDraft makes the text of a draft, and builds its matrix. What is wrong is the
// fault of a flag or an answer, so the error names the command and no line.
func (p *program) tryDraft(d *draft.Draft) (text []byte, in *load.Input, err error) {
	text, problems := d.Text(p.catalog)
	if problems == nil {
		l, err := p.loader()
		if err != nil {
			return nil, nil, err
		}
		in, problems = l.Draft(text)
	}
	for i := range problems {
		problems[i].At = source.Pos{File: "raci init"}
	}
	return text, in, problems.Err()
}

// printDoubts reports what check will say about the services and frameworks
// that were asked for, notes left out.
func (p *program) printDoubts(findings []source.Diagnostic) {
	const most = 5
	n := 0
	for _, f := range findings {
		if f.Severity == source.Note {
			continue
		}
		if n++; n <= most {
			fmt.Fprintf(p.err, "%s: %s; %s [%s]\n", f.Severity, f.Message, f.Hint, f.Rule)
		}
	}
	if n > most {
		fmt.Fprintf(p.err, "... and %s; raci check shows all\n", view.Count(n-most, "more finding"))
	}
}

// shellWord quotes a path that a shell would take apart.
func shellWord(path string) string {
	if !strings.ContainsAny(path, " \t\"'\\$`&;|<>()*?[]{}#!~") {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// starterList is the help text's list: each with what it is for.
func (p *program) starterList() string {
	var b strings.Builder
	for _, id := range draft.Starters(p.catalog) {
		fmt.Fprintf(&b, "  %-11s%s\n", id, draft.Title(p.catalog, id))
	}
	return strings.TrimSuffix(b.String(), "\n")
}
