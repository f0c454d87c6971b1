package check

import (
	"fmt"
	"strings"

	"raci/matrix"
)

// Rules are all rules, in the order in which they are documented.
var Rules = []Rule{
	{
		ID: "no-accountable", Severity: matrix.Error,
		Title:   "a row without an accountable party",
		Meaning: "Work is done, but nobody answers for it. Every row needs exactly one A.",
		Fix:     "name accountable under defaults, or in a rule under assign that selects the row",
		find:    noAccountable,
	},
	{
		ID: "no-responsible", Severity: matrix.Warning,
		Title:   "a duty of the customer without a responsible party",
		Meaning: "No owner and no rule says who does the work, so the accountable party holds A/R.",
		Fix:     "name responsible in a rule under assign, or the owner of the entry",
		find:    noResponsible,
	},
	{
		ID: "unassigned-duty", Severity: matrix.Error,
		Title:   "a duty of the customer that nobody was assigned",
		Meaning: "Neither who does the work nor who answers for it is known.",
		Fix:     "name accountable under defaults, and responsible in a rule under assign or as the owner of the entry",
		find:    unassignedDuty,
	},
	{
		ID: "variant-assumed", Severity: matrix.Warning,
		Title:   "an entry that does not say how the service is used",
		Meaning: "The split depends on the variant. The matrix assumes the one that leaves most to the customer.",
		Fix:     "name the variant that is in use",
		find:    variantAssumed,
	},
	{
		ID: "expired-override", Severity: matrix.Error,
		Title:   "an override that ended before the date of the manifest",
		Meaning: "An exception that has ended is none. The matrix follows the catalog again.",
		Fix:     "remove the override, or renew it with a new end",
		find:    expiredOverride,
	},
	{
		ID: "framework-not-mapped", Severity: matrix.Note,
		Title:   "a framework whose requirements are not mapped",
		Meaning: "The manifest names a framework, and this version of the catalog links no requirements to duties yet.",
		Fix:     "keep the line for a later version, or remove it",
		find:    frameworkNotMapped,
	},
}

type report = func(at matrix.Pos, row, message string)

// place is where a missing letter of the row can be mended.
func place(m *matrix.Matrix, r *matrix.Row) matrix.Pos {
	for i := range m.Entries {
		if m.Entries[i].Name == r.Entry {
			return m.Entries[i].At
		}
	}
	if at := m.Manifest.Defaults.At; at.Line > 0 {
		return at
	}
	return matrix.Pos{File: m.Manifest.File, Line: 1, Col: 1}
}

func noAccountable(m *matrix.Matrix, report report) {
	for i := range m.Rows {
		if r := &m.Rows[i]; r.Accountable() == "" && !r.Unassigned {
			report(place(m, r), r.ID, fmt.Sprintf("nobody is accountable for %q", r.Title))
		}
	}
}

func noResponsible(m *matrix.Matrix, report report) {
	for i := range m.Rows {
		if r := &m.Rows[i]; r.Unassigned && r.Accountable() != "" {
			report(place(m, r), r.ID, fmt.Sprintf("nobody is named as responsible for %q; %s holds A/R", r.Title, r.Accountable()))
		}
	}
}

func unassignedDuty(m *matrix.Matrix, report report) {
	for i := range m.Rows {
		if r := &m.Rows[i]; r.Unassigned && r.Accountable() == "" {
			report(place(m, r), r.ID, fmt.Sprintf("nobody is responsible or accountable for %q", r.Title))
		}
	}
}

func variantAssumed(m *matrix.Matrix, report report) {
	for _, e := range m.Entries {
		if len(e.Assumed) > 0 {
			report(e.At, "", fmt.Sprintf("%s does not say how %s is used; %s is assumed", e.Name, e.ServiceName, strings.Join(e.Assumed, ", ")))
		}
	}
}

func expiredOverride(m *matrix.Matrix, report report) {
	for _, e := range m.Exceptions {
		if e.Expired {
			report(e.At, "", fmt.Sprintf("the override ended on %s, before the manifest's date %s, and changes nothing", e.Expires, m.Date))
		}
	}
}

func frameworkNotMapped(m *matrix.Matrix, report report) {
	for _, f := range m.Manifest.Frameworks {
		report(f.At, "", fmt.Sprintf("the framework %q is not mapped to duties yet", f.ID))
	}
}
