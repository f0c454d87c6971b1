package xlsx

import (
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/xuri/excelize/v2"

	"raci/matrix"
)

// book is a workbook in the making.
type book struct {
	file     *excelize.File
	m        *matrix.Matrix
	findings []matrix.Finding
	digest   string
	stats    *stats
	layout   layout
	names    map[string]string // of parties, by id
	faces    [lookCount]face
	ids      [lookCount]int
	guarded  [lookCount]int
	arial    *arial
	sheets   int
	warnings []string
}

func newBook(m *matrix.Matrix, findings []matrix.Finding) (*book, error) {
	b := &book{file: excelize.NewFile(), m: m, findings: findings, digest: m.Digest(), arial: newArial(), names: map[string]string{}}
	for _, p := range m.Parties {
		b.names[p.ID] = p.Name
	}
	b.stats = count(m)
	b.layout = newLayout(m)
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
			Category:       oneLine(b.m.Report.Classification),
			Version:        oneLine(b.m.Revision),
			Identifier:     b.digest,
			Language:       "en-GB",
			Created:        stamp,
			Modified:       stamp,
		}),
		b.file.SetAppProps(&excelize.AppProperties{Application: "raci", Company: oneLine(b.m.Organization)}),
	)
}

// title returns the title of the document.
func (b *book) title() string {
	if b.m.Report.Title != "" {
		return b.m.Report.Title
	}
	return strings.TrimSpace("RACI matrix " + b.m.System)
}

// save writes the workbook.
func (b *book) save(w io.Writer) error {
	defaults := b.file.ContentTypes.Defaults // excelize fills it from a map
	sort.Slice(defaults, func(i, j int) bool { return defaults[i].Extension < defaults[j].Extension })
	b.file.SetZipWriter(func(out io.Writer) excelize.ZipWriter {
		return &archive{out: out, modified: zipDate(b.m.Date)}
	})
	_, err := b.file.WriteTo(w)
	return err
}

// warn keeps a warning for the caller.
func (b *book) warn(format string, args ...any) {
	b.warnings = append(b.warnings, fmt.Sprintf(format, args...))
}

// splitLook returns how a cell with this split prints.
func splitLook(split string) look {
	switch split {
	case matrix.AWS:
		return onAWS
	case matrix.Customer:
		return onCustomer
	case matrix.Shared:
		return onShared
	case matrix.NoSplit, "":
		return onNone
	}
	return onOperator
}

// splitName returns what a split is called in print.
func (b *book) splitName(split string) string {
	switch split {
	case matrix.AWS:
		return "AWS"
	case matrix.Customer:
		return "Customer"
	case matrix.Shared:
		return "Shared"
	case matrix.NoSplit, "":
		return "None"
	}
	return b.name(split)
}
