package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

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
	given  func(flag string) bool // whether the user gave it; what is given is not asked
}

func initCommand(p *program) *cobra.Command {
	o := initOptions{output: "manifest.yaml"}
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a starter manifest",
		Long: `Write a starter manifest, with comments that say what to fill in. On a terminal it
asks for what no flag says: the organization, the system, the teams, the services
and the frameworks. ? lists the choices, Enter takes the answer in brackets, and
Ctrl-C or Ctrl-D ends without a file. Elsewhere it asks nothing, and what no flag
says stays as in the starter. An existing file is left alone unless --force is given.

Services and frameworks may be called by any of their names, several behind one
another: "Amazon Aurora, S3 and Lambda", "SOC 2 security; NIST 800-53 moderate".

Starters:
` + p.starterList(),
		Example: `  raci init
  raci init --starter containers --system Checkout --organization "Northwind Payments"
  raci init --team platform="Platform Engineering" --team data="Data Platform" \
            --service "ECS Fargate, RDS and S3" --framework "SOC 2, HIPAA" -o -`,
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
			o.given = cmd.Flags().Changed
			return p.initManifest(o, isTerminal(p.in) && isTerminal(p.err))
		},
	}
	f := cmd.Flags()
	f.StringVarP(&o.output, "output", "o", o.output, "`FILE` to write, - for standard output")
	f.BoolVar(&o.force, "force", false, "overwrite the file if it exists")
	f.StringVar(&o.draft.Starter, "starter", draft.DefaultStarter, "`ID` of the starter: "+strings.Join(draft.Starters(p.catalog), ", "))
	f.StringVar(&o.draft.System, "system", "", "system's `NAME`")
	f.StringVar(&o.draft.Organization, "organization", "", "organization's `NAME`")
	f.StringArrayVar(&o.draft.Teams, "team", nil, "a team as `[ID=]NAME [<CONTACT>]`, instead of the starter's; may be repeated")
	f.StringArrayVar(&o.draft.Services, "service", nil, "services, each as `SERVICE[/VARIANT]`, instead of the starter's; may be repeated")
	f.StringArrayVar(&o.draft.Frameworks, "framework", nil, "frameworks, each as `ID[/BASELINE+...]`, or none; may be repeated")
	_ = cmd.RegisterFlagCompletionFunc("starter", cobra.FixedCompletions(draft.Starters(p.catalog), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// checkNotEmpty refuses flags with an empty value, such as one from a variable of
// the shell that is not set.
func checkNotEmpty(cmd *cobra.Command) error {
	var empty []error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		list, several := f.Value.(pflag.SliceValue)
		if f.Value.String() == "" || several && slices.ContainsFunc(list.GetSlice(), func(s string) bool { return strings.TrimSpace(s) == "" }) {
			empty = append(empty, fmt.Errorf("--%s is empty", f.Name))
		}
	})
	return errors.Join(empty...)
}

// initManifest asks where it may, fills the starter in, and writes it.
func (p *program) initManifest(o initOptions, ask bool) error {
	if err := checkOverwrite(o.output, o.force); err != nil {
		return err
	}
	t, err := p.tryDraft(o.draft)
	if err == nil && ask {
		t, err = p.askDraft(t, o.given)
	}
	if err != nil {
		return err
	}
	if o.output == "-" {
		_, err = p.out.Write(t.text)
	} else if err = p.writeFile(o.output, t.text, o.force); err == nil {
		m := t.in.Matrix
		p.say("wrote %s: %s, %s", source.Quoted(o.output), view.Count(len(m.Entries), "service"), view.Count(len(m.Rows), "row"))
	}
	if err != nil {
		return err
	}
	p.printDoubts(t.in.Findings.Open)
	if o.output != "-" {
		p.say("next: raci check %[1]s, then raci build %[1]s", shellWord(o.output))
	}
	return nil
}

// checkOverwrite refuses a target that exists, and one that cannot be a file. It
// looks before anything is asked.
func checkOverwrite(target string, force bool) error {
	if target == "-" {
		return nil
	}
	info, err := os.Stat(target)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err = os.Stat(filepath.Dir(target)); err == nil {
			return nil
		}
	}
	switch {
	case err != nil:
		return fmt.Errorf("cannot write %s: %w", source.Quoted(target), load.Cause(err))
	case info.IsDir():
		return fmt.Errorf("%s is a folder; name a file in it with -o", source.Quoted(target))
	case !force:
		return existsError(target)
	}
	if err := publish.Check(target, false); err != nil {
		return fmt.Errorf("cannot write %s: %w; name another file with -o, or - for standard output", source.Quoted(target), err)
	}
	return nil
}

func existsError(target string) error {
	return fmt.Errorf("%s exists; overwrite it with --force, or name another file with -o", source.Quoted(target))
}

// tryDraft makes the text of a draft, and builds its matrix. What is wrong is the
// fault of a flag or an answer, so the error names the command and no line.
func (p *program) tryDraft(d draft.Draft) (tried, error) {
	text, problems := d.Text(p.catalog)
	var in *load.Input
	if text != nil {
		l, err := p.loader()
		if err != nil {
			return tried{}, err
		}
		var more source.Diagnostics
		in, more = l.Draft(text)
		problems = append(problems, more...)
	}
	for i := range problems {
		problems[i].At = source.Pos{File: "raci init"}
	}
	return tried{d, text, in}, problems.Err()
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
			p.say("%s: %s; %s [%s]", f.Severity, f.Message, f.Hint, f.Rule)
		}
	}
	if n > most {
		p.say("... and %s; raci check shows all", view.Count(n-most, "more finding"))
	}
}

// writeFile writes a file that is not there yet, or with force also in the place of
// one that is. It looks again: while questions are answered, a file may come.
func (p *program) writeFile(target string, text []byte, force bool) error {
	file := publish.New(filepath.Dir(target), publish.Options{New: !force, Say: p.sayLine})
	defer onSignal(func(sig syscall.Signal) {
		if !file.Discard() {
			p.sayEnded(sig, "no file was written")
		}
	})()
	err := file.WriteFile(filepath.Base(target), text)
	if !force && errors.Is(err, fs.ErrExist) {
		return existsError(target)
	}
	return err
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
