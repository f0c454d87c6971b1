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

// PartyPart is a list of rows on the page of a party.
type PartyPart struct {
	Title  string
	Others string                    // heads the other parties that matter to this one
	Holds  func(matrix.Letters) bool // says which rows belong to it, by the party's letters
}

// ProvidedPart is what the provider does, in short: the matrix has its texts.
var ProvidedPart = PartyPart{"Does the work: the matrix says row by row what it does", "With",
	func(l matrix.Letters) bool { return l.Has(matrix.Responsible) }}

// PartyParts are the rows of which a party does no work, in short.
var PartyParts = []PartyPart{
	{"Answers for the work of others", "Done by", func(l matrix.Letters) bool { return l.Has(matrix.Accountable) && !l.Has(matrix.Responsible) }},
	{"Consulted or informed only", "Accountable", func(l matrix.Letters) bool { return !l.Has(matrix.Accountable) && !l.Has(matrix.Responsible) }},
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
