//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/creack/pty"
)

// TestInitInterrupted: Ctrl-C on a terminal ends without a file, and says so.
func TestInitInterrupted(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.Command("raci", "init")
	cmd.Dir = dir
	terminal, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	var printed bytes.Buffer
	waitFor := func(prompt string) {
		part := make([]byte, 1024)
		for !strings.Contains(printed.String(), prompt) {
			n, err := terminal.Read(part)
			if printed.Write(part[:n]); err != nil {
				t.Fatalf("no %q in\n%s", prompt, printed.String())
			}
		}
	}
	waitFor("Organization [Example Organization]: ")
	if _, err := terminal.WriteString("Northwind\n"); err != nil {
		t.Fatal(err)
	}
	waitFor("System [")
	if _, err := terminal.WriteString("\x03"); err != nil {
		t.Fatal(err)
	}
	waitFor("raci: interrupt; no file was written")
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 130 {
		t.Errorf("it ended with %v, want exit status 130", err)
	}
	if files, _ := os.ReadDir(dir); len(files) > 0 {
		t.Errorf("it wrote %v", files)
	}
}
