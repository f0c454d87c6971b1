package check

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"raci/matrix"
)

func expiredOverride(m *matrix.Matrix, report report) {
	for _, e := range m.Exceptions {
		if e.Expired {
			report(e.At, "", fmt.Sprintf("the override ended on %s, before the manifest's date %s, and changes nothing", e.Expires, m.Date))
		}
	}
}

func overrideEndsSoon(m *matrix.Matrix, report report) {
	today, err := time.Parse(time.DateOnly, m.Date)
	if err != nil {
		return // without a date nothing is soon
	}
	for _, e := range m.Exceptions {
		end, err := time.Parse(time.DateOnly, e.Expires)
		if err != nil || e.Expired {
			continue
		}
		if days := int(end.Sub(today).Hours() / 24); days <= m.Manifest.Check.WarnBeforeEnd {
			report(e.At, "", fmt.Sprintf("the override ends on %s, %d days after the manifest's date", e.Expires, days))
		}
	}
}

func overrideWithoutReason(m *matrix.Matrix, report report) {
	for _, e := range m.Exceptions {
		var missing []string
		if e.Reason == "" {
			missing = append(missing, "reason")
		}
		if e.Expires == "" {
			missing = append(missing, "end")
		}
		if len(missing) > 0 {
			report(e.At, "", "the override has no "+strings.Join(missing, " and no "))
		}
	}
}

func idleRule(m *matrix.Matrix, report report) {
	for _, i := range m.Idle {
		message := fmt.Sprintf("the %s changes nothing: %s", i.What, i.Why)
		if i.Hint != "" {
			message += "; " + i.Hint
		}
		report(i.At, "", message)
	}
}

func rulesInConflict(m *matrix.Matrix, report report) {
	for _, c := range m.Conflicts {
		if c.Letter == 0 {
			report(c.Winner, "", fmt.Sprintf("two equally specific overrides disagree on %s; this one won over the one at line %d", some(c.Rows), c.Loser.Line))
			continue
		}
		report(c.Winner, "", fmt.Sprintf("two equally specific rules give the %s of %s to different parties; this one won over the one at line %d",
			c.Letter, some(c.Rows), c.Loser.Line))
	}
}

func some(rows []string) string {
	switch len(rows) {
	case 1:
		return rows[0]
	case 2:
		return rows[0] + " and " + rows[1]
	}
	return fmt.Sprintf("%s and %d more rows", rows[0], len(rows)-1)
}

func variantAssumed(m *matrix.Matrix, report report) {
	for _, e := range m.Entries {
		if len(e.Assumed) > 0 {
			report(e.At, "", fmt.Sprintf("%s does not say how %s is used; %s is assumed", e.Name, e.ServiceName, strings.Join(e.Assumed, ", ")))
		}
	}
}

func retiredService(m *matrix.Matrix, report report) {
	for _, e := range m.Entries {
		switch e.Lifecycle {
		case "retired":
			report(e.At, "", fmt.Sprintf("%s uses %s, which AWS has ended", e.Name, e.ServiceName))
		case "maintenance":
			report(e.At, "", fmt.Sprintf("%s uses %s, which AWS has closed to new customers or is ending", e.Name, e.ServiceName))
		}
	}
}

// oldSource reports each old page once, at the first row that rests on it.
func oldSource(m *matrix.Matrix, report report) {
	today, err := time.Parse(time.DateOnly, m.Date)
	if err != nil {
		return
	}
	limit := today.AddDate(0, -m.Manifest.Check.MaxSourceAge, 0).Format("2006-01")
	seen := map[string]bool{}
	for i := range m.Rows {
		for _, s := range m.Rows[i].Sources {
			if s.Checked < limit && !seen[s.URL] {
				seen[s.URL] = true
				report(place(m, &m.Rows[i]), m.Rows[i].ID, fmt.Sprintf("%s was checked in %s, more than %d months before the manifest's date", s.URL, s.Checked, m.Manifest.Check.MaxSourceAge))
			}
		}
	}
}

func emptyHalf(m *matrix.Matrix, report report) {
	for i := range m.Rows {
		r := &m.Rows[i]
		for _, s := range r.Sides {
			if len(r.Sides) > 1 && len(strings.Fields(s.Text)) < 3 {
				report(s.At, r.ID, fmt.Sprintf("the half of %s in %q is only %q", s.Who, r.Title, s.Text))
			}
		}
	}
}

// unansweredRequirement looks at requirements that duties answer; those that
// are the organization's own need no row.
func unansweredRequirement(m *matrix.Matrix, report report) {
	there := map[string]bool{}
	for i := range m.Rows {
		there[m.Rows[i].Duty] = true
	}
	for _, s := range m.Frameworks {
		for _, q := range s.Requirements {
			if s.Excluded[q.ID] == "" && q.Organization == "" && len(q.Duties) > 0 && !slices.ContainsFunc(q.Duties, func(d string) bool { return there[d] }) {
				report(s.At, "", fmt.Sprintf("no row answers %s %s (%s); it needs one of %s", s.Framework.ID, q.ID, q.Title, strings.Join(q.Duties, ", ")))
			}
		}
	}
}

func sameEntryTwice(m *matrix.Matrix, report report) {
	first := map[string]string{}
	for i, e := range m.Entries {
		u := &m.Manifest.Uses[i]
		key := strings.Join([]string{e.Service, strings.Join(e.Variants, ","), e.Owner, strings.Join(e.Tags, ","),
			strings.Join(e.Environments, ","), strings.Join(e.Accounts, ",")}, "\x00")
		if other, ok := first[key]; ok {
			report(u.At, "", fmt.Sprintf("%s says the same as %s", e.Name, other))
			continue
		}
		first[key] = e.Name
	}
}

func emptyPlace(m *matrix.Matrix, report report) {
	environments, accounts := map[string]bool{}, map[string]bool{}
	for _, e := range m.Entries {
		for _, name := range e.Environments {
			environments[name] = true
		}
		for _, id := range e.Accounts {
			accounts[id] = true
		}
	}
	for _, e := range m.Manifest.Environments {
		if !environments[e.ID] {
			report(e.At, "", fmt.Sprintf("no entry runs in the environment %s", e.ID))
		}
	}
	for _, a := range m.Manifest.Accounts {
		if !accounts[a.ID] {
			report(a.At, "", fmt.Sprintf("no entry runs in the account %s (%s)", a.ID, a.Name))
		}
	}
}
