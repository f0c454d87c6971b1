package matrix

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Files among the services of the first layer that are lists, not services.
const (
	retiredFile     = "retired"      // services that AWS has ended
	notServicesFile = "not-services" // names that mean no service with duties
	namesFile       = "names"        // other words for services, parts of services among them
)

var listFiles = []string{retiredFile, notServicesFile, namesFile}

// openList parses one of the list files, a map whose one key is its name.
func (c *Catalog) openList(name string, entry func(r *catalogReader, key, value *yaml.Node)) error {
	r, top := c.open(0, "services/"+name+".yaml")
	if top != nil {
		r.object(top, "the list", []field{{name, true, func(n *yaml.Node) {
			r.pairs(n, name, func(key, value *yaml.Node) { entry(r, key, value) })
		}}})
	}
	delete(c.read, "0/services/"+name+".yaml") // says nothing about a service in use
	return r.problems.Err()
}

// retired reads the services that AWS has ended. They resolve like any other,
// from their model alone.
func (c *Catalog) retired() (map[string]*Service, error) {
	list := map[string]*Service{}
	err := c.openList(retiredFile, func(r *catalogReader, key, value *yaml.Node) {
		s := &Service{ID: r.id(key, "id"), Lifecycle: "retired", At: r.pos(key), said: map[string]statement{}}
		r.object(value, "a retired service", []field{
			{"name", true, func(n *yaml.Node) { s.Name = r.name(n, "name") }},
			{"aliases", false, func(n *yaml.Node) {
				r.items(n, "aliases", false, func(n *yaml.Node) { s.Aliases = append(s.Aliases, strings.ToLower(r.name(n, "alias"))) })
			}},
			{"model", true, func(n *yaml.Node) { s.Model, s.model = r.name(n, "model"), r.modelRef(n, "models", nil) }},
			{"ended", false, func(n *yaml.Node) {
				if s.Ended = r.name(n, "ended"); !monthPattern.MatchString(s.Ended) {
					r.add(n, "write it as YYYY-MM", "ended: %q is not a month", s.Ended)
				}
			}},
			{"reason", true, func(n *yaml.Node) { s.Note, _ = r.text(n, "reason") }},
			{"source", false, func(n *yaml.Node) { r.items(n, "source", true, func(n *yaml.Node) { r.source(n) }) }},
		})
		list[s.ID] = s
	})
	return list, err
}

// notServices reads the names that mean no service with duties, each with the
// reason.
func (c *Catalog) notServices() (map[string]string, error) {
	list := map[string]string{}
	err := c.openList(notServicesFile, func(r *catalogReader, key, value *yaml.Node) {
		var reason, name string
		r.object(value, "an entry of the list", []field{
			{"name", true, func(n *yaml.Node) { name = r.name(n, "name") }},
			{"reason", true, func(n *yaml.Node) { reason, _ = r.text(n, "reason") }},
		})
		list[strings.ToLower(r.name(key, "id"))] = reason
		list[strings.ToLower(name)] = reason
	})
	return list, err
}

// otherNames reads the other words for services, by service id.
func (c *Catalog) otherNames() (map[string][]string, error) {
	list := map[string][]string{}
	err := c.openList(namesFile, func(r *catalogReader, key, value *yaml.Node) {
		r.items(value, "names", false, func(n *yaml.Node) {
			list[key.Value] = append(list[key.Value], strings.ToLower(r.name(n, "name")))
		})
	})
	return list, err
}

// ReadServices lists all services, retired ones among them, as Services does,
// but from their files alone and with all their names.
func (c *Catalog) ReadServices() ([]ServiceSummary, error) {
	retired, err := c.retired()
	if err != nil {
		return nil, err
	}
	names, err := c.otherNames()
	if err != nil {
		return nil, err
	}
	var list []ServiceSummary
	for _, id := range slices.Sorted(maps.Keys(retired)) {
		list = append(list, retired[id].summary())
	}
	if list, err = c.complete(list); err != nil {
		return nil, err
	}
	for i := range list {
		for _, name := range names[list[i].ID] {
			if name != list[i].ID && !slices.Contains(list[i].Aliases, name) {
				list[i].Aliases = append(list[i].Aliases, name)
			}
		}
		delete(names, list[i].ID)
	}
	for _, id := range slices.Sorted(maps.Keys(names)) {
		return nil, Problems{{Pos{File: "services/" + namesFile + ".yaml"}, fmt.Sprintf("names of the unknown service %q", id), ""}}
	}
	return list, nil
}
