package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"raci/matrix"
	"raci/matrix/load"
	"raci/matrix/report"
	"raci/matrix/view"
)

func explainCommand(p *program) *cobra.Command {
	var filter rowFilter
	var format string
	var keepGoing bool
	cmd := &cobra.Command{
		Use:   "explain INPUT [ROW [PARTY]]",
		Short: "Show why each letter of a row is there",
		Long: `Show why each letter of a row is there: every statement about it,
oldest first, with its place and with what won over it; what each side does, how,
and which page says so. Without ROW, list the rows to pick from; with --requirement,
also show who answers that requirement of a framework, and how. As JSON, the
answers take the place of the list of rows.

Of a folder, show it for each manifest in it that has the row, the party or the
requirement; as JSON, a list of objects with input and explained.

` + inputHelp,
		Example: `  raci explain examples/checkout/manifest.yaml ledger-db/patch-guest-os
  raci explain examples/checkout/manifest.yaml --party msp
  raci explain examples/checkout/manifest.yaml --requirement CC6.1
  raci explain examples/checkout/manifest.yaml statements/back-up-data head-of-data`,
		Args: argCount(1, 3, "an input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkFilters(cmd, args); err != nil {
				return err
			}
			return p.explain(args, filter, format, keepGoing)
		},
	}
	cmd.Flags().StringVar(&filter.Party, "party", "", "list rows in which this party holds a letter")
	cmd.Flags().StringVar(&filter.Control, "control", "", "list rows of this control")
	cmd.Flags().StringVar(&filter.Service, "service", "", "list rows of this service, or of SERVICE/VARIANT")
	cmd.Flags().StringVar(&filter.Split, "split", "", "list rows with this split: aws, customer, shared or an operator")
	cmd.Flags().StringVar(&filter.requirement, "requirement", "", "show who answers this requirement, and list the rows: FRAMEWORK/ID, or ID alone")
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	cmd.Flags().BoolVar(&keepGoing, "keep-going", false, "of a folder, explain the manifests that can be read, where others cannot")
	p.inputFlags(cmd)
	return cmd
}

// checkFilters refuses flags that would change nothing: those of the list where
// a row is named, and empty ones.
func checkFilters(cmd *cobra.Command, args []string) error {
	var set []string
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if !slices.Contains([]string{"format", "assets", "edited", "keep-going"}, f.Name) {
			set = append(set, "--"+f.Name)
		}
	})
	if len(args) > 1 && len(set) > 0 {
		return fmt.Errorf("a row is named, so no rows are listed; leave out %s", strings.Join(set, ", "))
	}
	return checkNotEmpty(cmd)
}

func (p *program) explain(args []string, filter rowFilter, format string, keepGoing bool) (result error) {
	if format != "text" && format != "json" {
		return unknownFormat(format)
	}
	inputs, loader, err := p.find(args[:1])
	if err != nil && (!keepGoing || len(inputs) == 0) {
		return err
	}
	if err != nil {
		p.printError(err)
		defer func() { result = cmp.Or(result, errPrinted) }()
	}
	if info, err := os.Stat(args[0]); err == nil && info.IsDir() {
		return p.explainFolder(loader, inputs, args[1:], filter, format, keepGoing)
	}
	in, problems := loader.Load(inputs[0].Path)
	if problems != nil {
		return problems.Err()
	}
	if err := p.checkAssets(isStored(in)); err != nil {
		return err
	}
	return p.explainInput(in, args[1:], filter, format)
}

// explainInput explains the row, and the party of it, that the arguments name, or
// lists the rows.
func (p *program) explainInput(l *load.Input, args []string, filter rowFilter, format string) error {
	if len(args) == 0 {
		return p.listRows(l, &filter, format)
	}
	r, problems := l.Matrix.FindRow(args[0])
	if problems != nil {
		for i := range problems {
			problems[i].At = l.Locate(problems[i].At)
		}
		return problems.Err()
	}
	party := ""
	if len(args) == 2 {
		found, problems := l.Matrix.FindParty(args[1])
		if problems != nil {
			return problems.Err()
		}
		party = found.ID
	}
	shown := onlyParty(r, party)
	if format == "json" {
		return p.printJSON(report.ExplainRow(shown))
	}
	p.forPeople().explainRow(l, shown)
	return nil
}

