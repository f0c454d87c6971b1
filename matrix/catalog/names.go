package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

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
	ref.ID = norm.NFC.String(ref.ID)
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
	case strings.TrimSpace(ref.ID[:slash]) == "" || c.listedServices(ref.ID) != nil:
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
	name = norm.NFC.String(name)
	names, err := c.names()
	if err != nil {
		return nil
	}
	return names.find(name)
}

// find returns what a name means: as it is written, or else without Amazon or AWS
// before it. A name that an overlay contests means all that claim it.
func (t *nameTable) find(name string) []string {
	short := foldWord(name)
	for _, list := range [][]string{t.contested[short], t.asWritten.meanings[strings.ToLower(name)]} {
		if len(list) > 0 {
			return list
		}
	}
	return t.short.meanings[short]
}

// foldWord writes a name of a service or a variant in one way: in small letters,
// and without Amazon or AWS before it.
func foldWord(name string) string { return withoutMaker(strings.ToLower(name)) }

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
	asWritten, short *spelledNames // in lower case, and as foldWord writes them
	contested        meanings      // short names, no ids, that an overlay claims beside others
	clashes          []Clash
}

// Clash is a name that several services and variants claim, and that the list of
// ambiguous words does not hold.
type Clash struct {
	Name     string
	Meanings []string // SERVICE or SERVICE/VARIANT
	added    bool     // by an overlay
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
	shipped, err := c.indexed()
	if err != nil {
		return nil, err
	}
	list, err := c.Services()
	if err != nil {
		return nil, err
	}
	ambiguous, err := c.readAmbiguous()
	if err != nil {
		return nil, err
	}
	c.words = newNameTable(list, shipped, ambiguous)
	return c.words, nil
}

// newNameTable collects the names of a list of services, of which some are
// shipped. Two that ship may differ in Amazon or AWS alone, such as AWS Auto
// Scaling; what an overlay adds takes over no name in this way either.
func newNameTable(list, shipped []ServiceSummary, ambiguous meanings) *nameTable {
	t := &nameTable{
		asWritten: spellNames(strings.ToLower, list, shipped, ambiguous),
		short:     spellNames(foldWord, list, shipped, ambiguous),
		contested: meanings{},
	}
	for _, clash := range t.asWritten.clashes {
		if !clash.added {
			t.clashes = append(t.clashes, clash)
		}
	}
	for _, clash := range t.short.clashes {
		if !clash.added {
			continue
		}
		t.clashes = append(t.clashes, clash)
		if t.short.ids[clash.Name] == nil {
			t.contested[clash.Name] = clash.Meanings
		}
	}
	return t
}

// spelledNames are all names, written in one way.
type spelledNames struct {
	meanings // an id comes before all other names, and the printed name of a variant behind them
	ids      meanings
	claims   meanings // what beside ids means a name
	clashes  []Clash
}

func spellNames(spell func(string) string, list, shipped []ServiceSummary, ambiguousWords meanings) *spelledNames {
	ids, others, printed := namesIn(list, spell)
	_, shippedOthers, _ := namesIn(shipped, spell)
	ambiguous := meanings{}
	for word, list := range ambiguousWords {
		ambiguous.add(spell(word), list...)
	}
	n := &spelledNames{meanings: meanings{}, ids: ids, claims: meanings{}}
	for _, name := range slices.Sorted(maps.Keys(others)) {
		added := slices.ContainsFunc(others[name], func(m string) bool { return !slices.Contains(shippedOthers[name], m) })
		claims := addNames(ids[name], others[name])
		if added {
			claims = addNames(claims, printed[name])
		}
		listed := func(meaning string) bool { return slices.Contains(ambiguous[name], meaning) }
		if all := addNames(ambiguous[name], claims); len(all) > 1 && slices.ContainsFunc(claims, func(m string) bool { return !listed(m) }) {
			n.clashes = append(n.clashes, Clash{name, all, added})
		}
	}
	for name, list := range ambiguous {
		others[name] = addNames(list, others[name])
	}
	n.claims.addMissing(others, printed)
	n.meanings.addMissing(ids, others, printed)
	return n
}

// namesIn returns what the names of the services and of their variants mean: the
// ids, the other names, and the names under which variants are printed.
func namesIn(list []ServiceSummary, spell func(string) string) (ids, others, printed meanings) {
	ids, others, printed = meanings{}, meanings{}, meanings{}
	for _, s := range list {
		ids.add(spell(s.ID), s.ID)
		others.add(spell(s.Name), s.ID)
		for _, alias := range s.Aliases {
			others.add(spell(alias), s.ID)
		}
		for _, v := range s.Variants {
			for i, name := range s.VariantNames[v] {
				if i == 0 {
					printed.add(spell(name), s.ID+"/"+v)
				} else {
					others.add(spell(name), s.ID+"/"+v)
				}
			}
		}
	}
	return ids, others, printed
}

// meanings are what names mean, each as SERVICE or SERVICE/VARIANT.
type meanings map[string][]string

func (m meanings) add(name string, more ...string) { m[name] = addNames(m[name], more) }

// addMissing adds the names that it lacks, first from the first of the others.
func (m meanings) addMissing(others ...meanings) {
	for _, other := range others {
		for name, list := range other {
			if m[name] == nil {
				m[name] = list
			}
		}
	}
}

// unknownService says that a name means no service, and why.
func (c *Catalog) unknownService(ref source.Ref) source.Diagnostics {
	word := foldWord(ref.ID)
	if c.unknownNames == nil {
		reasons, err := c.readNotServices()
		if err != nil {
			return err
		}
		c.unknownNames = &unknownNames{reasons, source.NewWords(append(c.ServiceIDs(), slices.Sorted(maps.Keys(c.words.short.meanings))...))}
	}
	if reason, ok := c.unknownNames.reasons[word]; ok {
		return source.Diagnostics{{At: ref.At, Message: fmt.Sprintf("%q is not a service with duties: %s", ref.ID, strings.TrimSuffix(reason, ".")), Hint: "remove it"}}
	}
	hint := c.serviceHint(word)
	if parts := c.listedServices(ref.ID); parts != nil {
		hint = "write an entry for each, with use: " + strings.Join(parts, " and use: ")
	}
	return source.Diagnostics{{At: ref.At, Message: fmt.Sprintf("unknown service %q", ref.ID), Hint: hint}}
}

// listedServices returns the services that a text lists, or nil where it lists
// anything else.
func (c *Catalog) listedServices(text string) []string {
	parts := source.ListParts(text)
	for _, part := range parts {
		if len(parts) == 1 {
			return nil
		}
		if _, err := c.Lookup(source.Ref{ID: part}); err != nil {
			return nil
		}
	}
	return parts
}

// serviceHint names what is near to an unknown word, or what the word begins with:
// who writes "rds proxys" speaks of a part of rds.
func (c *Catalog) serviceHint(word string) string {
	near, front := c.unknownNames.known.Nearest(strings.Trim(word, "/ ")), word
	for i := strings.LastIndexByte(front, ' '); i > 0; i = strings.LastIndexByte(front, ' ') {
		if front = front[:i]; len(c.words.find(front)) > 0 && !strings.HasPrefix(near, front) {
			return fmt.Sprintf("name %q if this is a part of it; see raci catalog list services", front)
		}
	}
	return source.DidYouMean(word, []string{near}, "see raci catalog list services")
}

// unknownNames is what is said of words that mean no service.
type unknownNames struct {
	reasons map[string]string // why a name means no service with duties
	known   *source.Words     // the ids and then the other names of services
}
