package xlsx

import (
	"strconv"

	"raci/matrix"
	"raci/matrix/source"
)

// whyLimit keeps the reasons of a row within a cell; the rest is a matter
// for "raci explain".
const whyLimit = 4000

// why returns the reasons of a row's letters in one line: for each party the
// statement that decided, and after it those that it beat.
func (b *book) why(r *matrix.Row) string {
	out, more := b.scratch[:0], 0
	for _, roles := range [][]matrix.Role{r.Roles, r.Overruled} {
		for i := range roles {
			before := len(out)
			if before > 0 {
				out = append(out, "  |  "...)
			}
			if out = b.appendReasons(out, &roles[i]); len(out) > whyLimit {
				out = out[:before]
				more++
			}
		}
	}
	if more > 0 {
		out = append(strconv.AppendInt(append(out, "  |  "...), int64(more), 10), " more parties: raci explain"...)
	}
	b.scratch = out
	return string(out)
}

// appendReasons says why a party has its letters.
func (b *book) appendReasons(out []byte, role *matrix.Role) []byte {
	out = append(append(out, oneLine(b.name(role.Party))...), ' ')
	out = append(append(out, or(b.letters[role.Letters&15], "(no letter)")...), ": "...)
	for i := len(role.Reasons) - 1; i >= 0; i-- {
		reason := &role.Reasons[i]
		if i < len(role.Reasons)-1 {
			out = append(out, "; "...)
		}
		if reason.LostTo != (source.Pos{}) {
			out = append(out, "beaten: "...)
		}
		if reason.Letters != role.Letters {
			out = append(append(out, or(b.letters[reason.Letters&15], "no letter")...), " by "...)
		}
		out = append(out, oneLine(reason.Text)...)
		if reason.At != (source.Pos{}) {
			out = append(appendPos(append(out, " ("...), reason.At), ')')
		}
		if reason.LostTo != (source.Pos{}) {
			out = appendPos(append(out, ", by "...), reason.LostTo)
		}
	}
	return out
}

// appendPos writes what Pos.String returns.
func appendPos(out []byte, p source.Pos) []byte {
	out = append(out, oneLine(p.File)...)
	if p.Line == 0 {
		return out
	}
	out = strconv.AppendInt(append(out, ':'), int64(p.Line), 10)
	return strconv.AppendInt(append(out, ':'), int64(p.Col), 10)
}
