package xlsx

import "raci/matrix/view"

// stack is a sheet of sections one below another, laid over a grid of columns.
type stack struct {
	b     *book
	grid  []float64 // widths of the columns
	lines []line
}

// placedTable is where a table of a stack lies.
type placedTable struct {
	*view.Table
	columns []int    // the first column of the sheet that each of its columns has
	first   int      // row of the sheet of its first row
	ids     []string // of its rows
}

// headings is the row of its headings.
func (t *placedTable) headings() int { return t.first - 1 }

// last is the row of its last row.
func (t *placedTable) last() int { return t.first + len(t.ids) - 1 }

// cell returns a cell of a placed table.
func (k *stack) cell(t *placedTable, row, column int) *cell {
	return &k.lines[t.first-1+row].cells[t.columns[column]-1]
}

// next returns the row that the next line gets.
func (k *stack) next() int { return len(k.lines) + 1 }

func (k *stack) add(l line) { k.lines = append(k.lines, l) }

// title begins the sheet.
func (k *stack) title(heading, below string) {
	k.add(line{cells: []cell{{look: title, text: oneLine(heading)}}, height: 30})
	if below != "" {
		k.add(line{cells: []cell{{look: subtitle, text: oneLine(below)}}, height: 18})
	}
}

// heading leaves a line empty and begins a part, which is kept on a page.
func (k *stack) heading(name string) {
	k.add(line{height: 10, begins: true})
	k.add(line{cells: []cell{{look: section, text: name}}, height: 20})
}

// text adds a text over all columns.
func (k *stack) text(l look, text string) {
	if text != "" {
		k.add(band(cell{look: l, text: text}, len(k.grid)))
	}
}

// section adds a section under its heading.
func (k *stack) section(s *view.Section) []placedTable {
	k.heading(s.Title)
	return k.tables(s)
}

// tables adds what stands below the heading of a section.
func (k *stack) tables(s *view.Section) []placedTable {
	var list []placedTable
	for _, text := range s.Intro {
		k.text(prose, text)
	}
	for _, t := range s.Tables {
		list = append(list, k.table(t))
	}
	return list
}

// table adds a table.
func (k *stack) table(t *view.Table) placedTable {
	if t.Title != "" {
		k.heading(t.Title)
	}
	k.text(prose, t.Intro)
	spans := gridSpans(t.Columns, k.grid)
	if !t.Facts && t.Count > 0 {
		k.row(headingCells(t.Columns), spans, 0)
	}
	placed := placedTable{Table: t, first: k.next()}
	for i, at := 0, 1; i < len(spans); i++ {
		placed.columns = append(placed.columns, at)
		at += spans[i]
	}
	for row := range t.Rows {
		if row.Group != "" {
			k.text(group, row.Group)
			placed.ids = append(placed.ids, "")
		}
		k.fields(t, &row, spans)
		placed.ids = append(placed.ids, row.ID)
	}
	if t.Count == 0 {
		k.text(prose, t.Empty)
	}
	k.text(note, t.Note)
	return placed
}

func headingCells(columns []view.Column) []cell {
	var cells []cell
	for _, c := range columns {
		cells = append(cells, cell{look: heading, text: c.Title})
	}
	return cells
}

// signHeight is the height of a line with room for a signature.
const signHeight = 34

// fields adds a row of a table. A table of facts has labels in its first column.
func (k *stack) fields(t *view.Table, row *view.Row, spans []int) {
	cells, height := make([]cell, len(t.Columns)), 0.0
	for i := range min(len(cells), len(row.Cells)) {
		cells[i] = k.b.field(&row.Cells[i], t.Columns[i].Kind)
		if t.Columns[i].Kind == view.Sign {
			height = signHeight
		}
	}
	if t.Facts && len(cells) > 0 && (cells[0].look == strong || cells[0].look == plain) {
		cells[0].look = label
	}
	k.placeLinks(cells, spans)
	k.row(cells, spans, height)
}

// placeLinks keeps links in one line, as LibreOffice does not break them: that of a
// longer text moves to the first cell, which names the row.
func (k *stack) placeLinks(cells []cell, spans []int) {
	for i, at := 0, 0; i < len(cells); i++ {
		c := &cells[i]
		if c.link != "" && k.b.lines(c.text, c.look, sum(k.grid[at:at+spans[i]])) > 1 {
			if i > 0 && cells[0].link == "" {
				cells[0].link = c.link
			}
			c.link = ""
			if c.look == link {
				c.look = plain
			}
		}
		at += spans[i]
	}
}

// row adds a line of cells, each merged over columns of the grid.
func (k *stack) row(cells []cell, spans []int, height float64) {
	l := line{height: height}
	for i, c := range cells {
		l.cells = append(l.cells, wide(c, spans[i])...)
	}
	k.add(l)
}

// cramped is how much more than its width a column may like to have.
const cramped = 1.5

// gridSpans says how many columns of a grid each column of a table gets, from the
// left: one, and more while one is cramped. If the last one is, it gets all that
// is left. The grid has as many columns as the table, or more.
func gridSpans(columns []view.Column, grid []float64) []int {
	list := make([]int, len(columns))
	for i := range list {
		list[i] = 1
	}
	for free := len(grid) - len(list); free > 0; free-- {
		worst := mostCramped(columns, list, grid)
		if worst < 0 {
			if last := len(list) - 1; last >= 0 && list[last] > 1 {
				list[last] += free
			}
			break
		}
		list[worst]++
	}
	return list
}

// mostCramped returns the column that most needs more of the grid, or -1.
func mostCramped(columns []view.Column, spans []int, grid []float64) int {
	worst, most := -1, cramped
	at := 0
	for i, n := range spans {
		if need := float64(columns[i].Chars) / sum(grid[at:at+n]); need > most {
			worst, most = i, need
		}
		at += n
	}
	return worst
}

func sum(list []float64) float64 {
	n := 0.0
	for _, v := range list {
		n += v
	}
	return n
}

// wide returns a cell that is merged over n columns.
func wide(c cell, n int) []cell {
	c.span = n
	cells := []cell{c}
	for len(cells) < n {
		cells = append(cells, cell{look: c.look})
	}
	return cells
}

// band returns a line with one text over all columns.
func band(c cell, columns int) line { return line{cells: wide(c, columns)} }

// write writes the sheet.
func (k *stack) write(p plan) error {
	p.widths, p.rows, p.paper = k.grid, len(k.lines), paperA4
	s, err := k.b.newSheet(p)
	if err != nil {
		return err
	}
	for _, l := range k.lines {
		s.add(l)
	}
	return s.close()
}

// writeStack writes a section that is not one table as a stack.
func (b *book) writeStack(s *view.Section, name string) error {
	k := &stack{b: b}
	for _, t := range s.Tables {
		for i, c := range t.Columns {
			if i == len(k.grid) {
				k.grid = append(k.grid, 0)
			}
			k.grid[i] = max(k.grid[i], float64(c.Chars))
		}
	}
	if len(k.grid) == 0 {
		k.grid = []float64{proseWidth}
	}
	k.title(s.Title, "")
	k.tables(s)
	return k.write(plan{name: name, portrait: true, tab: tabOf(s.ID)})
}

// proseWidth is the width of a sheet that holds text alone: that of an upright page,
// as LibreOffice does not shrink a single column.
const proseWidth = 88
