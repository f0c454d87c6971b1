package pdf

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/matrix/view"
)

func TestPaper(t *testing.T) {
	t.Parallel()
	for paper, want := range map[string]string{"": "841.89 x 595.28", matrix.PaperA4: "841.89 x 595.28", matrix.PaperLetter: "792 x 612"} {
		for name, s := range shapes {
			m := sample(s)
			m.Appearance.Paper = paper
			checkInside(t, paper+" "+name, laidOut(t, m, sampleFindings(m)))
		}
		m := sample(shapes["one"])
		m.Appearance.Paper = paper
		if info := tool(t, "pdfinfo", file(t, write(t, m, nil))); !strings.Contains(info, want) {
			t.Errorf("%q: %s", paper, info)
		}
	}
}

func TestColour(t *testing.T) {
	for _, s := range []string{"#1F3A5F", "#000000", "#FFFFFF", "#FFFF00", "#7fd0ff", "", "red", "#12"} {
		k := newLook(matrix.Appearance{Color: s})
		if c := contrast(k.accent, white); c < 4.5 {
			t.Errorf("%q: white on %06x has a contrast of %.1f", s, k.accent, c)
		}
		if c := contrast(k.accent, k.accentTint); c < 4.5 {
			t.Errorf("%q: %06x on %06x has a contrast of %.1f", s, k.accent, k.accentTint, c)
		}
	}
	for tone, st := range gridStyles {
		if c := contrast(cmp.Or(st.fill, white), st.color); c < 4.5 {
			t.Errorf("the mark of tone %d in the split grid has a contrast of %.1f", tone, c)
		}
	}
	for tone, st := range styles {
		if c := contrast(cmp.Or(st.fill, white), st.color); c < 4.5 {
			t.Errorf("tone %d has a contrast of %.1f", tone, c)
		}
	}
}

func pictureOf(t *testing.T, kind string, w, h int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		for y := range h {
			img.Set(x, y, color.NRGBA{uint8(x), uint8(y), 120, uint8(x + y)})
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	if kind == "jpeg" {
		b.Reset()
		err = jpeg.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLogo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind string
		w, h int
	}{{"png", 300, 100}, {"png", 1, 1}, {"png", 3000, 40}, {"jpeg", 200, 900}} {
		m := sample(shapes["one"])
		m.Appearance.Logo.Data = pictureOf(t, c.kind, c.w, c.h)
		name := file(t, write(t, m, nil))
		tool(t, "qpdf", "--check", name)
		list := tool(t, "pdfimages", "-list", name)
		if want := map[string]int{"png": 4, "jpeg": 3}[c.kind]; strings.Count(list, "\n") != want {
			t.Errorf("%v: %s", c, list)
		}
	}
	m := sample(shapes["one"])
	m.Appearance.Logo = matrix.File{Ref: source.Ref{ID: "logo.png", At: source.Pos{File: "m.yaml", Line: 9, Col: 2}}, Data: []byte("no picture")}
	if _, err := Write(&bytes.Buffer{}, view.New(m, matrix.Findings{})); err == nil || !strings.HasPrefix(err.Error(), `m.yaml:9:2: the logo "logo.png" is not a picture; use a PNG or JPEG file`) {
		t.Errorf("error: %v", err)
	}
}

// text writes the content of an attachment.
func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

func TestAttachments(t *testing.T) {
	m := sample(shapes["one"])
	files := []view.Attachment{
		{Name: "matrix.json", Type: "application/json", Description: "the matrix", Write: text(`{"schema":"x"}`)},
		{Name: "größe (1).txt", Type: "text/plain", Write: text("abc  report.xlsx\n")},
	}
	attached := view.New(m, matrix.Findings{})
	attached.Attachments = files
	var a, b bytes.Buffer
	if _, err := Write(&a, attached); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(&b, attached); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the bytes differ", err)
	}
	name := file(t, a.Bytes())
	tool(t, "qpdf", "--check", name)
	list := tool(t, "pdfdetach", "-list", name)
	for _, want := range []string{"2 embedded files", "1: größe (1).txt", "2: matrix.json"} {
		if !strings.Contains(list, want) {
			t.Errorf("%s", list)
		}
	}
	if got := tool(t, "qpdf", "--show-attachment=matrix.json", name); got != `{"schema":"x"}` {
		t.Errorf("attachment: %q", got)
	}
}

// withFramework adds a framework whose requirements are answered by duties of
// the sample.
func withFramework(m *matrix.Matrix) *matrix.Matrix {
	f := &catalog.Framework{FrameworkInfo: catalog.FrameworkInfo{ID: "std", Name: "Standard 1"}, Requirements: []catalog.Requirement{
		{ID: "S-1", Title: "Patch", Duties: []string{"duty-0", "duty-1", "duty-2"}, AWSPart: []string{"duty-0", "duty-1", "duty-2"}},
		{ID: "S-2", Title: "Train", Organization: "Trains its people."},
		{ID: "S-3", Title: "Leave out", Duties: []string{"duty-3"}},
	}}
	s := catalog.Selection{Framework: f.FrameworkInfo, Name: "std/low", Excluded: map[string]string{"S-3": "no cards here"}}
	for i := range f.Requirements {
		s.Requirements = append(s.Requirements, &f.Requirements[i])
	}
	m.Frameworks = append(m.Frameworks, s)
	return m
}

func TestOrderOfSections(t *testing.T) {
	t.Parallel()
	m := withFramework(sample(shapes["real"]))
	r := laidOut(t, m, sampleFindings(m))
	var got []string
	for _, mk := range r.marks {
		if mk.level == 0 {
			got = append(got, mk.text)
		}
	}
	want := []string{"Cover", "Contents", "Summary"}
	for _, s := range r.sections {
		if !s.Front {
			want = append(want, s.Title)
		}
	}
	if !slices.Equal(got, want) || len(got) < 12 {
		t.Errorf("sections: %q, want those of the view: %q", got, want)
	}
	text := tool(t, "pdftotext", file(t, write(t, m, sampleFindings(m))), "-")
	for _, want := range []string{"Coverage of frameworks", "Standard 1, low", "Inherited 0", "Customer 1", "Not applicable 1", "Left out: no cards here", "Trains its people.", "Answers for the work of others", "Consulted or informed only"} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
			t.Errorf("%q is not in the text", want)
		}
	}
}

// The summary stays on one page, whatever it sums up.
func TestSummaryIsOnePage(t *testing.T) {
	for name, s := range shapes {
		m := sample(s)
		for range 6 {
			withFramework(m)
		}
		r := laidOut(t, m, sampleFindings(m))
		checkInside(t, name, r)
		first, next := r.targets[r.marks[2].target].page, r.targets[r.marks[3].target].page
		if r.marks[2].text != "Summary" || next.number != first.number+1 {
			t.Errorf("%s: the summary is on pages %d to %d", name, first.number, next.number-1)
		}
	}
}

// Every entry is in the split grid, in bands that fit the page.
func TestSplitGridBands(t *testing.T) {
	m := sample(shape{90, 3, 200, true})
	r := laidOut(t, m, nil)
	seen := map[string]bool{}
	for _, p := range r.pages {
		for _, o := range p.ops {
			if o.kind == turnedOp {
				seen[o.text] = true
			}
		}
	}
	for _, e := range m.Entries {
		if !seen[e.Name] {
			t.Errorf("%s is missing", e.Name)
		}
	}
}
