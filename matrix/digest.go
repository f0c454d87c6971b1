package matrix

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"hash"
	"maps"
	"reflect"
	"slices"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// Digest returns "sha256:" and the SHA-256, in hex, of what the matrix says:
// all that a report prints, and the settings of check, which decide what is
// reported and what is accepted. A logo and fonts count by their names and by
// what they hold.
//
// Left out are places, so that moving a line of the manifest changes nothing,
// and what follows from the rest: findings and answers. Remarks count, as they
// follow from the manifest alone, but not their words.
func (m *Matrix) Digest() string {
	d := digester{sum: sha256.New()}
	d.document(&m.Document)
	d.appearance(&m.Appearance)
	d.text(m.Catalog.Version, m.Catalog.Digest)
	each(&d, m.Parties, func(p *Party) { d.text(p.ID, p.Name, p.Contact, string(p.Kind)) })
	d.refs(m.Environments)
	each(&d, m.Accounts, func(a *Account) { d.text(a.ID, a.Name) })
	each(&d, m.Entries, d.entry)
	each(&d, m.Programs, d.program)
	each(&d, m.Rows, d.row)
	each(&d, m.OrganizationRows, d.row)
	each(&d, m.LeftOut, func(l *LeftOut) { d.text(l.Duty, l.Title, l.Control, l.ControlName) })
	each(&d, m.Frameworks, d.framework)
	each(&d, m.AnswerRules, d.answerRule)
	d.text(m.DefaultAccountable.ID)
	each(&d, m.Exceptions, d.exception)
	d.check(&m.Check)
	for i := range m.Remarks {
		d.remark(&m.Remarks[i])
	}
	d.flush()
	return "sha256:" + hex.EncodeToString(d.sum.Sum(nil))
}

// SHA256 returns the SHA-256 of what the file holds, in hex.
func (f *File) SHA256() string {
	sum := sha256.Sum256(f.Data)
	return hex.EncodeToString(sum[:])
}

// digester collects what is digested. Each text comes behind its length and
// each list behind its count, so that no two matrices give the same bytes.
type digester struct {
	sum     hash.Hash
	pending []byte
}

func (d *digester) flush() {
	d.sum.Write(d.pending)
	d.pending = d.pending[:0]
}

func (d *digester) text(texts ...string) {
	for _, t := range texts {
		d.pending = append(binary.AppendUvarint(d.pending, uint64(len(t))), t...)
	}
	if len(d.pending) > 1<<14 {
		d.flush()
	}
}

func (d *digester) number(n int) { d.pending = binary.AppendVarint(d.pending, int64(n)) }

func (d *digester) flag(set bool) {
	n := 0
	if set {
		n = 1
	}
	d.number(n)
}

func (d *digester) texts(list []string) {
	d.number(len(list))
	d.text(list...)
}

// unlisted takes what the list that follows leaves out. A count below zero is
// never that of a list.
func (d *digester) unlisted(n int) {
	if n > 0 {
		d.number(-n)
	}
}

func (d *digester) refs(list []source.Ref) { each(d, list, func(r *source.Ref) { d.text(r.ID) }) }

// each digests a list, item by item.
func each[T any](d *digester, list []T, item func(*T)) {
	d.number(len(list))
	for i := range list {
		item(&list[i])
	}
}

// document takes whatever fields a document has.
func (d *digester) document(doc *Document) {
	data, err := json.Marshal(doc.WithLists())
	if err != nil {
		panic(err) // it holds texts, and lists of them
	}
	d.text(string(data))
}

// WithLists returns the document with an empty list in the place of each that is
// nil: to JSON the two are not the same.
func (d Document) WithLists() Document {
	makeLists(reflect.ValueOf(&d).Elem())
	return d
}

func makeLists(v reflect.Value) {
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Slice && f.IsNil() {
			f.Set(reflect.MakeSlice(f.Type(), 0, 0))
		}
	}
}

func (d *digester) appearance(a *Appearance) {
	d.text(a.Title, a.Classification, a.Color, a.Paper)
	d.texts(a.Approvers)
	d.file(&a.Logo)
	each(d, a.Fonts, d.file)
	d.flag(a.Protect)
	each(d, a.Columns, func(c *Column) { d.text(c.ID, c.Title) })
}

func (d *digester) file(f *File) { d.text(f.ID, f.SHA256()) }

func (d *digester) entry(e *Entry) {
	d.text(e.Name, e.Service, e.ServiceName, e.Owner, string(e.Lifecycle), string(e.Level))
	for _, list := range [][]string{e.Variants, e.VariantNames, e.Assumed, e.Tags, e.Environments, e.Accounts} {
		d.texts(list)
	}
	each(d, e.Coverage, func(c *catalog.Coverage) { d.text(c.Program, c.Since, c.Seen, c.Page, c.Limit) })
}

func (d *digester) program(p *catalog.Program) {
	d.text(p.ID, p.Name, p.Page)
	d.texts(p.Reports)
	d.texts(p.Baselines)
}