// onlyParty returns the row with what is said of this party alone, or of all
// where it is "".
func onlyParty(r *matrix.Row, party string) *matrix.Row {
	row := *r
	if other := func(role matrix.Role) bool { return role.Party != party }; party != "" {
		row.Roles, row.Overruled = slices.DeleteFunc(slices.Clone(row.Roles), other), slices.DeleteFunc(slices.Clone(row.Overruled), other)
		row.Withheld = slices.DeleteFunc(slices.Clone(row.Withheld), func(w matrix.Withheld) bool { return !w.Concerns(party, r.Letters(party)) })
	}
	return &row
}

func (p *program) explainRow(l *load.Input, r *matrix.Row) {
	m := l.Matrix
	fmt.Fprintf(p.out, "%s: %s\n", r.ID, onOneLine(r.Title))
	fmt.Fprintf(p.out, "  entry    %s\n", entryLine(m, r))
	fmt.Fprintf(p.out, "  control  %s (%s)\n", r.ControlName, r.Category)
	fmt.Fprintf(p.out, "  split    %s\n", r.Split)
	printWrapped(p.out, "  basis    ", "           ", view.BasisText(r))
	for _, f := range r.Requirements {
		fmt.Fprintf(p.out, "  answers  %s: %s\n", f.Framework, strings.Join(f.IDs, ", "))
	}
	fmt.Fprintln(p.out, "\nWhat is done")
	for _, s := range r.Sides {
		printWrapped(p.out, fmt.Sprintf("  %-10s ", s.Who), "             ", s.Text)
		fmt.Fprintf(p.out, "             %s\n", l.Locate(s.At))
	}
	printWrapped(p.out, "  AWS offers ", "             ", r.Offers)
	for _, s := range r.Sources {
		fmt.Fprintf(p.out, "  source     %s (checked %s)\n", s.URL, s.Checked)
	}
	printWrapped(p.out, "  note       ", "             ", r.Note)
	p.explainException(l, r)
	p.explainHow(l, r)
	fmt.Fprintln(p.out, "\nWhy each letter is there")
	for _, role := range slices.Concat(r.Roles, r.Overruled) {
		p.explainRole(l, role)
	}
	p.explainUnlisted("  ", r.Unlisted.Reasons, "of less weight")
	p.explainWithheld(l, r)
}

// explainWithheld shows what does not act on the row, because of the places in
// which its entry runs.
func (p *program) explainWithheld(l *load.Input, r *matrix.Row) {
	if len(r.Withheld) == 0 {
		return
	}
	e := l.Matrix.Entry(r.Entry)
	fmt.Fprintln(p.out, "\nWhat does not act here")
	printWrapped(p.out, "  ", "  ", fmt.Sprintf("%s runs in %s, and lies only partly inside what these list; split the entry.", e.Name,
		strings.Join(slices.Concat(e.Environments, e.Accounts), ", ")))
	for _, w := range r.Withheld {
		printWrapped(p.out, "    ", "         ", w.Gives()+": "+w.Text)
		fmt.Fprintln(p.out, "         "+l.Locate(w.At).String())
	}
	p.explainUnlisted("    ", r.Unlisted.Withheld, "of this kind")
}

// explainUnlisted counts the statements that a row does not list.
func (p *program) explainUnlisted(indent string, n int, which string) {
	if n > 0 {
		fmt.Fprintf(p.out, "%sand %s %s\n", indent, view.Count(n, "more statement"), which)
	}
}

