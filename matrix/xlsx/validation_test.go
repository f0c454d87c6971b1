package xlsx

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"

	"raci/matrix"
	"raci/matrix/view"
)

// TestMatrixTools reads back what excelize drops without a word when it is
// set in the wrong order.
func TestMatrixTools(t *testing.T) {
	m := realistic.make()
	m.Appearance.Classification = "R&D only"
	f := open(t, write(t, m))
	l := layoutOf(m)
	letters := area(l.firstParty, 2, l.lastParty, l.last)

	lists, err := f.GetDataValidations("Matrix")
	if err != nil || len(lists) != 1 || lists[0].Sqref != letters || lists[0].Formula1 != `"R,A,C,I,A/R"` {
		t.Errorf("drop-down lists %+v, %v", lists, err)
	}
	formats, err := f.GetConditionalFormats("Matrix")
	if err != nil || len(formats[letters]) != 5 {
		t.Errorf("%d colours of letters, %v", len(formats[letters]), err)
	}
	panes, err := f.GetPanes("Matrix")
	if err != nil || !panes.Freeze || panes.XSplit != 2 || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	if level, err := f.GetRowOutlineLevel("Matrix", 3); err != nil || level != 1 {
		t.Errorf("outline level %d, %v", level, err)
	}
	if d, err := f.GetSheetDimension("Matrix"); err != nil || !strings.HasSuffix(d, itoa(l.last)) {
		t.Errorf("dimension %s, %v", d, err)
	}
	page, err := f.GetHeaderFooter("Matrix")
	if err != nil || !strings.Contains(page.OddFooter, "R&&D only") || !strings.Contains(page.OddFooter, "Page &P of &N") || !strings.Contains(page.OddFooter, m.Revision) {
		t.Errorf("footer %+v, %v", page, err)
	}
	props, err := f.GetSheetProps("Matrix")
	if err != nil || props.FitToPage == nil || !*props.FitToPage {
		t.Errorf("not fitted to the page: %v", err)
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Scope+" "+n.Name] = n.RefersTo
	}
	if names["Matrix _xlnm.Print_Titles"] != "Matrix!$1:$1" || names["Matrix _xlnm.Print_Area"] == "" {
		t.Errorf("names %v", names)
	}
}

// TestHeights checks that no text of a row is higher than the row.
func TestHeights(t *testing.T) {
	m := realistic.make()
	f := open(t, write(t, m))
	b := &book{arial: newArial(), faces: faces(newPalette("")), measured: map[measured]int{}}
	rows, err := f.GetRows("Matrix")
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows[1:] {
		height, _ := f.GetRowHeight("Matrix", i+2)
		for c, text := range row[:len(row)-1] {
			width, _ := f.GetColWidth("Matrix", column(c+1))
			if need := float64(b.lines(text, small, width)) * 10; need > height && c != 1 { // facts of an entry run over empty cells
				t.Errorf("%s is %v high, its text needs %v: %q", ref(c+1, i+2), height, need, text)
			}
		}
	}
}

func TestProperties(t *testing.T) {
	m := realistic.make()
	props, err := open(t, write(t, m)).GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	if props.Title != m.Appearance.Title || props.Creator != m.Organization || props.Language != "en-GB" || props.Identifier != m.Digest() || props.Created != "2026-11-21T00:00:00Z" {
		t.Errorf("properties %+v", props)
	}
}

// TestTogether is for the race detector: a program may write several
// workbooks at once.
func TestTogether(t *testing.T) {
	m := realistic.make()
	want := write(t, m)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			var buf bytes.Buffer
			if _, err := Write(&buf, view.New(m, matrix.Findings{Open: findings(m)})); err != nil || !bytes.Equal(buf.Bytes(), want) {
				t.Errorf("differs when written beside others: %v", err)
			}
		})
	}
	wg.Wait()
}

// unpacked returns a part of a workbook.
func unpacked(t *testing.T, data []byte, name string) []byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := fs.ReadFile(zr, name)
	if err != nil {
		t.Fatal(err)
	}
	return part
}

// mustAtoi returns the row in the name of a cell.
func mustAtoi(t *testing.T, cell string) int {
	t.Helper()
	_, row, err := excelize.CellNameToCoordinates(cell)
	if err != nil {
		t.Fatal(err)
	}
	return row
}
