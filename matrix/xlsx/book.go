package xlsx

import (
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/xuri/excelize/v2"

	"raci/matrix"
	"raci/matrix/view"
)

// book is a workbook in the making.
type book struct {
	file      *excelize.File
	report    *view.Report
	m         *matrix.Matrix // of the report
	contents  []content
	layout    layout // of the sheet of the matrix
	duties    map[string][]*partyDuty
	partyRows map[string]int // where each begins in the sheet of parties
	faces     [lookCount]face
	ids       [lookCount]int
	guarded   [lookCount]int
	arial     *arial
	sheets    int
	bodies    map[string]*body // of the sheets, by part
	pack      *packer
	pages     map[string]linkedPage // sources, by URL
	scratch   []byte
	measured  map[measured]int // lines that texts need
	rows      []byte           // room for those of the next sheet; one is written after the other
	palette   palette
	warnings  []string
}

func newBook(r *view.Report, sheets []content) (*book, error) {
	b := &book{file: excelize.NewFile(), report: r, m: r.Matrix, contents: sheets, arial: newArial(),
		bodies: map[string]*body{}, pack: newPacker(), pages: map[string]linkedPage{}, palette: newPalette(r.Matrix.Appearance.Color), measured: map[measured]int{}}
	if b.sheetOf(view.MatrixSection) != "" {
		b.layout = newLayout(r)
	}
	return b, errors.Join(b.file.SetDefaultFont("Arial"), b.styles())
}

// properties sets what the file says about itself.
func (b *book) properties() error {
	stamp := zipDate(b.m.Date).Format("2006-01-02T15:04:05Z")
	return errors.Join(
		b.file.SetDocProps(&excelize.DocProperties{
			Title:          oneLine(b.report.Title()),
			Subject:        oneLine(b.m.System),
			Creator:        oneLine(b.m.Organization),
			LastModifiedBy: oneLine(b.m.Organization),
			Category:       oneLine(b.m.Appearance.Classification),
			Version:        oneLine(b.m.Revision),
			Identifier:     b.report.Digest(),
			Language:       "en-GB",
			Created:        stamp,
			Modified:       stamp,
		}),
		b.file.SetAppProps(&excelize.AppProperties{Application: "raci", Company: oneLine(b.m.Organization)}),
		b.prefixProperties(),
	)
}

// prefixProperties writes the names of the properties as all other programs
// do: exceljs knows them by their prefixes alone.
func (b *book) prefixProperties() error {
	const name = "docProps/core.xml"
	data, ok := b.file.Pkg.Load(name)
	if !ok {
		return fmt.Errorf("the library wrote no %s", name)
	}
	pairs := []string{"<coreProperties xmlns=", "<cp:coreProperties xmlns:cp="}
	for _, tag := range []string{"coreProperties", "lastModifiedBy", "category", "version"} {
		pairs = append(pairs, "<"+tag+">", "<cp:"+tag+">", "</"+tag+">", "</cp:"+tag+">")
	}
	b.file.Pkg.Store(name, []byte(strings.NewReplacer(pairs...).Replace(string(data.([]byte)))))
	return nil
}

// save writes the workbook.
func (b *book) save(w io.Writer) error {
	defaults := b.file.ContentTypes.Defaults // excelize fills it from a map
	sort.Slice(defaults, func(i, j int) bool { return defaults[i].Extension < defaults[j].Extension })
	// The archive goes straight to w: excelize would keep it in memory first.
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter {
		return &archive{out: w, modified: zipDate(b.m.Date), bodies: b.bodies, pack: b.pack}
	})
	_, err := b.file.WriteToBuffer()
	return err
}

// warn keeps a warning for the caller.
func (b *book) warn(format string, args ...any) {
	b.warnings = append(b.warnings, fmt.Sprintf(format, args...))
}
