package view

import (
	"fmt"
	"strings"

	"raci/matrix"
)

// parties lists who can hold letters.
func parties(r *Report) *Section {
	var rows []Row
	counts := r.CountLetters()
	for i := range r.Matrix.Parties {
		p := &r.Matrix.Parties[i]
		rows = append(rows, Row{ID: p.ID, Cells: []Cell{
			linked(r.PartyName(p.ID), ToParty, p.ID), text(p.ID), text(KindName(p.Kind)), text(p.Contact), text(LetterCounts(counts[p.ID]))}})
	}
	return &Section{ID: Parties, Title: "Parties", About: "The duties and letters of each party", Tables: []*Table{fixed(&Table{ID: Parties, Columns: []Column{
		{Title: "Name", Chars: 30}, {Title: "Id in the manifest", Chars: 16}, {Title: "Kind", Chars: 14}, {Title: "Contact", Chars: 26}, {Title: "Letters", Chars: 46}}}, rows)}}
}

var letterWords = [len(LetterKinds)]string{"accountable for", "responsible for", "consulted on", "informed of"}

// LetterCounts says in words how many rows a party answers for and does.
func LetterCounts(counts [len(LetterKinds)]int) string {
	if counts == ([len(LetterKinds)]int{}) {
		return "no letter in any row"
	}
	var parts []string
	for k, n := range counts {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", letterWords[k], Count(n, "row")))
		}
	}
	return strings.Join(parts, ", ")
}

// PartyFacts says in one line what a party is and what it has to do with.
func (r *Report) PartyFacts(p *matrix.Party, counts [len(LetterKinds)]int) string {
	return joinedBy("; ", KindName(p.Kind)+", id "+p.ID, LetterCounts(counts), p.Contact)
}

func joined(parts []string) string { return strings.Join(parts, " ") }

// joinedBy joins the parts that are not empty.
func joinedBy(sep string, parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, sep)
}
