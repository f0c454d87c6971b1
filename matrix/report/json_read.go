package report

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

// Stored is a matrix as a file of the JSON format holds it.
type Stored struct {
	Matrix *matrix.Matrix
	Digest string  // as the file states it. Whether it fits the matrix shows when the assets are there
	Edited bool    // the file says that it was made from an edited matrix
	Assets []Asset // whose content the file does not hold
}

// Asset is a file that reports of a stored matrix need.
type Asset struct {
	File   *matrix.File // in the matrix, without its data
	SHA256 string       // of the data, in hex
}

// jsonDocument is the whole file.
type jsonDocument struct {
	jsonHead
	Rows             func(*jsonRow)       `json:"rows"`
	OrganizationRows func(*jsonRow)       `json:"organization_rows"`
	Frameworks       []jsonWholeFramework `json:"frameworks"`
	jsonTail
}

type jsonWholeFramework struct {
	jsonFramework
	Requirements []jsonRequirement `json:"requirements"`
}

// jsonWords are the texts that a value of these types may be. No text at all
// is one for what the organization does itself, and for what is not known.
var jsonWords = map[reflect.Type][]string{
	reflect.TypeFor[matrix.Accountability](): source.Strings([]matrix.Accountability{matrix.CustomerAccountable, matrix.ProviderAccountable}),
	reflect.TypeFor[matrix.DutySelection]():  source.Strings([]matrix.DutySelection{matrix.AllDuties, matrix.AskedDuties}),
	reflect.TypeFor[matrix.Kind]():           source.Strings([]matrix.Kind{matrix.Provider, matrix.Team, matrix.Operator}),
	reflect.TypeFor[catalog.Lifecycle]():     append(source.Strings(catalog.Lifecycles), ""),
	reflect.TypeFor[catalog.Level]():         append(source.Strings(catalog.Levels), ""),
	reflect.TypeFor[catalog.Category]():      append(source.Strings(catalog.Categories), ""),
	reflect.TypeFor[catalog.Scope]():         source.Strings([]catalog.Scope{catalog.ProviderScope, catalog.OrganizationScope, catalog.ServiceScope}),
	reflect.TypeFor[catalog.Basis](): append(source.Strings([]catalog.Basis{catalog.BasisControl, catalog.BasisModel, catalog.BasisFact, catalog.BasisService,
		catalog.BasisOverlay, catalog.BasisOverride}), ""),
	reflect.TypeFor[catalog.Inheritance](): append(source.Strings(catalog.Inheritances), ""),
	reflect.TypeFor[catalog.Frequency]():   append(source.Strings(catalog.Frequencies), ""),
	reflect.TypeFor[source.Severity]():     append(source.Strings([]source.Severity{source.Error, source.Warning, source.Note}), ""),
}

// IsMatrixJSON reports whether r is a file of the JSON format, of whatever
// version, rather than a manifest: a JSON object with the key "schema". It
// returns a reader of all of r, of which it reads as much as it needs.
//
// A JSON object so large that it cannot be a manifest counts as a matrix.
func IsMatrixJSON(r io.Reader) (bool, io.Reader) {
	name, late, whole := schemaOf(r)
	return name != "" || late, whole
}

// schemaOf returns the schema that the file names, or "", whether it is too
// large to look for that, and a reader of the whole file.
func schemaOf(r io.Reader) (name string, late bool, whole io.Reader) {
	var seen bytes.Buffer
	head := &io.LimitedReader{R: r, N: source.MaxFileSize + 1}
	d := newWalker("", io.TeeReader(head, &seen))
	name = findSchema(d)
	return name, name == "" && d.cut && head.N == 0, io.MultiReader(&seen, r)
}

// findSchema returns the text of the key "schema" of the object, or "".
func findSchema(d *walker) (name string) {
	if t, err := d.value(); err != nil || t != '{' {
		return ""
	}
	_ = d.members(func(key string) error {
		if key != "schema" {
			return d.skipNext()
		}
		if t, err := d.value(); err == nil && t == textToken {
			name = string(d.text)
		}
		name = cmp.Or(name, "no text")
		return errStop
	})
	return name
}

