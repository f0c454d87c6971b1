package pdf

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"raci/matrix"
	"raci/matrix/view"
)

// TestPeerTable is not a test but our part of .ci/bench-pdf: with RACI_PEER set
// to a folder it writes the table of the matrix alone, and with RACI_DUMP set
// what other programs need to write the same table.
func TestPeerTable(t *testing.T) {
	out, dump := os.Getenv("RACI_PEER"), os.Getenv("RACI_DUMP")
	rows, err := strconv.Atoi(os.Getenv("RACI_ROWS"))
	if out == "" && dump == "" {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	m := sample(shape{max(rows/25, 1), 6, rows, true})
	r := newBuilder(testFonts(t), view.New(m, matrix.Findings{}))
	if dump != "" {
		dumpTable(t, r, dump)
		return
	}
	r.matrix(r.sectionByID(view.MatrixSection))
	for i := range r.m.Exceptions {
		r.place(r.target(view.ToException, strconv.Itoa(i+1)))
	}
	for i, p := range r.pages {
		p.number = i + 1
	}
	noFiles := func() ([]attachment, error) { return nil, nil }
	document := func() (*gofpdf.Fpdf, error) { return newDocument(r.paper), nil }
	data, err := r.draw(newPress(), noFiles, document)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(out, "ours.pdf"), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// dumpTable writes the widths and titles of the columns and the texts of the
// cells, and the font.
func dumpTable(t *testing.T, r *builder, dir string) {
	f := r.form()
	var b strings.Builder
	var widths, titles []string
	for _, c := range f.columns() {
		widths, titles = append(widths, fmt.Sprintf("%.2f", c.width)), append(titles, strings.ReplaceAll(c.title, "\n", " "))
	}
	b.WriteString(strings.Join(widths, "\t") + "\n" + strings.Join(titles, "\t") + "\n")
	for i := range r.m.Rows {
		for k, c := range f.cells(&r.m.Rows[i]) {
			if k > 0 {
				b.WriteByte('\t')
			}
			for j, ln := range c.lines {
				if j > 0 {
					b.WriteByte(' ')
				}
				b.WriteString(strings.NewReplacer("\u00a0", " ", "\u2022", "*").Replace(ln.text))
			}
		}
		b.WriteByte('\n')
	}
	for name, data := range map[string][]byte{"table.tsv": []byte(b.String()), "font.ttf": regular.ttf()} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
