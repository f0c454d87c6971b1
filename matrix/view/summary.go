package view

import (
	"cmp"
	"fmt"
	"slices"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// GapsFigure is the id of the row of the table State that counts the rows without
// exactly one A.
const GapsFigure = "gaps"

// state counts what needs somebody's eye.
func state(r *Report) *Section {
	m := r.Matrix
	unassigned, excepted := 0, 0
	for i := range m.Rows {
		if m.Rows[i].Unassigned {
			unassigned++
		}
		if m.Rows[i].Exception >= 0 {
			excepted++
		}
	}
	n := map[source.Severity]int{}
	for _, f := range r.Findings.Open {
		n[f.Severity]++
	}
	rows := []Row{
		figure(GapsFigure, "Rows without exactly one A", r.withoutOneA(), "Nobody, or more than one party, answers for them.", true),
		figure("rows", "Rows", len(m.Rows), Count(len(m.Entries), "entry")+", "+Count(len(m.Parties), "party"), false),
		figure("unassigned", "Unassigned rows", unassigned, "No rule and no owner names who does the customer's part; the accountable party holds A/R.", true),
		figure("excepted", "Rows under an exception", excepted, "Deviations from the catalog, listed under Exceptions.", false),
		figure("errors", "Open findings: errors", n[source.Error], "", true),
		figure("warnings", "Open findings: warnings", n[source.Warning], "", false),
		figure("notes", "Open findings: notes", n[source.Note], "", false),
	}
	if accepted := len(r.Findings.Accepted); accepted > 0 {
		rows = append(rows, figure("accepted", "Accepted findings", accepted, "By the manifest, each for a reason and until a day.", false))
	}
	return &Section{ID: State, Title: "State", About: "Counts of what needs attention", Front: true,
		Tables: []*Table{fixed(&Table{ID: State, Facts: true, Columns: []Column{{Title: "What", Chars: 26}, {Title: "Number", Chars: 8, Kind: Number}, {Title: "Meaning", Chars: 60}}}, rows)}}
}

// figure is a row with a number, which is bad where it is not 0.
func figure(id, name string, n int, about string, bad bool) Row {
	c := number(n)
	if bad && n > 0 {
		c.Tone = Bad
	}
	return Row{ID: id, Cells: []Cell{toned(name, Strong), c, text(about)}}
}

func (r *Report) withoutOneA() int {
	n := 0
	for i := range r.Matrix.Rows {
		if CheckWord(&r.Matrix.Rows[i]) != CheckOK {
			n++
		}
	}
	return n
}

// concern is something that a reader should know first.
type concern struct {
	rank int // 0 is the worst
	tone Tone
	word string
	text string
	link Link
}

// attention lists what a reader should know first, the worst first.
func attention(r *Report) *Section {
	all := slices.Concat(r.gapConcerns(), r.findingConcerns(), r.exceptionConcerns(), r.acceptedConcerns())
	slices.SortStableFunc(all, func(a, b concern) int { return cmp.Compare(a.rank, b.rank) })
	var rows []Row
	for _, c := range all {
		rows = append(rows, cells(toned(c.word, c.tone), Cell{Lines: []Line{{Text: c.text, Link: c.link}}}))
	}
	return &Section{ID: Attention, Title: "What needs attention", About: "Gaps, findings, and exceptions that end", Front: true,
		Tables: []*Table{fixed(&Table{ID: Attention, Facts: true, Columns: []Column{{Title: "What", Chars: 14}, {Title: "About", Chars: 90}},
			Empty: "Nothing: no gaps, no findings, and no exceptions that end."}, rows)}}
}

// gapConcerns names the rows that no one is accountable for.
func (r *Report) gapConcerns() []concern {
	var ids []string
	for i := range r.Matrix.Rows {
		if r.Matrix.Rows[i].Accountable() == "" {
			ids = append(ids, r.Matrix.Rows[i].ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	verb := " have"
	if len(ids) == 1 {
		verb = " has"
	}
	return []concern{{0, Bad, "gap", Count(len(ids), "row") + verb + " no one accountable: " + some(ids, 4), Link{ToRow, ids[0]}}}
}

// findingConcerns has one concern for each rule that was broken: what it first
// found, and how many others there are.
func (r *Report) findingConcerns() []concern {
	gaps := map[string]bool{}
	for i := range r.Matrix.Rows {
		if row := &r.Matrix.Rows[i]; row.Accountable() == "" {
			gaps[row.ID] = true
		}
	}
	type kind struct {
		severity source.Severity
		rule     string
	}
	var list []concern
	index, times := map[kind]int{}, map[kind]int{}
	for _, f := range r.Findings.Open {
		if gaps[f.Row] && f.Severity == source.Error {
			continue // named as a gap already
		}
		k := kind{f.Severity, f.Rule}
		if times[k]++; times[k] > 1 {
			continue
		}
		index[k] = len(list)
		link := Link{ToSection, Findings}
		if f.Row != "" {
			link = Link{ToRow, f.Row}
		}
		list = append(list, concern{severityRank(f.Severity), SeverityTone(f.Severity), string(f.Severity), f.Message, link})
	}
	for k, i := range index {
		if times[k] > 1 {
			list[i].text += fmt.Sprintf(", and %s of %s", Count(times[k]-1, "other"), k.rule)
		}
	}
	return list
}

func severityRank(s source.Severity) int {
	switch s {
	case source.Error:
		return 0
	case source.Warning:
		return 2
	}
	return 4
}

// exceptionConcerns has the exceptions that ended or will end, the first to
// end first.
func (r *Report) exceptionConcerns() []concern {
	list := r.Matrix.Exceptions
	named := map[source.Pos]bool{}
	for _, f := range r.Findings.Open {
		named[f.At] = true
	}
	var order []int
	for i, e := range list {
		if e.Expires != "" && !(e.Expired && e.At.Line > 0 && named[e.At]) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(list[a].Expires, list[b].Expires) })
	var out []concern
	for _, i := range order {
		e := &list[i]
		c := concern{3, Plain, "exception", fmt.Sprintf("exception %d ends on %s: %s", i+1, e.Expires, e.Reason), Link{ToException, fmt.Sprint(i + 1)}}
		if e.Expired {
			c.rank, c.text = 1, fmt.Sprintf("exception %d ended on %s, and the catalog applies again: %s", i+1, e.Expires, e.Reason)
		}
		out = append(out, c)
	}
	return out
}

// acceptedConcerns counts the findings that the manifest accepts.
func (r *Report) acceptedConcerns() []concern {
	list := r.Findings.Accepted
	if len(list) == 0 {
		return nil
	}
	first := slices.MinFunc(list, func(a, b matrix.Accepted) int { return cmp.Compare(a.Expires, b.Expires) })
	about := "1 finding is accepted until " + first.Expires
	if len(list) > 1 {
		about = fmt.Sprintf("%d findings are accepted, the first of them until %s", len(list), first.Expires)
	}
	return []concern{{5, Plain, "accepted", about, Link{ToSection, Accepted}}}
}

// coverage counts, for each framework, the requirements by who answers them.
func coverage(r *Report) *Section {
	if len(r.Matrix.Frameworks) == 0 {
		return nil
	}
	columns := []Column{{Title: "Framework", Chars: 34}, {Title: "Selected as", Chars: 26}}
	for _, o := range matrix.Ownerships {
		columns = append(columns, Column{Title: OwnershipName(o), Chars: 11, Kind: Number})
	}
	var rows []Row
	for i := range r.Matrix.Frameworks {
		s := &r.Matrix.Frameworks[i]
		list, counts := r.Answers(s), r.CountOwnership(s)
		row := cells(linked(cmp.Or(s.Framework.Name, s.Framework.ID), ToFramework, s.Name), text(s.Name))
		for _, n := range counts {
			row.Cells = append(row.Cells, number(n))
		}
		row.Cells = append(row.Cells, number(len(list)))
		rows = append(rows, row)
	}
	return &Section{ID: Coverage, Title: "Coverage of frameworks", About: "Requirements by who answers them", Front: true,
		Tables: []*Table{fixed(&Table{ID: Coverage, Columns: append(columns, Column{Title: "Total", Chars: 8, Kind: Number})}, rows)}}
}

// CountOwnership counts the requirements of a selection by ownership, in the
// order of matrix.Ownerships.
func (r *Report) CountOwnership(s *catalog.Selection) []int {
	n := make([]int, len(matrix.Ownerships))
	for _, a := range r.Answers(s) {
		if i := slices.Index(matrix.Ownerships, a.Ownership); i >= 0 {
			n[i]++
		}
	}
	return n
}

// SplitOrder returns AWS, the customer and shared, then the other splits that
// rows have: parties in their order, the rest by name.
func (r *Report) SplitOrder() []string {
	seen := map[string]bool{}
	for i := range r.Matrix.Rows {
		seen[r.Matrix.Rows[i].Split] = true
	}
	order := []string{catalog.AWS, catalog.Customer, catalog.Shared}
	for _, s := range order {
		delete(seen, s)
	}
	for _, p := range r.Matrix.Parties {
		if seen[p.ID] {
			order = append(order, p.ID)
			delete(seen, p.ID)
		}
	}
	var rest []string
	for s := range seen {
		rest = append(rest, s)
	}
	slices.Sort(rest)
	return append(order, rest...)
}

// splits counts the rows by who performs them.
func splits(r *Report) *Section {
	n := map[string]int{}
	for i := range r.Matrix.Rows {
		n[r.Matrix.Rows[i].Split]++
	}
	var rows []Row
	for _, s := range r.SplitOrder() {
		rows = append(rows, cells(field(r.SplitName(s), SplitTone(s)), number(n[s]), text(Share(n[s], len(r.Matrix.Rows)))))
	}
	return &Section{ID: Splits, Title: "Duties by split", About: "How many duties AWS, the customer and others perform", Front: true, Tables: []*Table{fixed(&Table{
		ID: Splits, Columns: []Column{{Title: "Split", Chars: 20}, {Title: "Rows", Chars: 8, Kind: Number}, {Title: "Share", Chars: 8}}}, rows)}}
}

// Share returns n of all in percent.
func Share(n, all int) string {
	switch percent := (n*100 + all/2) / max(all, 1); {
	case n == 0:
		return "–"
	case percent == 0:
		return "< 1 %"
	default:
		return fmt.Sprint(percent, " %")
	}
}

// ControlCount counts the rows of a control.
type ControlCount struct {
	Name     string
	Category catalog.Category
	Total    int
	BySplit  map[string]int
}

// CountControls counts the rows by control, in the order in which the controls
// first come.
func (r *Report) CountControls() []*ControlCount {
	var list []*ControlCount
	index := map[string]*ControlCount{}
	for i := range r.Matrix.Rows {
		row := &r.Matrix.Rows[i]
		c := index[row.Control]
		if c == nil {
			c = &ControlCount{Name: ControlName(row), Category: row.Category, BySplit: map[string]int{}}
			index[row.Control] = c
			list = append(list, c)
		}
		c.Total++
		c.BySplit[row.Split]++
	}
	return list
}

// controls counts the rows by control and split.
func controls(r *Report) *Section {
	order := r.SplitOrder()
	columns := []Column{{Title: "Control", Chars: 30}, {Title: "Category", Chars: 18}}
	for _, s := range order {
		columns = append(columns, Column{Title: r.SplitName(s), Chars: 10, Kind: Number})
	}
	var rows []Row
	for _, c := range r.CountControls() {
		row := cells(text(c.Name), text(string(c.Category)))
		for _, s := range order {
			row.Cells = append(row.Cells, number(c.BySplit[s]))
		}
		row.Cells = append(row.Cells, number(c.Total))
		rows = append(rows, row)
	}
	return &Section{ID: Controls, Title: "Duties per control", About: "Who performs the duties, by control", Front: true,
		Tables: []*Table{fixed(&Table{ID: Controls, Columns: append(columns, Column{Title: "Total", Chars: 8, Kind: Number})}, rows)}}
}

// LetterKinds are the letters that are counted, in the order of print.
var LetterKinds = [4]matrix.Letters{matrix.Accountable, matrix.Responsible, matrix.Consulted, matrix.Informed}

// CountLetters counts the rows in which each party holds each of LetterKinds, by
// the party's id. A cell of A/R counts under both letters.
func (r *Report) CountLetters() map[string][4]int { return r.letters() }

func (r *Report) countLetters() map[string][4]int {
	counts := map[string][4]int{}
	for i := range r.Matrix.Rows {
		for _, role := range r.Matrix.Rows[i].Roles {
			n := counts[role.Party]
			for k, letter := range LetterKinds {
				if role.Letters.Has(letter) {
					n[k]++
				}
			}
			counts[role.Party] = n
		}
	}
	return counts
}

// letters counts the letters of each party.
func letters(r *Report) *Section {
	columns := []Column{{Title: "Party", Chars: 30}, {Title: "Kind", Chars: 16, Wide: true}}
	for _, l := range LetterKinds {
		columns = append(columns, Column{Title: l.String(), Chars: 6, Kind: Number})
	}
	counts := r.CountLetters()
	var rows []Row
	for _, p := range r.Matrix.Parties {
		row := Row{ID: p.ID, Cells: []Cell{linked(r.PartyName(p.ID), ToParty, p.ID), text(KindName(p.Kind))}}
		for _, n := range counts[p.ID] {
			row.Cells = append(row.Cells, number(n))
		}
		rows = append(rows, row)
	}
	return &Section{ID: LettersSection, Title: "Letters per party", About: "How many rows each party answers for and does", Front: true,
		Tables: []*Table{fixed(&Table{ID: LettersSection, Columns: columns, Note: "A cell of A/R counts under both letters."}, rows)}}
}
