package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"raci/matrix"
	"raci/matrix/source"
	"raci/matrix/view"
)

func write(t testing.TB, m *matrix.Matrix, fs []source.Diagnostic) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := Write(&b, view.New(m, matrix.Findings{Open: fs})); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// laidOut lays a matrix out without drawing it.
func laidOut(t testing.TB, m *matrix.Matrix, fs []source.Diagnostic) *builder {
	t.Helper()
	r := newBuilder(testFonts(t), view.New(m, matrix.Findings{Open: fs}))
	r.layOut()
	return r
}

// tool runs an outside program, or skips the test where it is missing.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skip(name + " is not installed")
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func file(t *testing.T, data []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

var shapes = map[string]shape{
	"real": {8, 6, 200, true}, "one": {1, 1, 3, false}, "wide": {40, 25, 300, false},
	"many parties": {5, 60, 60, true}, "no rows": {0, 2, 0, false},
}

func TestSameBytes(t *testing.T) {
	t.Parallel()
	for name, s := range shapes {
		m := sample(s)
		want := write(t, m, sampleFindings(m))
		var wg sync.WaitGroup
		for range 2 { // at once: the documents must not share anything
			wg.Go(func() {
				var b bytes.Buffer
				if _, err := Write(&b, view.New(sample(s), matrix.Findings{Open: sampleFindings(m)})); err != nil || !bytes.Equal(b.Bytes(), want) {
					t.Errorf("%s: the bytes differ, %v", name, err)
				}
			})
		}
		wg.Wait()
	}
}

func TestValid(t *testing.T) {
	t.Parallel()
	for name, s := range shapes {
		m := sample(s)
		out := tool(t, "qpdf", "--check", file(t, write(t, m, sampleFindings(m))))
		if !strings.Contains(out, "No syntax or stream encoding errors") {
			t.Errorf("%s: %s", name, out)
		}
	}
}

func TestCatalogKeys(t *testing.T) {
	data := write(t, sample(shapes["one"]), nil)
	for _, want := range []string{"/Lang (en)", "/DisplayDocTitle true", "/ID [<", "%PDF-1.5"} {
		if bytes.Count(data, []byte(want)) != 1 {
			t.Errorf("%d times %s", bytes.Count(data, []byte(want)), want)
		}
	}
}

func TestTextIsThere(t *testing.T) {
	t.Parallel()
	m := sample(shapes["real"])
	name := file(t, write(t, m, sampleFindings(m)))
	text := strings.Join(strings.Fields(tool(t, "pdftotext", name, "-")), " ")
	for _, want := range []string{"Northwind Payments", "Checkout", "revision 2026.2", "2026-11-21", "Confidential", m.Digest()[:40], "Page 1 of ",
		"accountability cannot be handed", "Rows without exactly one A", "exception 1", "unassigned", "Outsourced under contract MSP-12.", "no-accountable",
		"(continued)", "[1]", "Maintenance.27.html"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the text", want)
		}
	}
	if info := tool(t, "pdfinfo", name); !strings.Contains(info, "Sat Nov 21 00:00:00 2026") && !strings.Contains(info, "Nov 21") {
		t.Errorf("date: %s", info)
	}
}

// Everything stands on the page, in type that can be read, and no two rows
// of texts overlap in a way that a reader would see: all lines of a table are
// inside its page's body.
func TestInsideThePage(t *testing.T) {
	t.Parallel()
	for name, s := range shapes {
		m := sample(s)
		checkInside(t, name, laidOut(t, m, sampleFindings(m)))
	}
	for _, text := range []string{strings.Repeat("many words ", 200), strings.Repeat("x", 3000)} {
		for _, s := range []shape{{2, 2, 4, true}, {2, 9, 4, true}, {2, 20, 4, false}, {3, 30, 4, true}} {
			m := sample(s)
			fs := sampleFindings(m)
			poison(reflect.ValueOf(m), text)
			poison(reflect.ValueOf(fs), text)
			checkInside(t, fmt.Sprint(s, text[:10]), laidOut(t, m, fs))
		}
	}
}

