package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// entry is one use of a service in a draft.
type entry struct {
	service  *catalog.Service
	name     string
	variants []string
	assumed  bool
}

// readEntries reads the services in each text. The diagnostics are those of all.
func readEntries(cat *catalog.Catalog, starters, texts []string) (entries []entry, problems source.Diagnostics) {
	taken := map[string]bool{}
	for _, text := range texts {
		for _, service := range splitList(text, func(name string) bool { return len(cat.Meanings(name)) > 0 }) {
			e, more := readEntry(cat, service)
			if more != nil {
				if slices.Contains(starters, strings.ToLower(service)) {
					more = draftError("name it alone, or services alone", "%q is a starter, and stands among services", service)
				}
				problems = append(problems, more...)
				continue
			}
			name := e.name
			for n := 2; taken[e.name]; n++ {
				e.name = fmt.Sprintf("%s-%d", name, n)
			}
			taken[e.name] = true
			entries = append(entries, e)
		}
	}
	return entries, problems
}

// inBrackets is a variant behind its service, as in RDS (Aurora).
var inBrackets = regexp.MustCompile(`\s*\(\s*([^()]*[^() ])\s*\)$`)

func readEntry(cat *catalog.Catalog, text string) (entry, source.Diagnostics) {
	parts := strings.Split(text, "/")
	for i := range parts {
		parts[i] = strings.Join(strings.Fields(parts[i]), " ")
	}
	id := strings.Join(parts, "/")
	n, problems := cat.Lookup(source.Ref{ID: id})
	if withSlash := inBrackets.ReplaceAllString(id, "/$1"); problems != nil && withSlash != id {
		if m, more := cat.Lookup(source.Ref{ID: withSlash}); more == nil {
			n, problems = m, nil
		}
	}
	if problems != nil {
		return entry{}, problems
	}
	r, problems := cat.Resolve(n.Service, n.Variants)
	if problems != nil {
		return entry{}, problems
	}
	e := entry{service: n.Service, assumed: len(r.Assumed) > 0}
	for _, v := range r.Variants {
		e.variants = append(e.variants, v.ID)
	}
	e.name = strings.Join(append([]string{n.Service.ID}, e.variants...), "-")
	return e, nil
}

// ownerIDs are the usual ids of the teams that own the services of a category.
var ownerIDs = map[string]string{
	"security, identity and compliance": "security",
	"databases":                         "data",
	"storage":                           "data",
	"analytics":                         "data",
}

func (t *teams) servicesText(entries []entry) string {
	lines := []string{"services:"}
	for _, e := range entries {
		others := e.otherVariants()
		use := "  - use: " + e.service.ID
		if len(e.variants) == 0 && others != "" {
			use += " # variants: " + others
		}
		lines = append(lines, use, "    name: "+e.name)
		if len(e.variants) > 0 {
			lines = append(lines, "    variant: "+e.variantText(others))
		}
		lines = append(lines, "    owner: "+yamlText(t.ownerOr(ownerIDs[e.service.Category])))
	}
	return strings.Join(lines, "\n")
}

func (e *entry) variantText(others string) string {
	text := e.variants[0]
	if len(e.variants) > 1 {
		text = yamlList(e.variants)
	}
	switch {
	case e.assumed:
		return text + " # assumed; the others are " + others
	case others != "":
		return text + " # the others are " + others
	}
	return text
}

// otherVariants lists the variants of the service that are not chosen.
func (e *entry) otherVariants() string {
	var ids []string
	for _, v := range e.service.Variants {
		if !slices.Contains(e.variants, v.ID) {
			ids = append(ids, v.ID)
		}
	}
	return strings.Join(ids, ", ")
}
