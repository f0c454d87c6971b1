package pdf

import (
	"slices"
	"strconv"
	"strings"

	"raci/matrix"
	"raci/matrix/view"
)

// matrix lays out the rows, group by group, with all that a page has room for.
func (r *builder) matrix(s *view.Section) {
	r.newPage()
	r.sectionTitle(s, 60)
	if len(r.m.Rows) == 0 {
		for _, t := range s.Tables {
			r.paragraph(margin, r.textWidth, r.clean(t.Empty), regular, bodySize, ink)
		}
		return
	}
	f := r.form()
	t := &table{l: r.layout, x: margin, size: small, cols: f.columns()}
	for i := range r.m.Rows {
		row := &r.m.Rows[i]
		r.row = row.ID
		if i == 0 || r.m.Rows[i-1].Entry != row.Entry {
			t.group(r.groupBar(row.Entry))
		}
		t.row(f.cells(row), func(h float64) {
			r.place(r.target(view.ToRow, row.ID))
			if view.CheckWord(row) == view.CheckNoA {
				r.rect(margin-4, r.y, 3, h, red)
			}
		})
	}
	t.end()
	r.endPage()
}

// groupBar is the heading of an entry: name, service, variants and owner.
func (r *builder) groupBar(entry string) bar {
	b := bar{title: r.clean(r.m.EntryTitle(entry)), detail: r.clean(r.report.EntryFacts(entry)), target: r.newTarget()}
	r.marks = append(r.marks, mark{level: 1, text: b.title, target: b.target})
	return b
}

// markTexts are what is special about a row.
func (r *builder) markTexts(row *matrix.Row) []paragraph {
	var texts []paragraph
	for _, word := range view.Marks(row) {
		st, target := styles[view.Bad], 0
		if row.Exception >= 0 && word == view.ExceptionMark(row) {
			st, target = styles[view.Mark], r.target(view.ToException, strconv.Itoa(row.Exception+1))
		}
		texts = append(texts, paragraph{text: word, face: st.face, color: st.color, target: target})
	}
	return texts
}

// letterCell is a field of letters.
func letterCell(l matrix.Letters) cell {
	if l == 0 {
		return cell{}
	}
	st := styles[view.LettersTone(l)]
	return cell{lines: []line{{text: l.String(), face: st.face, color: st.color}}, fill: st.fill}
}

// sourceTexts are the numbers of a row's sources, with their months.
func (r *builder) sourceTexts(row *matrix.Row) []paragraph {
	var texts []paragraph
	for _, s := range row.Sources {
		no := strconv.Itoa(r.report.SourceNumber(s.URL))
		texts = append(texts, paragraph{text: join("\u00a0", "["+no+"]", r.clean(s.Checked)), color: linkBlue, target: r.target(toSource, no)})
	}
	return texts
}

// itemTexts are texts that stand one to a line. The bullets of the view stay with
// the words that follow them.
func (r *builder) itemTexts(lines string) []paragraph {
	var texts []paragraph
	for item := range strings.SplitSeq(lines, "\n") {
		text, bullet := strings.CutPrefix(item, "\u2022 ")
		if text = r.clean(text); bullet {
			text = "\u2022\u00a0" + text
		}
		texts = append(texts, paragraph{text: text, color: ink})
	}
	return texts
}

// paragraph is a cleaned text of a cell.
type paragraph struct {
	text   string
	face   face
	color  rgb
	target int
}

// plainTexts are a cell of plain text.
func (r *builder) plainTexts(s string) []paragraph {
	return []paragraph{{text: r.clean(s), color: ink}}
}

// wrapped wraps texts into the lines of a cell.
func (r *builder) wrapped(width float64, texts ...paragraph) []line {
	var out []line
	for i := range texts {
		p := &texts[i]
		lines := r.wrap(p.text, p.face, small, width-2*pad)
		out = slices.Grow(out, len(lines))
		for _, s := range lines {
			out = append(out, line{text: s, face: p.face, color: p.color, target: p.target})
		}
	}
	return out
}

// join joins the parts that are not empty.
func join(sep string, parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, sep)
}

// revision is how the revision is printed, or "".
func (r *builder) revision() string {
	if r.m.Revision == "" {
		return ""
	}
	return "revision " + r.clean(r.m.Revision)
}