// ReadJSON reads a file of the JSON format. File is its name in diagnostics,
// which are those of all that is wrong with it, up to a limit; Stored is nil
// where there are any. Whether the matrix was edited since it was written is
// for the caller to ask, with the digest.
//
// Whatever is read without diagnostics can be checked and written.
func ReadJSON(file string, r io.Reader) (*Stored, source.Diagnostics) {
	schema, late, whole := schemaOf(r)
	if schema != JSONSchema && !late {
		return nil, otherSchema(file, schema)
	}
	j := jsonReader{strict: newStrict(file, whole, jsonWords), m: &matrix.Matrix{}}
	j.doc.Rows = func(row *jsonRow) { j.m.Rows, j.rowsAt = append(j.m.Rows, j.row(row)), append(j.rowsAt, row.where) }
	j.doc.OrganizationRows = func(row *jsonRow) {
		j.m.OrganizationRows, j.ownAt = append(j.m.OrganizationRows, j.row(row)), append(j.ownAt, row.where)
	}
	if err := j.read(reflect.ValueOf(&j.doc).Elem()); err == nil {
		j.end()
	} else if !errors.Is(err, errStop) {
		j.add(where{}, "", "%v", err)
	}
	if len(j.problems) == 0 && j.doc.Schema != JSONSchema {
		return nil, otherSchema(file, j.doc.Schema)
	}
	if len(j.problems) == 0 {
		j.document()
		j.validate()
	}
	if len(j.problems) > 0 {
		return nil, j.problems.Sorted()
	}
	return &Stored{j.m, j.doc.Digest, j.doc.Edited, j.assets()}, nil
}

// otherSchema says what to do about a file that is not a matrix of this version.
func otherSchema(file, name string) source.Diagnostics {
	d := source.Diagnostic{At: source.Pos{File: file}, Hint: "name a manifest, or what raci build --format json writes",
		Message: fmt.Sprintf("not a matrix that this version of raci reads: its schema is %q, not %q", name, JSONSchema)}
	version, ours := strings.CutPrefix(name, "raci/matrix/v")
	switch {
	case name == "":
		d.Message = `not a matrix of raci: it has no key "schema"`
	case ours && version == "1":
		d.Hint = "it was made by an earlier version of raci: build it again from its manifest"
	case ours:
		d.Hint = "it was made by a later version of raci: use that one, or build it again from its manifest"
	}
	return source.Diagnostics{d}
}

// jsonReader makes a matrix of what the file holds.
type jsonReader struct {
	*strict
	doc           jsonDocument
	m             *matrix.Matrix
	rowsAt, ownAt []where // the places of the rows

	parties, entries, frameworks map[string]int   // their places in the file
	requirements                 []map[string]int // of the frameworks
}

// end reports what stands behind the matrix.
func (j *jsonReader) end() {
	if t, err := j.next(); err != nil || t != endToken {
		j.add(j.at, "remove it", "something follows the end of the matrix")
	}
}

// document takes over all but the rows.
func (j *jsonReader) document() {
	d, m := &j.doc, j.m
	m.Document, m.File, m.Catalog = d.Document, d.File, catalog.Info(d.Catalog)
	m.Places = make(map[string]source.Pos, len(d.Places))
	for key, at := range d.Places {
		m.Places[key] = source.Pos(at)
	}
	m.Parties = some(d.Parties, func(p *jsonParty) matrix.Party {
		return matrix.Party{ID: p.ID, Name: p.Name, Kind: p.Kind, Contact: p.Contact, At: source.Pos(p.At)}
	})
	m.Environments = some(d.Environments, refOf)
	m.Accounts = some(d.Accounts, func(a *jsonAccount) matrix.Account {
		return matrix.Account{ID: a.ID, Name: a.Name, At: source.Pos(a.At)}
	})
	m.Entries = some(d.Entries, func(e *jsonEntry) matrix.Entry {
		return matrix.Entry{Name: e.Name, Service: e.Service, ServiceName: e.ServiceName, Variants: e.Variants, VariantNames: e.VariantNames, Assumed: e.Assumed,
			Owner: e.Owner, Tags: e.Tags, Environments: e.Environments, Accounts: e.Accounts, Lifecycle: e.Lifecycle, Level: e.Level, Coverage: some(e.Coverage, coverageOf), At: source.Pos(e.At)}
	})
	m.Programs = some(d.Programs, programOf)
	m.LeftOut = some(d.LeftOut, func(l *jsonLeftOut) matrix.LeftOut { return matrix.LeftOut(*l) })
	m.DefaultAccountable = refOf(&d.Default)
	m.AnswerRules = some(d.Answers, func(a *jsonAnswerRule) matrix.AnswerRule {
		return matrix.AnswerRule{Requirements: some(a.Requirements, refOf), Accountable: refOf(&a.Accountable), Responsible: some(a.Responsible, refOf), Reason: a.Reason, At: source.Pos(a.At)}
	})
	m.Exceptions = some(d.Exceptions, j.exception)
	m.Appearance = appearanceOf(&d.Report)
	m.Check = checkOf(&d.Check)
	m.Frameworks = some(d.Frameworks, selectionOf)
	m.Remarks = some(d.Remarks, remarkOf)
}

