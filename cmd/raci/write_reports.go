package main

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"golang.org/x/sync/errgroup"

	"raci/matrix/load"
	"raci/matrix/publish"
	"raci/matrix/report"
	"raci/matrix/source"
	"raci/matrix/view"
)

// building is one run of build.
type building struct {
	*program
	buildOptions
	formats []report.Format
	loader  *load.Loader
	inputs  []load.Named
	out     *publish.Batch
	results []built // one for each input
	lost    error   // what the arguments name and cannot be found

	mu      sync.Mutex
	printed int  // results that were printed
	stored  bool // a matrix is among the inputs
	bar     *progressBar

	interrupted atomic.Bool // what fails from now on fails because of that
}

// built is what became of one input.
type built struct {
	done    bool
	stored  bool         // a matrix was read
	said    bytes.Buffer // lines about it
	wrote   []string     // its reports
	refused bool         // by --strict
	err     error
}

// say adds a message as one line.
func (b *built) say(format string, args ...any) { b.said.WriteString(message(format+"\n", args...)) }

// failed reports whether the input has no reports.
func (b *built) failed() bool { return b.refused || b.err != nil }

// target is a report to write.
type target struct {
	report.Format
	path string
}

func (b *building) targets(input load.Named) []target {
	list := make([]target, len(b.formats))
	for i, f := range b.formats {
		list[i] = target{f, filepath.Join(b.folder, input.Name+f.Extension)}
	}
	return list
}

// run writes the reports of every input to temporary files, several inputs at a
// time, and moves them to their places when all are complete: all of them or none,
// or with --keep-going those of the inputs that did not fail.
func (b *building) run() error {
	b.results = make([]built, len(b.inputs))
	if err := b.checkTargets(); err != nil && (!b.keepGoing || len(b.inputs) == 1) {
		return err
	}
	if b.lost != nil {
		b.printError(b.lost)
	}
	b.out = publish.New(b.folder, publish.Options{MakeFolder: true, Replace: b.replace, Say: b.sayLine})
	defer onSignal(b.interrupt)()
	if err := b.out.Begin(); err != nil {
		return err
	}
	defer b.out.Discard()
	b.bar = b.startProgress("writing reports", len(b.inputs)*len(b.formats))
	b.loader.Each(b.inputs, func(i int, in *load.Input, problems source.Diagnostics) {
		b.one(i, in, problems)
		b.finish(i)
	})
	b.bar.stop()
	if b.interrupted.Load() {
		return errPrinted // for the watch ends the program
	}
	b.checkRead()
	b.print(len(b.results))
	if failed := slices.ContainsFunc(b.results, func(r built) bool { return r.failed() }); !failed {
		if err := b.checkAssets(b.stored); err != nil {
			return err
		}
	}
	return b.end()
}

// interrupt ends the run on a signal: no file is made or moved any more.
func (b *building) interrupt(sig syscall.Signal) {
	b.interrupted.Store(true)
	if b.out.Discard() {
		b.sayEnded(sig, "the reports had been written")
		return
	}
	b.sayEnded(sig, "no report was written")
}

// one writes the reports of one input to temporary files.
func (b *building) one(i int, in *load.Input, problems source.Diagnostics) {
	result := &b.results[i]
	result.err = cmp.Or(result.err, problems.Err())
	if result.err != nil {
		return
	}
	result.stored = isStored(in)
	if b.strict && refusesStrict(in) {
		result.refused = true
		printStrictErrors(result.say, in)
		result.say("%s: %s; %s", source.Quoted(in.Path), summary(in), b.nothingWritten())
		return
	}
	result.say("%s: %s", source.Quoted(in.Path), summary(in))
	result.err = b.stage(result, in, b.targets(b.inputs[i]))
}

// nothingWritten says what a failure of one input means.
func (b *building) nothingWritten() string {
	if b.keepGoing && len(b.inputs) > 1 {
		return "nothing was written of it"
	}
	return "nothing was written"
}

// stage writes the reports of one input, several at a time where there is but one
// input. The error holds what each report that cannot be written says.
func (b *building) stage(result *built, in *load.Input, targets []target) error {
	content := view.New(in.Matrix, in.Findings)
	content.Edited = in.Edited
	warnings, failures := make([][]string, len(targets)), make([]error, len(targets))
	var g errgroup.Group
	g.SetLimit(max(1, runtime.GOMAXPROCS(0)/len(b.inputs)))
	for i, t := range targets {
		g.Go(func() error {
			warnings[i], failures[i] = b.stageOne(in, t, content)
			return nil
		})
	}
	_ = g.Wait() // failures holds them
	for i, t := range targets {
		for _, w := range warnings[i] {
			result.say("%s: %s", source.Quoted(t.path), w)
		}
		result.wrote = append(result.wrote, t.path)
	}
	return errors.Join(failures...)
}

func (b *building) stageOne(in *load.Input, t target, content *view.Report) ([]string, error) {
	file, err := b.out.Create(filepath.Base(t.path))
	if err != nil {
		return nil, err
	}
	warnings, err := writeReport(file, t.Format, content)
	b.bar.add(1)
	if err != nil {
		return nil, fmt.Errorf("cannot write %s: %w", source.Quoted(t.path), load.Cause(in.Located(err)))
	}
	return warnings, nil
}

