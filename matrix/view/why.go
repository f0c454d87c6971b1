package view

import (
	"fmt"
	"strconv"
	"strings"

	"raci/matrix"
	"raci/matrix/source"
)

// whyLimit keeps the reasons of a row within a cell; the rest is a matter for
// "raci explain".
const whyLimit = 4000

// Why returns the reasons of a row's letters in one line: for each party the
// statement that decided, and after it those that it won over; then what does
// not act on the row.
func (r *Report) Why(row *matrix.Row) string {
	out, more := make([]byte, 0, 512), 0
	for _, roles := range [][]matrix.Role{row.Roles, row.Overruled} {
		for i := range roles {
			before := len(out)
			if before > 0 {
				out = append(out, "  |  "...)
			}
			if out = r.appendReasons(out, &roles[i]); len(out) > whyLimit {
				out = out[:before]
				more++
			}
		}
	}
	for i := range row.Withheld {
		before := len(out)
		if out = appendWithheld(out, &row.Withheld[i]); len(out) > whyLimit {
			out = out[:before]
			more++
		}
	}
	if more += row.Unlisted.Reasons + row.Unlisted.Withheld; more > 0 {
		out = fmt.Appendf(out, "  |  %d more: raci explain", more)
	}
	return string(out)
}

// appendWithheld says what a statement would give that does not act on the row.
func appendWithheld(out []byte, w *matrix.Withheld) []byte {
	if len(out) > 0 {
		out = append(out, "  |  "...)
	}
	out = fmt.Appendf(out, "does not act, as the entry lies only partly inside: %s: %s", w.Gives(), OneLine(w.Text))
	if (w.At != source.Pos{}) {
		out = append(appendPos(append(out, " ("...), w.At), ')')
	}
	return out
}

// appendReasons says why a party has its letters. It stops where whyLimit is
// passed, because Why leaves the party out then.
func (r *Report) appendReasons(out []byte, role *matrix.Role) []byte {
	out = append(append(out, OneLine(r.PartyName(role.Party))...), ' ')
	out = append(append(out, nonEmpty(role.Letters.String(), "(no letter)")...), ": "...)
	for i := len(role.Reasons) - 1; i >= 0 && len(out) <= whyLimit; i-- {
		reason := &role.Reasons[i]
		if i < len(role.Reasons)-1 {
			out = append(out, "; "...)
		}
		lost := reason.LostTo != source.Pos{}
		if lost {
			out = append(out, "overruled: "...)
		}
		if reason.Letters != role.Letters {
			out = append(append(out, nonEmpty(reason.Letters.String(), "no letter")...), " by "...)
		}
		out = append(out, OneLine(reason.Text)...)
		if (reason.At != source.Pos{}) {
			out = append(appendPos(append(out, " ("...), reason.At), ')')
		}
		if lost {
			out = appendPos(append(out, ", by "...), reason.LostTo)
		}
	}
	return out
}

// appendPos writes what Pos.String returns.
func appendPos(out []byte, p source.Pos) []byte {
	out = append(out, OneLine(p.File)...)
	if p.Line == 0 {
		return out
	}
	out = strconv.AppendInt(append(out, ':'), int64(p.Line), 10)
	return strconv.AppendInt(append(out, ':'), int64(p.Col), 10)
}

// OneLine joins the lines of a text, with single spaces between its words.
func OneLine(s string) string {
	if strings.IndexByte(s, '\n') < 0 && strings.IndexByte(s, '\t') < 0 && !strings.Contains(s, "  ") && strings.Trim(s, " ") == s {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}