func (j *jsonReader) exception(e *jsonException) matrix.Exception {
	return matrix.Exception{Rows: e.Rows, Sides: j.sides(e.where, e.Sides, e.SidesAt), Evidence: e.Evidence, Reason: e.Reason, Expires: e.Expires,
		Expired: e.Expired, Selector: selectorOf(&e.Selector), At: source.Pos(e.At), Removed: some(e.Removed, func(r *jsonRemoved) matrix.Removed {
			return matrix.Removed{ID: r.ID, Title: r.Title, Sides: j.sides(r.where, r.Sides, r.SidesAt), Evidence: r.Evidence}
		})}
}

// some converts a list. Where there is nothing it returns nil, as a matrix has
// it.
func some[A, B any](items []A, convert func(*A) B) []B {
	if len(items) == 0 {
		return nil
	}
	return each(items, convert)
}

func refOf(r *jsonRef) source.Ref { return source.Ref{ID: r.ID, At: source.Pos(r.At)} }

func selectorOf(s *jsonSelector) matrix.Selector {
	return matrix.Selector{
		Services: some(s.Services, refOf), Entries: some(s.Entries, refOf), Controls: some(s.Controls, refOf), Duties: some(s.Duties, refOf),
		Categories: some(s.Categories, refOf), Splits: some(s.Splits, refOf), Tags: some(s.Tags, refOf),
		Environments: some(s.Environments, refOf), Accounts: some(s.Accounts, refOf), Requirements: some(s.Requirements, refOf),
	}
}

func appearanceOf(a *jsonAppearance) matrix.Appearance {
	out := matrix.Appearance{
		Title: a.Title, Classification: a.Classification, Approvers: a.Approvers, Color: a.Color, Paper: a.Paper, Protect: a.Protect,
		Fonts: some(a.Fonts, fileOf),
		Columns: some(a.Columns, func(c *jsonColumn) matrix.Column {
			return matrix.Column{ID: c.ID, Title: c.Title, At: source.Pos(c.At)}
		}),
	}
	if a.Logo != nil {
		out.Logo = fileOf(a.Logo)
	}
	return out
}

func fileOf(f *jsonFile) matrix.File {
	return matrix.File{Ref: source.Ref{ID: f.Path, At: source.Pos(f.At)}}
}

// assets are the files that the matrix names, with what they must hold.
func (j *jsonReader) assets() []Asset {
	var assets []Asset
	a := &j.m.Appearance
	if logo := j.doc.Report.Logo; logo != nil {
		assets = append(assets, Asset{&a.Logo, logo.SHA256})
	}
	for i := range a.Fonts {
		assets = append(assets, Asset{&a.Fonts[i], j.doc.Report.Fonts[i].SHA256})
	}
	return assets
}

func checkOf(c *jsonCheck) matrix.CheckSettings {
	return matrix.CheckSettings{MaxAccountableShare: c.MaxAccountableShare, MaxConsulted: c.MaxConsulted, WarnBeforeEnd: c.WarnBeforeEnd,
		MaxSourceAge: c.MaxSourceAge, Rules: some(c.Rules, refOf), Waivers: some(c.Waivers, func(w *jsonWaiver) matrix.Waiver {
			return matrix.Waiver{Rule: source.Ref{ID: w.Rule, At: source.Pos(w.RuleAt)}, Reason: w.Reason, Expires: w.Expires,
				Selector: selectorOf(&w.Selector), At: source.Pos(w.At)}
		})}
}

func selectionOf(f *jsonWholeFramework) catalog.Selection {
	s := catalog.Selection{Name: f.Selection, Included: f.Included, Excluded: f.Excluded, At: source.Pos(f.At), Framework: catalog.FrameworkInfo{
		ID: f.ID, Name: f.Name, Publisher: f.Publisher, Note: f.Note, Aliases: f.Aliases, Source: catalog.Source(f.Source),
		Baselines: f.Baselines, Reports: f.Reports,
	}}
	for i := range f.Requirements {
		q := requirementOf(&f.Requirements[i])
		s.Requirements = append(s.Requirements, &q)
	}
	return s
}

func requirementOf(q *jsonRequirement) catalog.Requirement {
	return catalog.Requirement{ID: q.ID, Title: q.Title, Aliases: q.Aliases, Baselines: q.Baselines, Duties: q.Duties, AWSPart: q.AWSPart, AWSApart: q.AWSApart, Inheritance: q.Limit, Services: q.Services, Organization: q.Organization,
		Evidence: q.OwnEvidence, Outside: q.Outside, Statements: some(q.Statements, requirementOf), Group: q.Group, Omitted: q.Omitted, At: source.Pos(q.At)}
}

