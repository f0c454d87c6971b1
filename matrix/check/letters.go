package check

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// manifestStart is where a finding about the manifest as a whole is reported.
func manifestStart(m *input) source.Pos { return source.Pos{File: m.File, Line: 1, Col: 1} }

// rowPlace is where a missing letter of the row can be added.
func rowPlace(m *input, r *matrix.Row) source.Pos {
	if e := m.entries[r.Entry]; e != nil {
		return e.At
	}
	return m.Place(matrix.PlaceDefaults)
}

// eachRow reports what broken says of each row, at the statement that is the
// cause or, where that is nowhere, at the place of the row.
func eachRow(broken func(m *input, r *matrix.Row) (message string, cause source.Pos)) func(*input, reporter) {
	return func(m *input, report reporter) {
		for i := range m.Rows {
			message, cause := broken(m, &m.Rows[i])
			if message == "" {
				continue
			}
			if cause.Line == 0 || cause.File != m.File {
				cause = rowPlace(m, &m.Rows[i])
			}
			report(cause, aboutRow(m, &m.Rows[i]), message)
		}
	}
}

// clearedAt returns where the manifest takes a letter of a row from everybody.
func clearedAt(r *matrix.Row, letter matrix.Letters) (at source.Pos) {
	for _, c := range r.Cleared {
		if c.Letters == letter {
			at = c.At
		}
	}
	return at
}

// decidedAt returns where the last party with the letter got it, which an edited
// matrix need not say.
func decidedAt(r *matrix.Row, letter matrix.Letters, party string) (at source.Pos) {
	for _, role := range r.Roles {
		if n := len(role.Reasons); n > 0 && role.Letters.Has(letter) && (party == "" || party == role.Party) {
			at = role.Reasons[n-1].At
		}
	}
	return at
}

// unassigned reports whether nobody does the work, or nobody the customer's
// part of it. The row itself says so, but not where letters were taken away by
// hand.
func unassigned(r *matrix.Row) bool {
	all, ours := 0, 0 // who does the work, and who does the customer's part
	for _, role := range r.Roles {
		if role.Letters.Has(matrix.Responsible) {
			all++
			if r.Side(role.Party) == "" {
				ours++
			}
		}
	}
	return r.Unassigned || all == 0 || ours == 0 && r.Side(catalog.Customer) != ""
}

var noAccountable = eachRow(func(_ *input, r *matrix.Row) (string, source.Pos) {
	if r.Accountable() != "" || unassigned(r) {
		return "", source.Pos{}
	}
	return fmt.Sprintf("nobody is accountable for %q", r.Title), clearedAt(r, matrix.Accountable)
})

var twoAccountables = eachRow(func(_ *input, r *matrix.Row) (string, source.Pos) {
	if holders := partiesWith(r, matrix.Accountable); len(holders) > 1 {
		return fmt.Sprintf("%s are all accountable for %q", someParties(holders), r.Title), decidedAt(r, matrix.Accountable, "")
	}
	return "", source.Pos{}
})

var noResponsible = eachRow(func(_ *input, r *matrix.Row) (string, source.Pos) {
	accountable := r.Accountable()
	if !unassigned(r) || accountable == "" {
		return "", source.Pos{}
	}
	return fmt.Sprintf("nobody is named as responsible for %q; %s holds %s", r.Title, accountable, r.Letters(accountable)), clearedAt(r, matrix.Responsible)
})

var unassignedDuty = eachRow(func(_ *input, r *matrix.Row) (string, source.Pos) {
	if !unassigned(r) || r.Accountable() != "" {
		return "", source.Pos{}
	}
	return fmt.Sprintf("nobody is responsible or accountable for %q", r.Title), clearedAt(r, matrix.Accountable)
})

func providerLetter(m *input, report reporter) {
	providerInRow(m, report)
	for _, a := range m.RuledAnswers() {
		if i := slices.IndexFunc(a.Rule.Responsible, func(p source.Ref) bool { return p.ID == catalog.AWS }); i >= 0 && a.Ownership == matrix.OwnedByCustomer {
			report(a.Rule.Responsible[i].At, aboutRequirement(a.Framework, a.Within.ID), "AWS is responsible for "+a.Name.ID+", but has no part in it")
		}
	}
	for _, a := range m.AnswerRules {
		if len(a.Requirements) > 0 && a.Accountable.ID == catalog.AWS && m.Accountability != matrix.ProviderAccountable {
			report(a.Accountable.At, aboutManifest(), "AWS answers for "+matrix.SomeRows(source.IDs(a.Requirements))+", but accountability cannot be handed to a provider")
		}
	}
}

var providerInRow = eachRow(func(_ *input, r *matrix.Row) (string, source.Pos) {
	if l := r.Letters(catalog.AWS); l != 0 && r.Side(catalog.AWS) == "" {
		return fmt.Sprintf("AWS holds %s, but has no part in %q", l, r.Title), decidedAt(r, l, catalog.AWS)
	}
	return "", source.Pos{}
})

