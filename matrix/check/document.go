package check

import (
	"fmt"
	"strconv"
	"strings"

	"raci/matrix"
	"raci/matrix/source"
)

// reviewOverdue compares days as text, which ISO dates allow. Without a date of
// the manifest nothing is overdue.
func reviewOverdue(m *input, report reporter) {
	if m.NextReview != "" && m.Date != "" && m.NextReview < m.Date {
		report(m.Place(matrix.PlaceNextReview), aboutManifest(), fmt.Sprintf("the review was due on %s, before the manifest's date %s", m.NextReview, m.Date))
	}
}

// Names in the starters.
const (
	starterOrganization = "Example Organization"
	starterSystem       = "Example System"
	starterHost         = "@your.example"
)

func starterName(m *input, report reporter) {
	if m.Organization == starterOrganization {
		report(m.Place(matrix.PlaceOrganization), aboutManifest(), fmt.Sprintf("the organization still has the name of the starter, %q", m.Organization))
	}
	if m.System == starterSystem {
		report(m.Place(matrix.PlaceSystem), aboutManifest(), fmt.Sprintf("the system still has the name of the starter, %q", m.System))
	}
	for _, p := range m.Parties {
		if strings.HasSuffix(p.Contact, starterHost) {
			report(p.At, aboutManifest(), fmt.Sprintf("the contact of %s is still that of the starter, %q", p.ID, p.Contact))
		}
	}
}

// documentControl names all that is missing in one finding: it can be fixed in
// one step.
func documentControl(m *input, report reporter) {
	var missing []string
	for _, f := range []struct {
		missing bool
		what    string
	}{{m.Date == "", "no date"}, {m.Revision == "", "no revision"}, {len(m.Appearance.Approvers) == 0, "no approver"}} {
		if f.missing {
			missing = append(missing, f.what)
		}
	}
	if len(missing) > 0 {
		report(manifestStart(m), aboutManifest(), "the document has "+listed(missing))
	}
}

// nothingAsked looks for a choice by frameworks where there are none.
func nothingAsked(m *input, report reporter) {
	if m.Duties == matrix.AskedDuties && len(m.Frameworks) == 0 {
		report(m.Place(matrix.PlaceDuties), aboutManifest(), fmt.Sprintf("no framework is chosen that could ask for anything, so all %d duties of the organization are left out", len(m.LeftOut)))
	}
}

// listed joins words as a sentence does.
func listed(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// mistypedParty looks at people, who may be parties or not: a word that is
// nearly the id of a party is probably meant to be it.
func mistypedParty(m *input, report reporter) {
	var ids []string
	var search source.Search
	parties := m.PartiesByID()
	for _, p := range m.Parties {
		ids = append(ids, p.ID)
	}
	look := func(key, where, name string) {
		if name == "" || strings.Contains(name, " ") || parties[name] != nil {
			return
		}
		if near := search.Nearest(name, ids); near != "" {
			report(m.Place(key), aboutManifest(), fmt.Sprintf("%s names %q, which is not a party; did you mean %q?", where, name, near))
		}
	}
	look(matrix.PlacePreparedBy, "prepared-by", m.PreparedBy)
	look(matrix.PlaceReviewedBy, "reviewed-by", m.ReviewedBy)
	for i, v := range m.History {
		look(matrix.PlaceHistory+strconv.Itoa(i), "revision "+v.Revision+" of the history", v.By)
	}
}
