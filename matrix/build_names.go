package matrix

import (
	"slices"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// vocabulary is the names of one kind that a manifest may use.
type vocabulary struct {
	kind      string
	names     []string
	known     map[string]bool
	spellings map[string][]string // the names that other words mean, by the word in lower case
	otherwise string              // the hint where no name is near
	hints     map[string]string   // by unknown name
	search    *source.Search
}

func newVocabulary(kind, otherwise string, lists ...[]string) *vocabulary {
	v := &vocabulary{kind: kind, known: map[string]bool{}, spellings: map[string][]string{}, otherwise: otherwise, hints: map[string]string{}, search: &source.Search{}}
	for _, names := range lists {
		v.names = append(v.names, names...)
	}
	for _, name := range v.names {
		v.known[name] = true
	}
	return v
}

// spell makes a word another way to write a name.
func (v *vocabulary) spell(word, name string) {
	if word = strings.ToLower(word); !slices.Contains(v.spellings[word], name) {
		v.spellings[word] = append(v.spellings[word], name)
	}
}

func (v *vocabulary) isKnown(word string) bool {
	return v.known[word] || len(v.spellings[strings.ToLower(word)]) > 0
}

// hint says what may be meant by an unknown name.
func (v *vocabulary) hint(name string) string {
	hint, ok := v.hints[name]
	if !ok {
		hint = v.search.DidYouMean(name, v.names, v.otherwise)
		if parts := source.ListParts(name); len(parts) > 1 && !slices.ContainsFunc(parts, func(p string) bool { return !v.isKnown(p) }) {
			hint = "write a list: [" + strings.Join(parts, ", ") + "]"
		}
		v.hints[name] = hint
	}
	return hint
}

// vocabularies are all names that a manifest may use, each list made once.
type vocabularies struct {
	parties, sides, entries, duties, controls, categories, splits *vocabulary
	tags, environments, accounts                                  *vocabulary // that selectors may name
	entryEnvironments, entryAccounts                              *vocabulary // that entries may name, if any
	requirements                                                  *requirementWords
}

func (b *builder) vocabularies() *vocabularies {
	v := &vocabularies{}
	b.partyWords(v)
	b.entryWords(v)
	b.catalogWords(v)
	v.requirements = b.requirementWords()
	return v
}

func (b *builder) partyWords(v *vocabularies) {
	var ids []string
	performs := map[string]bool{}
	for _, o := range b.man.Overrides {
		for _, s := range o.Sides {
			performs[s.Who] = true
		}
	}
	splits := []string{catalog.AWS, catalog.Customer, catalog.Shared}
	for _, p := range b.m.Parties {
		ids = append(ids, p.ID)
		if p.Kind == Operator || p.Kind == Team && performs[p.ID] {
			splits = append(splits, p.ID)
		}
	}
	v.parties = newVocabulary("party", "declare it under parties:", ids)
	v.sides = newVocabulary("side", "a side is aws, customer or a party of kind operator", ids, []string{catalog.Customer})
	v.splits = newVocabulary("split", "the splits are "+strings.Join(splits, ", "), splits)
}

// mostEntries is how many entries a hint names; it counts the others.
const mostEntries = 50

// entryWords are the names of entries, and what entries say of themselves.
func (b *builder) entryWords(v *vocabularies) {
	var names, tags, environments, accounts, declaredAccounts []string
	for _, u := range b.man.Uses {
		names = append(names, u.Name)
		tags = append(tags, u.Tags...)
		environments = append(environments, source.IDs(u.Environments)...)
		accounts = append(accounts, source.IDs(u.Accounts)...)
	}
	for _, a := range b.man.Accounts {
		declaredAccounts = append(declaredAccounts, a.ID)
	}
	declaredEnvironments := source.IDs(b.man.Environments)
	v.entries = newVocabulary("entry", "the entries are "+listOf(names, mostEntries), []string{ProviderEntry, OrganizationEntry}, names)
	v.tags = newVocabulary("tag", "no entry has it under tags:", tags)
	v.environments = newVocabulary("environment", "no entry is in it", environments, declaredEnvironments)
	v.accounts = newVocabulary("account", "no entry is in it", accounts, declaredAccounts)
	v.entryEnvironments = newVocabulary("environment", "declare it under environments:", declaredEnvironments)
	v.entryAccounts = newVocabulary("account", "declare it under accounts:", declaredAccounts)
}

func (b *builder) catalogWords(v *vocabularies) {
	var duties, controls []string
	for _, d := range b.cat.Duties() {
		duties = append(duties, d.ID)
	}
	for _, c := range b.cat.Controls {
		controls = append(controls, c.ID)
	}
	categories := source.Strings(catalog.Categories)
	v.duties = newVocabulary("duty", "see raci catalog list duties", duties)
	for _, d := range b.cat.Duties() {
		for _, name := range append([]string{d.ID}, d.Aliases...) {
			v.duties.spell(name, d.ID)
		}
	}
	v.controls = newVocabulary("control", "see raci catalog list controls", controls)
	for _, id := range controls {
		v.controls.spell(id, id)
	}
	v.categories = newVocabulary("category", "the categories are "+strings.Join(categories, ", "), categories)
}

// checkNames reports every reference of the manifest that nothing answers.
func (b *builder) checkNames() {
	b.words = b.vocabularies()
	for _, u := range b.man.Uses {
		b.checkParty(u.Owner)
	}
	for _, a := range b.man.approvers {
		b.checkParty(a)
	}
	for i := range b.man.Check.Waivers {
		b.checkSelector(&b.man.Check.Waivers[i].Selector)
	}
	b.checkPlaces()
	b.checkHolders(&b.man.Defaults)
	for i := range b.man.Rules {
		b.checkHolders(&b.man.Rules[i])
		b.checkSelector(&b.man.Rules[i].Selector)
	}
	b.checkAnswerRules()
	for i := range b.man.Overrides {
		o := &b.man.Overrides[i]
		b.checkSelector(&o.Selector)
		for _, s := range o.Sides {
			b.checkSide(s)
		}
	}
}

// checkPlaces reports environments and accounts of entries that the manifest does
// not declare, where it declares any.
func (b *builder) checkPlaces() {
	for _, u := range b.man.Uses {
		if len(b.man.Environments) > 0 {
			b.checkKnown(b.words.entryEnvironments, u.Environments)
		}
		if len(b.man.Accounts) > 0 {
			b.checkKnown(b.words.entryAccounts, u.Accounts)
		}
	}
}

func (b *builder) checkParty(ref source.Ref) {
	if ref.ID != "" && !b.words.parties.known[ref.ID] {
		b.addUnknown(b.words.parties, ref)
	}
}

func (b *builder) checkHolders(r *Rule) {
	for _, h := range []Holders{r.Responsible, r.Accountable, r.Consulted, r.Informed} {
		for _, p := range h.Parties {
			if source.IsNone(p.ID) {
				b.problems.Add(p.At, "none takes the letter from everybody where it stands alone, in small letters", "unknown party %q", p.ID)
				continue
			}
			b.checkParty(p)
		}
	}
}

func (b *builder) checkSide(s catalog.Side) {
	if s.Who != catalog.Customer && !b.words.parties.known[s.Who] {
		b.addUnknown(b.words.sides, source.Ref{ID: s.Who, At: s.At})
	}
}

func (b *builder) checkSelector(s *Selector) {
	b.checkKnown(b.words.entries, s.Entries)
	b.checkKnown(b.words.duties, s.Duties)
	b.checkKnown(b.words.controls, s.Controls)
	b.checkKnown(b.words.categories, s.Categories)
	b.checkKnown(b.words.splits, s.Splits)
	b.checkRequirements(s.Requirements, false)
	b.checkKnown(b.words.tags, s.Tags)
	b.checkKnown(b.words.environments, s.Environments)
	b.checkKnown(b.words.accounts, s.Accounts)
	for i := range s.Services {
		if ref := &s.Services[i]; ref.ID != "*" {
			if n, err := b.cat.Lookup(*ref); err != nil {
				b.problems = append(b.problems, err...)
			} else {
				ref.ID = n.ID() // an alias selects what it means
			}
		}
	}
}

// checkKnown reports names that nothing has, and puts the ids in the place of
// other words for them.
func (b *builder) checkKnown(words *vocabulary, refs []source.Ref) {
	for i := range refs {
		ref := &refs[i]
		if ref.ID == "*" || words.known[ref.ID] {
			continue
		}
		switch meant := words.spellings[strings.ToLower(ref.ID)]; len(meant) {
		case 0:
			b.addUnknown(words, *ref)
		case 1:
			ref.ID = meant[0]
		default:
			b.problems.Add(ref.At, "name one of them", "the %s %q fits several: %s", words.kind, ref.ID, strings.Join(meant, ", "))
		}
	}
}

func (b *builder) addUnknown(words *vocabulary, ref source.Ref) {
	b.problems.Add(ref.At, words.hint(ref.ID), "unknown %s %q", words.kind, ref.ID)
}
