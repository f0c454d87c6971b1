package main

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"raci/matrix"
	"raci/matrix/check"
	"raci/matrix/report"
)

func buildCommand(p *program) *cobra.Command {
	var folder string
	var formats []string
	var strict bool
	cmd := &cobra.Command{
		Use:   "build MANIFEST...",
		Short: "Write the reports of one or more manifests",
		Long: `Write the reports of one or more manifests, named after the manifest's file, or
after its folder where the file is called manifest.yaml. Either all reports are
written or none.

Formats:
` + formatList(),
		Example: `  raci build examples/checkout/manifest.yaml
  raci build -o reports --format xlsx,pdf,json --strict payments.yaml orders.yaml`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return p.buildReports(args, folder, formats, strict)
		},
	}
	cmd.Flags().StringVarP(&folder, "output", "o", ".", "folder for the reports, made if it is missing")
	cmd.Flags().StringSliceVar(&formats, "format", []string{"xlsx", "pdf"}, "formats to write, separated by commas")
	cmd.Flags().BoolVar(&strict, "strict", false, "write nothing and exit 1 where a row has no accountable party or check finds an error")
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

// findFormats returns the formats in the order of report.Formats: the PDF
// carries the digest of the workbook, so that is written first.
func findFormats(ids []string) ([]report.Format, error) {
	var chosen []report.Format
	for _, id := range expandGroups(ids) {
		i := slices.IndexFunc(report.Formats, func(f report.Format) bool { return f.ID == id })
		if i < 0 {
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

func (p *program) buildReports(manifests []string, folder string, formatIDs []string, strict bool) error {
	formats, err := findFormats(formatIDs)
	if err != nil {
		return err
	}
	all, err := p.loadAll(manifests)
	if err != nil {
		return err
	}
	if strict && p.refuse(all) {
		return errFindings
	}
	return p.writeAll(all, folder, formats)
}

// refuse prints what --strict does not let pass.
func (p *program) refuse(all []*loaded) bool {
	refused := false
	for _, l := range all {
		if l.matrix.Gaps() > 0 || check.AtLeast(l.findings, matrix.Error) > 0 {
			refused = true
			p.printErrors(l)
			fmt.Fprintf(p.err, "%s: %s; nothing was written\n", l.path, l.summary())
		}
	}
	return refused
}

// printErrors tells what stands in the way of a strict build.
func (p *program) printErrors(l *loaded) {
	for _, f := range l.findings {
		if f.Severity != matrix.Error {
			continue
		}
		showPath(&f.At, filepath.Base(l.path), l.path)
		row := ""
		if f.Row != "" {
			row = " (row " + f.Row + ")"
		}
		fmt.Fprintf(p.err, "%s: %s: %s%s; %s [%s]\n", f.At, f.Severity, f.Message, row, f.Fix, f.Rule)
	}
}

func (l *loaded) summary() string {
	return fmt.Sprintf("%s, %s, %s", count(len(l.matrix.Rows), "row"), count(l.matrix.Gaps(), "gap"), count(len(l.findings), "finding"))
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// writeAll writes every report to a temporary file beside its place, and
// moves them there when all are complete.
func (p *program) writeAll(all []*loaded, folder string, formats []report.Format) error {
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return fmt.Errorf("cannot make the output folder: %w", err)
	}
	var out staged
	defer out.discard()
	var lines []string
	for _, l := range all {
		lines = append(lines, fmt.Sprintf("%s: %s", l.path, l.summary()))
		content := report.Content{Matrix: l.matrix, Findings: l.findings}
		for _, f := range formats {
			target := filepath.Join(folder, baseName(l.path)+f.Extension)
			p.progress("writing " + target)
			sum, warnings, err := out.write(target, f, content)
			p.progress("")
			if err != nil {
				return fmt.Errorf("cannot write %s: %w", target, err)
			}
			content.Made = append(content.Made, report.Made{Name: filepath.Base(target), SHA256: sum})
			for _, w := range warnings {
				lines = append(lines, fmt.Sprintf("%s: %s", target, w))
			}
			lines = append(lines, "wrote "+target)
		}
	}
	if err := out.commit(); err != nil {
		return err
	}
	for _, line := range lines {
		fmt.Fprintln(p.err, line)
	}
	return nil
}

// progress shows what is being done on one line of a terminal, and clears the
// line where there is nothing to say. Elsewhere it prints nothing.
func (p *program) progress(text string) {
	if isTerminal(p.err) {
		fmt.Fprintf(p.err, "\r\x1b[K%s", text)
	}
}

// baseName is the name of the reports: the manifest's file without its
// extension, or its folder where the file is just called manifest.
func baseName(path string) string {
	if path == "-" {
		return "matrix"
	}
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	if name != "manifest" {
		return name
	}
	if abs, err := filepath.Abs(path); err == nil {
		if dir := filepath.Base(filepath.Dir(abs)); dir != string(filepath.Separator) && dir != "." {
			return dir
		}
	}
	return name
}

// staged are files that are complete but not yet in their place.
type staged struct{ files []stagedFile }

type stagedFile struct{ temporary, target string }

// write returns the SHA-256 of what it wrote, in hex.
func (s *staged) write(target string, f report.Format, c report.Content) (sum string, warnings []string, err error) {
	for _, other := range s.files {
		if other.target == target {
			return "", nil, fmt.Errorf("two manifests have reports of this name; build them into two folders")
		}
	}
	if info, err := os.Stat(target); err == nil && info.IsDir() {
		return "", nil, fmt.Errorf("it is a folder")
	}
	temporary := filepath.Join(filepath.Dir(target), fmt.Sprintf(".%s.%d.part", filepath.Base(target), os.Getpid()))
	file, err := os.OpenFile(temporary, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o666)
	if err != nil {
		return "", nil, err
	}
	s.files = append(s.files, stagedFile{temporary, target})
	h := sha256.New()
	buffered := bufio.NewWriterSize(io.MultiWriter(file, h), 1<<16)
	warnings, err = f.Write(buffered, c)
	if err == nil {
		err = buffered.Flush()
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	return hex.EncodeToString(h.Sum(nil)), warnings, err
}

// commit moves all files to their places.
func (s *staged) commit() error {
	for len(s.files) > 0 {
		f := s.files[0]
		if err := os.Rename(f.temporary, f.target); err != nil {
			return err
		}
		s.files = s.files[1:]
	}
	return nil
}

// discard removes what was not committed.
func (s *staged) discard() {
	for _, f := range s.files {
		os.Remove(f.temporary)
	}
}
