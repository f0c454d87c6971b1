package report

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/view"
	"raci/templates"
)

// largeMatrix builds a matrix of 100,000 rows with the catalog that ships.
func largeMatrix(t testing.TB) *matrix.Matrix {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("version: 1\norganization: Example\nsystem: Large\nframeworks: soc2-tsc-2017/security\n" +
		"parties: {cto: Chief Technology Officer, platform: Platform, data: Data, grc: Compliance}\ndefaults: {accountable: cto, responsible: platform, informed: grc}\n" +
		"assign:\n  - {service: rds, control: data-protection, responsible: data}\n  - {duty: configure-firewall, consulted: data}\nservices:\n")
	for i := range 3820 {
		fmt.Fprintf(&b, "  - {use: %s, name: entry-%d, owner: platform}\n", []string{"ec2", "rds", "s3", "lambda", "eks"}[i%5], i)
	}
	man, problems := matrix.ParseManifest("large.yaml", b.Bytes())
	cat, more := catalog.Open(catalog.Layer{Name: "templates", FS: templates.FS})
	if problems = append(problems, more...); problems != nil {
		t.Fatal(problems)
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil || len(m.Rows) < 100_000 {
		t.Fatal(len(m.Rows), problems)
	}
	return m
}

// peak returns the peak of memory while something is done, beside what was
// there before, in MiB.
func peak(t testing.TB, do func() error) float64 {
	t.Helper()
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil { // forget the peak so far
		t.Skip(err)
	}
	before := memory(t, "VmRSS:")
	if err := do(); err != nil {
		t.Fatal(err)
	}
	return memory(t, "VmHWM:") - before
}

// memory returns a line of /proc/self/status in MiB.
func memory(t testing.TB, key string) float64 {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := bytes.Cut(status, []byte(key))
	kib, err := strconv.Atoi(string(bytes.Fields(rest)[0]))
	if err != nil {
		t.Fatal(err)
	}
	return float64(kib) / 1024
}

// answered returns the report with its answers, which are no matter of the
// format.
func answered(m *matrix.Matrix) *view.Report {
	r := view.New(m, matrix.Findings{})
	for i := range m.Frameworks {
		r.Answers(&m.Frameworks[i])
	}
	return r
}

// TestJSONMemory: 100,000 rows are written in little memory beside the matrix,
// in the file and in what the PDF attaches.
func TestJSONMemory(t *testing.T) {
	r := answered(largeMatrix(t))
	for _, indent := range []string{"  ", ""} {
		if mib := peak(t, func() error { return encodeJSON(io.Discard, r, indent) }); mib > 200*detectorCost {
			t.Errorf("indented by %q: %.0f MiB", indent, mib)
		}
	}
}

// BenchmarkLargeJSON writes 100,000 rows, as the file and as what the PDF
// attaches.
func BenchmarkLargeJSON(b *testing.B) {
	r := answered(largeMatrix(b))
	for _, format := range []struct{ name, indent string }{{"file", "  "}, {"attached", ""}} {
		b.Run(format.name, func(b *testing.B) {
			benchmarkPeak(b, func() error { return encodeJSON(io.Discard, r, format.indent) })
		})
	}
}

// BenchmarkReadLargeJSON reads 100,000 rows.
func BenchmarkReadLargeJSON(b *testing.B) {
	path := filepath.Join(b.TempDir(), "large.json")
	writeLarge(b, path)
	benchmarkPeak(b, func() error {
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		_, problems := ReadJSON("large.json", file)
		return problems.Err()
	})
}

func writeLarge(b *testing.B, path string) {
	b.Helper()
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	if err := encodeJSON(file, answered(largeMatrix(b)), "  "); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
}

func benchmarkPeak(b *testing.B, do func() error) {
	b.Helper()
	most := 0.0
	for b.Loop() {
		most = max(most, peak(b, do))
	}
	b.ReportMetric(most, "peak-MiB")
}
