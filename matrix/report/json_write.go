package report

import (
	"bufio"
	"io"
	"slices"
	"strconv"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
	"raci/matrix/view"
)

func writeJSON(w io.Writer, r *view.Report) ([]string, error) {
	return nil, encodeJSON(w, r, "  ")
}

// encodeJSON writes the matrix row by row and requirement by requirement, so
// that a large one takes no more memory than a small one. Without an indent all
// stands on one line.
func encodeJSON(w io.Writer, r *view.Report, indent string) error {
	m, out := r.Matrix, &jsonWriter{w: bufio.NewWriterSize(w, 1<<16), indent: indent}
	out.open('{')
	out.members(headJSON(r))
	out.list("rows", len(m.Rows), func(i int) { out.row(&m.Rows[i]) })
	out.list("organization_rows", len(m.OrganizationRows), func(i int) { out.row(&m.OrganizationRows[i]) })
	out.list("frameworks", len(m.Frameworks), func(i int) { out.framework(r, &m.Frameworks[i]) })
	writeEach(out, "remarks", m.Remarks, remarkJSON)
	writeEach(out, "findings", r.Findings.Open, findingJSON)
	writeEach(out, "accepted_findings", r.Findings.Accepted, acceptedJSON)
	out.close('}')
	out.raw("\n")
	return out.end()
}

// writeEach writes what jsonTail reads, item by item: there may be a great many.
func writeEach[A, B any](w *jsonWriter, key string, items []A, convert func(*A) B) {
	w.list(key, len(items), func(i int) { w.raw(string(w.encode(convert(&items[i]), w.depth))) })
}

// row writes what jsonRow reads. A matrix has so many of them that building
// one for encoding/json would cost more than the rest.
func (w *jsonWriter) row(r *matrix.Row) {
	w.open('{')
	w.text("id", r.ID)
	w.text("entry", r.Entry)
	w.text("service", r.Service)
	w.texts("variants", r.Variants)
	w.text("control", r.Control)
	w.text("control_name", r.ControlName)
	w.text("category", string(r.Category))
	w.text("duty", r.Duty)
	w.text("scope", string(r.Scope))
	w.text("title", r.Title)
	w.text("split", r.Split)
	w.sides("sides", r.Sides)
	w.text("offers", r.Offers)
	w.object("roles", len(r.Roles), func(i int) { w.text(r.Roles[i].Party, r.Roles[i].Letters.String()) })
	w.reasons("reasons", r.Roles)
	w.object("requirements", len(r.Requirements), func(i int) { w.texts(r.Requirements[i].Framework, r.Requirements[i].IDs) })
	w.processes(r.Process)
	w.texts("evidence", r.Evidence)
	w.list("details", len(r.Details), func(i int) { w.detail(&r.Details[i]) })
	w.text("basis", string(r.Basis))
	if len(r.Facts) > 0 {
		w.object("facts", len(r.Facts), func(i int) { w.text(r.Facts[i].ID, r.Facts[i].Is) })
	}
	if len(r.UnknownFacts) > 0 {
		w.texts("unknown_facts", r.UnknownFacts)
	}
	w.list("sources", len(r.Sources), func(i int) {
		w.open('{')
		w.text("url", r.Sources[i].URL)
		w.text("checked", r.Sources[i].Checked)
		w.close('}')
	})
	w.text("note", r.Note)
	w.text("frequency", string(r.Frequency))
	w.exceptions(r)
	w.truth("unassigned", r.Unassigned)
	w.reasons("overruled", r.Overruled)
	w.list("cleared", len(r.Cleared), func(i int) { w.reason(&r.Cleared[i]) })
	if len(r.Withheld) > 0 {
		w.list("withheld", len(r.Withheld), func(i int) { w.withheld(&r.Withheld[i]) })
	}
	if r.Unlisted != (matrix.Unlisted{}) {
		w.members(struct {
			Unlisted matrix.Unlisted `json:"unlisted"`
		}{r.Unlisted})
	}
	w.close('}')
}

