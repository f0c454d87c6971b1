package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"raci/matrix/source"
)

// Found is what a name means: a service in some of its variants, or a framework,
// whole or as some of its baselines.
type Found struct {
	Service   *Resolved  // nil for a framework
	Framework *Framework // nil for a service
	Baselines []string   // of the framework, or none for the whole
}

// Find reads what a name means: SERVICE[/VARIANT...] by any name of the service,
// or FRAMEWORK[/BASELINE[+BASELINE...]] by id or alias. Capitals do not matter.
func (c *Catalog) Find(name string) (Found, source.Diagnostics) {
	name = norm.NFC.String(name)
	n, problems := c.Lookup(source.Ref{ID: name, At: source.Pos{File: name}})
	switch {
	case n.Service != nil && !slices.Contains(c.FrameworkIDs(), n.Service.ID):
		r, problems := c.Resolve(n.Service, n.Variants)
		return Found{Service: r}, problems
	case n.Service == nil && c.namesService(name):
		return Found{}, problems
	}
	// Its aliases stand in the files of all frameworks, so they come last.
	f, baselines, more := c.findSelection(source.Ref{ID: name})
	switch {
	case f == nil:
		return Found{}, c.unknownOrFramework(name, problems)
	case more != nil:
		return Found{}, more
	}
	return Found{Framework: f, Baselines: baselines}, nil
}

// namesService reports whether some service has this name, or what stands before
// its first slash.
func (c *Catalog) namesService(name string) bool {
	front, _, _ := strings.Cut(name, "/")
	return len(c.Meanings(name)) > 0 || len(c.Meanings(front)) > 0
}

// unknownOrFramework returns the diagnostics of an unknown service, or one that names
// a framework where that is nearer.
func (c *Catalog) unknownOrFramework(name string, unknown source.Diagnostics) source.Diagnostics {
	name, _, _ = strings.Cut(name, "/")
	words, problems := c.frameworkNames()
	if problems != nil {
		return problems
	}
	frameworks := len(words)
	services, problems := c.names()
	if problems != nil {
		return problems
	}
	words = append(append(words, c.ServiceIDs()...), slices.Sorted(maps.Keys(services.short.meanings))...)
	nearest := source.Nearest(foldWord(name), words)
	switch {
	case len(c.frameworksBeginning(name)) > 1:
		return source.Diagnostics{c.unknownFramework(source.Ref{ID: name})}
	case !slices.Contains(words[:frameworks], nearest):
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
		return last.contains(at)
	}
	// Places in the folder in which raci runs do not begin with its name.
	return !slices.ContainsFunc(below, func(l Layer) bool { return l.contains(at) })
}

func (l Layer) contains(at source.Pos) bool { return strings.HasPrefix(at.File, l.Name+"/") }