func checkInside(t *testing.T, name string, r *builder) {
	t.Helper()
	{
		for _, p := range r.pages {
			for _, o := range p.ops {
				if o.kind == rectOp || o.kind == lineOp || o.kind == linkOp || o.kind == urlOp {
					if float64(o.y+o.h) > r.bottom+1 || o.x < 0 || float64(o.x+o.w) > r.pageWidth+1 {
						t.Fatalf("%s, page %d: outside: %+v", name, p.number, o)
					}
					continue
				}
				if o.size < small {
					t.Fatalf("%s: type of %v points", name, o.size)
				}
				if float64(o.y) > r.bottom || o.y < 10 {
					t.Fatalf("%s, page %d: %+v", name, p.number, o)
				}
				if w := r.width(o.text, o.face, float64(o.size)); o.kind == textOp && float64(o.x)+w > r.pageWidth-margin+1 {
					t.Fatalf("%s, page %d: too wide: %+v", name, p.number, o)
				}
			}
		}
	}
}

func TestCellsHoldTheirText(t *testing.T) {
	for name, s := range shapes {
		m := sample(s)
		if len(m.Rows) == 0 {
			continue
		}
		r := laidOut(t, m, nil)
		f := r.form()
		cols := f.columns()
		for i := range m.Rows {
			for c, cl := range f.cells(&m.Rows[i]) {
				for _, ln := range cl.lines {
					if w := r.width(ln.text, ln.face, small); w > cols[c].width {
						t.Fatalf("%s: %q is wider than column %q: %v > %v", name, ln.text, cols[c].title, w, cols[c].width)
					}
				}
			}
		}
		sum := 0.0
		for _, c := range cols {
			sum += c.width
		}
		if sum > r.textWidth+0.1 || sum < r.textWidth-0.1 {
			t.Errorf("%s: columns fill %v of %v", name, sum, r.textWidth)
		}
	}
}

// A row without an A is marked in the matrix, on a red ground.
func TestGapsAreMarked(t *testing.T) {
	m := sample(shapes["real"])
	r, gaps := laidOut(t, m, nil), 0
	f := r.form()
	for i := range m.Rows {
		c := f.cells(&m.Rows[i])[0]
		marked := slices.ContainsFunc(c.lines, func(ln line) bool { return ln.text == "gap" && ln.color == red })
		if gap := m.Rows[i].Accountable() == ""; gap != marked || gap != (c.fill == pink) {
			t.Errorf("%s: gap %v, marked %v, ground %06x", m.Rows[i].ID, gap, marked, c.fill)
		} else if gap {
			gaps++
		}
	}
	if gaps == 0 {
		t.Error("the sample has no gaps")
	}
}

// Every row that fits a page stands on one, whole, and each page of the
// matrix repeats the headings and the entry.
func TestRowsAreNotSplit(t *testing.T) {
	m := sample(shapes["real"])
	for i := range m.Rows {
		m.Rows[i].Title = fmt.Sprintf("START%d middle of the title, long enough for several lines END%d", i, i)
	}
	r := laidOut(t, m, nil)
	at := map[string]int{}
	heads := map[int]string{}
	for _, p := range r.pages {
		if slices.ContainsFunc(p.ops, func(o op) bool { return o.text == "Who performs what" && o.size > 12 }) {
			break // the matrix is over
		}
		for _, o := range p.ops {
			for word := range strings.FieldsSeq(o.text) {
				if strings.HasPrefix(word, "START") || strings.HasPrefix(word, "END") {
					at[word] = p.number
				}
			}
			heads[p.number] += o.text + "\n"
		}
	}
	for i := range m.Rows {
		page := at[fmt.Sprint("START", i)]
		if page == 0 || page != at[fmt.Sprint("END", i)] {
			t.Errorf("row %d is on pages %d and %d", i, page, at[fmt.Sprint("END", i)])
		}
		title := m.EntryTitle(m.Rows[i].Entry)
		if h := heads[page]; !strings.Contains(h, "What AWS does") || !strings.Contains(h, title) {
			t.Errorf("page %d does not repeat the headings and %q", page, title)
		}
	}
}

func TestTallRow(t *testing.T) {
	m := sample(shapes["one"])
	m.Rows[1].Note = "FIRST " + strings.Repeat("many words that fill the page ", 300) + "LAST"
	r := laidOut(t, m, nil)
	var text strings.Builder
	for _, p := range r.pages {
		for _, o := range p.ops {
			text.WriteString(o.text + " ")
		}
	}
	for _, want := range []string{"FIRST", "LAST", "(continued)"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is missing", want)
		}
	}
}

