package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"raci/matrix"
	"raci/matrix/catalog"
	"raci/matrix/source"
)

func expiredOverride(m *input, report reporter) {
	for i, e := range m.Exceptions {
		if e.Expired {
			report(e.At, aboutException(m, i), fmt.Sprintf("the override ended on %s, before the manifest's date %s, and changes nothing", e.Expires, m.Date))
		}
	}
}

func overrideEndsSoon(m *input, report reporter) {
	today, err := time.Parse(time.DateOnly, m.Date)
	if err != nil {
		return // without a date nothing is soon
	}
	for i, e := range m.Exceptions {
		end, err := time.Parse(time.DateOnly, e.Expires)
		if err != nil || e.Expired {
			continue
		}
		if days := int(end.Sub(today).Hours() / 24); days <= m.Check.WarnBeforeEnd {
			report(e.At, aboutException(m, i), fmt.Sprintf("the override ends on %s, %d days after the manifest's date", e.Expires, days))
		}
	}
}

// endWithoutDate reports the first end of a manifest without a date, and
// counts the others: one line fixes them all.
func endWithoutDate(m *input, report reporter) {
	if m.Date != "" {
		return
	}
	type end struct {
		at  source.Pos
		day string
	}
	var ends []end
	for _, e := range m.Exceptions {
		if e.Expires != "" {
			ends = append(ends, end{e.At, e.Expires})
		}
	}
	for _, w := range m.Check.Waivers {
		ends = append(ends, end{w.At, w.Expires})
	}
	if len(ends) == 0 {
		return
	}
	first := slices.MinFunc(ends, func(a, b end) int { return cmp.Or(cmp.Compare(a.at.Line, b.at.Line), cmp.Compare(a.at.Col, b.at.Col)) })
	message := fmt.Sprintf("this never ends on %s, because the manifest has no date", first.day)
	if others := len(ends) - 1; others > 0 {
		message += "; the same goes for " + counted(others, "other end")
	}
	report(first.at, aboutManifest(), message)
}

func overrideWithoutReason(m *input, report reporter) {
	for i, e := range m.Exceptions {
		var missing []string
		if e.Reason == "" {
			missing = append(missing, "reason")
		}
		if e.Expires == "" {
			missing = append(missing, "end")
		}
		if len(missing) > 0 {
			report(e.At, aboutException(m, i), "the override has no "+strings.Join(missing, " and no "))
		}
	}
}

// remarks reports what the merge itself found under this id.
func remarks(rule string) func(*input, reporter) {
	return func(m *input, report reporter) {
		for i := range m.Remarks {
			r := &m.Remarks[i]
			switch {
			case r.Rule != rule:
			case r.MoreRows > 0: // who waives it names all that it names, or everything
				report(r.At, subject{selector: r.Selector}, r.Message, r.Related...)
			case r.Selector != nil && len(r.Rows) == 0:
				report(r.At, aboutSelected(m, r.Selector), r.Message, r.Related...)
			case r.Selector != nil:
				report(r.At, aboutRowsOf(m, r.Selector, r.Rows), r.Message, r.Related...)
			default:
				report(r.At, aboutRows(m, r.Rows), r.Message, r.Related...)
			}
		}
	}
}

func variantAssumed(m *input, report reporter) {
	for i := range m.Entries {
		if e := &m.Entries[i]; len(e.Assumed) > 0 {
			report(e.At, aboutEntry(e), fmt.Sprintf("%s does not say how %s is used; %s is assumed", e.Name, e.ServiceName, strings.Join(e.Assumed, ", ")))
		}
	}
}

func retiredService(m *input, report reporter) {
	for i := range m.Entries {
		e := &m.Entries[i]
		switch e.Lifecycle {
		case catalog.Retired:
			report(e.At, aboutEntry(e), fmt.Sprintf("%s uses %s, which AWS has ended", e.Name, e.ServiceName))
		case catalog.Maintenance:
			report(e.At, aboutEntry(e), fmt.Sprintf("%s uses %s, which AWS has closed to new customers or is ending", e.Name, e.ServiceName))
		}
	}
}

// oldSource reports each old page once, at the first row that rests on it.
func oldSource(m *input, report reporter) {
	today, err := time.Parse(time.DateOnly, m.Date)
	if err != nil {
		return
	}
	limit := today.AddDate(0, -m.Check.MaxSourceAge, 0).Format("2006-01")
	seen := map[string]bool{}
	for i := range m.Rows {
		for _, s := range m.Rows[i].Sources {
			if s.Checked < limit && !seen[s.URL] {
				seen[s.URL] = true
				report(rowPlace(m, &m.Rows[i]), aboutRow(m, &m.Rows[i]), fmt.Sprintf("%s was checked in %s, more than %d months before the manifest's date", s.URL, s.Checked, m.Check.MaxSourceAge))
			}
		}
	}
}

