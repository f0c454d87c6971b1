package pdf

import (
	"slices"
	"strconv"
	"strings"

	"raci/matrix"
	"raci/matrix/view"
)

// paragraph is a cleaned text of a cell.
type paragraph struct {
	text   string
	face   face
	color  rgb
	target int
	url    string
}

// wrapped wraps texts into the lines of a cell.
func (r *builder) wrapped(width float64, texts ...paragraph) []line {
	var out []line
	for i := range texts {
		p := &texts[i]
		lines := r.wrap(p.text, p.face, small, width-2*pad)
		out = slices.Grow(out, len(lines))
		for _, s := range lines {
			out = append(out, line{text: s, face: p.face, color: p.color, target: p.target, url: p.url})
		}
	}
	return out
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

// processTexts are how a duty is done, pages as links.
func (r *builder) processTexts(row *matrix.Row) []paragraph {
	var texts []paragraph
	for _, l := range view.ProcessLines(row.Process) {
		p := paragraph{text: "\u2022\u00a0" + r.clean(l.WithHost()), color: ink}
		if p.url = webAddress(l.Link.To); p.url != "" {
			p.color = linkBlue
		}
		texts = append(texts, p)
	}
	return texts
}

// howTexts are how and how often a duty is done, and what shows it, each below its
// title unless it is evidence alone.
func (r *builder) howTexts(row *matrix.Row, evidence []paragraph) []paragraph {
	var texts []paragraph
	title := func(s string) { texts = append(texts, paragraph{text: s + ":", face: bold, color: ink}) }
	if len(row.Process) > 0 {
		title(view.ProcessTitle)
		texts = append(texts, r.processTexts(row)...)
	}
	if row.Frequency != "" {
		texts = append(texts, paragraph{text: view.FrequencyTitle + ":\u00a0" + r.clean(view.FrequencyName(row.Frequency)), color: ink})
	}
	if len(texts) > 0 && len(row.Evidence) > 0 {
		title(view.EvidenceTitle)
	}
	return append(texts, evidence...)
}

// plainTexts are a cell of plain text.
func (r *builder) plainTexts(s string) []paragraph {
	return []paragraph{{text: r.clean(s), color: ink}}
}

// lineTexts are lines that are cleaned.
func lineTexts(lines string) []paragraph {
	var texts []paragraph
	for s := range strings.SplitSeq(lines, "\n") {
		texts = append(texts, paragraph{text: s, color: ink})
	}
	return texts
}
