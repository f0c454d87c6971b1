package report

import (
	"regexp"

	"raci/matrix/catalog"
	"raci/matrix/source"
)

// jsonProgram is a program of audits of AWS.
type jsonProgram struct {
	where
	ID        string   `json:"id" lines:"one"`
	Name      string   `json:"name" lines:"one"`
	Page      string   `json:"page" lines:"one"`
	Reports   []string `json:"reports"`
	Baselines []string `json:"baselines"`
	At        place    `json:"at"`
}

// jsonCoverage is a program that has the service of an entry in scope.
type jsonCoverage struct {
	Program string `json:"program" lines:"one"`
	Since   string `json:"since"`
	Seen    string `json:"seen"`
	Page    string `json:"page,omitempty" lines:"one"`
	Limit   string `json:"limit,omitempty"`
}

func programJSON(p *catalog.Program) jsonProgram {
	return jsonProgram{ID: p.ID, Name: p.Name, Page: p.Page, Reports: list(p.Reports), Baselines: list(p.Baselines), At: place(p.At)}
}

func programOf(p *jsonProgram) catalog.Program {
	return catalog.Program{ID: p.ID, Name: p.Name, Page: p.Page, Reports: p.Reports, Baselines: p.Baselines, At: source.Pos(p.At)}
}

func coverageJSON(c *catalog.Coverage) jsonCoverage { return jsonCoverage(*c) }

func coverageOf(c *jsonCoverage) catalog.Coverage { return catalog.Coverage(*c) }

var monthPattern = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])$`)

// checkPrograms looks at the programs, and at what entries say of them.
func (j *jsonReader) checkPrograms() {
	programs := order(j.doc.Programs, func(p *jsonProgram) string { return p.ID })
	for i := range j.doc.Programs {
		switch p := &j.doc.Programs[i]; {
		case programs[p.ID] != i:
			j.add(p.where, "remove one of the two", "two programs have the id %q", p.ID)
		case p.ID == "" || p.Name == "":
			j.add(p.where, "", "a program needs an id and a name")
		default:
			j.checkSource(p.where, catalog.Source{URL: p.Page}, "the program "+p.ID)
		}
	}
	for i := range j.doc.Entries {
		e := &j.doc.Entries[i]
		for _, c := range e.Coverage {
			if _, ok := programs[c.Program]; !ok {
				ids := names(j.doc.Programs, func(p *jsonProgram) string { return p.ID })
				j.add(e.where, source.DidYouMean(c.Program, ids, "add it to programs"), "unknown program %q of the entry %q", c.Program, e.Name)
			}
			for _, month := range []string{c.Since, c.Seen} {
				if !monthPattern.MatchString(month) {
					j.add(e.where, "write it as YYYY-MM", "%q is not a month, in the coverage of the entry %q", month, e.Name)
				}
			}
			j.checkSource(e.where, catalog.Source{URL: c.Page}, "the coverage of the entry "+e.Name)
		}
	}
}
