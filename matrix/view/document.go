package view

import (
	"cmp"
	"strings"

	"raci/matrix"
)

// documentControl says what the document is of, and which issue of it this is.
func documentControl(r *Report) *Section {
	m := r.Matrix
	facts := []Row{
		fact("Organization", m.Organization), fact("System", m.System), fact("Title", r.Title()), fact("Revision", m.Revision),
		fact("Date", m.Date), fact("Classification", m.Appearance.Classification),
		fact("Scope", m.Scope), fact("Prepared by", r.PartyName(m.PreparedBy)), fact("Reviewed by", r.PartyName(m.ReviewedBy)), fact("Next review", m.NextReview),
		fact("Holds", strings.Join([]string{Count(len(m.Rows), "row"), Count(len(m.Entries), "entry"), Count(len(m.Parties), "party")}, ", ")),
		fact("Accountability", ConventionName(m.Accountability)+": "+Convention(m.Accountability)),
		fact("Catalog", strings.TrimSpace(m.Catalog.Version+"\n"+m.Catalog.Digest)), fact("Digest of this matrix", r.Digest()),
	}
	if m.Duties == matrix.AskedDuties {
		facts = append(facts, fact("Duties", r.dutySelection()))
	}
	if origin := r.Origin(); origin != "" {
		facts = append(facts, cells(toned("Origin", Strong), field(origin, Bad)))
	}
	return &Section{ID: DocumentControl, Title: "Document control", About: "What the document is of, and which issue of it this is", Front: true,
		Tables: []*Table{fixed(&Table{ID: DocumentControl, Facts: true, Columns: factColumns(),
			Note: "The digest is computed over all that this report says but places and findings: documents with the same digest agree in the rest."}, facts)}}
}

// factColumns are those of a table of facts: what, and its value.
func factColumns() []Column {
	return []Column{{Title: "Item", Chars: 22}, {Title: "Value", Chars: 60, Kind: Long}}
}

func fact(name, value string) Row {
	if value == "" {
		return cells(toned(name, Strong), stated(""))
	}
	return cells(toned(name, Strong), list(strings.Split(value, "\n")))
}

// history lists the revisions of the document.
func history(r *Report) *Section {
	if len(r.Matrix.History) == 0 {
		return nil
	}
	var rows []Row
	for _, v := range r.Matrix.History {
		rows = append(rows, cells(toned(v.Revision, Strong), text(v.Date), text(r.PartyName(v.By)), text(v.Change)))
	}
	return &Section{ID: History, Title: "Revision history", About: "What changed, when and by whom", Front: true, Tables: []*Table{fixed(&Table{ID: History, Columns: []Column{
		{Title: "Revision", Chars: 14}, {Title: "Date", Chars: 12, Kind: Date}, {Title: "By", Chars: 26}, {Title: "Change", Chars: 60, Kind: Long}}}, rows)}}
}

// approval has a line for each signature.
func approval(r *Report) *Section {
	var rows []Row
	for _, id := range r.Matrix.Appearance.Approvers {
		rows = append(rows, cells(toned(r.PartyName(id), Strong), text(contactOf(r.Matrix, id)), Cell{}, Cell{}))
	}
	return &Section{ID: Approval, Title: "Approval", About: "Who signs", Front: true, Tables: []*Table{fixed(&Table{
		ID:      Approval,
		Columns: []Column{{Title: "Approver", Chars: 30}, {Title: "Contact", Chars: 22, Fold: true}, {Title: "Date", Chars: 12, Kind: SignOn}, {Title: "Signature", Chars: 30, Kind: Sign}},
		Empty:   "The manifest names no approvers."}, rows)}}
}

func contactOf(m *matrix.Matrix, party string) string {
	if p := m.Party(party); p != nil {
		return p.Contact
	}
	return ""
}

// method says how the rows came about.
func method(r *Report) *Section {
	catalog := "the catalog"
	if v := r.Matrix.Catalog.Version; v != "" {
		catalog += " (version " + cmp.Or(v) + ")"
	}
	return &Section{ID: Method, Title: "Method", About: "How the rows came about", Tables: r.leftOut(), Intro: []string{
		"The rows come from " + catalog + ", which says for each duty of each service and variant what AWS does and what the customer does, " +
			"merged with the organization's manifest, which says who uses what and who owns it. Each row is one duty: of AWS for all services, " +
			"of the organization for all services, or of one entry. Letters follow from the split, the owner and the assignments of the manifest; the most specific statement wins. " +
			"The report shows what was declared and what the sources say; it is not evidence that a duty was performed."}}
}
