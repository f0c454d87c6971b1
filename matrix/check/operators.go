package check

import (
	"fmt"
	"slices"

	"raci/matrix"
	"raci/matrix/source"
)

// operatorWithoutText looks at each R of another company: who answers for its work
// must know what it has taken on.
func operatorWithoutText(m *input, report reporter) {
	operatorInRow(m, report)
	parties := m.PartiesByID()
	for _, a := range m.RuledAnswers() {
		operators := slices.DeleteFunc(slices.Clone(a.Rule.Responsible), func(ref source.Ref) bool {
			p := parties[ref.ID]
			return p == nil || p.Kind != matrix.Operator || !slices.Contains(a.Responsible, p.ID)
		})
		if len(operators) == 0 {
			continue
		}
		sides := map[string]bool{}
		for _, r := range a.Rows {
			for _, s := range r.Sides {
				sides[s.Who] = true
			}
		}
		for _, ref := range operators {
			p := parties[ref.ID]
			if sides[p.ID] {
				continue
			}
			report(ref.At, aboutRequirement(a.Framework, a.Within.ID), fmt.Sprintf("%s (%s) is responsible for %s, and nothing says what it does", p.ID, p.Name, a.Name.ID))
		}
	}
}

func operatorInRow(m *input, report reporter) {
	parties := m.PartiesByID()
	for i := range m.Rows {
		r := &m.Rows[i]
		for _, role := range r.Roles {
			p := parties[role.Party]
			if p == nil || p.Kind != matrix.Operator || !role.Letters.Has(matrix.Responsible) || r.Side(p.ID) != "" {
				continue
			}
			at := decidedAt(r, matrix.Responsible, p.ID)
			if at.Line == 0 || at.File != m.File {
				at = rowPlace(m, r)
			}
			report(at, aboutRow(m, r), fmt.Sprintf("%s (%s) is responsible for %q, and nothing says what it does", p.ID, p.Name, r.Title))
		}
	}
}

// teamAsSide looks at the sides of overrides, and at those of the catalog that the
// manifest contradicts.
func teamAsSide(m *input, report reporter) {
	teams := map[string]*matrix.Party{}
	for i := range m.Parties {
		if p := &m.Parties[i]; p.Kind == matrix.Team {
			teams[p.ID] = p
		}
	}
	for i := range m.Exceptions {
		for _, s := range m.Exceptions[i].Sides {
			if p := teams[s.Who]; p != nil {
				report(s.At, aboutException(m, i), fmt.Sprintf("%s (%s) is named as a side, and nothing says that it is an operator", p.ID, p.Name))
			}
		}
	}
	for i := range m.Rows {
		for _, s := range m.Rows[i].Sides {
			if p := teams[s.Who]; p != nil && m.Rows[i].Exception < 0 {
				delete(teams, p.ID) // once is enough
				report(p.At, aboutManifest(), fmt.Sprintf("%s (%s) is a team, and the catalog has it as an operator", p.ID, p.Name),
					source.Related{At: s.At, Message: "a side of it"})
			}
		}
	}
}
