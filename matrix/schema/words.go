package schema

import (
	"regexp"
	"slices"
	"strings"

	"raci/matrix/catalog"
	"raci/matrix/check"
	"raci/matrix/source"
)

// words are the words of a catalog that a manifest may use.
type words struct {
	services   []service
	models     []word
	controls   []word
	duties     []word
	perService []string // the duties of scope service
	frameworks []framework
}

// word is an id and what it stands for.
type word struct{ id, means string }

type service struct {
	word
	names    []string // all of them, in small letters, the id among them
	variants []word
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
		w.duties = append(w.duties, word{d.ID, d.Title})
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
	names := ownNames(list)
	for _, s := range list {
		next := service{word: word{s.ID, s.Name}, names: names[s.ID]}
		if len(s.Variants) > 0 {
			full, err := cat.Lookup(source.Ref{ID: s.ID})
			if err != nil {
				return err.Err()
			}
			for _, v := range full.Variants {
				next.variants = append(next.variants, word{v.ID, v.Name})
			}
		}
		w.services = append(w.services, next)
	}
	return nil
}

// ownNames returns the names by which each service is found. An id is never
// another service's name, and of two services with one name the first has it:
// so the catalog finds them.
func ownNames(list []catalog.ServiceSummary) map[string][]string {
	owner := map[string]string{}
	for _, s := range list {
		owner[s.ID] = s.ID
	}
	names := map[string][]string{}
	for _, s := range list {
		names[s.ID] = append(names[s.ID], s.ID)
		for _, name := range append([]string{s.Name}, s.Aliases...) {
			name = strings.ToLower(name)
			if owner[name] == "" {
				owner[name] = s.ID
				names[s.ID] = append(names[s.ID], name)
			}
		}
	}
	return names
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
			return slices.EqualFunc(s.variants, group[0].variants, func(a, b word) bool { return a.id == b.id })
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

// frameworkPattern matches every name of every framework, alone or with one of
// its baselines.
func (w *words) frameworkPattern() string {
	var options []string
	for _, f := range w.frameworks {
		option := anyWord(append([]string{f.id}, f.aliases...))
		if len(f.baselines) > 0 {
			option += "(/" + anyWord(f.baselines) + ")?"
		}
		options = append(options, option)
	}
	return "^(" + strings.Join(options, "|") + ")$"
}

// requirementPattern matches FRAMEWORK/ID.
func (w *words) requirementPattern() string {
	var ids []string
	for _, f := range w.frameworks {
		ids = append(ids, f.id)
	}
	return `^(\*|` + anyWord(ids) + `/.+)$`
}

func anyWord(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = regexp.QuoteMeta(w)
	}
	return "(" + strings.Join(quoted, "|") + ")"
}