func (w *jsonWriter) withheld(s *matrix.Withheld) {
	w.open('{')
	w.place("at", s.At)
	w.text("letters", s.Letters.String())
	w.texts("parties", s.Parties)
	w.text("about", s.About)
	w.texts("says", s.Says)
	w.text("text", s.Text)
	w.close('}')
}

// sides writes what each side does, and where that is said.
func (w *jsonWriter) sides(key string, sides []catalog.Side) {
	w.object(key, len(sides), func(i int) { w.text(sides[i].Who, sides[i].Text) })
	w.object(key+"_at", len(sides), func(i int) { w.place(sides[i].Who, sides[i].At) })
}

func (w *jsonWriter) reasons(key string, roles []matrix.Role) {
	w.object(key, len(roles), func(i int) {
		w.list(roles[i].Party, len(roles[i].Reasons), func(k int) { w.reason(&roles[i].Reasons[k]) })
	})
}

func (w *jsonWriter) reason(r *matrix.Reason) {
	w.open('{')
	w.place("at", r.At)
	w.text("letters", r.Letters.String())
	w.text("text", r.Text)
	if r.LostTo != (source.Pos{}) {
		w.place("lost_to", r.LostTo)
	}
	w.close('}')
}

func (w *jsonWriter) processes(list []matrix.Process) {
	w.list("process", len(list), func(i int) {
		w.open('{')
		w.text("text", list[i].Text)
		w.text("url", list[i].URL)
		w.close('}')
	})
}

func (w *jsonWriter) detail(d *matrix.Detail) {
	w.open('{')
	w.text("about", d.About)
	w.texts("says", d.Says)
	w.place("at", d.At)
	w.text("text", d.Text)
	if d.LostTo != (source.Pos{}) {
		w.place("lost_to", d.LostTo)
	}
	w.close('}')
}

// exceptions writes which overrides speak of a row, and what they replace.
func (w *jsonWriter) exceptions(r *matrix.Row) {
	if r.Exception < 0 {
		w.key("exception")
		w.raw("null")
	} else {
		w.number("exception", r.Exception)
	}
	w.list("losing_overrides", len(r.LosingOverrides), func(i int) { w.raw(strconv.Itoa(r.LosingOverrides[i])) })
	w.sides("replaced", r.Replaced)
	if len(r.ReplacedEvidence) > 0 {
		w.texts("replaced_evidence", r.ReplacedEvidence)
	}
}

func (w *jsonWriter) framework(r *view.Report, s *catalog.Selection) {
	answers := r.Answers(s)
	w.open('{')
	w.members(frameworkJSON(s))
	w.list("requirements", len(s.Requirements), func(i int) {
		q := s.Requirements[i]
		answer := matrix.Answer{Requirement: q}
		if !q.Group {
			answer, answers = answers[0], answers[1:]
		}
		w.requirement(&answer)
	})
	w.close('}')
}

// requirement writes what jsonRequirement reads.
func (w *jsonWriter) requirement(a *matrix.Answer) {
	q := a.Requirement
	w.open('{')
	w.answer(a)
	if q.Group {
		w.truth("group", true)
	}
	if q.Omitted {
		w.truth("omitted", true)
	}
	if len(q.Aliases) > 0 {
		w.texts("aliases", q.Aliases)
	}
	w.texts("baselines", q.Baselines)
	w.texts("duties", q.Duties)
	w.texts("aws_part", q.AWSPart)
	w.texts("aws_apart", q.AWSApart)
	w.text("inheritance_limit", string(q.Inheritance))
	w.texts("services", q.Services)
	w.text("organization", q.Organization)
	w.text("outside", q.Outside)
	w.texts("own_evidence", q.Evidence)
	w.list("statements", len(a.Statements), func(i int) { w.requirement(&a.Statements[i]) })
	w.place("at", q.At)
	w.close('}')
}

