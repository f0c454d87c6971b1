package xlsx

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Numbers of paper sizes.
const (
	paperA3 = 8
	paperA4 = 9
)

// Margins in inches.
const (
	sideMargin = 0.4
	topMargin  = 0.7 // and of the bottom
)

// setUp sets all that excelize drops without a word once rows are written.
func (s *sheet) setUp() error {
	f, p := s.book.file, s.plan
	off, on := false, true
	err := errors.Join(
		s.setWidths(),
		s.setFilter(), // before the properties, which it would drop
		f.SetSheetView(p.name, 0, &excelize.ViewOptions{ShowGridLines: &off, ZoomScale: ptr(100.0)}),
		f.SetSheetProps(p.name, &excelize.SheetPropsOptions{FitToPage: &on, OutlineSummaryBelow: &off, TabColorRGB: ptr("FF" + p.tab)}),
		f.SetSheetDimension(p.name, area(1, 1, len(p.widths), max(p.rows, 1))),
		s.freeze(), s.page())
	if err == nil && p.outline {
		err = s.setOutline()
	}
	if err == nil && s.book.m.Appearance.Protect {
		err = s.protect()
	}
	if err != nil {
		return err
	}
	s.out, err = f.NewStreamWriter(p.name)
	return err
}

func ptr[T any](v T) *T { return &v }

// setWidths sets the widths of the columns. excelize's own function leaves
// them in falling order when rows are streamed, which Excel may refuse.
func (s *sheet) setWidths() error {
	type col struct {
		Min    int     `xml:"min,attr"`
		Max    int     `xml:"max,attr"`
		Width  float64 `xml:"width,attr"`
		Custom bool    `xml:"customWidth,attr"`
	}
	cols := struct {
		XMLName xml.Name `xml:"cols"`
		Cols    []col    `xml:"col"`
	}{}
	for i, w := range s.plan.widths {
		cols.Cols = append(cols.Cols, col{i + 1, i + 1, w, true})
	}
	return s.amend("widths", cols)
}

// setFilter gives the headings a filter. excelize marks it as one that hides
// rows already; this one hides none.
func (s *sheet) setFilter() error {
	p := s.plan
	if p.filter == 0 || p.rows <= p.filter {
		return nil
	}
	if err := s.book.file.AutoFilter(p.name, area(1, p.filter, len(p.widths), p.rows), nil); err != nil {
		return err
	}
	return s.amend("filter", struct {
		XMLName xml.Name `xml:"sheetPr"`
		Mode    bool     `xml:"filterMode,attr"`
	}{})
}

// setOutline says that there are rows of level 1, without which Excel shows
// no buttons to fold them.
func (s *sheet) setOutline() error {
	return s.amend("outline", struct {
		XMLName xml.Name `xml:"sheetFormatPr"`
		Height  float64  `xml:"defaultRowHeight,attr"`
		Level   int      `xml:"outlineLevelRow,attr"`
	}{Height: 15, Level: 1})
}

// protect locks all cells but those for letters, dates and signatures. There
// is no password: it keeps from slips, not from intent. Rows may be hidden,
// as Excel does not fold the outline of a protected sheet.
func (s *sheet) protect() error {
	return s.book.file.ProtectSheet(s.plan.name, &excelize.SheetProtectionOptions{
		AutoFilter: true, Sort: true, FormatColumns: true, FormatRows: true, SelectLockedCells: true, SelectUnlockedCells: true})
}

// freeze keeps the heading rows and the first columns in sight.
func (s *sheet) freeze() error {
	p := s.plan
	if p.freezeRows == 0 {
		return nil
	}
	pane := "bottomRight"
	if p.freezeCols == 0 {
		pane = "bottomLeft"
	}
	top := ref(p.freezeCols+1, p.freezeRows+1)
	return s.book.file.SetPanes(p.name, &excelize.Panes{
		Freeze: true, XSplit: p.freezeCols, YSplit: p.freezeRows, TopLeftCell: top, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: top, ActiveCell: top, Pane: pane}},
	})
}

// page sets how the sheet prints: one page wide, headings on each page.
func (s *sheet) page() error {
	f, p := s.book.file, s.plan
	orientation := "landscape"
	if p.portrait {
		orientation = "portrait"
	}
	err := errors.Join(
		f.SetPageLayout(p.name, &excelize.PageLayoutOptions{Size: &p.paper, Orientation: &orientation, FitToWidth: ptr(1), FitToHeight: ptr(0)}),
		f.SetPageMargins(p.name, &excelize.PageLayoutMarginsOptions{
			Left: ptr(sideMargin), Right: ptr(sideMargin), Top: ptr(topMargin), Bottom: ptr(topMargin), Header: ptr(0.3), Footer: ptr(0.3)}),
		f.SetHeaderFooter(p.name, &excelize.HeaderFooterOptions{OddHeader: s.header(), OddFooter: s.footer()}))
	if p.freezeRows > 0 {
		err = errors.Join(err, f.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: p.name, RefersTo: fmt.Sprintf("%s!$1:$%d", quoted(p.name), p.freezeRows)}))
	}
	if p.freezeRows > 0 && p.tableRows == 0 { // screen readers take the headings of a table from this name
		name, at := "ColumnTitle", ref(1, p.freezeRows)
		if p.freezeCols > 0 {
			name, at = "Title", ref(p.freezeCols, p.freezeRows) // and the names of rows from its column
		}
		err = errors.Join(err, f.SetDefinedName(&excelize.DefinedName{Name: name, Scope: p.name, RefersTo: quoted(p.name) + "!" + absolute(at)}))
	}
	if p.printCols > 0 {
		err = errors.Join(err, f.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Area", Scope: p.name, RefersTo: fmt.Sprintf("%s!$A$1:$%s$%d", quoted(p.name), column(p.printCols), p.rows)}))
	}
	return err
}

// quoted returns the name of a sheet as references need it: a short one may read
// like that of a cell.
func quoted(name string) string {
	isLetter := func(c rune) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }
	if len(name) > 3 && strings.IndexFunc(name, func(c rune) bool { return !isLetter(c) }) < 0 {
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", "''") + "'"
}

// header is the line above each printed page.
func (s *sheet) header() string {
	return `&L&"Arial,Bold"&9 ` + code(s.book.report.Title(), 60) + `&R&"Arial,Regular"&9 ` + code(s.plan.name, 40)
}

// footer is the line below each printed page.
func (s *sheet) footer() string {
	m := s.book.m
	var right []string
	if m.Revision != "" {
		right = append(right, "Revision "+code(m.Revision, 24))
	}
	if m.Date != "" {
		right = append(right, code(m.Date, 10))
	}
	const small = `&"Arial,Regular"&8 `
	return "&L" + small + code(m.Appearance.Classification, 30) + "&C" + small + "Page &P of &N&R" + small + strings.Join(right, ", ")
}

// code returns text for a header or footer, where an ampersand begins a code
// and all of it may hold 255 characters.
func code(s string, n int) string { return strings.ReplaceAll(head(oneLine(s), n), "&", "&&") }
