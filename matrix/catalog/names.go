package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"raci/matrix/source"
)

// Named is what a name of a service means: the service, and the variants that
// the name says, such as Aurora of Amazon RDS.
type Named struct {
	Service  *Service
	Variants []source.Ref // in the order of the service's file, at the place of the name
}

// ID returns SERVICE, or SERVICE/VARIANT where the name says a variant.
func (n *Named) ID() string {
	return strings.Join(append([]string{n.Service.ID}, source.IDs(n.Variants)...), "/")
}

// Lookup finds what a name means: SERVICE or SERVICE/VARIANT/..., by id or by
// any other name, in capitals or not, with Amazon or AWS before it or without.
// The diagnostics are those of the service's file, or say at ref that nothing
// has this name, or that several have it.
func (c *Catalog) Lookup(ref source.Ref) (Named, source.Diagnostics) {
	if s, err := c.service(ref.ID); s != nil || err != nil {
		return Named{Service: s}, err
	}
	names, err := c.names()
	if err != nil {
		return Named{}, err
	}
	meanings := names.find(ref.ID)
	slash := strings.LastIndexByte(ref.ID, '/')
	switch {
	case len(meanings) > 1:
		return Named{}, source.Diagnostics{{At: ref.At, Message: fmt.Sprintf("%q fits several: %s", ref.ID, strings.Join(meanings, ", ")), Hint: "name one of them"}}
	case len(meanings) == 1:
		return c.named(meanings[0], ref)
	case slash < 0:
		return Named{}, c.unknownService(ref)
	}
	n, err := c.Lookup(source.Ref{ID: ref.ID[:slash], At: ref.At})
	if err != nil {
		return n, err
	}
	return n.in(append(n.Variants, source.Ref{ID: ref.ID[slash+1:], At: ref.At}))
}

// named returns what a meaning names, retired services among them.
func (c *Catalog) named(meaning string, ref source.Ref) (Named, source.Diagnostics) {
	parts := strings.Split(meaning, "/")
	s, err := c.service(parts[0])
	if s == nil && err == nil {
		var retired map[string]*Service
		retired, err = c.readRetired()
		s = retired[parts[0]]
		c.services[parts[0]] = s
	}
	switch {
	case err != nil:
		return Named{}, err
	case s == nil:
		return Named{}, c.unknownService(ref)
	}
	n := Named{Service: s}
	for _, v := range parts[1:] {
		n.Variants = append(n.Variants, source.Ref{ID: v, At: ref.At})
	}
	return n.in(n.Variants)
}

// in returns the service in these variants, under their ids and in the order of
// its file.
func (n Named) in(refs []source.Ref) (Named, source.Diagnostics) {
	chosen, assumed, problems := n.Service.choose(refs)
	if n.Variants = nil; len(problems) > 0 {
		return Named{}, problems.Sorted()
	}
	for _, v := range chosen {
		if !slices.Contains(assumed, v.ID) {
			n.Variants = append(n.Variants, source.Ref{ID: v.ID, At: refs[0].At})
		}
	}
	return n, nil
}

// Meanings returns what a name means, each as SERVICE or SERVICE/VARIANT: nothing
// where nothing has it, and several where it fits several.
func (c *Catalog) Meanings(name string) []string {
	names, err := c.names()
	if err != nil {
		return nil
	}
	return names.find(name)
}

func (t *nameTable) find(name string) []string {
	word := strings.ToLower(name)
	if list := t.meanings[word]; len(list) > 0 {
		return list
	}
	return t.meanings[withoutMaker(word)]
}

// withoutMaker returns a name without Amazon or AWS before it.
func withoutMaker(name string) string {
	for _, maker := range []string{"amazon ", "aws "} {
		if rest, ok := strings.CutPrefix(name, maker); ok {
			return rest
		}
	}
	return name
}

// nameTable is all names of services and variants.
type nameTable struct {
	meanings map[string][]string // by name in lower case, each as SERVICE or SERVICE/VARIANT
	clashes  []Clash
}

// Clash is a name that several services and variants claim, and that the list of
// ambiguous words does not hold.
type Clash struct {
	Name     string
	Meanings []string // SERVICE or SERVICE/VARIANT
}

// Clashes returns the names that several services and variants claim, sorted.
func (c *Catalog) Clashes() ([]Clash, source.Diagnostics) {
	names, err := c.names()
	if err != nil {
		return nil, err
	}
	return names.clashes, nil
}

func (c *Catalog) names() (*nameTable, source.Diagnostics) {
	if c.words != nil {
		return c.words, nil
	}
	list, err := c.Services()
	if err != nil {
		return nil, err
	}
	ambiguous, err := c.readAmbiguous()
	if err != nil {
		return nil, err
	}
	c.words = newNameTable(list, ambiguous)
	return c.words, nil
}

// newNameTable collects the names. An id comes before all other names, and the
// printed name of a variant behind them.
func newNameTable(list []ServiceSummary, ambiguous map[string][]string) *nameTable {
	ids, others, printed := meanings{}, meanings{}, meanings{}
	for _, s := range list {
		ids.add(s.ID, s.ID)
		others.add(s.Name, s.ID)
		for _, alias := range s.Aliases {
			others.add(alias, s.ID)
		}
		for _, v := range s.Variants {
			for i, name := range s.VariantNames[v] {
				if i == 0 {
					printed.add(name, s.ID+"/"+v)
				} else {
					others.add(name, s.ID+"/"+v)
				}
			}
		}
	}
	t := &nameTable{meanings: ids}
	for _, name := range slices.Sorted(maps.Keys(others)) {
		claims := addNames(ids[name], others[name])
		listed := func(meaning string) bool { return slices.Contains(ambiguous[name], meaning) }
		if all := addNames(ambiguous[name], claims); len(all) > 1 && slices.ContainsFunc(claims, func(m string) bool { return !listed(m) }) {
			t.clashes = append(t.clashes, Clash{name, all})
		}
	}
	for name, list := range ambiguous {
		others[name] = addNames(list, others[name])
	}
	for _, more := range []meanings{others, printed} {
		for name, list := range more {
			if t.meanings[name] == nil {
				t.meanings[name] = list
			}
		}
	}
	return t
}

// meanings are what names in lower case mean.
type meanings map[string][]string

func (m meanings) add(name, meaning string) {
	if name = strings.ToLower(name); !slices.Contains(m[name], meaning) {
		m[name] = append(m[name], meaning)
	}
}

// unknownService says that a name means no service, and why.
func (c *Catalog) unknownService(ref source.Ref) source.Diagnostics {
	word := strings.ToLower(ref.ID)
	if c.unknownNames == nil {
		reasons, err := c.readNotServices()
		if err != nil {
			return err
		}
		c.unknownNames = &unknownNames{reasons, append(c.ServiceIDs(), slices.Sorted(maps.Keys(c.words.meanings))...)}
	}
	if reason, ok := c.unknownNames.reasons[word]; ok {
		return source.Diagnostics{{At: ref.At, Message: fmt.Sprintf("%q is not a service with duties: %s", ref.ID, strings.TrimSuffix(reason, ".")), Hint: "remove it"}}
	}
	return source.Diagnostics{{At: ref.At, Message: fmt.Sprintf("unknown service %q", ref.ID), Hint: source.DidYouMean(word, c.unknownNames.known, "see raci catalog list services")}}
}

// unknownNames is what is said of words that mean no service.
type unknownNames struct {
	reasons map[string]string // why a name means no service with duties
	known   []string          // the ids and then the other names of services
}
