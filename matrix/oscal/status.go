package oscal

import (
	"slices"

	"raci/matrix"
	"raci/matrix/catalog"
)

// A matrix says who does what, not what is done. So the state of an
// implementation is the most that follows from it: AWS's part is in place where
// a page of AWS says so of a service in use, and the manifest says how it is
// used; of all else there is no more than a plan. FedRAMP wants a remark with
// every state but implemented; these say what to confirm or to find out.
const (
	remarkImplemented = "AWS does all of it, by the pages that the rows link to; confirm it in AWS's audit reports."
	remarkPartial     = "AWS does a part, by the pages that the rows link to. The matrix does not say whether the rest is done: set the state."
	remarkPlanned     = "The matrix says who does it, not whether it is done: set the state."
	remarkOutside     = " It is not about what the organization does outside of AWS."
	remarkUnassigned  = "Nobody is responsible for a part of it yet, so that part is not even planned: assign it, then set the state."
)

// status is what follows from the rows for the state of an implementation. If own is
// set, the organization does something in the system that no row says. What it
// does outside counts as little as for the ownership of a requirement.
func (a *answer) status(rows []*matrix.Row, own bool) *status {
	known, unknown, unassigned := false, own, own && len(a.Rows) == 0 && len(a.Responsible) == 0
	for _, r := range rows {
		for _, s := range provided(r) {
			switch {
			case !carries(a.Answer, r, s.Who):
			case s.Who == catalog.AWS && len(r.Sources) > 0 && !a.d.assumed[r.Entry]:
				known = true
			default:
				unknown = true
			}
		}
		if r.Side(catalog.Customer) != "" {
			unknown, unassigned = true, unassigned || a.d.names(r, matrix.Responsible) == nobody
		}
	}
	switch {
	case unassigned && known:
		return &status{"partial", remarkUnassigned}
	case unassigned:
		return &status{"planned", remarkUnassigned}
	case known && unknown:
		return &status{"partial", remarkPartial}
	case known && a.Requirement.Outside != "":
		return &status{"implemented", remarkImplemented + remarkOutside}
	case known:
		return &status{"implemented", remarkImplemented}
	}
	return &status{"planned", remarkPlanned}
}

// roles returns who provides something in these rows for the requirement, and who
// holds which letter in them.
func (a *answer) roles(rows []*matrix.Row) []assignment {
	return append(a.providing(rows), a.d.letters(rows...)...)
}

// systemRoles returns the roles of all rows, with the one party that answers for
// the requirement, and with those who are responsible for it as a whole.
func (a *answer) systemRoles() []assignment {
	held := a.d.held(a.Rows)
	for id := range held {
		held[id] &^= matrix.Responsible
		if a.Accountable != "" {
			held[id] &^= matrix.Accountable
		}
	}
	held[a.Accountable] |= matrix.Accountable
	for _, id := range a.customerResponsible() {
		held[id] |= matrix.Responsible
	}
	return append(a.providing(a.Rows), a.d.assignLetters(held)...)
}

// providing returns whose side the customer can lean on in these rows.
func (a *answer) providing(rows []*matrix.Row) []assignment {
	var ids []string
	for _, r := range rows {
		for _, s := range provided(r) {
			if carries(a.Answer, r, s.Who) && !slices.Contains(ids, s.Who) {
				ids = append(ids, s.Who)
			}
		}
	}
	return a.d.assign(providerRole, ids)
}

// customerResponsible are those who are responsible for the customer's part. An
// operator's R is for its own side, of which it is the provider.
func (a *answer) customerResponsible() []string {
	held := a.d.held(a.Rows)
	return slices.DeleteFunc(slices.Clone(a.Responsible), func(id string) bool {
		provides := slices.ContainsFunc(a.Rows, func(r *matrix.Row) bool { return r.Side(id) != "" })
		return provides && !held[id].Has(matrix.Responsible)
	})
}
