package matrix

import (
	"cmp"
	"slices"

	"raci/matrix/catalog"
)

// override applies the manifest's overrides, and drops the rows that do not
// apply. The most specific override of a row wins; of two equally specific
// ones the later. One that has expired is listed but changes nothing.
func (b *builder) override() {
	b.listExceptions()
	b.reached, b.partly = make([]bool, len(b.man.Overrides)), make([]meeting, len(b.man.Overrides))
	b.conflicts.room = &b.room
	entries, index := b.m.EntriesByName(), SelectorIndex{}
	for i := range b.man.Overrides {
		b.weights = append(b.weights, b.man.Overrides[i].weight())
		index.Add(b.man.Overrides[i].Matcher())
	}
	for j := range b.m.Rows {
		r := &b.m.Rows[j]
		selecting, partly := index.Of(r, entries[r.Entry])
		b.withholdOverrides(r, entries[r.Entry], partly)
		if i := b.decideOverrides(r, selecting); i >= 0 {
			b.man.Overrides[i].applyTo(r, b.m.Exceptions[i].Sides)
			r.Exception = i
			b.m.Exceptions[i].add(r)
		}
		if !b.allows(index.effort, overridesWork) {
			return
		}
	}
	b.m.Rows = slices.DeleteFunc(b.m.Rows, func(r Row) bool { return r.Split == catalog.NoSplit })
}

func (b *builder) listExceptions() {
	for i := range b.man.Overrides {
		o := &b.man.Overrides[i]
		b.m.Exceptions = append(b.m.Exceptions, Exception{Sides: o.sorted(), Evidence: o.Evidence, Reason: o.Reason, Expires: o.Expires,
			Expired: o.expired(b.man.Date), Selector: o.Selector, At: o.At})
	}
}

// sorted returns the sides in the order in which rows have them.
func (o *Override) sorted() []catalog.Side {
	sides := slices.Clone(o.Sides)
	catalog.SortSides(sides)
	return sides
}

// decideOverrides returns which of the overrides that select a row wins, or -1.
func (b *builder) decideOverrides(r *Row, overrides []int) (winner int) {
	winner = -1
	beaten, equals := b.beaten[:0], b.equals[:0]
	for _, i := range overrides {
		if !b.speaksOf(i, r) {
			continue
		}
		b.reached[i] = true
		switch {
		case winner < 0:
			winner = i
		case b.weights[i] < b.weights[winner]:
			beaten = append(beaten, i)
		default:
			if b.weights[i] == b.weights[winner] {
				equals = append(equals, [2]int{winner, i})
			}
			beaten, winner = append(beaten, winner), i
		}
	}
	b.beaten, b.equals = beaten, equals
	if n := max(0, len(beaten)-MostStatements); len(beaten) > 0 {
		r.LosingOverrides, r.Unlisted.LosingOverrides = slices.Clone(beaten[n:]), n
	}
	for _, pair := range equals[max(0, len(equals)-MostStatements):] {
		if !b.agree(pair) {
			b.conflicts.add(conflict{winner: b.man.Overrides[pair[1]].At, loser: b.man.Overrides[pair[0]].At, later: pair[1]}, r.ID)
		}
	}
	return winner
}

// speaksOf reports whether an override that selects a row says something of it.
func (b *builder) speaksOf(override int, r *Row) bool {
	return !b.m.Exceptions[override].Expired && b.man.Overrides[override].appliesTo(r)
}

// withholdOverrides notes which overrides do not act on the row.
func (b *builder) withholdOverrides(r *Row, e *Entry, overrides []int) {
	for _, i := range overrides {
		if !b.speaksOf(i, r) {
			continue
		}
		b.partly[i].add(r, e, &b.room)
		if len(r.Withheld) == MostStatements {
			r.Unlisted.Withheld++
		} else {
			r.Withheld = append(r.Withheld, Withheld{At: b.man.Overrides[i].At, Text: cmp.Or(b.man.Overrides[i].Reason, "no reason is stated")})
		}
	}
}

// appliesTo reports whether the override is about a row that it selects. A duty
// that does not apply comes back only where the override names the duty and an
// entry or a service: a wider one deviates from what is there.
func (o *Override) appliesTo(r *Row) bool {
	return r.Split != catalog.NoSplit || o.bringsBack()
}

// bringsBack reports whether the override speaks of duties that do not apply as well.
func (o *Override) bringsBack() bool {
	return !o.None && selectsByName(o.Duties) && (selectsByName(o.Entries) || selectsByName(o.Services))
}

// agree reports whether two overrides say the same of a row. They are compared
// once, as they meet in many rows.
func (b *builder) agree(pair [2]int) bool {
	same, known := b.agreed[pair]
	if !known {
		x, y := &b.m.Exceptions[pair[0]], &b.m.Exceptions[pair[1]]
		same = b.man.Overrides[pair[0]].None == b.man.Overrides[pair[1]].None && slices.Equal(x.Evidence, y.Evidence) &&
			slices.EqualFunc(x.Sides, y.Sides, func(x, y catalog.Side) bool { return x.Who == y.Who && x.Text == y.Text })
		if b.agreed == nil || len(b.agreed) > mostConflicts {
			b.agreed = map[[2]int]bool{}
		}
		b.agreed[pair] = same
	}
	return same
}

// expired reports whether the override ended before the manifest's date; both
// are ISO dates, which sort as text. Without a date nothing is known to have
// expired.
func (o *Override) expired(date string) bool {
	return o.Expires != "" && date != "" && o.Expires < date
}

// applyTo replaces what the catalog says with these sides, those of the override in
// the order of rows. Its evidence shows what its performers
// do: where others perform the duty it goes with them, as in the catalog itself.
func (o *Override) applyTo(r *Row, sides []catalog.Side) {
	if len(o.Evidence) > 0 || !catalog.SamePerformers(r.Sides, sides) {
		if !slices.Equal(r.Evidence, o.Evidence) {
			r.ReplacedEvidence = r.Evidence
		}
		r.Evidence = o.Evidence
	}
	if !slices.ContainsFunc(sides, func(s catalog.Side) bool { return s.Who == catalog.Customer }) {
		r.Offers = "" // there is no part for which the customer could use it
	}
	r.Replaced = r.Sides
	r.Sides, r.Split, r.Basis, r.Sources, r.Note = sides, catalog.SplitOf(sides), catalog.BasisOverride, nil, o.Reason
	r.Facts, r.UnknownFacts = nil, nil
}