func remarkOf(r *jsonRemark) matrix.Remark {
	out := matrix.Remark{Rows: r.Rows, MoreRows: r.MoreRows, Diagnostic: source.Diagnostic{Rule: r.Rule, Severity: r.Severity, At: source.Pos(r.At), Row: r.Row, Message: r.Message,
		Hint: r.Hint, Related: some(r.Related, func(o *jsonRelated) source.Related { return source.Related{At: source.Pos(o.At), Message: o.Message} })}}
	if r.Selector != nil {
		s := selectorOf(r.Selector)
		out.Selector = &s
	}
	return out
}

// row takes a row over. What the file keeps by name comes in any order;
// validate puts it in order.
func (j *jsonReader) row(r *jsonRow) matrix.Row {
	out := matrix.Row{
		ID: r.ID, Entry: r.Entry, Service: r.Service, Variants: r.Variants, Control: r.Control, ControlName: r.ControlName, Category: r.Category,
		Duty: r.Duty, Title: r.Title, Scope: r.Scope, Split: r.Split, Evidence: r.Evidence, Basis: r.Basis, Note: r.Note, Offers: r.Offers, Frequency: r.Frequency,
		Process: some(r.Process, func(p *jsonProcess) matrix.Process { return matrix.Process(*p) }), Details: some(r.Details, detailOf),
		Sources:   some(r.Sources, func(s *jsonSource) catalog.Source { return catalog.Source(*s) }),
		Exception: -1, LosingOverrides: r.LosingOverrides, Unassigned: r.Unassigned, Cleared: some(r.Cleared, reasonOf),
		Sides: j.sides(r.where, r.Sides, r.SidesAt), Replaced: j.sides(r.where, r.Replaced, r.ReplacedAt), ReplacedEvidence: r.ReplacedEvidence, Unlisted: r.Unlisted, UnknownFacts: r.UnknownFacts,
	}
	for _, id := range slices.Sorted(maps.Keys(r.Facts)) {
		out.Facts = append(out.Facts, matrix.RowFact{ID: id, Is: r.Facts[id]})
	}
	out.Withheld = some(r.Withheld, func(s *jsonWithheld) matrix.Withheld {
		return matrix.Withheld{At: source.Pos(s.At), Letters: matrix.Letters(s.Letters), Parties: s.Parties, About: s.About, Says: s.Says, Text: s.Text}
	})
	if r.Exception != nil {
		out.Exception = *r.Exception
	}
	for party, l := range r.Roles {
		out.Roles = append(out.Roles, matrix.Role{Party: party, Letters: matrix.Letters(l), Reasons: some(r.Reasons[party], reasonOf)})
	}
	for party := range r.Reasons {
		if _, ok := r.Roles[party]; !ok {
			j.add(r.where, "add the letters to roles, or move the reasons to overruled", "the row %q has reasons for %q, which holds no letter", r.ID, party)
		}
	}
	for party, reasons := range r.Overruled {
		out.Overruled = append(out.Overruled, matrix.Role{Party: party, Reasons: some(reasons, reasonOf)})
	}
	for framework, ids := range r.Requirements {
		out.Requirements = append(out.Requirements, matrix.RowRequirements{Framework: framework, IDs: ids})
	}
	return out
}

func (j *jsonReader) sides(at where, texts map[string]string, places map[string]place) []catalog.Side {
	var sides []catalog.Side
	for who, text := range texts {
		if _, ok := places[who]; !ok {
			j.add(at, "build the matrix again", "the side of %q has no place", who)
		}
		sides = append(sides, catalog.Side{Who: who, Text: text, At: source.Pos(places[who])})
	}
	for who := range places {
		if _, ok := texts[who]; !ok {
			j.add(at, "say what it does, or remove its place", "a side of %q has a place, but does nothing", who)
		}
	}
	catalog.SortSides(sides)
	return sides
}

func reasonOf(r *jsonReason) matrix.Reason {
	return matrix.Reason{At: source.Pos(r.At), Letters: matrix.Letters(r.Letters), Text: r.Text, LostTo: source.Pos(r.LostTo)}
}

func detailOf(d *jsonDetail) matrix.Detail {
	return matrix.Detail{About: d.About, Says: d.Says, At: source.Pos(d.At), Text: d.Text, LostTo: source.Pos(d.LostTo)}
}

// inOrder sorts by the order of these names.
func inOrder[T any](items []T, order map[string]int, name func(*T) string) {
	slices.SortFunc(items, func(a, b T) int { return cmp.Compare(order[name(&a)], order[name(&b)]) })
}
