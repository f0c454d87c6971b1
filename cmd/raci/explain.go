package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"raci/matrix"
	"raci/matrix/report"
)

func explainCommand(p *program) *cobra.Command {
	var filter rowFilter
	var format string
	cmd := &cobra.Command{
		Use:   "explain MANIFEST [ROW [PARTY]]",
		Short: "Tell why each letter of a row is there",
		Long: `Tell why each letter of a row is there: every statement that spoke about it,
oldest first, with its place and with what won over it; what each side does, and
which page says so. Without ROW, list the rows to pick from; with --requirement,
tell also who answers that requirement of a framework, and how.`,
		Example: `  raci explain examples/checkout/manifest.yaml ledger-db/patch-guest-os
  raci explain examples/checkout/manifest.yaml --party msp
  raci explain examples/checkout/manifest.yaml --requirement CC6.1
  raci explain examples/checkout/manifest.yaml statements/back-up-data head-of-data`,
		Args: cobra.RangeArgs(1, 3),
		RunE: func(_ *cobra.Command, args []string) error { return p.explain(args, filter, format) },
	}
	cmd.Flags().StringVar(&filter.party, "party", "", "list rows in which this party holds a letter")
	cmd.Flags().StringVar(&filter.control, "control", "", "list rows of this control")
	cmd.Flags().StringVar(&filter.service, "service", "", "list rows of this service")
	cmd.Flags().StringVar(&filter.split, "split", "", "list rows with this split: aws, customer, shared or an operator")
	cmd.Flags().StringVar(&filter.requirement, "requirement", "", "tell who answers this requirement, and list the rows: FRAMEWORK/ID, or ID alone")
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	return cmd
}

func (p *program) explain(args []string, filter rowFilter, format string) error {
	if format != "text" && format != "json" {
		return unknownFormat(format)
	}
	l, err := p.load(args[0])
	if err != nil {
		return err
	}
	if len(args) == 1 {
		return p.listRows(l.matrix, &filter, format)
	}
	r, err := findRow(l.matrix, args[1])
	if err != nil {
		return err
	}
	party := ""
	if len(args) == 3 {
		if party = args[2]; l.matrix.Party(party) == nil {
			var ids []string
			for _, other := range l.matrix.Parties {
				ids = append(ids, other.ID)
			}
			return fmt.Errorf("unknown party %q; %s", party, orElse(matrix.Nearest(party, ids), "the parties are "+strings.Join(ids, ", ")))
		}
	}
	if format == "json" {
		return p.printJSON(report.ExplainRow(r))
	}
	p.explainRow(l, r, party)
	return nil
}

func findRow(m *matrix.Matrix, id string) (*matrix.Row, error) {
	var ids []string
	for i := range m.Rows {
		if m.Rows[i].ID == id {
			return &m.Rows[i], nil
		}
		ids = append(ids, m.Rows[i].ID)
	}
	if entry, _, ok := strings.Cut(id, "/"); !ok && m.Entry(entry) != nil {
		return nil, fmt.Errorf("%q is an entry; name one of its rows, as %s/DUTY", id, id)
	}
	return nil, fmt.Errorf("unknown row %q; %s", id, orElse(matrix.Nearest(id, ids), "leave ROW out to list the rows"))
}

func (p *program) explainRow(l *loaded, r *matrix.Row, only string) {
	m := l.matrix
	fmt.Fprintf(p.out, "%s: %s\n", r.ID, r.Title)
	fmt.Fprintf(p.out, "  entry    %s\n", entryLine(m, r))
	fmt.Fprintf(p.out, "  control  %s (%s)\n", r.ControlName, r.Category)
	fmt.Fprintf(p.out, "  split    %s, from the %s\n", r.Split, r.Basis)
	for _, f := range r.Requirements {
		fmt.Fprintf(p.out, "  answers  %s: %s\n", f.Framework, strings.Join(f.IDs, ", "))
	}
	fmt.Fprintln(p.out, "\nWhat is done")
	for _, s := range r.Sides {
		printWrapped(p.out, fmt.Sprintf("  %-10s ", s.Who), "             ", s.Text)
		fmt.Fprintf(p.out, "             %s\n", l.at(s.At))
	}
	for _, s := range r.Sources {
		fmt.Fprintf(p.out, "  source     %s (checked %s)\n", s.URL, s.Checked)
	}
	printWrapped(p.out, "  note       ", "             ", r.Note)
	p.explainException(l, r)
	fmt.Fprintln(p.out, "\nWhy each letter is there")
	for _, role := range append(slices.Clone(r.Roles), r.Silent...) {
		if only == "" || role.Party == only {
			p.explainRole(l, role)
		}
	}
}

// explainException tells of the overrides of a row: the one that holds, those
// that it beat, and what the catalog says.
func (p *program) explainException(l *loaded, r *matrix.Row) {
	if r.Exception < 0 {
		return
	}
	e := l.matrix.Exceptions[r.Exception]
	fmt.Fprintf(p.out, "  exception  %s, until %s\n", l.at(e.At), orNone(e.Expires))
	for _, i := range r.Lost {
		fmt.Fprintf(p.out, "             it won over %s\n", l.at(l.matrix.Exceptions[i].At))
	}
	fmt.Fprintln(p.out, "\nWhat the catalog says instead")
	for _, s := range r.Replaced {
		printWrapped(p.out, fmt.Sprintf("  %-10s ", s.Who), "             ", s.Text)
	}
	if len(r.Replaced) == 0 {
		fmt.Fprintln(p.out, "  the duty does not apply")
	}
}

func (p *program) explainRole(l *loaded, role matrix.Role) {
	letters := role.Letters.String()
	if letters == "" {
		letters = "no letter"
	}
	fmt.Fprintf(p.out, "  %s (%s): %s\n", role.Party, l.matrix.Party(role.Party).Name, letters)
	for _, reason := range role.Reasons {
		beaten := ""
		if reason.BeatBy.Line > 0 {
			beaten = ", beaten by " + l.at(reason.BeatBy)
		}
		fmt.Fprintf(p.out, "    %-4s %s%s\n         %s\n", reason.Letters, reason.Text, beaten, l.at(reason.At))
	}
}

// at is a place with the path that the user can open.
func (l *loaded) at(pos matrix.Pos) string {
	showPath(&pos, filepath.Base(l.path), l.path)
	return pos.String()
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
