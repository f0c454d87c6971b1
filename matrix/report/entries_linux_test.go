package report_test

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/check"
	"raci/matrix/report"
	"raci/matrix/view"
	"raci/templates"
)

// few and many are the numbers of entries that BenchmarkEntries compares.
const few, many = 500, 1000

// BenchmarkEntries measures how the time of each stage grows with the entries
// of one service under one framework. The metric ratio is the time of 1,000
// entries over that of 500: about 2, and over 2.2 where something searches all
// entries for each entry.
func BenchmarkEntries(b *testing.B) {
	compare(b, "parse", func(entries int) func() {
		data := entriesOf(entries, baseline)
		return func() { parsed(b, data) }
	})
	compare(b, "build", func(entries int) func() {
		man := parsed(b, entriesOf(entries, baseline))
		return func() { built(b, man) }
	})
	compare(b, "check", func(entries int) func() {
		m := built(b, parsed(b, entriesOf(entries, baseline)))
		return func() { check.Run(m) }
	})
	for _, f := range report.Formats {
		compare(b, f.ID, func(entries int) func() {
			m := built(b, parsed(b, entriesOf(entries, frameworkOf(f.ID))))
			return func() { write(b, f, view.New(m, matrix.Findings{})) }
		})
	}
	compare(b, "all", func(entries int) func() {
		data := entriesOf(entries, baseline)
		return func() { everything(b, data) }
	})
}

// everything goes from the bytes of a manifest to the reports in all formats
// that can be written of it.
func everything(b *testing.B, manifest []byte) {
	m := built(b, parsed(b, manifest))
	r := view.New(m, check.Run(m))
	for _, f := range report.Formats {
		if frameworkOf(f.ID) == baseline {
			write(b, f, r)
		}
	}
}

// compare prepares a stage and runs it, for each size. It takes the shortest time
// of the processor: what else the machine does only ever adds to it.
func compare(b *testing.B, stage string, prepare func(entries int) (run func())) {
	b.Run(stage, func(b *testing.B) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // a processor with nothing to do looks for work, which counts
		shortest := map[int]float64{}
		for b.Loop() {
			for _, entries := range []int{few, many} {
				if took := processorTime(b, prepare(entries)); shortest[entries] == 0 || took < shortest[entries] {
					shortest[entries] = took
				}
			}
		}
		for entries, took := range shortest {
			b.ReportMetric(took*1000, fmt.Sprintf("ms/%d", entries))
		}
		b.ReportMetric(shortest[many]/shortest[few], "ratio")
		b.ReportMetric(0, "ns/op") // of both sizes together, which says nothing
	})
}

// processorTime returns the seconds that a run takes. A short one runs again and
// again, so that each has its share of the garbage collector's work.
func processorTime(b *testing.B, run func()) float64 {
	debug.FreeOSMemory() // that another run has used, so that each run asks for its own
	const least = 0.2
	runs, start := 0, processorSeconds(b)
	for {
		run()
		runs++
		if took := processorSeconds(b) - start; took > least {
			return took / float64(runs)
		}
	}
}

func processorSeconds(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// baseline is what all formats but one can be written for.
const baseline = "nist-800-53-r5/moderate"

// frameworkOf returns a framework that the format can be written for.
func frameworkOf(format string) string {
	if format == "caiq" {
		return "csa-ccm-4.0"
	}
	return baseline
}

// entriesOf writes a manifest with entries of one service.
func entriesOf(entries int, framework string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "version: 1\norganization: Example\nsystem: Shop\ndate: 2026-11-21\nframeworks: [%s]\n"+
		"parties: {cto: Chief Technology Officer, platform: Platform}\ndefaults: {accountable: cto}\nservices:\n", framework)
	for i := range entries {
		fmt.Fprintf(&b, "  - {use: rds, name: entry-%d, owner: platform}\n", i)
	}
	return []byte(b.String())
}

func parsed(b *testing.B, data []byte) *matrix.Manifest {
	man, problems := matrix.ParseManifest("m.yaml", data)
	if problems != nil {
		b.Fatal(problems)
	}
	return man
}

func built(b *testing.B, man *matrix.Manifest) *matrix.Matrix {
	cat, problems := catalog.Open(catalog.Layer{Name: "templates", FS: templates.FS})
	if problems != nil {
		b.Fatal(problems)
	}
	m, problems := matrix.Build(man, cat)
	if problems != nil {
		b.Fatal(problems)
	}
	return m
}

func write(b *testing.B, f report.Format, r *view.Report) {
	if _, err := f.Write(io.Discard, r); err != nil {
		b.Fatalf("%s: %v", f.ID, err)
	}
}
