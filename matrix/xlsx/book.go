package xlsx

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"

	"github.com/xuri/excelize/v2"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/view"
)

// book is a workbook in the making.
type book struct {
	file     *excelize.File
	report   *view.Report
	m        *matrix.Matrix // of the report
	stats    *stats
	layout   layout
	names    map[string]string // of parties, by id
	entries  map[string]*matrix.Entry
	faces    [lookCount]face
	ids      [lookCount]int
	guarded  [lookCount]int
	arial    *arial
	sheets   int
	bodies   map[string]*body // of the sheets, by part
	pack     *packer
	letters  [16]string            // the names of all sets of letters
	pages    map[string]linkedPage // sources, by URL
	scratch  []byte
	palette  palette
	warnings []string
}

func newBook(r *view.Report) (*book, error) {
	m := r.Matrix
	pack, err := newPacker()
	if err != nil {
		return nil, err
	}
	b := &book{file: excelize.NewFile(), report: r, m: m, arial: newArial(), names: map[string]string{}, entries: m.EntriesByName(),
		bodies: map[string]*body{}, pack: pack, pages: map[string]linkedPage{}, palette: newPalette(m.Appearance.Colour)}
	for i := range b.letters {
		b.letters[i] = matrix.Letters(i).String()
	}
	for _, p := range m.Parties {
		b.names[p.ID] = p.Name
	}
	b.stats = count(m)
	b.layout = newLayout(m)
	for i, c := range m.Appearance.Columns {
		if slices.ContainsFunc(m.Appearance.Columns[:i], func(o matrix.Column) bool { return o.ID == c.ID }) {
			b.warn("sheet Matrix: %s: the column %q is named twice and stands where it is named first", c.At, c.ID)
		}
	}
	return b, errors.Join(b.file.SetDefaultFont("Arial"), b.styles())
}

// name returns the name of a party, or its id where it has none.
func (b *book) name(id string) string {
	if n := b.names[id]; n != "" {
		return n
	}
	return id
}

// properties sets what the file says about itself.
func (b *book) properties() error {
	stamp := zipDate(b.m.Date).Format("2006-01-02T15:04:05Z")
	return errors.Join(
		b.file.SetDocProps(&excelize.DocProperties{
			Title:          oneLine(b.title()),
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

// title returns the title of the document.
func (b *book) title() string {
	if b.m.Appearance.Title != "" {
		return b.m.Appearance.Title
	}
	return strings.TrimSpace("RACI matrix " + b.m.System)
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

// splitLook returns how a cell with this split prints.
func splitLook(split string) look {
	switch split {
	case catalog.AWS:
		return onAWS
	case catalog.Customer:
		return onCustomer
	case catalog.Shared:
		return onShared
	case catalog.NoSplit, "":
		return onNone
	}
	return onOperator
}

// splitName returns what a split is called in print.
func (b *book) splitName(split string) string {
	switch split {
	case catalog.AWS:
		return "AWS"
	case catalog.Customer:
		return "Customer"
	case catalog.Shared:
		return "Shared"
	case catalog.NoSplit, "":
		return "None"
	}
	return b.name(split)
}
