package oscal

import (
	"cmp"
	"maps"
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"raci/matrix"
	"raci/matrix/source"
	"raci/matrix/view"
)

// Roles of the documents beside the four letters.
const (
	providerRole = "provider"
	ownerRole    = "asset-owner"
	preparedBy   = "prepared-by"
	approverRole = "content-approver"
)

// roles are those of both documents. OSCAL knows some of them; the letters of
// the matrix are roles as well.
var roles = []role{
	{preparedBy, "Prepared by", "The organization that the manifest is of."},
	{approverRole, "Approver", "Signs the reports."},
	{providerRole, "Provider", "Letter R of an operator for its own side: performs duties as the operator of a service, not as its customer."},
	{ownerRole, "Owner", "Owns the use of a service in the system."},
	{"accountable", "Accountable", "Letter A: answers for the duty; one party for each duty."},
	{"responsible", "Responsible", "Letter R: does the work."},
	{"consulted", "Consulted", "Letter C: is asked beforehand."},
	{"informed", "Informed", "Letter I: is told afterwards."},
}

// letterRoles are the roles of the letters, in the order in which they are
// listed.
var letterRoles = []struct {
	letter matrix.Letters
	role   string
}{{matrix.Accountable, "accountable"}, {matrix.Responsible, "responsible"}, {matrix.Consulted, "consulted"}, {matrix.Informed, "informed"}}

// document is what both documents are made from.
type document struct {
	report  *view.Report
	m       *matrix.Matrix    // of the report
	parties map[string]string // UUIDs by id
	order   map[string]int    // of the parties, by id
	rows    map[*matrix.Row]*rowText
	sides   map[[3]string]sideText // by duty, side and text
	assumed map[string]bool        // entries of which the manifest leaves open how the service is used
}

func newDocument(r *view.Report) *document {
	m := r.Matrix
	d := &document{report: r, m: m, parties: map[string]string{}, order: map[string]int{}, rows: map[*matrix.Row]*rowText{}, sides: map[[3]string]sideText{}, assumed: map[string]bool{}}
	for _, e := range m.Entries {
		d.assumed[e.Name] = len(e.Assumed) > 0
	}
	for i, p := range m.Parties {
		d.parties[p.ID], d.order[p.ID] = d.uuid("party", p.ID), i
	}
	return d
}

// uuid returns the UUID of an object of this organization's system.
func (d *document) uuid(kind string, names ...string) string {
	return newUUID(namespace, append([]string{d.m.Organization, d.m.System, kind}, names...)...)
}

// revisions are those of the manifest's history: who made one, and what changed.
func (d *document) revisions() []revision {
	var list []revision
	for _, v := range d.m.History {
		remarks := escapeMarkdown(v.Change)
		if v.By != "" {
			remarks = escapeMarkdown(line(d.report.PartyName(v.By))) + ": " + remarks
		}
		list = append(list, revision{v.Date + "T00:00:00Z", line(v.Revision), remarks})
	}
	return list
}

func (d *document) metadata(title string) metadata {
	m := d.m
	md := metadata{
		Title: escapeMarkdown(line(title)), LastModified: m.Date + "T00:00:00Z", Version: line(m.Revision), OSCALVersion: Version,
		Props: slices.Concat(customProp("matrix-digest", d.report.Digest()), customProp("catalog-version", m.Catalog.Version),
			customProp("catalog-digest", m.Catalog.Digest), customProp("accountability", string(m.Accountability)), customProp("matrix-origin", d.report.Origin())),
		Revisions: d.revisions(), Roles: roles, Parties: d.partyList(),
		Responsible: []assignment{{preparedBy, []string{d.organization()}}},
	}
	if c := line(m.Appearance.Classification); c != "" {
		md.Props = append(md.Props, prop{Name: "marking", Value: c})
	}
	if ids := d.partyUUIDs(m.Appearance.Approvers); len(ids) > 0 {
		md.Responsible = append(md.Responsible, assignment{approverRole, ids})
	}
	var remarks []string
	if md.Version == "" {
		md.Version = "unversioned"
		remarks = append(remarks, "The manifest names no revision.")
	}
	if m.Date == "" {
		md.LastModified = "1970-01-01T00:00:00Z"
		remarks = append(remarks, "The manifest has no date, so last-modified is a placeholder.")
	}
	md.Remarks = strings.Join(remarks, " ")
	return md
}

func (d *document) organization() string { return d.uuid("organization") }

