package view

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
)

// MatrixColumn is a column of the table of all rows.
type MatrixColumn struct {
	ID    string // one of matrix.ColumnIDs
	Of    string // the party, operator or framework, where there is a column for each; else ""
	Title string
	Text  func(row *matrix.Row) string
}

// MatrixColumns returns the columns that these ids stand for, in their order.
// "parties", "operators" and "requirements" stand for one column each of what
// there is. A title that is given replaces the usual one, or stands before it
// where the id stands for several.
func (r *Report) MatrixColumns(chosen ...matrix.Column) []MatrixColumn {
	var columns []MatrixColumn
	single := r.singleColumns()
	for _, c := range chosen {
		group := r.columnsOf(c.ID, single)
		for i := range group {
			group[i].ID = c.ID
			switch {
			case c.Title == "":
			case group[i].Of == "" || len(group) == 1:
				group[i].Title = c.Title
			default:
				group[i].Title = c.Title + ": " + group[i].Title
			}
		}
		columns = append(columns, group...)
	}
	return columns
}

// Columns returns these columns under their usual titles.
func (r *Report) Columns(ids ...string) []MatrixColumn {
	chosen := make([]matrix.Column, len(ids))
	for i, id := range ids {
		chosen[i].ID = id
	}
	return r.MatrixColumns(chosen...)
}

func (r *Report) columnsOf(id string, single map[string]MatrixColumn) []MatrixColumn {
	var columns []MatrixColumn
	switch id {
	case "parties":
		for i, p := range r.Matrix.Parties {
			columns = append(columns, MatrixColumn{Of: p.ID, Title: r.PartyName(p.ID), Text: func(row *matrix.Row) string { return r.lettersOf(row)[i].String() }})
		}
	case "operators":
		for _, op := range r.Matrix.Operators() {
			columns = append(columns, MatrixColumn{Of: op.ID, Title: "What " + r.PartyName(op.ID) + " does", Text: func(row *matrix.Row) string { return row.Side(op.ID) }})
		}
	case "requirements":
		for i := range r.Matrix.Frameworks {
			f := &r.Matrix.Frameworks[i].Framework
			columns = append(columns, MatrixColumn{Of: f.ID, Title: nonEmpty(f.Name, f.ID), Text: func(row *matrix.Row) string { return strings.Join(requirementsOf(row, f.ID), ", ") }})
		}
	default:
		columns = append(columns, single[id])
	}
	return columns
}

// lettered is a row with the letters of all parties in it.
type lettered struct {
	row     *matrix.Row
	letters []matrix.Letters
}

// lettersOf returns the letters of all parties in a row. It keeps those of the last
// row, as each party asks for its own.
func (r *Report) lettersOf(row *matrix.Row) []matrix.Letters {
	last := r.lettered.Load()
	if last == nil || last.row != row {
		last = &lettered{row, r.Matrix.LettersOf(row)}
		r.lettered.Store(last)
	}
	return last.letters
}

// letterSets are all sets of letters by their texts.
var letterSets = func() map[string]matrix.Letters {
	sets := map[string]matrix.Letters{}
	for l := range matrix.Letters(16) {
		sets[l.String()] = l
	}
	return sets
}()

