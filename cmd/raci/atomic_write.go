package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"raci/matrix/load"
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

// writeAll writes every report to a temporary file, and moves them to their
// places when all are complete. The error holds what each report that cannot
// be written says.
func (p *program) writeAll(all []*load.Input, folder string, formats []report.Format) error {
	if err := checkTargets(all, folder, formats); err != nil {
		return err
	}
	near, err := nearestFolder(folder)
	if err != nil {
		return fmt.Errorf("cannot make the output folder: %w", err)
	}
	out := staged{folder: near}
	defer out.discardOnSignal()()
	defer out.discard()
	var lines []string
	var failures []error
	for _, l := range all {
		told, err := p.stageReports(&out, l, targetsOf(l, folder, formats))
		lines, failures = append(lines, told...), append(failures, err)
	}
	if err := errors.Join(failures...); err != nil {
		return err
	}
	if err := out.commit(folder); err != nil {
		return err
	}
	for _, line := range lines {
		fmt.Fprintln(p.err, line)
	}
	return nil
}

// stageReports writes the reports of one manifest, and returns what is to be
// told of them once they are in their places.
func (p *program) stageReports(out *staged, l *load.Input, targets []target) (lines []string, err error) {
	lines = append(lines, fmt.Sprintf("%s: %s", l.Path, l.Summary()))
	content := view.New(l.Matrix, l.Findings)
	content.Edited = l.Edited
	var failures []error
	for _, t := range targets {
		file, err := out.create(t.path)
		if err != nil {
			return nil, fmt.Errorf("cannot write %s: %w", t.path, load.Cause(err))
		}
		p.progress("writing " + t.path)
		warnings, err := fill(file, t.Format, content)
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

// checkTargets says of each report that has no place to go why: it shares its
// name with another one, there is a folder, or a file that was read.
func checkTargets(all []*load.Input, folder string, formats []report.Format) error {
	taken := map[string]bool{}
	var failures []error
	for _, l := range all {
		for _, t := range targetsOf(l, folder, formats) {
			if err := t.check(all, taken[t.path]); err != nil {
				failures = append(failures, fmt.Errorf("cannot write %s: %w", t.path, err))
			}
			taken[t.path] = true
		}
	}
	return errors.Join(failures...)
}

func (t *target) check(all []*load.Input, taken bool) error {
	if taken {
		return errors.New("two inputs have reports of this name; build them into two folders")
	}
	info, err := os.Stat(t.path)
	if err != nil {
		return nil // nothing is there, or creating the file will say what is wrong
	}
	if info.IsDir() {
		return errors.New("it is a folder")
	}
	for _, l := range all {
		if input := l.Reads(info); input != "" {
			return fmt.Errorf("the report would take the place of %s, from which it is made; name another folder with -o", input)
		}
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

// nearestFolder returns the folder, or the nearest one above it that exists.
func nearestFolder(path string) (string, error) {
	info, err := os.Stat(path)
	above := filepath.Dir(path)
	switch {
	case err == nil && info.IsDir():
		return path, nil
	case err == nil:
		return "", &fs.PathError{Op: "mkdir", Path: path, Err: syscall.ENOTDIR}
	case above == path:
		return "", err
	}
	return nearestFolder(above)
}

// staged are files that are complete, or will be, and not yet in their place.
type staged struct {
	folder string // in which they wait
	mu     sync.Mutex
	files  []stagedFile
}

type stagedFile struct{ temporary, target string }

func (s *staged) create(target string) (*os.File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	temporary := filepath.Join(s.folder, fmt.Sprintf(".%s.%d.part", filepath.Base(target), os.Getpid()))
	s.files = append(s.files, stagedFile{temporary, target})
	return os.OpenFile(temporary, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o666)
}

// fill writes a report into a file and closes it.
func fill(file *os.File, f report.Format, c *view.Report) (warnings []string, err error) {
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

// commit makes the folder and moves all files to their places in it.
func (s *staged) commit(folder string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return fmt.Errorf("cannot make the output folder: %w", err)
	}
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
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove()
}

func (s *staged) remove() {
	for _, f := range s.files {
		os.Remove(f.temporary)
	}
}

// discardOnSignal removes the files also where a signal ends the program, and
// then exits as shells tell of one. A signal that was ignored stays so. The
// function that it returns ends the watch.
func (s *staged) discardOnSignal() (stop func()) {
	signals := slices.DeleteFunc([]os.Signal{syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM}, signal.Ignored)
	if len(signals) == 0 {
		return func() {} // Notify without signals would mean all of them
	}
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, signals...)
	go func() {
		if sig, ok := (<-caught).(syscall.Signal); ok {
			s.mu.Lock() // and never let go: no file is made or moved any more
			s.remove()
			os.Exit(128 + int(sig))
		}
	}()
	return func() {
		signal.Stop(caught)
		close(caught)
	}
}
