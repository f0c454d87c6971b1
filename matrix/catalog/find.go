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
	lower := strings.ToLower(id)
	service, unknown := c.Lookup(source.Ref{ID: id, At: source.Pos{File: name}})
	if service != nil && !slices.Contains(c.FrameworkIDs(), lower) {
		r, problems := c.resolveNames(service, name)
		return Found{Service: r}, problems
	}
	// Its aliases stand in the files of all frameworks, so they come last.
	f, problems := c.Framework(lower)
	switch {
	case problems != nil:
		return Found{}, problems
	case f == nil:
		return Found{}, c.orFramework(id, unknown)
	}
	baseline := strings.ToLower(rest)
	if baseline != "" && !slices.Contains(f.Baselines, baseline) {
		return Found{}, source.Diagnostics{f.unknownBaseline(source.Ref{ID: baseline})}
	}
	return Found{Framework: f, Baseline: baseline}, nil
}

// resolveNames takes the variants from SERVICE/VARIANT/..., which is also the
// place of its diagnostics.
func (c *Catalog) resolveNames(service *Service, name string) (*Resolved, source.Diagnostics) {
	var variants []source.Ref
	for _, v := range strings.Split(name, "/")[1:] {
		variants = append(variants, source.Ref{ID: v, At: source.Pos{File: name}})
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
