package matrix

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Digest returns "sha256:" and the SHA-256, in hex, of what the matrix says:
// parties, entries, rows and letters. Reasons are left out, so that moving a
// line of the manifest changes nothing, and so is the catalog's version.
func (m *Matrix) Digest() string {
	h := sha256.New()
	enc := json.NewEncoder(h)
	write := func(v any) {
		if err := enc.Encode(v); err != nil {
			panic(err) // only strings and slices of strings are encoded
		}
	}
	write([]string{m.Organization, m.System, m.Revision, m.Date, string(m.Accountability)})
	for _, p := range m.Parties {
		write([]string{p.ID, p.Name, p.Contact, string(p.Kind)})
	}
	for i := range m.Rows {
		r := &m.Rows[i]
		write([]string{r.ID, r.Entry, r.Service, r.Control, string(r.Category), r.Duty, r.Title, string(r.Scope), r.Split, string(r.Basis), r.Note})
		write(r.Variants)
		for _, s := range r.Sides {
			write([]string{s.Who, s.Text})
		}
		for _, role := range r.Roles {
			write([]string{role.Party, role.Letters.String()})
		}
		write(r.requirementNames())
		write(r.Evidence)
		write(r.Sources)
	}
	for i := range m.OrganizationRows {
		write(m.OrganizationRows[i].ID)
		for _, role := range m.OrganizationRows[i].Roles {
			write([]string{role.Party, role.Letters.String()})
		}
	}
	for _, e := range m.Exceptions {
		write(e.Rows)
		write([]string{e.Reason, e.Expires})
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}
