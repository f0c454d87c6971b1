package xlsx

import "raci/matrix/catalog"

// splitCode returns the letter of a split in the sheet Split.
func (b *book) splitCode(split string) string {
	switch split {
	case catalog.AWS:
		return "A"
	case catalog.Customer:
		return "C"
	case catalog.Shared:
		return "S"
	case catalog.NoSplit, "":
		return "–"
	}
	if len(b.stats.others) == 1 {
		return "O"
	}
	return "O" + itoa(b.stats.others[split])
}

// grid is who performs each duty in each group of rows.
type grid struct {
	controls []gridControl
	duties   int
}

type gridControl struct {
	name   string
	duties []*gridDuty
}

type gridDuty struct {
	title  string
	splits []string // by group; "" where the group does not have the duty
}

func (b *book) grid() grid {
	var g grid
	controls := map[string]int{}
	duties := map[[2]string]*gridDuty{}
	for column, group := range b.layout.groups {
		for i := group.first; i < group.next; i++ {
			r := &b.m.Rows[i]
			at, ok := controls[r.Control]
			if !ok {
				at = len(g.controls)
				controls[r.Control] = at
				g.controls = append(g.controls, gridControl{name: or(r.ControlName, r.Control)})
			}
			d := duties[[2]string{r.Control, r.Duty}]
			if d == nil {
				d = &gridDuty{title: or(r.Title, r.Duty), splits: make([]string, len(b.layout.groups))}
				duties[[2]string{r.Control, r.Duty}] = d
				g.controls[at].duties = append(g.controls[at].duties, d)
				g.duties++
			}
			d.splits[column] = or(r.Split, catalog.NoSplit)
		}
	}
	return g
}

// writeSplit writes the sheet that shows all entries at a glance.
func (b *book) writeSplit() error {
	g := b.grid()
	columns := []matrixColumn{{heading: "Duty", width: 52}}
	turned := len(b.layout.groups) > 6
	for _, group := range b.layout.groups {
		columns = append(columns, matrixColumn{heading: b.m.EntryTitle(group.entry), width: 14, turned: turned})
	}
	widths, top := b.widths(columns)
	paper := paperA4
	if len(columns) > 25 {
		paper = paperA3
	}
	s, err := b.newSheet(plan{name: "Split", widths: widths, rows: 2 + len(g.controls) + g.duties, freezeCols: 1, freezeRows: 2, paper: paper, portrait: len(columns) <= 14, tab: "7A5EA8"})
	if err != nil {
		return err
	}
	s.add(line{cells: []cell{{look: bare, text: b.splitKey()}}, height: 20})
	s.add(headings(columns, top))
	for _, c := range g.controls {
		b.addControl(s, &c, len(columns))
	}
	return s.close()
}

// addControl writes a control and its duties.
func (b *book) addControl(s *sheet, c *gridControl, columns int) {
	head := make([]cell, columns)
	for i := range head {
		head[i].look = groupText
	}
	head[0] = cell{look: groupOpen, text: oneLine(c.name)}
	s.add(line{cells: head, height: 18, about: "control " + c.name})
	for _, d := range c.duties {
		cells := []cell{{look: plain, text: d.title}}
		for _, split := range d.splits {
			if split == "" {
				cells = append(cells, cell{look: plain})
				continue
			}
			cells = append(cells, cell{look: splitLook(split), text: b.splitCode(split)})
		}
		s.add(line{cells: cells, about: "duty " + d.title})
	}
}

// splitKey explains the letters of the sheet.
func (b *book) splitKey() string {
	key := "A: AWS alone.  C: customer alone.  S: shared.  "
	for _, s := range b.stats.splits {
		if b.stats.others[s] == 0 {
			continue
		}
		key += b.splitCode(s) + ": " + b.splitName(s) + " alone.  "
	}
	return oneLine(key + "Empty: the duty does not arise.")
}
