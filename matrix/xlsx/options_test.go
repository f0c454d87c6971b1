package xlsx

import (
	"bytes"
	"cmp"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/matrix/view"
)

// framed is a matrix with a framework.
func framed() *matrix.Matrix {
	m := realistic.make()
	f := &catalog.Framework{FrameworkInfo: catalog.FrameworkInfo{ID: "iso", Name: "ISO/IEC 27001:2022"}}
	for i, title := range []string{"Backups", "Logging", "Screening", "Cabling", "Left out"} {
		f.Requirements = append(f.Requirements, catalog.Requirement{ID: "A." + itoa(i+1), Title: title})
	}
	f.Requirements[0].Duties = []string{m.Rows[20].Duty}
	f.Requirements[1].Duties = []string{m.Rows[0].Duty, m.Rows[30].Duty}
	f.Requirements[2].Organization = "Screens its people."
	f.Requirements[4].Duties = []string{m.Rows[20].Duty}
	s := catalog.Selection{Framework: f.FrameworkInfo, Name: "iso", Excluded: map[string]string{"A.5": "No such systems."}}
	for i := range f.Requirements {
		s.Requirements = append(s.Requirements, &f.Requirements[i])
	}
	m.Frameworks = []catalog.Selection{s}
	for i := range m.Rows {
		if m.Rows[i].Duty == m.Rows[20].Duty {
			m.Rows[i].Requirements = []matrix.RowRequirements{{Framework: "iso", IDs: []string{"A.1"}}}
		}
	}
	return m
}

func TestRequirements(t *testing.T) {
	m := framed()
	f := open(t, write(t, m))
	got := table(t, f, "Requirements")
	for i, a := range m.Answers(&m.Frameworks[0]) {
		l := got[i]
		if l["Requirement"] != a.Requirement.ID || l["Title"] != a.Requirement.Title || l["Ownership"] != view.OwnershipName(a.Ownership) ||
			l["Rows"] != itoa(len(a.Rows)) || l["Left out because"] != a.Excluded || !strings.HasPrefix(l["What AWS does"], head(strings.Join(a.AWS, "\n"), 30)[:min(20, len(strings.Join(a.AWS, "\n")))]) {
			t.Errorf("requirement %s is written as %v", a.Requirement.ID, l)
		}
	}
	if ok, target, _ := f.GetCellHyperLink("Requirements", "M2"); !ok || target != "Matrix!"+ref(2, layoutOf(m).byID[m.Rows[20].ID]) {
		t.Errorf("the first requirement leads to %q", target)
	}
	for _, l := range table(t, f, "Matrix") {
		if want := map[bool]string{true: "A.1"}[strings.HasSuffix(l["Row"], "/"+m.Rows[20].Duty)]; l["ISO/IEC 27001:2022"] != want {
			t.Errorf("row %s answers %q, want %q", l["Row"], l["ISO/IEC 27001:2022"], want)
		}
	}
	if rows, err := f.GetRows("Summary"); err != nil || !slices.ContainsFunc(rows, func(r []string) bool { return len(r) > 6 && r[0] == "ISO/IEC 27001:2022" && r[6] == "5" }) {
		t.Errorf("no coverage on the summary: %v", err)
	}
}

func TestTables(t *testing.T) {
	f := open(t, write(t, framed()))
	for _, sheet := range []string{"Requirements", "Exceptions", "Findings", "Sources"} {
		tables, err := f.GetTables(sheet)
		rows, _ := f.GetRows(sheet)
		last := len(rows) // what is below a table is not part of it
		if end := slices.IndexFunc(rows, func(r []string) bool { return len(r) == 0 }); end >= 0 {
			last = end
		}
		if err != nil || len(tables) != 1 || tables[0].Range != area(1, 1, len(rows[0]), last) {
			t.Errorf("%s has the tables %+v, %v", sheet, tables, err)
		}
	}
	ok, target, err := f.GetCellHyperLink("Sources", "B2")
	if err != nil || !ok || !strings.HasPrefix(target, "https://") {
		t.Errorf("beside a table the link is %q, %v", target, err)
	}
}

