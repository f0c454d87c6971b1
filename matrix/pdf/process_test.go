package pdf

import (
	"strings"
	"testing"

	"raci/matrix"
)

// TestProcess: a process stands beside its duty, in the matrix and on the page of
// the party, as a link.
func TestProcess(t *testing.T) {
	m := sample(shapes["real"])
	for i := range m.Rows {
		m.Rows[i].Process = []matrix.Process{{Text: "Restore runbook", URL: "https://wiki.example.com/restore"}, {Text: "Write to us", URL: "https://data.example.com/form"}, {Text: "Or call."}}
		m.Rows[i].Frequency = "half-yearly"
	}
	r := laidOut(t, m, nil)
	links := map[string]int{}
	var text strings.Builder
	for _, p := range r.pages {
		for _, o := range p.ops {
			if text.WriteString(o.text + "\n"); o.kind == urlOp {
				links[o.text]++
			}
		}
	}
	for _, to := range []string{"https://wiki.example.com/restore", "https://data.example.com/form"} {
		if links[to] <= len(m.Rows) {
			t.Errorf("%d links to %s in %d rows", links[to], to, len(m.Rows))
		}
	}
	for _, want := range []string{"Process\nFrequency\nEvidence", "Process:", "\u2022\u00a0Restore runbook", "\u2022\u00a0Or call.", "Frequency:\u00a0Half-yearly"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in the text", want)
		}
	}
}
