package oscal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"raci/matrix"
	"raci/matrix/catalog"
)

// published is a framework whose controls have been published in OSCAL.
type published struct {
	framework string
	catalog   string            // address of the catalog
	profiles  map[string]string // addresses of the profiles, by baseline
	control   func(id string) string
	statement string // what makes the id of its statement from that of a control
}

const (
	nistContent    = "https://raw.githubusercontent.com/usnistgov/oscal-content/main/nist.gov/"
	nistRevision5  = nistContent + "SP800-53/rev5/json/NIST_SP-800-53_rev5_"
	fedRAMPContent = "https://raw.githubusercontent.com/GSA/fedramp-automation/master/dist/content/rev5/baselines/json/FedRAMP_rev5_"
	profileFile    = "-baseline_profile.json"
)

// catalogs are the frameworks with content in OSCAL. FedRAMP has profiles of
// NIST's catalog, but no catalog of its own.
var catalogs = []published{
	{"nist-800-53-r5", nistRevision5 + "catalog.json", map[string]string{
		"low":      nistRevision5 + "LOW" + profileFile,
		"moderate": nistRevision5 + "MODERATE" + profileFile,
		"high":     nistRevision5 + "HIGH" + profileFile,
		"privacy":  nistRevision5 + "PRIVACY" + profileFile,
	}, enhancement, "_smt"},
	{"fedramp-rev5", nistRevision5 + "catalog.json", map[string]string{
		"li-saas":  fedRAMPContent + "LI-SaaS" + profileFile,
		"low":      fedRAMPContent + "LOW" + profileFile,
		"moderate": fedRAMPContent + "MODERATE" + profileFile,
		"high":     fedRAMPContent + "HIGH" + profileFile,
	}, enhancement, "_smt"},
	{"nist-csf-2.0", nistContent + "CSF/v2.0/json/NIST_CSF_v2.0_catalog.json", nil, token, "_statement"},
}

// enhancement returns the id of a control of NIST SP 800-53 in OSCAL: AC-2(1)
// is ac-2.1 there.
func enhancement(id string) string { return strings.ToLower(token(id)) }

// findCatalog returns what is published of a framework, or nil.
func findCatalog(framework string) *published {
	for i := range catalogs {
		if catalogs[i].framework == framework {
			return &catalogs[i]
		}
	}
	return nil
}

// profileOf returns the address of the profile of a selection, or "". Of several
// baselines it is that of the one that holds the requirements of all, such as
// moderate of low and moderate.
func profileOf(s *catalog.Selection) string {
	c := findCatalog(s.Framework.ID)
	if c == nil {
		return ""
	}
	for _, b := range s.Baselines() {
		outside := func(q *catalog.Requirement) bool {
			return !slices.Contains(q.Baselines, b) && !slices.Contains(s.Included, q.ID)
		}
		if len(s.Baselines()) == 1 || !slices.ContainsFunc(s.Requirements, outside) {
			return c.profiles[b]
		}
	}
	return ""
}

// chooseFramework returns the selection that a plan is about, as [WritePlan]
// says, and a warning that names the others, if any.
func chooseFramework(m *matrix.Matrix) (chosen *catalog.Selection, warnings []string) {
	candidates := m.AuthorizationBaselines()
	for i := range m.Frameworks {
		if s := &m.Frameworks[i]; profileOf(s) != "" {
			candidates = append(candidates, s)
		}
	}
	chosen = append(candidates, &m.Frameworks[0])[0]
	var others []string
	for i := range m.Frameworks {
		if s := &m.Frameworks[i]; s != chosen {
			others = append(others, s.Name)
		}
	}
	if len(others) > 0 {
		warnings = []string{fmt.Sprintf("a plan rests on one profile, and this one is about %s; left out: %s", chosen.Name, strings.Join(others, ", "))}
	}
	return chosen, warnings
}

// controls are the ids in OSCAL of the requirements of a framework.
type controls struct {
	ids       map[string]string
	statement string
	published bool // they are those of a catalog in OSCAL, and so are the ids of statements
}

// controlsOf returns the ids that OSCAL has for the requirements of a
// framework, or tokens made from their own. No two requirements share one.
func controlsOf(s *catalog.Selection) controls {
	convert, c := token, controls{ids: map[string]string{}, statement: "_smt"}
	if p := findCatalog(s.Framework.ID); p != nil {
		convert, c.statement, c.published = p.control, p.statement, true
	}
	taken := map[string]bool{}
	for _, q := range s.Requirements {
		id := convert(q.ID)
		for n := 2; taken[id]; n++ {
			id = convert(q.ID) + "_" + strconv.Itoa(n)
		}
		taken[id] = true
		c.ids[q.ID] = id
	}
	return c
}

// statementID returns the id in OSCAL of the nth lettered statement of a
// requirement: AC-2(3)(a) is ac-2.3_smt.a.
func (c controls) statementID(q *catalog.Requirement, n int) string {
	id := strings.TrimSuffix(q.Statements[n].ID, ")")
	return c.ids[q.ID] + c.statement + "." + id[len(id)-1:]
}

// token turns an id into a token of OSCAL: a letter or _ first, then letters,
// digits, and . - _ alone. Other characters become full stops, of which none
// stands at the end and no two stand together: 164.308(a)(1) is
// _164.308.a.1.
func token(id string) string {
	var b strings.Builder
	for _, r := range id {
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r) || r == '-' || r == '_':
			b.WriteRune(r)
		case !strings.HasSuffix(b.String(), "."):
			b.WriteByte('.')
		}
	}
	s := strings.Trim(b.String(), ".")
	if s == "" || !unicode.IsLetter([]rune(s)[0]) {
		s = "_" + strings.TrimPrefix(s, "_")
	}
	return s
}

// source returns the address of the controls of a selection: its profile or
// its catalog in OSCAL, or a reference to its resource in the document.
func (d *document) source(s *catalog.Selection) string {
	if p := profileOf(s); p != "" {
		return p
	}
	if c := findCatalog(s.Framework.ID); c != nil {
		return c.catalog
	}
	return "#" + d.uuid("framework", s.Framework.ID)
}

// backMatter describes the frameworks that have no content in OSCAL, and the
// rows of the answers. It returns nil if there are neither.
func (d *document) backMatter(answers []matrix.Answer, selections ...catalog.Selection) *backMatter {
	var b backMatter
	seen := map[string]bool{}
	for _, s := range selections {
		f := s.Framework
		if findCatalog(f.ID) != nil || seen[f.ID] {
			continue
		}
		seen[f.ID] = true
		r := resource{
			UUID: d.uuid("framework", f.ID), Title: escapeMarkdown(line(f.Name)), Props: customProp("framework", f.ID),
			Description: "No catalog of these controls is known in OSCAL. Their ids are made from the numbers of the publisher, which stand in the properties requirement, each with the id as its class.",
		}
		ids := controlsOf(&s)
		for _, q := range s.Requirements {
			r.Props = append(r.Props, classProp("requirement", q.ID, ids.ids[q.ID])...)
		}
		if to := href(f.Source.URL); to != "" {
			r.Links = []rlink{{to}}
		}
		b.Resources = append(b.Resources, r)
	}
	b.Resources = append(b.Resources, d.rowResources(answers)...)
	if len(b.Resources) == 0 {
		return nil
	}
	return &b
}

// selectionName is a selection in words: NIST SP 800-53 Revision 5, moderate.
func selectionName(s *catalog.Selection) string {
	name := line(s.Framework.Name)
	if b := s.Baselines(); len(b) > 0 {
		name += ", " + strings.Join(b, " + ")
	}
	return name
}
