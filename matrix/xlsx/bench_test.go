package xlsx

import (
	"fmt"
	"io"
	"testing"

	"raci/matrix"
	"raci/matrix/view"
)

// BenchmarkWrite reports rows per second; -benchmem reports the memory.
func BenchmarkWrite(b *testing.B) {
	for _, entries := range []int{20, 200, 2000} {
		m := sample{entries: entries, parties: 6, duties: 50, operators: 1}.make()
		b.Run(fmt.Sprintf("rows=%d", len(m.Rows)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Write(io.Discard, view.New(m, matrix.Findings{})); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(m.Rows))*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