// TestAllColumns keeps the columns equal to those that the manifest knows.
func TestAllColumns(t *testing.T) {
	var usual []string
	for _, s := range columnStyles {
		usual = append(usual, s.id)
	}
	known := slices.Clone(matrix.ColumnIDs)
	slices.Sort(usual)
	slices.Sort(known)
	if !slices.Equal(usual, known) {
		t.Errorf("columns %v, want %v", usual, known)
	}
}

func TestChosenColumns(t *testing.T) {
	m := framed()
	m.Appearance.Columns = []matrix.Column{{ID: "row", Title: "Ref"}, {ID: "duty", Title: "Activity"}, {ID: "row"}, {ID: "operators", Title: "Implementation"}, {ID: "marks"}, {ID: "parties"}, {ID: "requirements", Title: "Clauses"}}
	var buf bytes.Buffer
	warnings, err := Write(&buf, view.New(m, matrix.Findings{}))
	if err != nil || len(warnings) != 1 || !strings.Contains(warnings[0], "twice") {
		t.Fatal(warnings, err)
	}
	f := open(t, buf.Bytes())
	want := []string{"Ref", "Activity", "Implementation", "Marks"}
	for _, p := range m.Parties {
		want = append(want, p.Name)
	}
	if got := mustRow(t, f, "Matrix", 1); !slices.Equal(got, append(want, "Clauses")) {
		t.Errorf("headings %q, want %q", got, want)
	}
	l := layoutOf(m)
	for c := l.firstParty; c <= l.lastParty; c++ {
		f.SetCellValue("Matrix", ref(c, l.at[20]), "")
	}
	if v, err := f.CalcCellValue("Matrix", ref(l.marks, l.at[20])); v != "gap" {
		t.Errorf("without a check, marks say %q: %v", v, err)
	}
}

// TestEachColumnAlone leaves out what others rest on.
func TestEachColumnAlone(t *testing.T) {
	t.Parallel()
	for _, id := range matrix.ColumnIDs {
		m := framed()
		m.Rows = m.Rows[:31] // those that the framework asks for are among them
		m.Appearance.Columns = []matrix.Column{{ID: id}}
		f := open(t, write(t, m))
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for r := range rows {
				for c := range rows[r] {
					if formula, _ := f.GetCellFormula(sheet, ref(c+1, r+1)); strings.Contains(formula, "#REF") || strings.Contains(formula, "$0") {
						t.Fatalf("%s alone: %s!%s is %s", id, sheet, ref(c+1, r+1), formula)
					}
				}
			}
		}
	}
}

