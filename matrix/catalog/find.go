package catalog

import (
	"fmt"
	"slices"
	"strings"

	"raci/matrix/source"
)

// Found is what a name means: a service in some of its variants, or a framework,
// whole or as one of its baselines.
type Found struct {
	Service   *Resolved  // nil for a framework
	Framework *Framework // nil for a service
	Baseline  string     // of the framework, or "" for the whole
}

// Find reads what a name means: SERVICE[/VARIANT...] by any name of the service,
// or FRAMEWORK[/BASELINE] by id or alias. Capitals do not matter.
func (c *Catalog) Find(name string) (Found, source.Diagnostics) {
	id, rest, _ := strings.Cut(name, "/")
	f, problems := c.Framework(strings.ToLower(id))
	if f == nil && problems == nil {
		service, problems := c.findService(name)
		return Found{Service: service}, problems
	}
	baseline := strings.ToLower(rest)
	if problems == nil && baseline != "" && !slices.Contains(f.Baselines, baseline) {
		problems = source.Diagnostics{f.unknownBaseline(source.Ref{ID: baseline})}
	}
	return Found{Framework: f, Baseline: baseline}, problems
}

// findService names the variants in its diagnostics by the whole name.
func (c *Catalog) findService(name string) (*Resolved, source.Diagnostics) {
	parts := strings.Split(name, "/")
	here := source.Pos{File: name}
	service, problems := c.Lookup(source.Ref{ID: parts[0], At: here})
	if service == nil {
		return nil, c.orFramework(parts[0], problems)
	}
	var variants []source.Ref
	for _, v := range parts[1:] {
		variants = append(variants, source.Ref{ID: v, At: here})
	}
	return c.Resolve(service, variants)
}

// orFramework returns the diagnostics of an unknown service, or one that names
// a framework where that is nearer.
func (c *Catalog) orFramework(name string, unknown source.Diagnostics) source.Diagnostics {
	words, problems := c.frameworkNames()
	if problems != nil {
		return problems
	}
	frameworks := len(words)
	services, problems := c.Services()
	if problems != nil {
		return problems
	}
	for _, s := range services {
		words = append(append(words, s.ID, strings.ToLower(s.Name)), s.Aliases...)
	}
	nearest := source.Nearest(strings.ToLower(name), words)
	if !slices.Contains(words[:frameworks], nearest) {
		return unknown
	}
	return source.Diagnostics{{Message: fmt.Sprintf("unknown service or framework %q", name), Hint: fmt.Sprintf("did you mean %q?", nearest)}}
}

// frameworkNames returns the ids and aliases of all frameworks.
func (c *Catalog) frameworkNames() ([]string, source.Diagnostics) {
	names := c.FrameworkIDs()
	for _, id := range c.FrameworkIDs() {
		f, problems := c.Framework(id)
		if problems != nil {
			return nil, problems
		}
		names = append(names, f.Aliases...)
	}
	return names, nil
}

// InLastLayer reports whether a place is in the last layer, over all others.
func (c *Catalog) InLastLayer(at source.Pos) bool {
	below, last := c.layers[:len(c.layers)-1], c.layers[len(c.layers)-1]
	if last.Name != "." {
		return last.holds(at)
	}
	// Places in the folder in which raci runs do not begin with its name.
	return !slices.ContainsFunc(below, func(l Layer) bool { return l.holds(at) })
}

func (l Layer) holds(at source.Pos) bool { return strings.HasPrefix(at.File, l.Name+"/") }
