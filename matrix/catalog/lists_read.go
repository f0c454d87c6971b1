package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"raci/matrix/source"
)

// Files among the services of the first layer that are lists, not services.
const (
	retiredFile     = "retired"      // services that AWS has ended
	notServicesFile = "not-services" // names that mean no service with duties
	namesFile       = "names"        // other words for services, parts of services among them
	ambiguousFile   = "ambiguous"    // words that fit several services or variants
)

var listFiles = []string{retiredFile, notServicesFile, namesFile, ambiguousFile}

// openList parses one of the list files, a map whose one key is its name.
func (c *Catalog) openList(name string, entry func(r *reader, key, value *yaml.Node)) source.Diagnostics {
	r, top := c.openFile(0, "services/"+name+".yaml")
	if top != nil {
		r.Object(top, "the list", []source.Field{source.Required(name, func(n *yaml.Node) {
			r.Pairs(n, name, func(key, value *yaml.Node) { entry(r, key, value) })
		})})
	}
	delete(c.read, "0/services/"+name+".yaml") // says nothing about a service in use
	return r.Problems.Sorted()
}

// readRetired reads the services that AWS has ended. They resolve like any other,
// from their model alone.
func (c *Catalog) readRetired() (map[string]*Service, source.Diagnostics) {
	list := map[string]*Service{}
	err := c.openList(retiredFile, func(r *reader, key, value *yaml.Node) {
		s := &Service{ID: r.ID(key, "id"), Lifecycle: Retired, At: r.Pos(key), statements: statements{}}
		r.Object(value, "a retired service", []source.Field{
			source.Required("name", func(n *yaml.Node) { s.Name = r.Name(n, "name") }),
			source.Optional("aliases", func(n *yaml.Node) { s.Aliases = r.aliases(n) }),
			source.Required("model", func(n *yaml.Node) { s.Model, s.model = r.Name(n, "model"), r.modelRef(n, "models", nil) }),
			source.Optional("ended", func(n *yaml.Node) {
				if s.Ended = r.Name(n, "ended"); !monthPattern.MatchString(s.Ended) {
					r.Add(n, "write it as YYYY-MM", "ended: %q is not a month", s.Ended)
				}
			}),
			source.Required("reason", func(n *yaml.Node) { s.Note, _ = r.Text(n, "reason") }),
			source.Optional("source", func(n *yaml.Node) { r.Items(n, "source", true, func(n *yaml.Node) { r.source(n) }) }),
		})
		list[s.ID] = s
	})
	return list, err
}

// readNotServices reads the names that mean no service with duties, each with the
// reason.
func (c *Catalog) readNotServices() (map[string]string, source.Diagnostics) {
	list := map[string]string{}
	err := c.openList(notServicesFile, func(r *reader, key, value *yaml.Node) {
		var reason, name string
		r.Object(value, "an entry of the list", []source.Field{
			source.Required("name", func(n *yaml.Node) { name = r.Name(n, "name") }),
			source.Required("reason", func(n *yaml.Node) { reason, _ = r.Text(n, "reason") }),
		})
		for _, word := range []string{r.Name(key, "id"), name} {
			word = strings.ToLower(word)
			list[word], list[withoutMaker(word)] = reason, reason
		}
	})
	return list, err
}

// readAmbiguous reads the words that fit several services or variants, each with
// what it fits: SERVICE or SERVICE/VARIANT.
func (c *Catalog) readAmbiguous() (map[string][]string, source.Diagnostics) {
	list := map[string][]string{}
	err := c.openList(ambiguousFile, func(r *reader, key, value *yaml.Node) {
		word := strings.ToLower(r.Name(key, "word"))
		r.Items(value, "meanings", false, func(n *yaml.Node) { list[word] = append(list[word], r.Word(n, "meaning")) })
	})
	return list, err
}

// readOtherNames reads the other words for services, by service id, and for
// variants, by SERVICE/VARIANT.
func (c *Catalog) readOtherNames() (map[string][]string, source.Diagnostics) {
	list := map[string][]string{}
	err := c.openList(namesFile, func(r *reader, key, value *yaml.Node) {
		r.Items(value, "names", false, func(n *yaml.Node) {
			list[source.KeyOf(key)] = append(list[source.KeyOf(key)], strings.ToLower(r.Name(n, "name")))
		})
	})
	return list, err
}

// ReadServices lists all services, retired ones among them, as Services does,
// but from their files alone and with all their names.
func (c *Catalog) ReadServices() ([]ServiceSummary, source.Diagnostics) {
	retired, err := c.readRetired()
	if err != nil {
		return nil, err
	}
	names, err := c.readOtherNames()
	if err != nil {
		return nil, err
	}
	var list []ServiceSummary
	for _, id := range slices.Sorted(maps.Keys(retired)) {
		list = append(list, retired[id].summary())
	}
	if list, err = c.addMissing(list); err != nil {
		return nil, err
	}
	more := func(known []string, of string) []string {
		for _, name := range names[of] {
			if name != of && !slices.Contains(known, name) {
				known = append(known, name)
			}
		}
		delete(names, of)
		return known
	}
	for i := range list {
		s := &list[i]
		s.Aliases = more(s.Aliases, s.ID)
		for _, v := range s.Variants {
			s.VariantNames[v] = more(s.VariantNames[v], s.ID+"/"+v)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(names)) {
		return nil, source.Diagnostics{{At: source.Pos{File: "services/" + namesFile + ".yaml"}, Message: fmt.Sprintf("names of the unknown service or variant %q", id)}}
	}
	return list, nil
}