// finish tells that an input is done. Of several, each line is printed when those
// before it are: the order is that of the inputs.
func (b *building) finish(i int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.results[i].done = true
	b.stored = b.stored || b.results[i].stored
	if b.results[i].failed() && len(b.results[i].wrote) == 0 {
		b.bar.add(len(b.formats))
	}
	if b.bar != nil || len(b.inputs) == 1 {
		return // a terminal shows the bar, and the lines behind it
	}
	ready := b.printed
	for ready < len(b.results) && b.results[ready].done {
		ready++
	}
	b.print(ready)
}

// print prints the results before the index that were not printed yet.
func (b *building) print(before int) {
	for ; b.printed < before && !b.interrupted.Load(); b.printed++ {
		result := &b.results[b.printed]
		if result.err == nil {
			_, _ = result.said.WriteTo(b.err)
		} else {
			b.printError(result.err)
		}
	}
}

// end moves the reports to their places and says so. It returns the worst of what
// became of the inputs; everything has been printed.
func (b *building) end() error {
	var reports, failed []string
	worst := error(nil)
	if b.lost != nil {
		worst = errPrinted
	}
	for i := range b.results {
		result := &b.results[i]
		switch {
		case result.err != nil:
			worst = errPrinted
		case result.refused && worst == nil:
			worst = errFindings
		}
		if result.failed() {
			failed = append(failed, source.Quoted(b.inputs[i].Path))
			b.drop(i)
		} else {
			reports = append(reports, result.wrote...)
		}
	}
	if len(failed) > 0 && (!b.keepGoing || len(reports) == 0) {
		if len(b.inputs) > 1 {
			b.say("raci: %s; nothing was written", b.failures(failed))
		}
		return worst
	}
	if err := b.out.Commit(); err != nil || b.interrupted.Load() {
		return withHint(err)
	}
	switch {
	case len(failed) > 0:
		b.say("wrote %s of %s", view.Count(len(reports), "report"), view.Count(len(b.inputs)-len(failed), "input"))
		b.say("raci: %s", b.failures(failed))
	case len(b.inputs) > 1:
		b.say("wrote %s of %d inputs", view.Count(len(reports), "report"), len(b.inputs))
	default:
		for _, path := range reports {
			b.say("wrote %s", source.Quoted(path))
		}
	}
	return worst
}

// failures names the inputs that failed, or the first of many.
func (b *building) failures(failed []string) string {
	const most = 10
	text := fmt.Sprintf("%d of %d inputs failed: %s", len(failed), len(b.inputs), strings.Join(failed[:min(most, len(failed))], ", "))
	if rest := len(failed) - most; rest > 0 {
		text += fmt.Sprintf(" and %d more", rest)
	}
	return text
}

// drop forgets the reports of an input.
func (b *building) drop(i int) {
	for _, t := range b.targets(b.inputs[i]) {
		b.out.Drop(filepath.Base(t.path))
	}
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
// name with another one, or something stands there that is not to be replaced. The
// inputs of such reports have failed.
func (b *building) checkTargets() error {
	taken := map[string]int{}
	for i, input := range b.inputs {
		for _, t := range b.targets(input) {
			other, ok := taken[t.path]
			if !ok {
				taken[t.path] = i
				if err := withHint(publish.Check(t.path, b.replace)); err != nil {
					b.results[i].err = errors.Join(b.results[i].err, fmt.Errorf("cannot write %s: %w", source.Quoted(t.path), err))
				}
				continue
			}
			err := fmt.Errorf("cannot write %s: %s and %s have reports of this name; rename one of them, or build them into two folders",
				source.Quoted(t.path), source.Quoted(b.inputs[other].Path), source.Quoted(input.Path))
			b.results[i].err = errors.Join(b.results[i].err, err)
			if b.keepGoing && b.results[other].err == nil {
				b.results[other].err = err
			}
		}
	}
	var failures []error
	for i := range b.results {
		failures = append(failures, b.results[i].err)
	}
	return errors.Join(failures...)
}

// checkRead fails each input a report of which would take the place of a file that
// was read for any of them.
func (b *building) checkRead() {
	for i, input := range b.inputs {
		for _, t := range b.targets(input) {
			info, err := os.Stat(t.path)
			if err != nil {
				continue // nothing is there
			}
			if path := b.loader.HasRead(info); path != "" && b.results[i].err == nil {
				b.results[i].err = fmt.Errorf("cannot write %s: the report would take the place of %s, from which it is made; name another folder with -o", source.Quoted(t.path), source.Quoted(path))
				if b.printed > i {
					b.printError(b.results[i].err)
				}
			}
		}
	}
}

// withHint adds to what is not replaced how it can be.
func withHint(err error) error {
	if refused := publish.Refusal(""); errors.As(err, &refused) {
		return fmt.Errorf("%w; remove it, or have it replaced with --replace", err)
	}
	return err
}