var manyConsulted = eachRow(func(m *input, r *matrix.Row) (string, source.Pos) {
	if c := partiesWith(r, matrix.Consulted); len(c) > m.Check.MaxConsulted {
		return fmt.Sprintf("%d parties are consulted on %q: %s", len(c), r.Title, someParties(c)), decidedAt(r, matrix.Consulted, "")
	}
	return "", source.Pos{}
})

var noProcess = eachRow(func(_ *input, r *matrix.Row) (string, source.Pos) {
	if r.Side(catalog.Customer) == "" || len(r.Process) > 0 {
		return "", source.Pos{}
	}
	return fmt.Sprintf("nothing says how %q is done", r.Title), source.Pos{}
})

// someParties names parties, and counts more of them than a message can hold.
func someParties(ids []string) string {
	const most = 50
	if len(ids) > most {
		return strings.Join(ids[:most], ", ") + fmt.Sprintf(" and %d more", len(ids)-most)
	}
	return strings.Join(ids, ", ")
}

// partiesWith returns the parties that hold the letter.
func partiesWith(r *matrix.Row, letter matrix.Letters) []string {
	var parties []string
	for _, role := range r.Roles {
		if role.Letters.Has(letter) {
			parties = append(parties, role.Party)
		}
	}
	return parties
}

func entryWithoutOwner(m *input, report reporter) {
	for i := range m.Entries {
		if e := &m.Entries[i]; e.Owner == "" {
			report(e.At, aboutEntry(e), fmt.Sprintf("nobody owns %s", e.Name))
		}
	}
}

func partyWithoutLetters(m *input, report reporter) {
	holds := map[string]bool{}
	for i := range m.Rows {
		for _, role := range m.Rows[i].Roles {
			holds[role.Party] = holds[role.Party] || role.Letters != 0
		}
	}
	for _, a := range m.RuledAnswers() {
		for _, p := range append(a.Responsible, a.Accountable) {
			holds[p] = true
		}
	}
	for _, p := range m.Parties {
		if p.At.Line > 0 && !holds[p.ID] {
			report(p.At, aboutManifest(), fmt.Sprintf("%s (%s) holds no letter", p.ID, p.Name))
		}
	}
}

// accountabilityConcentrated is silent about a manifest with one team: there
// is nobody else to answer.
func accountabilityConcentrated(m *input, report reporter) {
	held, all, teams := map[string]int{}, 0, 0
	for i := range m.Rows {
		if a := m.Rows[i].Accountable(); a != "" {
			held[a]++
			all++
		}
	}
	for _, p := range m.Parties {
		if p.Kind == matrix.Team {
			teams++
		}
	}
	for _, p := range m.Parties {
		if n := held[p.ID]; teams > 1 && p.Kind == matrix.Team && n*100 > all*m.Check.MaxAccountableShare {
			report(p.At, aboutManifest(), fmt.Sprintf("%s holds %d of %d As, more than %d percent", p.ID, n, all, m.Check.MaxAccountableShare))
		}
	}
}

// everyoneInformed speaks of rows in which every team holds a letter, three
// or more of them only an I.
func everyoneInformed(m *input, report reporter) {
	n, first, teams := 0, "", map[string]bool{}
	for _, p := range m.Parties {
		if p.Kind == matrix.Team {
			teams[p.ID] = true
		}
	}
	informed := func(r *matrix.Row, _ *matrix.Entry) bool {
		told, holds := 0, 0
		for _, role := range r.Roles {
			if role.Letters != 0 && teams[role.Party] {
				holds++
			}
			if role.Letters.Has(matrix.Informed) {
				told++
			}
		}
		return holds == len(teams) && told >= 3
	}
	for i := range m.Rows {
		if informed(&m.Rows[i], nil) {
			if n++; n == 1 {
				first = m.Rows[i].ID
			}
		}
	}
	if n > 0 {
		report(m.Place(matrix.PlaceInformed), aboutRowsThat(m, informed), fmt.Sprintf("everyone is informed of %d rows, for example %s", n, first))
	}
}

// noSeparation looks at the customer's duties: ten or more of them, each
// answered for by who does it.
func noSeparation(m *input, report reporter) {
	n := 0
	for i := range m.Rows {
		r := &m.Rows[i]
		if r.Side(catalog.Customer) == "" || r.Unassigned || r.Accountable() == "" {
			continue
		}
		if !r.Letters(r.Accountable()).Has(matrix.Responsible) {
			return
		}
		n++
	}
	if n >= 10 {
		report(manifestStart(m), aboutManifest(), fmt.Sprintf("in all %d duties of the customer the accountable party is responsible as well", n))
	}
}

func unknownContact(m *input, report reporter) {
	for _, p := range m.Parties {
		if p.At.Line > 0 && !strings.ContainsAny(p.Contact, "@/") && !strings.HasPrefix(p.Contact, "+") {
			report(p.At, aboutManifest(), fmt.Sprintf("%s (%s) has no contact that can be reached", p.ID, p.Name))
		}
	}
}