func TestLinksLeadSomewhere(t *testing.T) {
	m := sample(shapes["real"])
	r := laidOut(t, m, sampleFindings(m))
	n := 0
	for _, p := range r.pages {
		for _, o := range p.ops {
			if o.kind == linkOp || o.kind == numberOp {
				n++
				if r.targets[o.target].page == nil {
					t.Fatalf("page %d: a link leads nowhere: %+v", p.number, o)
				}
			}
		}
	}
	if n < 100 {
		t.Errorf("%d links", n)
	}
	if r.marks[0].text != "Cover" || r.marks[1].text != "Contents" || len(r.marks) < 15 {
		t.Errorf("outline: %v", r.marks)
	}
}

// poison puts a text into every string that a matrix holds.
func poison(v reflect.Value, s string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			poison(v.Elem(), s)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				poison(v.Field(i), s)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i), s)
		}
	case reflect.String:
		v.SetString(v.String() + s)
	}
}

const nasty = " {nb} 😀\u202e\x00\r\n\t中文 e\u0301 شكرا =1+1 \xff \\ ( ) <>% \u200d\U000E0041"

// Nothing reaches the library that the guard did not pass.
func TestNothingGetsPastTheGuard(t *testing.T) {
	t.Parallel()
	m := sample(shapes["real"])
	fs := sampleFindings(m)
	poison(reflect.ValueOf(m), nasty)
	poison(reflect.ValueOf(fs), nasty)
	r := laidOut(t, m, fs)
	check := func(s string) {
		for _, c := range s {
			if !r.fonts.has(c) {
				t.Fatalf("%U got through in %q", c, s)
			}
		}
	}
	for _, p := range r.pages {
		for _, o := range p.ops {
			check(o.text)
		}
	}
	for _, m := range r.marks {
		check(m.text)
	}
	var b bytes.Buffer
	warnings, err := Write(&b, view.New(m, matrix.Findings{Open: fs}))
	if err != nil || len(warnings) < 4 {
		t.Fatal(err, warnings)
	}
	name := file(t, b.Bytes())
	tool(t, "qpdf", "--check", name)
	if text := tool(t, "pdftotext", name, "-"); !strings.Contains(text, "{nb}") || !strings.Contains(text, "=1+1") {
		t.Error("harmless text was changed")
	}
}

func TestLimits(t *testing.T) {
	huge := strings.Repeat("word ", 50_000)
	solid := strings.Repeat("x", 300_000)
	for name, text := range map[string]string{"long": huge, "one word": solid, "one emoji": strings.Repeat("😀", 50_000)} {
		m := sample(shapes["one"])
		fs := sampleFindings(m)
		poison(reflect.ValueOf(m), text)
		poison(reflect.ValueOf(fs), text)
		start := time.Now()
		write(t, m, fs)
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%s took %v", name, d)
		}
	}
}

func TestEmpty(t *testing.T) {
	data := write(t, &matrix.Matrix{}, nil)
	tool(t, "qpdf", "--check", file(t, data))
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestErrors(t *testing.T) {
	if _, err := Write(brokenWriter{}, view.New(sample(shapes["one"]), matrix.Findings{})); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("error: %v", err)
	}
	r := &builder{row: "orders-db/patch"}
	if err := r.failure("boom"); !strings.Contains(err.Error(), "orders-db/patch") {
		t.Errorf("error: %v", err)
	}
}

func TestSize(t *testing.T) {
	m := sample(shapes["real"])
	if n := len(write(t, m, sampleFindings(m))); n > 300_000 {
		t.Errorf("%d bytes for 200 rows", n)
	}
}

func FuzzWrite(f *testing.F) {
	f.Add(nasty, 3, 2)
	f.Add("\u0600\u0301", 30, 30)
	f.Fuzz(func(t *testing.T, s string, parties, rows int) {
		m := sample(shape{2, 1 + parties&31, 1 + rows&7, rows&1 == 0})
		fs := sampleFindings(m)
		if len(s) > 300 {
			return
		}
		poison(reflect.ValueOf(m), s)
		poison(reflect.ValueOf(fs), s)
		if a, b := write(t, m, fs), write(t, m, fs); !bytes.Equal(a, b) {
			t.Fatal("the bytes differ")
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	for _, rows := range []int{100, 1_000, 10_000} {
		m := sample(shape{max(rows/25, 1), 6, rows, true})
		fs := sampleFindings(m)
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			b.ReportAllocs()
			size := 0
			for b.Loop() {
				size = len(write(b, m, fs))
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(size)/1000, "kB")
		})
	}
}
