package check

import (
	"strings"
	"sync"

	"raci/matrix"
)

// subject is what a finding is about. By it a waiver selects the finding, in
// the words that select rows for a rule of the manifest:
//
//   - a finding about a row, as the row;
//   - about an entry, by entry, service, tag, environment and account, but by
//     nothing that only a row has, such as a duty;
//   - about an environment, an account or a tag, by these;
//   - about a requirement, by requirement;
//   - about several rows, where the waiver selects every one of them;
//   - about a rule or an override, where the waiver selects every row that it
//     speaks of, or names all that it names;
//   - about a party or the manifest as a whole, by a waiver that selects
//     everything, which covers any finding.
type subject struct {
	row      string           // the row that the finding names, or ""
	selector *matrix.Selector // of the rule or the override, or nil
	targets  func() []target  // asked for where a waiver names the rule, and found once; may be nil
}

// target is what a selector can match: a row or, where there is none, what is
// known of it.
type target struct {
	row   *matrix.Row
	entry *matrix.Entry
}

func about(row *matrix.Row, e *matrix.Entry) subject {
	return subject{targets: func() []target { return []target{{row, e}} }}
}

func aboutManifest() subject { return subject{} }

func aboutRow(m *input, r *matrix.Row) subject {
	s := about(r, m.entries[r.Entry])
	s.row = r.ID
	return s
}

func aboutEntry(e *matrix.Entry) subject {
	return about(&matrix.Row{Entry: e.Name, Service: e.Service}, e)
}

func aboutEnvironment(id string) subject {
	return about(&matrix.Row{}, &matrix.Entry{Environments: []string{id}})
}

func aboutAccount(id string) subject {
	return about(&matrix.Row{}, &matrix.Entry{Accounts: []string{id}})
}

func aboutTag(tag string) subject {
	return about(&matrix.Row{}, &matrix.Entry{Tags: []string{tag}})
}

func aboutRequirement(framework, id string) subject {
	return about(&matrix.Row{Requirements: []matrix.RowRequirements{{Framework: framework, IDs: []string{id}}}}, nil)
}

// aboutRowsThat is about the rows for which the function says so.
func aboutRowsThat(m *input, are func(*matrix.Row, *matrix.Entry) bool) subject {
	return subject{targets: sync.OnceValue(func() []target { return m.rowsThat(are) })}
}

func (m *input) rowsThat(are func(*matrix.Row, *matrix.Entry) bool) []target {
	var targets []target
	for i := range m.Rows {
		r := &m.Rows[i]
		if e := m.entries[r.Entry]; are(r, e) {
			targets = append(targets, target{r, e})
		}
	}
	return targets
}

func aboutRows(m *input, ids []string) subject {
	return subject{targets: sync.OnceValue(func() []target {
		var targets []target
		for _, id := range ids {
			targets = append(targets, rowTarget(m, id))
		}
		return targets
	})}
}

// rowTarget finds a row. An override can take a row out of the matrix: what is
// left of it are the entry and the duty in its id.
func rowTarget(m *input, id string) target {
	if r := m.rows()[id]; r != nil {
		return target{r, m.entries[r.Entry]}
	}
	i := max(strings.LastIndexByte(id, '/'), 0)
	r := matrix.Row{ID: id, Entry: id[:i], Duty: strings.TrimPrefix(id[i:], "/")}
	e := m.entries[r.Entry]
	if e != nil {
		r.Service = e.Service
	}
	return target{&r, e}
}

// aboutSelected is about a rule or an override with this selector.
func aboutSelected(m *input, selector *matrix.Selector) subject {
	return subject{selector: selector, targets: sync.OnceValue(func() []target { return m.rowsThat(selector.Matcher().Matches) })}
}

// aboutException is about an override: the rows that it changed or, where it
// changed none, those that it selects.
func aboutException(m *input, i int) subject {
	e := &m.Exceptions[i]
	if len(e.Rows) > 0 {
		return aboutRowsOf(m, &e.Selector, e.Rows)
	}
	return aboutSelected(m, &e.Selector)
}

// aboutRowsOf is about what a rule or an override does to these rows.
func aboutRowsOf(m *input, selector *matrix.Selector, ids []string) subject {
	s := aboutRows(m, ids)
	s.selector = selector
	return s
}

// allTargets are the targets. Where there are none, nothing selects the finding but
// what selects everything.
func (s *subject) allTargets() []target {
	if s.targets != nil {
		if targets := s.targets(); len(targets) > 0 {
			return targets
		}
	}
	return []target{{&matrix.Row{}, nil}}
}
