package xlsx

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"syscall"
	"testing"

	"raci/matrix"
	"raci/matrix/view"
)

// BenchmarkLarge writes a workbook of 100,000 rows, or about as many as
// RACI_ROWS says, to the file that RACI_BENCH_FILE names, if any. It reports the
// cpu time and the peak of memory beside the matrix. .ci/bench-xlsx compares
// both with other libraries.
func BenchmarkLarge(b *testing.B) {
	rows := 100_000
	if s := os.Getenv("RACI_ROWS"); s != "" {
		var err error
		if rows, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	m := sample{entries: max(rows/50, 1), parties: 6, duties: 50, operators: 1}.make()
	found := findings(m)
	debug.FreeOSMemory()
	os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // forget the peak so far
	cpu, before := cpuSeconds(b), memory(b, "VmRSS:")
	for b.Loop() {
		if err := writeLarge(func(w io.Writer) error { _, err := Write(w, view.New(m, matrix.Findings{Open: found})); return err }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric((cpuSeconds(b)-cpu)/float64(b.N), "cpu-s")
	b.ReportMetric(memory(b, "VmHWM:")-before, "peak-MiB")
	b.ReportMetric(float64(len(m.Rows)), "rows")
}

func writeLarge(write func(io.Writer) error) error {
	name := os.Getenv("RACI_BENCH_FILE")
	if name == "" {
		return write(io.Discard)
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	if err := write(w); err != nil {
		return err
	}
	return w.Flush()
}

func cpuSeconds(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// memory returns a line of /proc/self/status in MiB.
func memory(b *testing.B, key string) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := bytes.Cut(status, []byte(key))
	fields := bytes.Fields(rest)
	kib, err := strconv.Atoi(string(fields[0]))
	if err != nil {
		b.Fatal(err)
	}
	return float64(kib) / 1024
}