func nonEmpty(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func requirementsOf(row *matrix.Row, framework string) []string {
	for _, q := range row.Requirements {
		if q.Framework == framework {
			return q.IDs
		}
	}
	return nil
}

// singleColumns are the columns of which there is one, by id.
func (r *Report) singleColumns() map[string]MatrixColumn {
	return map[string]MatrixColumn{
		"entry":           {Title: "Entry", Text: func(row *matrix.Row) string { return r.Matrix.EntryTitle(row.Entry) }},
		"duty":            {Title: "Duty", Text: DutyTitle},
		"row":             {Title: "Row", Text: func(row *matrix.Row) string { return row.ID }},
		"service":         {Title: "Service", Text: r.ServiceName},
		"variant":         {Title: "Variant", Text: r.variantsOf},
		"control":         {Title: "Control", Text: ControlName},
		"category":        {Title: "Category", Text: func(row *matrix.Row) string { return string(row.Category) }},
		"split":           {Title: "Split", Text: func(row *matrix.Row) string { return r.SplitName(row.Split) }},
		"aws":             {Title: "What AWS does", Text: func(row *matrix.Row) string { return row.Side(catalog.AWS) }},
		"customer":        {Title: "What the customer does", Text: func(row *matrix.Row) string { return row.Side(catalog.Customer) }},
		"offers":          {Title: "AWS offers", Text: func(row *matrix.Row) string { return row.Offers }},
		"check":           {Title: "Check", Text: CheckWord},
		"marks":           {Title: "Marks", Text: func(row *matrix.Row) string { return strings.Join(Marks(row), ", ") }},
		"process":         {Title: ProcessTitle, Text: func(row *matrix.Row) string { return Bullets(ProcessTexts(row.Process)) }},
		"frequency":       {Title: FrequencyTitle, Text: func(row *matrix.Row) string { return FrequencyName(row.Frequency) }},
		"evidence":        {Title: EvidenceTitle, Text: func(row *matrix.Row) string { return Bullets(row.Evidence) }},
		"source":          {Title: "Source", Text: func(row *matrix.Row) string { return firstSource(row).URL }},
		"checked":         {Title: "Checked", Text: func(row *matrix.Row) string { return firstSource(row).Checked }},
		"further-sources": {Title: "Further sources", Text: furtherSources},
		"basis":           {Title: "Basis", Text: BasisText},
		"note":            {Title: "Note", Text: func(row *matrix.Row) string { return row.Note }},
		"reasons":         {Title: "Why these letters", Text: r.Why},
	}
}

// BasisText says what a row rests on, with the facts about its service, and with
// those that are unknown.
func BasisText(row *matrix.Row) string {
	text := string(row.Basis)
	var facts []string
	for _, f := range row.Facts {
		facts = append(facts, FactText(f))
	}
	if len(facts) > 0 {
		text += ": " + strings.Join(facts, ", ")
	}
	if len(row.UnknownFacts) > 0 {
		text += "; unknown: " + strings.ReplaceAll(strings.Join(row.UnknownFacts, ", "), "-", " ")
	}
	return text
}

// FactText is a fact in words: interface endpoints, no web acls, placement regional.
func FactText(f matrix.RowFact) string {
	name := strings.ReplaceAll(f.ID, "-", " ")
	switch f.Is {
	case catalog.Yes:
		return name
	case catalog.No:
		return "no " + name
	}
	return name + " " + strings.ReplaceAll(f.Is, "-", " ")
}

// variantsOf names the variants of a row, in the words of its entry.
func (r *Report) variantsOf(row *matrix.Row) string {
	e := r.Entry(row.Entry)
	names := slices.Clone(row.Variants)
	for i, v := range names {
		if e == nil {
			break
		}
		if at := slices.Index(e.Variants, v); at >= 0 && at < len(e.VariantNames) {
			names[i] = nonEmpty(e.VariantNames[at], v)
		}
	}
	return strings.Join(names, ", ")
}

func firstSource(row *matrix.Row) catalog.Source {
	if len(row.Sources) == 0 {
		return catalog.Source{}
	}
	return row.Sources[0]
}

func furtherSources(row *matrix.Row) string {
	var list []string
	for _, s := range row.Sources[min(1, len(row.Sources)):] {
		list = append(list, SourceText(s))
	}
	return strings.Join(list, "\n")
}

// SourceText is the address of a source, with the month in which it was checked.
func SourceText(s catalog.Source) string { return strings.TrimSuffix(s.URL+" ("+s.Checked+")", " ()") }

// Bullets returns several items one to a line.
func Bullets(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return "• " + strings.Join(items, "\n• ")
}

// The words of a row's check.
const (
	CheckOK    = "ok"
	CheckNoA   = "no A"
	CheckTwoAs = "two As"
)

// CheckWord says whether a row has exactly one A.
func CheckWord(row *matrix.Row) string {
	n := 0
	for _, role := range row.Roles {
		if role.Letters.Has(matrix.Accountable) {
			n++
		}
	}
	switch n {
	case 0:
		return CheckNoA
	case 1:
		return CheckOK
	}
	return CheckTwoAs
}

// The words of marks.
const (
	GapMark        = "gap"
	UnassignedMark = "unassigned"
)

// ExceptionMark is the mark of a row under an exception.
func ExceptionMark(row *matrix.Row) string { return fmt.Sprintf("exception %d", row.Exception+1) }

// Marks say what is special about a row.
func Marks(row *matrix.Row) []string {
	var list []string
	if row.Accountable() == "" {
		list = append(list, GapMark)
	}
	if row.Exception >= 0 {
		list = append(list, ExceptionMark(row))
	}
	if row.Unassigned {
		list = append(list, UnassignedMark)
	}
	return list
}

// matrixSection is the table of all rows, with the columns that a reader needs
// first, grouped by entry. Formats that have room for more take them from
// MatrixColumns.
func matrixSection(r *Report) *Section {
	ids := []string{"duty", "control", "split", "aws", "customer", "offers", "operators", "parties", "process", "evidence", "frequency"}
	columns := r.Columns(slices.DeleteFunc(ids, r.IsEmptyColumn)...)
	t := &Table{ID: MatrixSection, Count: len(r.Matrix.Rows), Empty: "The matrix has no rows."}
	for _, c := range columns {
		t.Columns = append(t.Columns, c.shape())
	}
	t.Rows = func(yield func(Row) bool) {
		for i := range r.Matrix.Rows {
			row := &r.Matrix.Rows[i]
			out := Row{ID: row.ID}
			if i == 0 || r.Matrix.Rows[i-1].Entry != row.Entry {
				out.Group = r.GroupTitle(row.Entry)
			}
			for _, c := range columns {
				out.Cells = append(out.Cells, r.matrixCell(&c, row))
			}
			if !yield(out) {
				return
			}
		}
	}
	return &Section{ID: MatrixSection, Title: "Responsibility matrix", Short: "Matrix", About: "Every duty: texts, letters, evidence, sources", Tables: []*Table{t}}
}

// GroupTitle is the heading of the rows of an entry: its name, and what it is.
func (r *Report) GroupTitle(entry string) string {
	title := r.Matrix.EntryTitle(entry)
	if facts := r.EntryFacts(entry); facts != "" {
		title += " · " + facts
	}
	return title
}

func (c *MatrixColumn) shape() Column {
	s := Column{Title: c.Title, Chars: 14}
	switch c.ID {
	case "duty":
		s.Chars = 26
	case "aws", "customer":
		s.Chars, s.Kind = 36, Long
	case "process", "evidence":
		s.Chars = 28
	case "offers":
		s.Chars, s.Kind = 24, Long
	case "operators":
		s.Chars, s.Kind = 18, Long
	case "parties":
		s.Chars, s.Kind = 6, Letters
	}
	return s
}

func (r *Report) matrixCell(c *MatrixColumn, row *matrix.Row) Cell {
	s := c.Text(row)
	switch c.ID {
	case "duty":
		return r.dutyCell(s, row)
	case "split":
		return field(s, SplitTone(row.Split))
	case "parties":
		return field(s, LettersTone(letterSets[s]))
	case "process":
		return Cell{Lines: ProcessLines(row.Process)}
	case "evidence":
		return list(row.Evidence)
	}
	return text(s)
}

// dutyCell is the title of a row, which leads to the page that states it, and
// its marks.
func (r *Report) dutyCell(title string, row *matrix.Row) Cell {
	c := toned(title, Strong)
	if s := firstSource(row); s.URL != "" && len(c.Lines) > 0 {
		c.Lines[0].Link = Link{ToPage, s.URL}
	}
	for _, mark := range Marks(row) {
		l := Line{Text: mark, Tone: Mark}
		switch {
		case row.Exception >= 0 && mark == ExceptionMark(row):
			l.Link = Link{ToException, fmt.Sprint(row.Exception + 1)}
		default:
			l.Tone = Bad
		}
		c.Lines = append(c.Lines, l)
	}
	return c
}
