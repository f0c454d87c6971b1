package check

import (
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/source"
)

// TestWaiversHaveAnEnd: waivers are compared with so many rows. Behind the end none
// accepts anything but what it names, and a finding says so.
func TestWaiversHaveAnEnd(t *testing.T) {
	rows := make([]matrix.Row, 5000)
	var targets []target
	for i := range rows {
		rows[i] = matrix.Row{ID: "n/d", Entry: "n", Duty: "d"}
		targets = append(targets, target{row: &rows[i]})
	}
	m := &input{Matrix: &matrix.Matrix{}, known: IDs()}
	const waivers = 5000
	for i := range waivers {
		// Each selects all but the last row of a finding, so that none covers it.
		m.Check.Waivers = append(m.Check.Waivers, matrix.Waiver{Rule: source.Ref{ID: "unassigned-duty"}, Reason: "r", At: source.Pos{File: "m.yaml", Line: i + 1},
			Selector: matrix.Selector{Duties: []source.Ref{{ID: "d"}}}})
	}
	rows[len(rows)-1].Duty = "e"
	about := subject{targets: func() []target { return targets }}
	breaches := map[string][]breach{"unassigned-duty": {{about: about}, {about: about}}}
	open, accepted := accept(m, breaches)
	told := 0
	for _, d := range open {
		if strings.HasPrefix(d.Message, "the waivers are too many for the rows that findings are about, and not all were looked at") {
			told++
		}
	}
	if told != 1 || len(accepted) != 0 {
		t.Errorf("told %d times, %d accepted", told, len(accepted))
	}
}
