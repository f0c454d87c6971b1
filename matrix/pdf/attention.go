package pdf

import (
	"cmp"
	"fmt"
	"slices"

	"raci/matrix"
	"raci/matrix/source"
)

// concern is something that a reader of the summary should know first.
type concern struct {
	rank   int // 0 is the worst
	word   string
	text   string
	target int
}

// attention lists the five concerns that come first.
func (r *builder) attention() {
	const most = 5
	all := slices.Concat(r.gapConcerns(), r.findingConcerns(), r.exceptionConcerns(), r.acceptedConcerns())
	slices.SortStableFunc(all, func(a, b concern) int { return cmp.Compare(a.rank, b.rank) })
	r.heading(margin, "What needs attention")
	if len(all) == 0 {
		r.text(margin, r.y+9, "Nothing: no gaps, no findings, and no exceptions that end.", regular, 9, ink)
		return
	}
	for i, c := range all {
		if i == most {
			r.text(margin, r.y+9, fmt.Sprintf("and %d more: see Exceptions and Findings", len(all)-most), italic, 8, grey)
			break
		}
		color := ink
		if c.rank == 0 {
			color = red
		}
		r.text(margin, r.y+9, r.shorten(c.word, bold, 8.5, 72), bold, 8.5, color)
		text := r.shorten(c.text, regular, 8.5, r.textWidth-76)
		if c.target > 0 {
			color = linkBlue
		} else {
			color = ink
		}
		r.text(margin+76, r.y+9, text, regular, 8.5, color)
		r.link(margin, r.y, r.textWidth, 12, c.target)
		r.y += 12.5
	}
}

// gapConcerns names the rows that no one is accountable for.
func (r *builder) gapConcerns() []concern {
	var ids []string
	for i := range r.m.Rows {
		if r.m.Rows[i].Accountable() == "" {
			ids = append(ids, r.clean(r.m.Rows[i].ID))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	first := slices.IndexFunc(r.m.Rows, func(row matrix.Row) bool { return row.Accountable() == "" })
	return []concern{{0, "gap", count(len(ids), "row has", "rows have") + " no one accountable: " + some(ids, 4), r.rowLinks[r.m.Rows[first].ID]}}
}

// findingConcerns has one concern for each rule that was broken.
func (r *builder) findingConcerns() []concern {
	var out []concern
	index := map[string]int{}
	times := map[string]int{}
	for _, f := range r.report.Findings.Open {
		if i, ok := r.rowNo[f.Row]; ok && f.Severity == source.Error && r.m.Rows[i].Accountable() == "" {
			continue // named as a gap already
		}
		key := string(f.Severity) + " " + f.Rule
		times[key]++
		if _, ok := index[key]; ok {
			continue
		}
		index[key] = len(out)
		rank := map[source.Severity]int{source.Error: 0, source.Warning: 2}
		n, ok := rank[f.Severity]
		if !ok {
			n = 4
		}
		out = append(out, concern{n, r.clean(string(f.Severity)), r.clean(f.Message), cmp.Or(r.rowLinks[f.Row], r.found)})
	}
	for key, i := range index {
		if times[key] > 1 {
			out[i].text = fmt.Sprintf("%d times: %s", times[key], out[i].text)
		}
	}
	return out
}

// exceptionConcerns has the exceptions that ended or will end, the first to
// end first.
func (r *builder) exceptionConcerns() []concern {
	var numbers []int
	found := map[source.Pos]bool{}
	for _, f := range r.report.Findings.Open {
		found[f.At] = f.At.Line > 0
	}
	for i, e := range r.m.Exceptions {
		if e.Expired && found[e.At] {
			continue // named as a finding already
		}
		if e.Expired || e.Expires != "" {
			numbers = append(numbers, i)
		}
	}
	slices.SortStableFunc(numbers, func(a, b int) int {
		return cmp.Compare(r.m.Exceptions[a].Expires, r.m.Exceptions[b].Expires)
	})
	var out []concern
	for _, i := range numbers {
		e := &r.m.Exceptions[i]
		c := concern{3, "exception", fmt.Sprintf("exception %d ends on %s: %s", i+1, r.clean(e.Expires), r.clean(e.Reason)), r.exceptNo[i]}
		if e.Expired {
			c.rank, c.text = 1, fmt.Sprintf("exception %d ended on %s, and the catalog applies again: %s", i+1, r.clean(e.Expires), r.clean(e.Reason))
		}
		out = append(out, c)
	}
	return out
}

// acceptedConcerns counts the findings that the manifest accepts, so that none
// is missed for want of a line under Findings.
func (r *builder) acceptedConcerns() []concern {
	if len(r.report.Findings.Accepted) == 0 {
		return nil
	}
	first := slices.MinFunc(r.report.Findings.Accepted, func(a, b matrix.Accepted) int { return cmp.Compare(a.Expires, b.Expires) })
	text := "1 finding is accepted until " + r.clean(first.Expires)
	if len(r.report.Findings.Accepted) > 1 {
		text = fmt.Sprintf("%d findings are accepted, the first of them until %s", len(r.report.Findings.Accepted), r.clean(first.Expires))
	}
	return []concern{{5, "accepted", text, r.accepted}}
}

// some joins the first n of the names, and says how many more there are.
func some(names []string, n int) string {
	if len(names) <= n {
		return join(", ", names...)
	}
	return fmt.Sprintf("%s and %d more", join(", ", names[:n]...), len(names)-n)
}
