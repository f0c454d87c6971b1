package catalog

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"raci/matrix/source"
)

// checkTakenNames reports services and frameworks of overlays whose id is a name
// of another one. An id comes before all other names, so that it would take that
// name over without a word.
func (c *Catalog) checkTakenNames() source.Diagnostics {
	problems := c.checkTaken(servicesFolder, (*Catalog).serviceClaims)
	return append(problems, c.checkTaken("frameworks", (*Catalog).frameworkClaims)...)
}

// checkTaken reports the ids that overlays add to a folder and that others claim.
// What is read to find these out is no part of the digest, nor are the problems of
// files that are not in use.
func (c *Catalog) checkTaken(folder string, claims func(*Catalog) func(id string) []string) (problems source.Diagnostics) {
	known := c.layers[0].ids(folder)
	var claimed func(id string) []string
	for i := 1; i < len(c.layers); i++ {
		for _, id := range c.layers[i].ids(folder) {
			if slices.Contains(known, id) {
				continue
			}
			known = append(known, id)
			if claimed == nil {
				claimed = claims(c.unread())
			}
			if others := claimed(id); len(others) > 0 {
				hint := "give it another id"
				if len(others) == 1 {
					owner, _, _ := strings.Cut(others[0], "/")
					hint = fmt.Sprintf("name the file %s.yaml to change that one, or give yours another id", owner)
				}
				problems.Add(c.layers[i].at(folder+"/"+id+".yaml"), hint,
					"%q is a name of %s", id, strings.Join(others, ", "))
			}
		}
	}
	return problems
}

// unread returns the catalog as it was before services and frameworks were read.
func (c *Catalog) unread() *Catalog {
	return &Catalog{
		Controls: c.Controls, layers: c.layers, duties: c.duties, order: c.order, answers: c.answers, services: map[string]*Service{},
		models: map[string]*model{}, frameworks: map[string]*Framework{}, read: map[string][sha256.Size]byte{},
	}
}

// serviceClaims finds the service, or the variant of one, that an id of another
// service names, or the several that a word fits.
func (c *Catalog) serviceClaims() func(id string) []string {
	names, err := c.names()
	if err != nil {
		return func(string) []string { return nil } // whoever asks for a service is told
	}
	return func(id string) []string {
		others := slices.DeleteFunc(slices.Clone(names.short.claims[foldWord(id)]), func(meaning string) bool {
			return meaning == id || strings.HasPrefix(meaning, id+"/")
		})
		return others
	}
}

// frameworkClaims finds the frameworks that an id of another one names.
func (c *Catalog) frameworkClaims() func(id string) []string {
	claims := map[string][]string{}
	for _, id := range c.FrameworkIDs() {
		f, _ := c.frameworkByID(id)
		if f == nil {
			continue
		}
		for _, name := range append([]string{f.Name}, f.Aliases...) {
			if name = foldName(name); !slices.Contains(claims[name], id) {
				claims[name] = append(claims[name], id)
			}
		}
	}
	return func(id string) []string {
		return slices.DeleteFunc(slices.Clone(claims[foldName(id)]), func(other string) bool { return other == id })
	}
}
