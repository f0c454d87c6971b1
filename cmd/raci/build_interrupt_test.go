//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const bigShop = `version: 1
organization: Example
system: Shop
parties: {team: The Team}
defaults: {accountable: team, responsible: team}
services:
`

// TestBuildInterrupted ends builds by signals at many moments from their start on.
// Each leaves the reports of a whole run or nothing, not even the folder, and says
// so; what failed because of the signal is no error.
func TestBuildInterrupted(t *testing.T) {
	dir := t.TempDir()
	var inputs []string
	for n := range 3 {
		text := bigShop
		for i := range 40 * n * n {
			text += fmt.Sprintf("  - {use: s3, name: bucket-%d, owner: team}\n", i)
		}
		path := filepath.Join(dir, fmt.Sprintf("shop%d.yaml", n))
		if err := os.WriteFile(path, []byte(text+"  - {use: ec2, owner: team}\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		inputs = append(inputs, path)
	}
	ends := map[string]int{}
	for round := range 60 {
		out := filepath.Join(t.TempDir(), "made", "here")
		sig := []syscall.Signal{syscall.SIGTERM, syscall.SIGINT}[round%2]
		cmd := exec.Command("raci", append([]string{"build", "-o", out, "--format", "csv,xlsx"}, inputs...)...)
		var said bytes.Buffer
		cmd.Stderr = &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(round*round) * 50 * time.Microsecond) // up to 180 ms
		if err := cmd.Process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		status, _ := cmd.ProcessState.Sys().(syscall.WaitStatus)
		left, _ := filepath.Glob(filepath.Join(out, "..", "..", "*"))
		reports, _ := filepath.Glob(filepath.Join(out, "*"))
		hidden, _ := filepath.Glob(filepath.Join(out, ".*"))
		text := said.String()
		says := func(what string) bool { // and nothing else but lines about inputs and reports
			return strings.Count(text, "raci: ") == 1 && strings.Contains(text, fmt.Sprintf("raci: %v; %s\n", sig, what))
		}
		whole := len(reports) == 6 && len(hidden) == 0
		switch {
		case status.Signaled() && len(left) == 0 && text == "": // before the watch
			ends["at once"]++
		case status.ExitStatus() == 128+int(sig) && len(left) == 0 && says("no report was written"):
			ends["without reports"]++
		case status.ExitStatus() == 128+int(sig) && whole && says("the reports had been written"):
			ends["with all reports"]++
		case status.ExitStatus() == 0 && whole:
			ends["before the signal"]++
		default:
			t.Errorf("round %d, %v: it ended with %v and left %v %v %v:\n%s", round, sig, cmd.ProcessState, left, reports, hidden, text)
		}
	}
	t.Log(ends)
}
