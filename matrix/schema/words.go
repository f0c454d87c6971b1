package schema

import (
	"regexp"
	"slices"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/check"
)

// words are the words of a catalog that a manifest may use.
type words struct {
	services   []service
	models     []word
	controls   []word
	duties     []word
	perService []string // the duties of scope service
	frameworks []framework
	questions  []*catalog.Question

	dutyAliases []string
}

// word is an id and what it stands for.
type word struct{ id, means string }

func idsOf(list []word) []string {
	ids := make([]string, len(list))
	for i, w := range list {
		ids[i] = strings.ToLower(w.id)
	}
	return ids
}

type service struct {
	word
	names        []string // that mean it or one of its variants, in small letters, the id among them
	variants     []word
	variantNames []string // ids and aliases of the variants, in small letters
}

type framework struct {
	word
	aliases, baselines []string
}

func wordsOf(cat *catalog.Catalog) (*words, error) {
	w := &words{}
	for _, c := range cat.Controls {
		w.controls = append(w.controls, word{c.ID, c.Name + " (" + string(c.Category) + ")"})
	}
	for _, d := range cat.Duties() {
		w.duties, w.dutyAliases = append(w.duties, word{d.ID, d.Title}), append(w.dutyAliases, d.Aliases...)
		if d.Scope == catalog.ServiceScope {
			w.perService = append(w.perService, d.ID)
		}
	}
	for _, id := range cat.ModelIDs() {
		model, err := cat.Model(id)
		if err != nil {
			return nil, err.Err()
		}
		w.models = append(w.models, word{id, model.Name})
	}
	for _, id := range cat.FrameworkIDs() {
		f, err := cat.Framework(id)
		if err != nil {
			return nil, err.Err()
		}
		w.frameworks = append(w.frameworks, framework{word{f.ID, f.Name}, f.Aliases, f.Baselines})
	}
	return w, w.readServices(cat)
}

func (w *words) readServices(cat *catalog.Catalog) error {
	list, err := cat.Services()
	if err != nil {
		return err.Err()
	}
	for _, s := range list {
		next := service{word: word{s.ID, s.Name}}
		names := append([]string{s.ID, s.Name}, s.Aliases...)
		for _, v := range s.Variants {
			next.variants = append(next.variants, word{v, s.VariantNames[v][0]})
			next.variantNames = append(append(next.variantNames, strings.ToLower(v)), s.VariantNames[v][1:]...)
			names = append(names, s.VariantNames[v]...)
		}
		for _, name := range withoutMakers(names) {
			means := cat.Meanings(name)
			if of, _, _ := strings.Cut(strings.Join(means, " "), "/"); len(means) == 1 && of == s.ID && !slices.Contains(next.names, name) {
				next.names = append(next.names, name)
			}
		}
		w.services = append(w.services, next)
	}
	return nil
}

// withoutMakers returns the names in small letters, and those that a maker begins
// also without it.
func withoutMakers(names []string) (all []string) {
	for _, name := range names {
		name = strings.ToLower(name)
		all = append(all, name)
		for _, maker := range makers[1:] {
			if short, ok := strings.CutPrefix(name, maker); ok {
				all = append(all, short)
			}
		}
	}
	return all
}

// enum lists words with what they mean. Editors show message, not the list,
// where a word is none of them.
func enum(list []word, message string) object {
	ids, meanings := []string{}, []string{}
	for _, w := range list {
		ids, meanings = append(ids, w.id), append(meanings, w.means)
	}
	return object{{"enum", ids}, {"enumDescriptions", meanings}, {"errorMessage", message}}
}

// definitions are the words that the keys refer to.
func (w *words) definitions() object {
	var services, frameworks, rules []word
	for _, s := range w.services {
		services = append(services, s.word)
	}
	for _, f := range w.frameworks {
		frameworks = append(frameworks, f.word)
		for _, b := range f.baselines {
			frameworks = append(frameworks, word{f.id + "/" + b, f.means + ", " + b})
		}
	}
	for _, r := range check.Rules {
		rules = append(rules, word{r.ID, r.Title})
	}
	return object{
		{"service", enum(services, "Unknown service; see raci catalog list services.")},
		{"control", enum(w.controls, "Unknown control; see raci catalog list controls.")},
		{"duty", enum(w.duties, "Unknown duty; see raci catalog list duties.")},
		{"framework", enum(frameworks, "Unknown framework or baseline; see raci catalog list frameworks.")},
		{"rule", enum(rules, "Unknown rule; see raci check --list.")},
	}
}

// byVariants groups the services that have the same variants.
func (w *words) byVariants() [][]service {
	var groups [][]service
	same := func(s service) func([]service) bool {
		return func(group []service) bool {
			return slices.Equal(s.variantNames, group[0].variantNames) &&
				slices.EqualFunc(s.variants, group[0].variants, func(a, b word) bool { return a.id == b.id })
		}
	}
	for _, s := range w.services {
		if i := slices.IndexFunc(groups, same(s)); i >= 0 {
			groups[i] = append(groups[i], s)
		} else {
			groups = append(groups, []service{s})
		}
	}
	return groups
}

// commonVariants are the variants of services that have the same. Of several
// services they keep what is said of each, without the service's name.
func commonVariants(group []service) []word {
	if len(group) == 1 {
		return group[0].variants
	}
	common := make([]word, len(group[0].variants))
	for i := range common {
		for j, s := range group {
			means := strings.TrimPrefix(s.variants[i].means, s.means+" ")
			if j > 0 && means != common[i].means {
				means = ""
			}
			common[i] = word{s.variants[i].id, means}
		}
	}
	return common
}

// frameworkPattern matches every name of every framework, alone or with some of
// its baselines, in capitals or not, with spaces or hyphens between the words and blanks around
// the signs.
func (w *words) frameworkPattern() string {
	const gap = "[" + blanks + "]*"
	var options []string
	for _, f := range w.frameworks {
		option := anyFolded(append([]string{f.id, f.means}, f.aliases...))
		if len(f.baselines) > 0 {
			baseline := anyFolded(f.baselines)
			option += "(" + gap + "/" + gap + baseline + "(" + gap + `\+` + gap + baseline + ")*)?"
		}
		options = append(options, option)
	}
	return "^(" + strings.Join(options, "|") + ")$"
}

// anyFolded matches these words in capitals or not, with spaces, hyphens or
// underscores between their parts.
func anyFolded(words []string) string {
	options := make([]string, len(words))
	for i, w := range words {
		for _, c := range w {
			switch {
			case strings.ContainsRune("-_ ", c):
				options[i] += "[-_ ]"
			case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
				options[i] += "[" + strings.ToLower(string(c)) + strings.ToUpper(string(c)) + "]"
			default:
				options[i] += regexp.QuoteMeta(string(c))
			}
		}
	}
	return "(" + strings.Join(options, "|") + ")"
}