// answer writes the members of jsonAnswer.
func (w *jsonWriter) answer(a *matrix.Answer) {
	w.text("id", a.Requirement.ID)
	w.text("title", a.Requirement.Title)
	w.text("ownership", string(a.Ownership))
	w.text("inheritance", string(a.Inheritance))
	rows, more := view.ListedRows(a)
	w.list("rows", len(rows), func(i int) { w.quote(rows[i].ID) })
	if more > 0 {
		w.number("more_rows", more)
	}
	w.texts("responsible", a.Responsible)
	w.text("accountable", a.Accountable)
	w.texts("row_accountable", a.RowAccountable)
	w.text("aws", strings.Join(a.AWS, "\n"))
	w.text("customer", strings.Join(slices.Concat(a.Organization, a.Customer), "\n"))
	w.text("offers", strings.Join(a.Offers, "\n"))
	w.processes(a.Process)
	w.texts("evidence", a.Evidence)
	if a.Excluded != "" {
		w.text("excluded", a.Excluded)
	}
}

func headJSON(r *view.Report) jsonHead {
	m := r.Matrix
	return jsonHead{
		Schema: JSONSchema, Document: m.WithLists(), File: m.File, Digest: r.Digest(), Edited: r.Edited, Catalog: jsonCatalog(m.Catalog),
		Parties: each(m.Parties, func(p *matrix.Party) jsonParty {
			return jsonParty{ID: p.ID, Name: p.Name, Kind: p.Kind, Contact: p.Contact, At: place(p.At)}
		}),
		Environments: each(m.Environments, refJSON),
		Accounts:     each(m.Accounts, func(a *matrix.Account) jsonAccount { return jsonAccount{a.ID, a.Name, place(a.At)} }),
		Entries:      each(m.Entries, entryJSON),
		Programs:     each(m.Programs, programJSON),
		LeftOut:      each(m.LeftOut, func(l *matrix.LeftOut) jsonLeftOut { return jsonLeftOut(*l) }),
		Exceptions:   each(m.Exceptions, exceptionJSON),
		Report:       appearanceJSON(&m.Appearance), Check: checkJSON(&m.Check), Places: placesJSON(m.Places),
		Answers: each(m.AnswerRules, answerRuleJSON), Default: refJSON(&m.DefaultAccountable),
	}
}

func exceptionJSON(e *matrix.Exception) jsonException {
	sides, at := sidesJSON(e.Sides)
	return jsonException{Rows: list(e.Rows), Removed: each(e.Removed, removedJSON), Sides: sides, SidesAt: at, Evidence: list(e.Evidence),
		Reason: e.Reason, Expires: e.Expires, Expired: e.Expired, Selector: selectorJSON(&e.Selector), At: place(e.At)}
}

func removedJSON(r *matrix.Removed) jsonRemoved {
	sides, at := sidesJSON(r.Sides)
	return jsonRemoved{ID: r.ID, Title: r.Title, Sides: sides, SidesAt: at, Evidence: r.Evidence}
}

// sidesJSON returns what each side does, and where that is said.
func sidesJSON(sides []catalog.Side) (texts map[string]string, places map[string]place) {
	texts, places = map[string]string{}, map[string]place{}
	for _, s := range sides {
		texts[s.Who], places[s.Who] = s.Text, place(s.At)
	}
	return texts, places
}

func placesJSON(places map[string]source.Pos) map[string]place {
	out := make(map[string]place, len(places))
	for key, at := range places {
		out[key] = place(at)
	}
	return out
}

func answerRuleJSON(a *matrix.AnswerRule) jsonAnswerRule {
	return jsonAnswerRule{Requirements: each(a.Requirements, refJSON), Accountable: refJSON(&a.Accountable), Responsible: each(a.Responsible, refJSON), Reason: a.Reason, At: place(a.At)}
}