// explainException shows the overrides of a row: the one that holds, those that
// it overruled, and what the catalog says.
func (p *program) explainException(l *load.Input, r *matrix.Row) {
	if r.Exception < 0 {
		return
	}
	e := l.Matrix.Exceptions[r.Exception]
	fmt.Fprintf(p.out, "  exception  %s, until %s\n", l.Locate(e.At), orNone(e.Expires))
	for _, i := range r.LosingOverrides {
		fmt.Fprintf(p.out, "             it won over %s\n", l.Locate(l.Matrix.Exceptions[i].At))
	}
	p.explainUnlisted("             ", r.Unlisted.LosingOverrides, "that it won over")
	fmt.Fprintln(p.out, "\nWhat the catalog says instead")
	for _, s := range r.Replaced {
		printWrapped(p.out, fmt.Sprintf("  %-10s ", s.Who), "             ", s.Text)
	}
	if len(r.Replaced) == 0 {
		fmt.Fprintln(p.out, "  the duty does not apply")
	}
	label := matrix.EvidenceDetail
	for _, e := range r.ReplacedEvidence {
		printWrapped(p.out, fmt.Sprintf("  %-10s ", label), "             ", e)
		label = ""
	}
}

// explainHow shows how and how often the duty is done and what shows it, and the
// statements that say so where the manifest has any.
func (p *program) explainHow(l *load.Input, r *matrix.Row) {
	if len(r.Process)+len(r.Evidence)+len(r.Frequency)+len(r.Details) == 0 {
		return
	}
	fmt.Fprintln(p.out, "\nHow it is done")
	for _, about := range matrix.Details {
		label := about
		for _, text := range detailTexts(r, about) {
			printWrapped(p.out, fmt.Sprintf("  %-10s ", label), "             ", text)
			label = ""
		}
	}
	if len(r.Details) == 0 {
		return
	}
	fmt.Fprintln(p.out, "\nWhy it is done so")
	for _, d := range r.Details {
		text := strings.Join(d.Says, "; ")
		if text == "" {
			text = "none"
		}
		overruled := ""
		if d.LostTo.Line > 0 {
			overruled = ", overruled by " + l.Locate(d.LostTo).String()
		}
		printWrapped(p.out, fmt.Sprintf("  %-10s ", d.About), "             ", text)
		printWrapped(p.out, "             ", "             ", d.Text+overruled)
		if d.At.Line > 0 {
			fmt.Fprintln(p.out, "             "+l.Locate(d.At).String())
		}
	}
	p.explainUnlisted("  ", r.Unlisted.Details, "of less weight")
}

func detailTexts(r *matrix.Row, about string) []string {
	switch about {
	case matrix.ProcessDetail:
		return view.ProcessTexts(r.Process)
	case matrix.EvidenceDetail:
		return r.Evidence
	}
	return []string{string(r.Frequency)}
}

func (p *program) explainRole(l *load.Input, role matrix.Role) {
	letters := role.Letters.String()
	if letters == "" {
		letters = "no letter"
	}
	fmt.Fprintf(p.out, "  %s (%s): %s\n", role.Party, l.Matrix.Party(role.Party).Name, letters)
	for _, reason := range role.Reasons {
		overruled := ""
		if reason.LostTo.Line > 0 {
			overruled = ", overruled by " + l.Locate(reason.LostTo).String()
		}
		printWrapped(p.out, fmt.Sprintf("    %-4s ", reason.Letters), "         ", reason.Text+overruled)
		fmt.Fprintln(p.out, "         "+l.Locate(reason.At).String())
	}
}

func orNone(s string) string {
	if s == "" {
		return "it is removed"
	}
	return s
}

func entryLine(m *matrix.Matrix, r *matrix.Row) string {
	e := m.Entry(r.Entry)
	if e == nil {
		return m.EntryTitle(r.Entry)
	}
	line := e.Name + ", " + e.ServiceName
	if len(e.VariantNames) > 0 {
		line += " (" + strings.Join(e.VariantNames, ", ") + ")"
	}
	if p := m.Party(e.Owner); p != nil {
		line += ", owned by " + p.Name
	}
	return line
}
