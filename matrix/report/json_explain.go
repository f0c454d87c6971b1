package report

import (
	"bufio"
	"bytes"
	"encoding/json"

	"raci/matrix"
)

// ExplainRow returns the row as the JSON format writes it.
func ExplainRow(r *matrix.Row) any {
	return fragment(func(w *jsonWriter) { w.row(r) })
}

// ExplainAnswer returns the answer to a requirement as the JSON format writes
// it, and beside it what asks for it and who owns its lettered statements. The
// title is that of the requirement also where the answer is to a statement.
func ExplainAnswer(found matrix.FoundAnswer) any {
	s, a, q := found.Selection, found.Answer, *found.Requirement
	q.Title = found.Title
	a.Requirement = &q
	return fragment(func(w *jsonWriter) {
		w.open('{')
		w.text("framework", s.Framework.ID)
		w.text("selection", s.Name)
		w.answer(&a)
		w.list("statements", len(a.Statements), func(i int) {
			w.open('{')
			w.text("id", a.Statements[i].Requirement.ID)
			w.text("ownership", string(a.Statements[i].Ownership))
			w.text("inheritance", string(a.Statements[i].Inheritance))
			if a.Statements[i].Excluded != "" {
				w.text("excluded", a.Statements[i].Excluded)
			}
			w.close('}')
		})
		w.close('}')
	})
}

// fragment returns a part of the format, for an encoder of JSON.
func fragment(write func(*jsonWriter)) any {
	var b bytes.Buffer
	w := &jsonWriter{w: bufio.NewWriter(&b)}
	write(w)
	_ = w.end() // a buffer takes everything
	return json.RawMessage(b.Bytes())
}
