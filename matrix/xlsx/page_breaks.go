package xlsx

import "encoding/xml"

// breakLimit is the most page breaks that Excel keeps in a sheet.
const breakLimit = 1026

// pageBreaks finds where a print of a sheet breaks: before a block of lines that
// does not fit on what is left of a page, if that is less than a half. Heights
// are in points.
type pageBreaks struct {
	heads   int     // rows that are repeated on each page
	page    float64 // room for other rows on a page
	top     float64 // of the block, on its page
	block   float64 // height of the block so far
	first   int     // row of the block
	breaks  []int   // rows above which a page begins
	blocked bool    // in a block
	whole   bool    // see plan
}

// newPageBreaks measures the pages of a sheet that is printed one page wide.
func newPageBreaks(p *plan) pageBreaks {
	width, height := 595.0, 842.0
	if p.paper == paperA3 {
		width, height = 842, 1191
	}
	if !p.portrait {
		width, height = height, width
	}
	columns := p.widths
	if p.printCols > 0 {
		columns = columns[:p.printCols]
	}
	sum := 0.0
	for _, w := range columns {
		sum += w * 8 * 0.75
	}
	scale := min(1, (width-2*sideMargin*72)/max(sum, 1))
	return pageBreaks{whole: p.whole, heads: p.freezeRows, page: (height - 2*topMargin*72) / scale * 0.97} // programs round differently
}

// add counts a row.
func (p *pageBreaks) add(row int, height float64, begins bool) {
	if row <= p.heads {
		p.page -= height
		return
	}
	if begins {
		p.end()
		p.first, p.blocked = row, true
	}
	p.block += height
}

// end ends a block.
func (p *pageBreaks) end() {
	if p.blocked && (p.top > p.page/2 || p.whole && p.top > 0) && p.top+p.block > p.page && len(p.breaks) < breakLimit {
		p.breaks = append(p.breaks, p.first)
		p.top = 0
	}
	for p.top += p.block; p.top > p.page && p.page > 0; {
		p.top -= p.page
	}
	p.block = 0
}

// setBreaks sets the page breaks of the sheet.
func (s *sheet) setBreaks() error {
	s.pages.end()
	type rowBreak struct {
		Row int  `xml:"id,attr"` // the last one of a page
		Max int  `xml:"max,attr"`
		Man bool `xml:"man,attr"`
	}
	list := struct {
		XMLName xml.Name   `xml:"rowBreaks"`
		Count   int        `xml:"count,attr"`
		Manual  int        `xml:"manualBreakCount,attr"`
		Breaks  []rowBreak `xml:"brk"`
	}{Count: len(s.pages.breaks), Manual: len(s.pages.breaks)}
	for _, row := range s.pages.breaks {
		list.Breaks = append(list.Breaks, rowBreak{row - 1, columnLimit - 1, true})
	}
	if len(list.Breaks) == 0 {
		return nil
	}
	return s.amend("page breaks", list)
}
