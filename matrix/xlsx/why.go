package xlsx

import (
	"fmt"
	"strings"

	"raci/matrix"
)

// whyLimit keeps the reasons of a row within a cell; the rest is a matter
// for "raci explain".
const whyLimit = 4000

// why returns the reasons of a row's letters in one line: for each party the
// statement that decided, and after it those that it beat.
func (b *book) why(r *matrix.Row) string {
	var parts []string
	length, more := 0, 0
	for _, roles := range [][]matrix.Role{r.Roles, r.Silent} {
		for i := range roles {
			part := b.reasons(&roles[i])
			if length += len(part); length > whyLimit {
				more++
				continue
			}
			parts = append(parts, part)
		}
	}
	if more > 0 {
		parts = append(parts, fmt.Sprintf("%d more parties: raci explain", more))
	}
	return strings.Join(parts, "  |  ")
}

// reasons returns why a party has its letters.
func (b *book) reasons(role *matrix.Role) string {
	text := b.name(role.Party) + " " + or(role.Letters.String(), "(no letter)") + ": "
	for i := len(role.Reasons) - 1; i >= 0; i-- {
		reason := &role.Reasons[i]
		if i < len(role.Reasons)-1 {
			text += "; "
		}
		if reason.BeatBy != (matrix.Pos{}) {
			text += "beaten: "
		}
		if reason.Letters != role.Letters {
			text += or(reason.Letters.String(), "no letter") + " by "
		}
		text += reason.Text
		if place := reason.At.String(); place != "" {
			text += " (" + place + ")"
		}
		if reason.BeatBy != (matrix.Pos{}) {
			text += ", by " + reason.BeatBy.String()
		}
	}
	return oneLine(text)
}
