package view

import (
	"raci/matrix"
	"raci/matrix/catalog"
)

// Term is a sign of the report and what it stands for.
type Term struct {
	Sign  string
	Means string
	Tone  Tone
}

// legend explains the signs and words of the report.
func legend(r *Report) *Section {
	s := &Section{ID: Legend, Title: "Legend", About: "What letters, splits, categories, bases and marks mean"}
	add := func(id, title string, terms ...Term) {
		var rows []Row
		for _, t := range terms {
			rows = append(rows, cells(field(t.Sign, t.Tone), text(t.Means)))
		}
		s.Tables = append(s.Tables, fixed(&Table{ID: id, Title: title, Facts: true, Columns: []Column{{Title: "Sign", Chars: 26}, {Title: "Meaning", Chars: 100}}}, rows))
	}
	add("letters", LettersTitle, letterTerms...)
	add("accountability", "Accountability", Term{ConventionName(r.Matrix.Accountability), Convention(r.Matrix.Accountability), Strong})
	add("splits", "Splits: who performs a duty", r.splitTerms()...)
	add("categories", "Categories of the controls", categoryTerms...)
	if len(r.Matrix.Frameworks) > 0 {
		add("ownership", "Ownership of requirements", ownershipTerms...)
		add("inheritance", "Inheritance of requirements", inheritanceTerms...)
	}
	add("basis", "Basis: what a row rests on", basisTerms...)
	add("marks", "Marks", markTerms...)
	return s
}

var letterTerms = []Term{
	{"R", "Responsible: does the work. Every row has at least one.", HoldsR},
	{"A", "Accountable: answers for the duty. Every row has exactly one.", HoldsA},
	{"A/R", "Accountable and responsible: answers for the duty and does the work, or sees to it.", HoldsAR},
	{"C", "Consulted: is asked beforehand.", HoldsC},
	{"I", "Informed: is told afterwards.", HoldsI},
}

// splitTerms name the splits that rows have, with their marks in the grid.
func (r *Report) splitTerms() []Term {
	terms := []Term{
		{"AWS", "AWS performs the duty alone.", PerformsAWS},
		{"Customer", "The customer performs the duty alone.", PerformsCustomer},
		{"Shared", "Two or more sides perform the duty, each with a part of its own; the texts say which.", PerformsShared},
	}
	for _, s := range r.SplitOrder()[3:] {
		switch SplitTone(s) {
		case PerformsOperator:
			terms = append(terms, Term{r.SplitName(s), "This operator performs the duty alone.", PerformsOperator})
		case PerformsNobody:
			terms = append(terms, Term{"None", "The duty does not apply.", PerformsNobody})
		}
	}
	return terms
}

var categoryTerms = []Term{
	{string(catalog.InheritedControl), "Controls that the customer takes over from AWS as they are, such as the protection of buildings and hardware.", Strong},
	{string(catalog.SharedControl), "Controls that apply to AWS and to the customer, each in its own part of the system.", Strong},
	{string(catalog.CustomerSpecificControl), "Controls that depend on the customer's own applications and data alone.", Strong},
}

var ownershipTerms = []Term{
	{OwnershipName(matrix.Inherited), "AWS alone does what the requirement asks of the system.", PerformsAWS},
	{OwnershipName(matrix.OwnedByBoth), "AWS and the customer, or another operator, each do a part.", PerformsShared},
	{OwnershipName(matrix.OwnedByCustomer), "AWS does no part of it. What AWS offers does not count: the customer has to use it.", PerformsCustomer},
	{OwnershipName(matrix.NotApplicable), "The duties do not arise in this system, or the requirement is left out, and the report says why.", PerformsNobody},
}

var inheritanceTerms = []Term{
	{InheritanceName(catalog.FullInheritance), "The customer leans on AWS's work for all that the requirement asks of the system.", Strong},
	{InheritanceName(catalog.PartialInheritance), "AWS does a part in the customer's stead; the customer does the rest.", Strong},
	{InheritanceName(catalog.NoInheritance), "The customer can lean on nothing: AWS has no part, or does the like for its own organization only.", Strong},
}

var basisTerms = []Term{
	{string(catalog.BasisControl), "Stated once for all services, in the catalog's list of controls.", Strong},
	{string(catalog.BasisModel), "Follows from the kind of service, such as a managed database. A fact named as unknown might change it: look it up for this service.", Strong},
	{string(catalog.BasisFact), "Follows from the kind of service and from facts about this one, each by a page of AWS.", Strong},
	{string(catalog.BasisService), "Stated for this service or variant, with a source of its own.", Strong},
	{string(catalog.BasisOverlay), "Stated in a catalog of the organization's own.", Strong},
	{string(catalog.BasisOverride), "Stated in the manifest, as an exception.", Strong},
}

var markTerms = []Term{
	{GapMark, "No party is accountable. The row is kept, and not filled by a guess: name a party in the manifest.", Bad},
	{"exception", "The row deviates from the catalog; the number leads to the reason and the end, under Exceptions.", Mark},
	{UnassignedMark, "No rule and no owner names who does the customer's part. The accountable party holds A/R until somebody is named.", Bad},
	{"assumed", "The manifest names no variant of the service; the catalog's usual one is used.", Mark},
}
