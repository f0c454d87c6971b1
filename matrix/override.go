package matrix

import (
	"slices"

	"raci/matrix/catalog"
)

// override applies the manifest's overrides, and drops the rows that do not
// apply. The most specific override of a row wins; of two equally specific
// ones the later. One that has expired is listed but changes nothing.
func (b *builder) override() {
	entries := b.entries()
	winners := make([]int, len(b.m.Rows)) // index of the override, or -1
	for j := range winners {
		winners[j] = -1
	}
	b.reached = make([]bool, len(b.man.Overrides))
	for i := range b.man.Overrides {
		o := &b.man.Overrides[i]
		b.m.Exceptions = append(b.m.Exceptions, Exception{Reason: o.Reason, Expires: o.Expires, Expired: o.expired(b.man.Date), Selector: o.Selector, At: o.At})
		if b.m.Exceptions[i].Expired {
			continue
		}
		for j := range b.m.Rows {
			if r := &b.m.Rows[j]; o.reaches(r, entries[r.Entry]) {
				b.reached[i] = true
				winners[j] = b.decideOverride(r, winners[j], i)
			}
		}
	}
	for j, i := range winners {
		if i >= 0 {
			r := &b.m.Rows[j]
			b.man.Overrides[i].change(r)
			r.Exception = i
			b.m.Exceptions[i].Rows = append(b.m.Exceptions[i].Rows, r.ID)
		}
	}
	b.m.Rows = slices.DeleteFunc(b.m.Rows, func(r Row) bool { return r.Split == catalog.NoSplit })
}

// reaches reports whether the override speaks of a row. A duty that does not
// apply comes back only where the override names the duty and an entry or a
// service: a wider one deviates from what is there.
func (o *Override) reaches(r *Row, e *Entry) bool {
	if r.Split == catalog.NoSplit && (o.None || !narrows(o.Duties) || !narrows(o.Entries) && !narrows(o.Services)) {
		return false
	}
	return o.Matches(r, e)
}

// decideOverride returns which of two overrides of a row wins, the one so far
// or the next, and notes the other.
func (b *builder) decideOverride(r *Row, now, next int) int {
	if now < 0 {
		return next
	}
	old, o := &b.man.Overrides[now], &b.man.Overrides[next]
	if o.weight() < old.weight() {
		r.LosingOverrides = append(r.LosingOverrides, next)
		return now
	}
	r.LosingOverrides = append(r.LosingOverrides, now)
	if o.weight() == old.weight() && !old.sameAs(o) {
		b.conflicts.add(conflict{winner: o.At, loser: old.At}, r.ID)
	}
	return next
}

// sameAs reports whether both say the same of a row.
func (o *Override) sameAs(other *Override) bool {
	return o.None == other.None && slices.EqualFunc(o.Sides, other.Sides, func(x, y catalog.Side) bool { return x.Who == y.Who && x.Text == y.Text })
}

// expired reports whether the override ended before the manifest's date; both
// are ISO dates, which sort as text. Without a date nothing is known to have
// expired.
func (o *Override) expired(date string) bool {
	return o.Expires != "" && date != "" && o.Expires < date
}

func (o *Override) change(r *Row) {
	sides := slices.Clone(o.Sides)
	catalog.SortSides(sides)
	if !catalog.SamePerformers(r.Sides, sides) {
		r.Evidence = nil
	}
	r.Replaced = r.Sides
	r.Sides, r.Split, r.Basis, r.Sources, r.Note = sides, catalog.SplitOf(sides), catalog.BasisOverride, nil, o.Reason
}
