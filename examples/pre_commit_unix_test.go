//go:build unix

package examples_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestPreCommitInterrupted ends the hook while raci runs, and looks for what it leaves.
func TestPreCommitInterrupted(t *testing.T) {
	t.Parallel()
	hook, err := filepath.Abs("ci/pre-commit")
	if err != nil {
		t.Fatal(err)
	}
	p := newPipeline(t)
	temp := t.TempDir()
	p.setenv("TMPDIR", temp)
	p.setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	p.mustRun("git", "init", "-q")
	p.write("bin/raci", "#!/bin/sh\n: >started\nexec sleep 60\n") // in the scratch folder
	p.addPath(filepath.Join(p.dir, "bin"))
	p.write("shop.yaml", goodManifest)
	p.mustRun("git", "add", "shop.yaml")
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		cmd := exec.Command("sh", hook)
		cmd.Dir, cmd.Env, cmd.SysProcAttr = p.dir, p.env, &syscall.SysProcAttr{Setpgid: true}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for range 600 { // until raci runs
			if started, _ := filepath.Glob(filepath.Join(temp, "*/files/started")); started != nil {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		if err := syscall.Kill(-cmd.Process.Pid, signal); err != nil { // as a terminal does
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil {
			t.Errorf("%v: the commit goes on", signal)
		}
		if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
			t.Errorf("%v: the hook leaves %v behind: %v", signal, left, err)
		}
	}
}