func emptyHalf(m *input, report reporter) {
	for i := range m.Rows {
		r := &m.Rows[i]
		for _, s := range r.Sides {
			if len(r.Sides) > 1 && !hasWords(s.Text, 3) {
				report(s.At, aboutRow(m, r), fmt.Sprintf("the half of %s in %q is only %q", s.Who, r.Title, s.Text))
			}
		}
	}
}

// hasWords reports whether a text has this many words or more.
func hasWords(text string, least int) bool {
	n := 0
	for range strings.FieldsSeq(text) {
		if n++; n >= least {
			return true
		}
	}
	return least <= 0
}

// requirementWithoutAccountable looks at requirements whose rows do not share an
// accountable party, where the defaults name none.
func requirementWithoutAccountable(m *input, report reporter) {
	for i := range m.Frameworks {
		s := &m.Frameworks[i]
		var without []string
		for _, a := range m.answers()[i] {
			if a.Ownership != matrix.NotApplicable && a.Accountable == "" {
				without = append(without, a.Requirement.ID)
			}
		}
		if len(without) > 0 {
			report(s.At, aboutManifest(), fmt.Sprintf("nobody is accountable for %s of %s as a whole", matrix.SomeRows(without), s.Name))
		}
	}
}

// unansweredRequirement looks at requirements whose duties do not occur. One
// that is about services that are not in use does not apply.
func unansweredRequirement(m *input, report reporter) {
	for i := range m.Frameworks {
		s := &m.Frameworks[i]
		for _, a := range m.answers()[i] {
			q := a.Requirement
			switch {
			case a.Excluded != "" || a.Ownership == matrix.NotApplicable && len(q.Services) > 0:
			case a.Ownership == matrix.NotApplicable:
				report(s.At, aboutRequirement(s.Framework.ID, q.ID), fmt.Sprintf("no row answers %s %s (%s); it needs one of %s", s.Framework.ID, q.ID, q.Title, strings.Join(q.Duties, ", ")))
			}
		}
	}
}

// omittedRequirement looks at what overlays leave out, for which only the manifest
// can give a reason.
func omittedRequirement(m *input, report reporter) {
	for i := range m.Frameworks {
		s := &m.Frameworks[i]
		for _, q := range s.Requirements {
			if q.Omitted && s.Excluded[q.ID] == "" {
				report(q.At, aboutRequirement(s.Framework.ID, q.ID), fmt.Sprintf("an overlay leaves out %s %s (%s)", s.Framework.ID, q.ID, q.Title))
			}
			for _, part := range q.Statements {
				if part.Omitted && s.Excluded[q.ID] == "" {
					report(part.At, aboutRequirement(s.Framework.ID, q.ID), fmt.Sprintf("an overlay leaves out the statement %s %s", s.Framework.ID, part.ID))
				}
			}
		}
	}
}

func sameEntryTwice(m *input, report reporter) {
	first := map[string]string{}
	for i := range m.Entries {
		e := &m.Entries[i]
		key := strings.Join([]string{e.Service, strings.Join(e.Variants, ","), e.Owner, strings.Join(e.Tags, ","),
			strings.Join(e.Environments, ","), strings.Join(e.Accounts, ",")}, "\x00")
		if other, ok := first[key]; ok {
			report(e.At, aboutEntry(e), fmt.Sprintf("%s repeats %s", e.Name, other))
			continue
		}
		first[key] = e.Name
	}
}

func emptyPlace(m *input, report reporter) {
	environments, accounts := map[string]bool{}, map[string]bool{}
	for _, e := range m.Entries {
		for _, name := range e.Environments {
			environments[name] = true
		}
		for _, id := range e.Accounts {
			accounts[id] = true
		}
	}
	for _, e := range m.Environments {
		if !environments[e.ID] {
			report(e.At, aboutEnvironment(e.ID), fmt.Sprintf("no entry runs in the environment %s", e.ID))
		}
	}
	for _, a := range m.Accounts {
		if !accounts[a.ID] {
			report(a.At, aboutAccount(a.ID), fmt.Sprintf("no entry runs in the account %s (%s)", a.ID, a.Name))
		}
	}
}