func refJSON(r *source.Ref) jsonRef { return jsonRef{r.ID, place(r.At)} }

func entryJSON(e *matrix.Entry) jsonEntry {
	return jsonEntry{
		Name: e.Name, Service: e.Service, ServiceName: e.ServiceName, Variants: list(e.Variants), VariantNames: list(e.VariantNames),
		Assumed: list(e.Assumed), Owner: e.Owner, Environments: list(e.Environments), Accounts: list(e.Accounts), Tags: list(e.Tags),
		Lifecycle: e.Lifecycle, Level: e.Level, Coverage: each(e.Coverage, coverageJSON), At: place(e.At),
	}
}

func selectorJSON(s *matrix.Selector) jsonSelector {
	return jsonSelector{
		Services: each(s.Services, refJSON), Entries: each(s.Entries, refJSON), Controls: each(s.Controls, refJSON), Duties: each(s.Duties, refJSON),
		Categories: each(s.Categories, refJSON), Splits: each(s.Splits, refJSON), Tags: each(s.Tags, refJSON),
		Environments: each(s.Environments, refJSON), Accounts: each(s.Accounts, refJSON), Requirements: each(s.Requirements, refJSON),
	}
}

func appearanceJSON(a *matrix.Appearance) jsonAppearance {
	out := jsonAppearance{
		Title: a.Title, Classification: a.Classification, Approvers: list(a.Approvers), Fonts: each(a.Fonts, fileJSON),
		Color: a.Color, Paper: a.Paper, Protect: a.Protect,
		Columns: each(a.Columns, func(c *matrix.Column) jsonColumn { return jsonColumn{ID: c.ID, Title: c.Title, At: place(c.At)} }),
	}
	if a.Logo.ID != "" {
		logo := fileJSON(&a.Logo)
		out.Logo = &logo
	}
	return out
}

func fileJSON(f *matrix.File) jsonFile {
	return jsonFile{Path: f.ID, SHA256: f.SHA256(), At: place(f.At)}
}

func checkJSON(c *matrix.CheckSettings) jsonCheck {
	return jsonCheck{c.MaxAccountableShare, c.MaxConsulted, c.WarnBeforeEnd, c.MaxSourceAge, each(c.Rules, refJSON), each(c.Waivers, func(w *matrix.Waiver) jsonWaiver {
		return jsonWaiver{Rule: w.Rule.ID, RuleAt: place(w.Rule.At), Reason: w.Reason, Expires: w.Expires, Selector: selectorJSON(&w.Selector), At: place(w.At)}
	})}
}

func frameworkJSON(s *catalog.Selection) jsonFramework {
	f := &s.Framework
	out := jsonFramework{
		ID: f.ID, Selection: s.Name, Name: f.Name, Publisher: f.Publisher, Note: f.Note, Aliases: list(f.Aliases), Source: jsonSource(f.Source),
		Baselines: list(f.Baselines), Reports: list(f.Reports), Included: list(s.Included), Excluded: s.Excluded, At: place(s.At),
	}
	if out.Excluded == nil {
		out.Excluded = map[string]string{}
	}
	return out
}

func findingJSON(d *source.Diagnostic) jsonFinding {
	return jsonFinding{d.Rule, d.Severity, place(d.At), d.Row, d.Message, d.Hint,
		each(d.Related, func(r *source.Related) jsonRelated { return jsonRelated{place(r.At), r.Message} })}
}

func acceptedJSON(a *matrix.Accepted) jsonAccepted {
	return jsonAccepted{findingJSON(&a.Diagnostic), a.Reason, a.Expires}
}

func remarkJSON(r *matrix.Remark) jsonRemark {
	out := jsonRemark{jsonFinding: findingJSON(&r.Diagnostic), Rows: list(r.Rows), MoreRows: r.MoreRows}
	if r.Selector != nil {
		s := selectorJSON(r.Selector)
		out.Selector = &s
	}
	return out
}
