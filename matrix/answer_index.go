package matrix

import (
	"hash/maphash"
	"slices"

	"raci/matrix/catalog"
)

// AnswerIndex holds what the answers to all requirements have in common, so that
// none of them visits each row of a matrix. It is safe for concurrent use, and
// stands for the matrix as it was when it was made.
type AnswerIndex struct {
	m       *Matrix
	inUse   map[string]bool // services
	entries map[string]*Entry
	parties map[string]int // indexes into Matrix.Parties
	byDuty  map[string]*dutyRows
	own     map[string]*rowKind // what the organization does itself, by id
	rules   answerRules
}

// dutyRows are the rows of one duty, in the order of the matrix.
type dutyRows struct {
	rows  []*Row
	kinds []*rowKind // in the order of their first rows

	last   map[string]*rowKind   // by service: most rows say what the one before them says
	byHash map[uint64][]*rowKind // of what they say
}

// rowKind stands for the rows of a duty that say the same of the same service:
// they differ in their entries and letters alone. The row is the first of them.
type rowKind struct {
	*Row
	serviceName string
	ownEvidence []string
	letters     map[int]Letters // of all rows, by index into Matrix.Parties
	a           string          // the party with the A in all rows, or "" where there is none
}

// AnswerIndex returns an index of the matrix as it is now.
func (m *Matrix) AnswerIndex() *AnswerIndex {
	x := &AnswerIndex{m: m, inUse: m.servicesInUse(), parties: map[string]int{}, byDuty: map[string]*dutyRows{}, own: map[string]*rowKind{}, rules: m.answerRules()}
	for i, p := range m.Parties {
		x.parties[p.ID] = i
	}
	seed := maphash.MakeSeed()
	x.entries = m.EntriesByName()
	for i := range m.Rows {
		r := &m.Rows[i]
		of := x.byDuty[r.Duty]
		if of == nil {
			of = &dutyRows{last: map[string]*rowKind{}, byHash: map[uint64][]*rowKind{}}
			x.byDuty[r.Duty] = of
		}
		row := rowKind{Row: r, ownEvidence: r.OwnEvidence()}
		if e := x.entries[r.Entry]; e != nil {
			row.serviceName = e.ServiceName
		}
		of.rows = append(of.rows, r)
		x.addLetters(of.kind(row, seed), r)
	}
	for i := range m.OrganizationRows {
		r := &m.OrganizationRows[i]
		k := &rowKind{Row: r, ownEvidence: r.OwnEvidence(), a: r.Accountable()}
		x.own[r.ID] = x.addLetters(k, r)
	}
	return x
}

// Answers returns those of an index that is made for them alone; see
// [AnswerIndex.Answers].
func (m *Matrix) Answers(s *catalog.Selection) []Answer { return m.AnswerIndex().Answers(s) }

// AnswersInBrief returns those of an index that is made for them alone; see
// [AnswerIndex.AnswersInBrief].
func (m *Matrix) AnswersInBrief(s *catalog.Selection) []Answer {
	return m.AnswerIndex().AnswersInBrief(s)
}

// kind returns the kind of a row, which is a new one if no row says the same.
func (d *dutyRows) kind(row rowKind, seed maphash.Seed) *rowKind {
	last := d.last[row.Service]
	if last != nil && last.saysWhat(&row) {
		return last
	}
	sum := row.hash(seed)
	k := &row
	if i := slices.IndexFunc(d.byHash[sum], func(k *rowKind) bool { return k.saysWhat(&row) }); i >= 0 {
		k = d.byHash[sum][i]
	} else {
		k.a = row.Accountable()
		d.kinds, d.byHash[sum] = append(d.kinds, k), append(d.byHash[sum], k)
	}
	d.last[row.Service] = k
	return k
}

// addLetters adds the letters of a row to its kind.
func (x *AnswerIndex) addLetters(k *rowKind, r *Row) *rowKind {
	if k.letters == nil {
		k.letters = map[int]Letters{}
	}
	for _, role := range r.Roles {
		if i, ok := x.parties[role.Party]; ok && k.letters[i]|role.Letters != k.letters[i] {
			k.letters[i] |= role.Letters
		}
	}
	if r.Accountable() != k.a {
		k.a = ""
	}
	return k
}

// saysWhat reports whether two rows of a duty say the same of the same service.
func (k *rowKind) saysWhat(other *rowKind) bool {
	return k.Service == other.Service && k.serviceName == other.serviceName && k.Split == other.Split && k.Offers == other.Offers &&
		slices.EqualFunc(k.Sides, other.Sides, func(a, b catalog.Side) bool { return a.Who == b.Who && a.Text == b.Text }) &&
		slices.Equal(k.Process, other.Process) && slices.Equal(k.Evidence, other.Evidence) && slices.Equal(k.ownEvidence, other.ownEvidence)
}

// hash returns equal numbers for rows that say the same.
func (k *rowKind) hash(seed maphash.Seed) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	add := func(texts ...string) {
		for _, text := range texts {
			h.WriteString(text)
			h.WriteByte(0)
		}
	}
	add(k.Service, k.serviceName, k.Split, k.Offers)
	for _, s := range k.Sides {
		add(s.Who, s.Text)
	}
	for _, p := range k.Process {
		add(p.Text, p.URL)
	}
	add(k.Evidence...)
	add(k.ownEvidence...)
	return h.Sum64()
}
