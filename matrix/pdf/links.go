package pdf

import (
	"net/url"

	"raci/matrix"
	"raci/matrix/source"
	"raci/matrix/view"
)

// toSource leads to a page in the list of sources, by its number there.
const toSource view.LinkKind = -1

// linkedRows and linkedTables say which links lead to the rows and to the tables
// of a section, by its id.
var (
	linkedRows   = map[string]view.LinkKind{view.Exceptions: view.ToException, view.Sources: toSource}
	linkedTables = map[string]view.LinkKind{view.Requirements: view.ToFramework}
)

// number gives targets to all that links can lead to, so that a text is a link
// only where it leads somewhere.
func (r *builder) number() {
	r.anchors = make(map[view.Link]int, len(r.m.Rows))
	for _, s := range r.sections {
		r.newLink(view.ToSection, s.ID)
		for _, t := range s.Tables {
			if kind, linked := linkedTables[s.ID]; linked {
				r.newLink(kind, t.ID)
			}
			if kind, linked := linkedRows[s.ID]; linked {
				for row := range t.Rows {
					r.newLink(kind, row.ID)
				}
			}
		}
	}
	r.held = map[string][]*matrix.Row{}
	for i := range r.m.Rows {
		row := &r.m.Rows[i]
		r.newLink(view.ToRow, row.ID)
		for _, role := range row.Roles {
			r.held[role.Party] = append(r.held[role.Party], row)
		}
	}
	for _, p := range r.m.Parties {
		if len(r.held[p.ID]) > 0 {
			r.newLink(view.ToParty, p.ID)
		}
	}
}

func (r *builder) newLink(kind view.LinkKind, to string) {
	if k := (view.Link{Kind: kind, To: to}); r.anchors[k] == 0 {
		r.anchors[k] = r.newTarget()
	}
}

// target returns the target of a link, or 0 where it leads nowhere in the report.
func (r *builder) target(kind view.LinkKind, to string) int {
	return r.anchors[view.Link{Kind: kind, To: to}]
}

// webAddress returns an address that may be put behind a link, or "".
func webAddress(s string) string {
	if !source.IsPage(s) {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	s = u.String()
	for _, c := range []byte(s) {
		if c <= ' ' || c > '~' {
			return ""
		}
	}
	return s
}
