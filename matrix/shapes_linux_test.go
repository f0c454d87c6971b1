package matrix_test

import (
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"raci/matrix"
)

// shapes are manifests of N statements that all speak of the same rows, which are
// what a merge could take longest for.
var shapes = []struct {
	name string
	n    int
	of   func(n int) string
}{
	{"rules", 1000, func(n int) string { return "assign:\n" + repeated(n, "  - {accountable: team, reason: r%d}\n") }},
	{"rules-that-add", 1000, func(n int) string { return "assign:\n" + repeated(n, "  - {consulted: [+msp], reason: r%d}\n") }},
	{"evidence", 500, func(n int) string { return "assign:\n" + repeated(n, "  - {evidence: [+record %d]}\n") }},
	{"overrides", 1000, func(n int) string {
		return "overrides:\n" + repeated(n, "  - {service: rds, sides: {customer: Does %d of it.}, reason: r}\n")
	}},
	{"partly", 500, func(n int) string {
		return "assign:\n" + repeated(n, "  - {environment: prod, accountable: team, reason: r%d}\n")
	}},
	{"long-selectors", 100, func(n int) string {
		return "assign:\n" + repeated(n, "  - {entry: ["+strings.TrimSuffix(repeated(100, "n%d,"), ",")+"], accountable: team, reason: r%d}\n")
	}},
	{"unused", 1000, func(n int) string {
		return "assign:\n" + repeated(n, "  - {entry: n1, split: msp, duty: patch-application, responsible: team, reason: r%d}\n")
	}},
}

// BenchmarkShapes measures how the time of a merge grows with the statements of one
// shape. The metric ratio is the time of 2N statements over that of N: about 2 or
// less, and 4 where something compares each of them with each.
func BenchmarkShapes(b *testing.B) {
	for _, s := range shapes {
		b.Run(s.name, func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			shortest := map[int]float64{}
			for b.Loop() {
				for _, n := range []int{s.n, 2 * s.n} {
					if took := mergeSeconds(b, s.of(n)); shortest[n] == 0 || took < shortest[n] {
						shortest[n] = took
					}
				}
			}
			for n, took := range shortest {
				b.ReportMetric(took*1000, fmt.Sprintf("ms/%d", n))
			}
			b.ReportMetric(shortest[2*s.n]/shortest[s.n], "ratio")
			b.ReportMetric(0, "ns/op") // of both sizes together, which says nothing
		})
	}
}

// mergeSeconds returns the processor's seconds for a manifest of 100 entries.
func mergeSeconds(b *testing.B, statements string) float64 {
	manifest := shapeHead + "}\ndefaults: {accountable: boss}\nservices:\n" + repeated(100, "  - {use: rds, name: n%d, owner: team, environment: [prod, test]}\n") + statements
	cat := shipped(b)
	runtime.GC()
	start := processorSeconds(b)
	man, problems := matrix.ParseManifest("m.yaml", []byte(manifest))
	if problems != nil {
		b.Fatal(problems[0])
	}
	if _, problems = matrix.Build(man, cat); problems != nil {
		b.Fatal(problems[0])
	}
	return processorSeconds(b) - start
}

func processorSeconds(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}
