package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"raci/matrix/load"
	"raci/matrix/publish"
	"raci/matrix/report"
	"raci/matrix/view"
)

// target is a report to write.
type target struct {
	report.Format
	path string
}

func targetsOf(l *load.Input, folder string, formats []report.Format) []target {
	list := make([]target, len(formats))
	for i, f := range formats {
		list[i] = target{f, filepath.Join(folder, baseName(l.Path)+f.Extension)}
	}
	return list
}

// writeAll writes every report, and gives all of them their places when all are
// complete. The error holds what each report that cannot be written says. Links,
// pipes, devices and files that are read-only are replaced where replace is set.
func (p *program) writeAll(all []*load.Input, folder string, formats []report.Format, replace bool) error {
	if err := checkTargets(all, folder, formats, replace); err != nil {
		return err
	}
	out, err := publish.Begin(folder, publish.Options{MakeFolder: true, Replace: replace, Say: p.say})
	if err != nil {
		return err
	}
	defer discardOnSignal(out)()
	defer out.Discard()
	var lines []string
	var failures []error
	for _, l := range all {
		notes, err := p.stageReports(out, l, targetsOf(l, folder, formats))
		lines, failures = append(lines, notes...), append(failures, err)
	}
	if err := errors.Join(failures...); err != nil {
		return err
	}
	if err := out.Commit(); err != nil {
		return withHint(err)
	}
	for _, line := range lines {
		fmt.Fprintln(p.err, line)
	}
	return nil
}

// stageReports writes the reports of one manifest, and returns what is to be
// printed about them once they are in their places.
func (p *program) stageReports(out *publish.Batch, l *load.Input, targets []target) (lines []string, err error) {
	lines = append(lines, fmt.Sprintf("%s: %s", l.Path, summary(l)))
	content := view.New(l.Matrix, l.Findings)
	content.Edited = l.Edited
	var failures []error
	for _, t := range targets {
		file, err := out.Create(filepath.Base(t.path))
		if err != nil {
			return nil, err
		}
		p.progress("writing " + t.path)
		warnings, err := writeReport(file, t.Format, content)
		p.progress("")
		if err != nil {
			failures = append(failures, fmt.Errorf("cannot write %s: %w", t.path, load.Cause(l.Located(err))))
			continue
		}
		for _, w := range warnings {
			lines = append(lines, fmt.Sprintf("%s: %s", t.path, w))
		}
		lines = append(lines, "wrote "+t.path)
	}
	return lines, errors.Join(failures...)
}

// summary counts rows, gaps and findings.
func summary(l *load.Input) string {
	return fmt.Sprintf("%s, %s, %s", view.Count(len(l.Matrix.Rows), "row"), view.Count(l.Matrix.Gaps(), "gap"), view.Count(len(l.Findings.Open), "finding"))
}

// writeReport writes a report into a file and closes it.
func writeReport(file io.WriteCloser, f report.Format, c *view.Report) (warnings []string, err error) {
	buffered := bufio.NewWriterSize(file, 1<<16)
	warnings, err = f.Write(buffered, c)
	if err == nil {
		err = buffered.Flush()
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	return warnings, err
}

// checkTargets says of each report that has no place to go why: it shares its
// name with another one, or something stands there that is not to be replaced.
func checkTargets(all []*load.Input, folder string, formats []report.Format, replace bool) error {
	taken := map[string]bool{}
	var failures []error
	for _, l := range all {
		for _, t := range targetsOf(l, folder, formats) {
			if err := t.check(all, taken[t.path], replace); err != nil {
				failures = append(failures, fmt.Errorf("cannot write %s: %w", t.path, err))
			}
			taken[t.path] = true
		}
	}
	return errors.Join(failures...)
}

func (t *target) check(all []*load.Input, taken, replace bool) error {
	if taken {
		return errors.New("two inputs have reports of this name; build them into two folders")
	}
	if info, err := os.Stat(t.path); err == nil {
		for _, l := range all {
			if input := l.Reads(info); input != "" {
				return fmt.Errorf("the report would take the place of %s, from which it is made; name another folder with -o", input)
			}
		}
	}
	return withHint(publish.Check(t.path, replace))
}

// withHint adds to what is not replaced how it can be.
func withHint(err error) error {
	if refused := publish.Refusal(""); errors.As(err, &refused) {
		return fmt.Errorf("%w; remove it, or have it replaced with --replace", err)
	}
	return err
}

// say prints a line about what else was done.
func (p *program) say(line string) { fmt.Fprintf(p.err, "raci: %s\n", line) }

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
