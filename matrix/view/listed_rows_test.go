package view

import (
	"testing"

	"raci/matrix"
)

func TestListedRowsHaveAnEnd(t *testing.T) {
	for _, n := range []int{0, 1, mostRows, mostRows + 1, 3 * mostRows} {
		a := &matrix.Answer{Rows: make([]*matrix.Row, n)}
		rows, more := ListedRows(a)
		if len(rows) > mostRows || len(rows)+more != n || n <= mostRows && more != 0 {
			t.Errorf("of %d rows %d are listed and %d counted", n, len(rows), more)
		}
	}
	c := Cell{Lines: []Line{{Text: "x"}}, More: 7}
	if got := c.Text(); got != "x\nand 7 more" {
		t.Errorf("a cell with more lines says %q", got)
	}
}
