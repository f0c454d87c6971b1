//go:build unix

package main

import (
	"bufio"
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
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

// TestInitTerminated: a signal while a new file is written leaves none, and that is
// said. Here init waits for the lock of its folder.
func TestInitTerminated(t *testing.T) {
	dir := t.TempDir()
	lock, err := os.Create(filepath.Join(dir, ".raci-lock"))
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("raci", "init", "-o", filepath.Join(dir, "new.yaml"))
	printed, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(printed)
	if !lines.Scan() || !strings.Contains(lines.Text(), ": waiting for another run") {
		t.Errorf("said %q", lines.Text())
	}
	_ = cmd.Process.Signal(syscall.SIGTERM)
	if !lines.Scan() || lines.Text() != "raci: terminated; no file was written" {
		t.Errorf("said %q", lines.Text())
	}
	_ = cmd.Wait()
	if status := cmd.ProcessState.ExitCode(); status != 128+int(syscall.SIGTERM) {
		t.Errorf("it ended with %d", status)
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 {
		t.Errorf("it left %v", files)
	}
}