func TestProtect(t *testing.T) {
	m := framed()
	locked := func(f *excelize.File, sheet, cell string) bool {
		id, err := f.GetCellStyle(sheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		return style.Protection == nil || style.Protection.Locked
	}
	plain := write(t, m)
	m.Appearance.Protect = true
	data := write(t, m)
	f := open(t, data)
	if p, err := f.GetSheetProtection("Matrix"); err != nil || !p.AutoFilter || !p.FormatRows || p.Password != "" || p.FormatCells {
		t.Errorf("protection %+v, %v", p, err)
	}
	l := layoutOf(m)
	if locked(f, "Matrix", ref(l.firstParty, 3)) || !locked(f, "Matrix", ref(l.check, 3)) || !locked(f, "Matrix", ref(2, 3)) {
		t.Error("not just the letters are open")
	}
	found, _ := f.SearchSheet("Summary", "Signature")
	if len(found) != 1 {
		t.Fatalf("signatures at %v", found)
	}
	below := itoa(mustAtoi(t, found[0]) + 1)
	if locked(f, "Summary", "C"+below) || locked(f, "Summary", "D"+below) || !locked(f, "Summary", "A"+below) {
		t.Error("not just date and signature are open")
	}
	for name, data := range map[string][]byte{"protected": data, "open": plain} {
		if got := bytes.Contains(unpacked(t, data, "xl/worksheets/sheet2.xml"), []byte("<sheetProtection")); got != (name == "protected") {
			t.Errorf("%s: protection is %v", name, got)
		}
	}
}

func TestLogoAndColor(t *testing.T) {
	picture := image.NewRGBA(image.Rect(0, 0, 900, 90))
	picture.Set(3, 3, color.White)
	var asPNG, asJPEG bytes.Buffer
	png.Encode(&asPNG, picture)
	jpeg.Encode(&asJPEG, picture, nil)
	for _, logo := range [][]byte{asPNG.Bytes(), asJPEG.Bytes()} {
		m := realistic.make()
		m.Appearance.Color = "#0B6E4F"
		m.Appearance.Logo.Data = logo
		data := write(t, m)
		if !bytes.Equal(data, write(t, m)) {
			t.Error("two workbooks with a logo differ")
		}
		f := open(t, data)
		cells, err := f.GetPictureCells("Summary")
		if err != nil || len(cells) != 1 {
			t.Fatalf("pictures at %v, %v", cells, err)
		}
		pictures, err := f.GetPictures("Summary", cells[0])
		if err != nil || len(pictures[0].File) == 0 || pictures[0].Format.AltText != "Logo of "+m.Organization {
			t.Errorf("logo %+v, %v", pictures[0].Format, err)
		}
		id, _ := f.GetCellStyle("Matrix", "A1")
		if style, err := f.GetStyle(id); err != nil || style.Fill.Color[0] != "0B6E4F" {
			t.Errorf("headings are %+v, %v", style.Fill, err)
		}
	}
	m := realistic.make()
	m.Appearance.Logo = matrix.File{Ref: source.Ref{ID: "logo.gif"}, Data: []byte("GIF89a")}
	var buf bytes.Buffer
	if _, err := Write(&buf, view.New(m, matrix.Findings{})); err == nil || !strings.Contains(err.Error(), "logo.gif") || buf.Len() > 0 {
		t.Errorf("a broken logo gives %v and %d bytes", err, buf.Len())
	}
}

// TestPalette tries colours of all kinds for text that can be read.
func TestPalette(t *testing.T) {
	for r := 0; r < 256; r += 15 {
		for g := 0; g < 256; g += 15 {
			for b := 0; b < 256; b += 15 {
				p := newPalette("#" + rgb(r<<16|g<<8|b).String())
				if contrast(parseHex(p.head), parseHex(p.onHead)) < readable || contrast(parseHex(p.text), parseHex(p.group)) < readable || contrast(parseHex(p.group), parseHex(ink)) < readable {
					t.Fatalf("#%s gives %+v", rgb(r<<16|g<<8|b), p)
				}
			}
		}
	}
	if p := newPalette(""); p.head != navy {
		t.Errorf("without a colour: %+v", p)
	}
}

// TestContrast keeps the colours of all looks readable.
func TestContrast(t *testing.T) {
	for l, f := range faces(newPalette("")) {
		if got := contrast(parseHex(f.color), parseHex(cmp.Or(f.fill, white))); got < readable {
			t.Errorf("look %d: contrast %.1f", l, got)
		}
	}
}

func TestJoinCRC(t *testing.T) {
	a, b := []byte("one text"), bytes.Repeat([]byte("another "), 999)
	for _, n := range []int{0, 1, 7, 4000, len(b)} {
		want := crc32.ChecksumIEEE(append(slices.Clone(a), b[:n]...))
		if got := joinCRC(crc32.ChecksumIEEE(a), crc32.ChecksumIEEE(b[:n]), uint64(n)); got != want {
			t.Errorf("%d bytes: %x, want %x", n, got, want)
		}
	}
}

func TestPageBreaks(t *testing.T) {
	p := newPageBreaks(&plan{widths: []float64{10}, paper: paperA4, freezeRows: 1})
	p.add(1, p.page-900+500, false) // headings: the page has room for 500 at scale 1 or less
	p.page = 500
	row := 2
	for _, rows := range []int{10, 10, 10, 4, 60, 3} {
		for i := range rows {
			p.add(row, 20, i == 0)
			row++
		}
	}
	p.end()
	// 10 and 10 fit, 10 more do not; 4 fit with those, 60 begin a page as less than half is left, 3 follow in what they leave.
	if want := []int{22, 36}; !slices.Equal(p.breaks, want) {
		t.Errorf("breaks above %v, want %v", p.breaks, want)
	}
}