// partyList returns the organization of the manifest and the parties of the
// matrix. All are organizations to OSCAL, which knows persons beside them:
// they are teams and roles, not people.
func (d *document) partyList() []party {
	list := []party{{UUID: d.organization(), Type: "organization", Name: line(d.m.Organization)}}
	for _, p := range d.m.Parties {
		out := party{UUID: d.parties[p.ID], Type: "organization", Name: line(p.Name), Props: slices.Concat(customProp("party", p.ID), customProp("kind", string(p.Kind)))}
		if p.Kind == matrix.Team {
			out.MemberOf = []string{d.organization()}
		}
		if a, err := mail.ParseAddress(p.Contact); err == nil && a.Address == p.Contact {
			out.Emails = []string{p.Contact}
		} else if p.Contact != "" {
			out.Remarks = "Contact: " + escapeMarkdown(p.Contact)
		}
		list = append(list, out)
	}
	return list
}

// partyUUIDs returns the UUIDs of these parties, each once, in their order.
func (d *document) partyUUIDs(ids []string) []string {
	var uuids []string
	seen := map[string]bool{}
	for _, id := range ids {
		if u, ok := d.parties[id]; ok && !seen[id] {
			seen[id] = true
			uuids = append(uuids, u)
		}
	}
	return uuids
}

// assign gives a role to parties, or returns nothing if there are none.
func (d *document) assign(role string, ids []string) []assignment {
	if uuids := d.partyUUIDs(ids); len(uuids) > 0 {
		return []assignment{{role, uuids}}
	}
	return nil
}

// letters returns who holds which letter for the customer's part in rows,
// each party once for each letter, in the order of the matrix. An operator's
// R is for its own side, of which it is the provider, and is left out.
func (d *document) letters(rows ...*matrix.Row) []assignment { return d.assignLetters(d.held(rows)) }

// held returns the letters of each party for the customer's part in rows.
func (d *document) held(rows []*matrix.Row) map[string]matrix.Letters {
	held := map[string]matrix.Letters{}
	for _, r := range rows {
		for _, role := range r.Roles {
			held[role.Party] |= customerLetters(r, role)
		}
	}
	return held
}

// assignLetters assigns the role of each letter to those who hold it.
func (d *document) assignLetters(held map[string]matrix.Letters) []assignment {
	parties := slices.SortedFunc(maps.Keys(held), func(x, y string) int { return cmp.Compare(d.order[x], d.order[y]) })
	var out []assignment
	for _, l := range letterRoles {
		var ids []string
		for _, id := range parties {
			if held[id].Has(l.letter) {
				ids = append(ids, id)
			}
		}
		out = append(out, d.assign(l.role, ids)...)
	}
	return out
}

// doers returns who answers for the customer's part in a row and who does it.
func (d *document) doers(r *matrix.Row) []assignment {
	return slices.DeleteFunc(d.letters(r), func(a assignment) bool { return a.Role != "accountable" && a.Role != "responsible" })
}

// customerLetters are the letters that a role has for the customer's part in a
// row.
func customerLetters(r *matrix.Row, role matrix.Role) matrix.Letters {
	if r.Side(role.Party) != "" {
		return role.Letters &^ matrix.Responsible
	}
	return role.Letters
}

const nobody = "nobody yet"

// names returns the names of the parties that hold a letter for the
// customer's part in a row, or nobody.
func (d *document) names(r *matrix.Row, l matrix.Letters) string {
	var names []string
	for _, role := range r.Roles {
		if i, ok := d.order[role.Party]; ok && customerLetters(r, role).Has(l) {
			names = append(names, escapeMarkdown(line(d.m.Parties[i].Name)))
		}
	}
	if len(names) == 0 {
		return nobody
	}
	return strings.Join(names, ", ")
}

// href returns the address of a page as a URI, which has no spaces and no letters beyond
// ASCII, or "" if it is none.
func href(address string) string {
	u, err := url.Parse(address)
	if err != nil || !source.IsPage(address) {
		return ""
	}
	u.RawQuery = strings.ReplaceAll(u.RawQuery, " ", "%20")
	return u.String()
}

// line puts a text on one line without spaces at its ends.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// escapeMarkdown escapes what would be formatting in the Markdown of OSCAL.
func escapeMarkdown(s string) string { return escaper.Replace(s) }

var escaper = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `_`, `\_`, "`", "\\`", `~`, `\~`, `^`, `\^`, `<`, `\<`, `[`, `\[`, `{{`, `\{\{`)
