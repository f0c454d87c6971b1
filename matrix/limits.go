package matrix

import (
	"fmt"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// Limits on a matrix, so that a manifest of any shape ends in a matrix or in an
// error, and neither in the machine's memory nor after minutes.
const (
	MaxRows    = 250_000     // rows
	maxCells   = 10_000_000  // rows times parties
	maxLetters = 3_000_000   // cells that hold letters
	maxTexts   = 400_000_000 // bytes of texts in all rows
	maxAnswers = 10_000_000  // rows of all requirements
	maxWork    = 100_000_000 // of finding and comparing the statements about all rows, in units of some ten nanoseconds
)

// What a text or an item of a list takes in a report beside its words.
const (
	textOverhead = 40
	itemOverhead = 16
)

// checkSize reports a matrix that would be too large, before it is made.
func (b *builder) checkSize() {
	rows, entries, parties := b.countRows(), len(b.m.Entries), len(b.m.Parties)
	switch {
	case rows > MaxRows:
		b.problems.Add(b.man.servicesAt, "split the manifest into several systems, or let one entry stand for several uses that have the same owner",
			"the matrix of %d entries would have %d rows; at most %d are allowed", entries, rows, MaxRows)
	case rows*parties > maxCells:
		b.problems.Add(b.man.servicesAt, "split the manifest into several systems, or declare fewer parties",
			"the matrix of %d rows and %d parties would have %d cells; at most %d are allowed", rows, parties, rows*parties, maxCells)
	}
	if n := b.countAnswers(); n > maxAnswers {
		b.tooLarge(b.man.Frameworks[0].At, "choose fewer frameworks or a smaller baseline, or split the manifest into several systems",
			fmt.Sprintf("the requirements of the chosen frameworks would be answered by %d rows, each counted as often as it answers one; at most %d are allowed", n, maxAnswers))
	}
}

// countAnswers counts the rows of each requirement as if all were about all services.
func (b *builder) countAnswers() int {
	uses, rows, n := map[*catalog.Resolved]int{}, map[string]int{}, 0
	for _, r := range b.resolved {
		uses[r]++
	}
	for r, times := range uses {
		for i := range r.Splits {
			if b.hasRow(&r.Splits[i]) {
				rows[r.Splits[i].Duty.ID] += times
			}
		}
	}
	for i := range b.m.Frameworks {
		for _, q := range b.m.Frameworks[i].Requirements {
			for _, d := range q.Duties {
				n += rows[d]
			}
		}
	}
	return n
}

// countRows counts the rows that the matrix has before overrides take some out.
func (b *builder) countRows() int {
	n := b.serviceRows()
	for _, d := range b.cat.Duties() {
		if d.Scope != catalog.ServiceScope {
			n++
		}
	}
	return n
}

// work is what finds and compares statements, where the manifest lists them, and
// what to do if there are too many.
type work struct {
	statements string
	at         func(*Manifest) source.Pos
}

var (
	overridesWork = work{"overrides", func(man *Manifest) source.Pos { return man.overridesAt }}
	rulesWork     = work{"rules", func(man *Manifest) source.Pos { return man.rulesAt }}
)

// allows reports whether so much work is allowed, and notes a problem if it is not.
func (b *builder) allows(effort int, w work) bool {
	if effort <= maxWork {
		return true
	}
	b.tooLarge(w.at(b.man), "let each select less, join those that say the same, name fewer parties and items in them, or split the manifest into several systems",
		fmt.Sprintf("the %s of this manifest speak of too many rows too often", w.statements))
	return false
}

func (b *builder) tooLarge(at source.Pos, hint, message string) {
	if at.Line == 0 {
		at = b.man.servicesAt
	}
	b.problems.Add(at, hint, "%s", message)
}

// takesRow counts what a row that has its letters holds, and reports whether the
// matrix may go on to grow.
func (b *builder) takesRow(a *assigner, r *Row) bool {
	b.letters += len(r.Roles)
	b.texts += r.textSize()
	switch {
	case b.letters > maxLetters:
		b.tooLarge(b.man.servicesAt, "name fewer parties as consulted and informed, or split the manifest into several systems",
			fmt.Sprintf("the matrix of %d rows would hold more than %d letters", len(b.m.Rows), maxLetters))
	case b.texts > maxTexts:
		b.tooLarge(b.man.servicesAt, "shorten the texts, reasons and evidence that many rows repeat, or split the manifest into several systems",
			fmt.Sprintf("the texts of all %d rows would take more than %d MB", len(b.m.Rows), maxTexts/1_000_000))
	default:
		return b.allows(a.rules.effort+askEffort*a.granted, rulesWork)
	}
	return false
}

// textSize is what the texts of a row take in a report.
func (r *Row) textSize() int {
	n := len(r.Offers) + len(r.Note)
	for _, sides := range [][]catalog.Side{r.Sides, r.Replaced} {
		for i := range sides {
			n += len(sides[i].Text) + textOverhead
		}
	}
	for _, e := range r.Evidence {
		n += len(e) + itemOverhead
	}
	for _, roles := range [][]Role{r.Roles, r.Overruled} {
		for i := range roles {
			for k := range roles[i].Reasons {
				n += len(roles[i].Reasons[k].Text) + textOverhead
			}
		}
	}
	for i := range r.Details {
		d := &r.Details[i]
		n += len(d.Text) + textOverhead
		for _, s := range d.Says {
			n += 2 * (len(s) + itemOverhead) // also in its place
		}
	}
	for i := range r.Withheld {
		w := &r.Withheld[i]
		n += len(w.Text) + textOverhead + 10*len(w.Parties)
		for _, s := range w.Says {
			n += len(s)
		}
	}
	return n
}
