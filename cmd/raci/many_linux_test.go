package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// writeManifests writes n manifests like that of the example into a folder.
func writeManifests(t testing.TB, n int) (folder string) {
	t.Helper()
	text, err := os.ReadFile("../../examples/checkout/manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	folder = t.TempDir()
	for i := range n {
		one := strings.Replace(string(text), "system: ", fmt.Sprintf("system: %d ", i), 1)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("system-%d.yaml", i)), []byte(one), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// TestManyMemory: what a call takes does not grow with the number of manifests.
func TestManyMemory(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "raci") // under this name the tests are the program
	if err := os.Symlink(self, program); err != nil {
		t.Fatal(err)
	}
	peak := func(n int) int64 {
		cmd := exec.Command(program, "build", "--format", "json", "-o", t.TempDir(), writeManifests(t, n))
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Run(); err != nil {
			t.Fatalf("%v\n%s", err, stderr.String())
		}
		return cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss // KiB
	}
	few, many := peak(8), peak(64)
	t.Logf("%d MiB for 8 manifests, %d MiB for 64", few>>10, many>>10)
	if many > few*3/2 {
		t.Errorf("%d KiB for 8 manifests, %d KiB for 64", few, many)
	}
}

// BenchmarkManifests builds the workbooks and PDFs of many manifests in one call,
// on as many processors as -cpu says: compare -cpu 1,2.
func BenchmarkManifests(b *testing.B) {
	const n = 40
	folder, out := writeManifests(b, n), b.TempDir()
	b.ReportMetric(float64(runtime.GOMAXPROCS(0)), "processors")
	for b.Loop() {
		if status := run([]string{"build", "-o", out, folder}, strings.NewReader(""), io.Discard, io.Discard); status != exitClean {
			b.Fatalf("exit status %d", status)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "manifests/s")
}
