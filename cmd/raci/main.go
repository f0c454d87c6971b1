// Command raci writes the RACI matrix of a system on AWS: who does what, AWS
// or the customer, and who in the organization answers for it.
//
// The commands read arguments, call and print; what they print is made elsewhere.
// The data of a command that takes inputs flows like this; several inputs go this way
// at the same time, and each is forgotten when it has been used:
//
//	paths ── load.Find ── load.Loader.Each ──┬─ of a manifest: matrix.ParseManifest, catalog.Open, matrix.Build
//	                                         ├─ of a matrix: report.ReadJSON
//	                                         └─ check.Run
//	                                                │
//	                                           load.Input ──┬─ build: view.New, report.Format.Write, publish.Batch
//	                                                        ├─ check: check.Output.Write
//	                                                        └─ explain: text, or report.ExplainRow as JSON
//
// Standard output carries what was asked for, standard error all else. An error
// that a user can correct is a [source.Diagnostic] with file, line and column;
// [load.Input.Locate] alone makes of its place a path that can be opened from
// the working folder. All files are written through the package publish, which
// moves them to their places when all are complete, so that a failed run changes
// none.
//
// A new command is a function and a line in the list of commands; a new behaviour
// is a script in testdata with its name.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"raci/matrix/catalog"
	"raci/matrix/load"
	"raci/matrix/source"
	"raci/templates"
)

// Exit statuses.
const (
	exitClean    = 0
	exitFindings = 1 // findings or differences
	exitFailed   = 2 // bad input, bad usage, failed write
)

// errFindings ends a command that did its job and found something. What it
// found has been printed.
var errFindings = errors.New("findings")

// errPrinted ends a command that could not do all of its job, and has said why.
var errPrinted = errors.New("failed")

// program is what the commands share: where they read and print, and the
// catalog that ships.
type program struct {
	in       io.Reader
	out, err io.Writer // of err, say and prompt are the only users
	color    bool      // out is a terminal, and NO_COLOR is not set
	catalog  catalog.Layer
	assets   string   // the folder that --assets names, or ""
	edited   bool     // --edited is given
	rules    []string // of check that --rule chooses
}

// commands in the order of the help text. To add one, write a function and
// add a line.
var commands = []func(*program) *cobra.Command{buildCommand, checkCommand, explainCommand, initCommand, catalogCommand, schemaCommand, licensesCommand, manifestTopic}

// How memory is collected. The matrix of a manifest is small and done in a moment: to
// collect late costs less than to collect often, and below 64 MiB nothing is collected
// at all. The largest matrix is to stay below 500 MiB, so from memoryLimit on memory is
// given back at once, at the cost of some time. GOGC and GOMEMLIMIT set other values.
const (
	collectAt   = 1600 // percent by which the heap grows before it is collected, from 4 MiB on
	memoryLimit = 380 << 20
)

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

func run(args []string, in io.Reader, out, stderr io.Writer) int {
	sink := &sink{w: out}
	p := &program{in: in, out: sink, err: stderr, color: isTerminal(out) && os.Getenv("NO_COLOR") == "", catalog: catalog.Layer{Name: "templates", FS: templates.FS}}
	root := &cobra.Command{
		Use:   "raci",
		Short: "Who owns what in the cloud: RACI matrices of systems on AWS",
		Long: `raci reads a manifest that says which AWS services a system uses and who owns
them, merges it with a catalog of who does what (AWS or the customer) per
service, and writes the owner-assigned RACI matrix as a workbook and a PDF.

Exit status: 0 clean, 1 findings, 2 error. Nothing is ever fetched,
and nothing leaves the machine. A build that is interrupted or terminated leaves
no file behind, or all reports where these had been written, says which, and
exits with 128 plus the number of the signal: 130, 143.`,
		Version:       versionText(buildInfo()),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE:          unknownCommand,
	}
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(sink)
	root.SetErr(stderr)
	root.SetFlagErrorFunc(flagError)
	for _, command := range commands {
		root.AddCommand(command(p))
	}
	fixHelp(root)
	err := root.Execute()
	if sink.err != nil {
		err = fmt.Errorf("cannot write to standard output: %w", load.Cause(sink.err))
	}
	return p.exit(err)
}

// sourceDate is the date for a manifest that has none: SOURCE_DATE_EPOCH of
// the reproducible-builds specification, in UTC, or "".
func sourceDate() (string, error) {
	s := os.Getenv("SOURCE_DATE_EPOCH")
	if s == "" {
		return "", nil
	}
	seconds, err := strconv.ParseInt(s, 10, 64)
	if err != nil || seconds < 0 || seconds > 253402300799 { // the end of the year 9999
		return "", fmt.Errorf("SOURCE_DATE_EPOCH is %q; it must be a number of seconds since 1970", s)
	}
	return time.Unix(seconds, 0).UTC().Format(time.DateOnly), nil
}

// isTerminal reports whether a person is at the other end of the stream.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// exit prints what went wrong and chooses the exit status. A reader of the
// output who left, as head does, needs no message.
func (p *program) exit(err error) int {
	switch {
	case err == nil:
		return exitClean
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.Is(err, errPrinted):
		return exitFailed
	case !errors.Is(err, syscall.EPIPE):
		p.printError(err)
	}
	return exitFailed
}

// printError prints each of several errors on a line of its own.
func (p *program) printError(err error) {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range several.Unwrap() {
			p.printError(e)
		}
		return
	}
	problems := source.FromError(err)
	if problems == nil {
		p.say("raci: %v", err)
	}
	for _, d := range problems {
		if d.At.File == "" {
			d.At.File = "raci"
		}
		for _, line := range d.Lines() {
			p.say("%s", line)
		}
	}
}
