package view

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"raci/matrix/source"
)

// statedOr is a text, or the word for none.
func statedOr(s, none string) Cell {
	if s == "" {
		return toned(none, Missing)
	}
	return text(s)
}

// findings lists what is open, the worst first.
func findings(r *Report) *Section {
	list := r.Findings.Open
	order := bySeverity(len(list), func(i int) source.Severity { return list[i].Severity })
	return &Section{ID: Findings, Title: "Findings", About: "What the checks have to say about this matrix", Tables: []*Table{{ID: Findings, Count: len(list), Empty: "No finding is open.",
		Columns: findingColumns(Column{Title: "What to do", Chars: 46, Kind: Long}),
		Rows: func(yield func(Row) bool) {
			for _, i := range order {
				if !yield(finding(&list[i], text(list[i].Hint))) {
					return
				}
			}
		}}}}
}

// accepted lists what the manifest accepts, with reasons and ends.
func accepted(r *Report) *Section {
	if len(r.Findings.Accepted) == 0 {
		return nil
	}
	list := r.Findings.Accepted
	order := bySeverity(len(list), func(i int) source.Severity { return list[i].Severity })
	return &Section{ID: Accepted, Title: "Accepted findings", About: "What the manifest accepts, with reason and end",
		Intro: []string{"The manifest accepts these findings, each for a reason and until a day. After that day they are open again."},
		Tables: []*Table{{ID: Accepted, Count: len(list),
			Columns: findingColumns(Column{Title: "Accepted because", Chars: 34, Kind: Long}, Column{Title: "Accepted until", Chars: 14, Kind: Date}),
			Rows: func(yield func(Row) bool) {
				for _, i := range order {
					if !yield(finding(&list[i].Diagnostic, text(list[i].Reason), text(list[i].Expires))) {
						return
					}
				}
			}}}}
}

// bySeverity returns the indices of n findings with the worst first. Their list may
// be long, so it is not copied.
func bySeverity(n int, severity func(i int) source.Severity) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(severityRank(severity(a)), severityRank(severity(b))) })
	return order
}

// findingColumns are those of all findings around those that differ.
func findingColumns(more ...Column) []Column {
	columns := []Column{{Title: "Severity", Chars: 11}, {Title: "Rule", Chars: 20}, {Title: "Row", Chars: 26, Kind: RowID}, {Title: "Finding", Chars: 46, Kind: Long}}
	return append(append(columns, more...), Column{Title: "Where", Chars: 26})
}

func finding(f *source.Diagnostic, more ...Cell) Row {
	of := Cell{}
	if f.Row != "" {
		of = linked(f.Row, ToRow, f.Row)
	}
	list := append(make([]Cell, 0, 5+len(more)), field(string(f.Severity), SeverityTone(f.Severity)), text(f.Rule), of, text(f.Message))
	return cells(append(append(list, more...), toned(f.At.String(), Quiet))...)
}

// Source is a page that rows rest on.
type Source struct {
	No             int // from 1, in the order in which rows name them
	URL            string
	Oldest, Newest string // months in which it was checked
	Rows           int    // that rest on it
	For            []string
}

// Sources returns the pages that the rows rest on, each address once.
func (r *Report) Sources() []*Source { return r.sources().list }

// SourceNumber returns the number of a page, from 1.
func (r *Report) SourceNumber(url string) int {
	sources := r.sources()
	return sources.list[sources.index[url]].No
}

// sources are the pages, and where in the list an address is.
type sources struct {
	list  []*Source
	index map[string]int
}

func (r *Report) collectSources() *sources {
	all := &sources{index: map[string]int{}}
	type use struct{ url, by string }
	named := map[use]bool{}
	for i := range r.Matrix.Rows {
		row := &r.Matrix.Rows[i]
		for _, s := range row.Sources {
			at, known := all.index[s.URL]
			if !known {
				at = len(all.list)
				all.index[s.URL] = at
				all.list = append(all.list, &Source{No: at + 1, URL: s.URL, Oldest: s.Checked, Newest: s.Checked})
			}
			u := all.list[at]
			u.Rows++
			u.Oldest, u.Newest = min(u.Oldest, s.Checked), max(u.Newest, s.Checked)
			if by := nonEmpty(r.ServiceName(row), r.Matrix.EntryTitle(row.Entry)); !named[use{s.URL, by}] {
				named[use{s.URL, by}] = true
				u.For = append(u.For, by)
			}
		}
	}
	return all
}

// Checked says when the page was read: a month, or the first and the last.
func (s *Source) Checked() string {
	if s.Newest == s.Oldest {
		return s.Oldest
	}
	return strings.TrimPrefix(s.Oldest+" to "+s.Newest, " to ")
}

// mostServices is how many services the line of a page names.
const mostServices = 12

func sourceList(r *Report) *Section {
	list := r.Sources()
	return &Section{ID: Sources, Title: "Sources", About: "Pages behind the statements, with the months in which they were checked",
		Intro: []string{"The month is when the page was last read against the row."},
		Tables: []*Table{{ID: Sources, Count: len(list), Empty: "No row names a source of its own.",
			Columns: []Column{{Title: "No.", Chars: 6}, {Title: "Page", Chars: 90}, {Title: "Checked", Chars: 10}, {Title: "Rows", Chars: 8, Kind: Number}, {Title: "For", Chars: 44}},
			Rows: func(yield func(Row) bool) {
				for _, s := range list {
					by := strings.Join(s.For[:min(mostServices, len(s.For))], ", ")
					if len(s.For) > mostServices {
						by += " and more"
					}
					if !yield(Row{ID: fmt.Sprint(s.No), Cells: []Cell{toned(fmt.Sprintf("[%d]", s.No), Strong), linked(s.URL, ToPage, s.URL), text(s.Checked()), number(s.Rows), text(by)}}) {
						return
					}
				}
			}}}}
}