func (d *digester) row(r *Row) {
	d.text(r.ID, r.Entry, r.Service, r.Control, r.ControlName, string(r.Category), r.Duty, r.Title, string(r.Scope), r.Split, string(r.Basis), r.Note, r.Offers, string(r.Frequency))
	d.texts(r.Variants)
	each(d, r.Sides, d.side)
	d.unlisted(r.Unlisted.Reasons)
	each(d, r.Roles, d.role)
	each(d, r.Process, func(p *Process) { d.text(p.Text, p.URL) })
	d.texts(r.Evidence)
	d.unlisted(r.Unlisted.Details)
	each(d, r.Details, d.detail)
	each(d, r.Facts, func(f *RowFact) { d.text(f.ID, f.Is) })
	d.texts(r.UnknownFacts)
	each(d, r.Sources, func(s *catalog.Source) { d.text(s.URL, s.Checked) })
	each(d, r.Requirements, func(f *RowRequirements) { d.text(f.Framework); d.texts(f.IDs) })
	d.number(r.Exception)
	d.unlisted(r.Unlisted.LosingOverrides)
	each(d, r.LosingOverrides, func(i *int) { d.number(*i) })
	each(d, r.Replaced, d.side)
	d.texts(r.ReplacedEvidence)
	d.flag(r.Unassigned)
	each(d, r.Overruled, d.role)
	each(d, r.Cleared, d.reason)
	d.unlisted(r.Unlisted.Withheld)
	each(d, r.Withheld, d.withheld)
}

func (d *digester) side(s *catalog.Side) { d.text(s.Who, s.Text) }

func (d *digester) role(r *Role) {
	d.text(r.Party)
	d.number(int(r.Letters))
	each(d, r.Reasons, d.reason)
}

// reason takes whether a statement lost, and not to which one.
func (d *digester) reason(r *Reason) {
	d.number(int(r.Letters))
	d.text(r.Text)
	d.flag(r.LostTo != source.Pos{})
}

// detail takes whether a statement lost, as reason does.
func (d *digester) detail(r *Detail) {
	d.text(r.About, r.Text)
	d.texts(r.Says)
	d.flag(r.LostTo != source.Pos{})
}

func (d *digester) withheld(w *Withheld) {
	d.number(int(w.Letters))
	d.texts(w.Parties)
	d.text(w.About, w.Text)
	d.texts(w.Says)
}

func (d *digester) framework(s *catalog.Selection) {
	f := &s.Framework
	d.text(s.Name, f.ID, f.Name, f.Publisher, f.Note, f.Source.URL, f.Source.Checked)
	for _, list := range [][]string{f.Aliases, f.Baselines, f.Reports, s.Included} {
		d.texts(list)
	}
	d.number(len(s.Excluded))
	for _, id := range slices.Sorted(maps.Keys(s.Excluded)) {
		d.text(id, s.Excluded[id])
	}
	d.number(len(s.Requirements))
	for _, q := range s.Requirements {
		d.requirement(q)
	}
}

func (d *digester) requirement(q *catalog.Requirement) {
	d.text(q.ID, q.Title, q.Organization, q.Outside, string(q.Inheritance))
	for _, list := range [][]string{q.Aliases, q.Baselines, q.Duties, q.AWSPart, q.AWSApart, q.Services, q.Evidence} {
		d.texts(list)
	}
	d.flag(q.Group)
	d.flag(q.Omitted)
	each(d, q.Statements, d.requirement)
}

func (d *digester) answerRule(a *AnswerRule) {
	d.refs(a.Requirements)
	d.text(a.Accountable.ID, a.Reason)
	d.refs(a.Responsible)
}

func (d *digester) exception(e *Exception) {
	d.texts(e.Rows)
	each(d, e.Removed, func(r *Removed) { d.text(r.ID, r.Title); each(d, r.Sides, d.side); d.texts(r.Evidence) })
	each(d, e.Sides, d.side)
	d.texts(e.Evidence)
	d.text(e.Reason, e.Expires)
	d.flag(e.Expired)
	d.selector(&e.Selector)
}

func (d *digester) selector(s *Selector) {
	for _, refs := range [][]source.Ref{s.Services, s.Entries, s.Controls, s.Duties, s.Categories, s.Splits, s.Tags, s.Environments, s.Accounts, s.Requirements} {
		d.refs(refs)
	}
}

func (d *digester) remark(r *Remark) {
	d.text(r.Rule, string(r.Severity), r.Row)
	d.unlisted(r.MoreRows)
	d.texts(r.Rows)
	if d.flag(r.Selector != nil); r.Selector != nil {
		d.selector(r.Selector)
	}
}

func (d *digester) check(c *CheckSettings) {
	for _, n := range []int{c.MaxAccountableShare, c.MaxConsulted, c.WarnBeforeEnd, c.MaxSourceAge} {
		d.number(n)
	}
	d.refs(c.Rules)
	each(d, c.Waivers, func(w *Waiver) {
		d.text(w.Rule.ID, w.Reason, w.Expires)
		d.selector(&w.Selector)
	})
}
